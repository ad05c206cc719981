//! The Receptive field view: what a unit sees of every layer before it, and why the middle counts more.

mod compose;
pub mod image;
mod maps;
mod neocognitron;
mod plot;
mod rows;
mod table;
mod words;

pub use compose::outcome as composition_outcome;

use egui::{Align, ComboBox, Layout, Rect, RichText, Sense, Ui, UiBuilder, pos2, vec2};

use crate::locale::{Message, count};
use crate::network::stack::{Stack, StackKind, StackLayer};
use crate::paper::sketch::{Anchor, Hand, Role, Sketch};
use crate::ui::action::{Action, Dialog, FieldAction, FieldPreset, UnitRef};
use crate::ui::scene::{Composition, FieldPage, Spot, Subject};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Seer, Studio, field_pages};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{sketch, text, toggle};

/// With less room there is one picture at a time.
const ROOM_FOR_SIDE: [f32; 2] = [960.0, 520.0];
/// The pictures beside the figure.
const SIDE: f32 = 340.0;
/// The title over a figure.
const HEAD: f32 = 44.0;
const BETWEEN: f32 = 32.0;

/// The examples, in the top bar.
pub fn controls(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let names: Vec<String> =
        FieldPreset::ALL.iter().map(|preset| Message::new(preset.key()).text(sheet.lang)).collect();
    let font = Type::Body.font();
    let ink = sheet.palette.text;
    let width = |name: &String| {
        ui.painter().layout_no_wrap(name.clone(), font.clone(), ink).size().x + 20.0 + size::GAP
    };
    let needed: f32 = names.iter().map(width).sum();
    // What stands to the right of them has its room first.
    if needed + 250.0 <= ui.available_width() {
        for (preset, name) in FieldPreset::ALL.into_iter().zip(names) {
            if ui.button(name).clicked() {
                sheet.act(preset.action());
            }
        }
        return;
    }
    let name = sheet.say("field-examples");
    let combo = ComboBox::from_id_salt("field-examples")
        .selected_text(RichText::new(&name).font(Type::Label.font()))
        .height(400.0)
        .show_ui(ui, |ui| {
            for (preset, name) in FieldPreset::ALL.into_iter().zip(names) {
                if ui.selectable_label(false, name).clicked() {
                    sheet.actions.push(preset.action());
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
}

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
    ui.scope_builder(UiBuilder::new().max_rect(bar).layout(layout), |ui| pages(ui, sheet));
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
            let split = body.right() - SIDE;
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
    let tools = if sheet.studio.scene.field.subject == Subject::Stacks { 84.0 } else { 40.0 };
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
        grown(ui, sheet, rect);
        return;
    }
    match shown.subject {
        Subject::Stacks => stacks(ui, sheet, rect),
        Subject::Branches => {
            if let Some(seer) = sheet.studio.field.branches() {
                drawn(ui, sheet, seer, None, rect);
            }
        }
        Subject::Network | Subject::Neocognitron => {}
    }
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

/// One stack, or two side by side.
fn stacks(ui: &mut Ui, sheet: &mut Sheet<'_>, rect: Rect) {
    let studio = sheet.studio;
    let shown = &studio.scene.field;
    let seers: Vec<&Seer> = studio.field.stacks().collect();
    let mut area = rect;
    if let [a, b] = seers[..] {
        let words = words::hidden(studio)
            .map_or_else(|| sheet.tell(&words::compared(studio, a, b)), str::to_owned);
        let link = become_one(&shown.stacks).then_some("field-take-relus");
        let (top, followed) = sentence_under(ui, sheet, rect, &words, link);
        if followed {
            if shown.composition.relu {
                let without = Composition { relu: false, ..shown.composition.clone() };
                sheet.act(Action::Field(FieldAction::Composition(without)));
            }
            sheet.act(Action::Field(FieldAction::Page(FieldPage::Compose)));
        }
        area = rect.with_max_y(top - 8.0);
    }
    let wide = (area.width() - BETWEEN * (seers.len() as f32 - 1.0)) / seers.len().max(1) as f32;
    for (place, seer) in seers.into_iter().enumerate() {
        let left = area.left() + place as f32 * (wide + BETWEEN);
        let mine = Rect::from_min_size(pos2(left, area.top()), vec2(wide, area.height()));
        head(ui, sheet, place, Rect::from_min_size(mine.min, vec2(wide, HEAD)));
        drawn(ui, sheet, seer, Some(place), mine.with_min_y(mine.top() + HEAD + 4.0));
    }
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

/// The rows or the maps of one network; a click on a cell looks at that unit.
fn drawn(ui: &mut Ui, sheet: &mut Sheet<'_>, seer: &Seer, place: Option<usize>, rect: Rect) {
    let studio = sheet.studio;
    let room = [rect.width(), rect.height()];
    let is_chain = place.is_some();
    if studio.scene.field.maps || !is_chain {
        let (figure, maps) = maps::draw(studio, seer, room);
        sketch::paint(&ui.painter_at(rect.expand(8.0)), sheet.palette, rect.min, &figure);
        for map in maps {
            let min = rect.min + vec2(map.min[0], map.min[1]);
            let size = vec2(map.size()[0], map.size()[1]);
            let target = Rect::from_min_size(min, size);
            let pointed = named(ui, sheet, seer, map.node, place, target);
            if let Some(at) =
                pointed.and_then(|at| map.cell_at([at[0] + map.min[0], at[1] + map.min[1]]))
            {
                look(sheet, place, Spot { layer: map.node, at });
            }
        }
        return;
    }
    let (figure, lines) = rows::draw(studio, seer, extent(studio), room);
    sketch::paint(&ui.painter_at(rect.expand(8.0)), sheet.palette, rect.min, &figure);
    for row in lines {
        let half = row.pitch / 2.0;
        let left = rect.left() + row.first - half;
        let size = vec2(row.pitch * row.count as f32, row.height.max(6.0));
        let target = Rect::from_min_size(pos2(left, rect.top() + row.y - size.y / 2.0), size);
        let pointed = named(ui, sheet, seer, row.node, place, target);
        if let Some(x) = pointed.and_then(|at| row.cell_at(at[0] + row.first - half)) {
            let [_, y, _] = seer.unit.unit;
            look(sheet, place, Spot { layer: row.node, at: [y, x] });
        }
    }
}

/// The columns that all stacks together stand over.
fn extent(studio: &Studio) -> [f64; 2] {
    let all = studio.field.stacks().map(rows::extent);
    all.reduce(|[a, b], [c, d]| [a.min(c), b.max(d)]).unwrap_or([0.0, 1.0])
}

/// A layer of the figure: tells where in it a click was.
fn named(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    seer: &Seer,
    node: usize,
    place: Option<usize>,
    rect: Rect,
) -> Option<[f32; 2]> {
    let id = ui.scope_id().with(("layer-of-fields", place, node));
    let response = ui.interact(rect, id, Sense::click());
    let own = seer.unit.node == node;
    let layer = words::layer(sheet.studio, seer, node);
    let size = match (words::hidden(sheet.studio), seer.region(node)) {
        (Some(sign), _) => sign.to_owned(),
        (None, Some(region)) => (region.bounds.x1 - region.bounds.x0).to_string(),
        (None, None) => "0".to_owned(),
    };
    let message = Message::new("field-layer-name").with("layer", layer).with("size", size);
    let name = match place {
        Some(place) if sheet.studio.scene.field.stacks.len() > 1 => {
            let stack = words::stack(&sheet.studio.scene.field.stacks[place], sheet.lang);
            format!("{stack}: {}", sheet.tell(&message))
        }
        _ => sheet.tell(&message),
    };
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, own, name.clone())
    });
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, sheet.palette.accent);
        ui.painter().rect_stroke(rect.expand(3.0), 4.0, ring, egui::StrokeKind::Outside);
    }
    if !response.clicked() {
        return None;
    }
    // By the keyboard the middle is meant.
    let at = response.interact_pointer_pos().unwrap_or(rect.center()) - rect.min;
    Some([at.x, at.y])
}

fn look(sheet: &mut Sheet<'_>, place: Option<usize>, spot: Spot) {
    sheet.act(Action::Field(match place {
        Some(place) => FieldAction::Spot(place, Some(spot)),
        None => FieldAction::Branch(Some(spot)),
    }));
}

/// What looks at the middle unit of a layer of the present subject.
fn middle_of(studio: &Studio, seer: &Seer, node: usize) -> Action {
    let [_, h, w] = seer.network.nodes()[node].output;
    let at = [(h - 1) / 2, (w - 1) / 2];
    let spot = Some(Spot { layer: node, at });
    match studio.scene.field.subject {
        Subject::Stacks => Action::Field(FieldAction::Spot(studio.scene.field.active, spot)),
        Subject::Branches => Action::Field(FieldAction::Branch(spot)),
        Subject::Network | Subject::Neocognitron => {
            let map = seer.unit.unit[0].min(seer.network.nodes()[node].output[0] - 1);
            Action::Pin(UnitRef { node, unit: [map, at[0], at[1]] })
        }
    }
}

/// How the fields grow.
fn grown(ui: &mut Ui, sheet: &mut Sheet<'_>, rect: Rect) {
    let name = sheet.say("field-page-growth");
    let response = ui.interact(rect, ui.scope_id().with("growth"), Sense::hover());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    let figure = growth_plot(sheet.studio, [rect.width(), rect.height()]);
    sketch::paint(&ui.painter_at(rect), sheet.palette, rect.min, &figure);
}

fn growth_plot(studio: &Studio, room: [f32; 2]) -> Sketch {
    let shown = &studio.scene.field;
    let lang = studio.settings.lang;
    let curves: Vec<plot::Curve<'_>> = match shown.subject {
        Subject::Stacks => {
            let one = |(place, seer)| plot::Curve {
                seer,
                title: shown.stacks.get(place).map_or_else(String::new, |s| words::stack(s, lang)),
                active: place == shown.active,
            };
            studio.field.stacks().enumerate().map(one).collect()
        }
        Subject::Network | Subject::Branches | Subject::Neocognitron => studio
            .seer()
            .map(|seer| plot::Curve { seer, title: seer.network.title.clone(), active: true })
            .into_iter()
            .collect(),
    };
    plot::draw(studio, &curves, room)
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
    if room.height() > room.width() * 1.5 {
        let high = 84.0;
        within(ui, room.with_max_y(room.bottom() - high), |ui| image::show(ui, sheet));
        within(ui, room.with_min_y(room.bottom() - high), |ui| {
            text(ui, why, Type::Caption, sheet.palette.muted);
        });
    } else {
        image::show(ui, sheet);
    }
}

/// What a way is, and that the middle has more of them where it has.
fn why(sheet: &Sheet<'_>) -> String {
    let seer = sheet.studio.seer().filter(|_| words::hidden(sheet.studio).is_none());
    let Some(seer) = seer else { return String::new() };
    let ways = sheet.say("field-why");
    let ends = seer.paths_of(0).and_then(|ways| image::Ends::of(&ways.paths));
    if !ends.is_some_and(image::Ends::middle_leads) {
        return ways;
    }
    let space = if sheet.lang == crate::locale::Lang::En { " " } else { "" };
    format!("{ways}{space}{}", sheet.say("field-why-middle"))
}

/// Which picture, and how it is drawn.
fn pages(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let shown = &sheet.studio.scene.field;
    let all = field_pages(shown);
    if all.len() > 1 {
        for page in all {
            // The figure of an open network is its growth.
            let grows = shown.subject == Subject::Network && page == FieldPage::Figure;
            let key = if grows { key_of(FieldPage::Growth) } else { key_of(page) };
            let name = Message::new(key).text(sheet.lang);
            if toggle(ui, sheet.palette, page == shown.page, &name).clicked() {
                sheet.act(Action::Field(FieldAction::Page(page)));
            }
        }
    }
    // From right to left: the last first.
    let choices: &[(&'static str, bool, FieldAction)] = match shown.subject {
        Subject::Stacks if shown.page == FieldPage::Figure => &[
            ("field-two-d", shown.maps, FieldAction::Maps(true)),
            ("field-one-d", !shown.maps, FieldAction::Maps(false)),
        ],
        Subject::Network if sheet.studio.can_average() => &[
            ("field-average", shown.average, FieldAction::Average(true)),
            ("field-this-image", !shown.average, FieldAction::Average(false)),
        ],
        Subject::Stacks | Subject::Network | Subject::Branches | Subject::Neocognitron => &[],
    };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if words::hidden(sheet.studio).is_some() {
            let words = sheet.say("field-answer");
            if ui.button(words).clicked() {
                sheet.act(Action::Reveal(words::answer_place()));
                if shown.asked {
                    sheet.act(Action::Field(FieldAction::Page(shown.page)));
                }
            }
        }
        for (key, on, action) in choices {
            let name = Message::new(key).text(sheet.lang);
            if toggle(ui, sheet.palette, *on, &name).clicked() {
                sheet.act(Action::Field(action.clone()));
            }
        }
        if shown.subject == Subject::Network {
            let name = sheet.say("field-choose-image");
            if ui.button(name).clicked() {
                sheet.act(Action::Open(Dialog::Gallery));
            }
        }
    });
}

const fn key_of(page: FieldPage) -> &'static str {
    match page {
        FieldPage::Figure => "field-page-figure",
        FieldPage::Growth => "field-page-growth",
        FieldPage::Table => "field-page-table",
        FieldPage::Image => "field-page-image",
        FieldPage::Compose => "field-page-compose",
    }
}

/// Where branches meet, the field is their union.
fn union_sentence(seer: &Seer) -> Message {
    let size = format!("{}×{}", seer.field.size[0], seer.field.size[1]);
    if seer.field.exact {
        return Message::new("field-union-exact").with("size", size);
    }
    let cells =
        seer.paths_of(0).map_or(0, |ways| ways.paths.counts.iter().filter(|&&n| n > 0).count());
    Message::new("field-union-holes")
        .with("size", size)
        .with("cells", cells)
        .with("all", seer.field.size[0] * seer.field.size[1])
}

/// What is on screen, in one sentence.
#[must_use]
pub fn sentence_of(studio: &Studio) -> Message {
    let shown = &studio.scene.field;
    if shown.subject == Subject::Neocognitron {
        return Message::new("field-narrator-neocognitron");
    }
    if shown.page == FieldPage::Compose {
        return compose::sentence(studio);
    }
    let Some(seer) = studio.seer() else { return Message::new("narrator-waiting") };
    if shown.asked {
        return Message::new(match shown.page {
            FieldPage::Image => "field-asked-count",
            _ if shown.subject == Subject::Stacks && shown.stacks.len() > 1 => {
                "field-asked-weights"
            }
            _ => "field-asked",
        });
    }
    if shown.subject == Subject::Branches {
        return union_sentence(seer);
    }
    let unit = words::unit(studio, seer);
    if shown.subject == Subject::Network
        && let Some(share) = image::share_of(studio, seer)
    {
        let average = shown.average && studio.can_average();
        let key = if average { "field-narrator-mean" } else { "field-narrator-share" };
        return Message::new(key).with("unit", unit).with("percent", (100.0 * share).round());
    }
    let ends = seer.paths_of(0).and_then(|ways| image::Ends::of(&ways.paths));
    match ends {
        Some(ends) if ends.most > ends.least => {
            let middle = ends.middle_leads();
            let (key, few) = if middle {
                ("field-narrator", ends.corner)
            } else {
                ("field-narrator-uneven", ends.least)
            };
            Message::new(key)
                .with("unit", unit)
                .with("most", count(ends.most))
                .with_message("corner", ways_of(few))
        }
        Some(_) => Message::new("field-narrator-even").with("unit", unit),
        None => {
            let there = seer.network.input()[1] as u64;
            Message::new("field-narrator-large")
                .with("unit", unit)
                .with("size", count(seer.field.size[0].into()))
                .with("there", count(there.min(seer.field.size[0]).into()))
        }
    }
}

fn ways_of(ways: u128) -> Message {
    match usize::try_from(ways) {
        Ok(ways) => Message::new("field-ways-count").with_count("count", ways),
        Err(_) => Message::new("field-ways-many").with("count", count(ways)),
    }
}

/// The figure that is shown, as marks: for a file.
#[must_use]
pub fn as_sketch(studio: &Studio) -> Option<Sketch> {
    const SIZE: [f32; 2] = [760.0, 420.0];
    let shown = &studio.scene.field;
    let lang = studio.settings.lang;
    if shown.page == FieldPage::Growth || shown.subject == Subject::Network {
        return Some(growth_plot(studio, SIZE));
    }
    match shown.subject {
        Subject::Stacks => {
            let mut whole = Sketch::default();
            for (place, seer) in studio.field.stacks().enumerate() {
                let room = [SIZE[0] * 0.66, SIZE[1] - 56.0];
                let figure = if shown.maps {
                    maps::draw(studio, seer, room).0
                } else {
                    rows::draw(studio, seer, extent(studio), room).0
                };
                let left = 24.0 + place as f32 * (room[0] + BETWEEN);
                let stack = shown.stacks.get(place)?;
                let title = words::stack(stack, lang);
                whole.text([left, 22.0], Anchor::Left, title, Hand::Title, Role::Text);
                let other = shown.stacks.get(1 - place).filter(|_| shown.stacks.len() > 1);
                let costs = words::costs(stack, other).text(lang);
                let costs = words::hidden(studio).map_or(costs, str::to_owned);
                whole.text([left, 42.0], Anchor::Left, costs, Hand::Caption, Role::Muted);
                whole.size = [left + room[0] + 24.0, whole.size[1].max(figure.size[1] + 72.0)];
                whole.place(figure, [left, 58.0]);
            }
            Some(whole)
        }
        Subject::Branches => Some(maps::draw(studio, studio.field.branches()?, SIZE).0),
        Subject::Network | Subject::Neocognitron => None,
    }
}

/// What a figure in a file is called.
#[must_use]
pub fn title_of(studio: &Studio) -> String {
    sentence_of(studio).text(studio.settings.lang)
}
