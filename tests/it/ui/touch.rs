//! The hand on the input: scores and maps follow, and undo takes everything back.

use convscope::data::Placement;
use convscope::ui::action::{Action, Touch};
use convscope::ui::scene::{InputRef, NetworkRef, Pad, Scene};
use egui_kittest::kittest::Queryable as _;

use super::{Window, act, answer, failure, first, open, settle, until};

/// A 7 as a person draws it: a bar, then a slanted stem.
const SEVEN: [[f32; 2]; 9] = [
    [7.5, 6.0],
    [11.0, 6.0],
    [15.0, 6.0],
    [20.5, 6.0],
    [19.0, 10.0],
    [17.5, 13.0],
    [16.0, 16.0],
    [14.5, 19.5],
    [13.0, 23.5],
];

fn pen(points: &[[f32; 2]], shift: f32) -> Vec<Action> {
    let stroke = points.iter().enumerate().map(|(place, &[x, y])| {
        Action::Touch(Touch::Pen { points: vec![[x + shift, y]], erase: false, begin: place == 0 })
    });
    std::iter::once(Action::BeginGesture).chain(stroke).collect()
}

fn on(network: &str) -> Window {
    let network = NetworkRef::Zoo(network.into());
    open(
        Scene { network, ..Scene::default() },
        super::in_language(Default::default()),
        [1280.0, 800.0],
    )
}

#[test]
fn an_empty_pad_has_no_scores() {
    let mut window = first();
    act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
    assert!(window.state().studio.is_blank());
    assert!(window.state().studio.seen.is_none());
    window.get_by_label_contains("The pad is empty, so");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    window.run();
    assert_eq!(answer(&window), Some(7), "undo brings the digit back");
}

#[test]
fn a_drawn_digit_is_read_by_both_networks_and_each_stroke_is_one_step_of_undo() {
    for network in ["lenet5", "lenet5-modern"] {
        let mut window = on(network);
        act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
        let blank = window.state().studio.scene.clone();
        for action in pen(&SEVEN, 0.0) {
            act(&mut window, [action]);
        }
        assert_eq!(answer(&window), Some(7), "{network}");
        act(&mut window, [Action::Undo]);
        assert_eq!(window.state().studio.scene, blank);
        act(&mut window, [Action::Redo]);
        assert_eq!(answer(&window), Some(7));
        act(&mut window, [Action::Touch(Touch::Clear)]);
        assert!(window.state().studio.is_blank());
    }
}

#[test]
fn a_digit_that_touches_the_edges_of_the_pad_is_read() {
    let mut window = first();
    act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
    let large: Vec<[f32; 2]> =
        SEVEN.iter().map(|[x, y]| [(x - 7.5) * 2.15, (y - 6.0) * 1.6]).collect();
    act(&mut window, pen(&large, 0.0));
    assert_eq!(answer(&window), Some(7));
}

#[test]
fn the_pointer_draws_on_the_pad() {
    let mut window = first();
    act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
    let pad = window.get_by_label("Drawing pad").rect();
    let place = |[x, y]: [f32; 2]| pad.min + egui::vec2(x, y) * (pad.width() / 28.0);
    window.drag_at(place(SEVEN[0]));
    window.run();
    for point in &SEVEN[1..] {
        window.hover_at(place(*point));
        window.run();
    }
    window.drop_at(place(SEVEN[8]));
    window.run();
    let drawing = window.state().studio.drawing().expect("a drawing").clone();
    assert_eq!(drawing.strokes.len(), 1, "{drawing:?}");
    assert_eq!(answer(&window), Some(7));
}

#[test]
fn centring_undoes_what_the_raw_handle_does_and_not_what_the_other_does() {
    let mut window = first();
    act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
    act(&mut window, pen(&SEVEN, 0.0));
    let tensor =
        |window: &Window| window.state().studio.input.as_ref().expect("an input").tensor.clone();
    let before = tensor(&window);
    let moved = Placement { shift: [2.0, -3.0], ..Placement::default() };
    act(&mut window, [Action::Touch(Touch::PlaceRaw(moved))]);
    assert_eq!(tensor(&window), before, "the picture was moved by whole pixels of its raster");
    act(&mut window, [Action::Touch(Touch::Place(moved))]);
    let after = tensor(&window);
    let at = |y: usize, x: usize| [0, y, x];
    for (y, x) in (4..28).flat_map(|y| (4..28).map(move |x| (y, x))) {
        assert!((after.at(at(y + 2, x - 3)) - before.at(at(y, x))).abs() < 1e-5);
    }
}

#[test]
fn a_painted_pixel_changes_the_input_there_and_nowhere_else() {
    let mut window = first();
    let before = window.state().studio.input.as_ref().expect("an input").tensor.clone();
    let distance = |window: &Window| {
        window.state().studio.seen.as_ref().expect("seen").trace.output(7).values()[7]
    };
    let (old, pixel) = (distance(&window), 20 * 32 + 5);
    act(&mut window, [Action::Touch(Touch::Paint { pixel: pixel as u32, value: 1.175 })]);
    let after = window.state().studio.input.as_ref().expect("an input").tensor.clone();
    for (place, (a, b)) in after.values().iter().zip(before.values()).enumerate() {
        assert_eq!(a == b, place != pixel || *b == 1.175, "pixel {place}");
    }
    assert_ne!(distance(&window), old, "the scores follow");
}

#[test]
fn a_stage_that_is_switched_off_is_left_out_and_one_that_cannot_work_keeps_the_last_picture() {
    let mut window = first();
    act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
    act(&mut window, pen(&SEVEN, 0.0));
    let names = |window: &Window| -> Vec<&'static str> {
        let input = window.state().studio.input.as_ref().expect("an input");
        input.steps.iter().map(|step| step.stage.name()).collect()
    };
    let all = names(&window);
    let crop = all.iter().position(|name| *name == "crop_to_ink").expect("a stage");
    act(&mut window, [Action::Touch(Touch::StageOn { place: crop, on: false })]);
    assert_eq!(names(&window).len(), all.len() - 1);
    assert!(!names(&window).contains(&"crop_to_ink"));
    // Without scaling, 140 pixels do not fit into 28.
    let scale = all.iter().position(|name| *name == "scale_to_fit").expect("a stage");
    let seen = names(&window);
    act(&mut window, [Action::Touch(Touch::StageOn { place: scale, on: false })]);
    assert!(failure(&window).expect("a sentence").contains("centre_by_mass"));
    assert_eq!(names(&window), seen, "the last good picture stays");
}

#[test]
fn a_line_is_read_with_the_same_weights() {
    for network in ["lenet5", "lenet5-modern"] {
        let mut window = on(network);
        act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
        act(&mut window, [Action::Touch(Touch::Sheet { digits: 3 })]);
        for place in 0..3 {
            act(&mut window, pen(&SEVEN, 2.0 + 32.0 * place as f32));
        }
        let studio = &window.state().studio;
        let open = studio.open.as_ref().expect("open");
        let c5 = open.network.index_of("C5").expect("a layer");
        assert_eq!(open.network.nodes()[c5].output, [120, 1, 17], "a row of positions");
        window.get_by_label_contains("LeNet reads 777");
        // Back to one digit, the network is the one that it was.
        act(&mut window, [Action::Input(InputRef::Digit(4672))]);
        settle(&mut window);
        assert_eq!(window.state().studio.open.as_ref().expect("open").network.input(), [1, 32, 32]);
        assert_eq!(answer(&window), Some(7));
    }
}

#[test]
fn a_strip_of_digits_from_a_file_is_read_as_a_line() {
    // Five bundled test digits, side by side, dark ink on white paper.
    let digits = [4_672, 4_010, 4_021, 4_032, 4_043];
    let all = convscope::data::digits::bundled();
    let mut strip = image::GrayImage::from_pixel(5 * 32, 32, image::Luma([255]));
    for (place, &index) in digits.iter().enumerate() {
        for (i, &ink) in all.image(index).iter().enumerate() {
            let (x, y) = (32 * place + 2 + i % 28, 2 + i / 28);
            strip.put_pixel(x as u32, y as u32, image::Luma([255 - ink]));
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("strip.png");
    // As large as somebody would scan it.
    image::imageops::resize(&strip, 5 * 128, 128, image::imageops::FilterType::Triangle)
        .save(&path)
        .expect("written");
    let mut window = first();
    super::open_file(&mut window, &path);
    assert!(window.state().studio.asks_about_photo(), "several things are on this picture");
    window.get_by_label("Read it as a line").click();
    settle(&mut window);
    let labels: String = digits.iter().map(|&i| all.labels()[i].to_string()).collect();
    window.get_by_label_contains(&format!("LeNet reads {labels}"));
}

#[test]
fn what_is_not_in_the_clipboard_is_said() {
    // Without a display there is no clipboard, and with one it holds no picture.
    let mut window = first();
    act(&mut window, [Action::Paste]);
    until("a picture, or a sentence", || {
        window.run();
        let pasted = matches!(window.state().studio.scene.input, InputRef::Pasted { .. });
        failure(&window).is_some() || pasted
    });
    // Where somebody has copied a picture, it is taken; else a sentence says that there is none.
    if let Some(sentence) = failure(&window) {
        assert!(sentence.contains("clipboard"));
        assert_eq!(answer(&window), Some(7));
    } else {
        let input = &window.state().studio.scene.input;
        assert!(matches!(input, InputRef::Pasted { .. }), "{input:?}");
    }
}
