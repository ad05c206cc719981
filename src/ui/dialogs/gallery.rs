//! The bundled digits: by class, and those the open network gets wrong.

use egui::{
    Color32, ColorImage, Rect, ScrollArea, Sense, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, Vec2, pos2, vec2,
};

use crate::data::{Split, digits};
use crate::locale::Message;
use crate::ui::action::Action;
use crate::ui::scene::InputRef;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{text, toggle};

const CELL: f32 = 42.0;
const COLUMNS: usize = 14;
/// Digits in a row of the texture that holds them all: both sides stay below 2,048 pixels, which every
/// adapter takes.
const SHEET_COLUMNS: usize = 72;

/// Which digits are shown.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Filter {
    class: Option<u8>,
    test: bool,
    wrong: bool,
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let id = ui.scope_id().with("filter");
    let start = Filter { class: None, test: true, wrong: false };
    let mut filter = ui.data_mut(|data| *data.get_temp_mut_or(id, start));
    filters(ui, sheet, &mut filter);
    ui.data_mut(|data| data.insert_temp(id, filter));
    let shown = matching(sheet, filter);
    let count = sheet.tell(&Message::new("gallery-count").with("count", shown.len()));
    text(ui, count, Type::Caption, sheet.palette.muted);
    let texture = texture(ui);
    let rows = shown.len().div_ceil(COLUMNS);
    ScrollArea::vertical().max_height(CELL * 9.0).auto_shrink([false, false]).show_rows(
        ui,
        CELL,
        rows,
        |ui, range| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for row in range {
                ui.horizontal(|ui| {
                    let end = ((row + 1) * COLUMNS).min(shown.len());
                    for &index in &shown[row * COLUMNS..end] {
                        digit(ui, sheet, &texture, index);
                    }
                });
            }
        },
    );
}

fn filters(ui: &mut Ui, sheet: &mut Sheet<'_>, filter: &mut Filter) {
    let palette = sheet.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let all = sheet.say("gallery-all");
        if toggle(ui, palette, filter.class.is_none(), &all).clicked() {
            filter.class = None;
        }
        for class in 0..10u8 {
            let on = filter.class == Some(class);
            if toggle(ui, palette, on, &class.to_string()).clicked() {
                filter.class = (!on).then_some(class);
            }
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (test, key) in [(true, "gallery-test"), (false, "gallery-train")] {
            let label = sheet.say(key);
            if toggle(ui, palette, filter.test == test && !filter.wrong, &label).clicked() {
                (filter.test, filter.wrong) = (test, false);
            }
        }
        let label = sheet.say("gallery-wrong");
        if toggle(ui, palette, filter.wrong, &label).clicked() {
            (filter.test, filter.wrong) = (true, !filter.wrong);
        }
    });
}

fn matching(sheet: &Sheet<'_>, filter: Filter) -> Vec<usize> {
    let labels = digits::bundled().labels();
    let range = digits::range(if filter.test { Split::Test } else { Split::Train });
    let first = range.start;
    let judged = sheet.studio.judged.as_deref().unwrap_or(&[]);
    let is_wrong = |index: usize| {
        judged.get(index - first).is_some_and(|&class| class != usize::from(labels[index]))
    };
    range
        .filter(|&index| filter.class.is_none_or(|class| labels[index] == class))
        .filter(|&index| !filter.wrong || is_wrong(index))
        .collect()
}

/// All digits in one texture, dark ink on paper, made once.
fn texture(ui: &Ui) -> TextureHandle {
    let id = egui::Id::unique("digit-sheet");
    if let Some(known) = ui.data(|data| data.get_temp::<TextureHandle>(id)) {
        return known;
    }
    let all = digits::bundled();
    let side = digits::SIDE;
    let rows = all.len().div_ceil(SHEET_COLUMNS);
    let size = [SHEET_COLUMNS * side, rows * side];
    let mut grey = vec![255u8; size[0] * size[1]];
    for index in 0..all.len() {
        let (row, column) = (index / SHEET_COLUMNS, index % SHEET_COLUMNS);
        for (y, line) in all.image(index).chunks(side).enumerate() {
            let start = (row * side + y) * size[0] + column * side;
            for (pixel, &ink) in grey[start..start + side].iter_mut().zip(line) {
                *pixel = 255 - ink;
            }
        }
    }
    let image = ColorImage::from_gray(size, &grey);
    let handle = ui.ctx().load_texture("digit-sheet", image, TextureOptions::LINEAR);
    ui.data_mut(|data| data.insert_temp(id, handle.clone()));
    handle
}

fn digit(ui: &mut Ui, sheet: &mut Sheet<'_>, texture: &TextureHandle, index: usize) {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(CELL), Sense::click());
    let columns = SHEET_COLUMNS as f32;
    let rows = digits::COUNT.div_ceil(SHEET_COLUMNS) as f32;
    let place = vec2((index % SHEET_COLUMNS) as f32, (index / SHEET_COLUMNS) as f32);
    let step = vec2(1.0 / columns, 1.0 / rows);
    let uv = Rect::from_min_size(pos2(place.x * step.x, place.y * step.y), step);
    let picture = rect.shrink(2.0);
    ui.painter().image(texture.id(), picture, uv, Color32::WHITE);
    let chosen = sheet.studio.scene.input == InputRef::Digit(index);
    if chosen || response.hovered() || response.has_focus() {
        let stroke = Stroke::new(2.0, sheet.palette.accent);
        ui.painter().rect_stroke(picture, 2.0, stroke, StrokeKind::Outside);
    }
    let label = digits::bundled().labels()[index];
    let message =
        Message::new("input-digit").with("index", format!("{index:04}")).with("label", label);
    let name = sheet.tell(&message);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
    });
    if response.clicked() {
        sheet.act(Action::Input(InputRef::Digit(index)));
    }
    response.on_hover_text(name);
}
