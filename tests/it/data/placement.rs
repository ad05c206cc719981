use convscope::array::Array;
use convscope::data::placement::{MAX_SHIFT, Placement, SCALES};
use proptest::prelude::*;

const STILL: Placement = Placement { shift: [0.0; 2], turn: 0.0, scale: 1.0 };

fn numbers(height: usize, width: usize) -> Array {
    Array::from_fn(&[2, height, width], |i| i as f32 + 1.0)
}

#[test]
fn the_identity_touches_nothing() {
    let image = numbers(3, 4);
    for placement in [STILL, Placement { turn: -720.0, ..STILL }] {
        assert!(placement.is_identity());
        assert!(placement.apply(&image, 9.0).same_memory(&image));
    }
    assert!(!Placement { turn: 1e-3, ..STILL }.is_identity());
    assert_eq!(serde_json::from_str::<Placement>("{}").unwrap(), STILL);
    assert!(serde_json::from_str::<Placement>(r#"{"turns":3}"#).is_err());
}

#[test]
fn whole_pixels_and_quarter_turns_keep_every_value() {
    let image = numbers(5, 4);
    for (rows, columns) in [(1i64, 0i64), (0, -2), (-3, 3), (7, 1)] {
        let shift = [rows as f32, columns as f32];
        let moved = Placement { shift, ..STILL }.apply(&image, -0.3);
        for (c, y, x) in (0..40).map(|i| (i / 20, i / 4 % 5, i % 4)) {
            let (from_y, from_x) = (y as i64 - rows, x as i64 - columns);
            let inside = (0..5).contains(&from_y) && (0..4).contains(&from_x);
            let value = if inside { image.at([c, from_y as usize, from_x as usize]) } else { -0.3 };
            assert_eq!(moved.at([c, y, x]), value);
        }
    }
    let square = Array::new(&[3, 3], [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]).unwrap();
    let turn = |turn: f32| Placement { turn, ..STILL }.apply(&square, 0.0);
    // Clockwise: the left column, read upwards, becomes the upper row.
    assert_eq!(turn(90.0).values(), [7.0, 4.0, 1.0, 8.0, 5.0, 2.0, 9.0, 6.0, 3.0]);
    assert_eq!(turn(180.0).values(), [9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]);
    assert_eq!(turn(-90.0).values(), [3.0, 6.0, 9.0, 2.0, 5.0, 8.0, 1.0, 4.0, 7.0]);
}

#[test]
fn between_pixels_values_are_mixed() {
    let row = Array::new(&[1, 1, 4], [0.0, 1.0, 4.0, 2.0]).unwrap();
    let half = Placement { shift: [0.0, 0.5], ..STILL }.apply(&row, 10.0);
    assert_eq!(half.values(), [5.0, 0.5, 2.5, 3.0]);
    let quarter = Placement { shift: [-0.25, 0.0], ..STILL }.apply(&row, 10.0);
    assert_eq!(quarter.values(), [2.5, 3.25, 5.5, 4.0]);
    // Twice as large about the middle, 1.5: column x shows 1.5 + (x − 1.5) / 2.
    let large = Placement { scale: 2.0, ..STILL }.apply(&row, 10.0);
    assert_eq!(large.at([0, 0, 0]), 0.75);
    assert_eq!(large.at([0, 0, 3]), 4.0 - 0.25 * 2.0);
}

#[test]
fn a_placement_from_a_file_is_brought_into_bounds() {
    let wild = Placement { shift: [f32::NAN, 1e9], turn: 190.0, scale: 1e9 };
    let tame = Placement { shift: [0.0, MAX_SHIFT], turn: -170.0, scale: *SCALES.end() };
    assert_eq!(wild.clamped(), tame);
    let wild = Placement { shift: [-1e9, 3.0], turn: f32::INFINITY, scale: -1.0 };
    let tame = Placement { shift: [-MAX_SHIFT, 3.0], turn: 0.0, scale: *SCALES.start() };
    assert_eq!(wild.clamped(), tame);
    assert_eq!(Placement { turn: 540.0, ..STILL }.clamped().turn, 180.0);
    assert_eq!(Placement { turn: -179.5, ..STILL }.clamped().turn, -179.5);
    let image = numbers(3, 3);
    let zero = Placement { scale: 0.0, ..STILL };
    assert_eq!(zero.apply(&image, 0.5), zero.clamped().apply(&image, 0.5));
}

proptest! {
    /// A soft spot lies, after the image was placed, where the point in its middle was placed.
    #[test]
    fn images_go_where_points_go(
        spot in [18.0f32..30.0, 16.0f32..24.0],
        shift in [-4.0f32..4.0, -4.0f32..4.0],
        turn in -180.0f32..180.0,
        scale in 0.7f32..1.4,
    ) {
        let image = Array::from_fn(&[1, 40, 48], |i| {
            let (dx, dy) = ((i % 48) as f32 - spot[0], (i / 48) as f32 - spot[1]);
            (-(dx * dx + dy * dy) / 8.0).exp()
        });
        let placement = Placement { shift, turn, scale };
        let placed = placement.apply(&image, 0.0);
        let mass: f32 = placed.values().iter().sum();
        let moment = |at: fn(usize) -> usize| {
            let pairs = placed.values().iter().enumerate();
            pairs.map(|(i, value)| at(i) as f32 * value).sum::<f32>() / mass
        };
        let found = [moment(|i| i % 48), moment(|i| i / 48)];
        let expected = placement.point(spot, [23.5, 19.5]);
        for axis in 0..2 {
            prop_assert!((found[axis] - expected[axis]).abs() < 0.1, "{found:?}, not {expected:?}");
        }
        // The area grows with the square of the scale.
        let before: f32 = image.values().iter().sum();
        prop_assert!((mass / before / (scale * scale) - 1.0).abs() < 0.05);
    }
}
