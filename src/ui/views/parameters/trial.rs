//! The three ways at work on a digit: dragged, it shows who moves along; one weight in the hand shows
//! who shares it; a larger image shows who can still work.

use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::array::{Array, Range};
use crate::explain::three_ways::{FIELD, IMAGE, MAP, Maps, ThreeWays, changed, moved_along};
use crate::locale::{Message, signed, value};
use crate::render::Scale;
use crate::ui::action::{Action, Connect, Hand};
use crate::ui::cover::cover_place;
use crate::ui::scene::{FURTHEST, MOST_LARGER, MOST_TURNED, Shift, Trial};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Cells, Grey, SignedField, Typed, cell, number, picture, text, toggle};

/// Points that egui counts for one notch of the wheel, and what a notch turns.
const NOTCH_POINTS: f32 = 40.0;
const NOTCH: f32 = 0.1;
/// A low and wide view has all in one row; so much of it is for the digit, and for the weight.
const LOW: f32 = 430.0;
const WIDE: f32 = 560.0;
const HAND: f32 = 158.0;
/// The widest maps, in a low view and elsewhere.
const WIDEST_LOW: f32 = 190.0;
const WIDEST: f32 = 220.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let trial = sheet.studio.scene.parameters.trial.within_reach();
    let ways = ThreeWays::seeded();
    let Some(tried) = &sheet.studio.tried else { return };
    let maps_of = [&tried.before, &tried.after, &tried.unturned];
    ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
    let low = ui.available_height() < LOW && ui.available_width() > WIDE;
    // The edge of the digit lies outside it.
    ui.add_space(1.0);
    if low {
        // All in one row.
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(HAND);
                drag(ui, sheet, &trial, &tried.image);
            });
            ui.vertical(|ui| {
                ui.set_width(HAND);
                knob(ui, sheet, &trial, ways);
            });
            ui.vertical(|ui| maps(ui, sheet, &trial, maps_of, WIDEST_LOW));
        });
    } else {
        let words = sheet.say("trial-intro");
        text(ui, words, Type::Caption, sheet.palette.muted);
        ui.add_space(4.0);
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| drag(ui, sheet, &trial, &tried.image));
            ui.add_space(12.0);
            ui.vertical(|ui| knob(ui, sheet, &trial, ways));
        });
        ui.add_space(8.0);
        maps(ui, sheet, &trial, maps_of, WIDEST);
        ui.add_space(6.0);
    }
    let words = sheet.say("trial-seeded");
    text(ui, words, Type::Caption, sheet.palette.muted);
}

fn act(sheet: &mut Sheet<'_>, hand: Hand, trial: Trial) {
    sheet.act(Action::Parameters(Connect::Trial(trial, hand)));
}

/// The digit, to be dragged.
fn drag(ui: &mut Ui, sheet: &mut Sheet<'_>, trial: &Trial, image: &Array) {
    let [_, h, w] = image.chw();
    let side = (ui.available_height() * 0.3).clamp(84.0, 150.0);
    let cell_side = side / IMAGE as f32;
    let size = vec2(w as f32, h as f32) * cell_side;
    let (rect, response) = ui.allocate_exact_size(size, Sense::drag());
    let texture = picture(ui, "trial", image, Grey::Ink);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
    let palette = sheet.palette;
    ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, palette.hairline), StrokeKind::Outside);
    let [y, x] = trial.unit;
    let field = Rect::from_min_size(
        rect.min + vec2(x as f32, y as f32) * cell_side,
        vec2(FIELD as f32, FIELD as f32) * cell_side,
    );
    ui.painter().rect_stroke(field, 0.0, Stroke::new(1.6, palette.amber), StrokeKind::Outside);
    if response.drag_started() {
        sheet.act(Action::BeginGesture);
        ui.data_mut(|data| data.insert_temp(response.id, trial.shift));
    }
    if response.dragged()
        && let Some(from) = ui.data(|data| data.get_temp::<Shift>(response.id))
        && let (Some(press), Some(pos)) =
            (ui.input(|input| input.pointer.press_origin()), response.interact_pointer_pos())
    {
        let moved = (pos - press) / cell_side;
        let at = |from: i32, by: f32| (from + by.round() as i32).clamp(-FURTHEST, FURTHEST);
        let shift = Shift { y: at(from.y, moved.y), x: at(from.x, moved.x) };
        if shift != trial.shift {
            act(sheet, Hand::Drags, Trial { shift, ..trial.clone() });
        }
    }
    let name = sheet.say("trial-drag");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (axis, key) in ["trial-down", "trial-right"].into_iter().enumerate() {
            let old = trial.shift;
            let value = f64::from(if axis == 0 { old.y } else { old.x });
            let name = sheet.say(key);
            cell(ui, &name, Type::Caption, palette.muted);
            let reach = f64::from(FURTHEST);
            let field = SignedField { name: &name, value, reach, decimals: 0, speed: 0.1 };
            let (response, typed) = field.show(ui);
            if response.drag_started() || response.gained_focus() {
                sheet.act(Action::BeginGesture);
            }
            match typed {
                Typed::Nothing => {}
                Typed::Number(value) => {
                    let at = value.round() as i32;
                    let shift =
                        if axis == 0 { Shift { y: at, ..old } } else { Shift { x: at, ..old } };
                    act(sheet, Hand::Drags, Trial { shift, ..trial.clone() });
                }
                Typed::Refused(text) => {
                    sheet.act(Action::Parameters(Connect::RefusedShift(text)));
                }
            }
        }
        let larger = trial.larger != [0, 0];
        let label = sheet.say("trial-larger");
        if toggle(ui, palette, larger, &label).clicked() {
            let larger = if larger { [0, 0] } else { [0, MOST_LARGER] };
            act(sheet, Hand::Chooses, Trial { larger, ..trial.clone() });
        }
    });
}

/// One weight in the hand.
fn knob(ui: &mut Ui, sheet: &mut Sheet<'_>, trial: &Trial, ways: &ThreeWays) {
    let palette = sheet.palette;
    sheet.section(ui, &Message::new("trial-knob"));
    let [_, shared] = ways.kernels(trial.unit);
    let mut values: Vec<f64> = shared.iter().map(|&weight| f64::from(weight)).collect();
    let weight = trial.weight.map(|at| at.min(FIELD - 1));
    let marked = weight[0] * FIELD + weight[1];
    // The scale is that of the kernel as it was: only the turned cell changes its colour.
    let reach = values.iter().fold(0.0_f64, |most, value| most.max(value.abs())) as f32;
    let before = values[marked];
    values[marked] += f64::from(trial.turned);
    let grid = Cells {
        name: sheet.say("trial-kernel"),
        columns: FIELD,
        values: &values,
        scale: Scale::Diverging,
        range: Range { min: -reach, max: reach },
        cell: if ui.available_height() < 200.0 { 14.0 } else { 20.0 },
        marked: Some(marked),
        outside: None,
    };
    let answer = grid.show(ui, palette);
    if let Some(at) = answer.clicked {
        let weight = [at / FIELD, at % FIELD];
        act(sheet, Hand::Chooses, Trial { weight, turned: 0.0, ..trial.clone() });
    }
    ui.horizontal(|ui| {
        let name = sheet.say("trial-turn");
        let (value, reach) = (f64::from(trial.turned), f64::from(MOST_TURNED));
        let field = SignedField { name: &name, value, reach, decimals: 2, speed: 0.02 };
        let (response, typed) = field.show(ui);
        if response.drag_started() || response.gained_focus() {
            sheet.act(Action::BeginGesture);
        }
        let mut turned = trial.turned;
        match typed {
            Typed::Nothing => {}
            Typed::Number(value) => {
                turned = value as f32;
                act(sheet, Hand::Turns, Trial { turned, ..trial.clone() });
            }
            Typed::Refused(text) => sheet.act(Action::Parameters(Connect::RefusedTurn(text))),
        }
        let over = answer.response.hovered() || response.hovered();
        if over {
            let scroll = ui.input_mut(|input| {
                let scroll = input.smooth_scroll_delta().y;
                input.smooth_scroll_delta = egui::Vec2::ZERO;
                scroll
            });
            turned = (turned + scroll / NOTCH_POINTS * NOTCH).clamp(-MOST_TURNED, MOST_TURNED);
            if turned != trial.turned {
                act(sheet, Hand::Turns, Trial { turned, ..trial.clone() });
            }
        }
        let reset = sheet.say("trial-reset");
        let moved = trial.turned != 0.0 || trial.shift != Shift::default();
        if ui.add_enabled(moved, egui::Button::new(reset)).clicked() {
            act(
                sheet,
                Hand::Chooses,
                Trial { turned: 0.0, shift: Shift::default(), ..trial.clone() },
            );
        }
    });
    let sum = Message::new("trial-weight")
        .with("weight", value(before, 2))
        .with("turned", signed(f64::from(trial.turned), 2))
        .with("now", value(values[marked], 2));
    cell(ui, sheet.tell(&sum), Type::SmallNumber, palette.text);
    let hint = sheet.say("trial-knob-hint");
    text(ui, hint, Type::Caption, palette.muted);
}

/// The three maps, and what became of them.
fn maps(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    trial: &Trial,
    [before, after, unturned]: [&Maps; 3],
    most: f32,
) {
    let gap = 14.0;
    let width = ((ui.available_width() - 2.0 * gap) / 3.0).clamp(60.0, most);
    let shift = [trial.shift.y, trial.shift.x];
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let columns = [
            ("way-full", &before.full, &after.full, &unturned.full),
            ("way-local", &before.local, &after.local, &unturned.local),
            ("way-shared", &before.shared, &after.shared, &unturned.shared),
        ];
        for (key, before, after, unturned) in columns {
            ui.allocate_ui_with_layout(
                vec2(width, 0.0),
                egui::Layout::top_down(egui::Align::Min),
                |ui| {
                    ui.set_width(width);
                    let name = sheet.say(key);
                    text(ui, &name, Type::Label, sheet.palette.text);
                    let (Some(before), Some(after), Some(unturned)) = (before, after, unturned)
                    else {
                        text(ui, sheet.say("trial-no-weights"), Type::Caption, sheet.palette.muted);
                        return;
                    };
                    map(ui, sheet, trial, &name, after, width);
                    let total = after.len();
                    let turned = changed(unturned, after);
                    if trial.turned != 0.0 {
                        let words = Message::new("trial-changed")
                            .with("changed", turned)
                            .with("total", total);
                        told(ui, sheet, (key, "changed"), &words);
                    }
                    if shift != [0, 0] {
                        let [along, of] = moved_along(before, after, shift);
                        let words =
                            Message::new("trial-along").with("along", along).with("total", of);
                        told(ui, sheet, (key, "along"), &words);
                    }
                },
            );
        }
    });
}

/// What became of a map, which a class may guess first.
fn told(ui: &mut Ui, sheet: &mut Sheet<'_>, place: (&str, &str), words: &Message) {
    let place = cover_place(("trial", place));
    let words = sheet.tell(words);
    if !sheet.is_covered(place) {
        text(ui, words, Type::Caption, sheet.palette.text);
    } else if number(ui, sheet.palette, &words, Type::Caption, sheet.palette.text, true) {
        sheet.act(Action::Reveal(place));
    }
}

fn map(ui: &mut Ui, sheet: &mut Sheet<'_>, trial: &Trial, name: &str, values: &Array, width: f32) {
    let [_, _, columns] = values.chw();
    let numbers: Vec<f64> = values.values().iter().map(|&value| f64::from(value)).collect();
    let range = Range::of(values.values()).unwrap_or(Range { min: 0.0, max: 0.0 });
    let [y, x] = trial.unit;
    let grid = Cells {
        name: name.to_owned(),
        columns,
        values: &numbers,
        scale: Scale::Diverging,
        range: range.symmetric(),
        cell: width / columns as f32,
        marked: Some(y * columns + x.min(columns - 1)),
        outside: None,
    };
    let answer = grid.show(ui, sheet.palette);
    if let Some(at) = answer.clicked {
        let unit = [(at / columns).min(MAP - 1), (at % columns).min(MAP - 1)];
        act(sheet, Hand::Chooses, Trial { unit, ..trial.clone() });
    }
}
