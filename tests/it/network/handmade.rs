use convscope::network::handmade::{Flip, Handmade, flipped};

const GABORS: [Handmade; 4] =
    [Handmade::Gabor0, Handmade::Gabor45, Handmade::Gabor90, Handmade::Gabor135];

fn close(found: &[f32], expected: &[f32]) -> bool {
    found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6)
}

#[test]
fn small_kernels_are_those_of_the_textbooks() {
    #[rustfmt::skip]
    let sobel = [
        -0.25, -0.5, -0.25,
         0.0,   0.0,  0.0,
         0.25,  0.5,  0.25,
    ];
    assert!(close(&Handmade::HorizontalEdge.kernel([3, 3]), &sobel));
    #[rustfmt::skip]
    let sharpen = [
        -0.125, -0.25, -0.125,
        -0.25,   2.5,  -0.25,
        -0.125, -0.25, -0.125,
    ];
    assert!(close(&Handmade::Sharpen.kernel([3, 3]), &sharpen));
    let smooth = [1.0, 4.0, 6.0, 4.0, 1.0];
    let blur: Vec<f32> = (0..25).map(|i| smooth[i / 5] * smooth[i % 5] / 256.0).collect();
    assert!(close(&Handmade::Blur.kernel([5, 5]), &blur));
    let slope = [-1.0, -2.0, 0.0, 2.0, 1.0];
    let edge: Vec<f32> = (0..25).map(|i| smooth[i / 5] * slope[i % 5] / 48.0).collect();
    assert!(close(&Handmade::VerticalEdge.kernel([5, 5]), &edge));
    assert!(close(&Handmade::VerticalEdge.kernel([1, 2]), &[-1.0, 1.0]));
    // cos(2πx/4) is 1, 0, −1 at 0, ±1, ±2: a bright bar between two dark ones.
    let gabor = Handmade::Gabor0.kernel([5, 5]);
    let row = &gabor[10..15];
    assert!(row[2] > 0.3 && row[0] < -0.15 && (row[0] - row[4]).abs() < 1e-6, "{row:?}");
    assert!(row[1] < row[2] && row[1] > row[0], "{row:?}");
}

#[test]
fn sums_are_what_the_kernels_are_for_at_every_size() {
    for size in (1..=8).flat_map(|rows| (1..=8).map(move |columns| [rows, columns])) {
        for handmade in Handmade::ALL {
            let kernel = handmade.kernel(size);
            assert_eq!(kernel.len(), size[0] * size[1]);
            let sum: f32 = kernel.iter().sum();
            let squares: f32 = kernel.iter().map(|value| value * value).sum();
            let at = format!("{} {size:?}: {sum}, {squares}", handmade.name());
            match handmade {
                Handmade::Blur | Handmade::Sharpen => assert!((sum - 1.0).abs() < 1e-5, "{at}"),
                Handmade::Zero => assert_eq!(squares, 0.0),
                Handmade::HorizontalEdge | Handmade::VerticalEdge => {
                    assert!(sum.abs() < 1e-5, "{at}");
                    let rise: f32 = kernel.iter().filter(|value| **value > 0.0).sum();
                    let along =
                        if handmade == Handmade::HorizontalEdge { size[0] } else { size[1] };
                    assert!(
                        (rise - if along > 1 { 1.0 } else { 0.0 }).abs() < 1e-5,
                        "{at}: {rise}"
                    );
                }
                Handmade::Gabor0 | Handmade::Gabor45 | Handmade::Gabor90 | Handmade::Gabor135 => {
                    assert!(sum.abs() < 1e-5, "{at}");
                    let has_room = size.iter().all(|&side| side >= 3);
                    let unit = (squares - 1.0).abs() < 1e-5;
                    assert!(unit || (!has_room && squares == 0.0), "{at}");
                }
            }
        }
    }
    for handmade in Handmade::ALL {
        assert!(handmade.kernel([1, 5000]).iter().all(|value| value.is_finite()));
    }
    let long: f32 = Handmade::Blur.kernel([5000, 1]).iter().sum();
    assert!((long - 1.0).abs() < 1e-4, "{long}");
}

/// Each wave answers most to the line that lies across its way.
#[test]
fn waves_answer_to_lines_of_their_own_direction() {
    for side in [3usize, 5, 7, 11] {
        let middle = side / 2;
        let lines: [fn(usize, usize, usize) -> bool; 4] = [
            |_, x, middle| x == middle,
            |y, x, _| y == x,
            |y, _, middle| y == middle,
            |y, x, middle| y + x == 2 * middle,
        ];
        for (own, gabor) in GABORS.into_iter().enumerate() {
            let kernel = gabor.kernel([side, side]);
            let answers = lines.map(|line| -> f32 {
                let on = |i: &usize| line(i / side, i % side, middle);
                (0..side * side).filter(on).map(|i| kernel[i]).sum()
            });
            for other in (0..4).filter(|&other| other != own) {
                assert!(answers[own] > answers[other] + 0.1, "{gabor:?} {side}: {answers:?}");
            }
        }
    }
}

#[test]
fn edges_answer_to_a_step_with_its_height() {
    // Dark above, bright from the middle row on: below the middle of an even kernel.
    let kernel = Handmade::HorizontalEdge.kernel([4, 3]);
    let answer: f32 = kernel[6..].iter().map(|weight| weight * 0.7).sum();
    assert!((answer - 0.7).abs() < 1e-6, "{answer}");
    let turned = Handmade::VerticalEdge.kernel([3, 4]);
    let transposed: Vec<f32> = (0..12).map(|i| kernel[i % 4 * 3 + i / 4]).collect();
    assert!(close(&turned, &transposed));
}

#[test]
fn kernels_are_turned_round() {
    let kernel = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    assert_eq!(flipped(&kernel, [2, 3], Flip::Rows), [4.0, 5.0, 6.0, 1.0, 2.0, 3.0]);
    assert_eq!(flipped(&kernel, [2, 3], Flip::Columns), [3.0, 2.0, 1.0, 6.0, 5.0, 4.0]);
    assert_eq!(flipped(&kernel, [2, 3], Flip::Both), [6.0, 5.0, 4.0, 3.0, 2.0, 1.0]);
    for flip in Flip::ALL {
        assert_eq!(flipped(&flipped(&kernel, [3, 2], flip), [3, 2], flip), kernel);
    }
    let mirrored = flipped(&Handmade::Gabor45.kernel([5, 5]), [5, 5], Flip::Columns);
    assert!(close(&mirrored, &Handmade::Gabor135.kernel([5, 5])));
}

#[test]
fn names_are_those_of_the_files() {
    for handmade in Handmade::ALL {
        let text = serde_json::to_string(&handmade).unwrap();
        assert_eq!(text, format!("\"{}\"", handmade.name()));
    }
    assert_eq!(serde_json::to_string(&Flip::Columns).unwrap(), r#""columns""#);
}
