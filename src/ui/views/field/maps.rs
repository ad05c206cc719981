//! Layers as whole maps, the image on the left: what one unit sees of each, with branches.

use super::words;
use crate::network::receptive::{Bounds, NodePaths};
use crate::paper::sketch::{Anchor, Hand, Pen, Role, Sketch};
use crate::ui::studio::{Seer, Studio};

const HEAD: f32 = 18.0;
const FOOT: f32 = 20.0;
/// Smaller cells have no lines between them.
const LINED: f32 = 4.0;
/// No map is drawn smaller, or larger.
const SMALLEST: f32 = 12.0;
const LARGEST: f32 = 250.0;
/// Layers closer to each other cannot have their names over them.
const NARROWEST: f32 = 46.0;
/// Between a map and the words over and under it.
const GAP: f32 = 4.0;

/// A map as it was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Map {
    pub node: usize,
    pub min: [f32; 2],
    /// Side of a cell.
    pub cell: f32,
    /// Rows and columns.
    pub cells: [usize; 2],
}

impl Map {
    #[must_use]
    pub fn size(&self) -> [f32; 2] {
        [self.cells[1] as f32 * self.cell, self.cells[0] as f32 * self.cell]
    }

    /// Row and column of the cell at a point of the figure.
    #[must_use]
    pub fn cell_at(&self, [x, y]: [f32; 2]) -> Option<[usize; 2]> {
        let (x, y) = ((x - self.min[0]) / self.cell, (y - self.min[1]) / self.cell);
        let inside = x >= 0.0 && y >= 0.0;
        let at = [y as usize, x as usize];
        (inside && at[0] < self.cells[0] && at[1] < self.cells[1]).then_some(at)
    }
}

/// Where each node stands: how many layers after the image (as late as what reads it allows), and at
/// which height.
fn places(seer: &Seer) -> Vec<[usize; 2]> {
    let nodes = seer.network.nodes();
    let mut depths: Vec<usize> = Vec::with_capacity(nodes.len());
    for node in nodes {
        depths.push(node.inputs.iter().map(|&input| depths[input] + 1).max().unwrap_or(0));
    }
    for index in (1..nodes.len()).rev() {
        let readers = nodes.iter().enumerate().filter(|(_, node)| node.inputs.contains(&index));
        if let Some(earliest) = readers.map(|(reader, _)| depths[reader]).min() {
            depths[index] = earliest.saturating_sub(1);
        }
    }
    let mut places: Vec<[usize; 2]> = Vec::with_capacity(nodes.len());
    for depth in depths {
        let lane = places.iter().filter(|place| place[0] == depth).count();
        places.push([depth, lane]);
    }
    places
}

/// How far apart the columns and the lanes are in so much room, and the side of the largest map.
fn pitch(places: &[[usize; 2]], [width, height]: [f32; 2]) -> ([f32; 2], f32) {
    let columns = places.iter().map(|place| place[0]).max().unwrap_or(0) + 1;
    let lanes = (0..columns).map(|depth| lanes_in(places, depth)).max().unwrap_or(1);
    let pitch = [width / columns as f32, height / lanes as f32];
    (pitch, (pitch[0] * 0.8).min(pitch[1] - HEAD - FOOT).clamp(SMALLEST, LARGEST))
}

fn lanes_in(places: &[[usize; 2]], depth: usize) -> usize {
    places.iter().filter(|place| place[0] == depth).count()
}

/// The side of the largest map that there is room for.
#[must_use]
pub fn side(seer: &Seer, room: [f32; 2]) -> f32 {
    pitch(&places(seer), room).1
}

/// Whether the names of the layers fit beside each other, and cells can be told from dots.
#[must_use]
pub fn legible(seer: &Seer, room: [f32; 2]) -> bool {
    let (pitch, side) = pitch(&places(seer), room);
    pitch[0] >= NARROWEST && side > SMALLEST
}

/// The figure in so much room.
#[must_use]
pub fn draw(studio: &Studio, seer: &Seer, [width, height]: [f32; 2]) -> (Sketch, Vec<Map>) {
    let nodes = seer.network.nodes();
    let places = places(seer);
    let (pitch, room) = pitch(&places, [width, height]);
    let lanes = (height / pitch[1]).round() as usize;
    let largest = nodes.iter().map(|node| node.output[1].max(node.output[2])).max().unwrap_or(1);
    let mut sketch = Sketch::new([width, height]);
    let maps: Vec<Map> = nodes
        .iter()
        .zip(&places)
        .enumerate()
        .map(|(node, (description, &[depth, lane]))| {
            let [_, h, w] = description.output;
            let side = (room * h.max(w) as f32 / largest as f32).max(SMALLEST);
            let cell = side / h.max(w) as f32;
            let used = [w as f32 * cell, h as f32 * cell];
            let free = lanes.saturating_sub(lanes_in(&places, depth)) as f32 / 2.0;
            let centre = [(depth as f32 + 0.5) * pitch[0], (lane as f32 + free + 0.5) * pitch[1]];
            let min = [centre[0] - used[0] / 2.0, centre[1] - used[1] / 2.0];
            Map { node, min, cell, cells: [h, w] }
        })
        .collect();
    for (node, description) in nodes.iter().enumerate() {
        for &input in &description.inputs {
            let seen = seer.region(node).is_some() && node <= seer.unit.node;
            let lit = seen && words::is_told(studio, seer, input);
            let pen =
                if lit { Pen::new(Role::Amber, 1.2) } else { Pen::new(Role::Muted.at(0.3), 1.0) };
            let (a, b) = (&maps[input], &maps[node]);
            let from = [a.min[0] + a.size()[0] + 2.0, a.min[1] + a.size()[1] / 2.0];
            let to = [b.min[0] - 2.0, b.min[1] + b.size()[1] / 2.0];
            // Past other maps the way is level.
            let bend = [a.min[0] + a.size()[0] + pitch[0] * 0.2, to[1]];
            let points = if to[0] - from[0] > pitch[0] * 0.6 {
                vec![from, bend, to]
            } else {
                vec![from, to]
            };
            sketch.marks.push(crate::paper::sketch::Mark::Polyline { points, pen });
        }
    }
    for map in &maps {
        // A connection past other maps bends close by the words.
        let depth = places[map.node][0];
        let bends = nodes
            .iter()
            .zip(&places)
            .any(|(node, place)| node.inputs.contains(&map.node) && place[0] > depth + 1);
        let room = if bends { map.size()[0] + 12.0 } else { pitch[0] - 6.0 };
        one(&mut sketch, studio, seer, map, room);
    }
    (sketch, maps)
}

/// One map, with words under it that are no wider than `room`.
fn one(sketch: &mut Sketch, studio: &Studio, seer: &Seer, map: &Map, room: f32) {
    let [w, h] = map.size();
    let [x, y] = map.min;
    sketch.rect(
        [map.min, [w, h]],
        1.0,
        Some(Role::Paper.into()),
        Some(Pen::new(Role::Bar.at(0.6), 1.0)),
    );
    let middle = x + w / 2.0;
    let name = words::layer(studio, seer, map.node);
    sketch.text([middle, y - 10.0], Anchor::Middle, name, Hand::Caption, Role::Muted);
    if map.cell >= LINED {
        let pen = Pen::new(Role::Hairline, 0.75);
        for column in 1..map.cells[1] {
            let x = x + column as f32 * map.cell;
            sketch.line([x, y], [x, y + h], pen);
        }
        for row in 1..map.cells[0] {
            let y = y + row as f32 * map.cell;
            sketch.line([x, y], [x + w, y], pen);
        }
    }
    let region = seer.region(map.node).filter(|_| words::is_told(studio, seer, map.node));
    let Some(region) = region else { return };
    seen_cells(sketch, seer, map);
    let Bounds { y0, x0, y1, x1 } = region.bounds;
    let shape = [1, map.cells[0], map.cells[1]];
    let there = region.bounds.clipped(shape);
    let boxed = |b: Bounds| {
        let min = [x + b.x0 as f32 * map.cell, y + b.y0 as f32 * map.cell];
        [min, [(b.x1 - b.x0) as f32 * map.cell, (b.y1 - b.y0) as f32 * map.cell]]
    };
    // Only where it stays clear of the words and of the neighbours.
    let beside = ((room - w) / 2.0).max(GAP) * 0.6;
    let over = |cells: i64| cells.max(0) as f32 * map.cell;
    let fits = over(-y0).max(over(y1 - map.cells[0] as i64)) <= GAP
        && over(-x0).max(over(x1 - map.cells[1] as i64)) <= beside;
    if there != region.bounds && fits {
        let pen = Pen::new(Role::Amber.at(0.8), 1.0).dashed();
        sketch.rect(boxed(Bounds { y0, x0, y1, x1 }), 0.0, None, Some(pen));
    }
    sketch.rect(boxed(there), 0.0, None, Some(Pen::new(Role::Amber, 1.8)));
    if map.node != seer.unit.node {
        let size = [there.y1 - there.y0, there.x1 - there.x0].map(|side| side.max(0) as u64);
        let counted = seer.paths_of(map.node);
        let cells = counted.map_or(size[0] * size[1], |ways| {
            ways.paths.counts.iter().filter(|&&ways| ways > 0).count() as u64
        });
        let [long, short] = words::reach_of_map(studio, map.node, size, cells);
        let words = if words::width_about(&long) <= room { long } else { short };
        let words = words::hidden(studio).map_or(words, str::to_owned);
        let at = [middle, y + h + 11.0];
        sketch.text(at, Anchor::Middle, words, Hand::Caption, Role::AmberText);
    }
}

/// The cells from which a way leads to the unit, where they can be counted; else the whole box.
fn seen_cells(sketch: &mut Sketch, seer: &Seer, map: &Map) {
    let fill = Some(Role::Amber.at(if map.node == seer.unit.node { 0.55 } else { 0.28 }));
    let Some(NodePaths { paths, .. }) = seer.paths_of(map.node) else { return };
    let bounds = paths.bounds;
    for y in bounds.y0..bounds.y1 {
        // Neighbours are one rectangle.
        let mut x = bounds.x0;
        while x < bounds.x1 {
            let first = x;
            while x < bounds.x1 && paths.at([y, x]) > 0 {
                x += 1;
            }
            if x > first {
                let min = [map.min[0] + first as f32 * map.cell, map.min[1] + y as f32 * map.cell];
                sketch.rect([min, [(x - first) as f32 * map.cell, map.cell]], 0.0, fill, None);
            } else {
                x += 1;
            }
        }
    }
}
