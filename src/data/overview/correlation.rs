//! How pixels correlate with their distance.
//!
//! For two places p and q of the images, Pearson's r over the images is the mean of z(p)·z(q), where z is
//! a pixel less the mean at its place, divided by the standard deviation there. So the mean of r over all
//! pairs of places at one offset takes one pass over the standardised images, place times shifted place,
//! without a table of pairs.

use crate::data::labelled::LabelledImages;

/// The largest distance of the curve, in pixels.
pub const FURTHEST: usize = 14;

/// Images of which every pixel has mean 0 and standard deviation 1 over the images; a pixel that is the
/// same in all of them is 0 in all.
#[derive(Clone, Debug)]
pub struct Standardised {
    shape: [usize; 3],
    /// `[n, c, h, w]`.
    values: Vec<f32>,
    /// Which pixels of `[c, h, w]` vary at all.
    varies: Vec<bool>,
    count: usize,
}

/// The mean correlation of two pixels of the same channel at a distance; `None` where no two pixels that
/// vary are so far apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// In pixels.
    pub distance: usize,
    /// Of pixels one above the other.
    pub down: Option<f64>,
    /// Of pixels side by side.
    pub across: Option<f64>,
    /// Over the pairs of both kinds together.
    pub both: Option<f64>,
}

/// The correlations of all pairs at an offset.
#[derive(Clone, Copy)]
struct Pairs {
    sum: f64,
    count: usize,
}

impl Pairs {
    fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    fn with(self, other: Self) -> Self {
        Self { sum: self.sum + other.sum, count: self.count + other.count }
    }
}

impl Standardised {
    /// Of the images with these numbers.
    #[must_use]
    pub fn new(images: &LabelledImages, numbers: &[usize]) -> Self {
        let shape = images.shape();
        let size: usize = shape.iter().product();
        let count = numbers.len();
        // Exact: a square is below 2¹⁶, and there are at most 200,000 images.
        let (mut sums, mut squares) = (vec![0u64; size], vec![0u64; size]);
        for &number in numbers {
            for ((sum, square), &pixel) in
                sums.iter_mut().zip(&mut squares).zip(images.image(number))
            {
                let pixel = u64::from(pixel);
                *sum += pixel;
                *square += pixel * pixel;
            }
        }
        // n² times the variance, a whole number: nothing is lost where it is small.
        let n = count as u64;
        let spread: Vec<u64> =
            sums.iter().zip(&squares).map(|(&sum, &square)| n * square - sum * sum).collect();
        let scale: Vec<[f32; 2]> = sums
            .iter()
            .zip(&spread)
            .map(|(&sum, &spread)| {
                let per_byte = if spread == 0 { 0.0 } else { n as f64 / (spread as f64).sqrt() };
                let mean = sum as f64 / n.max(1) as f64;
                [per_byte as f32, (-mean * per_byte) as f32]
            })
            .collect();
        let mut values = Vec::with_capacity(count * size);
        for &number in numbers {
            let pixels = images.image(number).iter().zip(&scale);
            values.extend(pixels.map(|(&pixel, [scale, shift])| f32::from(pixel) * scale + shift));
        }
        Self { shape, values, varies: spread.iter().map(|&spread| spread > 0).collect(), count }
    }

    /// The same images with their pixels in another order: place i of every channel gets what was at
    /// `permutation[i]`, each of the h·w places once.
    #[must_use]
    pub fn scrambled(&self, permutation: &[usize]) -> Self {
        let [_, height, width] = self.shape;
        let area = (height * width).max(1);
        let moved = |from: usize| permutation.iter().map(move |&place| from + place);
        let starts = |len: usize| (0..len).step_by(area);
        let values = starts(self.values.len()).flat_map(moved).map(|i| self.values[i]).collect();
        let varies = starts(self.varies.len()).flat_map(moved).map(|i| self.varies[i]).collect();
        Self { values, varies, ..*self }
    }

    /// The mean of Pearson's r over all pairs of pixels (y, x) and (y + `dy`, x + `dx`) of one channel that
    /// both vary; `None` where there is none.
    #[must_use]
    pub fn at(&self, dy: usize, dx: usize) -> Option<f64> {
        self.pairs(dy, dx).mean()
    }

    /// The correlation at every distance from 0 (where it is 1) to `furthest`, down the columns and along
    /// the rows.
    #[must_use]
    pub fn curve(&self, furthest: usize) -> Vec<Distance> {
        let at = |distance| {
            let (down, across) = (self.pairs(distance, 0), self.pairs(0, distance));
            let both = down.with(across).mean();
            Distance { distance, down: down.mean(), across: across.mean(), both }
        };
        (0..=furthest).map(at).collect()
    }

    fn pairs(&self, dy: usize, dx: usize) -> Pairs {
        let [_, height, width] = self.shape;
        if dy >= height || dx >= width {
            return Pairs { sum: 0.0, count: 0 };
        }
        let area = height * width;
        let mut count = 0;
        for map in self.varies.chunks_exact(area) {
            let both = |(&a, &b): (&bool, &bool)| usize::from(a && b);
            count += rows(map, [height, width], dy, dx)
                .map(|(a, b)| a.iter().zip(b).map(both).sum::<usize>())
                .sum::<usize>();
        }
        let mut sum = 0.0;
        for map in self.values.chunks_exact(area) {
            sum += rows(map, [height, width], dy, dx)
                .map(|(a, b)| f64::from(product(a, b)))
                .sum::<f64>();
        }
        Pairs { sum: sum / self.count.max(1) as f64, count }
    }
}

/// The rows of a map, each with what lies `dy` rows and `dx` columns on.
fn rows<T>(
    map: &[T],
    [height, width]: [usize; 2],
    dy: usize,
    dx: usize,
) -> impl Iterator<Item = (&[T], &[T])> {
    (0..height - dy).map(move |y| {
        (&map[y * width..][..width - dx], &map[(y + dy) * width + dx..][..width - dx])
    })
}

/// The scalar product, in eight sums side by side so that it takes vector instructions.
fn product(a: &[f32], b: &[f32]) -> f32 {
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    let rest: f32 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}
