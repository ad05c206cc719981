//! A block of flattened indices as boxes of maps × rows × columns.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use crate::network::Shape;

/// What stands under one row or one column of the picture's pixels.
///
/// Keep in sync with `Line` in `shaders/wiring.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Pod, Zeroable)]
pub struct Line {
    /// Where its pieces begin, and how many they are: none outside the matrix, else at most five.
    pub first: u32,
    pub count: u32,
    /// Cells of the block.
    pub cells: f32,
    /// 1 on the hairline between cells.
    pub gap: u32,
    /// From the first to the last row of maps in its pieces, half open: for the shader's first test.
    pub rows: [u32; 2],
}

/// A part of a block: all units (or inputs) in these maps, rows and columns; each half open.
///
/// Keep in sync with `Piece` in `shaders/wiring.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct Piece {
    pub maps: [u32; 2],
    pub rows: [u32; 2],
    pub columns: [u32; 2],
}

/// Cuts a block of indices, flattened c, y, x, into at most five boxes: the end of a row, the rows that
/// complete its map, whole maps, the rows of the last map, the beginning of a row.
pub fn pieces([_, height, width]: Shape, block: Range<u64>, mut push: impl FnMut(Piece)) {
    let (h, w) = (height.max(1) as u64, width.max(1) as u64);
    // Rows are counted through all maps.
    let mut part_of_row = |row: u64, columns: Range<u64>| {
        push(Piece {
            maps: pair(row / h..row / h + 1),
            rows: pair(row % h..row % h + 1),
            columns: pair(columns),
        });
    };
    let (mut first, last) = (block.start / w, block.end / w);
    let (left, right) = (block.start % w, block.end % w);
    if first == last {
        if left < right {
            part_of_row(first, left..right);
        }
        return;
    }
    if left > 0 {
        part_of_row(first, left..w);
        first += 1;
    }
    if right > 0 {
        part_of_row(last, 0..right);
    }
    let mut whole_rows = |maps: Range<u64>, rows: Range<u64>| {
        if !maps.is_empty() && !rows.is_empty() {
            push(Piece { maps: pair(maps), rows: pair(rows), columns: pair(0..w) });
        }
    };
    let (mut map, last_map) = (first / h, last / h);
    let (top, bottom) = (first % h, last % h);
    if map == last_map {
        whole_rows(map..map + 1, top..bottom);
        return;
    }
    if top > 0 {
        whole_rows(map..map + 1, top..h);
        map += 1;
    }
    whole_rows(map..last_map, 0..h);
    whole_rows(last_map..last_map + 1, 0..bottom);
}

fn pair(range: Range<u64>) -> [u32; 2] {
    [range.start as u32, range.end as u32]
}
