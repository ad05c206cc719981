//! The application's state, and the only place that changes it.
//!
//! Actions change the scene (`act`); `reconcile` then brings everything derived from the scene —
//! the open network, the input, its trace, the story of the pin — up to date. So undo, opening a
//! scene and a click are the same thing: a scene in place of another.

mod act;
mod hear;
mod reconcile;

use std::path::PathBuf;
use std::sync::Arc;

use super::action::{Dialog, UnitRef};
use super::input::Input;
use super::loading::Loading;
use super::scene::{InputRef, NetworkRef, Pin, Scene};
use super::settings::Settings;
use super::story::Story;
use super::undo::Undo;
use super::views::step::figure::Figure;
use crate::array::{Range, Trace, Weights};
use crate::data::{Stage, Verdict};
use crate::network::receptive::Fields;
use crate::network::{Domain, Layer, Network};
use crate::worker::{Origin, RunId, Worker};

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
    pub figure: Arc<Figure>,
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

/// What the open network made of an input.
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
    /// Of the input, or, while that is being computed, of the one before.
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
    /// Counts requests for traces.
    generation: u64,
    /// The generation that has been answered, or given up.
    answered: u64,
    /// Whether the trace of the present input has been asked for.
    asked: bool,
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
            answered: 0,
            asked: false,
        };
        studio.reconcile();
        studio
    }

    /// Whether an answer is still awaited.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.opening.is_some() || self.loading.is_busy() || self.answered != self.generation
    }

    /// Whether a promise is under way, which cannot wake the window by itself.
    #[must_use]
    pub fn loading_is_pending(&self) -> bool {
        self.loading.is_pending()
    }

    /// The pinned unit, if the open network has it.
    #[must_use]
    pub fn pin(&self) -> Option<UnitRef> {
        self.resolve(self.scene.pin.as_ref()?)
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

/// A name that is not in the zoo.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no network {name} in the zoo; choose one from the list above the figure")]
pub struct UnknownNetwork {
    pub name: String,
}
