//! A thin pen made as wide as MNIST's.

use super::fit::proportional;
use super::plane::Plane;

/// Strokes of at least this part of the wanted width stay as they are.
const WIDE_ENOUGH: f32 = 0.6;

/// The work grows with the fourth power of the side, and the network sees 20 pixels.
const MAX_SIDE: usize = 256;

/// Widens the strokes of a cropped digit to `width`, a part of its longer side (at most a quarter).
/// A large image whose strokes are thin is made smaller first.
pub(super) fn thicken(plane: &Plane, width: f32) -> Plane {
    let width = width.clamp(0.0, 0.25);
    let wanted = width * plane.height.max(plane.width) as f32;
    let found = stroke_width(plane);
    if found <= 0.0 || found >= WIDE_ENOUGH * wanted {
        return plane.clone();
    }
    let longer = plane.height.max(plane.width);
    if longer > MAX_SIDE {
        let (height, columns) = proportional(plane.height, plane.width, MAX_SIDE);
        return thicken(&plane.resized(height, columns), width);
    }
    dilated(plane, (wanted - found) / 2.0)
}

/// The mean width of strokes in pixels: a stroke has two long sides, so its area is half its outline
/// times its width. The outline is the sum of the steps between neighbours, which counts slanted
/// lines 4/π times too long on average.
fn stroke_width(plane: &Plane) -> f32 {
    let area: f32 = plane.values.iter().sum();
    let mut steps = 0.0;
    for y in 0..=plane.height {
        for x in 0..=plane.width {
            let at = |y: usize, x: usize| {
                if y < plane.height && x < plane.width { plane.at(y, x) } else { 0.0 }
            };
            steps += (at(y, x) - at(y, x.wrapping_sub(1))).abs();
            steps += (at(y, x) - at(y.wrapping_sub(1), x)).abs();
        }
    }
    if steps > 0.0 { 2.0 * area / (steps * std::f32::consts::FRAC_PI_4) } else { 0.0 }
}

/// The largest value within a disc, with a border for what grows over the edge. Between whole
/// radii the rim is faint.
fn dilated(plane: &Plane, radius: f32) -> Plane {
    let reach = radius.ceil() as usize;
    let mut disc = Vec::new();
    for y in 0..=2 * reach {
        for x in 0..=2 * reach {
            let distance = (y as f32 - reach as f32).hypot(x as f32 - reach as f32);
            let weight = (radius + 1.0 - distance).clamp(0.0, 1.0);
            if weight > 0.0 {
                disc.push((y, x, weight));
            }
        }
    }
    let mut grown = Plane::zeros(plane.height + 2 * reach, plane.width + 2 * reach);
    for (i, &value) in plane.values.iter().enumerate().filter(|(_, value)| **value > 0.0) {
        for &(y, x, weight) in &disc {
            let at = (i / plane.width + y) * grown.width + i % plane.width + x;
            grown.values[at] = grown.values[at].max(value * weight);
        }
    }
    grown
}
