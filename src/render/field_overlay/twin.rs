//! `shaders/field_overlay.wgsl` on the CPU.

use super::layout::{Field, FieldOverlayStyle, Frame, Heat};
use crate::render::colour::Rgba;
use crate::render::error::LayoutError;
use crate::render::image::Image;

/// Draws the overlay: clear inside the boxes, dimmed outside, the frames over both. Without a box
/// it is all clear.
///
/// # Errors
/// If the picture has no pixels, or a side is longer than `max_side`.
pub fn draw(field: &Field, style: &FieldOverlayStyle, max_side: u32) -> Result<Image, LayoutError> {
    draw_heated(field, None, style, max_side)
}

/// The same with heat between what is dimmed and the frames.
///
/// # Errors
/// As [`draw`].
pub fn draw_heated(
    field: &Field,
    heat: Option<&Heat>,
    style: &FieldOverlayStyle,
    max_side: u32,
) -> Result<Image, LayoutError> {
    style.check(max_side)?;
    let frames = field.frames(style);
    let outside = if field.dims() { style.dim } else { Rgba::TRANSPARENT };
    let shares = Shares::of(heat);
    let mut image = Image::filled(style.width, style.height, outside);
    for y in 0..style.height {
        for (x, shown) in (0..).zip(image.row_from(0, y).chunks_exact_mut(4)) {
            let share = shares.at([x, y], [style.width, style.height]);
            let colour = pixel(x as i32, y as i32, outside, share, &frames, style);
            shown.copy_from_slice(&colour.0);
        }
    }
    Ok(image)
}

/// How opaque the heat of each unit is, 0 to 1.
struct Shares {
    rows: u64,
    columns: u64,
    values: Vec<f32>,
}

impl Shares {
    fn of(heat: Option<&Heat>) -> Self {
        let Some(heat) = heat else { return Self { rows: 0, columns: 0, values: Vec::new() } };
        let [rows, columns] = heat.sides().map(|side| side as u64);
        let values = heat.clean().map(|value| (value / heat.maximum).min(1.0)).collect();
        Self { rows, columns, values }
    }

    /// Of the unit under the middle of a pixel. Keep in sync with `share` in the shader.
    fn at(&self, [x, y]: [u32; 2], [width, height]: [u32; 2]) -> f32 {
        let unit = |at: u32, units: u64, pixels: u32| {
            (2 * u64::from(at) + 1) * units / (2 * u64::from(pixels))
        };
        let (row, column) = (unit(y, self.rows, height), unit(x, self.columns, width));
        self.values.get((row * self.columns + column) as usize).copied().unwrap_or(0.0)
    }
}

/// Keep in sync with `pixel` in the shader.
fn pixel(
    x: i32,
    y: i32,
    outside: Rgba,
    share: f32,
    frames: &[Frame],
    style: &FieldOverlayStyle,
) -> Rgba {
    let widths = style.widths();
    let mut seen = outside;
    for frame in frames {
        if depth(x, y, frame) >= widths.frame() {
            seen = Rgba::TRANSPARENT;
        }
    }
    seen = over(seen, style.heat, share);
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

/// The heat's colour at a share of its opacity, laid over what is there; both with straight alpha
/// (Porter and Duff 1984). Keep in sync with `over` in the shader.
fn over(under: Rgba, heat: Rgba, share: f32) -> Rgba {
    if share <= 0.0 {
        return under;
    }
    let (under, heat) = (under.levels(), heat.levels());
    let above = heat[3] * share / 255.0;
    let below = under[3] * (1.0 - above) / 255.0;
    let alpha = above + below;
    if alpha * 255.0 < 0.5 {
        return Rgba::TRANSPARENT;
    }
    let mixed = |i: usize| (heat[i] * above + under[i] * below) / alpha;
    Rgba::from_levels([mixed(0), mixed(1), mixed(2), alpha * 255.0])
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
