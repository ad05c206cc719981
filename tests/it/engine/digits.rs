//! Some of the bundled digits as examples, as the LeNets want them.

use convscope::data;
use convscope::engine::examples::{ByteImages, digit_value};

/// Digits `first..first + count`.
pub fn digits(first: usize, count: usize) -> ByteImages<'static> {
    let set = data::digits::bundled();
    let pixels = &set.pixels()[first * 784..][..count * 784];
    let labels = &set.labels()[first..][..count];
    ByteImages::new([1, 28, 28], pixels, labels, [1, 32, 32], digit_value).unwrap()
}
