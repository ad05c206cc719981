//! The application's state, and the only place that changes it.
//!
//! Actions change the scene; [`Studio::reconcile`] then brings everything derived from the scene —
//! the open network, the input, its trace, the story of the pin — up to date. So undo, opening a
//! scene and a click are the same thing: a scene in place of another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::{Action, Dialog, UnitRef};
use super::input::{self, Input};
use super::loading::{Loading, Opened};
use super::navigate;
use super::scene::{Camera, InputRef, NetworkRef, Pin, Scene, SceneFile};
use super::settings::Settings;
use super::story::Story;
use super::undo::Undo;
use crate::array::{Array, Range, Trace, Weights};
use crate::data::{Stage, Verdict, digits, pipeline};
use crate::network::receptive::Fields;
use crate::network::{Domain, Layer, Network, zoo};
use crate::worker::{Answer, Command, Event, Origin, Request, RunId, WeightSource, Worker};

/// An error as the window keeps it: said anew in each language.
pub type SharedError = Arc<dyn std::error::Error + Send + Sync>;

/// What the window has to tell beside the figure.
#[derive(Clone, Debug)]
pub enum Notice {
    /// Something did not work; what was there is still there.
    Failed(SharedError),
    /// The engine has stopped and can be started again.
    WorkerEnded {
        message: String,
    },
    SceneSaved(PathBuf),
}

/// Under the pointer: previews, never the story.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hover {
    pub unit: Option<UnitRef>,
    /// A term of the pinned unit's arithmetic.
    pub term: Option<usize>,
}

/// A network that the engine has opened.
#[derive(Clone, Debug)]
pub struct Open {
    run: RunId,
    pub reference: NetworkRef,
    pub weights_from: Option<PathBuf>,
    pub network: Arc<Network>,
    pub fields: Arc<Fields>,
    pub weights: Arc<Weights>,
    pub origin: Origin,
    /// The preprocessing that belongs to the weights.
    pub stages: Vec<Stage>,
}

/// A network that the engine has been asked to open.
struct Opening {
    run: RunId,
    reference: NetworkRef,
    weights_from: Option<PathBuf>,
    network: Arc<Network>,
}

/// What the open network made of the input.
#[derive(Clone, Debug)]
pub struct Seen {
    pub trace: Arc<Trace>,
    /// Range of all activations between image and scores.
    pub network_range: Option<Range>,
}

pub struct Studio {
    pub scene: Scene,
    pub settings: Settings,
    pub open: Option<Open>,
    pub input: Option<Input>,
    pub seen: Option<Seen>,
    pub story: Option<Story>,
    pub hover: Hover,
    pub notice: Option<Notice>,
    pub dialog: Option<Dialog>,
    /// What the open network takes each digit of the test split for.
    pub judged: Option<Vec<usize>>,
    /// Whether the person has clicked yet: until then a line of hints is shown.
    pub clicked: bool,
    pub quit: bool,
    undo: Undo,
    worker: Worker,
    loading: Loading,
    opening: Option<Opening>,
    last_run: RunId,
    generation: u64,
    /// The generation whose trace is on screen.
    shown: u64,
    /// Bumped when a new trace is on screen.
    pub revision: u64,
}

impl Studio {
    #[must_use]
    pub fn new(scene: Scene, settings: Settings, worker: Worker) -> Self {
        let mut studio = Self {
            scene,
            settings,
            open: None,
            input: None,
            seen: None,
            story: None,
            hover: Hover::default(),
            notice: None,
            dialog: None,
            judged: None,
            clicked: false,
            quit: false,
            undo: Undo::default(),
            worker,
            loading: Loading::default(),
            opening: None,
            last_run: RunId::default(),
            generation: 0,
            shown: 0,
            revision: 0,
        };
        studio.reconcile();
        studio
    }

    /// Whether an answer is still awaited.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.opening.is_some() || self.loading.is_busy() || self.shown != self.generation
    }

    /// Drains what the worker and the promises have brought.
    pub fn drain(&mut self) {
        while let Some(event) = self.worker.event() {
            self.hear(event);
        }
        while let Some(answer) = self.worker.answer() {
            self.hear_answer(answer);
        }
        while let Some(opened) = self.loading.ready() {
            self.take(opened);
        }
        self.reconcile();
    }

    /// Carries out what the views asked for.
    pub fn carry_out(&mut self, actions: impl IntoIterator<Item = Action>) {
        for action in actions {
            let before = self.scene.clone();
            let keeps_history = matches!(action, Action::Undo | Action::Redo | Action::Camera(_));
            self.act(action);
            if self.scene != before && !keeps_history {
                self.undo.remember(before);
            }
        }
        self.reconcile();
    }

    /// What a file that was dropped, typed or given on the command line is, and opens it.
    pub fn open_path(&mut self, path: &Path) {
        let is =
            |extension: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension));
        if is("safetensors") {
            self.scene.weights = Some(path.into());
        } else if is("json") {
            self.open_json(path);
        } else {
            self.set_input(InputRef::File { path: path.into(), anyway: false });
        }
    }

    fn open_json(&mut self, path: &Path) {
        match SceneFile::read(path) {
            Ok(file) => {
                if let Some(scene) = file.scenes.into_iter().next() {
                    self.scene = scene;
                }
            }
            // A network file is no scene file, and says so by what it lacks.
            Err(scene_error) => match super::loading::network_file(path) {
                Ok(_) => self.set_network(NetworkRef::File(path.into())),
                Err(_) => self.fail(Arc::new(scene_error)),
            },
        }
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
            Action::Undo => {
                self.undo.undo(&mut self.scene);
            }
            Action::Redo => {
                self.undo.redo(&mut self.scene);
            }
            Action::OtherLanguage => self.settings.lang = self.settings.lang.other(),
            Action::OtherTheme => self.settings.theme = self.settings.theme.other(),
            Action::Dismiss => self.notice = None,
            Action::SaveScene => self.loading.save_scene(SceneFile::new(vec![self.scene.clone()])),
            // The window's own business; see `app`.
            Action::CopyValue | Action::RestartWorker => {}
            Action::Quit => self.quit = true,
        }
    }

    /// A worker in place of one that has ended: everything is opened anew.
    pub fn restart(&mut self, worker: Worker) {
        self.worker = worker;
        self.notice = None;
        self.open = None;
        self.opening = None;
        self.reconcile();
    }

    /// Whether a promise is under way, which cannot wake the window by itself.
    #[must_use]
    pub fn loading_is_pending(&self) -> bool {
        self.loading.is_pending()
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
            self.scene.camera = Camera::Fit;
        }
    }

    fn named(&self, UnitRef { node, unit }: UnitRef) -> Option<Pin> {
        let node = self.open.as_ref()?.network.nodes().get(node)?;
        Some(Pin { node: node.name.clone(), unit })
    }

    /// The pinned unit, if the open network has it.
    #[must_use]
    pub fn pin(&self) -> Option<UnitRef> {
        let pin = self.scene.pin.as_ref()?;
        self.resolve(pin)
    }

    /// A unit named in the scene, if the open network has it.
    #[must_use]
    pub fn resolve(&self, pin: &Pin) -> Option<UnitRef> {
        let network = &self.open.as_ref()?.network;
        let node = network.index_of(&pin.node)?;
        let exists = pin.unit.iter().zip(network.nodes()[node].output).all(|(&at, n)| at < n);
        exists.then_some(UnitRef { node, unit: pin.unit })
    }

    /// Whether the input is a picture that is no digit, and nobody has said to feed it anyway.
    #[must_use]
    pub fn asks_about_photo(&self) -> bool {
        let anyway = matches!(self.scene.input, InputRef::File { anyway: true, .. });
        let digit_network =
            self.open.as_ref().is_some_and(|open| open.network.domain == Domain::Digit);
        let digit = self.input.as_ref().is_none_or(|input| input.verdict == Verdict::Digit);
        digit_network && !anyway && !digit
    }

    fn fail(&mut self, error: SharedError) {
        tracing::info!(%error, "shown to the person");
        self.notice = Some(Notice::Failed(error));
    }

    /// Brings what is derived from the scene up to date with it.
    fn reconcile(&mut self) {
        self.reconcile_network();
        self.reconcile_input();
        self.reconcile_story();
    }

    fn reconcile_network(&mut self) {
        if matches!(self.notice, Some(Notice::WorkerEnded { .. })) {
            return;
        }
        let wanted = (&self.scene.network, &self.scene.weights);
        let under_way = match (&self.opening, &self.open) {
            (Some(opening), _) => Some((&opening.reference, &opening.weights_from)),
            (None, Some(open)) => Some((&open.reference, &open.weights_from)),
            (None, None) => None,
        };
        if under_way == Some(wanted) {
            return;
        }
        match find_network(&self.scene.network) {
            Ok(network) => {
                let network = Arc::new(network);
                self.last_run.0 += 1;
                let run = self.last_run;
                let weights = match &self.scene.weights {
                    Some(path) => WeightSource::File(path.clone()),
                    None => WeightSource::Bundled,
                };
                self.opening = Some(Opening {
                    run,
                    reference: self.scene.network.clone(),
                    weights_from: self.scene.weights.clone(),
                    network: Arc::clone(&network),
                });
                self.worker.send(Command::Open { run, network, weights });
                while let Some(event) = self.worker.event() {
                    self.hear(event);
                }
            }
            Err(error) => {
                self.fail(error);
                self.back_to_what_is_open();
            }
        }
    }

    /// After a failure: the scene shows again what is still there.
    fn back_to_what_is_open(&mut self) {
        self.opening = None;
        if let Some(open) = &self.open {
            self.scene.network = open.reference.clone();
            self.scene.weights.clone_from(&open.weights_from);
        } else {
            let first = Scene::default();
            self.scene.network = first.network;
            self.scene.weights = first.weights;
        }
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Opened { run, weights, origin } => {
                if let Some(opening) = self.opening.take_if(|opening| opening.run == run) {
                    self.take_network(opening, weights, origin);
                }
            }
            Event::Failed { run, error } => {
                if self.opening.take_if(|opening| opening.run == run).is_some() {
                    self.back_to_what_is_open();
                } else if self.open.as_ref().is_none_or(|open| open.run != run) {
                    return;
                }
                self.shown = self.generation;
                self.fail(error);
            }
            Event::Judged { run, classes } => {
                if self.open.as_ref().is_some_and(|open| open.run == run) {
                    self.judged = Some(classes);
                }
            }
            Event::Panicked { message } => {
                self.opening = None;
                self.shown = self.generation;
                self.notice = Some(Notice::WorkerEnded { message });
            }
        }
    }

    fn hear_answer(&mut self, answer: Answer) {
        let current = self.open.as_ref().is_some_and(|open| open.run == answer.run);
        if current && answer.generation == self.generation {
            self.show(answer.trace);
        }
    }

    fn take_network(&mut self, opening: Opening, weights: Arc<Weights>, origin: Origin) {
        let Opening { run, reference, weights_from, network } = opening;
        let stages = pipeline::of_weights(&weights.metadata).unwrap_or_else(pipeline::digit_file);
        let fields = Arc::new(Fields::of(&network));
        self.open =
            Some(Open { run, reference, weights_from, network, fields, weights, origin, stages });
        (self.input, self.seen, self.story, self.judged) = (None, None, None, None);
        self.shown = self.generation;
        self.reconcile_input();
        self.find_a_pin();
    }

    /// The picture is not thrown away when the network does not have the pinned unit; the pin is.
    fn find_a_pin(&mut self) {
        if self.scene.pin.is_some() && self.pin().is_none() {
            self.scene.trail.clear();
            self.scene.pin =
                self.open.as_ref().and_then(|open| self.named(navigate::first(&open.network)));
        }
    }

    fn reconcile_input(&mut self) {
        let Some(open) = &self.open else { return };
        if self
            .input
            .as_ref()
            .is_some_and(|input| same_picture(&input.reference, &self.scene.input))
        {
            if self.shown == self.generation && self.seen.is_none() {
                self.request();
            }
            return;
        }
        match &self.scene.input {
            InputRef::Digit(_) => {
                match input::load(&self.scene.input, &open.network, &open.stages) {
                    Ok(input) => self.take_input(input),
                    Err(error) => self.refuse_input(Arc::new(error)),
                }
            }
            InputRef::File { .. } => {
                let (network, stages) = (Arc::clone(&open.network), open.stages.clone());
                self.loading.load(self.scene.input.clone(), network, stages);
            }
        }
    }

    fn take(&mut self, opened: Opened) {
        match opened {
            Opened::Input(Ok(input)) => {
                if same_picture(&input.reference, &self.scene.input) {
                    self.take_input(*input);
                }
            }
            Opened::Input(Err((reference, error))) => {
                if same_picture(&reference, &self.scene.input) {
                    self.refuse_input(Arc::new(error));
                }
            }
            Opened::Chosen(path) => self.carry_out([Action::OpenPath(path)]),
            Opened::Saved(Ok(path)) => self.notice = Some(Notice::SceneSaved(path)),
            Opened::Saved(Err(error)) => self.fail(error),
        }
    }

    fn take_input(&mut self, input: Input) {
        self.input = Some(input);
        self.seen = None;
        self.request();
    }

    /// A picture that cannot be read: the one before is still there.
    fn refuse_input(&mut self, error: SharedError) {
        self.fail(error);
        self.scene.input = match &self.input {
            Some(input) => input.reference.clone(),
            None => Scene::default().input,
        };
        if self.input.is_none() {
            self.reconcile_input();
        }
    }

    fn request(&mut self) {
        if self.asks_about_photo() {
            return;
        }
        let (Some(open), Some(input)) = (&self.open, &self.input) else { return };
        self.generation += 1;
        let (run, generation, input) = (open.run, self.generation, input.tensor.clone());
        self.worker.request(Request { run, generation, input });
        while let Some(answer) = self.worker.answer() {
            self.hear_answer(answer);
        }
    }

    fn show(&mut self, trace: Arc<Trace>) {
        let Some(open) = &self.open else { return };
        let network_range = activations(&open.network)
            .filter_map(|node| Range::of(trace.output(node).values()))
            .reduce(Range::union);
        self.seen = Some(Seen { trace, network_range });
        self.shown = self.generation;
        self.revision += 1;
        self.story = None;
    }

    fn reconcile_story(&mut self) {
        let pin = self.pin();
        if self.story.as_ref().map(|story| story.pin) == pin && pin.is_some() {
            return;
        }
        self.story = match (&self.open, &self.seen, pin) {
            (Some(open), Some(seen), Some(pin)) => {
                Some(Story::of(&open.network, &open.weights, &seen.trace, pin))
            }
            _ => None,
        };
    }

    /// Asks once what the network takes the test digits for.
    fn judge(&mut self) {
        let Some(open) = &self.open else { return };
        if self.judged.is_some() || open.network.domain != Domain::Digit {
            return;
        }
        let (run, shape) = (open.run, open.network.input());
        let images: Result<Vec<Array>, _> = digits::range(crate::data::Split::Test)
            .map(|index| input::digit_tensor(index, shape, &open.stages))
            .collect();
        match images {
            Ok(images) => {
                self.worker.send(Command::Judge { run, images: images.into() });
            }
            Err(error) => self.fail(Arc::new(error)),
        }
    }
}

/// Nodes whose values are activations: neither the image nor the scores and what is made of them.
pub fn activations(network: &Network) -> impl Iterator<Item = usize> {
    let scores = network.scores();
    network.nodes().iter().enumerate().filter_map(move |(index, node)| {
        let image = matches!(node.layer, Layer::Input { .. });
        (!image && index < scores).then_some(index)
    })
}

fn find_network(reference: &NetworkRef) -> Result<Network, SharedError> {
    match reference {
        NetworkRef::Zoo(name) => zoo::find(name)
            .ok_or_else(|| -> SharedError { Arc::new(UnknownNetwork { name: name.clone() }) }),
        NetworkRef::File(path) => super::loading::network_file(path),
    }
}

/// A name that is not in the zoo.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no network {name} in the zoo; choose one from the list above the figure")]
pub struct UnknownNetwork {
    pub name: String,
}

fn same_picture(a: &InputRef, b: &InputRef) -> bool {
    match (a, b) {
        (InputRef::File { path: a, .. }, InputRef::File { path: b, .. }) => a == b,
        (InputRef::Digit(a), InputRef::Digit(b)) => a == b,
        (InputRef::File { .. }, InputRef::Digit(_))
        | (InputRef::Digit(_), InputRef::File { .. }) => false,
    }
}
