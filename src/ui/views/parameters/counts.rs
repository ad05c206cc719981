//! Three columns of counts, weights and connections equally large; each opens to its formula.

use egui::{Align, Button, Frame, Layout, Margin, RichText, Stroke, Ui, vec2};

use super::formula;
use crate::locale::{Lang, Message, bytes_of, count, myriads, powers};
use crate::network::Formula;
use crate::network::connect::Stop;
use crate::ui::action::{Action, Connect};
use crate::ui::cover::cover_place;
use crate::ui::scene::{Count, Opened};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Column, Connected};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{cell, text};

/// The ends of the control, in the order of the columns.
pub const WAYS: [Stop; 3] = [Stop::Full, Stop::Local, Stop::Shared];

/// The keys of their names.
pub const NAMES: [&str; 3] = ["way-full", "way-local", "way-shared"];

impl Count {
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Weights => "count-weights",
            Self::Biases => "count-biases",
            Self::Params => "count-params",
            Self::Connections => "count-connections",
            Self::Macs => "count-macs",
            Self::Bytes => "count-bytes",
        }
    }
}

/// The stop whose counts a column shows: the present one, or the end that the column is named after.
#[must_use]
pub const fn stop_of(column: usize, present: Stop) -> Stop {
    if column_of(present) == column { present } else { WAYS[column] }
}

/// The column that a stop belongs to.
#[must_use]
pub const fn column_of(stop: Stop) -> usize {
    match stop {
        Stop::Full => 0,
        Stop::Field(_) | Stop::Local => 1,
        Stop::Tiles(_) | Stop::Shared => 2,
    }
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let gap = size::SECTION;
    let width = ((ui.available_width() - 2.0 * gap) / 3.0).max(60.0);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for column in 0..3 {
            let layout = Layout::top_down(Align::Min);
            ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
                ui.spacing_mut().interact_size.y = 18.0;
                one(ui, sheet, column);
            });
        }
    });
}

/// One column.
pub fn one(ui: &mut Ui, sheet: &mut Sheet<'_>, column: usize) {
    let palette = sheet.palette;
    let shown = &sheet.studio.scene.parameters;
    let current = column_of(shown.stop) == column;
    let colour = if current { palette.accent } else { palette.text };
    let title = sheet.say(NAMES[column]);
    let label = RichText::new(title).font(Type::Title.font()).color(colour);
    let title = Button::new(label).frame(false).truncate();
    if ui.add(title).on_hover_text(sheet.say("go-to-way")).clicked() {
        sheet.act(Action::BeginGesture);
        sheet.act(Action::Parameters(Connect::Stop(WAYS[column])));
    }
    let Some(connected) = &sheet.studio.connected else { return };
    let known = &connected.columns[column];
    let between = matches!(known.stop, Stop::Field(_) | Stop::Tiles(_));
    // The line is always there, so that the columns stay in line.
    let words =
        if between { super::connect::label(sheet, &shown.setting, known.stop) } else { " ".into() };
    cell(ui, words, Type::Caption, palette.accent);
    for what in [Count::Weights, Count::Connections] {
        large(ui, sheet, column, what, connected);
        ui.add_space(8.0);
    }
    small(ui, sheet, column, known);
    if let Some(opened) = shown.formula
        && opened.way == column
        && !sheet.studio.hides(column, opened.count)
    {
        formula::card(ui, sheet, opened, &known.counts);
    }
}

/// A count as large as its neighbour.
fn large(ui: &mut Ui, sheet: &mut Sheet<'_>, column: usize, what: Count, connected: &Connected) {
    let palette = sheet.palette;
    let shown = &sheet.studio.scene.parameters;
    sheet.section(ui, &Message::new(what.key()));
    if sheet.studio.hides(column, what) {
        let label = RichText::new("?").font(Type::BigNumber.font()).color(palette.accent);
        let button =
            Button::new(label).fill(palette.accent_soft).min_size(vec2(96.0, 24.0)).small();
        let name = sheet.say("reveal");
        let response = ui.add(button);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
        });
        if response.on_hover_text(name).clicked() {
            sheet.act(uncover(sheet, column, what));
        }
        cell(ui, " ", Type::SmallNumber, palette.muted);
        return;
    }
    let formula = what.of(&connected.columns[column].counts);
    let Ok(value) = formula.value() else { return };
    let current = column_of(shown.stop) == column;
    let colour = if current { palette.accent } else { palette.text };
    let (digits, kind) = fitting(ui, connected, what, value);
    let label = RichText::new(&digits).font(kind.font()).color(colour);
    let button = Button::new(label).frame(false).min_size(vec2(0.0, 24.0));
    let opened = Some(Opened { way: column, count: what });
    let response = ui.add(button);
    let name = sheet.tell(
        &Message::new("open-count")
            .with_message("what", Message::new(what.key()))
            .with("value", count(value)),
    );
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
    });
    if response.on_hover_text(name).clicked() {
        sheet.act(toggle(sheet, opened));
    }
    let words = readable(sheet.lang, value).unwrap_or_else(|| formula_text(&formula));
    ui.add(
        egui::Label::new(RichText::new(words).font(Type::Caption.font()).color(palette.muted))
            .truncate(),
    );
}

/// Shows a number that is asked for, or that H has covered.
fn uncover(sheet: &Sheet<'_>, column: usize, what: Count) -> Action {
    if sheet.studio.scene.parameters.asked[column] {
        Action::Parameters(Connect::Ask(column, false))
    } else {
        Action::Reveal(cover_place(("count", column, what)))
    }
}

/// Opens a count to its formula, or closes it.
fn toggle(sheet: &Sheet<'_>, opened: Option<Opened>) -> Action {
    let known = sheet.studio.scene.parameters.formula;
    Action::Parameters(Connect::Formula(if known == opened { None } else { opened }))
}

/// As large as there is room for the longest of the three, down to powers of ten.
fn fitting(ui: &Ui, connected: &Connected, what: Count, value: u128) -> (String, Type) {
    let whole = count(value);
    let width = |text: String, kind: Type| {
        ui.painter().layout_no_wrap(text, kind.font(), egui::Color32::BLACK).size().x
    };
    for kind in [Type::BigNumber, Type::MiddleNumber] {
        let fits = |column: &Column| {
            let value = what.of(&column.counts).value().unwrap_or(0);
            width(count(value), kind) <= ui.available_width()
        };
        if connected.columns.iter().all(fits) {
            return (whole, kind);
        }
    }
    if width(whole.clone(), Type::MiddleNumber) <= ui.available_width() {
        return (whole, Type::MiddleNumber);
    }
    // Raised digits stand too far apart in a face where all are as wide.
    powers(value).map_or((whole, Type::StrongNumber), |short| (short, Type::Big))
}

/// `10¹²`; in Chinese the count in 万, 亿 and 万亿, too.
#[must_use]
pub fn readable(lang: Lang, value: u128) -> Option<String> {
    let powers = powers(value)?;
    Some(match lang {
        Lang::En => format!("= {powers}").replace("= ≈", "≈"),
        Lang::Zh => {
            let named = myriads(value)?;
            format!("= {named}（{}）", powers.trim_start_matches("≈ ")).replace("= ≈", "≈")
        }
    })
}

/// The formula with thousands separated.
#[must_use]
pub fn formula_text(formula: &Formula) -> String {
    formula.written(&|value| count(value))
}

/// Biases, work and memory in one line each.
fn small(ui: &mut Ui, sheet: &mut Sheet<'_>, column: usize, known: &Column) {
    let palette = sheet.palette;
    let shown = &sheet.studio.scene.parameters;
    // Without biases the parameters are the weights.
    let with_biases = shown.setting.bias.then_some(Count::Params);
    for what in [Count::Biases].into_iter().chain(with_biases).chain([Count::Macs, Count::Bytes]) {
        let Ok(value) = what.of(&known.counts).value() else { continue };
        let label = sheet.say(what.key());
        let whole = count(value);
        let shown_value = match what {
            Count::Bytes => bytes_of(value),
            Count::Weights | Count::Biases | Count::Params | Count::Connections | Count::Macs => {
                let words = format!("{whole} {label}");
                let words = ui.painter().layout_no_wrap(words, Type::Caption.font(), palette.text);
                // Exactly, where there is room for the digits and their name.
                let fits = words.size().x + 8.0 <= ui.available_width();
                if fits { whole } else { powers(value).unwrap_or(whole) }
            }
        };
        let hidden = sheet.studio.hides(column, what);
        let digits = if hidden { "?".to_owned() } else { shown_value };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let words = RichText::new(&digits).font(Type::Caption.font()).color(palette.text);
            let opened = Some(Opened { way: column, count: what });
            let response = ui.add(Button::new(words).frame(false).small());
            let name = format!("{label} {digits}");
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
            });
            if response.clicked() {
                let action =
                    if hidden { uncover(sheet, column, what) } else { toggle(sheet, opened) };
                sheet.act(action);
            }
            cell(ui, label, Type::Caption, palette.muted);
        });
    }
}

/// What the border rule means, and where the text counts otherwise.
pub fn notes(ui: &mut Ui, sheet: &Sheet<'_>) {
    let palette = sheet.palette;
    for key in super::narrate::notes(sheet.studio) {
        Frame::new().inner_margin(Margin::symmetric(0, 1)).show(ui, |ui| {
            text(ui, sheet.tell(&key), Type::Caption, palette.muted);
        });
    }
}

/// A line under an area.
pub fn hairline(ui: &Ui, sheet: &Sheet<'_>, rect: egui::Rect) {
    let line = Stroke::new(1.0, sheet.palette.hairline);
    ui.painter().vline(rect.left(), rect.y_range(), line);
}
