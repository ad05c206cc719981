//! What both backends are given: everything about a picture but its colours.

use std::ops::Range;

use super::axis::AxisParams;
use super::layout::{CellPlace, WiringView};
use super::lines::{Line, Piece, pieces};
use super::links::Links;
use crate::network::Shape;
use crate::network::wiring::{Weight, Wiring};
use crate::render::error::LayoutError;

/// A picture of a matrix, ready to be counted.
#[derive(Clone, Debug)]
pub struct Plan {
    /// A line per row of pixels, then one per column.
    pub lines: Vec<Line>,
    pub pieces: Vec<Piece>,
    pub height: u32,
    pub links: Links,
    pub down: AxisParams,
    pub across: AxisParams,
    /// Places for input maps in a kernel.
    pub slots: u32,
    /// Different weights of the layer.
    pub weights: f32,
    /// The output and the input map of the touched weight; none are touched without one.
    pub touched: Option<[u32; 2]>,
    /// How strong hairlines are, 0 to 1.
    pub hairline: f32,
}

impl Plan {
    /// # Errors
    /// If the matrix is too large to draw, or there is no such picture.
    pub fn new(
        wiring: &Wiring,
        view: &WiringView,
        touched: Option<Weight>,
        max_side: u32,
    ) -> Result<Self, LayoutError> {
        view.check(max_side)?;
        let mut plan = Self::part(wiring, view, 0..view.height, 0..view.width)?;
        if let Some(weight) = touched {
            plan.touch(wiring, weight);
        }
        Ok(plan)
    }

    /// These rows and columns of the picture's pixels alone.
    ///
    /// # Errors
    /// If the matrix is too large to draw.
    pub fn part(
        wiring: &Wiring,
        view: &WiringView,
        rows: Range<u32>,
        columns: Range<u32>,
    ) -> Result<Self, LayoutError> {
        wiring.drawable()?;
        let [down, across] = [0, 1].map(|axis| {
            AxisParams::new(wiring.axis(axis), wiring.tile()[axis], wiring.tiles()[axis])
        });
        let mut plan = Self {
            lines: Vec::with_capacity(rows.len() + columns.len()),
            pieces: Vec::new(),
            height: rows.len() as u32,
            links: Links::new(wiring),
            down,
            across,
            slots: wiring.channels.slots(wiring.input[0]) as u32,
            weights: wiring.weights() as f32,
            touched: None,
            hairline: view.hairline(),
        };
        plan.add_lines(view, view.row, rows, wiring.output);
        plan.add_lines(view, view.column, columns, wiring.input);
        Ok(plan)
    }

    fn add_lines(&mut self, view: &WiringView, place: CellPlace, pixels: Range<u32>, shape: Shape) {
        let [c, h, w] = shape.map(|side| side as u64);
        let all = c * h * w;
        for i in pixels {
            let block = view.block(place, i);
            let block = block.start.min(all)..block.end.min(all);
            let first = self.pieces.len() as u32;
            let cells = (block.end - block.start) as f32;
            pieces(shape, block, |piece| self.pieces.push(piece));
            let count = self.pieces.len() as u32 - first;
            let gap = u32::from(view.begins_cell(place, i));
            let rows = self.pieces[first as usize..].iter().map(|piece| piece.rows);
            let rows = rows.reduce(|[a, b], [c, d]| [a.min(c), b.max(d)]).unwrap_or_default();
            self.lines.push(Line { first, count, cells, gap, rows });
        }
    }

    fn touch(&mut self, wiring: &Wiring, weight: Weight) {
        let Some(position) = wiring.position_of(weight) else { return };
        self.touched = Some([position.map as u32, position.channel as u32]);
        let units = [position.rows, position.columns];
        for ((axis, units), tap) in
            [&mut self.down, &mut self.across].into_iter().zip(units).zip(position.tap)
        {
            axis.touched = [units.start as u32, units.end as u32];
            axis.touched_tap = axis.start + tap as i32 * axis.dilation as i32;
        }
    }

    /// The line of a row of pixels.
    pub fn row(&self, y: u32) -> &Line {
        &self.lines[y as usize]
    }

    /// The line of a column of pixels.
    pub fn column(&self, x: u32) -> &Line {
        &self.lines[(self.height + x) as usize]
    }

    pub fn pieces_of(&self, line: &Line) -> &[Piece] {
        &self.pieces[line.first as usize..][..line.count as usize]
    }
}
