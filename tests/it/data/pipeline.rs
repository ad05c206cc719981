use convscope::array::Array;
use convscope::data::drawing::{Drawing, Stroke};
use convscope::data::pipeline::{self, INK, PAPER, Stage, run, tensor};
use convscope::data::{PipelineError, digits};

use crate::support::grey_picture;

fn grey(height: usize, width: usize, value: impl Fn(usize, usize) -> f32) -> Array {
    Array::from_fn(&[1, height, width], |i| value(i / width, i % width))
}

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-5
}

#[test]
fn idx_pixels_are_padded_with_paper_and_normalised() {
    let digit = digits::bundled().image(0);
    let input = Array::from_fn(&[1, 28, 28], |i| f32::from(digit[i]) / 255.0);
    let steps = run(&pipeline::digit_idx(), &input).unwrap();
    assert_eq!(steps.len(), 2);
    let tensor = &steps[1].image;
    assert_eq!(tensor.shape(), [1, 32, 32]);
    for y in 0..32 {
        for x in 0..32 {
            let inside = (2..30).contains(&y) && (2..30).contains(&x);
            let pixel = if inside { input.at([0, y - 2, x - 2]) } else { 0.0 };
            assert!(close(tensor.at([0, y, x]), PAPER + pixel * (INK - PAPER)));
        }
    }
}

#[test]
fn every_stage_survives_json() {
    let mut stages = pipeline::digit_file();
    stages.extend(pipeline::squeezenet());
    stages.extend(pipeline::line());
    stages.extend([Stage::fit([20, 30]), Stage::sheet([20, 30], 0.5)]);
    let text = serde_json::to_string(&stages).unwrap();
    assert!(text.contains(r#"{"stage":"pad","side":32,"value":0.0}"#), "{text}");
    assert!(text.contains(r#"{"stage":"grey"}"#), "{text}");
    for stage in &stages {
        assert!(text.contains(&format!(r#""stage":"{}""#, stage.name())));
    }
    assert_eq!(serde_json::from_str::<Vec<Stage>>(&text).unwrap(), stages);
    for wrong in [
        r#"{"stage":"sharpen"}"#,
        r#"{"stage":"pad","side":32}"#,
        r#"{"stage":"grey","side":32}"#,
        r#"{"stage":"pad","side":-1,"value":0.0}"#,
        r#"{"stage":"scale_to_height","height":28}"#,
        r#"{"stage":"pad_rows","side":32,"value":0.0}"#,
    ] {
        assert!(serde_json::from_str::<Stage>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_stage_that_does_not_fit_says_why() {
    let small = grey(4, 5, |_, _| 0.5);
    let colour = Array::full(&[3, 4, 5], 0.5);
    let apply = |stage: Stage, image: &Array| stage.apply(image).unwrap_err();
    let cases = [
        (Stage::LevelLight {}, &colour),
        (Stage::Grey {}, &Array::full(&[2, 4, 5], 0.5)),
        (Stage::Pad { side: 3, value: 0.0 }, &small),
        (Stage::CentreByMass { side: 4 }, &small),
        (Stage::Pad { side: 1 << 40, value: 0.0 }, &small),
        (Stage::PadTo { height: 5, width: 1 << 40, value: 0.0 }, &small),
        (Stage::FitInto { height: 0, width: 5 }, &small),
        (Stage::ScaleToFit { side: 0 }, &small),
        (Stage::Resize { shorter_side: 4096 }, &small),
        (Stage::CentreCrop { side: 5 }, &small),
        (Stage::ChannelOrder { order: [0, 1, 3] }, &colour),
        (Stage::ChannelOrder { order: [0, 1, 2] }, &small),
        (Stage::MeanScale { mean: [0.0; 3], scale: [1.0; 3] }, &small),
        (Stage::ScaleToHeight { height: 28, widest: 512 }, &colour),
        (Stage::ScaleToHeight { height: 0, widest: 512 }, &small),
        (Stage::ScaleToHeight { height: 28, widest: 1 << 40 }, &small),
        (Stage::ScaleToHeight { height: 8, widest: 9 }, &small),
        (Stage::PadRows { height: 3, value: 0.0 }, &small),
        (Stage::PadRows { height: 1 << 40, value: 0.0 }, &small),
        (Stage::Grey {}, &Array::full(&[1, 0, 5], 0.5)),
    ];
    for (stage, image) in cases {
        let name = stage.name();
        let error = apply(stage, image);
        let message = error.to_string();
        assert!(error == PipelineError::NoPixels || message.contains(name), "{message}");
    }
    assert_eq!(
        apply(Stage::Pad { side: 3, value: 0.0 }, &small),
        PipelineError::TooLarge { stage: "pad", sheet: [3, 3], height: 4, width: 5 }
    );
    assert_eq!(
        apply(Stage::PadTo { height: 9, width: 4, value: 0.0 }, &small),
        PipelineError::TooLarge { stage: "pad_to", sheet: [9, 4], height: 4, width: 5 }
    );
    assert_eq!(
        apply(Stage::ScaleToHeight { height: 8, widest: 9 }, &small),
        PipelineError::TooWide { stage: "scale_to_height", height: 4, width: 5, widest: 9 }
    );
    assert_eq!(
        apply(Stage::PadRows { height: 3, value: 0.0 }, &small),
        PipelineError::TooHigh { stage: "pad_rows", rows: 3, height: 4, width: 5 }
    );
    assert_eq!(tensor(&[], &small), Err(PipelineError::NoStages));
}

/// Any single stage may be switched off, and any picture size come: a tensor or a sentence.
#[test]
fn stages_can_be_switched_off_one_by_one() {
    let digit = grey_picture(28, digits::bundled().image(7)).to_array();
    let all = pipeline::digit_file();
    for off in 0..all.len() {
        let mut stages = all.clone();
        let stage = stages.remove(off);
        let result = tensor(&stages, &digit);
        let expected_to_fail = stage == Stage::Grey {};
        assert_eq!(result.is_err(), expected_to_fail, "without {}: {result:?}", stage.name());
    }
    for (height, width) in [(1, 1), (1, 700), (700, 1), (2, 3), (28, 28), (33, 900), (1500, 1500)] {
        for value in [0.0, 0.4, 1.0] {
            let image = tensor(&all, &Array::full(&[3, height, width], value)).unwrap();
            assert_eq!(image.shape(), [1, 32, 32]);
            assert!(image.values().iter().all(|v| close(*v, PAPER)), "an empty sheet has no ink");
        }
        let noisy = Array::from_fn(&[3, height, width], |i| (i * 7919 % 97) as f32 / 97.0);
        assert_eq!(tensor(&all, &noisy).unwrap().shape(), [1, 32, 32]);
    }
}

#[test]
fn photo_stages_do_what_torchvision_does() {
    let ramp = Array::from_fn(&[3, 100, 150], |i| (i % 150) as f32 / 150.0);
    let steps = run(&pipeline::squeezenet(), &ramp).unwrap();
    assert_eq!(steps[0].image.shape(), [3, 256, 384]);
    assert_eq!(steps[1].image.shape(), [3, 227, 227]);
    // Pixel 78 of 384 lies at (78 + 0.5) · 150/384 − 0.5 of 150; the ramp is linear.
    let expected = ((78.5 + 0.0) * 150.0 / 384.0 - 0.5) / 150.0;
    assert!(close(steps[1].image.at([0, 100, 0]), expected), "{}", steps[1].image.at([0, 100, 0]));
    let last = &steps[3].image;
    assert!((last.at([0, 0, 0]) - (expected * 255.0 - 103.939)).abs() < 1e-2);

    let colours = Array::from_fn(&[3, 1, 1], |i| i as f32 / 2.0);
    let swapped = Stage::ChannelOrder { order: [2, 1, 0] }.apply(&colours).unwrap();
    assert_eq!(swapped.values(), [1.0, 0.5, 0.0]);
}

#[test]
fn averages_stay_when_a_picture_shrinks() {
    let board = grey(64, 64, |y, x| ((y + x) % 2) as f32);
    let small = Stage::FitWithin { longer_side: 16 }.apply(&board).unwrap();
    assert_eq!(small.shape(), [1, 16, 16]);
    assert!(small.values().iter().all(|v| (v - 0.5).abs() < 0.02), "{:?}", &small.values()[..16]);
    assert!(Stage::FitWithin { longer_side: 64 }.apply(&board).unwrap().same_memory(&board));
}

/// A seven drawn with a fine pen: two pixels wide, two hundred high.
#[test]
fn a_fine_pen_is_made_as_wide_as_mnists() {
    let seven = grey(300, 260, |y, x| {
        let top = (50..52).contains(&y) && (60..190).contains(&x);
        let stem = (50..250).contains(&y) && (189 - (y - 50) / 3).abs_diff(x) < 1;
        if top || stem { 0.1 } else { 0.95 }
    });
    let ink = |stages: &[Stage]| -> f32 { tensor(stages, &seven).unwrap().values().iter().sum() };
    let stages = &pipeline::digit_file()[..8];
    let without: Vec<Stage> =
        stages.iter().filter(|stage| stage.name() != "thicken").cloned().collect();
    let (before, after) = (ink(&without), ink(stages));
    // The strokes are together about 33 pixels long at this size.
    assert!(before < 20.0, "{before}");
    assert!((50.0..90.0).contains(&after), "{after}");
}

#[test]
fn a_list_of_stages_keeps_every_image() {
    let digit = grey_picture(28, digits::bundled().image(3)).to_array();
    let stages = pipeline::digit_file();
    let steps = run(&stages, &digit).unwrap();
    assert!(steps.iter().map(|step| &step.stage).eq(&stages));
    for step in &steps[..steps.len() - 1] {
        assert!(
            step.image.values().iter().all(|v| (0.0..=1.0).contains(v)),
            "{}",
            step.stage.name()
        );
    }
}

/// A tall one of 14 × 3 units in a corner of the pad comes out as MNIST has it: 20 rows, centred.
#[test]
fn a_drawn_digit_is_made_as_mnists_are() {
    let points = vec![[4.0, 3.0], [4.0, 14.5]];
    let drawing = Drawing { width: 28, strokes: vec![Stroke { erase: false, points }] };
    let steps = run(&pipeline::drawing(), &drawing.raster(5)).unwrap();
    let last = &steps.last().unwrap().image;
    assert_eq!(last.shape(), [1, 32, 32]);
    let ink = |y: usize, x: usize| (last.at([0, y, x]) - PAPER) / (INK - PAPER);
    let inked = |cells: &[f32]| cells.iter().any(|&value| value > 0.1);
    let row = |y: usize| (0..32).map(|x| ink(y, x)).collect::<Vec<f32>>();
    let rows: Vec<usize> = (0..32).filter(|&y| inked(&row(y))).collect();
    assert_eq!((rows[0], rows.len()), (6, 20), "{rows:?}");
    // The stroke was 2.5 wide in a digit of 14 units; 20 rows make 3.6 of it.
    let width: f32 = row(16).iter().sum();
    assert!((width - 2.5 * 20.0 / 14.0).abs() < 0.25, "{width}");
    let centre = (0..32).map(|x| x as f32 * ink(16, x)).sum::<f32>() / width;
    assert!((centre - 16.0).abs() <= 0.75, "{centre}");
}

/// Two strokes of a felt pen on light paper, of which one lies three times as far to the right.
#[test]
fn a_line_of_writing_keeps_its_size_and_places() {
    let photo = Array::from_fn(&[3, 84, 600], |i| {
        let (y, x) = (i / 600 % 84, i % 600);
        let ink = (20..64).contains(&y) && (x.abs_diff(100) < 5 || x.abs_diff(300) < 5);
        if ink { 0.1 } else { 0.9 }
    });
    let steps = run(&pipeline::line(), &photo).unwrap();
    assert_eq!(steps[3].image.shape(), [1, 28, 200]);
    let last = &steps[5].image;
    assert_eq!(last.shape(), [1, 32, 200]);
    let ink = |y: usize, x: usize| (last.at([0, y, x]) - PAPER) / (INK - PAPER);
    for x in 0..200 {
        assert!([0, 1, 30, 31].iter().all(|&y| ink(y, x) == 0.0), "a border");
        // A third of the size: strokes at 33⅓ and 100, each 3 wide, from row 6⅔ to 21⅓ of 28.
        let on = x.abs_diff(33) <= 1 || x.abs_diff(100) <= 1;
        let off = x.abs_diff(33) > 3 && x.abs_diff(100) > 3;
        assert!(!on || ink(16, x) > 0.6, "{x}: {}", ink(16, x));
        assert!(!off || ink(16, x) < 0.05, "{x}: {}", ink(16, x));
        assert!(ink(6, x) < 0.1 && ink(26, x) < 0.1, "above and below");
    }
    // What is read pixel by pixel needs the end of the list alone.
    assert_eq!(pipeline::for_idx(&pipeline::line()), pipeline::drawn_line());
    let strip = Array::full(&[3, 28, 1000], 0.5);
    assert!(matches!(run(&pipeline::line(), &strip), Err(PipelineError::TooWide { .. })));
}

#[test]
fn a_drawn_line_gets_two_rows_above_and_below() {
    let line = grey(28, 96, |y, x| ((y * 31 + x * 17) % 10) as f32 / 10.0);
    let tensor = tensor(&pipeline::drawn_line(), &line).unwrap();
    assert_eq!(tensor.shape(), [1, 32, 96]);
    for (y, x) in (0..32).flat_map(|y| (0..96).map(move |x| (y, x))) {
        let pixel = if (2..30).contains(&y) { line.at([0, y - 2, x]) } else { 0.0 };
        assert!(close(tensor.at([0, y, x]), PAPER + pixel * (INK - PAPER)));
    }
    // Too narrow for the network's window: in the middle of a square.
    let narrow = Stage::PadRows { height: 4, value: 0.5 }.apply(&Array::full(&[1, 3, 1], 1.0));
    #[rustfmt::skip]
    assert_eq!(narrow.unwrap().values(), [
        0.5, 1.0, 0.5, 0.5,
        0.5, 1.0, 0.5, 0.5,
        0.5, 1.0, 0.5, 0.5,
        0.5, 0.5, 0.5, 0.5,
    ]);
}
