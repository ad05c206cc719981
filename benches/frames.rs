//! Frames: the time inside logic and drawing, painting excluded.

use std::time::{Duration, Instant};

use convscope::ui::platform::painter::Painter;
use convscope::ui::scene::Scene;
use convscope::ui::session::Session;
use convscope::ui::settings::Settings;
use convscope::ui::studio::Studio;
use convscope::worker::{CandleEngine, Worker};
use egui::{Event, RawInput, Rect, pos2, vec2};

use super::value;

/// A session without a display, on the first picture.
pub struct Bench {
    ctx: egui::Context,
    pub session: Session,
    time: f64,
}

impl Bench {
    fn new() -> Self {
        Self::with(|| Worker::here(CandleEngine::default()))
    }

    /// With the engine on a thread of its own, as in the window.
    pub fn with_thread() -> Self {
        Self::with(|| Worker::start(|| {}).expect("threads"))
    }

    fn with(worker: impl Fn() -> Worker + 'static) -> Self {
        let ctx = egui::Context::default();
        convscope::ui::prepare(&ctx);
        let studio = Studio::new(Scene::default(), Settings::default(), worker());
        let session = Session::new(studio, Painter::cpu(), Box::new(move |_| Ok(worker())));
        Self { ctx, session, time: 0.0 }
    }

    /// One frame; tells how long logic and drawing took, painting excluded.
    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let mut spent = Duration::ZERO;
        let mut output = self.ctx.run_ui(input, |ui| {
            let start = Instant::now();
            self.session.logic(ui.ctx());
            self.session.ui(ui);
            spent += start.elapsed();
        });
        output.textures_delta.clear();
        spent
    }
}

/// The pointer wanders over the maps, so that every frame previews another unit.
pub fn frame_logic() {
    let mut bench = Bench::new();
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let times = (0..300).map(|i| {
        let at = pos2(100.0 + (i * 7 % 780) as f32, 100.0 + (i * 11 % 520) as f32);
        bench.frame(vec![Event::PointerMoved(at)]).as_secs_f64() * 1e3
    });
    frame_values("frame-logic", times.collect());
}

pub fn frame_values(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    value(&format!("{name}-median"), times[times.len() / 2], "ms");
    value(&format!("{name}-99th"), times[times.len() * 99 / 100], "ms");
}

/// The Connect control is dragged over all its stops and back, each frame another one: the counts and the
/// matrix follow. The matrix is drawn by the twin inside the frame, as on a machine without a GPU.
pub fn dragging_connect() {
    use convscope::ui::action::{Action, Connect};
    use convscope::ui::scene::View;
    let mut bench = Bench::new();
    bench.session.studio.carry_out([Action::View(View::Parameters)]);
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let mut times = Vec::new();
    for i in 0..240 {
        let stops = bench.session.studio.scene.parameters.setting.stops();
        let round = 2 * (stops.len() - 1);
        let place = if i % round < stops.len() { i % round } else { round - i % round };
        let start = Instant::now();
        bench.session.studio.carry_out([Action::Parameters(Connect::Stop(stops[place]))]);
        times.push((start.elapsed() + bench.frame(Vec::new())).as_secs_f64() * 1e3);
    }
    frame_values("drag-connect-frame", times);
}

/// The pointer wanders over the matrix of an AlexNet layer, so that every frame looks for another cell.
pub fn hovering_matrix() {
    use convscope::ui::action::Preset;
    let mut bench = Bench::new();
    bench.session.studio.carry_out([Preset::AlexNetConv1.action()]);
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let times = (0..300).map(|i| {
        let at = pos2(820.0 + (i * 7 % 300) as f32, 220.0 + (i * 11 % 300) as f32);
        bench.frame(vec![Event::PointerMoved(at)]).as_secs_f64() * 1e3
    });
    frame_values("hover-matrix-frame", times.collect());
}

/// The digit of the trial is dragged, with a weight turned: each frame three layers look at another place.
pub fn dragging_trial() {
    use convscope::ui::action::{Action, Connect, Hand};
    use convscope::ui::scene::{Page, Shift, Trial, View};
    let mut bench = Bench::new();
    let studio = &mut bench.session.studio;
    let page = Action::Parameters(Connect::Page(Page::Trial));
    studio.carry_out([Action::View(View::Parameters), page]);
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let times = (0..240).map(|i: i32| {
        let shift = Shift { y: i % 7 - 3, x: i % 13 - 6 };
        let trial = Trial { shift, turned: 0.5, ..Trial::default() };
        let start = Instant::now();
        bench.session.studio.carry_out([Action::Parameters(Connect::Trial(trial, Hand::Drags))]);
        (start.elapsed() + bench.frame(Vec::new())).as_secs_f64() * 1e3
    });
    frame_values("drag-trial-frame", times.collect());
}

/// From a pen move to new scores and maps, worker included, for both LeNets: drawing anew, all stages of
/// preprocessing, the pass, the arithmetic of the pinned unit.
pub fn pen_to_scores() {
    use convscope::ui::action::{Action, Touch};
    use convscope::ui::scene::{NetworkRef, Pad};
    for name in ["lenet5", "lenet5-modern"] {
        let mut bench = Bench::new();
        let studio = &mut bench.session.studio;
        studio.carry_out([
            Action::Network(NetworkRef::Zoo(name.into())),
            Action::Touch(Touch::Pad(Pad::Draw)),
        ]);
        let mut times = Vec::new();
        for i in 0..300u16 {
            // A spiral as long as three digits.
            let (angle, radius) = (f32::from(i) * 0.12, 2.0 + f32::from(i) * 0.03);
            let at = [14.0 + radius * angle.cos(), 14.0 + radius * angle.sin()];
            let pen = Touch::Pen { points: vec![at], erase: false, begin: i == 0 };
            let start = Instant::now();
            studio.carry_out([Action::Touch(pen)]);
            studio.drain();
            times.push(start.elapsed().as_secs_f64() * 1e3);
            assert!(!studio.is_waiting() && studio.seen.is_some(), "the answer is there");
        }
        times.sort_by(f64::total_cmp);
        value(&format!("pen-to-scores-{name}-median"), times[times.len() / 2], "ms");
        value(&format!("pen-to-scores-{name}-99th"), times[times.len() * 99 / 100], "ms");
    }
}

/// C3 plays whole at 1×, sixty frames a second.
pub fn playing() {
    use convscope::ui::action::{Action, Play};
    let mut bench = Bench::new();
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    bench.session.studio.carry_out([Action::Play(Play::Toggle)]);
    let mut times = Vec::new();
    while bench.session.studio.playing {
        times.push(bench.frame(Vec::new()).as_secs_f64() * 1e3);
    }
    let frames = times.len();
    times.sort_by(f64::total_cmp);
    value("play-c3-seconds", frames as f64 / 60.0, "s");
    value("play-c3-frame-median", times[frames / 2], "ms");
    value("play-c3-frame-99th", times[frames * 99 / 100], "ms");
}

/// Frames that are asked for in three seconds in which nothing happens.
pub fn stillness() {
    let mut bench = Bench::new();
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let before = bench.ctx.cumulative_frame_nr();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(3) {
        if bench.ctx.has_requested_repaint() {
            bench.frame(Vec::new());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    value(
        "frames-in-3-s-of-stillness",
        (bench.ctx.cumulative_frame_nr() - before) as f64,
        "frames",
    );
}
