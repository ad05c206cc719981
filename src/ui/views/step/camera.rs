//! From the figure's units to points on screen, and back.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::figure::{Figure, HEADING};
use crate::network::Network;
use crate::ui::scene::Camera;
use crate::ui::theme::size;

/// How far one may zoom out and in, in points per unit of the figure.
const SCALES: std::ops::RangeInclusive<f32> = 0.05..=60.0;

/// A layer is seen at least this much larger than in the whole figure.
const LAYER_ZOOM: f32 = 1.25;
/// How far from the figure one may look, in its units.
const FARTHEST: f32 = 1e5;

/// Points under the figure for the key to its colours.
const KEY: f32 = 36.0;

/// Points that the labels of the scores take at least.
const LABELS: f32 = 118.0;

/// The camera, applied to a part of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eye {
    pub view: Rect,
    pub scale: f32,
    centre: Pos2,
}

impl Eye {
    #[must_use]
    pub fn new(camera: &Camera, figure: &Figure, network: &Network, view: Rect) -> Self {
        let index = |name: &str| network.index_of(name).filter(|&i| i < figure.blocks.len());
        match *camera {
            Camera::Layer(ref name) if let Some(node) = index(name) => {
                let block = &figure.blocks[node].rect;
                let sources = network.nodes()[node].inputs.iter();
                let rect = sources.fold(*block, |all, &i| all.union(figure.blocks[i].rect));
                let near = Self::around(rect.with_min_y(rect.top() - HEADING), view);
                let whole = Self::new(&Camera::Fit, figure, network, view);
                // In a low window a column of maps is as high as the whole figure: then its middle.
                let scale = near.scale.max(LAYER_ZOOM * whole.scale);
                Self { scale, ..near }
            }
            Camera::Map { ref node, map } if let Some(node) = index(node) => {
                Self::around(figure.blocks[node].map_rect(map), view)
            }
            // A layer of another network: the whole figure.
            Camera::Layer(_) | Camera::Map { .. } => Self::new(&Camera::Fit, figure, network, view),
            Camera::Fit => {
                let room =
                    (view.size() - Vec2::splat(2.0 * size::FIGURE_MARGIN)).max(Vec2::splat(1.0));
                let Figure { size, scores, .. } = *figure;
                let mut across = room.x / size.x;
                let mut labels = 0.0;
                if scores > 0.0 && scores * across < LABELS {
                    across = ((room.x - LABELS) / (size.x - scores)).max(room.x / size.x / 4.0);
                    labels = LABELS - scores * across;
                }
                let scale = across.min((room.y - KEY) / size.y);
                // The key to the colours stands under the figure.
                let down = KEY.min(room.y - size.y * scale) / 2.0;
                let centre = (size / 2.0 + vec2(labels / scale / 2.0, down / scale)).to_pos2();
                Self { view, scale, centre }
            }
            // A file may ask for anything.
            Camera::At { scale, centre: [x, y] } => Self {
                view,
                scale: scale.clamp(*SCALES.start(), *SCALES.end()),
                centre: pos2(x.clamp(-FARTHEST, FARTHEST), y.clamp(-FARTHEST, FARTHEST)),
            },
        }
    }

    /// A part of the figure as large as it fits into a rectangle under `heading` points, from its left.
    #[must_use]
    pub fn in_rect(part: Rect, view: Rect, heading: f32) -> Self {
        let room = (view.size() - vec2(0.0, heading)).max(Vec2::splat(1.0));
        let scale = (room / part.size().max(Vec2::splat(1.0))).min_elem();
        let middle = view.size() / 2.0 - vec2(0.0, heading);
        Self { view, scale, centre: part.min + middle / scale }
    }

    /// Close to a part of the figure.
    fn around(rect: Rect, view: Rect) -> Self {
        let room = (view.size() - Vec2::splat(3.0 * size::FIGURE_MARGIN)).max(Vec2::splat(1.0));
        let scale = (room / rect.size().max(Vec2::splat(1.0))).min_elem();
        let scale = scale.clamp(*SCALES.start(), *SCALES.end());
        Self { view, scale, centre: rect.center() }
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
