//! Where everything of the figure stands, derived from the graph: no architecture is drawn by hand.
//!
//! Columns follow the depth of a node; nodes of equal depth (branches) share a column. Lengths are in
//! the figure's own units; the camera turns them into points.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::network::{Layer, Network, Shape, Unit};

/// Height that a column of maps fills.
const COLUMN_HEIGHT: f32 = 540.0;
/// Above each block, for its name.
pub const HEADING: f32 = 34.0;
const MAP_GAP: f32 = 7.0;
/// Between columns.
pub const COLUMN_GAP: f32 = 25.0;
/// Sides that maps have at most and at least.
const LARGEST_IMAGE: f32 = 116.0;
const LARGEST_MAP: f32 = 84.0;
const SMALLEST_MAP: f32 = 46.0;
/// A unit of a coarse map is no larger than this.
const LARGEST_UNIT: f32 = 10.5;
/// Maps that are this many times wider than high are laid out as lines, this wide at most.
const WIDE: usize = 3;
const WIDE_MAP: f32 = 230.0;
const WIDE_ROW: f32 = 150.0;
/// The side of a unit of a vector, and how much room a long one may take.
const UNIT: f32 = 13.0;
const VECTOR_ROWS: usize = 30;
const LARGEST_VECTOR: Vec2 = vec2(260.0, COLUMN_HEIGHT);
const BARS: f32 = 150.0;
const SCORES: Vec2 = vec2(104.0, 520.0);

/// The whole figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub blocks: Vec<Block>,
    pub size: Vec2,
    /// Width of the scores at the right end, whose labels do not shrink with the figure.
    pub scores: f32,
}

/// One node of the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub node: usize,
    pub shape: Shape,
    /// Without the heading.
    pub rect: Rect,
    pub form: Form,
}

/// How the units of a block are laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// A picture per map, `columns` maps side by side, `gap` between them.
    Maps { columns: usize, map: Vec2, gap: f32 },
    /// A vector as cells, row by row.
    Vector { columns: usize, cell: f32 },
    /// The scores of the classes.
    Scores,
}

impl Figure {
    #[must_use]
    pub fn of(network: &Network) -> Self {
        let depths = depths(network);
        let columns = depths.iter().max().map_or(0, |deepest| deepest + 1);
        let mut blocks = Vec::new();
        let mut x = 0.0;
        for column in 0..columns {
            let nodes: Vec<usize> = (0..depths.len()).filter(|&i| depths[i] == column).collect();
            let height = COLUMN_HEIGHT / nodes.len() as f32 - HEADING * (nodes.len() - 1) as f32;
            let forms: Vec<(Form, Vec2)> =
                nodes.iter().map(|&node| form(network, node, height.max(60.0))).collect();
            let width = nodes
                .iter()
                .zip(&forms)
                .map(|(&node, (_, size))| size.x.max(heading_width(&network.nodes()[node].name)))
                .fold(0.0, f32::max);
            let total: f32 = forms.iter().map(|(_, size)| size.y + HEADING).sum();
            let mut y = (COLUMN_HEIGHT + HEADING - total) / 2.0;
            for (&node, (form, size)) in nodes.iter().zip(forms) {
                let min = pos2(x, y + HEADING);
                let shape = network.nodes()[node].output;
                blocks.push(Block { node, shape, rect: Rect::from_min_size(min, size), form });
                y += size.y + HEADING;
            }
            x += width + COLUMN_GAP;
        }
        blocks.sort_by_key(|block| block.node);
        let size = vec2(x - COLUMN_GAP, COLUMN_HEIGHT + HEADING);
        let scores = match blocks.last() {
            Some(Block { form: Form::Scores, rect, .. }) => rect.width(),
            _ => 0.0,
        };
        Self { blocks, size, scores }
    }

    /// The block, map and unit at a point of the figure.
    #[must_use]
    pub fn unit_at(&self, at: Pos2) -> Option<(usize, Unit)> {
        self.blocks.iter().find_map(|block| Some((block.node, block.unit_at(at)?)))
    }
}

/// About how much room a name takes; the caption under it is never wider than a column and its gap.
fn heading_width(name: &str) -> f32 {
    16.0 * name.chars().count().min(14) as f32 - COLUMN_GAP / 2.0
}

/// The longest way from the input.
fn depths(network: &Network) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(network.nodes().len());
    for node in network.nodes() {
        depths.push(node.inputs.iter().map(|&i| depths[i] + 1).max().unwrap_or(0));
    }
    depths
}

fn form(network: &Network, node: usize, height: f32) -> (Form, Vec2) {
    let [c, h, w] = network.nodes()[node].output;
    let last = node + 1 == network.nodes().len();
    if last && h == 1 && w == 1 && c <= 40 {
        let bars = !matches!(network.nodes()[node].layer, Layer::Rbf(_));
        let width = if bars { BARS } else { SCORES.x };
        return (Form::Scores, vec2(width, SCORES.y.min(height)));
    }
    if let Some([_, columns]) = network.picture(node).filter(|_| h == 1 && w == 1) {
        return vector(c, columns, UNIT.min(height / c.div_ceil(columns) as f32));
    }
    if h == 1 && w == 1 {
        let columns = c.div_ceil(VECTOR_ROWS).max(1);
        let cell = UNIT.min(LARGEST_VECTOR.x / columns as f32).min(height / VECTOR_ROWS as f32);
        return vector(c, columns, cell);
    }
    let image = matches!(network.nodes()[node].layer, Layer::Input { .. });
    if w >= WIDE * h {
        return wide_maps([c, h, w], height, image);
    }
    maps([c, h, w], height, image)
}

fn vector(units: usize, columns: usize, cell: f32) -> (Form, Vec2) {
    let rows = units.div_ceil(columns);
    (Form::Vector { columns, cell }, vec2(columns as f32, rows as f32) * cell)
}

/// As few columns of maps as keep each map large enough.
fn maps([c, h, w]: Shape, height: f32, image: bool) -> (Form, Vec2) {
    let largest =
        if image { LARGEST_IMAGE } else { LARGEST_MAP.min(LARGEST_UNIT * h.max(w) as f32) };
    let side = |columns: usize| {
        let rows = c.div_ceil(columns) as f32;
        ((height - (rows - 1.0) * MAP_GAP) / rows).min(largest)
    };
    let columns = (1..=c).find(|&columns| side(columns) >= SMALLEST_MAP).unwrap_or(c).max(1);
    let side = side(columns);
    let longer = h.max(w) as f32;
    let map = vec2(w as f32, h as f32) / longer * side;
    tiled(c, columns, map, MAP_GAP)
}

/// Maps that are much wider than high, of a network that slides along a line: below each other; rows of
/// single units without a gap, so that they are one picture, a row per unit and a column per position.
fn wide_maps([c, h, w]: Shape, height: f32, image: bool) -> (Form, Vec2) {
    let gap = if h == 1 { 0.0 } else { MAP_GAP };
    let largest = if image { 1.4 * WIDE_MAP } else { WIDE_MAP };
    let room = (height - (c as f32 - 1.0) * gap) / c as f32;
    let width = if h == 1 { WIDE_ROW } else { largest.min(room * w as f32 / h as f32) };
    let row = if h == 1 { room.min(LARGEST_UNIT) } else { width * h as f32 / w as f32 };
    tiled(c, 1, vec2(width, row), gap)
}

fn tiled(c: usize, columns: usize, map: Vec2, gap: f32) -> (Form, Vec2) {
    let rows = c.div_ceil(columns);
    let size = vec2(columns as f32 * (map.x + gap) - gap, rows as f32 * (map.y + gap) - gap);
    (Form::Maps { columns, map, gap }, size)
}

impl Block {
    /// The same maps in so many columns that they fill a rectangle of this shape best.
    #[must_use]
    pub fn filling(&self, room: Vec2) -> Self {
        let Form::Maps { map, gap, .. } = self.form else { return self.clone() };
        let maps = self.shape[0];
        let scale = |columns: usize| {
            let (_, size) = tiled(maps, columns, map, gap);
            (room / size).min_elem()
        };
        let columns = (1..=maps).max_by(|&a, &b| scale(a).total_cmp(&scale(b))).unwrap_or(1);
        let (form, size) = tiled(maps, columns, map, gap);
        Self { form, rect: Rect::from_min_size(self.rect.min, size), ..self.clone() }
    }

    /// Where map `c` is drawn; for vectors and scores, the unit.
    #[must_use]
    pub fn map_rect(&self, c: usize) -> Rect {
        match self.form {
            Form::Maps { columns, map, gap } => {
                let place = vec2((c % columns) as f32, (c / columns) as f32);
                Rect::from_min_size(self.rect.min + place * (map + Vec2::splat(gap)), map)
            }
            Form::Vector { columns, cell } => {
                let place = vec2((c % columns) as f32, (c / columns) as f32);
                Rect::from_min_size(self.rect.min + place * cell, Vec2::splat(cell))
            }
            Form::Scores => self.rect,
        }
    }

    /// Where unit (c, y, x) is drawn.
    #[must_use]
    pub fn unit_rect(&self, [c, y, x]: Unit) -> Rect {
        let map = self.map_rect(c);
        let Form::Maps { .. } = self.form else { return map };
        let [_, h, w] = self.shape;
        let cell = map.size() / vec2(w as f32, h as f32);
        Rect::from_min_size(map.min + vec2(x as f32, y as f32) * cell, cell)
    }

    /// The side of a unit.
    #[must_use]
    pub fn cell(&self) -> f32 {
        match self.form {
            Form::Maps { map, .. } => map.y / self.shape[1] as f32,
            Form::Vector { cell, .. } => cell,
            Form::Scores => f32::INFINITY,
        }
    }

    /// The unit at a point of the figure; scores are hit by their own marks.
    #[must_use]
    pub fn unit_at(&self, at: Pos2) -> Option<Unit> {
        if !self.rect.contains(at) {
            return None;
        }
        let [c, h, w] = self.shape;
        match self.form {
            Form::Maps { columns, map, gap } => {
                let pitch = map + Vec2::splat(gap);
                let within = at - self.rect.min;
                let (column, row) = ((within.x / pitch.x) as usize, (within.y / pitch.y) as usize);
                let index = row * columns + column.min(columns - 1);
                if index >= c {
                    return None;
                }
                let rect = self.map_rect(index);
                let at = (at - rect.min) / rect.size();
                let inside = (0.0..1.0).contains(&at.x) && (0.0..1.0).contains(&at.y);
                inside.then_some([index, (at.y * h as f32) as usize, (at.x * w as f32) as usize])
            }
            Form::Vector { columns, cell } => {
                let within = (at - self.rect.min) / cell;
                let column = (within.x as usize).min(columns - 1);
                let index = within.y as usize * columns + column;
                (index < c).then_some([index, 0, 0])
            }
            Form::Scores => None,
        }
    }
}
