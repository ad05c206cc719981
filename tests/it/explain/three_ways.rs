//! The three ways against plain loops, and what is known of them without computing.

use convscope::array::Array;
use convscope::explain::three_ways::{
    FIELD, IMAGE, MAP, ThreeWays, Turned, changed, moved_along, shifted,
};
use proptest::prelude::*;

const PAPER: f32 = -0.1;

fn blob() -> Array {
    Array::from_fn(&[1, IMAGE, IMAGE], |i| {
        let (y, x) = ((i / IMAGE) as f32 - 15.0, (i % IMAGE) as f32 - 13.0);
        if y.abs() < 5.0 && x.abs() < 3.0 { 1.0 - 0.1 * y.abs() } else { PAPER }
    })
}

#[test]
fn the_shared_kernel_and_the_local_ones_are_sums_over_a_window() {
    let (ways, image) = (ThreeWays::seeded(), blob());
    let maps = ways.run(&image, None);
    let (local, shared) = (maps.local.expect("fits"), maps.shared.expect("fits"));
    for unit in [[0, 0], [3, 17], [27, 27]] {
        let kernels = ways.kernels(unit);
        let sum = |kernel: &[f32]| -> f64 {
            (0..FIELD * FIELD)
                .map(|i| {
                    let at = [0, unit[0] + i / FIELD, unit[1] + i % FIELD];
                    f64::from(kernel[i]) * f64::from(image.at(at))
                })
                .sum()
        };
        let [y, x] = unit;
        assert!((sum(kernels[0]) - f64::from(local.at([0, y, x]))).abs() < 1e-5);
        assert!((sum(kernels[1]) - f64::from(shared.at([0, y, x]))).abs() < 1e-5);
    }
    assert_ne!(ways.kernels([0, 0])[0], ways.kernels([0, 1])[0]);
    assert_eq!(ways.kernels([0, 0])[1], ways.kernels([9, 1])[1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Equivariance: the convolution of a moved image is the moved convolution, wherever the old place
    /// is on the map. Nobody else's is.
    #[test]
    fn only_the_convolution_moves_along(dy in -4..5_i32, dx in -4..5_i32) {
        prop_assume!([dy, dx] != [0, 0]);
        let (ways, image) = (ThreeWays::seeded(), blob());
        let moved = shifted(&image, [dy, dx], PAPER);
        let (before, after) = (ways.run(&image, None), ways.run(&moved, None));
        let along = |a: &Option<Array>, b: &Option<Array>| {
            moved_along(a.as_ref().expect("fits"), b.as_ref().expect("fits"), [dy, dx])
        };
        let [shared, of] = along(&before.shared, &after.shared);
        prop_assert_eq!(of, (MAP - dy.unsigned_abs() as usize) * (MAP - dx.unsigned_abs() as usize));
        prop_assert_eq!(shared, of);
        prop_assert!(along(&before.local, &after.local)[0] < of / 20);
        prop_assert!(along(&before.full, &after.full)[0] < of / 20);
    }

    /// One weight in the hand: one pixel of the maps without sharing, all of the shared one.
    #[test]
    fn one_weight_changes_one_pixel_or_all(y in 0..MAP, x in 0..MAP, ky in 0..FIELD, kx in 0..FIELD) {
        let (ways, image) = (ThreeWays::seeded(), blob());
        let turned = Turned { unit: [y, x], weight: [ky, kx], by: 0.5 };
        let (before, after) = (ways.run(&image, None), ways.run(&image, Some(turned)));
        let count = |a: &Option<Array>, b: &Option<Array>| {
            changed(a.as_ref().expect("fits"), b.as_ref().expect("fits"))
        };
        prop_assert_eq!(count(&before.full, &after.full), 1);
        prop_assert_eq!(count(&before.local, &after.local), 1);
        prop_assert_eq!(count(&before.shared, &after.shared), MAP * MAP);
    }
}

#[test]
fn the_same_kernel_fits_an_image_of_any_size() {
    let larger = Array::full(&[1, IMAGE, 2 * IMAGE], 0.5);
    let maps = ThreeWays::seeded().run(&larger, None);
    assert!(maps.full.is_none() && maps.local.is_none());
    assert_eq!(maps.shared.expect("fits").chw(), [1, MAP, 2 * IMAGE - FIELD + 1]);
}
