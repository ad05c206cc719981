//! value × weight = product, a row each, with the sum so far.

use egui::{Align2, Color32, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::{Table, product_now};
use crate::explain::{Rule, Term};
use crate::locale::{product_equals, rounded, signed, value};
use crate::ui::action::{Action, UnitRef};
use crate::ui::cover::cover_place;
use crate::ui::replay::{Now, Progress};
use crate::ui::scene::Worksheet;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::number_colour;

const DECIMALS: usize = 4;
const ROW: f32 = 22.0;
/// Between two columns.
const GAP: f32 = 14.0;
/// Characters of the longest product.
const PRODUCT: f32 = 9.0;

/// What stands in one row.
struct Line {
    source: String,
    expression: String,
    /// Whether the shown numbers give the shown product.
    sign: &'static str,
    /// The product, and its size for the colour; none where the largest is looked for.
    product: Option<(String, f64)>,
    /// The sum so far, or the largest.
    so_far: f64,
}

/// Where columns end, from the left of the table: everything stands at the right of its column.
struct Columns {
    source: f32,
    expression: f32,
    product: f32,
    so_far: f32,
}

impl Columns {
    /// As wide as the longest words, in characters of the type of numbers.
    fn of(ui: &Ui, lines: &[Line]) -> Self {
        let width = |words: &str, kind: Type| {
            let colour = Color32::PLACEHOLDER;
            ui.painter().layout_no_wrap(words.to_owned(), kind.font(), colour).size().x
        };
        let longest = |of: &dyn Fn(&Line) -> usize| lines.iter().map(of).max().unwrap_or(0) as f32;
        let (small, digit) = (width("0", Type::SmallNumber), width("0", Type::StrongNumber));
        let source = longest(&|line| line.source.chars().count()) * small;
        let expression = source + GAP + longest(&|line| line.expression.chars().count()) * digit;
        let has_products = lines.iter().any(|line| line.product.is_some());
        let product = expression + if has_products { 2.0 * digit + PRODUCT * digit } else { 0.0 };
        Self { source, expression, product, so_far: product + GAP + 11.0 * small }
    }
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, table: &Table<'_>, height: f32) {
    let terms = &table.e.terms[table.part.terms.clone()];
    let lines: Vec<Line> = (0..terms.len()).map(|row| line_of(table, row)).collect();
    let columns = Columns::of(ui, &lines);
    head(ui, sheet, table, &columns);
    let height = height.max(60.0);
    let salt = ("worksheet", table.e.unit, table.worksheet.part);
    let mut area = ScrollArea::vertical().id_salt(salt).auto_shrink([false, true]);
    if let Some(row) = newly_marked(ui, sheet, table) {
        // What is looked at, or what time has come to, is in the middle.
        area = area.vertical_scroll_offset((row as f32 * ROW - height / 2.0).max(0.0));
    }
    let progress = sheet.studio.progress();
    let pitch = ROW - ui.spacing().item_spacing.y;
    area.max_height(height).show_rows(ui, pitch, lines.len(), |ui, rows| {
        for row in rows {
            let arrived = arrived(progress, table.part.terms.start + row);
            show_row(ui, sheet, table, &lines[row], &columns, (row, arrived));
        }
    });
}

/// What each column is.
fn head(ui: &mut Ui, sheet: &Sheet<'_>, table: &Table<'_>, columns: &Columns) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let expression = match table.e.rule {
        Rule::WeightedSum => "worksheet-head",
        Rule::SquaredDistance => "worksheet-head-squares",
        Rule::Softmax => "worksheet-head-exponentials",
        Rule::Lrn => "worksheet-head-square",
        Rule::Max => "worksheet-values",
    };
    let so_far = if table.e.rule == Rule::Max { "worksheet-largest" } else { "worksheet-total" };
    for (key, end) in [
        ("worksheet-source", columns.source),
        (expression, columns.product),
        (so_far, columns.so_far),
    ] {
        let at = pos2(rect.left() + end, rect.center().y);
        let (font, muted) = (Type::Caption.font(), sheet.palette.muted);
        ui.painter().text(at, Align2::RIGHT_CENTER, sheet.say(key), font, muted);
    }
}

fn line_of(table: &Table<'_>, row: usize) -> Line {
    let (e, part) = (table.e, table.part);
    let term = &e.terms[part.terms.start + row];
    let so_far = &e.terms[part.terms.start..=part.terms.start + row];
    let weight = term.weight.unwrap_or(0.0);
    let product = (signed(term.product, DECIMALS), term.product);
    let (expression, sign, product) = match e.rule {
        Rule::SquaredDistance => {
            let bit = if weight < 0.0 { '+' } else { '−' };
            let shown = rounded(term.value, DECIMALS) - weight;
            (
                format!("({} {bit} 1)²", value(term.value, DECIMALS)),
                product_equals(shown, shown, term.product, DECIMALS),
                Some(product),
            )
        }
        Rule::Softmax => (format!("e^({} − max)", value(term.value, 2)), "=", Some(product)),
        Rule::Lrn => {
            let shown = rounded(term.value, DECIMALS);
            let sign = product_equals(shown, shown, term.product, DECIMALS);
            (format!("({})²", signed(term.value, DECIMALS)), sign, Some(product))
        }
        Rule::WeightedSum => (
            format!("{} × {}", signed(term.value, DECIMALS), signed(weight, DECIMALS)),
            product_equals(term.value, weight, term.product, DECIMALS),
            Some(product),
        ),
        Rule::Max => (signed(term.value, DECIMALS), "", None),
    };
    let so_far = match e.rule {
        Rule::Max => so_far.iter().filter(|t| t.inside).map(|t| t.value).fold(f64::MIN, f64::max),
        Rule::WeightedSum | Rule::SquaredDistance | Rule::Softmax | Rule::Lrn => {
            so_far.iter().map(|term| term.product).sum()
        }
    };
    Line { source: source_of(table.open, term), expression, sign, product, so_far }
}

fn source_of(open: &Open, term: &Term) -> String {
    let [c, y, x] = term.input;
    match term.source_unit() {
        Some((node, unit)) => open.unit_name(UnitRef { node, unit }),
        None => format!("{}[{c}]({y},{x})", open.network.nodes()[term.source].name),
    }
}

fn show_row(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    table: &Table<'_>,
    line: &Line,
    columns: &Columns,
    (row, arrived): (usize, bool),
) {
    let palette = sheet.palette;
    let (e, worksheet) = (table.e, table.worksheet);
    let index = table.part.terms.start + row;
    let chosen = worksheet.term == Some(index);
    let place = cover_place(("worksheet", e.node, e.unit, index));
    let covered = sheet.is_covered(place);
    // The row lies under its numbers, so that a covered one can be clicked.
    let wide = vec2(ui.available_width(), ROW - ui.spacing().item_spacing.y);
    let (rect, response) = ui.allocate_exact_size(wide, Sense::click());
    if chosen || response.hovered() || response.has_focus() {
        let radius = f32::from(size::MAP_RADIUS);
        let colour = if chosen { palette.accent_soft } else { palette.hover };
        ui.painter().rect_filled(rect, radius, colour);
    }
    let kind = if chosen { Type::StrongNumber } else { Type::Number };
    let write = |ui: &Ui, end: f32, words: &str, kind: Type, colour: Color32| {
        let at = pos2(rect.left() + end, rect.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, words, kind.font(), colour);
    };
    write(ui, columns.source, &line.source, Type::SmallNumber, palette.muted);
    let mut name = line.source.clone();
    if arrived {
        write(ui, columns.expression, &line.expression, kind, palette.text);
        name = format!("{name}: {}", line.expression);
        if let Some((digits, product)) = &line.product {
            write(ui, columns.expression + 18.0, line.sign, kind, palette.muted);
            if covered {
                cover(ui, sheet, rect, columns.product, place);
            } else {
                write(ui, columns.product, digits, kind, number_colour(palette, *product));
                name = format!("{name} {} {digits}", line.sign);
            }
        }
        if !covered {
            let colour = number_colour(palette, line.so_far);
            let so_far = signed(line.so_far, DECIMALS);
            write(ui, columns.so_far, &so_far, Type::SmallNumber, colour);
        }
    }
    response.widget_info(|| {
        let role = egui::accesskit::Role::Button;
        egui::WidgetInfo::selected(role, true, chosen, name.clone())
    });
    if response.hovered() || response.has_focus() {
        sheet.hover.term = Some(index);
    }
    if response.double_clicked()
        && let Some((node, unit)) = e.terms[index].source_unit()
    {
        sheet.act(Action::Follow(UnitRef { node, unit }));
    } else if response.clicked() {
        let term = Some(index);
        sheet.act(Action::Worksheet(Some(Worksheet { term, ..worksheet })));
    }
}

/// A covered product: a click uncovers it.
fn cover(ui: &mut Ui, sheet: &mut Sheet<'_>, row: Rect, end: f32, place: u64) {
    let width = 52.0;
    let min = pos2(row.left() + end - width, row.top() + 1.0);
    let rect = Rect::from_min_size(min, vec2(width, row.height() - 2.0));
    let words = egui::RichText::new("•••").font(Type::Number.font()).color(sheet.palette.text);
    let button = egui::Button::new(words).small().fill(sheet.palette.accent_soft);
    if ui.put(rect, button).clicked() {
        sheet.act(Action::Reveal(place));
    }
}

/// The row to scroll to: that of the term that is looked at or that time has come to, when it is another one
/// than before.
fn newly_marked(ui: &Ui, sheet: &Sheet<'_>, table: &Table<'_>) -> Option<usize> {
    let terms = &table.part.terms;
    let term = product_now(sheet).or(table.worksheet.term).filter(|term| terms.contains(term))?;
    let id = egui::Id::unique("worksheet-row");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<usize>(id);
        data.insert_temp(id, term);
        before
    });
    (before != Some(term)).then(|| term - terms.start)
}

/// Whether time has come to this product.
fn arrived(progress: Option<Progress>, term: usize) -> bool {
    progress.is_none_or(|progress| term < progress.terms || progress.now == Now::Result)
}
