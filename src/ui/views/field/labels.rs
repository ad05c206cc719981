//! What stands beside the rows of a stack.

use super::words;
use crate::locale::{Lang, Message};
use crate::paper::sketch::{Anchor, Hand, Role, Sketch};
use crate::ui::studio::field_rows::Line;
use crate::ui::studio::{Seer, Studio};

/// Rows as far apart have words in two lines, and rows closer than a line share one label.
const TWO_LINES: f32 = 32.0;
const LINE: f32 = 16.0;

/// The words beside a row: in one line, or in two.
pub struct Label {
    pub order: usize,
    first: String,
    second: Option<String>,
    ink: Role,
}

impl Label {
    /// About how wide it is, with the gap before it.
    pub fn width(&self) -> f32 {
        let second = self.second.as_deref().map(words::width_about);
        let first = words::width_about(&self.first) * if second.is_some() { 1.2 } else { 1.0 };
        first.max(second.unwrap_or(0.0)) + 14.0
    }

    pub fn draw(&self, sketch: &mut Sketch, [x, y]: [f32; 2]) {
        match &self.second {
            Some(second) => {
                sketch.text([x, y - 8.0], Anchor::Left, &*self.first, Hand::Label, self.ink);
                sketch.text([x, y + 8.0], Anchor::Left, &**second, Hand::Caption, self.ink);
            }
            None => sketch.text([x, y], Anchor::Left, &*self.first, Hand::Caption, self.ink),
        }
    }
}

/// Which of so many rows have words: every so many, but the first, the last and the unit's in any case.
fn labelled(rows: usize, own: usize, step: f32) -> Vec<usize> {
    let every = (LINE / step.max(0.1)).ceil().max(1.0) as usize;
    let always = [0, own, rows.saturating_sub(1)];
    let clear = |order: usize| always.iter().all(|&other| order.abs_diff(other) >= every);
    (0..rows)
        .filter(|&order| always.contains(&order) || order % every == 0 && clear(order))
        .collect()
}

/// The words of all rows that have any.
pub fn labels(studio: &Studio, seer: &Seer, lines: &[Line], step: f32) -> Vec<Label> {
    let space = if studio.settings.lang == Lang::En { " " } else { "" };
    let one = |order: usize| {
        let line = lines.get(order)?;
        let own = line.node == seer.unit.node;
        let name = words::layer(studio, seer, line.node);
        let cells = line.seen.iter().filter(|&&at| line.has(at)).count();
        let [first, second] = if own {
            [name, Message::new("field-this-unit").text(studio.settings.lang)]
        } else if cells == 0 {
            [name, String::new()]
        } else if let Some(sign) = words::hidden(studio) {
            [name, sign.to_owned()]
        } else {
            words::reach(studio, seer, line.node, cells)
        };
        let ink = if cells == 0 || own { Role::Muted } else { Role::AmberText };
        let (first, second) = if step >= TWO_LINES && !second.is_empty() {
            (first, Some(second))
        } else if own || second.is_empty() {
            (first, None)
        } else {
            (format!("{first}{space}{second}"), None)
        };
        Some(Label { order, first, second, ink })
    };
    labelled(lines.len(), seer.unit.node, step).into_iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::labelled;

    #[test]
    fn the_first_the_last_and_the_looked_at_row_keep_their_words_and_none_overlap() {
        for (rows, own, step) in [(53, 52, 7.0), (53, 31, 7.0), (4, 3, 60.0), (1, 0, 400.0)] {
            let shown = labelled(rows, own, step);
            for row in [0, own, rows - 1] {
                assert!(shown.contains(&row), "{row} of {rows}");
            }
            for pair in shown.windows(2) {
                assert!((pair[1] - pair[0]) as f32 * step >= 15.9, "{pair:?} of {rows}");
            }
        }
    }
}
