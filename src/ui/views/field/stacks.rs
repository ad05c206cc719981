//! One stack of layers, or two side by side: what they are, what they cost, what they have in common.

use egui::{Rect, RichText, Ui, vec2};

use super::{layers, maps, within, words};
use crate::network::stack::{Stack, StackKind, StackLayer};
use crate::ui::action::{Action, FieldAction};
use crate::ui::scene::{Composition, FieldPage};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

/// The title over a figure.
const HEAD: f32 = 44.0;
/// The space between two figures.
pub const BETWEEN: f32 = 32.0;

/// One stack, or two side by side.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, rect: Rect) {
    let studio = sheet.studio;
    let shown = &studio.scene.field;
    let seers: Vec<&Seer> = studio.field.stacks().collect();
    let mut area = rect;
    let as_maps = shown.maps && legible(rect, &seers);
    let too_many = (shown.maps && !as_maps).then(|| sheet.say("field-too-many-maps"));
    if let Some(words) = &too_many {
        let (top, _) = sentence_under(ui, sheet, area, words, None);
        area = rect.with_max_y(top - 4.0);
    }
    if let [a, b] = seers[..] {
        let words = words::hidden(studio)
            .map_or_else(|| sheet.tell(&words::compared(studio, a, b)), str::to_owned);
        let link = become_one(&shown.stacks).then_some("field-take-relus");
        let (top, followed) = sentence_under(ui, sheet, area, &words, link);
        if followed {
            if shown.composition.relu {
                let without = Composition { relu: false, ..shown.composition.clone() };
                sheet.act(Action::Field(FieldAction::Composition(without)));
            }
            sheet.act(Action::Field(FieldAction::Page(FieldPage::Compose)));
        }
        area = area.with_max_y(top - 8.0);
    }
    let areas = areas(area, &seers, as_maps);
    for (place, (seer, mine)) in seers.into_iter().zip(areas).enumerate() {
        head(ui, sheet, place, Rect::from_min_size(mine.min, vec2(mine.width(), HEAD)));
        layers::show(
            ui,
            sheet,
            seer,
            (Some(place), as_maps),
            mine.with_min_y(mine.top() + HEAD + 4.0),
        );
    }
}

/// Whether there is room for whole maps of all stacks, with what stands over and under them.
fn legible(rect: Rect, seers: &[&Seer]) -> bool {
    let mut areas = areas(rect.with_max_y(rect.bottom() - 54.0), seers, true).into_iter();
    seers.iter().all(|seer| {
        areas.next().is_some_and(|mine| maps::legible(seer, [mine.width(), mine.height() - HEAD]))
    })
}

/// Where the stacks stand: side by side, or, where whole maps are larger so, one above the other.
fn areas(area: Rect, seers: &[&Seer], maps: bool) -> Vec<Rect> {
    let count = seers.len().max(1) as f32;
    let wide = (area.width() - BETWEEN * (count - 1.0)) / count;
    let high = (area.height() - 8.0 * (count - 1.0)) / count;
    let side = |size: [f32; 2]| {
        let room = [size[0], size[1] - HEAD];
        seers.iter().map(|seer| maps::side(seer, room)).fold(f32::MAX, f32::min)
    };
    let above = maps && side([area.width(), high]) > side([wide, area.height()]);
    let (size, step) = if above {
        (vec2(area.width(), high), vec2(0.0, high + 8.0))
    } else {
        (vec2(wide, area.height()), vec2(wide + BETWEEN, 0.0))
    };
    (0..seers.len())
        .map(|place| Rect::from_min_size(area.min + step * place as f32, size))
        .collect()
}

/// What a stack is, and what it costs; a click makes it the one that the table is about.
fn head(ui: &mut Ui, sheet: &mut Sheet<'_>, place: usize, rect: Rect) {
    let shown = &sheet.studio.scene.field;
    let stack = &shown.stacks[place];
    let two = shown.stacks.len() > 1;
    let active = two && shown.active == place;
    let title = words::stack(stack, sheet.lang);
    let ink = if active { sheet.palette.accent } else { sheet.palette.text };
    let other = shown.stacks.get(1 - place.min(1)).filter(|_| two);
    let costs = sheet.tell(&words::costs(stack, other));
    let costs = words::hidden(sheet.studio).map_or(costs, str::to_owned);
    within(ui, rect, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let label = RichText::new(&title).font(Type::Title.font()).color(ink);
        let response = ui.add(egui::Button::new(label).frame(false).truncate());
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, active, title.clone())
        });
        if response.clicked() {
            sheet.act(Action::Field(FieldAction::Select(place, None)));
        }
        let label = RichText::new(costs).font(Type::Caption.font()).color(sheet.palette.muted);
        ui.add(egui::Label::new(label).truncate());
    });
}

/// A sentence at the lower edge, and a link to what follows from it; tells where it begins and whether
/// the link was followed.
fn sentence_under(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    rect: Rect,
    words: &str,
    link: Option<&'static str>,
) -> (f32, bool) {
    let high = if link.is_some() { 46.0 } else { 24.0 };
    let top = rect.bottom() - high;
    let mut followed = false;
    within(ui, rect.with_min_y(top), |ui| {
        text(ui, words, Type::Body, sheet.palette.text);
        if let Some(key) = link {
            let words =
                RichText::new(sheet.say(key)).font(Type::Strong.font()).color(sheet.palette.accent);
            followed = ui.add(egui::Link::new(words)).clicked();
        }
    });
    (top, followed)
}

/// Whether one of the stacks is what the composition shows, two 3×3 kernels, and the other their one 5×5.
fn become_one(stacks: &[Stack]) -> bool {
    let plain = |layers: &[StackLayer], kernels: &[usize]| {
        layers.len() == kernels.len()
            && layers.iter().zip(kernels).all(|(layer, &kernel)| {
                let conv = layer.kind == StackKind::Conv && layer.kernel == kernel;
                conv && layer.stride == 1 && layer.dilation == 1
            })
    };
    let has = |kernels: &[usize]| stacks.iter().any(|stack| plain(&stack.layers, kernels));
    stacks.len() == 2 && has(&[3, 3]) && has(&[5])
}
