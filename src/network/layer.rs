//! The kinds of node and their hyper-parameters.

use serde::{Deserialize, Serialize};

use super::Shape;

/// A window that slides over a map: everything per axis `[rows, columns]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub kernel: [usize; 2],
    #[serde(default = "one_by_one")]
    pub stride: [usize; 2],
    #[serde(default = "one_by_one")]
    pub dilation: [usize; 2],
    #[serde(default)]
    pub padding: Padding,
}

fn one_by_one() -> [usize; 2] {
    [1, 1]
}

/// Rows and columns added around a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Padding {
    pub top: usize,
    pub bottom: usize,
    pub left: usize,
    pub right: usize,
}

impl Padding {
    /// The same number on all four sides.
    #[must_use]
    pub const fn all(side: usize) -> Self {
        Self { top: side, bottom: side, left: side, right: side }
    }

    /// What stands before the first cell and after the last one, along one axis (0: rows).
    #[must_use]
    pub const fn along(self, axis: usize) -> [usize; 2] {
        if axis == 0 { [self.top, self.bottom] } else { [self.left, self.right] }
    }
}

impl Window {
    /// A square window that moves one cell at a time, without padding.
    #[must_use]
    pub const fn square(side: usize) -> Self {
        Self::rectangle(side, side)
    }

    #[must_use]
    pub const fn rectangle(height: usize, width: usize) -> Self {
        Self { kernel: [height, width], stride: [1, 1], dilation: [1, 1], padding: Padding::all(0) }
    }

    #[must_use]
    pub const fn stride(self, stride: usize) -> Self {
        Self { stride: [stride, stride], ..self }
    }

    #[must_use]
    pub const fn padding(self, padding: Padding) -> Self {
        Self { padding, ..self }
    }

    /// Cells under the window, holes not counted.
    #[must_use]
    pub const fn area(&self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// Rows (axis 0) or columns (axis 1) from the first to the last cell, holes counted.
    #[must_use]
    pub const fn span(&self, axis: usize) -> usize {
        (self.kernel[axis] - 1) * self.dilation[axis] + 1
    }
}

/// Which input maps an output map is linked to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channels {
    /// Input and output maps fall into this many equal groups, linked inside each (1: all to all).
    Groups(usize),
    /// For each output map the input maps it sees, ascending (LeNet-5's C3; LeCun 1998, table I).
    Table(Vec<Vec<usize>>),
}

/// A convolution; kernels are applied as cross-correlation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conv {
    pub maps: usize,
    pub window: Window,
    #[serde(default = "all_to_all")]
    pub channels: Channels,
    #[serde(default = "yes")]
    pub bias: bool,
}

fn all_to_all() -> Channels {
    Channels::Groups(1)
}

fn yes() -> bool {
    true
}

/// A convolution's wiring with weights that are not shared: a kernel and a bias of its own for
/// every unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Local {
    pub maps: usize,
    pub window: Window,
    #[serde(default = "yes")]
    pub bias: bool,
}

/// A fully connected layer over its whole input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Linear {
    /// `[n, 1, 1]`, or the units arranged as maps `[c, h, w]`.
    pub output: Shape,
    #[serde(default = "yes")]
    pub bias: bool,
}

/// What a pooling unit looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoolExtent {
    /// A sliding window; with `ceil` the last window may hang over the border, as long as it starts
    /// inside the input or its top/left padding.
    Window { window: Window, ceil: bool },
    /// As many windows as it takes to give `output` rows and columns from any input.
    Adaptive { output: [usize; 2] },
}

/// Pooling, within each map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    pub extent: PoolExtent,
    /// Average pooling only: whether padding cells count in the divisor.
    #[serde(default)]
    pub count_padding: bool,
}

impl Pool {
    /// Square windows side by side.
    #[must_use]
    pub const fn tiles(side: usize) -> Self {
        let window = Window::square(side).stride(side);
        Self { extent: PoolExtent::Window { window, ceil: false }, count_padding: false }
    }
}

/// Local response normalisation across maps: x · (k + α·Σx²)^−β over `size` maps around the unit's
/// own (Krizhevsky 2012, §3.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lrn {
    pub size: usize,
    pub alpha: f64,
    /// Whether α is divided by `size`, as Caffe and PyTorch do.
    pub alpha_over_size: bool,
    pub beta: f64,
    pub k: f64,
}

impl Lrn {
    /// What a sum of squares is multiplied by.
    #[must_use]
    pub fn factor(&self) -> f64 {
        if self.alpha_over_size { self.alpha / self.size as f64 } else { self.alpha }
    }

    /// k + α·sum: what a value is divided by a power of.
    #[must_use]
    pub fn divisor(&self, sum_of_squares: f64) -> f64 {
        self.k + self.factor() * sum_of_squares
    }
}

/// Squared distance to fixed class bitmaps (LeCun 1998, §II-B, equation 7), at each position by itself:
/// as many maps arrive as a bitmap has cells, and map i is compared with cell i.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rbf {
    /// Rows and columns of a bitmap when it is drawn.
    pub picture: [usize; 2],
    /// One bitmap of +1 and −1 per class, row-major.
    pub bitmaps: Vec<Vec<i8>>,
}

/// One operation of a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Layer {
    Input {
        shape: Shape,
    },
    Conv(Conv),
    Local(Local),
    Linear(Linear),
    PoolMax(Pool),
    PoolAvg(Pool),
    GlobalAvg,
    /// LeNet's subsampling: coefficient × sum of the window + bias, one of each per map (LeCun 1998,
    /// §II-B).
    Subsample(Window),
    Rbf(Rbf),
    Softmax,
    BatchNorm {
        epsilon: f64,
    },
    Lrn(Lrn),
    Dropout {
        rate: f64,
    },
    Flatten,
    Concat,
    Add,
    /// Maps of zeros behind the existing ones (shortcut option A; He 2015, §3.3).
    PadChannels {
        added: usize,
    },
}

impl Layer {
    /// The kind as the contract writes it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Input { .. } => "input",
            Self::Conv(_) => "conv",
            Self::Local(_) => "local",
            Self::Linear(_) => "linear",
            Self::PoolMax(_) => "pool_max",
            Self::PoolAvg(_) => "pool_avg",
            Self::GlobalAvg => "global_avg",
            Self::Subsample(_) => "subsample",
            Self::Rbf(_) => "rbf",
            Self::Softmax => "softmax",
            Self::BatchNorm { .. } => "batch_norm",
            Self::Lrn(_) => "lrn",
            Self::Dropout { .. } => "dropout",
            Self::Flatten => "flatten",
            Self::Concat => "concat",
            Self::Add => "add",
            Self::PadChannels { .. } => "pad_channels",
        }
    }

    /// The sliding window, where there is one.
    #[must_use]
    pub const fn window(&self) -> Option<&Window> {
        match self {
            Self::Conv(Conv { window, .. })
            | Self::Local(Local { window, .. })
            | Self::Subsample(window)
            | Self::PoolMax(Pool { extent: PoolExtent::Window { window, .. }, .. })
            | Self::PoolAvg(Pool { extent: PoolExtent::Window { window, .. }, .. }) => Some(window),
            Self::PoolMax(Pool { extent: PoolExtent::Adaptive { .. }, .. })
            | Self::PoolAvg(Pool { extent: PoolExtent::Adaptive { .. }, .. })
            | Self::Input { .. }
            | Self::Linear(_)
            | Self::GlobalAvg
            | Self::Rbf(_)
            | Self::Softmax
            | Self::BatchNorm { .. }
            | Self::Lrn(_)
            | Self::Dropout { .. }
            | Self::Flatten
            | Self::Concat
            | Self::Add
            | Self::PadChannels { .. } => None,
        }
    }

    /// Whether the last window may hang over the border.
    #[must_use]
    pub const fn ceil(&self) -> bool {
        matches!(
            self,
            Self::PoolMax(Pool { extent: PoolExtent::Window { ceil: true, .. }, .. })
                | Self::PoolAvg(Pool { extent: PoolExtent::Window { ceil: true, .. }, .. })
        )
    }

    /// Groups of a convolution, where it has groups.
    #[must_use]
    pub const fn groups(&self) -> Option<usize> {
        match self {
            Self::Conv(Conv { channels: Channels::Groups(groups), .. }) => Some(*groups),
            _ => None,
        }
    }
}

/// What is applied to every value of a node at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    #[default]
    Identity,
    Relu,
    Sigmoid,
    Tanh,
    /// 1.7159·tanh(2x/3) (LeCun 1998, appendix A).
    ScaledTanh,
}

/// The amplitude of the scaled tanh.
pub const SCALED_TANH_AMPLITUDE: f64 = 1.7159;
/// The slope inside the scaled tanh.
pub const SCALED_TANH_SLOPE: f64 = 2.0 / 3.0;

impl Activation {
    #[must_use]
    pub fn apply(self, x: f64) -> f64 {
        match self {
            Self::Identity => x,
            Self::Relu => x.max(0.0),
            Self::Sigmoid => 1.0 / (1.0 + (-x).exp()),
            Self::Tanh => x.tanh(),
            Self::ScaledTanh => SCALED_TANH_AMPLITUDE * (SCALED_TANH_SLOPE * x).tanh(),
        }
    }

    /// Whether its slope goes to 0 on both sides, so that large inputs pass hardly any gradient on.
    #[must_use]
    pub const fn saturates(self) -> bool {
        match self {
            Self::Identity | Self::Relu => false,
            Self::Sigmoid | Self::Tanh | Self::ScaledTanh => true,
        }
    }

    /// The name in JSON; `None` for the identity.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Relu => Some("relu"),
            Self::Sigmoid => Some("sigmoid"),
            Self::Tanh => Some("tanh"),
            Self::ScaledTanh => Some("scaled_tanh"),
        }
    }

    /// How it is written, with `x` for its argument.
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Identity => "x",
            Self::Relu => "max(0, x)",
            Self::Sigmoid => "1 / (1 + e^−x)",
            Self::Tanh => "tanh(x)",
            Self::ScaledTanh => "1.7159 · tanh(2/3 · x)",
        }
    }
}
