//! Layers as rows of cells, the image at the bottom: what one unit sees of each, and through which
//! connections.

use std::collections::BTreeSet;

use super::labels::{Label, labels};
use super::words::is_told;
use crate::paper::sketch::{Mark, Pen, Role, Sketch};
use crate::ui::studio::field_rows::{Line, Link};
use crate::ui::studio::{Rows, Studio};

/// Room for the words beside a row, at least.
const WORDS: f32 = 118.0;
/// Above the highest row and under the lowest, where their words stand in two lines.
const AROUND: f32 = 18.0;
const LARGEST_CELL: f32 = 26.0;
/// Narrower cells are drawn as one bar.
const NARROWEST_CELL: f32 = 4.0;
/// How much of a connection that is not the unit's is drawn.
const FAINT: f32 = 0.13;

/// One row as it was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    pub node: usize,
    /// The middle of the row.
    pub y: f32,
    /// The middle of its first cell, and the distance to the next.
    pub first: f32,
    pub pitch: f32,
    pub count: usize,
    pub height: f32,
}

impl Row {
    /// The cell at `x`.
    #[must_use]
    pub fn cell_at(&self, x: f32) -> Option<usize> {
        let place = ((x - self.first) / self.pitch).round();
        (place >= 0.0 && (place as usize) < self.count).then_some(place as usize)
    }
}

/// The figure of one stack, in so much room; all that stand side by side have one scale.
#[must_use]
pub fn draw(
    studio: &Studio,
    place: usize,
    [width, height]: [f32; 2],
) -> Option<(Sketch, Vec<Row>)> {
    let (seer, derived) = (studio.field.stack(place)?, studio.field.rows(place)?);
    let [low, high] = studio.field.extent();
    let told = |node: usize| is_told(studio, seer, node);
    let lines = &derived.lines;
    let mut sketch = Sketch::new([width, height]);
    // The longest words decide for all that stand side by side, so that none are cut.
    let sides = studio.field.stacks().enumerate().filter_map(|(place, seer)| {
        let rows = studio.field.rows(place)?;
        let labels = labels(studio, seer, &rows.lines, step_of(height, &rows.lines));
        labels.iter().map(Label::width).reduce(f32::max)
    });
    let words = sides.fold(WORDS, f32::max).min(width * 0.6);
    let room = f64::from(width - words).max(40.0);
    let scale = (room / (high - low).max(1.0)).min(f64::from(LARGEST_CELL) / 0.86);
    let cell = (scale * 0.86) as f32;
    let step = step_of(height, lines);
    let tall = cell.clamp(6.0, LARGEST_CELL - 6.0).min(step * 0.7).max(1.5);
    let place = |line: &Line, at: i64| ((line.centre(at) - low) * scale) as f32;
    let y_of = |place: usize| AROUND + (lines.len() - 1 - place) as f32 * step;
    let narrow = cell < NARROWEST_CELL;
    let mut rows = Vec::new();
    let nothing = BTreeSet::new();
    if !narrow {
        connections(&mut sketch, derived, &told, &place, &y_of, tall);
    }
    if narrow || derived.own.is_none() {
        areas(&mut sketch, lines, &told, &place, &y_of, tall);
    }
    for (order, line) in lines.iter().enumerate() {
        let y = y_of(order);
        rows.push(Row {
            node: line.node,
            y,
            first: place(line, 0),
            pitch: (line.jump * scale) as f32,
            count: line.count,
            height: tall,
        });
        let own = seer.unit.node == line.node;
        let seen = if told(line.node) { &line.seen } else { &nothing };
        if narrow {
            bar(&mut sketch, (line, seen), &place, scale as f32, y, tall);
        } else {
            cells(&mut sketch, (line, seen), &place, cell, y, tall, own);
        }
    }
    let words_at = ((high - low) * scale) as f32 + 10.0;
    for label in labels(studio, seer, lines, step) {
        label.draw(&mut sketch, [words_at, y_of(label.order)]);
    }
    Some((sketch, rows))
}

/// How far apart the rows are in so much height.
fn step_of(height: f32, lines: &[Line]) -> f32 {
    (height - 2.0 * AROUND) / (lines.len().max(2) - 1) as f32
}

fn connections(
    sketch: &mut Sketch,
    rows: &Rows,
    told: &dyn Fn(usize) -> bool,
    place: &dyn Fn(&Line, i64) -> f32,
    y_of: &dyn Fn(usize) -> f32,
    tall: f32,
) {
    let ends = |link: &Link| {
        let [from, to] = [(link.node, link.unit), (link.source, link.cell)]
            .map(|(node, cell)| place(&rows.lines[node], cell));
        let half = tall / 2.0;
        ([from, y_of(link.node) + half], [to, y_of(link.source) - half])
    };
    for (from, to) in rows.others.iter().map(ends) {
        sketch.line(from, to, Pen::new(Role::Muted.at(FAINT), 1.0));
    }
    for link in rows.own.iter().flat_map(|own| own.iter()) {
        let (from, to) = ends(link);
        let pen = if told(link.source) {
            Pen::new(Role::Amber, 1.2)
        } else {
            Pen::new(Role::Muted.at(FAINT), 1.0)
        };
        sketch.line(from, to, pen);
    }
}

/// What is seen of each layer, joined to what is seen of the next.
fn areas(
    sketch: &mut Sketch,
    lines: &[Line],
    told: &dyn Fn(usize) -> bool,
    place: &dyn Fn(&Line, i64) -> f32,
    y_of: &dyn Fn(usize) -> f32,
    tall: f32,
) {
    for pair in lines.windows(2) {
        let [below, above] = pair else { continue };
        if !told(below.node) {
            continue;
        }
        let span = |line: &Line| {
            let (first, last) = (line.seen.first()?, line.seen.last()?);
            Some([place(line, *first), place(line, *last)])
        };
        let (Some([a, b]), Some([c, d])) = (span(above), span(below)) else { continue };
        let (y0, y1) = (y_of(above.node) + tall / 2.0, y_of(below.node) - tall / 2.0);
        let points = vec![[a - 1.0, y0], [b + 1.0, y0], [d + 1.0, y1], [c - 1.0, y1]];
        sketch.marks.push(Mark::Polygon { points, fill: Role::Amber.at(0.18) });
    }
}

fn cells(
    sketch: &mut Sketch,
    (line, seen): (&Line, &BTreeSet<i64>),
    place: &dyn Fn(&Line, i64) -> f32,
    cell: f32,
    y: f32,
    tall: f32,
    own: bool,
) {
    let [before, after] = line.beside;
    for at in -(before as i64)..(line.count + after) as i64 {
        let seen = seen.contains(&at);
        let there = line.has(at);
        let corner = [place(line, at) - cell / 2.0, y - tall / 2.0];
        let (fill, mut pen) = if seen {
            let share = if own { 0.5 } else { 0.2 };
            (Some(Role::Amber.at(share)), Pen::new(Role::Amber, 1.4))
        } else {
            (Some(Role::Paper.at(1.0)), Pen::new(Role::Bar.at(0.55), 1.0))
        };
        if !there {
            pen = pen.dashed();
        }
        let fill = fill.filter(|_| there);
        sketch.rect([corner, [cell, tall]], (cell.min(tall) * 0.2).min(2.5), fill, Some(pen));
    }
}

/// A row whose cells would be too narrow.
fn bar(
    sketch: &mut Sketch,
    (line, seen): (&Line, &BTreeSet<i64>),
    place: &dyn Fn(&Line, i64) -> f32,
    scale: f32,
    y: f32,
    tall: f32,
) {
    let half = line.jump as f32 * scale / 2.0;
    let span = |first: i64, last: i64| {
        let left = place(line, first) - half;
        [[left, y - tall / 2.0], [place(line, last) + half - left, tall]]
    };
    let last = line.count as i64 - 1;
    sketch.rect(span(0, last), 1.0, None, Some(Pen::new(Role::Bar.at(0.6), 1.0)));
    if let (Some(&a), Some(&b)) = (seen.first(), seen.last()) {
        let (inside_a, inside_b) = (a.max(0), b.min(last));
        if inside_a <= inside_b {
            let fill = Role::Amber.at(0.45);
            sketch.rect(
                span(inside_a, inside_b),
                1.0,
                Some(fill),
                Some(Pen::new(Role::Amber, 1.0)),
            );
        }
    }
}
