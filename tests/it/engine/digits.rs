//! Some of the bundled digits as examples, as the LeNets want them.

use convscope::data;
use convscope::engine::examples::{ByteImages, digit_byte, digit_value};

/// Digits `first..first + count`.
pub fn digits(first: usize, count: usize) -> ByteImages<'static> {
    let set = data::digits::bundled();
    let pixels = &set.pixels()[first * 784..][..count * 784];
    let labels = &set.labels()[first..][..count];
    ByteImages::new([1, 28, 28], pixels, labels, [1, 32, 32], digit_value).unwrap()
}

#[test]
fn a_value_becomes_the_byte_that_it_came_from_and_what_is_no_such_value_the_nearest() {
    for byte in 0..=255 {
        assert_eq!(digit_byte(digit_value(byte)), byte);
    }
    assert_eq!([-3.0, 9.0, f32::NAN].map(digit_byte), [0, 255, 0]);
}
