//! Carrying out what the views ask for: each action changes the scene, or the dialogs around it.

use std::collections::BTreeSet;

use super::{Notice, Studio};
use crate::ui::action::{Action, Dialog, Gesture, TrainAction};
use crate::ui::navigate;
use crate::ui::scene::{
    Camera, InputRef, MatrixCamera, NetworkRef, Pad, State, Time, View, changed_number,
};

/// More documents than this beyond those that were named last are looked through for forgotten ones.
const MOST_DOCUMENTS: usize = 256;

impl Studio {
    /// Carries out what one frame asked for; undo takes it back in one step.
    pub fn carry_out(&mut self, actions: impl IntoIterator<Item = Action>) {
        let mut actions = actions.into_iter().peekable();
        if actions.peek().is_none() {
            return;
        }
        let mut before = Some(self.state());
        // The gesture of a batch is that of all actions in it.
        let mut gesture: Option<Option<Gesture>> = None;
        for action in actions {
            match &action {
                Action::Undo | Action::Redo => before = None,
                Action::BeginGesture => self.undo.end_gesture(),
                _ => {
                    let own = self.gesture_of(&action);
                    gesture = match gesture {
                        Some(other) if other != own => Some(None),
                        Some(_) | None => Some(own),
                    };
                }
            }
            self.act(action);
        }
        if let Some(before) = before
            && (before.scene != self.scene || before.deck != self.deck)
        {
            self.undo.remember(before, gesture.flatten());
            // News of something that went well is read by now.
            if matches!(self.notice, Some(Notice::Saved(_) | Notice::Copied)) {
                self.notice = None;
            }
        }
        self.forget_documents();
        self.reconcile();
    }

    /// What the action is a part of; of a training's plan, only a number changes bit by bit.
    fn gesture_of(&self, action: &Action) -> Option<Gesture> {
        match action {
            Action::Train(TrainAction::Plan(plan)) => {
                changed_number(&self.scene.train.plan, plan).map(Gesture::Plan)
            }
            action => action.gesture(),
        }
    }

    #[expect(clippy::match_same_arms, reason = "an arm per action, in the order of the list")]
    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::Pin(unit) => {
                self.clicked = true;
                self.scene.trail.clear();
                self.set_pin(unit);
            }
            Action::Follow(unit) => {
                self.clicked = true;
                if let Some(pin) = self.pin().and_then(|pin| self.named(pin)) {
                    self.scene.trail.push(pin);
                }
                self.set_pin(unit);
            }
            Action::Back if self.scene.view == View::Parameters => {
                self.connect(crate::ui::action::Connect::BackToLayer);
            }
            Action::Back => {
                if let Some(pin) = self.scene.trail.pop() {
                    self.scene.pin = Some(pin);
                    self.rest();
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
                self.scene.worksheet = None;
                self.rest();
            }
            Action::Loupe(open) => self.scene.loupe = open,
            Action::Fit => match self.scene.view {
                View::Train => self.scene.train.shown = None,
                View::Step => self.scene.camera = Camera::Fit,
                View::Parameters => self.scene.parameters.camera = MatrixCamera::Fit,
                View::Field => self.centre_field(),
            },
            Action::Camera(camera) => self.scene.camera = camera,
            Action::In if self.scene.view == View::Parameters => self.zoom_into_matrix(),
            Action::Out if self.scene.view == View::Parameters => self.out_of_matrix(),
            Action::In if self.scene.view == View::Train => self.next_train_page(),
            Action::Out if self.scene.view == View::Train => self.out_of_training(),
            Action::In if self.scene.view == View::Field => self.next_field_page(),
            Action::Out if self.scene.view == View::Field => self.out_of_field(),
            Action::In => self.zoom_in(),
            Action::Out => self.zoom_out(),
            Action::Range(range) => self.scene.range = range,
            Action::Diverging(on) => self.scene.diverging = on,
            Action::Network(reference) => self.set_network(reference),
            Action::Input(reference) => self.set_input(reference),
            Action::FeedAnyway => self.scene.input.feed_anyway(),
            Action::ChooseFile => self.loading.choose_file(),
            Action::OpenPaths(paths) => self.open_paths(paths),
            Action::Open(dialog) => {
                self.dialogs_opened += 1;
                self.dialog = (self.dialog != Some(dialog)).then_some(dialog);
                if dialog == Dialog::Gallery {
                    self.judge();
                }
            }
            Action::CloseDialog => self.dialog = None,
            Action::View(view) => self.scene.view = view,
            Action::Parameters(connect) => self.connect(connect),
            Action::Field(action) => self.field_action(action),
            Action::Train(action) => self.train(action),
            Action::Step(direction) if self.scene.view == View::Train => {
                self.step_in_training(direction);
            }
            Action::Step(direction) if self.scene.view == View::Parameters => {
                self.step_in_matrix(direction);
            }
            Action::Step(direction) if self.scene.view == View::Field => {
                self.step_in_field(direction);
            }
            Action::Step(direction) => {
                if let Some(open) = &self.open {
                    let pin = self.pin();
                    self.act(Action::Pin(navigate::step(&open.network, pin, direction)));
                }
            }
            // Only the history of changes hears of it.
            Action::BeginGesture => {}
            Action::Touch(touch) => self.touch(touch),
            Action::Edit(edit) => self.edit(edit),
            Action::Hand(action) => self.hand_action(action),
            Action::Knob(knob) => self.knob = knob,
            Action::Play(play) => self.play(&play),
            Action::Worksheet(worksheet) => self.set_worksheet(worksheet),
            Action::Question(question) => {
                self.scene.question = question.filter(|[a, b]| a != b);
            }
            Action::Beside(beside) => self.scene.beside = beside,
            Action::Slides(slides) => self.slides(slides),
            Action::Cover(on) => self.covered = on.then(BTreeSet::new),
            Action::Reveal(place) => {
                if let Some(revealed) = &mut self.covered {
                    revealed.insert(place);
                }
            }
            Action::Spotlight(on) => self.spotlight = on,
            Action::Speaker(on) => self.speaker = on,
            Action::Undo => self.travel(false),
            Action::Redo => self.travel(true),
            Action::Setting(change) => self.settings.change(change),
            Action::Dismiss => self.notice = None,
            Action::Cancel => self.stop_waiting(),
            Action::SaveScene(to) => self.save(to),
            Action::Export(export) => self.export(export),
            // The window's own business; see `session`.
            Action::CopyValue | Action::RestartWorker => {}
            Action::Paste => self.loading.paste(),
            Action::Quit => self.quit = true,
        }
    }

    fn set_pin(&mut self, unit: crate::ui::action::UnitRef) {
        let pin = self.named(unit);
        if self.scene.pin != pin {
            self.scene.worksheet = None;
        }
        self.scene.pin = pin;
        self.rest();
    }

    fn travel(&mut self, forward: bool) {
        self.put_right();
        let mut present = self.state();
        let travelled =
            if forward { self.undo.redo(&mut present) } else { self.undo.undo(&mut present) };
        if travelled {
            let State { scene, deck } = present;
            self.playing = false;
            self.scene = scene;
            self.deck = deck;
            self.keep_what_was_learned();
        }
    }

    pub(super) fn set_input(&mut self, reference: InputRef) {
        if !reference.same_picture(&self.scene.input) {
            self.scene.handling = crate::ui::scene::Handling::default();
        }
        if self.scene.pad == Pad::Draw && !matches!(reference, InputRef::Drawing(_)) {
            self.scene.pad = Pad::Closed;
        }
        self.scene.input = reference;
        let digit = matches!(self.scene.input, InputRef::Digit(_));
        let uses_it = matches!(self.scene.view, View::Parameters | View::Field);
        if !(digit && uses_it) {
            // A digit is looked at where it was chosen; what is dropped opens the Step view.
            self.scene.view = View::Step;
        }
        self.dialog = None;
    }

    pub(super) fn set_network(&mut self, reference: NetworkRef) {
        if self.scene.network != reference {
            self.scene.network = reference;
            self.scene.weights = None;
            self.forget_edits();
            self.scene.trail.clear();
            self.scene.loupe = false;
            self.scene.worksheet = None;
            self.scene.question = None;
            self.scene.time = Time::Rest;
            self.scene.camera = Camera::Fit;
        }
    }

    /// Lets go of documents that neither the scene nor its history names.
    fn forget_documents(&mut self) {
        if self.documents.len() <= MOST_DOCUMENTS + self.kept_documents {
            return;
        }
        let mut named = BTreeSet::new();
        self.state().documents(&mut named);
        self.undo.documents(&mut named);
        for reference in &self.recent {
            if let InputRef::Drawing(id) | InputRef::Pasted { picture: id, .. } = reference {
                named.insert(id.clone());
            }
        }
        self.documents.retain(&named);
        self.kept_documents = self.documents.len();
    }
}
