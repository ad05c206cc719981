//! What a set looks like before anything is learned from it: how many images each class has, their mean, a
//! few of each, and how alike neighbouring pixels are. The last is why small kernels are enough: a pixel says
//! much about those beside it and little about those far away. Pure, and the same for the same seed.

mod correlation;

pub use correlation::{Distance, FURTHEST, Standardised};

use super::labelled::LabelledImages;
use crate::array::Array;
use crate::array::portable::splitmix64;

/// How many images each class has; labels from `classes` on are not counted.
#[must_use]
pub fn counts(images: &LabelledImages, classes: usize) -> Vec<usize> {
    let mut counts = vec![0; classes];
    for &label in images.labels() {
        if let Some(count) = counts.get_mut(usize::from(label)) {
            *count += 1;
        }
    }
    counts
}

/// Mean images, `[c, h, w]` of 0..1.
#[derive(Clone, Debug, PartialEq)]
pub struct Means {
    /// Of all images; `None` if there are none.
    pub all: Option<Array>,
    /// Of the images of each class.
    pub of_class: Vec<Option<Array>>,
}

/// The mean of the images with these `numbers`, over all and class by class.
#[must_use]
pub fn means(images: &LabelledImages, numbers: &[usize], classes: usize) -> Means {
    let size: usize = images.shape().iter().product();
    // Whole numbers: 200,000 images of 255 stay far below 2³².
    let mut sums = vec![vec![0u32; size]; classes];
    let mut counts = vec![0usize; classes];
    let mut all = vec![0u32; size];
    for &number in numbers {
        let image = images.image(number);
        add(&mut all, image);
        let class = usize::from(images.labels()[number]);
        if let (Some(sum), Some(count)) = (sums.get_mut(class), counts.get_mut(class)) {
            add(sum, image);
            *count += 1;
        }
    }
    let mean = |sum: &[u32], count: usize| {
        let scale = 1.0 / (255.0 * count as f64);
        let value = |i: usize| (f64::from(sum[i]) * scale) as f32;
        (count > 0).then(|| Array::from_fn(&images.shape(), value))
    };
    Means {
        all: mean(&all, numbers.len()),
        of_class: sums.iter().zip(counts).map(|(sum, count)| mean(sum, count)).collect(),
    }
}

fn add(sum: &mut [u32], image: &[u8]) {
    for (sum, &pixel) in sum.iter_mut().zip(image) {
        *sum += u32::from(pixel);
    }
}

/// The numbers of at most `count` images of each class, chosen by the seed, in ascending order.
#[must_use]
pub fn sample(images: &LabelledImages, classes: usize, count: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut of_class = vec![Vec::new(); classes];
    for (number, &label) in images.labels().iter().enumerate() {
        if let Some(numbers) = of_class.get_mut(usize::from(label)) {
            numbers.push(number);
        }
    }
    of_class.into_iter().map(|numbers| chosen(numbers, count, seed)).collect()
}

/// The numbers of at most `count` images of all, chosen by the seed, in ascending order.
#[must_use]
pub fn some(images: &LabelledImages, count: usize, seed: u64) -> Vec<usize> {
    chosen((0..images.len()).collect(), count, seed)
}

/// Those that draw the smallest numbers.
fn chosen(mut numbers: Vec<usize>, count: usize, seed: u64) -> Vec<usize> {
    let start = splitmix64(seed);
    if count < numbers.len() {
        numbers.sort_by_cached_key(|&number| (splitmix64(start ^ number as u64), number));
        numbers.truncate(count);
        numbers.sort_unstable();
    }
    numbers
}
