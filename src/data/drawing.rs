//! What a person draws on a pad: strokes of a pen and of an eraser, and the picture they make.
//!
//! A drawing is kept as its strokes, so that it can be stored in a few bytes, undone stroke by stroke
//! and turned before it becomes pixels. Lengths are in units of one MNIST pixel; y is down.

mod sheet;

use serde::{Deserialize, Serialize};

use super::placement::Placement;
use crate::array::Array;
use sheet::Sheet;

/// Height of every pad, in units.
pub const HEIGHT: u32 = 28;
/// Width of the widest pad, in units.
pub const MAX_WIDTH: u32 = 512;
/// The most points of one drawing: an hour of a busy mouse.
pub const MAX_POINTS: usize = 100_000;
/// Diameter of the pen in units, that of MNIST's strokes.
pub const PEN: f32 = 2.5;
/// Diameter of the eraser in units: wide enough to wipe a stroke out along its middle.
pub const ERASER: f32 = 5.0;
/// The longest that all strokes together may be, in units: longer ones take too long to draw.
pub const MAX_LENGTH: u32 = 200_000;
/// How far from the pad's corner a point may lie, in units: a hand leaves the pad, not the room.
pub const FARTHEST: f32 = 10_000.0;
/// The most pixels to a unit.
pub const MAX_SCALE: usize = 16;

/// Strokes on a pad of [`HEIGHT`] × `width` units, in the order in which they were drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawing {
    /// 28 for one digit, more for a line of them; at most [`MAX_WIDTH`].
    pub width: u32,
    pub strokes: Vec<Stroke>,
}

/// One stroke from the pen's touching down to its lifting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stroke {
    /// Takes ink away instead of putting it on.
    pub erase: bool,
    /// `[x, y]` in units from the pad's upper left corner, joined by straight lines; a single one is a dot.
    pub points: Vec<[f32; 2]>,
}

/// Why a drawing from a file cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    #[error("the drawing is {width} pixels wide, which is outside 1 to {MAX_WIDTH}, draw it anew")]
    Width { width: u32 },
    #[error("the drawing has {points} points, more than {MAX_POINTS}, draw it in fewer strokes")]
    Points { points: usize },
    #[error(
        "the strokes of the drawing are {length} pixels long, more than {MAX_LENGTH}, draw it \
         in shorter ones"
    )]
    Length { length: u32 },
    #[error(
        "stroke {stroke} of the drawing has a point that lies nowhere near the pad, draw it anew"
    )]
    Point {
        /// Counted from 1.
        stroke: usize,
    },
}

impl Drawing {
    /// An empty pad of `width` units.
    #[must_use]
    pub fn blank(width: u32) -> Self {
        Self { width, strokes: Vec::new() }
    }

    /// Whether no ink is to be seen: nothing was drawn, all of it beside the pad, or all is erased.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let inked = |stroke: &Stroke| !stroke.erase && !stroke.points.is_empty();
        !self.strokes.iter().any(inked) || self.raster(1).values().iter().all(|&ink| ink == 0.0)
    }

    /// Whether a drawing that comes from a file is one that a person can have drawn.
    ///
    /// # Errors
    /// A width outside 1 to [`MAX_WIDTH`], more than [`MAX_POINTS`] points (an empty stroke counts as
    /// one), a point that is no number or farther away than [`FARTHEST`], or strokes longer than
    /// [`MAX_LENGTH`] in all.
    pub fn check(&self) -> Result<(), DrawingError> {
        if !(1..=MAX_WIDTH).contains(&self.width) {
            return Err(DrawingError::Width { width: self.width });
        }
        let points = self.strokes.iter().map(|stroke| stroke.points.len().max(1)).sum();
        if points > MAX_POINTS {
            return Err(DrawingError::Points { points });
        }
        // A comparison with what is no number is false.
        let near = |point: &[f32; 2]| point.iter().all(|way| way.abs() <= FARTHEST);
        if let Some(index) = self.strokes.iter().position(|stroke| !stroke.points.iter().all(near))
        {
            return Err(DrawingError::Point { stroke: index + 1 });
        }
        let length = self.length();
        if length > MAX_LENGTH { Err(DrawingError::Length { length }) } else { Ok(()) }
    }

    /// How long all strokes are, in units.
    fn length(&self) -> u32 {
        let of = |stroke: &Stroke| -> f32 {
            let step =
                |ends: &[[f32; 2]; 2]| (ends[1][0] - ends[0][0]).hypot(ends[1][1] - ends[0][1]);
            stroke.points.array_windows().map(step).sum()
        };
        self.strokes.iter().map(of).sum::<f32>().round() as u32
    }

    /// The picture with `scale` pixels to a unit, `[1, 28·scale, width·scale]`: ink 1 on 0, round caps,
    /// an edge one pixel soft. `scale` is taken to lie in 1 to [`MAX_SCALE`], the width in 1 to
    /// [`MAX_WIDTH`].
    #[must_use]
    pub fn raster(&self, scale: usize) -> Array {
        self.raster_placed(scale, &Placement::default())
    }

    /// The picture of the drawing moved, turned and scaled about the pad's centre. The pen grows with
    /// it: the picture is that of [`Placement::apply`], but sharp, and strokes beyond the pad come in.
    #[must_use]
    pub fn raster_placed(&self, scale: usize, placement: &Placement) -> Array {
        let scale = scale.clamp(1, MAX_SCALE);
        let width = self.width.clamp(1, MAX_WIDTH);
        let placement = placement.clamped();
        let centre = [width, HEIGHT].map(|side| side as f32 / 2.0);
        let mut sheet = Sheet::blank(HEIGHT as usize * scale, width as usize * scale);
        for stroke in &self.strokes {
            let diameter = if stroke.erase { ERASER } else { PEN } * placement.scale;
            let place =
                |&point: &[f32; 2]| placement.point(point, centre).map(|way| way * scale as f32);
            let points: Vec<[f32; 2]> = stroke.points.iter().map(place).collect();
            sheet.stroke(&points, diameter / 2.0 * scale as f32, stroke.erase);
        }
        sheet.into_array()
    }
}
