//! Moving, turning and scaling the picture, raw or as the network sees it.

use egui::{DragValue, Response, Sense, Slider, Ui, Vec2, vec2};

use super::{fitted, named, reset};
use crate::data::{Placement, placement};
use crate::ui::action::{Action, Touch};
use crate::ui::input::Input;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, framed, text};

/// What one notch of the wheel does to the size.
const NOTCH: f32 = 1.05;

/// Moving, turning, scaling: after preprocessing what is large, before it what is small.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(input) = &sheet.studio.input else { return };
    let placement = sheet.studio.scene.handling.placement;
    let words = sheet.say("move-tensor");
    text(ui, words, Type::Caption, sheet.palette.muted);
    let size = fitted(&input.tensor, vec2(ui.available_width(), 232.0));
    let per_pixel = size.x / input.tensor.chw()[2] as f32;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    framed(ui, sheet.palette, "move", &input.tensor, Grey::Ink, rect);
    named(sheet, &response, "move-tensor-name");
    if let Some(placement) = dragged(ui, sheet, &response, placement, per_pixel) {
        sheet.act(Action::Touch(Touch::Place(placement)));
    }
    numbers(ui, sheet, placement);
    ui.add_space(6.0);
    raw(ui, sheet, input);
    if trained_with_shifts(sheet) {
        let words = sheet.say("trained-with-shifts");
        text(ui, words, Type::Caption, sheet.palette.muted);
    }
}

fn numbers(ui: &mut Ui, sheet: &mut Sheet<'_>, placement: Placement) {
    let mut changed = placement;
    ui.spacing_mut().slider_width = 118.0;
    ui.visuals_mut().widgets.inactive.bg_fill = sheet.palette.hairline;
    let row = |ui: &mut Ui, key, widget: &mut dyn FnMut(&mut Ui) -> Response| {
        ui.horizontal(|ui| {
            let label = text(ui, sheet.say(key), Type::Caption, sheet.palette.text);
            let layout = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(layout, |ui| widget(ui).labelled_by(label.id)).inner.drag_started()
        })
        .inner
    };
    let mut began = row(ui, "move-turn", &mut |ui| {
        ui.add(Slider::new(&mut changed.turn, -180.0..=180.0).suffix("°").fixed_decimals(0))
    });
    began |= row(ui, "move-scale", &mut |ui| {
        let range = placement::SCALES;
        ui.add(Slider::new(&mut changed.scale, range).logarithmic(true).fixed_decimals(2))
    });
    for (axis, key) in [(0, "move-rows"), (1, "move-columns")] {
        began |= row(ui, key, &mut |ui| {
            ui.add(DragValue::new(&mut changed.shift[axis]).speed(0.25).fixed_decimals(1))
        });
    }
    if began {
        sheet.act(Action::BeginGesture);
    }
    if changed != placement {
        sheet.act(Action::Touch(Touch::Place(changed)));
    }
    reset(ui, sheet);
}

/// The raw picture has a handle of its own: preprocessing undoes what it does.
fn raw(ui: &mut Ui, sheet: &mut Sheet<'_>, input: &Input) {
    let placement = sheet.studio.scene.handling.raw;
    ui.horizontal(|ui| {
        let size = fitted(&input.original, Vec2::splat(96.0));
        let per_pixel = size.x / input.original.chw()[2] as f32;
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let grey = if input.source.label.is_some() || sheet.studio.drawing().is_some() {
            Grey::Ink
        } else {
            Grey::White
        };
        framed(ui, sheet.palette, "move-raw", &input.original, grey, rect);
        named(sheet, &response, "move-raw-name");
        // A drawing is moved in its own units, whatever it is drawn with.
        let per_unit = match sheet.studio.drawing() {
            Some(drawing) => size.x / drawing.width as f32,
            None => per_pixel,
        };
        if let Some(placement) = dragged(ui, sheet, &response, placement, per_unit) {
            sheet.act(Action::Touch(Touch::PlaceRaw(placement)));
        }
        ui.vertical(|ui| {
            let words = sheet.say("move-raw");
            text(ui, words, Type::Caption, sheet.palette.muted);
        });
    });
}

/// Dragging moves; the wheel scales, with Shift it turns.
fn dragged(
    ui: &Ui,
    sheet: &mut Sheet<'_>,
    response: &Response,
    placement: Placement,
    per_pixel: f32,
) -> Option<Placement> {
    if response.drag_started() {
        sheet.act(Action::BeginGesture);
    }
    let mut moved = placement;
    let drag = response.drag_delta();
    if response.dragged() && drag != Vec2::ZERO {
        moved.shift[0] += drag.y / per_pixel;
        moved.shift[1] += drag.x / per_pixel;
    }
    if response.hovered() {
        let (scroll, turns) = ui.input_mut(|input| {
            let scroll = input.smooth_scroll_delta();
            input.smooth_scroll_delta = Vec2::ZERO;
            (scroll, input.modifiers.shift)
        });
        let amount = (scroll.y + scroll.x) / 40.0;
        if turns {
            moved.turn = (moved.turn + 5.0 * amount).rem_euclid(360.0);
            if moved.turn > 180.0 {
                moved.turn -= 360.0;
            }
        } else {
            moved.scale *= NOTCH.powf(amount);
        }
    }
    (moved != placement).then_some(moved)
}

/// Whether the weights say that they were trained on moved and turned pictures.
fn trained_with_shifts(sheet: &Sheet<'_>) -> bool {
    let open = sheet.studio.open.as_ref();
    let source = open.and_then(|open| open.weights.metadata.get("source"));
    source.is_some_and(|source| source.contains(placement::TRAINED_WITH))
}
