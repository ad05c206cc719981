//! The wiring matrix: touched, walked through and zoomed.

use super::*;

#[test]
fn a_cell_is_touched_and_walked_from() {
    let mut window = on(Parameters::default());
    press(&mut window, Key::Enter);
    let [row, column] = shown(&window).touched.expect("a cell in the middle");
    let wiring = window.state().studio.wiring().cloned().expect("a matrix");
    assert!(wiring.weight_at(row, column).is_some());
    press(&mut window, Key::Enter);
    assert!(matches!(shown(&window).camera, MatrixCamera::At { .. }));
    window.get_by_label_contains("This weight is used");
    press(&mut window, Key::ArrowDown);
    assert_eq!(shown(&window).touched, Some([row + 1, column]));
    press(&mut window, Key::Escape);
    assert_eq!(shown(&window).camera, MatrixCamera::Fit);
    press(&mut window, Key::Escape);
    assert_eq!(shown(&window).touched, None);
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_back() {
    let mut window = on(Parameters::default());
    let matrix = window.get_by_label_contains("The matrix has 1,000,000 rows").rect();
    window.hover_at(matrix.center());
    for _ in 0..40 {
        window.event(egui::Event::MouseWheel {
            source: egui::MouseWheelSource::Unknown,
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 60.0),
            phase: egui::TouchPhase::Move,
            modifiers: egui::Modifiers::NONE,
        });
        window.run();
    }
    let MatrixCamera::At { cells, centre } = shown(&window).camera else {
        panic!("nothing was zoomed");
    };
    assert!(cells < 0.1, "{cells}");
    // What was under the pointer is still there.
    assert!((centre[0] - 500_000.0).abs() < 10_000.0, "{centre:?}");
}

/// Where bands are seen and cells are not: what is told, marked and lit is one cell, under the pointer.
#[test]
fn a_touch_lights_the_band_under_the_pointer() {
    let cells = 180.0;
    let camera = MatrixCamera::At { centre: [500_000.0, 500_000.0], cells };
    let mut window = on(Parameters { camera, ..Parameters::default() });
    let matrix = window.get_by_label_contains("The matrix has 1,000,000 rows").rect();
    for points in [-14.0, -8.0, 0.0, 5.0, 11.0] {
        let at = matrix.center() + egui::vec2(points, 0.0);
        window.hover_at(at);
        window.run();
        window.drag_at(at);
        window.run();
        window.drop_at(at);
        window.run();
        let [row, column] = shown(&window).touched.expect("a cell");
        let wiring = window.state().studio.wiring().cloned().expect("a matrix");
        assert!(wiring.weight_at(row, column).is_some(), "({row}, {column}) has no weight");
        let meant = [500_000.0, 500_000.0 + f64::from(points) * cells];
        let away = (row as f64 - meant[0]).abs() + (column as f64 - meant[1]).abs();
        assert!(away < 8.0 * cells, "({row}, {column}) is not at {meant:?}");
        let unit = format!("Unit [0]({}, {})", row / 1000, row % 1000);
        let pixel = format!("input [0]({}, {})", column / 1000, column % 1000);
        let said = format!("{unit} reads {pixel}");
        assert!(window.query_by_label_contains(&said).is_some(), "{said}");
    }
}

#[test]
fn a_touched_cell_goes_with_the_matrix_that_had_it() {
    let hidden = Border::Ignored(Hidden::MapPerKernel);
    let setting = Setting { kernels: 100, border: hidden, ..Setting::default() };
    let far = Some([50_000_000, 10]);
    let mut window = on(Parameters { setting, touched: far, ..Parameters::default() });
    assert_eq!(shown(&window).touched, far);
    act(&mut window, [Action::Parameters(Connect::Stop(Stop::Local))]);
    assert_eq!(shown(&window).touched, None, "a hundredth of the rows is left");
    act(&mut window, [Action::Undo]);
    assert_eq!(shown(&window).touched, far);
}

/// Where the CPU draws, a large matrix is coarse while it changes and whole when it rests.
#[test]
fn a_matrix_is_coarse_only_while_it_changes() {
    let ctx = egui::Context::default();
    let mut painter = Painter::cpu();
    let setting = Setting::default();
    let mut drawn = |stop: Stop, time: f64| {
        let wiring = setting.wiring(stop).expect("a matrix");
        let view = WiringView::whole(&wiring, 400, 400);
        let style = WiringStyle::default();
        let mut size = [0, 0];
        let input = egui::RawInput { time: Some(time), ..egui::RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| {
            let id = painter.wiring(ui.ctx(), Slot::Wiring, &wiring, view, style).expect("draws");
            let textures = ui.ctx().tex_manager();
            size = textures.read().meta(id).expect("a texture").size;
        });
        output.textures_delta.clear();
        size
    };
    let (whole, coarse) = ([400, 400], [134, 134]);
    assert_eq!(drawn(Stop::Shared, 1.0), whole, "the first picture");
    assert_eq!(drawn(Stop::Local, 1.02), coarse);
    assert_eq!(drawn(Stop::Field([200, 200]), 1.04), coarse);
    assert_eq!(drawn(Stop::Field([200, 200]), 1.06), coarse, "it may go on");
    assert_eq!(drawn(Stop::Field([200, 200]), 1.5), whole);
    assert_eq!(drawn(Stop::Field([200, 200]), 1.6), whole);
}
