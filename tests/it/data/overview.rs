use convscope::data::overview::{FURTHEST, Standardised, counts, means, sample, some};
use convscope::data::{LabelledImages, Split, digits};
use convscope::engine::examples::scramble;

/// Four images of 2 × 3.
fn small() -> LabelledImages {
    #[rustfmt::skip]
    let pixels = vec![
        0, 10, 7,   5,  0, 3,
        2, 20, 7,   9,  8, 1,
        4, 30, 7,   1,  0, 9,
        6, 40, 7,  13,  8, 3,
    ];
    LabelledImages::new(2, 3, pixels, vec![0, 1, 1, 3]).unwrap()
}

/// Pearson's r of two pixels, by its definition.
fn pearson(images: &LabelledImages, p: usize, q: usize) -> f64 {
    let n = images.len() as f64;
    let value = |i: usize, place: usize| f64::from(images.image(i)[place]);
    let mean = |place| (0..images.len()).map(|i| value(i, place)).sum::<f64>() / n;
    let (a, b) = (mean(p), mean(q));
    let sum = |f: &dyn Fn(usize) -> f64| (0..images.len()).map(f).sum::<f64>();
    let both = sum(&|i| (value(i, p) - a) * (value(i, q) - b));
    let first = sum(&|i| (value(i, p) - a).powi(2));
    let second = sum(&|i| (value(i, q) - b).powi(2));
    both / (first * second).sqrt()
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("there are pairs");
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

#[test]
fn correlations_are_those_computed_by_hand() {
    let images = small();
    let all = Standardised::new(&images, &[0, 1, 2, 3]);
    let r = |p, q| pearson(&images, p, q);
    // By hand: (0, 2, 4, 6) and (10, 20, 30, 40) rise together.
    assert!((r(0, 1) - 1.0).abs() < 1e-12);
    // Pixel 3 is 5, 9, 1, 13 with mean 7, pixel 4 is 0, 8, 0, 8 with mean 4: the products add up to
    // 8 + 8 + 24 + 24 = 64, the squares to 4 + 4 + 36 + 36 = 80 and to 64.
    assert!((r(3, 4) - 64.0 / (80.0 * 64.0_f64).sqrt()).abs() < 1e-12);
    // Pixel 2 never varies, so pairs with it do not count.
    near(all.at(0, 1), (r(0, 1) + r(3, 4) + r(4, 5)) / 3.0);
    near(all.at(1, 0), f64::midpoint(r(0, 3), r(1, 4)));
    near(all.at(0, 2), r(3, 5));
    near(all.at(1, 1), f64::midpoint(r(0, 4), r(1, 5)));
    near(all.at(0, 0), 1.0);
    assert_eq!((all.at(2, 0), all.at(1, 2).is_some(), all.at(0, 3)), (None, true, None));

    let curve = all.curve(3);
    assert_eq!(curve.len(), 4);
    assert_eq!((curve[1].distance, curve[3].both), (1, None));
    near(curve[1].both, (r(0, 1) + r(3, 4) + r(4, 5) + r(0, 3) + r(1, 4)) / 5.0);
    assert_eq!(curve[2].both, curve[2].across, "there are only two rows");

    // Places 0 and 5 change; then 5 is where 0 was.
    let turned = all.scrambled(&[5, 1, 2, 3, 4, 0]);
    near(turned.at(0, 1), (r(5, 1) + r(3, 4) + r(4, 0)) / 3.0);
    assert_eq!(Standardised::new(&images, &[]).at(0, 1), None);
}

#[test]
fn channels_are_compared_with_themselves() {
    let images = small();
    let mut pixels = Vec::new();
    for i in 0..4 {
        for _ in 0..3 {
            pixels.extend(images.image(i));
        }
    }
    let colour = LabelledImages::of_shape([3, 2, 3], pixels, vec![0; 4]).unwrap();
    let [grey, colour] = [&images, &colour].map(|set| Standardised::new(set, &[0, 1, 2, 3]));
    for (dy, dx) in [(0, 1), (1, 0), (1, 1)] {
        near(colour.at(dy, dx), grey.at(dy, dx).unwrap());
    }
}

#[test]
fn near_pixels_of_digits_are_alike_and_far_or_scrambled_ones_are_not() {
    let images = digits::bundled().subset(digits::range(Split::Train));
    let numbers = some(&images, 1000, 1);
    let all = Standardised::new(&images, &numbers);
    let curve = all.curve(FURTHEST);
    near(curve[0].both, 1.0);
    let at = |distance: usize| curve[distance].both.unwrap();
    assert!(at(1) > 0.6 && at(2) > 0.3, "{curve:?}");
    assert!((8..=FURTHEST).all(|distance| at(distance).abs() < 0.12), "{curve:?}");
    assert!(at(1) > at(2) && at(2) > at(3) && at(3) > at(4), "{curve:?}");
    let scrambled = all.scrambled(&scramble(1, 28, 28)).curve(FURTHEST);
    assert!(scrambled[1..].iter().all(|d| d.both.unwrap().abs() < 0.08), "{scrambled:?}");
    near(scrambled[0].both, 1.0);
}

#[test]
fn counts_and_means_are_those_of_each_class() {
    let images = small();
    assert_eq!(counts(&images, 4), [1, 2, 0, 1]);
    assert_eq!(counts(&images, 2), [1, 2], "what is beyond is not counted");
    let means = means(&images, &[0, 1, 2, 3], 4);
    let values = |array: &Option<convscope::array::Array>| {
        let values = array.as_ref().unwrap().values();
        values.iter().map(|value| (value * 255.0 * 4.0).round()).collect::<Vec<_>>()
    };
    assert_eq!(values(&means.all), [12.0, 100.0, 28.0, 28.0, 16.0, 16.0]);
    assert_eq!(values(&means.of_class[1]), [12.0, 100.0, 28.0, 20.0, 16.0, 20.0]);
    assert_eq!(means.of_class[2], None);
    assert_eq!(means.all.unwrap().shape(), [1, 2, 3]);
}

#[test]
fn samples_are_of_their_class_and_decided_by_the_seed() {
    let images = digits::bundled();
    let picked = sample(images, 10, 6, 3);
    for (class, numbers) in picked.iter().enumerate() {
        assert_eq!(numbers.len(), 6);
        assert!(numbers.is_sorted_by(|a, b| a < b));
        assert!(numbers.iter().all(|&number| usize::from(images.labels()[number]) == class));
    }
    assert_eq!(picked, sample(images, 10, 6, 3));
    assert_ne!(picked, sample(images, 10, 6, 4));
    assert_eq!(sample(&small(), 4, 6, 3), [vec![0], vec![1, 2], vec![], vec![3]]);
    assert_eq!(some(&small(), 9, 1), [0, 1, 2, 3]);
}
