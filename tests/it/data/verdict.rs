use std::path::Path;

use convscope::array::Array;
use convscope::data::verdict::{PhotoReason, judge};
use convscope::data::{Verdict, digits, picture};

use crate::support::grey_picture;
use crate::support::photo::{Scene, photographed, photographed_all};

fn judged(file: &[u8]) -> Verdict {
    judge(&picture::decode(file, Path::new("x")).unwrap().to_array()).unwrap()
}

#[test]
fn bundled_digits_are_digits() {
    let images = digits::bundled();
    let mut wrong = 0;
    for index in (0..images.len()).step_by(5) {
        let picture = grey_picture(28, images.image(index));
        wrong += usize::from(judge(&picture.to_array()) != Ok(Verdict::Digit));
    }
    assert!(wrong <= 1, "{wrong} of 1,000");
}

#[test]
fn photographed_digits_are_digits_and_empty_sheets_are_empty() {
    let mut wrong = 0;
    for seed in 0..30 {
        let digit = digits::bundled().image(seed as usize);
        wrong += usize::from(judged(&photographed(digit, seed)) != Verdict::Digit);
        wrong += usize::from(judged(&photographed_all(&[], seed)) != Verdict::NoInk);
    }
    assert!(wrong <= 3, "{wrong} of 60");
    for value in [0.0, 0.5, 1.0] {
        assert_eq!(judge(&Array::full(&[3, 280, 280], value)), Ok(Verdict::NoInk));
        assert_eq!(judge(&Array::full(&[1, 1, 1], value)), Ok(Verdict::NoInk));
    }
}

#[test]
fn two_digits_on_a_sheet_are_two() {
    let mut right = 0;
    for seed in 0..20 {
        let mut left = Scene::new(seed);
        let mut second = Scene::new(seed);
        left.size = left.size.min(200.0);
        second.size = left.size;
        second.middle = [left.middle[0], left.middle[1] + 0.85 * left.size];
        let images = digits::bundled();
        let pair =
            [(images.image(seed as usize), left), (images.image(seed as usize + 50), second)];
        right += usize::from(
            judged(&photographed_all(&pair, seed)) == Verdict::SeveralBlobs { count: 2 },
        );
    }
    assert!(right >= 17, "{right} of 20");
}

#[test]
fn colours_texture_and_clutter_are_photos() {
    let photo = |reason| Ok(Verdict::Photo { reason });
    // Soft patches of colour.
    let colours = Array::from_fn(&[3, 200, 300], |i| {
        let (channel, y, x) = (i / 60_000, i / 300 % 200, i % 300);
        0.5 + 0.4 * ((x as f32 / 40.0 + 2.0 * channel as f32).sin() * (y as f32 / 30.0).cos())
    });
    assert_eq!(judge(&colours), photo(PhotoReason::Colourful));
    // Grass, gravel.
    let mut state = 1u32;
    let texture = Array::from_fn(&[1, 200, 300], |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32
    });
    assert_eq!(judge(&texture), photo(PhotoReason::NoPaper));
    // A page of small marks.
    let page = Array::from_fn(&[1, 300, 300], |i| {
        let (y, x) = (i / 300, i % 300);
        if (3..15).contains(&(y % 20)) && (5..9).contains(&(x % 15)) { 0.1 } else { 0.9 }
    });
    assert_eq!(judge(&page), photo(PhotoReason::Cluttered));
}
