//! Boxes in units become frames in pixels.
//!
//! A frame is a line between two casings. It lies outside the units it surrounds, so that even a
//! unit of one pixel is still seen, and is pushed inwards where the picture ends. A side of the box
//! beyond the map has no line: the frame is open there, and the field goes on.

use crate::array::Array;
use crate::render::colour::Rgba;
use crate::render::error::LayoutError;

/// Where a side that is not drawn lies, in pixels: further than any picture reaches.
const FAR: i32 = 1 << 24;

/// A field in units of the map under it: rows `y0..y1`, columns `x0..x1`. Not clipped: a padded
/// field begins at negative numbers. A box without rows or columns is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldBox {
    pub y0: i32,
    pub x0: i32,
    pub y1: i32,
    pub x1: i32,
    /// Dashed (hovered) or solid (pinned).
    pub dashed: bool,
}

/// The boxes over a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Rows of units of the map.
    pub rows: u32,
    /// Columns of units of the map.
    pub columns: u32,
    /// Drawn in this order: the pinned one, then the hovered one over it.
    pub boxes: [Option<FieldBox>; 2],
}

/// How much each unit of the map moves what the boxes belong to: |gradient|, over the dimmed map and
/// under the frames.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// `[h, w]`, covering the whole map. What is 0, negative or no number stays clear.
    pub values: Array,
    /// The value that is drawn in full colour. Opacity is `value / maximum`, at most 1: in proportion, so
    /// that half the heat is half the colour. Where it is not above 0 there is no heat.
    pub maximum: f32,
}

impl Heat {
    /// Scaled to its own largest value.
    #[must_use]
    pub fn of(values: Array) -> Self {
        let finite = values.values().iter().copied().filter(|value| value.is_finite());
        let maximum = finite.fold(0.0, f32::max);
        Self { values, maximum }
    }

    /// Rows and columns; none where nothing is drawn.
    pub(super) fn sides(&self) -> [usize; 2] {
        let [channels, rows, columns] = self.values.chw();
        let drawn = self.maximum > 0.0 && channels > 0 && rows > 0 && columns > 0;
        if drawn { [rows, columns] } else { [0, 0] }
    }

    /// The values as both backends compute with them, row by row: not below 0, and numbers.
    pub(super) fn clean(&self) -> impl Iterator<Item = f32> {
        let [rows, columns] = self.sides();
        let values = self.values.values().iter().take(rows * columns);
        values.map(|&value| if value > 0.0 { value } else { 0.0 })
    }

    /// Whether both show the same memory in the same way: a cheap test for "nothing changed".
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.values.same_memory(&other.values)
            && self.values.shape() == other.values.shape()
            && self.maximum == other.maximum
    }
}

/// Everything about the look of an overlay. Lengths are in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldOverlayStyle {
    /// The size of the picture, which covers the whole map; units need not be whole pixels.
    pub width: u32,
    pub height: u32,
    /// Laid over what no box holds: the paper's colour, its alpha saying how much.
    pub dim: Rgba,
    /// What [`Heat`] is drawn in, at its full opacity.
    pub heat: Rgba,
    pub line: Rgba,
    /// On both sides of the line, so that it shows on bright maps.
    pub casing: Rgba,
    pub line_px: u32,
    pub casing_px: u32,
    /// The length of a dash and of the space after it; at least 1.
    pub dash_px: u32,
}

/// Light, 256 × 256 pixels: what a picture in a file looks like. The window brings its own theme.
impl Default for FieldOverlayStyle {
    fn default() -> Self {
        Self {
            width: 256,
            height: 256,
            dim: Rgba::opaque(0xFA_FA_F8).with_alpha(140),
            heat: Rgba::opaque(0xDE_04_76),
            line: Rgba::opaque(0xE0_8A_00),
            casing: Rgba::opaque(0x1F_23_28),
            line_px: 2,
            casing_px: 1,
            dash_px: 4,
        }
    }
}

impl FieldOverlayStyle {
    /// # Errors
    /// If the picture has no pixels, or a side is longer than `max_side`.
    pub fn check(&self, max_side: u32) -> Result<(), LayoutError> {
        let (width, height) = (self.width, self.height);
        if width == 0 || height == 0 {
            Err(LayoutError::Empty)
        } else if width.max(height) > max_side {
            let (width, height) = (width.into(), height.into());
            Err(LayoutError::TooLarge { width, height, max_side })
        } else {
            Ok(())
        }
    }

    /// The widths as both backends compute with them.
    pub(super) fn widths(&self) -> Widths {
        Widths {
            line: signed(self.line_px),
            casing: signed(self.casing_px),
            dash: signed(self.dash_px.max(1)),
        }
    }
}

/// The widths of a frame, in pixels; each at most [`FAR`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Widths {
    pub line: i32,
    pub casing: i32,
    pub dash: i32,
}

impl Widths {
    /// Line and casings together.
    pub fn frame(self) -> i32 {
        self.line + 2 * self.casing
    }
}

/// The outer border of a frame, in pixels, half open. Sides that are not drawn are [`FAR`] away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    pub dashed: bool,
}

impl Field {
    /// The frames that show, in drawing order.
    pub(super) fn frames(&self, style: &FieldOverlayStyle) -> Vec<Frame> {
        self.drawn().filter_map(|field| self.frame(field, style)).collect()
    }

    /// Whether anything is dimmed: with no box there is no outside.
    pub(super) fn dims(&self) -> bool {
        self.drawn().next().is_some()
    }

    fn drawn(&self) -> impl Iterator<Item = FieldBox> {
        self.boxes.into_iter().flatten().filter(|field| field.y0 < field.y1 && field.x0 < field.x1)
    }

    /// `None` when the box misses the map.
    fn frame(&self, field: FieldBox, style: &FieldOverlayStyle) -> Option<Frame> {
        let thickness = style.widths().frame();
        let (left, right) = sides(field.x0, field.x1, self.columns, style.width, thickness)?;
        let (top, bottom) = sides(field.y0, field.y1, self.rows, style.height, thickness)?;
        Some(Frame { left, top, right, bottom, dashed: field.dashed })
    }
}

/// The two sides of a frame along one axis of `units` units on `pixels` pixels.
fn sides(first: i32, end: i32, units: u32, pixels: u32, thickness: i32) -> Option<(i32, i32)> {
    let (units, last_px) = (i64::from(units), signed(pixels));
    let (first, end) = (i64::from(first), i64::from(end));
    if units == 0 || first >= units || end <= 0 {
        return None;
    }
    // The nearest pixel border, halves up; 64 bits because a field may be far larger than its map.
    let px = |unit: i64| ((2 * unit * i64::from(pixels) + units) / (2 * units)) as i32;
    let low = if first < 0 { -FAR } else { (px(first) - thickness).max(0) };
    let high = if end > units { FAR } else { (px(end) + thickness).min(last_px) };
    Some((low, high))
}

/// A length in pixels as a signed number.
fn signed(length: u32) -> i32 {
    i32::try_from(length).map_or(FAR, |length| length.min(FAR))
}
