//! The used cell of the matrix that is nearest to a cell, as the picture shows it: on flattened rows and
//! columns, where the next row of an image is one image's width away.

use super::Wiring;

impl Wiring {
    /// The used cell of the same row or of the same column that is fewest cells away, the cell itself where
    /// it is used; `None` where row and column are empty.
    #[must_use]
    pub fn nearest_cell(&self, [row, column]: [u64; 2]) -> Option<[u64; 2]> {
        let across = self.nearest_column(row, column).map(|used| [row, used]);
        let down = self.nearest_row(row, column).map(|used| [used, column]);
        let away = |cell: &[u64; 2]| cell[0].abs_diff(row) + cell[1].abs_diff(column);
        across.into_iter().chain(down).min_by_key(away)
    }

    /// The used column of a row that is nearest to `column`.
    fn nearest_column(&self, row: u64, column: u64) -> Option<u64> {
        let [map, y, x] = self.unit_of(row);
        let [channel, iy, ix] = self.pixel_of(column);
        let [_, height, width] = self.input;
        let mut columns = Vec::new();
        for near in around(channel) {
            let linked = self.channels.nearest(map, near, self.output[0], self.input[0]);
            let Some(linked) = linked else { continue };
            // Of a map before this one the end is nearest, of one behind it the beginning.
            for near in around(toward(linked, channel, iy, height)) {
                let Some(line) = self.axis(0).nearest(y, near) else { continue };
                let at = toward([linked, line], [channel, iy], ix, width);
                let Some(used) = self.axis(1).nearest(x, at) else { continue };
                columns.push(self.column_of([linked, line, used]));
            }
        }
        columns.into_iter().min_by_key(|used| used.abs_diff(column))
    }

    /// The row that is nearest to `row` of those that use a column.
    fn nearest_row(&self, row: u64, column: u64) -> Option<u64> {
        let [map, y, x] = self.unit_of(row);
        let [channel, iy, ix] = self.pixel_of(column);
        let [maps, height, width] = self.output;
        let mut rows = Vec::new();
        let linked = |near: &usize| *near < maps && self.slot(*near, channel).is_some();
        for linked in around(map).into_iter().filter(linked) {
            for near in around(toward(linked, map, y, height)) {
                let Some(line) = self.axis(0).nearest_unit(near, iy) else { continue };
                let at = toward([linked, line], [map, y], x, width);
                let Some(unit) = self.axis(1).nearest_unit(at, ix) else { continue };
                rows.push(self.row_of([linked, line, unit]));
            }
        }
        rows.into_iter().min_by_key(|used| used.abs_diff(row))
    }
}

/// A place and its two neighbours.
fn around(at: usize) -> [usize; 3] {
    [at.saturating_sub(1), at, at.saturating_add(1)]
}

/// Where along an axis of so many places to look: at the place itself on the same line, at the end of an
/// earlier line, at the beginning of a later one.
fn toward<T: Ord>(line: T, own: T, at: usize, places: usize) -> usize {
    match line.cmp(&own) {
        std::cmp::Ordering::Less => places.saturating_sub(1),
        std::cmp::Ordering::Equal => at,
        std::cmp::Ordering::Greater => 0,
    }
}
