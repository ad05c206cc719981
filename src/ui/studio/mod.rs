//! The application's state, and the only place that changes it.
//!
//! Actions change the scene (`act`); `reconcile` then brings everything derived from the scene —
//! the open network, the input, its trace, the story of the pin — up to date. So undo, opening a
//! scene and a click are the same thing: a scene in place of another.

mod act;
mod connect;
mod connected;
mod edit;
mod effective;
mod error;
mod field;
mod hand;
mod hear;
mod inputs;
mod opening;
mod play;
mod reconcile;
mod refused;
mod slides;
mod touch;
mod training;
mod tried;
mod zoom;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::action::{Dialog, NamedUnit, UnitRef};
use super::input::{Input, Source};
use super::loading::Loading;
use super::replay::{Progress, Replay};
use super::scene::{Deck, DocId, Documents, InputRef, NetworkRef, Pin, Scene, State, Time};
use super::settings::Settings;
use super::story::Story;
use super::undo::Undo;
use super::views::step::figure::Figure;
use crate::array::{Array, Range, Trace, Weights};
use crate::data::{Stage, Verdict};
use crate::network::receptive::Fields;
use crate::network::{Domain, Layer, Network, Shape};
use crate::worker::{Origin, RunId, Worker};

pub use connected::{Column, Connected};
pub use effective::{Effective, EffectiveState};
pub use error::StudioError;
pub use field::{
    Ends, FieldState, Heated, Outcome, Rows, Seer, pages as field_pages, rows as field_rows,
};
pub use hand::{HandState, Learning};
use reconcile::Wanted;
pub use training::{Curve, History, KernelGradient, TrainRun, Trainings, WAYS_SHIFT};
pub use tried::Tried;

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
    Saved(PathBuf),
    Copied,
}

/// One trained number: its tensor and its place there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knob {
    pub tensor: String,
    pub index: usize,
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
    /// The shape of the image that it slides over.
    pub slide: Option<Shape>,
    /// The shape that the network was made for.
    base_input: Shape,
    pub network: Arc<Network>,
    pub fields: Arc<Fields>,
    pub figure: Arc<Figure>,
    /// As they were opened; what a person has edited is in [`Seen::weights`].
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
    slide: Option<Shape>,
    network: Arc<Network>,
}

/// The state beside this one.
#[derive(Clone, Debug)]
pub struct Compared {
    pub trace: Arc<Trace>,
    /// This one's values minus that one's.
    pub difference: Arc<Trace>,
}

/// What the open network made of an input.
#[derive(Clone, Debug)]
pub struct Seen {
    pub trace: Arc<Trace>,
    /// The weights that it was made with, edits included.
    pub weights: Arc<Weights>,
    /// Node and map of those that were silent.
    pub muted: Arc<[(usize, usize)]>,
    /// Without the edits, where there are any.
    pub original: Option<Arc<Trace>>,
    /// Of the state beside this one.
    pub beside: Option<Compared>,
    /// Of the difference between two classes, with respect to the image.
    pub gradient: Option<Array>,
    /// Range of all activations between image and scores.
    pub network_range: Option<Range>,
}

impl Open {
    /// Names this opening.
    #[must_use]
    pub fn run(&self) -> RunId {
        self.run
    }

    /// What a unit is called: `C3[7](4,6)`, or `F6[38]` where there are no rows and columns.
    #[must_use]
    pub fn unit_name(&self, UnitRef { node, unit }: UnitRef) -> String {
        let node = &self.network.nodes()[node];
        match node.output {
            [_, 1, 1] => format!("{}[{}]", node.name, unit[0]),
            _ => NamedUnit { node: node.name.clone(), unit }.to_string(),
        }
    }
}

pub struct Studio {
    pub scene: Scene,
    pub deck: Deck,
    pub documents: Documents,
    pub settings: Settings,
    pub open: Option<Open>,
    pub input: Option<Input>,
    /// The input of the state beside this one.
    pub beside: Option<Input>,
    /// Of the input, or, while that is being computed, of the one before.
    pub seen: Option<Seen>,
    pub story: Option<Story>,
    pub hover: Hover,
    pub notice: Option<Notice>,
    pub dialog: Option<Dialog>,
    /// Counts opened dialogs: what is typed belongs to one opening.
    pub dialogs_opened: u64,
    /// What the open network takes each digit of the test split for.
    pub judged: Option<Vec<usize>>,
    /// Whether the person has clicked yet: until then a line of hints is shown.
    pub clicked: bool,
    /// What was looked at lately, newest first.
    pub recent: Vec<InputRef>,
    /// Numbers are covered, except those in these places.
    pub covered: Option<BTreeSet<u64>>,
    pub spotlight: bool,
    pub speaker: bool,
    /// What the Parameters view shows; `None` before it has been looked at.
    pub connected: Option<Connected>,
    /// The three ways at work; `None` before they have been looked at.
    pub tried: Option<Tried>,
    /// What the Receptive field view shows.
    pub field: FieldState,
    effective: EffectiveState,
    trainings: Trainings,
    /// What is remembered of a person's hand, and how far it is learned.
    pub hand: HandState,
    /// The number that is being turned.
    pub knob: Option<Knob>,
    /// The window's size in points.
    pub window: [u32; 2],
    pub playing: bool,
    pub quit: bool,
    /// Where time is within the layer or unit that plays, in seconds at 1×.
    seconds: f64,
    replay: Option<Replay>,
    undo: Undo,
    worker: Worker,
    loading: Loading,
    /// Pictures that were decoded lately.
    sources: Vec<Arc<Source>>,
    /// How many documents were left when forgotten ones were last let go.
    kept_documents: usize,
    /// The edits as weights, and what they were made of.
    edited: Vec<(DocId, Arc<Weights>)>,
    opening: Option<Opening>,
    last_run: RunId,
    /// Counts requests for traces.
    generation: u64,
    /// The generation that has been answered, or given up.
    answered: u64,
    /// What has been asked of the engine last.
    asked: Option<Wanted>,
    /// What is shown was made of this scene's input, edits and question.
    shown: Option<Scene>,
    /// The scene comes from a file: whether it has the pinned unit has to be looked at.
    untried: bool,
}

impl Studio {
    #[must_use]
    pub fn new(scene: Scene, settings: Settings, worker: Worker) -> Self {
        Self::with_documents(scene, Documents::default(), settings, worker)
    }

    /// On a scene that names documents.
    #[must_use]
    pub fn with_documents(
        scene: Scene,
        documents: Documents,
        settings: Settings,
        worker: Worker,
    ) -> Self {
        Self::with_trainings(scene, documents, Trainings::default(), settings, worker)
    }

    /// On a scene whose trainings another window has seen: they can be looked at, and need not be taken up.
    #[must_use]
    pub fn with_trainings(
        scene: Scene,
        documents: Documents,
        trainings: Trainings,
        settings: Settings,
        worker: Worker,
    ) -> Self {
        let last_run = trainings.last();
        let mut studio = Self {
            scene,
            deck: Deck::default(),
            documents,
            settings,
            open: None,
            input: None,
            beside: None,
            seen: None,
            story: None,
            hover: Hover::default(),
            notice: None,
            dialog: None,
            dialogs_opened: 0,
            judged: None,
            clicked: false,
            recent: Vec::new(),
            covered: None,
            spotlight: false,
            speaker: false,
            connected: None,
            tried: None,
            field: FieldState::default(),
            effective: EffectiveState::default(),
            trainings,
            hand: HandState::default(),
            knob: None,
            window: [1280, 800],
            playing: false,
            quit: false,
            seconds: 0.0,
            replay: None,
            undo: Undo::default(),
            worker,
            loading: Loading::default(),
            sources: Vec::new(),
            kept_documents: 0,
            edited: Vec::new(),
            opening: None,
            last_run,
            generation: 0,
            answered: 0,
            asked: None,
            shown: None,
            untried: false,
        };
        studio.reconcile();
        studio
    }

    /// Whether an answer is still awaited.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        let learning = self.hand.lesson.is_some();
        learning || self.is_waiting_for_the_pass() || self.effective.is_awaited()
    }

    /// Whether what the whole window shows is still to come. An effective field is not: the view goes on
    /// while it is worked on, and shows by itself where it is missing.
    #[must_use]
    pub fn is_waiting_for_the_pass(&self) -> bool {
        let pass = self.opening.is_some() || self.answered != self.generation;
        pass || self.loading.is_busy() || self.train_is_awaited()
    }

    /// Opens no dialogs of the system and leaves the clipboard alone: for tests that click everywhere.
    pub fn keep_silent(&mut self) {
        self.loading.silent = true;
    }

    /// Whether a promise is under way, which cannot wake the window by itself.
    #[must_use]
    pub fn loading_is_pending(&self) -> bool {
        self.loading.is_pending()
    }

    /// The unit whose story is told, if the open network has it: the one at the head of time while a
    /// layer is replayed, else the pinned one.
    #[must_use]
    pub fn pin(&self) -> Option<UnitRef> {
        self.head().or_else(|| self.resolve(self.scene.pin.as_ref()?))
    }

    /// The unit that is being computed while a layer is replayed.
    #[must_use]
    pub fn head(&self) -> Option<UnitRef> {
        let Time::Layer { event, .. } = &self.scene.time else { return None };
        self.replay.as_ref()?.head(*event)
    }

    /// How far the replay has come, in the layer and in the unit whose story is told.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        self.replay.as_ref()?.progress(&self.scene.time, self.story.as_ref())
    }

    /// What is being replayed.
    #[must_use]
    pub fn replay(&self) -> Option<&Replay> {
        self.replay.as_ref()
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
        let anyway = self.scene.input.is_fed_anyway() || self.scene.handling.keep_size;
        let digit_network =
            self.open.as_ref().is_some_and(|open| open.network.domain == Domain::Digit);
        let digit = self
            .input
            .as_ref()
            .is_none_or(|input| input.source.verdict == Verdict::Digit || input.source.is_blank());
        digit_network && !anyway && !digit
    }

    /// Whether the input is a pad on which nothing is drawn: there is nothing to compute.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.input
            .as_ref()
            .is_some_and(|input| input.source.is_blank() && input.touched.paint.is_none())
    }

    /// The two classes that are asked about, where there is one answer and not a row of them.
    #[must_use]
    pub fn question(&self) -> Option<[usize; 2]> {
        let network = &self.open.as_ref()?.network;
        let [classes, rows, columns] = network.nodes()[network.scores()].output;
        let question = self.scene.question.filter(|q| q.iter().all(|&class| class < classes));
        question.filter(|_| rows * columns == 1)
    }

    /// What undo would bring back.
    #[must_use]
    pub fn state(&self) -> State {
        State { scene: self.scene.clone(), deck: self.deck.clone() }
    }

    /// Whether what is open is what the scene asks for, and its answer is there.
    fn is_settled(&self) -> bool {
        let open = self.open.as_ref().is_some_and(|open| {
            (&open.reference, &open.weights_from) == (&self.scene.network, &self.scene.weights)
        });
        open && self.opening.is_none() && self.seen.is_some()
    }

    fn named(&self, UnitRef { node, unit }: UnitRef) -> Option<Pin> {
        let node = self.open.as_ref()?.network.nodes().get(node)?;
        Some(Pin { node: node.name.clone(), unit })
    }

    fn fail(&mut self, error: SharedError) {
        tracing::info!(%error, "shown to the person");
        self.notice = Some(Notice::Failed(error));
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
