//! What is written: connected patches of ink.

use super::plane::Plane;

/// Ink above this is surely ink; levelled images only.
const SURE: f32 = 0.35;
/// Fainter edges of a stroke belong to it down to this value.
const FAINT: f32 = 0.06;
/// A patch that touches the edge of the picture counts this much: it is rather a shadow.
const EDGE_WEIGHT: f32 = 0.03;
/// A smaller patch with this part of the main one's ink may be a stroke of the same digit,
const MIN_PART: f32 = 0.015;
/// if it is no further away than this part of the main one's longer side.
const MAX_GAP: f32 = 0.5;
/// At the edge of the picture it has to be nearer, and no longer than the main one, or nearly so.
const MAX_GAP_AT_EDGE: f32 = 0.1;
const MAX_LENGTH_AT_EDGE: f32 = 1.5;

/// One connected patch; rows and columns are half-open.
#[derive(Clone, Debug, PartialEq)]
pub struct Blob {
    /// The sum of its values.
    pub mass: f32,
    pub pixels: usize,
    pub rows: [usize; 2],
    pub columns: [usize; 2],
    /// Whether it touches the top, left, bottom and right edge of the picture.
    pub sides: [bool; 4],
}

impl Blob {
    pub fn at_edge(&self) -> bool {
        self.sides.contains(&true)
    }

    pub fn height(&self) -> usize {
        self.rows[1] - self.rows[0]
    }

    pub fn width(&self) -> usize {
        self.columns[1] - self.columns[0]
    }

    pub fn longer_side(&self) -> usize {
        self.height().max(self.width())
    }

    /// The rows and columns that lie between the boxes of two patches.
    pub fn gaps(&self, other: &Self) -> [usize; 2] {
        let between = |a: [usize; 2], b: [usize; 2]| a[0].max(b[0]).saturating_sub(a[1].min(b[1]));
        [between(self.rows, other.rows), between(self.columns, other.columns)]
    }

    fn may_belong_to(&self, main: &Self) -> bool {
        let longer = main.longer_side() as f32;
        let [rows, columns] = self.gaps(main);
        let gap = rows.max(columns) as f32 / longer;
        let length = self.longer_side() as f32 / longer;
        gap <= MAX_GAP
            && (!self.at_edge() || (gap <= MAX_GAP_AT_EDGE && length <= MAX_LENGTH_AT_EDGE))
    }

    fn weight(&self) -> f32 {
        if self.at_edge() { self.mass * EDGE_WEIGHT } else { self.mass }
    }
}

/// The patches of a levelled image and which patch each pixel belongs to.
pub struct Blobs {
    pub list: Vec<Blob>,
    /// 0 outside, else 1 + the place in `list`.
    labels: Vec<u32>,
}

impl Blobs {
    /// The patch that is written, the heaviest one away from the edge, and after it those near
    /// enough to be its parts.
    pub fn written(&self) -> Vec<usize> {
        let order =
            |&a: &usize, &b: &usize| self.list[a].weight().total_cmp(&self.list[b].weight());
        let Some(main) = (0..self.list.len()).max_by(order) else {
            return Vec::new();
        };
        let first = &self.list[main];
        let parts = (0..self.list.len()).filter(|&other| {
            let part = &self.list[other];
            other != main && part.mass >= MIN_PART * first.mass && part.may_belong_to(first)
        });
        std::iter::once(main).chain(parts).collect()
    }
}

/// Finds the patches: neighbours are the eight pixels around.
pub fn find_blobs(plane: &Plane) -> Blobs {
    let mut blobs = Blobs { list: Vec::new(), labels: vec![0; plane.values.len()] };
    let mut open = Vec::new();
    for seed in 0..plane.values.len() {
        if plane.values[seed] < SURE || blobs.labels[seed] != 0 {
            continue;
        }
        let label = blobs.list.len() as u32 + 1;
        let mut blob = Blob {
            mass: 0.0,
            pixels: 0,
            rows: [usize::MAX, 0],
            columns: [usize::MAX, 0],
            sides: [false; 4],
        };
        blobs.labels[seed] = label;
        open.push(seed);
        while let Some(pixel) = open.pop() {
            let (y, x) = (pixel / plane.width, pixel % plane.width);
            blob.mass += plane.values[pixel];
            blob.pixels += 1;
            blob.rows = [blob.rows[0].min(y), blob.rows[1].max(y + 1)];
            blob.columns = [blob.columns[0].min(x), blob.columns[1].max(x + 1)];
            let here = [y == 0, x == 0, y + 1 == plane.height, x + 1 == plane.width];
            blob.sides = std::array::from_fn(|side| blob.sides[side] || here[side]);
            for near in neighbours(plane, pixel) {
                if plane.values[near] >= SURE && blobs.labels[near] == 0 {
                    blobs.labels[near] = label;
                    open.push(near);
                }
            }
        }
        blobs.list.push(blob);
    }
    blobs
}

/// The pixel itself and the up to eight around it.
fn neighbours(plane: &Plane, pixel: usize) -> impl Iterator<Item = usize> + use<> {
    let (height, width) = (plane.height, plane.width);
    let (y, x) = (pixel / width, pixel % width);
    let columns = x.saturating_sub(1)..(x + 2).min(width);
    (y.saturating_sub(1)..(y + 2).min(height))
        .flat_map(move |y| columns.clone().map(move |x| y * width + x))
}

/// Cuts a levelled image to what is written and wipes out everything else; without ink the image
/// stays as it is.
pub(super) fn crop_to_ink(plane: &Plane) -> Plane {
    let blobs = find_blobs(plane);
    let written = blobs.written();
    if written.is_empty() {
        return plane.clone();
    }
    let kept = with_faint_edges(plane, &blobs, &written);
    let inked = |&(i, _): &(usize, &f32)| kept.values[i] > 0.0;
    let mut rows = [usize::MAX, 0];
    let mut columns = [usize::MAX, 0];
    for (i, _) in kept.values.iter().enumerate().filter(inked) {
        let (y, x) = (i / plane.width, i % plane.width);
        rows = [rows[0].min(y), rows[1].max(y + 1)];
        columns = [columns[0].min(x), columns[1].max(x + 1)];
    }
    kept.crop(rows[0], columns[0], rows[1] - rows[0], columns[1] - columns[0])
}

/// The ink of the patches `written` together with the fainter pixels that connect to them.
fn with_faint_edges(plane: &Plane, blobs: &Blobs, written: &[usize]) -> Plane {
    let mut kept = Plane::zeros(plane.height, plane.width);
    let mut open: Vec<usize> = (0..plane.values.len())
        .filter(|&i| blobs.labels[i] > 0 && written.contains(&(blobs.labels[i] as usize - 1)))
        .collect();
    for &pixel in &open {
        kept.values[pixel] = plane.values[pixel];
    }
    while let Some(pixel) = open.pop() {
        for near in neighbours(plane, pixel) {
            let faint = plane.values[near] >= FAINT && blobs.labels[near] == 0;
            // Only downhill: an edge fades out, another patch would rise again.
            if faint && kept.values[near] == 0.0 && plane.values[near] <= plane.values[pixel] {
                kept.values[near] = plane.values[near];
                open.push(near);
            }
        }
    }
    kept
}
