//! What a view asks the application to do. Views push actions; only [`super::studio::Studio`]
//! carries them out.

use std::path::PathBuf;

mod field;
mod parameters;
mod train;

pub use field::{FieldAction, FieldPreset};
pub use parameters::{Connect, Hand, Preset};
pub use train::TrainAction;

use super::export::Export;
use super::lectures::Lecture;
use super::scene::{Beside, Camera, InputRef, NetworkRef, Pad, Pin, RangeChoice, View, Worksheet};
use super::settings::Change;
use super::studio::Knob;
use crate::data::{Placement, Stage};
use crate::locale::Lang;
use crate::network::Unit;
use crate::network::handmade::{Flip, Handmade};

/// A node and one of its units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitRef {
    pub node: usize,
    pub unit: Unit,
}

/// A dialog over the figure; at most one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialog {
    Gallery,
    Stages,
    /// What is not changed all the time about the layer of the Parameters view.
    LayerOptions,
    /// Everything that decides a training.
    Training,
    /// The layers of the network that is trained.
    Architecture,
    Keys,
    Path,
    /// Go to anything.
    Palette,
    /// Copy and save.
    Export,
    /// Save the scene or the slides.
    Save,
    /// Title and notes of the slide that is shown.
    Notes,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Look at something else.
    View(View),
    Parameters(Connect),
    Field(FieldAction),
    /// Pin a unit, forgetting the trail.
    Pin(UnitRef),
    /// Pin the unit a term comes from, remembering where it was asked for.
    Follow(UnitRef),
    /// Go back along the trail.
    Back,
    /// Go back to this place of the trail.
    BackTo(usize),
    Unpin,
    /// Enlarge the cells of the pinned map, or stop.
    Loupe(bool),
    Camera(Camera),
    /// The whole picture, whatever the view shows.
    Fit,
    /// One level further in: layer, map, unit, product.
    In,
    /// One level out again.
    Out,
    Range(RangeChoice),
    Diverging(bool),
    Network(NetworkRef),
    Input(InputRef),
    /// Feed the picture although it looks like no digit.
    FeedAnyway,
    /// Ask for a file with the system's dialog.
    ChooseFile,
    /// Open pictures, weights, networks or scenes, whatever the files are.
    OpenPaths(Vec<PathBuf>),
    /// Look at the picture in the clipboard.
    Paste,
    Open(Dialog),
    CloseDialog,
    /// The next or previous layer, map, row or column.
    Step(Direction),
    /// What follows is a change of its own, even if it is like the last one.
    BeginGesture,
    Touch(Touch),
    Edit(Edit),
    Hand(HandAction),
    /// Takes a weight or a bias in hand, to turn it.
    Knob(Option<Knob>),
    Play(Play),
    Worksheet(Option<Worksheet>),
    /// Why this class and not that one?
    Question(Option<[usize; 2]>),
    /// See another state beside this one.
    Beside(Option<Beside>),
    Train(TrainAction),
    Slides(Slides),
    /// Numbers are covered until they are clicked, or not.
    Cover(bool),
    /// Uncover the number in this place.
    Reveal(u64),
    Spotlight(bool),
    Speaker(bool),
    Undo,
    Redo,
    Setting(Change),
    Dismiss,
    /// Wait no longer for what is under way.
    Cancel,
    RestartWorker,
    /// Saves the scene, or the slides, in a file that is typed or asked for.
    SaveScene(Option<PathBuf>),
    CopyValue,
    Export(Export),
    Quit,
}

/// What is done with the input.
#[derive(Clone, Debug, PartialEq)]
pub enum Touch {
    /// Opens or closes the pad. Drawing takes a blank sheet where something else was looked at.
    Pad(Pad),
    /// A blank sheet for so many digits.
    Sheet {
        digits: u32,
    },
    /// The pen goes over these points of the pad, in the pad's units; `begin` starts a stroke.
    Pen {
        points: Vec<[f32; 2]>,
        erase: bool,
        begin: bool,
    },
    Clear,
    /// Moves the raw picture, before preprocessing.
    PlaceRaw(Placement),
    /// Moves the network's input, after preprocessing.
    Place(Placement),
    /// Paints a pixel of the network's input.
    Paint {
        pixel: u32,
        value: f32,
    },
    /// Switches a stage of preprocessing.
    StageOn {
        place: usize,
        on: bool,
    },
    /// Puts a stage with other parameters in the place of one.
    StageParameters {
        place: usize,
        stage: Stage,
    },
    /// The picture keeps its size, and the network slides over it.
    KeepSize(bool),
    /// Everything as it came.
    Reset,
}

/// What is done so that the network learns a person's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandAction {
    /// Remembers what is drawn, as this digit, and clears the sheet.
    Remember(u8),
    /// Forgets the digit in this place.
    Forget(usize),
    /// Trains the open network on the remembered digits, from the weights that it has.
    Learn,
    /// Breaks that off; the weights stay as they are.
    Stop,
}

/// What is changed about the network.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Turns one number up or down.
    Turn {
        tensor: String,
        index: usize,
        by: f32,
    },
    /// Puts the number back that was there before any edit.
    Restore {
        tensor: String,
        index: usize,
    },
    /// Puts other numbers in the place of a kernel of this many rows and columns.
    Replace {
        tensor: String,
        first: usize,
        extent: [usize; 2],
        with: Handmade,
    },
    Flip {
        tensor: String,
        first: usize,
        extent: [usize; 2],
        flip: Flip,
    },
    /// Silences a map, or lets it speak again.
    Mute {
        node: String,
        map: usize,
    },
    Reset,
}

/// Time.
#[derive(Clone, Debug, PartialEq)]
pub enum Play {
    /// Plays or pauses; at the end of a layer, goes on with the next.
    Toggle,
    /// Begins at the image.
    FromImage,
    /// Events forward or back.
    StepBy(i64),
    /// To an event of a layer.
    Scrub { node: usize, event: u64 },
    /// To an event of the pinned unit.
    ScrubUnit(u64),
    /// Everything is computed again.
    Rest,
    /// So many seconds have passed.
    Tick(f64),
}

/// Slides.
#[derive(Clone, Debug, PartialEq)]
pub enum Slides {
    Next,
    Previous,
    Go(usize),
    /// Keeps what is shown as a new slide.
    Add,
    /// Puts what is shown in the place of the slide that is shown.
    Update,
    Duplicate(usize),
    Remove(usize),
    Reorder {
        from: usize,
        to: usize,
    },
    Title(Lang, String),
    Notes(Lang, String),
    /// Opens a bundled lecture.
    Lecture(Lecture),
    /// No slides are open any more.
    Close,
}

/// Changes of one gesture are one step of undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gesture {
    Camera,
    Stroke,
    Place,
    PlaceRaw,
    Paint,
    Turn(String, usize),
    Time,
    Words,
    Setting,
    Stops,
    Matrix,
    Drag,
    Knob,
    Stack(usize),
    Kernels,
    /// A number of a training's plan, by its place there.
    Plan(String),
    History,
}

impl Action {
    /// The gesture that this is a part of.
    #[must_use]
    pub fn gesture(&self) -> Option<Gesture> {
        match self {
            Self::Camera(_) => Some(Gesture::Camera),
            Self::Touch(Touch::Pen { .. }) => Some(Gesture::Stroke),
            Self::Touch(Touch::Place(_)) => Some(Gesture::Place),
            Self::Touch(Touch::PlaceRaw(_)) => Some(Gesture::PlaceRaw),
            Self::Touch(Touch::Paint { .. }) => Some(Gesture::Paint),
            Self::Edit(Edit::Turn { tensor, index, .. }) => {
                Some(Gesture::Turn(tensor.clone(), *index))
            }
            Self::Play(_) => Some(Gesture::Time),
            Self::Parameters(Connect::Setting(_)) => Some(Gesture::Setting),
            Self::Parameters(Connect::Stop(_)) => Some(Gesture::Stops),
            Self::Parameters(Connect::Camera(_)) => Some(Gesture::Matrix),
            Self::Parameters(Connect::Trial(_, Hand::Drags))
            | Self::Train(TrainAction::Shift(_)) => Some(Gesture::Drag),
            Self::Parameters(Connect::Trial(_, Hand::Turns)) => Some(Gesture::Knob),
            Self::Field(FieldAction::Stack(place, _)) => Some(Gesture::Stack(*place)),
            Self::Field(FieldAction::Composition(_)) => Some(Gesture::Kernels),
            Self::Train(TrainAction::Show(_) | TrainAction::Move(_)) => Some(Gesture::History),
            Self::Slides(Slides::Title(..) | Slides::Notes(..)) => Some(Gesture::Words),
            _ => None,
        }
    }
}

/// Where the keyboard moves the pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    PreviousLayer,
    NextLayer,
    FirstLayer,
    LastLayer,
    PreviousMap,
    NextMap,
    Up,
    Down,
    Left,
    Right,
}

impl From<&Pin> for NamedUnit {
    fn from(pin: &Pin) -> Self {
        Self { node: pin.node.clone(), unit: pin.unit }
    }
}

/// A unit by the name of its node, for texts: `C3[7](4,6)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedUnit {
    pub node: String,
    pub unit: Unit,
}

impl std::fmt::Display for NamedUnit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [c, y, x] = self.unit;
        write!(f, "{}[{c}]({y},{x})", self.node)
    }
}
