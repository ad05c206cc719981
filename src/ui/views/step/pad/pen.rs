//! What the pointer does over a sheet, as strokes.

use egui::{PointerButton, Response, Ui, Vec2};

use crate::ui::action::{Action, Touch};
use crate::ui::sheet::Sheet;

/// Turns what the pointer does into strokes, in the order in which it did it; `unit` gives a place on the
/// pad in the pad's units.
pub fn strokes(
    ui: &Ui,
    sheet: &mut Sheet<'_>,
    response: &Response,
    erase: bool,
    unit: impl Fn(egui::Pos2) -> Vec2,
) {
    let id = response.id.with("pen");
    // Whether the pen is down, and whether it erases.
    let mut down: Option<bool> = ui.data(|data| data.get_temp(id)).flatten();
    // The stroke that goes on from the last frame, then those that begin in this one.
    let mut strokes: Vec<(bool, bool, Vec<[f32; 2]>)> =
        down.map(|erases| (erases, false, Vec::new())).into_iter().collect();
    let over = response.contains_pointer();
    let place = |at: egui::Pos2| {
        let Vec2 { x, y } = unit(at);
        [x, y]
    };
    ui.input(|input| {
        for event in &input.events {
            match *event {
                egui::Event::PointerButton {
                    pos,
                    button: button @ (PointerButton::Primary | PointerButton::Secondary),
                    pressed,
                    ..
                } => {
                    let erases = erase || button == PointerButton::Secondary;
                    if !pressed {
                        down = None;
                    } else if over && response.interact_rect.contains(pos) {
                        down = Some(erases);
                        strokes.push((erases, true, vec![place(pos)]));
                    }
                }
                egui::Event::PointerMoved(pos) if down.is_some() => {
                    if let Some((_, _, points)) = strokes.last_mut() {
                        points.push(place(pos));
                    }
                }
                _ => {}
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(id, down));
    for (erase, begin, points) in strokes {
        if begin {
            sheet.act(Action::BeginGesture);
        }
        if !points.is_empty() {
            sheet.act(Action::Touch(Touch::Pen { points, erase, begin }));
        }
    }
}
