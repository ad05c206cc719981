//! From the figure's units to points on screen, and back.

use egui::{Pos2, Rect, Vec2, pos2};

use super::super::super::scene::Camera;
use super::super::super::theme::size;

/// How far one may zoom out and in, in points per unit of the figure.
const SCALES: std::ops::RangeInclusive<f32> = 0.05..=60.0;

/// The camera, applied to a part of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eye {
    pub view: Rect,
    pub scale: f32,
    centre: Pos2,
}

impl Eye {
    #[must_use]
    pub fn new(camera: Camera, figure: Vec2, view: Rect) -> Self {
        match camera {
            Camera::Fit => {
                let room =
                    (view.size() - Vec2::splat(2.0 * size::FIGURE_MARGIN)).max(Vec2::splat(1.0));
                let scale = (room.x / figure.x).min(room.y / figure.y);
                Self { view, scale, centre: (figure / 2.0).to_pos2() }
            }
            Camera::At { scale, centre: [x, y] } => Self { view, scale, centre: pos2(x, y) },
        }
    }

    #[must_use]
    pub fn point(&self, at: Pos2) -> Pos2 {
        self.view.center() + (at - self.centre) * self.scale
    }

    #[must_use]
    pub fn rect(&self, rect: Rect) -> Rect {
        Rect::from_min_max(self.point(rect.min), self.point(rect.max))
    }

    /// The figure's point under a point on screen.
    #[must_use]
    pub fn figure_point(&self, at: Pos2) -> Pos2 {
        self.centre + (at - self.view.center()) / self.scale
    }

    /// Moved by `points` on screen.
    #[must_use]
    pub fn panned(&self, points: Vec2) -> Camera {
        let centre = self.centre - points / self.scale;
        Camera::At { scale: self.scale, centre: centre.into() }
    }

    /// Zoomed by `factor`; what is under `fixed` stays there.
    #[must_use]
    pub fn zoomed(&self, factor: f32, fixed: Pos2) -> Camera {
        let scale = (self.scale * factor).clamp(*SCALES.start(), *SCALES.end());
        let under = self.figure_point(fixed);
        let centre = under - (fixed - self.view.center()) / scale;
        Camera::At { scale, centre: centre.into() }
    }
}
