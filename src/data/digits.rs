//! The 5,000 bundled digits: 500 of each class from MNIST, in a fixed shuffled order.
//!
//! `assets/make_digits.py` made the files. The first 4,000 are the training split, the last 1,000
//! the test split, 100 of each class.

use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use super::idx::{Split, read_pair};
use super::labelled::LabelledImages;

/// How many digits are bundled.
pub const COUNT: usize = 5000;
/// How many of them, from the first on, are the training split.
pub const TRAIN_COUNT: usize = 4000;
/// Rows and columns of a digit.
pub const SIDE: usize = 28;

static IMAGES: &[u8] = include_bytes!("../../assets/digits/images-idx3-ubyte.gz");
static LABELS: &[u8] = include_bytes!("../../assets/digits/labels-idx1-ubyte.gz");

static DIGITS: LazyLock<LabelledImages> = LazyLock::new(|| {
    read_pair(IMAGES, Path::new("bundled images"), LABELS, Path::new("bundled labels"))
        .expect("a test reads the bundled digits, and they are part of the program")
});

static TEST_PIXELS: LazyLock<HashSet<&'static [u8]>> =
    LazyLock::new(|| range(Split::Test).map(|index| DIGITS.image(index)).collect());

/// All bundled digits, unpacked on first use (a few milliseconds).
#[must_use]
pub fn bundled() -> &'static LabelledImages {
    &DIGITS
}

/// The numbers of the digits in a split.
#[must_use]
pub fn range(split: Split) -> Range<usize> {
    match split {
        Split::Train => 0..TRAIN_COUNT,
        Split::Test => TRAIN_COUNT..COUNT,
    }
}

/// Whether an image, 28×28 pixels, is one of the bundled test split. Larger sets hold these digits
/// too: weights trained on them would be judged on what they have seen.
#[must_use]
pub fn same_pixels_as_test_split(image: &[u8]) -> bool {
    TEST_PIXELS.contains(image)
}

/// The same for an image of a set; on a larger sheet, the middle of it counts.
#[must_use]
pub fn is_of_test_split(images: &LabelledImages, index: usize) -> bool {
    let [channels, height, width] = images.shape();
    if channels != 1 || height < SIDE || width < SIDE {
        return false;
    }
    let (top, left) = ((height - SIDE) / 2, (width - SIDE) / 2);
    let rows = images.image(index).chunks_exact(width).skip(top).take(SIDE);
    let middle: Vec<u8> = rows.flat_map(|row| &row[left..left + SIDE]).copied().collect();
    same_pixels_as_test_split(&middle)
}
