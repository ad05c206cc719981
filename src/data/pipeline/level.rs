//! Uneven light: paper becomes 0 everywhere, the strongest ink 1.

use super::plane::{Plane, quantile};

/// Strokes up to this part of the shorter side (as a radius) count as ink, wider things as light.
const STROKE_RADIUS: f32 = 0.12;
/// MNIST's strokes are up to 9 pixels thick where they cross.
const MIN_STROKE_RADIUS: usize = 5;
/// Ink fainter than this (as a part of the light that falls on it) is no ink.
const MIN_CONTRAST: f32 = 0.1;
/// How many standard deviations of the paper's grain count as paper.
const GRAIN: f32 = 4.0;

/// A levelled image.
pub struct Levelled {
    /// Paper 0, strongest ink 1; all 0 if there is no ink.
    pub plane: Plane,
    /// The standard deviation of the paper's brightness, as a part of the light: 0.01 on a sheet, 0.1
    /// where there is no sheet.
    pub grain: f32,
}

/// `plane` has bright ink on dark paper, so that light L on paper gives 1 − L and on ink that
/// reflects r gives 1 − rL. The result is 1 − r, stretched.
pub fn level(plane: &Plane) -> Levelled {
    let paper = paper(plane);
    let light = paper.map(|paper| (1.0 - paper).max(0.1));
    let rise = plane.zip(&paper, |value, paper| value - paper);
    // Most of a picture is paper: its spread is the grain. A median departs by 1 / 1.48 standard
    // deviations. The camera's noise does not shrink with the light, so it is measured before dividing.
    let usual = quantile(rise.values.iter().copied(), 0.5);
    let grain = 1.48 * quantile(rise.values.iter().map(|rise| (rise - usual).abs()), 0.5);
    let floor = usual + GRAIN * grain;
    let ink = rise.zip(&light, |rise, light| (rise - floor).max(0.0) / light);
    let top = quantile(ink.values.iter().copied().filter(|&ink| ink > MIN_CONTRAST / 2.0), 0.95);
    let plane = if top < MIN_CONTRAST {
        Plane::zeros(plane.height, plane.width)
    } else {
        ink.map(|ink| (ink / top).min(1.0))
    };
    Levelled { plane, grain: grain / quantile(light.values, 0.5) }
}

/// The picture without its ink.
fn paper(plane: &Plane) -> Plane {
    let radius = (plane.height.min(plane.width) as f32 * STROKE_RADIUS).round() as usize;
    let radius = radius.max(MIN_STROKE_RADIUS);
    // Single bright grains must not decide how dark the paper is.
    let smooth = if radius > MIN_STROKE_RADIUS { plane.box_blur(1) } else { plane.clone() };
    // A grey opening removes what is thinner than the window and keeps the rest: gradients and the
    // edges of shadows stay exact.
    smooth.extreme(radius, f32::min).extreme(radius, f32::max)
}
