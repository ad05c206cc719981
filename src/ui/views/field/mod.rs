//! The Receptive field view: what a unit sees of every layer before it, and why the middle counts more.

mod access;
mod compose;
mod controls;
mod growth;
mod image;
mod labels;
mod layers;
mod maps;
mod narrate;
mod neocognitron;
mod plot;
mod rows;
mod stacks;
mod svg;
mod table;
mod words;

pub use controls::controls;
pub use narrate::{hint_of, sentence_of};
pub use svg::{as_sketch, has_table, title_of};
pub use words::hidden;

use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::ui::scene::{FieldPage, Subject};
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::text;

/// With less room there is one picture at a time.
const ROOM_FOR_SIDE: [f32; 2] = [960.0, 520.0];
/// The pictures beside the figure have at least this width, and of a wide window this part.
const SIDE: f32 = 340.0;
const SIDE_PART: f32 = 0.3;

/// What the pictures beside the figure leave for the words under them.
const WHY: f32 = 84.0;

/// Draws the view in what is left of `ui`.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let full = ui.max_rect();
    let tight = full.height() < ROOM_FOR_SIDE[1];
    let margin = if tight { 14.0 } else { size::FIGURE_MARGIN };
    let inner = full.shrink2(vec2(margin, if tight { 8.0 } else { 14.0 }));
    if sheet.studio.scene.field.subject == Subject::Neocognitron {
        draw(ui, sheet, inner);
        return;
    }
    let bar = Rect::from_min_size(inner.min, vec2(inner.width(), 30.0));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(bar).layout(layout), |ui| {
        controls::pages(ui, sheet);
    });
    let body = Rect::from_min_max(pos2(inner.left(), bar.bottom() + 10.0), inner.max);
    draw(ui, sheet, body);
}

/// The figure alone: what is copied and saved.
pub fn figure(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let body = ui.max_rect().shrink(size::FIGURE_MARGIN);
    draw(ui, sheet, body);
}

fn draw(ui: &mut Ui, sheet: &mut Sheet<'_>, body: Rect) {
    let wide = body.width() >= ROOM_FOR_SIDE[0] - 50.0 && body.height() >= ROOM_FOR_SIDE[1] - 80.0;
    let shown = &sheet.studio.scene.field;
    if shown.subject == Subject::Neocognitron {
        within(ui, body, |ui| neocognitron::show(ui, sheet));
        return;
    }
    match shown.page {
        FieldPage::Compose => within(ui, body, |ui| compose::show(ui, sheet)),
        FieldPage::Image => within(ui, body, |ui| beside(ui, sheet)),
        FieldPage::Table => within(ui, body, |ui| table::show(ui, sheet, body.height())),
        FieldPage::Figure | FieldPage::Growth if wide => {
            let split = body.right() - SIDE.max(body.width() * SIDE_PART);
            let left = body.with_max_x(split - 40.0);
            let line = egui::Stroke::new(1.0, sheet.palette.hairline);
            ui.painter().vline(split - 20.0, body.y_range(), line);
            left_side(ui, sheet, left);
            within(ui, body.with_min_x(split), |ui| beside(ui, sheet));
        }
        FieldPage::Figure | FieldPage::Growth => picture(ui, sheet, body),
    }
}

fn within(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), add);
}

/// The figure, what it says, and the table under it.
fn left_side(ui: &mut Ui, sheet: &mut Sheet<'_>, rect: Rect) {
    let rows = sheet.studio.seer().map_or(4, |seer| seer.growth.len()).min(9) as f32;
    let stacks = sheet.studio.scene.field.subject == Subject::Stacks;
    let tools = 44.0 + if stacks { table::tools_height(rect.width()) } else { -4.0 };
    let table = (rows * 25.0 + tools + 34.0).min(rect.height() * 0.46);
    let upper = rect.with_max_y(rect.bottom() - table - 12.0);
    picture(ui, sheet, upper);
    within(ui, rect.with_min_y(rect.bottom() - table), |ui| table::show(ui, sheet, table));
}

/// What is drawn large, and one sentence under it.
fn picture(ui: &mut Ui, sheet: &mut Sheet<'_>, rect: Rect) {
    let shown = &sheet.studio.scene.field;
    let growth = shown.page == FieldPage::Growth || shown.subject == Subject::Network;
    if growth {
        growth::show(ui, sheet, rect);
        return;
    }
    match shown.subject {
        Subject::Stacks => stacks::show(ui, sheet, rect),
        Subject::Branches => {
            if let Some(seer) = sheet.studio.field.branches() {
                layers::show(ui, sheet, seer, (None, true), rect);
            }
        }
        Subject::Network | Subject::Neocognitron => {}
    }
}

/// What stands beside the figure.
fn beside(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(seer) = sheet.studio.seer() else { return };
    let unit = words::unit(sheet.studio, seer);
    ui.horizontal(|ui| {
        let title = sheet.say("field-on-the-image");
        crate::ui::widgets::cell(ui, title, Type::Title, sheet.palette.text);
        let whose = match sheet.studio.scene.field.subject {
            Subject::Network => format!("{}, {unit}", seer.network.title),
            Subject::Stacks | Subject::Branches | Subject::Neocognitron => unit,
        };
        let label = RichText::new(whose).font(Type::Caption.font()).color(sheet.palette.muted);
        ui.add(egui::Label::new(label).truncate());
    });
    ui.add_space(6.0);
    let why = why(sheet);
    // Tall and narrow: the pictures leave room for the reason.
    let room = ui.available_rect_before_wrap();
    if room.height() > room.width() * 1.2 {
        let mut under = room.bottom();
        within(ui, room.with_max_y(room.bottom() - WHY), |ui| under = image::show(ui, sheet));
        within(ui, room.with_min_y(under), |ui| {
            text(ui, why, Type::Caption, sheet.palette.muted);
        });
    } else {
        let mut under = room.bottom();
        within(ui, room, |ui| under = image::show(ui, sheet));
        // In one row they do too.
        if room.bottom() - under >= WHY {
            within(ui, room.with_min_y(under), |ui| {
                text(ui, why, Type::Body, sheet.palette.muted);
            });
        }
    }
}

/// What a way is, and that the middle has more of them where it has.
fn why(sheet: &Sheet<'_>) -> String {
    let seer = sheet.studio.seer().filter(|_| words::hidden(sheet.studio).is_none());
    let Some(ends) = seer.and_then(|seer| seer.ends) else { return String::new() };
    let ways = sheet.say("field-why");
    if !ends.middle_leads() {
        return ways;
    }
    let space = if sheet.lang == crate::locale::Lang::En { " " } else { "" };
    format!("{ways}{space}{}", sheet.say("field-why-middle"))
}
