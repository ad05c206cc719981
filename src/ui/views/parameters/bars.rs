//! The counts as bars on a logarithmic scale.

use super::counts::{NAMES, column_of};
use crate::locale::{Message, count, powers};
use crate::paper::sketch::{Anchor, Hand, Ink, Role, Sketch};
use crate::ui::scene::Count;
use crate::ui::studio::Studio;

const ROW: f32 = 34.0;
const BAR: f32 = 8.0;
/// Room for the names before the bars, and for the numbers behind them.
const NAMES_WIDTH: f32 = 112.0;
const NUMBERS_WIDTH: f32 = 150.0;

pub fn sketch(studio: &Studio, width: f32) -> Sketch {
    let mut sketch = Sketch::new([width, 3.0 * ROW]);
    let lang = studio.settings.lang;
    let shown = &studio.scene.parameters;
    let room = (width - NAMES_WIDTH - NUMBERS_WIDTH).max(20.0);
    let Some(connected) = &studio.connected else { return sketch };
    let told = |column: usize, what: Count| !studio.hides(column, what);
    let values = connected.columns.each_ref().map(|column| {
        [Count::Weights, Count::Connections]
            .map(|what| what.of(&column.counts).value().unwrap_or(0))
    });
    // What is hidden does not show in the length of the others either.
    let shown_values = values.iter().enumerate().flat_map(|(column, [weights, connections])| {
        let weights = told(column, Count::Weights).then_some(*weights);
        weights.into_iter().chain(told(column, Count::Connections).then_some(*connections))
    });
    let largest = shown_values.max().unwrap_or(1).max(10);
    let length = |value: u128| {
        // One weight is a point, so that every bar is seen.
        let part = (value.max(1) as f64).log10() / (largest as f64).log10();
        (part as f32 * room).max(2.0)
    };
    for (column, [weights, connections]) in values.into_iter().enumerate() {
        let top = ROW * column as f32;
        let current = column_of(shown.stop) == column;
        let name = Message::new(NAMES[column]).text(lang);
        let ink = if current { Role::Accent } else { Role::Text };
        sketch.text([0.0, top + 12.0], Anchor::Left, name, Hand::Caption, ink);
        let lines = [
            (weights, "bar-weights", if current { Role::Accent } else { Role::Bar }.into()),
            (connections, "bar-connections", Role::Bar.at(0.45)),
        ];
        for (line, (value, key, fill)) in lines.into_iter().enumerate() {
            let fill: Ink = fill;
            let y = top + 7.0 + 12.0 * line as f32;
            let what = [Count::Weights, Count::Connections][line];
            let covered = studio.hides(column, what);
            let width = if covered { 0.0 } else { length(value) };
            let bar = [[NAMES_WIDTH, y - BAR / 2.0], [width, BAR]];
            sketch.rect(bar, 2.0, Some(fill), None);
            let number =
                if covered { "?".into() } else { powers(value).unwrap_or_else(|| count(value)) };
            let words = Message::new(key).with("count", number).text(lang);
            let at = [NAMES_WIDTH + width + 8.0, y];
            sketch.text(at, Anchor::Left, words, Hand::Caption, Role::Muted);
        }
    }
    sketch
}
