//! What a view asks the application to do. Views push actions; only [`super::studio::Studio`]
//! carries them out.

use std::path::PathBuf;

use super::scene::{Camera, InputRef, NetworkRef, Pin, RangeChoice};
use crate::network::Unit;

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
    Keys,
    Path,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
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
    Range(RangeChoice),
    Diverging(bool),
    Network(NetworkRef),
    Input(InputRef),
    /// Feed the picture although it looks like no digit.
    FeedAnyway,
    /// Ask for a file with the system's dialog.
    ChooseFile,
    /// Open a picture, weights, a network or scenes, whatever the file is.
    OpenPath(PathBuf),
    Open(Dialog),
    CloseDialog,
    /// The next or previous layer, map, row or column.
    Step(Direction),
    Undo,
    Redo,
    OtherLanguage,
    OtherTheme,
    Dismiss,
    /// Wait no longer for what is under way.
    Cancel,
    RestartWorker,
    SaveScene,
    CopyValue,
    Quit,
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
