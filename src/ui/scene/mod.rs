//! What is shown, as plain data: saved, undone, rendered to a file, tested (contract §8).
//!
//! Language, theme and scale are settings and no part of it.

mod deck;
mod difference;
mod document;
mod edits;
mod field;
mod file;
mod hand;
mod parameters;
mod pasted;
mod series;
mod train;
mod trained;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::data::{Placement, Stage};
use crate::locale::Lang;
use crate::network::Unit;

pub use deck::{Deck, State};
pub use difference::changed_number;
pub use document::{DocId, Document, Documents, Kind};
pub use edits::{Edits, can_be_muted};
pub use field::{
    Composition, FieldPage, FieldScene, FieldSceneError, LARGEST_WEIGHT, Spot, Subject,
};
pub use file::{MAX_SCENE_BYTES, SceneError, SceneFile, VERSION};
pub use hand::{HandDigits, HandScene, Lesson, LessonPoint, MOST_DIGITS};
pub use parameters::{
    Count, FURTHEST, MOST_LARGER, MOST_TURNED, MatrixCamera, Opened, Page, Parameters, Shift, Trial,
};
pub use pasted::Pasted;
pub use series::{Member, SEEDS, Series, Varied};
pub use train::{Quantity, TrainNetwork, TrainPage, TrainPlan, TrainScene, WeightRef};
pub use trained::{MOST_WEIGHTS, Trained};

/// Everything a person has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scene {
    pub view: View,
    pub network: NetworkRef,
    /// A weight file; none means the bundled weights.
    pub weights: Option<PathBuf>,
    /// Changed weights and muted maps.
    pub edits: Option<DocId>,
    pub input: InputRef,
    /// What is done with the input on its way into the network.
    pub handling: Handling,
    /// A second state, seen beside this one.
    pub beside: Option<Beside>,
    pub pin: Option<Pin>,
    /// Where the pin came from, oldest first, when terms have been followed.
    pub trail: Vec<Pin>,
    pub camera: Camera,
    pub range: RangeChoice,
    /// Signed maps on a diverging scale, instead of all on the sequential one.
    pub diverging: bool,
    /// The map whose cells are enlarged.
    pub loupe: bool,
    pub time: Time,
    /// The arithmetic of the pinned unit as a table over the figure.
    pub worksheet: Option<Worksheet>,
    /// Why this class and not that one?
    pub question: Option<[usize; 2]>,
    /// What is open for touching the input.
    pub pad: Pad,
    /// Drawings that are remembered, to be learned from.
    #[serde(skip_serializing_if = "is_default")]
    pub hand: HandScene,
    /// The layer that is connected in three ways.
    #[serde(skip_serializing_if = "is_default")]
    pub parameters: Parameters,
    /// Stacks of layers and the fields of their units.
    #[serde(skip_serializing_if = "is_default")]
    pub field: FieldScene,
    /// A network that learns.
    #[serde(skip_serializing_if = "is_default")]
    pub train: TrainScene,
    /// Of a slide.
    pub title: Words,
    pub notes: Words,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    #[default]
    Step,
    Train,
    Parameters,
    Field,
}

impl View {
    /// In the order of the rail.
    pub const ALL: [Self; 4] = [Self::Step, Self::Train, Self::Parameters, Self::Field];

    /// The number key that opens it, which it keeps whatever views there are.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Step => 1,
            Self::Train => 2,
            Self::Parameters => 3,
            Self::Field => 4,
        }
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A zoo name, or a file with a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkRef {
    Zoo(String),
    File(PathBuf),
    /// Trained in the window, with its weights.
    Trained(DocId),
}

/// What the network looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum InputRef {
    /// A bundled digit.
    Digit(usize),
    /// A picture; `anyway` when the person has said that it is to be fed although it looks like no
    /// digit.
    File { path: PathBuf, anyway: bool },
    /// Drawn on the pad.
    Drawing(DocId),
    /// From the clipboard.
    Pasted { picture: DocId, anyway: bool },
}

impl InputRef {
    /// Whether both name the same picture, fed or not.
    #[must_use]
    pub fn same_picture(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File { path: a, .. }, Self::File { path: b, .. }) => a == b,
            (Self::Pasted { picture: a, .. }, Self::Pasted { picture: b, .. })
            | (Self::Drawing(a), Self::Drawing(b)) => a == b,
            (Self::Digit(a), Self::Digit(b)) => a == b,
            (
                Self::File { .. } | Self::Digit(_) | Self::Drawing(_) | Self::Pasted { .. },
                Self::File { .. } | Self::Digit(_) | Self::Drawing(_) | Self::Pasted { .. },
            ) => false,
        }
    }

    /// Says that the picture is to be fed whatever it looks like.
    pub fn feed_anyway(&mut self) {
        match self {
            Self::File { anyway, .. } | Self::Pasted { anyway, .. } => *anyway = true,
            Self::Digit(_) | Self::Drawing(_) => {}
        }
    }

    /// Whether the person has said so.
    #[must_use]
    pub fn is_fed_anyway(&self) -> bool {
        matches!(self, Self::File { anyway: true, .. } | Self::Pasted { anyway: true, .. })
    }
}

/// What is done with a picture on its way into the network.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Handling {
    /// Of the raw picture, before preprocessing.
    pub raw: Placement,
    /// Stages in the place of those that belong to the weights.
    pub stages: Option<Vec<StageChoice>>,
    /// Of the network's input, after preprocessing.
    pub placement: Placement,
    /// Painted pixels of the network's input.
    pub paint: Option<DocId>,
    /// The picture keeps its size, and the network slides over it.
    pub keep_size: bool,
}

/// A stage of preprocessing, switched on or off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageChoice {
    pub stage: Stage,
    pub on: bool,
}

/// What differs in the state that is seen beside the scene's own: the input, the edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    pub input: InputRef,
    #[serde(default)]
    pub handling: Handling,
    #[serde(default)]
    pub edits: Option<DocId>,
}

/// The unit whose story is told, by the node's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    pub node: String,
    pub unit: Unit,
}

/// Where the figure is seen from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Camera {
    /// The whole figure.
    #[default]
    Fit,
    /// A layer, with what it reads beside it.
    Layer(String),
    /// One map of a layer, filling the view.
    Map { node: String, map: usize },
    /// Points per unit of the figure, and the figure's point in the middle of the view.
    At { scale: f32, centre: [f32; 2] },
}

/// How much of the computation has been replayed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Time {
    /// Everything is computed.
    #[default]
    Rest,
    /// The layer is computed up to this event; what comes after it is shown from the last full pass.
    Layer { node: String, event: u64 },
    /// The pinned unit is computed up to this event.
    Unit { event: u64 },
}

/// What a person's hand does with the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pad {
    #[default]
    Closed,
    /// Draws with a pen.
    Draw,
    /// Moves, turns and scales the network's input, or the raw picture.
    Move,
    /// Paints single pixels of the network's input.
    Paint,
}

impl Pad {
    pub const OPEN: [Self; 3] = [Self::Draw, Self::Move, Self::Paint];

    #[must_use]
    pub fn is_open(self) -> bool {
        self != Self::Closed
    }
}

/// A table over the figure: one partial sum of the pinned unit, and the product that is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Worksheet {
    pub part: usize,
    pub term: Option<usize>,
}

/// Over what the colour scale of activations spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeChoice {
    Map,
    #[default]
    Layer,
    Network,
}

impl RangeChoice {
    pub const ALL: [Self; 3] = [Self::Map, Self::Layer, Self::Network];
}

/// A text of a slide in both languages; either may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    pub en: String,
    pub zh: String,
}

impl Words {
    /// The text in this language; where it is missing, the other one, and `true`.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> (&str, bool) {
        let own = self.own(lang);
        if own.is_empty() { (self.own(lang.other()), true) } else { (own, false) }
    }

    fn own(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    pub fn set(&mut self, lang: Lang, text: String) {
        match lang {
            Lang::En => self.en = text,
            Lang::Zh => self.zh = text,
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }
}

/// The digit of the first start: one of the test split, which the bundled weights have not seen.
pub const FIRST_DIGIT: usize = 4_672;

impl Default for Scene {
    /// LeNet-5 of 1998 looks at a digit, and a unit of C3 tells its story.
    fn default() -> Self {
        Self {
            view: View::Step,
            network: NetworkRef::Zoo("lenet5".into()),
            weights: None,
            edits: None,
            input: InputRef::Digit(FIRST_DIGIT),
            handling: Handling::default(),
            beside: None,
            pin: Some(Pin { node: "C3".into(), unit: [7, 4, 6] }),
            trail: Vec::new(),
            camera: Camera::Fit,
            range: RangeChoice::Layer,
            diverging: false,
            loupe: false,
            time: Time::Rest,
            worksheet: None,
            question: None,
            pad: Pad::Closed,
            hand: HandScene::default(),
            parameters: Parameters::default(),
            field: FieldScene::default(),
            train: TrainScene::default(),
            title: Words::default(),
            notes: Words::default(),
        }
    }
}

impl Scene {
    /// Every document that the scene names.
    pub fn documents(&self, named: &mut BTreeSet<DocId>) {
        named.extend(self.named_documents().into_iter().map(|(id, _)| id));
    }

    /// The same, each with what it has to be.
    #[must_use]
    pub fn named_documents(&self) -> Vec<(DocId, Kind)> {
        let of_input = |input: &InputRef, handling: &Handling| {
            let input = match input {
                InputRef::Drawing(id) => Some((id.clone(), Kind::Drawing)),
                InputRef::Pasted { picture, .. } => Some((picture.clone(), Kind::Picture)),
                InputRef::Digit(_) | InputRef::File { .. } => None,
            };
            let paint = handling.paint.clone().map(|id| (id, Kind::Paint));
            input.into_iter().chain(paint)
        };
        let edits = |id: &Option<DocId>| id.clone().map(|id| (id, Kind::Edits));
        let mut named: Vec<(DocId, Kind)> = of_input(&self.input, &self.handling).collect();
        if let NetworkRef::Trained(id) = &self.network {
            named.push((id.clone(), Kind::Trained));
        }
        named.extend(edits(&self.edits));
        named.extend(self.hand.digits.clone().map(|id| (id, Kind::Hand)));
        if let Some(beside) = &self.beside {
            named.extend(of_input(&beside.input, &beside.handling));
            named.extend(edits(&beside.edits));
        }
        named
    }
}
