//! What the Receptive field view shows.

use serde::{Deserialize, Serialize};

use crate::network::stack::{Stack, StackError, StackLayer};

/// A stack or two, or a network, and what is seen of their fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FieldScene {
    pub subject: Subject,
    /// One stack, or two side by side.
    pub stacks: Vec<Stack>,
    /// The unit that is looked at in each stack; the middle of the last layer where none is named.
    pub spots: [Option<Spot>; 2],
    /// The same in the network with branches.
    pub branch: Option<Spot>,
    /// Which stack the keys and the table are about.
    pub active: usize,
    /// The layer of the active stack that is being changed.
    pub selected: Option<usize>,
    pub page: FieldPage,
    /// Whole maps instead of one row of cells.
    pub maps: bool,
    /// Heat averaged over the test digits, instead of that of this image.
    pub average: bool,
    /// The numbers that answer the question of a slide are hidden.
    pub asked: bool,
    pub composition: Composition,
}

/// Whose fields are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    #[default]
    Stacks,
    /// The open network.
    Network,
    /// A small one with branches.
    Branches,
    /// S-cells and C-cells beside convolution and pooling.
    Neocognitron,
}

/// Which picture is the large one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldPage {
    /// Cells and the connections between them; of a network its growth over the depth.
    #[default]
    Figure,
    Growth,
    Table,
    /// What lies on the image.
    Image,
    /// Two kernels become one.
    Compose,
}

/// A unit: the node (0 is the image) and its row and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    pub layer: usize,
    pub at: [usize; 2],
}

/// Two 3×3 kernels, one after the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Composition {
    pub inner: [f32; 9],
    pub outer: [f32; 9],
    /// Whether a ReLU stands between them.
    pub relu: bool,
    /// A single bright pixel instead of the digit.
    pub impulse: bool,
}

impl Default for Composition {
    /// A horizontal edge, then a vertical one.
    fn default() -> Self {
        Self {
            inner: [-0.25, -0.5, -0.25, 0.0, 0.0, 0.0, 0.25, 0.5, 0.25],
            outer: [-0.25, 0.0, 0.25, -0.5, 0.0, 0.5, -0.25, 0.0, 0.25],
            relu: false,
            impulse: false,
        }
    }
}

impl Default for FieldScene {
    /// One 7×7 beside three 3×3.
    fn default() -> Self {
        Self {
            subject: Subject::Stacks,
            stacks: vec![
                Stack::of(13, [StackLayer::conv(7, 3)]),
                Stack::of(13, [StackLayer::conv(3, 1); 3]),
            ],
            spots: [None, None],
            branch: None,
            active: 1,
            selected: None,
            page: FieldPage::Figure,
            maps: false,
            average: false,
            asked: false,
            composition: Composition::default(),
        }
    }
}

impl FieldScene {
    /// The stack that the keys are about.
    #[must_use]
    pub fn stack(&self) -> Option<&Stack> {
        self.stacks.get(self.active.min(self.stacks.len().saturating_sub(1)))
    }

    /// Whether it can be drawn: a scene from a file may say anything.
    ///
    /// # Errors
    /// The first thing that cannot be.
    pub fn check(&self) -> Result<(), FieldSceneError> {
        let stacks = self.stacks.len();
        if !(1..=2).contains(&stacks) {
            return Err(FieldSceneError::Stacks { stacks });
        }
        self.stacks.iter().try_for_each(Stack::check).map_err(FieldSceneError::Stack)?;
        if self.active >= stacks {
            return Err(FieldSceneError::Active { active: self.active, stacks });
        }
        self.composition.check()
    }

    /// Puts what can be drawn in the place of the part that is told to be wrong.
    pub fn mend(&mut self, error: &FieldSceneError) {
        match error {
            FieldSceneError::Stacks { .. } | FieldSceneError::Stack(_) => {
                let Self { stacks, active, spots, .. } = Self::default();
                (self.stacks, self.active, self.spots, self.selected) =
                    (stacks, active, spots, None);
            }
            FieldSceneError::Active { stacks, .. } => self.active = stacks.saturating_sub(1),
            FieldSceneError::Weight { .. } => self.composition = Composition::default(),
        }
    }
}

impl Composition {
    /// Whether its weights can be set by hand.
    ///
    /// # Errors
    /// The first weight that cannot.
    pub fn check(&self) -> Result<(), FieldSceneError> {
        let is_good = |weight: &f32| weight.is_finite() && weight.abs() <= LARGEST_WEIGHT;
        match self.inner.iter().chain(&self.outer).find(|weight| !is_good(weight)) {
            Some(&weight) => Err(FieldSceneError::Weight { weight }),
            None => Ok(()),
        }
    }
}

/// Why a scene of the view cannot be drawn, and what is shown instead.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FieldSceneError {
    #[error(
        "the scene has {stacks} stacks where one or two can be shown; 7×7 beside three 3×3 is shown instead"
    )]
    Stacks { stacks: usize },
    #[error("a stack of the scene cannot be ({0}); 7×7 beside three 3×3 is shown instead")]
    Stack(StackError),
    #[error(
        "the scene is about stack number {active}, counted from 0, of {stacks}; the last one is taken instead"
    )]
    Active { active: usize, stacks: usize },
    #[error(
        "the scene has a kernel with the weight {weight}, which must lie between −{LARGEST_WEIGHT} and {LARGEST_WEIGHT}; two edges are taken instead"
    )]
    Weight { weight: f32 },
}

/// The largest weight of a kernel that is set by hand.
pub const LARGEST_WEIGHT: f32 = 99.0;
