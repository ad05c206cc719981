//! The hand on the input: drawing, moving, painting. Scores and maps follow while it moves.

use egui::{DragValue, Key, PointerButton, Rect, Response, Sense, Slider, Ui, Vec2, pos2, vec2};

use crate::array::Array;
use crate::data::drawing::HEIGHT;
use crate::data::pipeline::{INK, PAPER};
use crate::data::{Placement, Stage, placement};
use crate::locale::{Message, signed};
use crate::ui::action::{Action, Touch};
use crate::ui::input::Input;
use crate::ui::scene::Pad;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, Icon, framed, icon_button, text, toggle};

/// Digits of a line, as the pad offers it.
pub const LINE_DIGITS: u32 = 5;
/// What one notch of the wheel does to the size.
const NOTCH: f32 = 1.05;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    tabs(ui, sheet);
    ui.add_space(4.0);
    match sheet.studio.scene.pad {
        Pad::Closed => {}
        Pad::Draw => draw(ui, sheet),
        Pad::Move => displace(ui, sheet),
        Pad::Paint => paint(ui, sheet),
    }
}

/// Which of the three, and the way out.
pub fn tabs(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding.x = 8.0;
        for pad in Pad::OPEN {
            let label = sheet.say(key_of(pad));
            if toggle(ui, sheet.palette, sheet.studio.scene.pad == pad, &label).clicked() {
                sheet.act(Action::Touch(Touch::Pad(pad)));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = sheet.say("close");
            if icon_button(ui, sheet.palette, Icon::Close, &close).clicked() {
                sheet.act(Action::Touch(Touch::Pad(Pad::Closed)));
            }
        });
    });
}

const fn key_of(pad: Pad) -> &'static str {
    match pad {
        Pad::Closed | Pad::Draw => "pad-draw",
        Pad::Move => "pad-move",
        Pad::Paint => "pad-paint",
    }
}

/// Pen, eraser, clear; a sheet for one digit or for a line.
pub fn tools(ui: &mut Ui, sheet: &mut Sheet<'_>) -> bool {
    let id = egui::Id::unique("eraser");
    let mut erase = ui.data_mut(|data| *data.get_temp_mut_or_default::<bool>(id));
    let lined = sheet.studio.drawing().is_some_and(|drawing| drawing.width > HEIGHT);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.spacing_mut().button_padding.x = 8.0;
        for (on, key) in [(false, "pad-pen"), (true, "pad-eraser")] {
            let label = sheet.say(key);
            if toggle(ui, sheet.palette, erase == on, &label).clicked() {
                erase = on;
            }
        }
        let clear = sheet.say("pad-clear");
        if ui.button(clear).clicked() {
            sheet.act(Action::Touch(Touch::Clear));
            erase = false;
        }
        if !lined {
            ui.end_row();
        }
        for (digits, key) in [(1, "pad-one-digit"), (LINE_DIGITS, "pad-line")] {
            let label = sheet.say(key);
            let on = lined == (digits > 1);
            if toggle(ui, sheet.palette, on, &label).clicked() && !on {
                sheet.act(Action::Touch(Touch::Sheet { digits }));
                erase = false;
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(id, erase));
    erase
}

fn draw(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(input) = &sheet.studio.input else { return };
    let side = ui.available_width();
    let erase = tools(ui, sheet);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click_and_drag());
    framed(ui, sheet.palette, "pad", &input.original, Grey::Ink, rect);
    pen(ui, sheet, &response, erase, |at| (at - rect.min) / side * HEIGHT as f32);
    let grid = [HEIGHT as usize, HEIGHT as usize];
    if let Some(cursor) = keyboard(ui, &response, grid) {
        show_cursor(ui, sheet, rect, Vec2::splat(side / HEIGHT as f32), cursor.at);
        if (cursor.marks || cursor.erases) && (cursor.begins || cursor.moved) {
            let points = vec![[cursor.at[1] as f32 + 0.5, cursor.at[0] as f32 + 0.5]];
            let (erase, begin) = (cursor.erases, cursor.begins);
            if begin {
                sheet.act(Action::BeginGesture);
            }
            sheet.act(Action::Touch(Touch::Pen { points, erase, begin }));
        }
    }
    let name = sheet.say("pad-name");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, name.clone())
    });
    let hint = sheet.say("pad-hint");
    text(ui, hint, Type::Caption, sheet.palette.muted);
    seen(ui, sheet, input);
}

/// Turns what the pointer does into strokes, in the order in which it did it; `unit` gives a place on the
/// pad in the pad's units.
pub fn pen(
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

/// A pen for the keyboard: the arrows move it over a grid while the pad has the focus. Tells where it
/// stands, whether it has just moved, and the key that marks there.
fn keyboard(ui: &Ui, response: &Response, [rows, columns]: [usize; 2]) -> Option<Cursor> {
    if !response.has_focus() {
        return None;
    }
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let id = response.id.with("cursor");
    let before = ui.data(|data| data.get_temp(id)).unwrap_or([rows / 2, columns / 2]);
    let cursor = ui.input(|input| {
        let pressed = |key| input.num_presses(key) as isize;
        let go = |at: usize, by: isize, end: usize| {
            at.saturating_add_signed(by).min(end.saturating_sub(1))
        };
        let at = [
            go(before[0], pressed(Key::ArrowDown) - pressed(Key::ArrowUp), rows),
            go(before[1], pressed(Key::ArrowRight) - pressed(Key::ArrowLeft), columns),
        ];
        Cursor {
            at,
            moved: at != before,
            marks: input.key_down(Key::Space),
            erases: input.key_down(Key::Delete),
            begins: input.key_pressed(Key::Space) || input.key_pressed(Key::Delete),
        }
    });
    ui.data_mut(|data| {
        data.insert_temp(id, cursor.at);
        data.insert_temp(crate::ui::widgets::cursor_id(), response.id);
    });
    Some(cursor)
}

/// Where the keyboard's pen stands, row and column, and what it does.
#[derive(Clone, Copy)]
struct Cursor {
    at: [usize; 2],
    moved: bool,
    marks: bool,
    erases: bool,
    begins: bool,
}

/// A ring around the cell of the cursor.
fn show_cursor(ui: &Ui, sheet: &Sheet<'_>, rect: Rect, cell: Vec2, [y, x]: [usize; 2]) {
    let min = rect.min + vec2(x as f32, y as f32) * cell;
    let line = egui::Stroke::new(2.0, sheet.palette.accent);
    let cell = Rect::from_min_size(min, cell);
    ui.painter().rect_stroke(cell, 0.0, line, egui::StrokeKind::Outside);
}

/// What the network sees of the drawing.
fn seen(ui: &mut Ui, sheet: &Sheet<'_>, input: &Input) {
    let side = (ui.available_height() - 34.0).clamp(64.0, 128.0);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        framed(ui, sheet.palette, "pad-seen", &input.tensor, Grey::Ink, rect);
        ui.vertical(|ui| {
            let words = sheet.say("pad-seen");
            text(ui, words, Type::Caption, sheet.palette.muted);
        });
    });
}

/// Moving, turning, scaling: after preprocessing what is large, before it what is small.
fn displace(ui: &mut Ui, sheet: &mut Sheet<'_>) {
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
    if !sheet.studio.is_untouched() {
        let label = sheet.say("touch-reset");
        if ui.button(label).clicked() {
            sheet.act(Action::Touch(Touch::Reset));
        }
    }
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

/// Painting single pixels of what the network sees.
fn paint(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(input) = &sheet.studio.input else { return };
    let id = egui::Id::unique("paper-brush");
    let mut paper = ui.data_mut(|data| *data.get_temp_mut_or_default::<bool>(id));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (on, key) in [(false, "paint-ink"), (true, "paint-paper")] {
            let label = sheet.say(key);
            if toggle(ui, sheet.palette, paper == on, &label).clicked() {
                paper = on;
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(id, paper));
    let [_, rows, columns] = input.tensor.chw();
    let size = fitted(&input.tensor, vec2(ui.available_width(), ui.available_width()));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    framed(ui, sheet.palette, "paint", &input.tensor, Grey::Ink, rect);
    named(sheet, &response, "paint-name");
    let pixel = |at: egui::Pos2| {
        let place = (at - rect.min) / size * vec2(columns as f32, rows as f32);
        let inside = place.min_elem() >= 0.0 && place.x < columns as f32 && place.y < rows as f32;
        inside.then_some((place.y as usize, place.x as usize))
    };
    let [low, high] = ends(input);
    let mark = |sheet: &mut Sheet<'_>, (y, x): (usize, usize), value: f32| {
        if input.tensor.at([0, y, x]) != value {
            let pixel = (y * columns + x) as u32;
            sheet.act(Action::Touch(Touch::Paint { pixel, value }));
        }
    };
    if response.is_pointer_button_down_on() {
        let (pressed, right, moved) = ui.input(|input| {
            let right = input.pointer.button_down(PointerButton::Secondary);
            (input.pointer.any_pressed(), right, input.pointer.delta())
        });
        if pressed {
            sheet.act(Action::BeginGesture);
        }
        if let Some(end) = response.interact_pointer_pos() {
            // A quick hand leaves no gaps.
            let start = if pressed { end } else { end - moved };
            let steps = ((end - start).length() / (size.x / columns as f32)).ceil().max(1.0);
            for step in 0..=steps as usize {
                let at = start + (end - start) * (step as f32 / steps);
                if let Some(cell) = pixel(at) {
                    mark(sheet, cell, if paper || right { low } else { high });
                }
            }
        }
    }
    if let Some(cursor) = keyboard(ui, &response, [rows, columns]) {
        let cell = size / vec2(columns as f32, rows as f32);
        show_cursor(ui, sheet, rect, cell, cursor.at);
        if cursor.begins {
            sheet.act(Action::BeginGesture);
        }
        if cursor.marks || cursor.erases {
            let value = if paper || cursor.erases { low } else { high };
            mark(sheet, (cursor.at[0], cursor.at[1]), value);
        }
    }
    let words = match response.hover_pos().and_then(pixel) {
        Some((y, x)) => sheet.tell(
            &Message::new("paint-pixel")
                .with("row", y)
                .with("column", x)
                .with("value", signed(f64::from(input.tensor.at([0, y, x])), 3)),
        ),
        None => sheet.say("paint-hint"),
    };
    text(ui, words, Type::Caption, sheet.palette.muted);
    if let Some((y, x)) = response.hover_pos().and_then(pixel) {
        let cell = size / vec2(columns as f32, rows as f32);
        let min = rect.min + vec2(x as f32, y as f32) * cell;
        let line = egui::Stroke::new(1.5, sheet.palette.accent);
        ui.painter().rect_stroke(
            Rect::from_min_size(min, cell),
            0.0,
            line,
            egui::StrokeKind::Outside,
        );
    }
    if !sheet.studio.is_untouched() {
        let label = sheet.say("touch-reset");
        if ui.button(label).clicked() {
            sheet.act(Action::Touch(Touch::Reset));
        }
    }
}

/// The values of paper and of ink after preprocessing.
fn ends(input: &Input) -> [f32; 2] {
    let normalised = input.stages.iter().rev().find_map(|stage| match stage {
        Stage::Normalise { paper, ink } => Some([*paper, *ink]),
        _ => None,
    });
    normalised.unwrap_or([PAPER, INK])
}

fn named(sheet: &Sheet<'_>, response: &Response, key: &'static str) {
    let name = sheet.say(key);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, name.clone())
    });
}

fn fitted(image: &Array, room: Vec2) -> Vec2 {
    let [_, h, w] = image.chw();
    let size = vec2(w as f32, h as f32).max(Vec2::splat(1.0));
    size * (room / size).min_elem()
}

/// Whether the weights say that they were trained on moved and turned pictures.
fn trained_with_shifts(sheet: &Sheet<'_>) -> bool {
    let open = sheet.studio.open.as_ref();
    let source = open.and_then(|open| open.weights.metadata.get("source"));
    source.is_some_and(|source| {
        source.contains("\"augment\":") && !source.contains("\"augment\":null")
    })
}

/// A place on screen as one on the strip of a line, in pixels of the network's input.
pub fn strip_pixel(rect: Rect, scale: f32, at: egui::Pos2) -> egui::Pos2 {
    pos2((at.x - rect.left()) / scale, (at.y - rect.top()) / scale)
}
