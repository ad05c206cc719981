//! How the values of the pinned map are spread.

use egui::Ui;

use crate::array::Histogram;
use crate::locale::Message;
use crate::ui::action::UnitRef;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Open, Seen};
use crate::ui::theme::size;
use crate::ui::widgets::histogram;

const BINS: usize = 32;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen, pin: UnitRef) {
    let values = seen.trace.output(pin.node);
    let vector = values.chw()[1..] == [1, 1];
    let of = if vector { values.values() } else { values.map(pin.unit[0]).values };
    let Some(counts) = Histogram::of(of, BINS) else { return };
    ui.add_space(size::SECTION - size::GAP);
    let key = if vector { "section-layer-histogram" } else { "section-map-histogram" };
    let message = Message::new(key)
        .with("layer", &open.network.nodes()[pin.node].name)
        .with("map", pin.unit[0])
        .with("count", of.len());
    let words = sheet.tell(&message);
    sheet.section(ui, &message);
    histogram(ui, sheet.palette, &words, &counts, values.at(pin.unit));
}
