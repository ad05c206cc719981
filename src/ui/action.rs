//! What a view asks the application to do. Views push actions; only [`super::studio::Studio`]
//! carries them out.

use std::path::PathBuf;

use super::export::Export;
use super::lectures::Lecture;
use super::scene::{
    Beside, Camera, Composition, FieldPage, InputRef, MatrixCamera, NetworkRef, Opened, Pad, Page,
    Pin, RangeChoice, Spot, TrainPage, TrainPlan, Trial, View, WeightRef, Worksheet,
};
use super::settings::Change;
use super::studio::Knob;
use crate::data::{Placement, Stage};
use crate::locale::Lang;
use crate::network::Unit;
use crate::network::connect::{Quantity, Setting, Stop};
use crate::network::handmade::{Flip, Handmade};
use crate::network::stack::{Stack, StackError, StackKind};
use crate::worker::training::Pace;

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

/// What is done in the Parameters view.
#[derive(Clone, Debug, PartialEq)]
pub enum Connect {
    /// Another layer; one that there is not is told, and the last good one kept.
    Setting(Setting),
    /// What was typed is no such number.
    Refused {
        what: Quantity,
        text: String,
        most: u64,
    },
    Stop(Stop),
    /// So many stops on, or back.
    Move(i32),
    /// Uncovers one of the three columns, or covers it again.
    Ask(usize, bool),
    Page(Page),
    Camera(MatrixCamera),
    /// Row and column of a cell.
    Touch(Option<[u64; 2]>),
    ByIdentity(bool),
    Trial(Trial, Hand),
    /// What was typed moves no digit, or turns no weight.
    RefusedShift(String),
    RefusedTurn(String),
    /// A layer of the open network, by its node.
    FromLayer(usize),
    /// Back to the layer that it came from.
    BackToLayer,
    Preset(Preset),
    /// Opens a count to its formula, or closes it.
    Formula(Option<Opened>),
}

/// What a person's hand does in the trial: what it does on and on is one step of undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Drags the digit.
    Drags,
    /// Turns the weight.
    Turns,
    /// Chooses a unit or a weight, or switches something.
    Chooses,
}

/// What is done in the Train view.
#[derive(Clone, Debug, PartialEq)]
pub enum TrainAction {
    /// Another training; what it had learned stays in the list of runs.
    Plan(TrainPlan),
    /// Starts or goes on; pauses what is going.
    Toggle,
    /// One batch.
    OneStep,
    /// From the first weights, with the same seed.
    Again,
    Pace(Pace),
    /// A moment of the history, by its steps; none: the present one.
    Show(Option<u64>),
    /// So many moments of the history on, or back.
    Move(i32),
    Page(TrainPage),
    Quantity(crate::ui::scene::Quantity),
    /// Opens a test image, or the one that is shown, in the Step view with the weights of this moment.
    LookInside(Option<usize>),
    Cell(Option<[usize; 2]>),
    Probe(usize),
    Layer(String),
    Weight(WeightRef),
    Image(usize),
    /// The same training on other images; or a folder of them is asked for.
    Data(crate::worker::training::DataRef),
    ChooseFolder,
    /// Moves the digit that the three ways read, down and to the right.
    Shift([i32; 2]),
    /// Waits no longer for a set that is being loaded.
    StopLoading,
    /// Trainings one after the other; none: no more of them.
    Series(Option<crate::ui::scene::Series>),
    SeriesGoes(bool),
    /// A training of the list.
    Open(TrainPlan),
    Remove(TrainPlan),
    /// Its curves are shown beside the present ones, or not.
    Beside(TrainPlan, bool),
}

/// What is done in the Receptive field view. Stacks are named by their place, 0 or 1.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldAction {
    Preset(FieldPreset),
    Page(FieldPage),
    /// Whole maps, or one row of cells.
    Maps(bool),
    /// Heat averaged over the test digits, or of this image.
    Average(bool),
    /// Another stack; one that there is not is told, and the last good one kept.
    Stack(usize, Stack),
    /// A layer more on the active stack.
    Add(StackKind),
    /// A layer less: this one, the selected one, or the last.
    Remove(Option<usize>),
    /// The same layer one place earlier, or (`true`) later.
    Move(Option<usize>, bool),
    /// A layer of the active stack in another place.
    Reorder {
        from: usize,
        to: usize,
    },
    /// What was typed is no such number.
    Refused(StackError),
    Select(usize, Option<usize>),
    /// Another unit of a stack; `None` for the middle of the last layer.
    Spot(usize, Option<Spot>),
    /// Another unit of the network with branches.
    Branch(Option<Spot>),
    /// Two stacks, or one.
    Compare,
    Composition(Composition),
}

/// A comparison that is ready to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldPreset {
    /// 7×7 or three 3×3.
    Seven,
    /// 5×5 or two 3×3.
    Five,
    Dilated,
    StrideOrPool,
    /// Two kernels become one.
    Compose,
    /// LeNet-5 on a digit.
    LeNet,
    Branches,
    /// Far more layers than the image has room for.
    Deep,
    Neocognitron,
}

/// A layer that is ready to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// 24 units on 24 inputs: all cells can be seen.
    Toy,
    /// A million units on a million pixels.
    Course,
    LeNetC1,
    LeNetC3,
    AlexNetConv1,
    AlexNetFc6,
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
    Plan,
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
            Self::Train(TrainAction::Plan(_)) => Some(Gesture::Plan),
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
