//! The window, driven through its accessibility tree, with the real engine and without a display.

mod access;
pub mod catalogue;
mod colours;
mod edits;
mod exports;
mod field;
mod hand;
mod layout;
mod made_up;
mod opening;
mod parameters;
mod pinning;
mod random;
mod scenes;
mod slides;
mod stillness;
mod time;
mod touch;
mod train_pages;
mod training;
mod training_moments;

use std::path::Path;
use std::time::{Duration, Instant};

use convscope::locale::Lang;
use convscope::ui::action::{Action, UnitRef};
use convscope::ui::platform::painter::Painter;
use convscope::ui::scene::Scene;
use convscope::ui::session::Session;
use convscope::ui::settings::Settings;
use convscope::ui::studio::{Notice, Studio};
use convscope::worker::{CandleEngine, Worker};
use egui_kittest::Harness;

pub type Window = Harness<'static, Session>;

/// A window of this size in points, on `scene`.
pub fn open(scene: Scene, settings: Settings, size: [f32; 2]) -> Window {
    let worker = Worker::here(CandleEngine::default());
    let mut window = around(Studio::new(scene, settings, worker), size);
    window.run();
    window
}

/// A window around a studio; nothing has happened in it yet.
pub fn around(studio: Studio, size: [f32; 2]) -> Window {
    let worker = || Worker::here(CandleEngine::default());
    let session = Session::new(studio, Painter::cpu(), Box::new(move |_| Ok(worker())));
    Harness::builder()
        .with_size(size)
        .with_max_steps(64)
        .with_context_setup(convscope::ui::prepare)
        .build_ui_state(
            |ui, session: &mut Session| {
                session.logic(ui.ctx());
                session.ui(ui);
            },
            session,
        )
}

/// What a person sees at the first start.
pub fn first() -> Window {
    open(Scene::default(), Settings::default(), [1280.0, 800.0])
}

pub fn in_language(lang: Lang) -> Settings {
    Settings { lang, ..Settings::default() }
}

pub fn pin(window: &Window) -> Option<UnitRef> {
    window.state().studio.pin()
}

/// Carries out actions as a view would ask for them.
pub fn act(window: &mut Window, actions: impl IntoIterator<Item = Action>) {
    window.state_mut().studio.carry_out(actions);
    turn(window);
}

/// Runs until nothing moves any more; while time plays, that is never, and one turn has to do.
pub fn turn(window: &mut Window) {
    if window.state().studio.playing {
        window.step();
    } else {
        window.run();
    }
}

/// What the window says has gone wrong.
pub fn failure(window: &Window) -> Option<String> {
    match window.state().studio.notice.as_ref()? {
        Notice::Failed(error) => Some(error.to_string()),
        _ => None,
    }
}

/// The class that the open network answers with.
pub fn answer(window: &Window) -> Option<usize> {
    let studio = &window.state().studio;
    let (open, seen) = (studio.open.as_ref()?, studio.seen.as_ref()?);
    let scores = seen.trace.output(open.network.scores()).values();
    let sign = if open.network.lower_is_better() { 1.0 } else { -1.0 };
    (0..scores.len()).min_by(|&a, &b| (sign * scores[a]).total_cmp(&(sign * scores[b])))
}

/// How long a test waits for another thread: so long that only one that never answers is given up.
const PATIENCE: Duration = Duration::from_mins(1);

/// Asks again and again until it is so; says what was awaited in vain.
pub fn until(awaited: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain: {awaited}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Runs until promises have been kept.
pub fn settle(window: &mut Window) {
    until("the window waits for nothing", || {
        window.run();
        !window.state().studio.is_waiting()
    });
    window.run();
}

/// The same without a window.
pub fn settle_studio(studio: &mut Studio) {
    until("the studio waits for nothing", || {
        studio.drain();
        !studio.is_waiting()
    });
}

/// Opens a file as if it had been dropped.
pub fn open_file(window: &mut Window, path: &Path) {
    window.state_mut().studio.carry_out([Action::OpenPaths(vec![path.to_owned()])]);
    settle(window);
}
