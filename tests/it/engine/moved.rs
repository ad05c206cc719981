//! Images on their sheets: in colour, moved, and with their pixels in another order.

use convscope::data::{LabelledImages, Stage, digits, pipeline};
use convscope::engine::EngineError;
use convscope::engine::examples::{
    ByteImages, Examples, Scrambled, Shifted, Subset, digit_value, scramble,
};

use super::digits::digits;
use crate::support::grey_picture;

fn image(examples: &dyn Examples, index: usize) -> Vec<f32> {
    let mut image = vec![f32::NAN; examples.shape().iter().product()];
    examples.fill(index, &mut image);
    image
}

/// Two colour images of 2 × 3 on grey paper.
fn colour() -> LabelledImages {
    let pixels = (0..36).map(|i| i * 7).collect();
    LabelledImages::of_shape([3, 2, 3], pixels, vec![4, 2]).unwrap().with_paper(90)
}

#[test]
fn grey_images_are_as_the_pipeline_prepares_them_bit_for_bit() {
    let set = digits::bundled();
    let examples = ByteImages::of(set, [1, 32, 32]).unwrap();
    for index in [0, 17, 4321] {
        let picture = grey_picture(28, set.image(index));
        let grey = Stage::Grey {}.apply(&picture.to_array()).unwrap();
        let one = convscope::array::Array::from_fn(&[1, 28, 28], |i| {
            f32::from(set.image(index)[i]) / 255.0
        });
        assert!(grey.values().iter().zip(one.values()).all(|(a, b)| (a - b).abs() < 1e-6));
        let prepared = pipeline::tensor(&pipeline::digit_idx(), &one).unwrap();
        assert_eq!(image(&examples, index), prepared.values());
    }
}

#[test]
fn colour_lies_in_the_middle_of_its_papers_sheet() {
    let set = colour();
    let examples = ByteImages::of(&set, [3, 4, 5]).unwrap();
    assert_eq!((examples.len(), examples.label(1), examples.paper()), (2, 2, digit_value(90)));
    let found = image(&examples, 1);
    for (i, value) in found.iter().enumerate() {
        let (channel, y, x) = (i / 20, i / 5 % 4, i % 5);
        let inside = (1..3).contains(&y) && (1..4).contains(&x);
        let byte = if inside { set.image(1)[channel * 6 + (y - 1) * 3 + x - 1] } else { 90 };
        assert_eq!(*value, digit_value(byte), "{channel} {y} {x}");
    }
    // Grey images are not for a colour network, nor the other way round.
    for (set, shape) in [(&set, [1, 4, 5]), (digits::bundled(), [3, 32, 32]), (&set, [3, 2, 2])] {
        let refused = ByteImages::of(set, shape);
        assert!(matches!(refused, Err(EngineError::Input { .. })), "{shape:?}");
    }
}

#[test]
fn a_shift_by_nothing_changes_nothing_and_shifts_add_up() {
    let (grey, set) = (digits(3, 4), colour());
    let coloured = ByteImages::of(&set, [3, 6, 9]).unwrap();
    for all in [&grey as &dyn Examples, &coloured] {
        let [_, h, w] = all.shape();
        let none = Shifted { all, dy: 0, dx: 0 };
        assert_eq!(image(&none, 1), image(all, 1));
        // Nothing has left the sheet after the first step, so that two steps are one.
        let first = Shifted { all, dy: 1, dx: -1 };
        let second = Shifted { all: &first, dy: -2, dx: 3 };
        let once = Shifted { all, dy: -1, dx: 2 };
        assert_eq!(image(&second, 1), image(&once, 1));
        assert_ne!(image(&once, 1), image(all, 1));
        assert_eq!(
            (once.len(), once.label(1), once.shape()),
            (all.len(), all.label(1), all.shape())
        );
        // Pixel by pixel, and paper where nothing comes from.
        let (from, to) = (image(all, 1), image(&once, 1));
        for (i, &value) in to.iter().enumerate() {
            let (map, y, x) = (i / (h * w) * h * w, i / w % h, i % w);
            let expected =
                if y + 1 < h && x >= 2 { from[map + (y + 1) * w + x - 2] } else { all.paper() };
            assert_eq!(value, expected);
        }
        for far in [60, -60] {
            let gone = Shifted { all, dy: far, dx: 1 };
            assert!(image(&gone, 0).iter().all(|&value| value == all.paper()));
            let gone = Shifted { all, dy: 0, dx: far };
            assert!(image(&gone, 0).iter().all(|&value| value == all.paper()));
        }
    }
}

#[test]
fn scrambling_moves_every_pixel_once_and_all_images_alike() {
    let places = scramble(5, 6, 9);
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, (0..54).collect::<Vec<_>>());
    assert_eq!(places, scramble(5, 6, 9));
    assert_ne!(places, scramble(6, 6, 9));

    let set = colour();
    let all = ByteImages::of(&set, [3, 6, 9]).unwrap();
    let scrambled = Scrambled { all: &all, permutation: &places };
    for index in 0..2 {
        let (from, to) = (image(&all, index), image(&scrambled, index));
        assert_eq!(scrambled.label(index), all.label(index));
        for channel in 0..3 {
            for (place, &source) in places.iter().enumerate() {
                assert_eq!(to[channel * 54 + place], from[channel * 54 + source]);
            }
        }
        assert_ne!(from, to);
    }
    let some = Subset { all: &scrambled, numbers: vec![1] };
    assert_eq!((some.paper(), image(&some, 0)), (all.paper(), image(&scrambled, 1)));
}
