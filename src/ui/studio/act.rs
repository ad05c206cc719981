//! Carrying out what the views ask for: each action changes the scene, or the dialogs around it.

use std::path::Path;
use std::sync::Arc;

use super::Studio;
use crate::ui::action::{Action, Dialog};
use crate::ui::loading::network_file;
use crate::ui::navigate;
use crate::ui::scene::{Camera, InputRef, NetworkRef, SceneError, SceneFile};

impl Studio {
    /// Carries out what one frame asked for; undo takes it back in one step.
    pub fn carry_out(&mut self, actions: impl IntoIterator<Item = Action>) {
        let mut before = Some(self.scene.clone());
        for action in actions {
            if matches!(action, Action::Undo | Action::Redo) {
                before = None;
            }
            self.act(action);
        }
        if let Some(before) = before {
            // Looking from somewhere else is no change.
            let moved = crate::ui::scene::Scene { camera: self.scene.camera, ..before.clone() };
            if moved != self.scene {
                self.undo.remember(before);
            }
        }
        self.reconcile();
    }

    fn act(&mut self, action: Action) {
        match action {
            Action::Pin(unit) => {
                self.clicked = true;
                self.scene.trail.clear();
                self.scene.pin = self.named(unit);
            }
            Action::Follow(unit) => {
                self.clicked = true;
                if let Some(pin) = self.scene.pin.take() {
                    self.scene.trail.push(pin);
                }
                self.scene.pin = self.named(unit);
            }
            Action::Back => {
                if let Some(pin) = self.scene.trail.pop() {
                    self.scene.pin = Some(pin);
                }
            }
            Action::BackTo(place) => {
                self.scene.trail.truncate(place + 1);
                self.act(Action::Back);
            }
            Action::Unpin => {
                self.scene.pin = None;
                self.scene.trail.clear();
                self.scene.loupe = false;
            }
            Action::Loupe(open) => self.scene.loupe = open,
            Action::Camera(camera) => self.scene.camera = camera,
            Action::Range(range) => self.scene.range = range,
            Action::Diverging(on) => self.scene.diverging = on,
            Action::Network(reference) => self.set_network(reference),
            Action::Input(reference) => self.set_input(reference),
            Action::FeedAnyway => {
                if let InputRef::File { anyway, .. } = &mut self.scene.input {
                    *anyway = true;
                }
            }
            Action::ChooseFile => self.loading.choose_file(),
            Action::OpenPath(path) => self.open_path(&path),
            Action::Open(dialog) => {
                self.dialog = (self.dialog != Some(dialog)).then_some(dialog);
                if dialog == Dialog::Gallery {
                    self.judge();
                }
            }
            Action::CloseDialog => self.dialog = None,
            Action::Step(direction) => {
                if let Some(open) = &self.open {
                    let pin = self.pin();
                    self.act(Action::Pin(navigate::step(&open.network, pin, direction)));
                }
            }
            Action::Undo => self.travel(false),
            Action::Redo => self.travel(true),
            Action::OtherLanguage => self.settings.lang = self.settings.lang.other(),
            Action::OtherTheme => self.settings.theme = self.settings.theme.other(),
            Action::Dismiss => self.notice = None,
            Action::Cancel => self.stop_waiting(),
            Action::SaveScene => self.loading.save_scene(SceneFile::new(vec![self.scene.clone()])),
            // The window's own business; see `session`.
            Action::CopyValue | Action::RestartWorker => {}
            Action::Quit => self.quit = true,
        }
    }

    /// Through the history. The person keeps looking from where they look, as long as it is the same
    /// figure.
    fn travel(&mut self, forward: bool) {
        let (camera, network) = (self.scene.camera, self.scene.network.clone());
        let travelled =
            if forward { self.undo.redo(&mut self.scene) } else { self.undo.undo(&mut self.scene) };
        if travelled && self.scene.network == network {
            self.scene.camera = camera;
        }
    }

    /// What a file that was dropped, typed or given on the command line is, and opens it.
    fn open_path(&mut self, path: &Path) {
        // The scene outlives the folder that the program was started in.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let is =
            |extension: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension));
        if is("safetensors") {
            self.scene.weights = Some(path);
        } else if is("json") {
            self.open_json(&path);
        } else {
            // The file may have changed since it was opened last.
            self.input = self.input.take().filter(|input| !input.is_of(&path));
            self.set_input(InputRef::File { path, anyway: false });
        }
    }

    fn open_json(&mut self, path: &Path) {
        match SceneFile::read(path) {
            Ok(file) => {
                if let Some(scene) = file.scenes.into_iter().next() {
                    self.scene = scene;
                }
            }
            // Only a scene file says which version it is; anything else should be a network.
            Err(SceneError::NoScene { .. }) => match network_file(path) {
                Ok(_) => self.set_network(NetworkRef::File(path.into())),
                Err(error) => self.fail(error),
            },
            Err(error) => self.fail(Arc::new(error)),
        }
    }

    fn set_input(&mut self, reference: InputRef) {
        self.scene.input = reference;
        self.dialog = None;
    }

    fn set_network(&mut self, reference: NetworkRef) {
        if self.scene.network != reference {
            self.scene.network = reference;
            self.scene.weights = None;
            self.scene.trail.clear();
            self.scene.loupe = false;
            self.scene.camera = Camera::Fit;
        }
    }
}
