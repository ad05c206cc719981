//! What is drawn is named and remembered, and the network learns it.

use egui::{Button, ProgressBar, Rect, Response, RichText, Sense, Stroke, Ui, Vec2, pos2, vec2};

use super::forgotten;
use crate::locale::Message;
use crate::ui::action::{Action, HandAction};
use crate::ui::scene::Lesson;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Learning;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, framed, sketch, text};

/// Digits in a row, and the size of the button of one.
const CLASSES: u8 = 10;
const KEY: Vec2 = vec2(20.0, 26.0);
/// Height of the name under a remembered digit.
const NAME: f32 = 15.0;
/// Height of the curve.
const CURVE: f32 = 64.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    ui.spacing_mut().item_spacing.y = 4.0;
    if studio.can_remember() {
        sheet.section(ui, &Message::new("hand-it-is"));
        names(ui, sheet);
    }
    if !studio.hand.digits.is_empty() {
        ui.add_space(4.0);
        remembered(ui, sheet);
        ui.add_space(2.0);
        match &studio.hand.lesson {
            Some(learning) => progress(ui, sheet, learning),
            None => start(ui, sheet),
        }
    }
    if let Some(lesson) = studio.lesson().filter(|_| studio.hand.lesson.is_none()) {
        ui.add_space(2.0);
        outcome(ui, sheet, lesson);
    }
}

/// "It is a" 0 … 9.
fn names(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let gap = (ui.available_width() - KEY.x * f32::from(CLASSES)) / f32::from(CLASSES - 1);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        ui.spacing_mut().button_padding = Vec2::ZERO;
        for digit in 0..CLASSES {
            let words = RichText::new(digit.to_string()).font(Type::Number.font());
            let button = ui.add(Button::new(words).min_size(KEY));
            let name = sheet.tell(&Message::new("hand-remember").with("digit", digit));
            named(&button, &name);
            if button.on_hover_text(name).clicked() {
                sheet.act(Action::Hand(HandAction::Remember(digit)));
            }
        }
    });
}

/// The digits, each with its name; a click forgets one.
fn remembered(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let pitch = (ui.available_width() - KEY.x) / f32::from(CLASSES - 1);
    let columns = usize::from(CLASSES);
    let rows = studio.hand.digits.len().div_ceil(columns);
    let height = KEY.x + NAME;
    let size = vec2(ui.available_width(), rows as f32 * (height + 4.0) - 4.0);
    let (all, _) = ui.allocate_exact_size(size, Sense::hover());
    for (place, (image, label)) in studio.hand.digits.iter().enumerate() {
        let (row, column) = (place / columns, place % columns);
        let min = all.min + vec2(column as f32 * pitch, row as f32 * (height + 4.0));
        let rect = Rect::from_min_size(min, vec2(KEY.x, height));
        let picture = Rect::from_min_size(min, Vec2::splat(KEY.x));
        let response = ui.interact(rect, ui.scope_id().with(("remembered", place)), Sense::click());
        framed(ui, sheet.palette, ("remembered", place), image, Grey::Ink, picture);
        if response.hovered() || response.has_focus() {
            let line = Stroke::new(1.5, sheet.palette.accent);
            ui.painter().rect_stroke(picture, 0.0, line, egui::StrokeKind::Outside);
        }
        let at = pos2(picture.center().x, picture.bottom() + NAME / 2.0 + 1.0);
        let (font, ink) = (Type::SmallNumber.font(), sheet.palette.text);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, label.to_string(), font, ink);
        let name = sheet.tell(&Message::new("hand-forget").with("digit", *label));
        named(&response, &name);
        if response.on_hover_text(name).clicked() {
            sheet.act(Action::Hand(HandAction::Forget(place)));
        }
    }
}

fn named(response: &Response, name: &str) {
    let name = name.to_owned();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
    });
}

/// The way to learn them, and how many of them are read right since they were learned.
fn start(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let (palette, studio) = (sheet.palette, sheet.studio);
    ui.horizontal(|ui| {
        let words = RichText::new(sheet.say("hand-learn"));
        let words = words.font(Type::Strong.font()).color(palette.on_accent);
        let button = Button::new(words).fill(palette.accent).min_size(vec2(96.0, 28.0));
        let can = studio.can_learn_a_hand();
        if ui.add_enabled(can, button).on_hover_text(sheet.say("hand-learn-hint")).clicked() {
            sheet.act(Action::Hand(HandAction::Learn));
        }
        let Some(lesson) = studio.lesson() else { return };
        let ends = lesson.points.first().zip(lesson.points.last());
        let Some((first, last)) = ends else { return };
        let own = Message::new("hand-own").with("before", first.own).with("after", last.own);
        text(ui, sheet.tell(&own.with("of", lesson.own)), Type::Caption, palette.text);
    });
}

fn progress(ui: &mut Ui, sheet: &mut Sheet<'_>, learning: &Learning) {
    let (step, of) = (learning.steps_done, learning.steps_in_all);
    ui.horizontal(|ui| {
        let stop = sheet.say("hand-stop");
        if ui.button(stop).clicked() {
            sheet.act(Action::Hand(HandAction::Stop));
        }
        let part = if of == 0 { 0.0 } else { step as f32 / of as f32 };
        let bar = ProgressBar::new(part).desired_height(6.0).fill(sheet.palette.accent);
        ui.vertical(|ui| {
            let words = Message::new("hand-learning").with("step", step).with("of", of);
            let words = if of == 0 { sheet.say("status-computing") } else { sheet.tell(&words) };
            text(ui, words, Type::Caption, sheet.palette.muted);
            ui.add(bar);
        });
    });
}

/// The curve, and what it says.
fn outcome(ui: &mut Ui, sheet: &mut Sheet<'_>, lesson: &Lesson) {
    let (Some(first), Some(last)) = (lesson.points.first(), lesson.points.last()) else { return };
    let percent = |right: usize| forgotten::percent(right, lesson.test);
    let key = if last.test < first.test { "hand-forgotten" } else { "hand-kept" };
    let test =
        Message::new(key).with("before", percent(first.test)).with("after", percent(last.test));
    text(ui, sheet.tell(&test), Type::Caption, sheet.palette.text);
    let size = vec2(ui.available_width(), CURVE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let steps = sheet.say("hand-steps");
    let figure = forgotten::sketch(lesson, &steps, [size.x, size.y]);
    sketch::paint(ui.painter(), sheet.palette, rect.min, &figure);
    let words = figure.words();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, words.clone())
    });
}
