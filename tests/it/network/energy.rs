//! Figures of heat maps.

use convscope::array::Array;
use convscope::network::receptive::Bounds;
use convscope::network::receptive::energy::{central_quarter, maximum, profiles, share_in_quarter};

const fn square(start: i64, end: i64) -> Bounds {
    Bounds { y0: start, x0: start, y1: end, x1: end }
}

/// A map of zeros with some values at (row, column).
fn map<const N: usize>(side: usize, hot: [([usize; 2], f32); N]) -> Array {
    Array::from_fn(&[side, side], |i| {
        let here = hot.iter().find(|([y, x], _)| [i / side, i % side] == [*y, *x]);
        here.map_or(0.0, |&(_, value)| value)
    })
}

#[test]
fn the_central_quarter_of_sixteen_is_the_middle_eight_by_eight() {
    assert_eq!(central_quarter(square(8, 24)), [12.0..20.0, 12.0..20.0]);
    assert_eq!(central_quarter(Bounds { y0: -1, x0: 0, y1: 4, x1: 14 }), [0.25..2.75, 3.5..10.5]);
}

#[test]
fn energy_is_squared_and_cut_pixels_count_in_part() {
    let share = |heat: &Array, bounds| share_in_quarter(heat, bounds).expect("there is energy");
    // 3² of 3² + 4² lies in the middle.
    let heat = map(8, [([3, 4], 3.0), ([0, 0], -4.0)]);
    assert_eq!(share(&heat, square(0, 8)), 9.0 / 25.0);
    // Six rows: the half runs from 1.5 to 4.5, through the middle of rows 1 and 4.
    assert_eq!(share(&map(6, [([1, 2], 1.0)]), square(0, 6)), 0.5);
    assert_eq!(share(&map(6, [([1, 4], 1.0)]), square(0, 6)), 0.25);
    // Five: from 1.25 to 3.75.
    assert_eq!(share(&map(5, [([1, 2], 1.0)]), square(0, 5)), 0.75);
    // An even spread gives a quarter, whatever the side, and none has no share.
    for side in 1..12 {
        let even = Array::full(&[side, side], 0.5);
        let share = share(&even, square(0, side as i64));
        assert!((share - 0.25).abs() < 1e-12, "{side}: {share}");
    }
    assert_eq!(share_in_quarter(&Array::full(&[1, 4, 4], 0.0), square(0, 4)), None);
    assert_eq!(share_in_quarter(&Array::full(&[1, 4, 4], f32::NAN), square(0, 4)), None);
}

#[test]
fn profiles_are_sums_of_rows_and_columns() {
    let heat = Array::from_fn(&[1, 2, 3], |i| i as f32);
    let profiles = profiles(&heat);
    assert_eq!(profiles.rows, [3.0, 12.0]);
    assert_eq!(profiles.columns, [3.0, 5.0, 7.0]);
    assert_eq!(maximum(&heat), 5.0);
    assert_eq!(maximum(&Array::full(&[2, 2], f32::INFINITY)), 0.0);
}
