//! Every term in a list, the strongest first; a click follows it to its source.

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use super::parts::marked_term;
use crate::explain::{Explanation, Rule, Term};
use crate::locale::{Message, signed};
use crate::ui::action::{Action, UnitRef};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};

const ROW: f32 = 20.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, e: &Explanation) {
    ui.add_space(size::SECTION - size::GAP);
    let title = sheet.tell(&Message::new("section-terms").with("terms", e.terms.len()));
    let title = RichText::new(title).font(Type::Caption.font()).color(sheet.palette.muted);
    let marked = marked_term(sheet, e);
    CollapsingHeader::new(title).id_salt("terms").show(ui, |ui| {
        let mut order: Vec<usize> = (0..e.terms.len()).collect();
        order.sort_by(|&a, &b| e.terms[b].product.abs().total_cmp(&e.terms[a].product.abs()));
        ScrollArea::vertical().id_salt("term-list").max_height(10.0 * ROW).show_rows(
            ui,
            ROW - ui.spacing().item_spacing.y,
            order.len(),
            |ui, rows| {
                for &index in &order[rows] {
                    row(ui, sheet, open, e, index, marked == Some(index));
                }
            },
        );
    });
}

fn row(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    open: &Open,
    e: &Explanation,
    index: usize,
    marked: bool,
) {
    let term = &e.terms[index];
    let words = words(open, e.rule, term);
    let colour = if marked { sheet.palette.accent } else { sheet.palette.text };
    let link = RichText::new(words).font(Type::SmallNumber.font()).color(colour);
    let response =
        ui.add(egui::Button::new(link).frame(false).wrap_mode(egui::TextWrapMode::Truncate));
    if response.hovered() {
        sheet.hover.term = Some(index);
    }
    if response.clicked()
        && let Some((node, unit)) = term.source_unit()
    {
        sheet.act(Action::Follow(UnitRef { node, unit }));
    }
}

fn words(open: &Open, rule: Rule, term: &Term) -> String {
    let [c, y, x] = term.input;
    let source = format!("{}[{c}]({y},{x})", open.network.nodes()[term.source].name);
    let (value, product) = (signed(term.value, 4), signed(term.product, 4));
    let weight = term.weight.map(|weight| signed(weight, 4)).unwrap_or_default();
    match rule {
        Rule::WeightedSum | Rule::Max => format!("{source}  {value} × {weight} = {product}"),
        Rule::SquaredDistance => format!("{source}  ({value} − {weight})² = {product}"),
        Rule::Softmax => format!("{source}  {value} → {product}"),
        Rule::Lrn => format!("{source}  ({value})² = {product}"),
    }
}
