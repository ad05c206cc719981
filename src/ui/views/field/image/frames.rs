//! Where several square pictures stand.

use egui::{Rect, vec2};

use super::CAPTION;
use crate::ui::theme::size;

/// In more room than this the first of several pictures is a large one.
const ROOM_FOR_A_LARGE_ONE: [f32; 2] = [900.0, 420.0];

/// No picture is larger.
const LARGEST: f32 = 560.0;

/// Square places for so many pictures; `leading` says that the first one matters most.
pub fn frames(room: Rect, pictures: usize, leading: bool) -> Vec<Rect> {
    let gap = size::SECTION;
    let [width, height] = ROOM_FOR_A_LARGE_ONE;
    if leading && room.width() >= width && room.height() >= height {
        let side = (room.height() - CAPTION).min(room.width() * 0.52);
        let large = Rect::from_min_size(room.min, vec2(side, side));
        let beside = room.with_min_x(large.right() + 2.0 * gap);
        let mut all = vec![large];
        all.extend(frames(beside, pictures - 1, false));
        return all;
    }
    let columns = columns(room, pictures);
    let rows = pictures.div_ceil(columns);
    let across = (room.width() - gap * (columns as f32 - 1.0)) / columns as f32;
    let down = (room.height() - gap * (rows as f32 - 1.0)) / rows as f32 - CAPTION;
    let side = across.min(down).clamp(40.0, LARGEST);
    let step = side.max(across.min(side + 24.0)) + gap;
    let place = |i: usize| {
        let (row, column) = ((i / columns) as f32, (i % columns) as f32);
        let min = room.min + vec2(column * step, row * (side + CAPTION + gap * 0.5));
        Rect::from_min_size(min, vec2(side, side))
    };
    (0..pictures).map(place).collect()
}

/// As many beside each other as make the pictures largest.
fn columns(room: Rect, pictures: usize) -> usize {
    let side = |columns: &usize| {
        let rows = pictures.div_ceil(*columns);
        (room.width() / *columns as f32).min(room.height() / rows as f32 - CAPTION)
    };
    (1..=pictures.max(1)).max_by(|a, b| side(a).total_cmp(&side(b))).unwrap_or(1)
}
