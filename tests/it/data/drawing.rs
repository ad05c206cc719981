use convscope::array::Array;
use convscope::data::drawing::{Drawing, DrawingError, Stroke};
use convscope::data::drawing::{ERASER, HEIGHT, MAX_POINTS, PEN};
use convscope::data::placement::Placement;
use proptest::prelude::*;

fn pen(points: &[[f32; 2]]) -> Stroke {
    Stroke { erase: false, points: points.to_vec() }
}

fn eraser(points: &[[f32; 2]]) -> Stroke {
    Stroke { erase: true, points: points.to_vec() }
}

fn pad(strokes: Vec<Stroke>) -> Drawing {
    Drawing { width: 28, strokes }
}

/// A four, off the middle.
fn four() -> Drawing {
    pad(vec![pen(&[[11.0, 6.0], [8.0, 15.0], [17.0, 15.5]]), pen(&[[16.0, 8.0], [14.5, 21.0]])])
}

fn mean_difference(a: &Array, b: &Array) -> f32 {
    assert_eq!(a.shape(), b.shape());
    a.values().iter().zip(b.values()).map(|(a, b)| (a - b).abs()).sum::<f32>() / a.len() as f32
}

/// Ink of one stroke by brute force: how near the pixel is to a row of points close together.
fn cover(points: &[[f32; 2]], radius: f32, [x, y]: [f32; 2]) -> f32 {
    let mut distance = f32::INFINITY;
    for i in 0..points.len() {
        let (a, b) = (points[i], points[(i + 1).min(points.len() - 1)]);
        for step in 0..=400u16 {
            let t = f32::from(step) / 400.0;
            let at = [0, 1].map(|axis| a[axis] + t * (b[axis] - a[axis]));
            distance = distance.min((x - at[0]).hypot(y - at[1]));
        }
    }
    (radius + 0.5 - distance).clamp(0.0, 1.0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn strokes_cover_what_lies_near_their_points(
        ink in prop::collection::vec([-6.0f32..40.0, -6.0f32..34.0], 1..4),
        wiped in prop::collection::vec([0.0f32..34.0, 0.0f32..28.0], 0..3),
        scale in 1..3usize,
    ) {
        let drawing = Drawing { width: 34, strokes: vec![pen(&ink), eraser(&wiped)] };
        let picture = drawing.raster(scale);
        prop_assert_eq!(picture.shape(), &[1, 28 * scale, 34 * scale]);
        let unit = scale as f32;
        for (i, &value) in picture.values().iter().enumerate() {
            let pixel = [i % (34 * scale), i / (34 * scale)].map(|at| at as f32 + 0.5);
            let scaled = |points: &[[f32; 2]]| -> Vec<[f32; 2]> {
                points.iter().map(|point| point.map(|way| way * unit)).collect()
            };
            let inked = cover(&scaled(&ink), PEN / 2.0 * unit, pixel);
            let taken = cover(&scaled(&wiped), ERASER / 2.0 * unit, pixel);
            let expected = inked.min(1.0 - taken);
            prop_assert!((value - expected).abs() < 0.02, "{pixel:?}: {value}, not {expected}");
        }
    }
}

#[test]
fn a_dot_is_a_disc_of_the_pens_size() {
    let picture = pad(vec![pen(&[[14.0, 10.0]])]).raster(10);
    let area: f32 = picture.values().iter().sum();
    let disc = std::f32::consts::PI * (10.0 * PEN / 2.0).powi(2);
    assert!((area / disc - 1.0).abs() < 0.01, "{area} is not {disc}");
    assert_eq!((picture.at([0, 100, 140]), picture.at([0, 140, 100])), (1.0, 0.0));
}

#[test]
fn an_eraser_takes_away_what_was_drawn_before_it() {
    let line = [[3.0, 14.0], [25.0, 14.0]];
    let middle = |drawing: &Drawing| drawing.raster(2).at([0, 28, 28]);
    assert_eq!(middle(&pad(vec![pen(&line)])), 1.0);
    assert_eq!(middle(&pad(vec![pen(&line), eraser(&[[14.0, 14.0]])])), 0.0);
    assert_eq!(middle(&pad(vec![eraser(&[[14.0, 14.0]]), pen(&line)])), 1.0);

    assert!(Drawing::blank(28).is_blank());
    assert!(pad(vec![eraser(&line), pen(&[])]).is_blank());
    assert!(!pad(vec![pen(&line)]).is_blank());
    assert!(pad(vec![pen(&line), eraser(&line)]).is_blank());
    assert!(pad(vec![pen(&[[-90.0, 14.0]])]).is_blank(), "beside the pad");
}

#[test]
fn a_placed_drawing_is_the_placed_picture() {
    let (drawing, scale) = (four(), 4);
    let picture = drawing.raster(scale);
    assert_eq!(drawing.raster_placed(scale, &Placement::default()), picture);
    for (placement, tolerance) in [
        (Placement { shift: [2.0, -3.0], ..Placement::default() }, 1e-5),
        (Placement { turn: 90.0, ..Placement::default() }, 1e-5),
        (Placement { turn: 33.0, ..Placement::default() }, 0.004),
        (Placement { scale: 1.5, ..Placement::default() }, 0.015),
        (Placement { shift: [1.5, 1.0], turn: -20.0, scale: 0.7 }, 0.008),
    ] {
        let placed = drawing.raster_placed(scale, &placement);
        let shift = placement.shift.map(|way| way * scale as f32);
        let expected = Placement { shift, ..placement }.apply(&picture, 0.0);
        let difference = mean_difference(&placed, &expected);
        assert!(difference < tolerance, "{placement:?}: {difference}");
        assert!(mean_difference(&picture, &expected) > 0.05, "{placement:?} moves something");
    }
}

#[test]
fn what_a_file_says_is_checked() {
    assert_eq!(four().check(), Ok(()));
    let text = serde_json::to_string(&four()).unwrap();
    assert!(text.starts_with(r#"{"width":28,"strokes":[{"erase":false,"points":[[11.0,6.0]"#));
    assert_eq!(serde_json::from_str::<Drawing>(&text).unwrap(), four());
    assert!(serde_json::from_str::<Drawing>(r#"{"width":28,"strokes":[],"pen":3}"#).is_err());

    for width in [0, 513, u32::MAX] {
        let wrong = Drawing::blank(width);
        assert_eq!(wrong.check(), Err(DrawingError::Width { width }));
        // Unchecked it costs no more than the widest pad.
        let [_, height, pixels] = wrong.raster(1).chw();
        assert!(height == HEIGHT as usize && (1..=512).contains(&pixels));
    }
    let many = pad(vec![pen(&[]); MAX_POINTS + 1]);
    assert_eq!(many.check(), Err(DrawingError::Points { points: MAX_POINTS + 1 }));
    for wrong in [f32::NAN, f32::INFINITY, -1e30] {
        let drawing = pad(vec![pen(&[[3.0, 3.0]]), pen(&[[9.0, 9.0], [9.0, wrong]])]);
        assert_eq!(drawing.check(), Err(DrawingError::Point { stroke: 2 }));
        assert!(drawing.raster(2).values().iter().all(|ink| (0.0..=1.0).contains(ink)));
    }
}
