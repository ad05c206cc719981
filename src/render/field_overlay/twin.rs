//! `shaders/field_overlay.wgsl` on the CPU.

use super::layout::{Field, FieldOverlayStyle, Frame};
use crate::render::colour::Rgba;
use crate::render::error::LayoutError;
use crate::render::image::Image;

/// Draws the overlay: clear inside the boxes, dimmed outside, the frames over both. Without a box
/// it is all clear.
///
/// # Errors
/// If the picture has no pixels, or a side is longer than `max_side`.
pub fn draw(field: &Field, style: &FieldOverlayStyle, max_side: u32) -> Result<Image, LayoutError> {
    style.check(max_side)?;
    let frames = field.frames(style);
    let outside = if field.dims() { style.dim } else { Rgba::TRANSPARENT };
    let mut image = Image::filled(style.width, style.height, outside);
    for y in 0..style.height {
        for (x, shown) in (0..).zip(image.row_from(0, y).chunks_exact_mut(4)) {
            let colour = pixel(x, y as i32, outside, &frames, style);
            shown.copy_from_slice(&colour.0);
        }
    }
    Ok(image)
}

/// Keep in sync with `pixel` in the shader.
fn pixel(x: i32, y: i32, outside: Rgba, frames: &[Frame], style: &FieldOverlayStyle) -> Rgba {
    let widths = style.widths();
    let mut seen = outside;
    for frame in frames {
        if depth(x, y, frame) >= widths.frame() {
            seen = Rgba::TRANSPARENT;
        }
    }
    for frame in frames {
        let depth = depth(x, y, frame);
        if depth < 0 || depth >= widths.frame() || is_space(x, y, frame, widths.dash) {
            continue;
        }
        let on_line = depth >= widths.casing && depth < widths.casing + widths.line;
        seen = if on_line { style.line } else { style.casing };
    }
    seen
}

/// How many pixels a pixel lies within the frame's outer border; negative outside.
fn depth(x: i32, y: i32, frame: &Frame) -> i32 {
    beside(x, frame).min(above(y, frame))
}

/// Pixels to the nearer of the left and right sides.
fn beside(x: i32, frame: &Frame) -> i32 {
    (x - frame.left).min(frame.right - 1 - x)
}

/// Pixels to the nearer of the top and bottom sides.
fn above(y: i32, frame: &Frame) -> i32 {
    (y - frame.top).min(frame.bottom - 1 - y)
}

/// Whether a pixel of a frame falls between two dashes. Dashes run along the side they are on and
/// begin at its corner, or where the picture begins.
fn is_space(x: i32, y: i32, frame: &Frame, dash: i32) -> bool {
    let upright = beside(x, frame) < above(y, frame);
    let along = if upright { y - frame.top.max(0) } else { x - frame.left.max(0) };
    frame.dashed && along / dash % 2 == 1
}
