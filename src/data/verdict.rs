//! Before any score: is this a digit at all?
//!
//! A network for digits answers "3" to a cat as calmly as to a 3. The judgement looks at the picture
//! itself, not at the scores, and does not depend on which stages are switched on. The limits were
//! chosen on the bundled digits (as pixels and as photographs) and on the photos of scikit-image.

use crate::array::Array;
use crate::data::pipeline::{
    Blob, Blobs, DIGIT_FILE_SIDE, Levelled, PipelineError, Plane, Stage, find_blobs,
    invert_if_paper_is_light, level, quantile, tensor,
};

/// What a picture seems to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One thing, written in ink: it may be a digit.
    Digit,
    /// Nothing is written.
    NoInk,
    /// `count` separate things of similar size are written.
    SeveralBlobs { count: usize },
    /// This looks like a photo of something else.
    Photo { reason: PhotoReason },
}

/// Why a picture looks like a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoReason {
    /// Many colours, where ink and paper have two.
    Colourful,
    /// No even paper anywhere.
    NoPaper,
    /// More ink than a digit has.
    TooMuchInk,
    /// Many small things.
    Cluttered,
}

/// A larger part of the picture whose tint differs from the paper's is not ink.
const MAX_TINTED: f32 = 0.25;
/// A tint differs if (red − green) or (blue − green), as a part of the sum of the three, does so by this.
const TINT: f32 = 0.04;
/// Standard deviation of the paper, as a part of the light; paper in bad light has up to 0.05.
const MAX_GRAIN: f32 = 0.08;
/// MNIST's boldest digits cover 0.34 of 28×28, and 0.65 of their own box.
const MAX_COVER: f32 = 0.7;
/// Smaller things, compared to the shorter side, are dust.
const MIN_SIZE: f32 = 0.03;
/// A shadow along an edge is at most this wide, compared to the picture.
const MAX_SHADOW: f32 = 0.35;
/// Clutter: more things than this, and more of the ink in those that belong to no digit.
const MAX_THINGS: usize = 12;
const MAX_STRAY: f32 = 0.1;
/// Smaller patches, compared to the largest, are no things.
const MIN_THING: f32 = 0.1;

/// Judges a picture, `[3, h, w]` or `[1, h, w]` of 0..1.
///
/// # Errors
/// If the picture has no pixels or another number of channels.
pub fn judge(image: &Array) -> Result<Verdict, PipelineError> {
    let grey = [Stage::FitWithin { longer_side: DIGIT_FILE_SIDE }, Stage::Grey {}];
    let grey = Plane::of(&tensor(&grey, image)?, 0);
    if tinted(image)? > MAX_TINTED {
        return Ok(Verdict::Photo { reason: PhotoReason::Colourful });
    }
    Ok(judge_ink(&level(&invert_if_paper_is_light(&grey))))
}

fn judge_ink(Levelled { plane, grain }: &Levelled) -> Verdict {
    let photo = |reason| Verdict::Photo { reason };
    if *grain > MAX_GRAIN {
        return photo(PhotoReason::NoPaper);
    }
    let blobs = find_blobs(plane);
    let written = blobs.written();
    let Some(main) = written.first().map(|&index| &blobs.list[index]) else {
        return Verdict::NoInk;
    };
    let shorter = plane.height.min(plane.width) as f32;
    if is_shadow(main, plane) || (main.longer_side() as f32) < MIN_SIZE * shorter {
        return Verdict::NoInk;
    }
    let inked: usize = blobs.list.iter().map(|blob| blob.pixels).sum();
    if inked as f32 > MAX_COVER * plane.values.len() as f32 {
        return photo(PhotoReason::TooMuchInk);
    }
    let count = 1 + blobs.list.iter().filter(|blob| is_another(blob, main)).count();
    if count > MAX_THINGS || is_cluttered(&blobs, &written) {
        return photo(PhotoReason::Cluttered);
    }
    if count > 1 { Verdict::SeveralBlobs { count } } else { Verdict::Digit }
}

/// The part of the picture whose tint is not that of most of it: paper in warm light has one tint.
fn tinted(image: &Array) -> Result<f32, PipelineError> {
    if image.chw()[0] == 1 {
        return Ok(0.0);
    }
    let small = tensor(&[Stage::FitWithin { longer_side: 64 }], image)?;
    let [red, green, blue] = [0, 1, 2].map(|channel| small.map(channel).values);
    let tint = |i: usize| {
        // Dark pixels have no reliable tint: the constant draws theirs to grey.
        let sum = red[i] + green[i] + blue[i] + 0.15;
        [(red[i] - green[i]) / sum, (blue[i] - green[i]) / sum]
    };
    let tints: Vec<[f32; 2]> = (0..red.len()).map(tint).collect();
    let usual = [0, 1].map(|axis| quantile(tints.iter().map(|tint| tint[axis]), 0.5));
    let differs =
        |tint: &&[f32; 2]| (tint[0] - usual[0]).abs() > TINT || (tint[1] - usual[1]).abs() > TINT;
    Ok(tints.iter().filter(differs).count() as f32 / tints.len() as f32)
}

/// A narrow band along a whole edge.
fn is_shadow(blob: &Blob, plane: &Plane) -> bool {
    let height = blob.height() as f32 / plane.height as f32;
    let width = blob.width() as f32 / plane.width as f32;
    blob.sides.iter().filter(|side| **side).count() == 3 && height.min(width) < MAX_SHADOW
}

/// Whether a patch is a thing of its own beside `main`: large enough, and away by more than the
/// gaps inside broken digits. Things side by side may be nearer if both are tall, as two digits of one number
/// are.
fn is_another(blob: &Blob, main: &Blob) -> bool {
    if blob.at_edge() || blob == main || blob.mass < 0.2 * main.mass {
        return false;
    }
    let longer = main.longer_side() as f32;
    let [rows, columns] = blob.gaps(main).map(|gap| gap as f32 / longer);
    let tall = blob.height() as f32 > 0.6 * longer && main.height() as f32 > 0.6 * longer;
    let large = blob.longer_side() as f32 > 0.4 * longer;
    large && rows.max(columns) > 0.22 || tall && columns > 0.1
}

/// Whether much of the ink is in many things that are none of the patches `written`. Grains in a
/// dark corner are smaller than things, and a shadow lies at the edge.
fn is_cluttered(blobs: &Blobs, written: &[usize]) -> bool {
    let Some(main) = written.first().map(|&index| &blobs.list[index]) else {
        return false;
    };
    let min_size = MIN_THING * main.longer_side() as f32;
    let is_thing = |blob: &Blob| !blob.at_edge() && blob.longer_side() as f32 > min_size;
    let things: Vec<usize> = (0..blobs.list.len()).filter(|&i| is_thing(&blobs.list[i])).collect();
    let mass = |index: &usize| blobs.list[*index].mass;
    let all: f32 = things.iter().map(mass).sum();
    let stray: f32 = things.iter().filter(|index| !written.contains(index)).map(mass).sum();
    things.len() > MAX_THINGS && stray > MAX_STRAY * all
}
