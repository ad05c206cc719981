//! Which cells of the matrix stand under which pixel.

use std::ops::Range;

use crate::network::wiring::Wiring;
use crate::render::error::LayoutError;

/// Cells smaller than this, in pixels, have no hairline; from twice this on it has its full strength, so
/// that it comes slowly while one zooms in.
const HAIRLINE_FROM: f64 = 6.0;

/// No block has more cells along an axis than the numbers of f64 count without gaps.
const MOST_CELLS: f64 = (1u64 << 53) as f64;

/// A place in the matrix along one axis.
///
/// The shader never sees it: the blocks of cells under the pixels are computed here, in 64 bits, so it
/// needs neither 64-bit integers nor positions in f32, whose 24 bits end at 16 million cells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CellPlace {
    pub cell: u64,
    /// How far into the cell, 0 to 1.
    pub fraction: f64,
}

/// The part of the matrix that a picture shows. Cells are square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WiringView {
    /// What stands at the top border.
    pub row: CellPlace,
    /// What stands at the left border.
    pub column: CellPlace,
    /// More than 0; below 1 where one looks closely.
    pub cells_per_pixel: f64,
    /// The size of the picture in pixels.
    pub width: u32,
    pub height: u32,
}

impl WiringView {
    /// The whole matrix, as large as it fits, in the top left corner.
    #[must_use]
    pub fn whole(wiring: &Wiring, width: u32, height: u32) -> Self {
        let all = |cells: u128| 0..u64::try_from(cells).unwrap_or(u64::MAX);
        Self::region(all(wiring.rows()), all(wiring.columns()), width, height)
    }

    /// These rows and columns, as large as they fit, in the top left corner.
    #[must_use]
    pub fn region(rows: Range<u64>, columns: Range<u64>, width: u32, height: u32) -> Self {
        let per_pixel = |cells: &Range<u64>, pixels: u32| {
            cells.end.saturating_sub(cells.start).max(1) as f64 / f64::from(pixels.max(1))
        };
        Self {
            row: CellPlace { cell: rows.start, fraction: 0.0 },
            column: CellPlace { cell: columns.start, fraction: 0.0 },
            cells_per_pixel: per_pixel(&rows, height).max(per_pixel(&columns, width)),
            width,
            height,
        }
    }

    /// The same part with a third of the pixels along each side: a ninth of the work.
    #[must_use]
    pub fn coarse(&self) -> Self {
        Self {
            cells_per_pixel: 3.0 * self.cells_per_pixel,
            width: self.width.div_ceil(3),
            height: self.height.div_ceil(3),
            ..*self
        }
    }

    /// The rows of the matrix under row `y` of the picture; they may lie behind its last one.
    #[must_use]
    pub fn rows_at(&self, y: u32) -> Range<u64> {
        self.block(self.row, y)
    }

    /// The columns of the matrix under column `x` of the picture; they may lie behind its last one.
    #[must_use]
    pub fn columns_at(&self, x: u32) -> Range<u64> {
        self.block(self.column, x)
    }

    /// # Errors
    /// If the picture has no pixels, a side is longer than `max_side`, or its cells have no size.
    pub fn check(&self, max_side: u32) -> Result<(), LayoutError> {
        let (width, height) = (self.width, self.height);
        if width == 0 || height == 0 {
            return Err(LayoutError::NoPixels);
        }
        if width.max(height) > max_side {
            let (width, height) = (width.into(), height.into());
            return Err(LayoutError::TooLarge { width, height, max_side });
        }
        let finite = self.row.fraction.is_finite() && self.column.fraction.is_finite();
        if finite && self.cells_per_pixel.is_finite() && self.cells_per_pixel > 0.0 {
            Ok(())
        } else {
            Err(LayoutError::Zoom)
        }
    }

    /// How strong the hairlines between cells are, 0 to 1.
    #[must_use]
    pub fn hairline(&self) -> f32 {
        ((self.cells_per_pixel.recip() - HAIRLINE_FROM) / HAIRLINE_FROM).clamp(0.0, 1.0) as f32
    }

    /// Whether pixel `i` is the first of its cell, where the hairline stands.
    pub(super) fn begins_cell(&self, place: CellPlace, i: u32) -> bool {
        let i = i64::from(i);
        self.cells_per_pixel < 1.0 && self.boundary(place, i) != self.boundary(place, i - 1)
    }

    /// From pixel `i`'s boundary to the next one's, so that the blocks of neighbours tile; where pixels
    /// are smaller than cells, the cell under the pixel's centre.
    pub(super) fn block(&self, place: CellPlace, i: u32) -> Range<u64> {
        let i = i64::from(i);
        let first = self.boundary(place, i);
        let end = self.boundary(place, i + 1).max(first.saturating_add(1));
        let at = |offset: i64| place.cell.saturating_add_signed(offset);
        if self.cells_per_pixel < 1.0 { at(first)..at(first + 1) } else { at(first)..at(end) }
    }

    /// The cell boundary nearest to the left border of pixel `i`; below one cell per pixel the cell under
    /// its centre. Both are ⌊fraction + i·c + min(c, 1)/2⌋ and agree at c = 1. Whole cells are multiplied
    /// as integers: so boundaries grow by one cell at least, whatever rounding does to the rest.
    fn boundary(&self, place: CellPlace, i: i64) -> i64 {
        let cells = self.cells_per_pixel.min(MOST_CELLS);
        let half = cells.min(1.0) / 2.0;
        let whole = cells.floor();
        let rest = place.fraction.clamp(0.0, 1.0) + i as f64 * (cells - whole) + half;
        i.saturating_mul(whole as i64).saturating_add(rest.floor() as i64)
    }
}
