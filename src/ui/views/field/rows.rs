//! Layers as rows of cells, the image at the bottom: what one unit sees of each, and through which
//! connections.

use std::collections::BTreeSet;

use super::words;
use crate::locale::{Lang, Message};
use crate::network::connectivity::reads;
use crate::paper::sketch::{Anchor, Hand, Mark, Pen, Role, Sketch};
use crate::ui::studio::{Seer, Studio};

/// Room for the words beside a row.
const WORDS: f32 = 118.0;
const LARGEST_CELL: f32 = 26.0;
/// Narrower cells are drawn as one bar.
const NARROWEST_CELL: f32 = 4.0;
/// With more connections than this only those of the unit are drawn.
const MOST_CONNECTIONS: usize = 2_500;
/// And these as one area.
const MOST_OF_THE_UNIT: usize = 600;
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

/// A node's cells along the columns of the image.
struct Line {
    node: usize,
    /// The middle of cell 0 and the step to the next, in pixels of the image.
    origin: f64,
    jump: f64,
    count: usize,
    /// Padding cells beside it that the next layer reads.
    beside: [usize; 2],
    /// What the unit sees, padding cells too.
    seen: BTreeSet<i64>,
}

impl Line {
    fn centre(&self, cell: i64) -> f64 {
        self.origin + cell as f64 * self.jump
    }
}

/// From the first to the last column of the image that has anything above it, padding included.
#[must_use]
pub fn extent(seer: &Seer) -> [f64; 2] {
    let ends = lines(seer).into_iter().flat_map(|line| {
        let [before, after] = line.beside;
        let last = line.count as i64 - 1;
        [line.centre(-(before as i64)) - 0.5, line.centre(last + after as i64) + 0.5]
    });
    ends.fold([f64::MAX, f64::MIN], |[a, b], x| [a.min(x), b.max(x)])
}

/// The figure of one chain of layers, in so much room; `extent` is that of all figures side by side, so
/// that they have one scale.
#[must_use]
pub fn draw(
    studio: &Studio,
    seer: &Seer,
    [low, high]: [f64; 2],
    [width, height]: [f32; 2],
) -> (Sketch, Vec<Row>) {
    let lines = lines(seer);
    let mut sketch = Sketch::new([width, height]);
    let room = f64::from(width - WORDS).max(40.0);
    let scale = (room / (high - low).max(1.0)).min(f64::from(LARGEST_CELL) / 0.86);
    let cell = (scale * 0.86) as f32;
    let (deep, tall) = (lines.len().max(2) - 1, cell.clamp(6.0, LARGEST_CELL - 6.0));
    let step = (height - tall - 16.0) / deep as f32;
    let tall = tall.min(step * 0.7).max(1.5);
    let top = tall / 2.0 + 4.0;
    let place = |line: &Line, at: i64| ((line.centre(at) - low) * scale) as f32;
    let y_of = |place: usize| top + (lines.len() - 1 - place) as f32 * step;
    let narrow = cell < NARROWEST_CELL;
    let mut rows = Vec::new();
    if narrow {
        areas(&mut sketch, &lines, &place, &y_of, tall);
    } else {
        connections(&mut sketch, seer, &lines, &place, &y_of, tall);
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
        if narrow {
            bar(&mut sketch, line, &place, scale as f32, y, tall);
        } else {
            cells(&mut sketch, line, &place, cell, y, tall, own);
        }
    }
    let words_at = ((high - low) * scale) as f32 + 10.0;
    labels(&mut sketch, studio, seer, &lines, &y_of, step, words_at);
    sketch.size[1] = top + deep as f32 * step + tall / 2.0 + 12.0;
    (sketch, rows)
}

fn lines(seer: &Seer) -> Vec<Line> {
    let network = &seer.network;
    let nodes = network.nodes();
    let last = nodes.len() - 1;
    let mut lines: Vec<Line> = (0..=last)
        .map(|node| {
            let field = seer.fields.node(node);
            let padding =
                nodes.get(node + 1).and_then(|next| next.layer.window()).map(|w| w.padding);
            Line {
                node,
                origin: field.start[1] as f64 + field.size[1] as f64 / 2.0,
                jump: field.jump[1].max(1) as f64,
                count: nodes[node].output[2],
                beside: padding.map_or([0, 0], |padding| padding.along(1)),
                seen: BTreeSet::new(),
            }
        })
        .collect();
    lines[seer.unit.node].seen.insert(seer.unit.unit[2] as i64);
    for node in (1..=seer.unit.node).rev() {
        let there = 0..lines[node].count as i64;
        let units: Vec<i64> =
            lines[node].seen.iter().copied().filter(|unit| there.contains(unit)).collect();
        for unit in units {
            for reads in reads(network, node, 0, 0, unit) {
                let source = nodes[node].inputs[reads.input];
                lines[source].seen.extend(reads.columns.positions());
            }
        }
    }
    lines
}

fn connections(
    sketch: &mut Sketch,
    seer: &Seer,
    lines: &[Line],
    place: &dyn Fn(&Line, i64) -> f32,
    y_of: &dyn Fn(usize) -> f32,
    tall: f32,
) {
    let nodes = seer.network.nodes();
    let mut plain = Vec::new();
    let mut own = Vec::new();
    for line in &lines[1..] {
        for unit in 0..line.count as i64 {
            for reads in reads(&seer.network, line.node, 0, 0, unit) {
                let source = nodes[line.node].inputs[reads.input];
                let lit = line.seen.contains(&unit) && line.node <= seer.unit.node;
                for cell in reads.columns.positions() {
                    let from = [place(line, unit), y_of(line.node) + tall / 2.0];
                    let to = [place(&lines[source], cell), y_of(source) - tall / 2.0];
                    if lit { own.push((from, to)) } else { plain.push((from, to)) }
                }
            }
        }
    }
    if plain.len() <= MOST_CONNECTIONS {
        for (from, to) in plain {
            sketch.line(from, to, Pen::new(Role::Muted.at(FAINT), 1.0));
        }
    }
    if own.len() <= MOST_OF_THE_UNIT {
        for (from, to) in own {
            sketch.line(from, to, Pen::new(Role::Amber, 1.2));
        }
    } else {
        areas(sketch, lines, place, y_of, tall);
    }
}

/// What is seen of each layer, joined to what is seen of the next.
fn areas(
    sketch: &mut Sketch,
    lines: &[Line],
    place: &dyn Fn(&Line, i64) -> f32,
    y_of: &dyn Fn(usize) -> f32,
    tall: f32,
) {
    for pair in lines.windows(2) {
        let [below, above] = pair else { continue };
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
    line: &Line,
    place: &dyn Fn(&Line, i64) -> f32,
    cell: f32,
    y: f32,
    tall: f32,
    own: bool,
) {
    let [before, after] = line.beside;
    for at in -(before as i64)..(line.count + after) as i64 {
        let seen = line.seen.contains(&at);
        let there = (0..line.count as i64).contains(&at);
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
    line: &Line,
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
    if let (Some(&a), Some(&b)) = (line.seen.first(), line.seen.last()) {
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

fn labels(
    sketch: &mut Sketch,
    studio: &Studio,
    seer: &Seer,
    lines: &[Line],
    y_of: &dyn Fn(usize) -> f32,
    step: f32,
    x: f32,
) {
    // Not every row has room for its words.
    let every = (16.0 / step).ceil().max(1.0) as usize;
    let two = step >= 32.0;
    for (order, line) in lines.iter().enumerate() {
        let own = line.node == seer.unit.node;
        let last = order + 1 == lines.len();
        if !own && order % every != 0 && !last {
            continue;
        }
        if last && !own && order % every != 0 && every > 1 {
            continue;
        }
        let name = words::layer(studio, seer, line.node);
        let y = y_of(order);
        let cells = line.seen.iter().filter(|at| (0..line.count as i64).contains(at)).count();
        let hidden = words::hidden(studio);
        let [first, second] = if own {
            [name, Message::new("field-this-unit").text(studio.settings.lang)]
        } else if cells == 0 {
            [name, String::new()]
        } else if let Some(sign) = hidden {
            [name, sign.to_owned()]
        } else {
            words::reach(studio, seer, line.node, cells)
        };
        let ink = if cells == 0 || own { Role::Muted } else { Role::AmberText };
        if two && !second.is_empty() {
            sketch.text([x, y - 8.0], Anchor::Left, first, Hand::Label, ink);
            sketch.text([x, y + 8.0], Anchor::Left, second, Hand::Caption, ink);
        } else {
            let space = if studio.settings.lang == Lang::En { " " } else { "" };
            let words = if own { first } else { format!("{first}{space}{second}") };
            sketch.text([x, y], Anchor::Left, words.trim_end(), Hand::Caption, ink);
        }
    }
}
