//! The window, driven through its accessibility tree, with the real engine and without a display.

pub mod catalogue;
mod colours;
mod layout;
mod made_up;
mod opening;
mod pinning;
mod stillness;

use std::path::Path;

use convscope::locale::Lang;
use convscope::ui::action::UnitRef;
use convscope::ui::platform::painter::Painter;
use convscope::ui::scene::Scene;
use convscope::ui::session::Session;
use convscope::ui::settings::Settings;
use convscope::ui::studio::Studio;
use convscope::ui::theme::Theme;
use convscope::worker::{CandleEngine, Worker};
use egui_kittest::Harness;

pub type Window = Harness<'static, Session>;

/// A window of this size in points, on `scene`.
pub fn open(scene: Scene, settings: Settings, size: [f32; 2]) -> Window {
    let worker = || Worker::here(CandleEngine::default());
    let studio = Studio::new(scene, settings, worker());
    let session = Session::new(studio, Painter::cpu(), Box::new(move |_| Ok(worker())));
    let mut window = Harness::builder()
        .with_size(size)
        .with_max_steps(64)
        .with_context_setup(convscope::ui::prepare)
        .build_ui_state(
            |ui, session: &mut Session| {
                session.logic(ui.ctx());
                session.ui(ui);
            },
            session,
        );
    window.run();
    window
}

/// What a person sees at the first start.
pub fn first() -> Window {
    open(Scene::default(), Settings::default(), [1280.0, 800.0])
}

pub const fn in_language(lang: Lang) -> Settings {
    Settings { lang, theme: Theme::Light }
}

pub fn pin(window: &Window) -> Option<UnitRef> {
    window.state().studio.pin()
}

/// Runs until promises have been kept.
pub fn settle(window: &mut Window) {
    for _ in 0..600 {
        window.run();
        if !window.state().studio.is_waiting() {
            window.run();
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the window is still waiting");
}

/// Opens a file as if it had been dropped.
pub fn open_file(window: &mut Window, path: &Path) {
    window.state_mut().studio.carry_out([convscope::ui::action::Action::OpenPath(path.to_owned())]);
    settle(window);
}
