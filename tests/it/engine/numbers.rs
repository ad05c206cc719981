//! Random numbers, distortions, splits and answers: the small pure parts.

use convscope::array::Array;
use convscope::data;
use convscope::engine::answer;
use convscope::engine::augment::{Affine, Augment, Elastic};
use convscope::engine::examples::{ByteImages, Examples, Subset, batch, hold_out};
use convscope::engine::lanes;
use convscope::engine::rng::{Purpose, Rng, fnv1a64, splitmix64, symmetric};
use convscope::network::zoo;

use super::digits::digits;

#[test]
fn the_generators_are_the_published_ones() {
    assert_eq!(splitmix64(0), 0xE220_A839_7B1D_CDAF);
    assert_eq!(Rng::new(&[]).next_u64(), 0xE220_A839_7B1D_CDAF);
    assert_eq!(fnv1a64(""), 0xCBF2_9CE4_8422_2325);
    assert_eq!(fnv1a64("a"), 0xAF63_DC4C_8601_EC8C);
    assert_eq!(fnv1a64("foobar"), 0x8594_4171_F739_67E8);
    assert_eq!(symmetric(0), -1.0);
    assert_eq!(symmetric(u64::MAX), 1.0 - 2.0 / f64::from(1 << 24));
}

#[test]
fn numbers_below_an_end_reach_all_of_them_alike() {
    let mut rng = Rng::new(&[5, 6]);
    let mut counts = [0; 7];
    (0..7000).for_each(|_| counts[rng.below(7)] += 1);
    assert!(counts.iter().all(|count| (850..1150).contains(count)), "{counts:?}");
    assert_ne!(Rng::new(&[1, 2]), Rng::new(&[2, 1]));
}

/// Recorded results hang on these numbers.
#[test]
fn every_purpose_has_a_number_of_its_own() {
    use Purpose::{Distortion, Dropping, HoldOut, Order, Scrambling};
    let all = [HoldOut, Order, Distortion, Scrambling, Dropping];
    assert_eq!(all.map(|purpose| purpose as u64), [1, 2, 3, 4, 5]);
    assert_eq!(Rng::of(7, Order, &[2, 3]), Rng::new(&[7, 2, 2, 3]));
}

#[test]
fn distortions_are_the_same_for_the_same_seed_and_none_without_limits() {
    let digits = digits(0, 1);
    let mut image = vec![0.0; 1024];
    digits.fill(0, &mut image);
    let distort = |affine: Affine, seed: u64| {
        let mut output = vec![0.0; 1024];
        Augment::from(affine).distort(&[seed], [1, 32, 32], &image, &mut output);
        output
    };
    let still = Affine { rotation: 0.0, scale: 0.0, shear: 0.0, shift: 0.0 };
    assert_eq!(distort(still, 1), image);
    let usual = Affine { rotation: 0.2, scale: 0.12, shear: 0.1, shift: 2.0 };
    assert_eq!(distort(usual, 1), distort(usual, 1));
    assert_ne!(distort(usual, 1), distort(usual, 2));
    // Ink neither vanishes nor appears from nowhere.
    let ink = |image: &[f32]| image.iter().map(|value| value + 0.1).sum::<f32>();
    for seed in 0..50 {
        let output = distort(usual, seed);
        assert!((ink(&output) / ink(&image) - 1.0).abs() < 0.4, "seed {seed}");
        assert!(output.iter().all(|value| (-0.1001..1.1751).contains(value)));
    }
}

#[test]
fn a_shift_moves_the_image() {
    let image: Vec<f32> = (0..16).map(|i| i as f32).collect();
    // With a limit of 0 but for the shift, the drawn amount can be read off the first rows.
    let affine = Affine { rotation: 0.0, scale: 0.0, shear: 0.0, shift: 1.0 };
    let mut output = vec![0.0; 16];
    Augment::from(affine).distort(&[9], [1, 4, 4], &image, &mut output);
    let moved = output[5] - image[5];
    assert!(moved != 0.0 && (output[6] - image[6] - moved).abs() < 1e-5);
}

#[test]
fn a_crop_shifts_by_whole_pixels_and_a_mirror_turns_every_second_image_round() {
    // Every pixel another number; two maps that must move alike.
    let image: Vec<f32> = (0..2 * 64).map(|i| i as f32).collect();
    let distort = |augment: Augment, seed: u64| {
        let mut output = vec![0.0; image.len()];
        augment.distort(&[seed], [2, 8, 8], &image, &mut output);
        output
    };
    let crop = Augment { crop: 2, ..Augment::default() };
    let mut offsets = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let output = distort(crop, seed);
        let middle = output[3 * 8 + 4] as i64;
        let (down, right) = (middle / 8 - 3, middle % 8 - 4);
        offsets.insert((down, right));
        for (y, x) in [(2, 2), (4, 3), (5, 5)] {
            let expected = (y + down) * 8 + x + right;
            assert_eq!(output[(y * 8 + x) as usize], expected as f32);
            assert_eq!(output[(64 + y * 8 + x) as usize], (64 + expected) as f32);
        }
    }
    assert_eq!(offsets.len(), 25, "all of −2 … 2 by −2 … 2: {offsets:?}");
    let mirror = Augment { mirror: true, ..Augment::default() };
    let mirrored: Vec<f32> = (0..128).map(|i| (i / 8 * 8 + 7 - i % 8) as f32).collect();
    let turned = (0..400).filter(|&seed| {
        let output = distort(mirror, seed);
        assert!(output == image || output == mirrored);
        output == mirrored
    });
    let turned = turned.count();
    assert!((160..=240).contains(&turned), "{turned} of 400");
}

#[test]
fn elastic_distortions_are_smooth_and_as_far_as_the_paper_has_them() {
    // A ramp tells how far each pixel came from: the columns of the source.
    let side = 29;
    let image: Vec<f32> = (0..side * side).map(|i| (i % side) as f32).collect();
    let elastic = Augment { elastic: Some(Elastic::default()), ..Augment::default() };
    let (mut squares, mut steps, mut count) = (0.0f64, 0.0f64, 0.0f64);
    for seed in 0..60 {
        let mut output = vec![0.0; image.len()];
        elastic.distort(&[seed], [1, side, side], &image, &mut output);
        // Away from the border, where nothing is cut off.
        for y in 12..17 {
            for x in 12..16 {
                let moved = |x: usize| f64::from(output[y * side + x]) - x as f64;
                squares += moved(x).powi(2);
                steps += (moved(x + 1) - moved(x)).powi(2);
                count += 1.0;
            }
        }
    }
    // Even numbers of −1 to 1 have variance 1/3; a Gaussian in two dimensions leaves 1/(4πσ²) of it, and
    // neighbours differ by 1/(2σ²) of that.
    let expected = 34.0f64.powi(2) / 3.0 / (4.0 * std::f64::consts::PI * 16.0);
    assert!((squares / count / expected - 1.0).abs() < 0.3, "{} for {expected}", squares / count);
    assert!((steps / squares * 32.0 - 1.0).abs() < 0.3, "{}", steps / squares * 32.0);
}

#[test]
fn digits_lie_in_the_middle_of_the_paper() {
    let digits = digits(0, 3);
    let mut image = vec![0.0; 1024];
    digits.fill(2, &mut image);
    assert_eq!(image[..2 * 32], [-0.1; 64]);
    assert_eq!(image[30 * 32..], [-0.1; 64]);
    assert!(image.iter().any(|&value| value > 1.1));
    assert!(image.iter().all(|&value| value <= 1.175 + 1e-6));
}

#[test]
fn digits_are_what_the_preprocessing_makes_of_them() {
    let set = data::digits::bundled();
    let examples = ByteImages::of(set, [1, 32, 32]).unwrap();
    for index in [0, 1, 2, 4999] {
        let mut found = vec![0.0; 1024];
        examples.fill(index, &mut found);
        let pixels: Vec<f32> =
            set.image(index).iter().map(|&byte| f32::from(byte) / 255.0).collect();
        let picture = Array::new(&[1, 28, 28], pixels).unwrap();
        let expected = data::pipeline::tensor(&data::pipeline::digit_idx(), &picture).unwrap();
        assert_eq!(found, expected.values(), "digit {index}");
    }
}

#[test]
fn a_held_out_part_is_apart_and_its_seeds_own() {
    let (others, kept) = hold_out((0..100).collect(), 20, 7);
    assert_eq!((others.len(), kept.len()), (80, 20));
    let mut all = [others.clone(), kept.clone()].concat();
    all.sort_unstable();
    assert_eq!(all, (0..100).collect::<Vec<_>>());
    assert_eq!(hold_out((0..100).collect(), 20, 7), (others, kept.clone()));
    assert_ne!(hold_out((0..100).collect(), 20, 8).1, kept);
    assert_eq!(hold_out((0..3).collect(), 20, 7), (vec![], vec![0, 1, 2]));
}

#[test]
fn a_batch_holds_the_images_that_it_was_asked_for() {
    let digits = digits(0, 20);
    let subset = Subset { all: &digits, numbers: (10..20).collect() };
    let batch = batch(&subset, &[9, 0, 3, 1, 2, 4, 5, 6, 7], None).unwrap();
    assert_eq!(batch.images.dims(), [2, 1, 32, 32, 8]);
    assert_eq!(batch.labels[..2], [digits.label(19), digits.label(10)]);
    let mut expected = vec![0.0; 1024];
    digits.fill(19, &mut expected);
    assert_eq!(lanes::unpack(&batch.images, 0).unwrap().values(), expected);
    // Lanes without an image hold zeros.
    assert_eq!(lanes::unpack(&batch.images, 9).unwrap().values(), [0.0; 1024]);
}

#[test]
fn the_answer_is_the_nearest_picture_or_the_highest_score() {
    let scores = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0];
    let order = |ranking: &[answer::Candidate]| -> Vec<usize> {
        ranking.iter().map(|candidate| candidate.class).collect()
    };
    let distances = answer::ranking(&zoo::lenet5(), &scores, 3);
    assert_eq!(order(&distances), [1, 3, 6]);
    assert_eq!(distances[0].score, 1.0);
    // e^(−½) to e^(−1): half a distance apart.
    let ratio = distances[2].probability / distances[0].probability;
    assert!((ratio - (-0.5f64).exp()).abs() < 1e-9);
    let logits = answer::ranking(&zoo::lenet5_modern(), &scores, 3);
    assert_eq!(order(&logits), [5, 7, 4]);
    let total: f64 = answer::probabilities(&zoo::lenet5(), &scores).iter().sum();
    assert!((total - 1.0).abs() < 1e-12);
}
