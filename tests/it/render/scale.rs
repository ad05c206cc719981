//! Numbers become the colours that the colour grammar promises.

use convscope::array::Range;
use convscope::render::{NOT_A_NUMBER, Rgba, Scale};

const SCALES: [Scale; 4] = [
    Scale::Sequential,
    Scale::Diverging,
    Scale::Grey { inverted: false },
    Scale::Grey { inverted: true },
];

#[test]
fn the_ends_and_the_middle_are_known_colours() {
    assert_eq!(Scale::Sequential.colour(0.0), Rgba::opaque(0x44_01_54));
    assert_eq!(Scale::Sequential.colour(1.0), Rgba::opaque(0xFD_E7_25));
    assert_eq!(Scale::Diverging.colour(0.0), Rgba::opaque(0x2B_6C_B0));
    assert_eq!(Scale::Diverging.colour(1.0), Rgba::opaque(0xD9_59_0B));
    assert_eq!(Scale::Grey { inverted: false }.colour(0.0), Rgba::WHITE);
    assert_eq!(Scale::Grey { inverted: true }.colour(0.0), Rgba::BLACK);
}

#[test]
fn zero_is_white_on_a_diverging_scale_whatever_the_range() {
    for (min, max) in [(-1.0, 1.0), (-0.2, 7.0), (-3.0, -1.0), (0.0, 0.0)] {
        let colour = Scale::Diverging.value_colour(0.0, Range { min, max });
        assert_eq!(colour, Rgba::WHITE, "{min} to {max}");
    }
}

#[test]
fn a_range_wider_than_f32_still_has_a_middle() {
    let all = Range { min: f32::MIN, max: f32::MAX };
    assert_eq!(Scale::Sequential.value_colour(0.0, all), Scale::Sequential.colour(0.5));
}

#[test]
fn what_lies_outside_the_range_takes_the_ends() {
    let range = Range { min: 0.0, max: 1.0 };
    for scale in [Scale::Sequential, Scale::Grey { inverted: false }] {
        for low in [-5.0, f32::NEG_INFINITY] {
            assert_eq!(scale.value_colour(low, range), scale.colour(0.0));
        }
        for high in [5.0, f32::INFINITY] {
            assert_eq!(scale.value_colour(high, range), scale.colour(1.0));
        }
    }
}

#[test]
fn no_number_looks_like_not_a_number() {
    assert_eq!(Scale::Sequential.value_colour(f32::NAN, Range { min: 0., max: 1. }), NOT_A_NUMBER);
    for scale in SCALES {
        for step in 0..=1000 {
            let colour = scale.colour(step as f32 / 1000.0);
            let distance: u32 =
                (0..3).map(|i| u32::from(colour.0[i].abs_diff(NOT_A_NUMBER.0[i]))).sum();
            assert!(distance > 150, "{scale:?} at {step}: {colour:?}");
        }
    }
}
