//! Shape inference: what a node computes, from what arrives.

use crate::array::volume;

use super::{Channels, Conv, Layer, Linear, Local, Pool, PoolExtent, Rbf, Shape, Window};

/// Why a layer computes nothing from what arrives.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ShapeProblem {
    #[error("the shape {} vanishes", text(*shape))]
    Vanishes { shape: Shape },
    #[error("the shape {} is too large", text(*shape))]
    TooLarge { shape: Shape },
    #[error("a window of {window} does not fit an input of {input} (padding included)")]
    Window { window: usize, input: usize },
    #[error("kernel, stride and dilation must lie between 1 and {MAX_SIDE}, padding at most there")]
    WindowRange,
    #[error("padding of more than half the window gives windows without cells")]
    Padding,
    #[error("{arriving} input maps and {maps} output maps do not fall into {groups} groups")]
    Groups { arriving: usize, maps: usize, groups: usize },
    #[error("its table has {rows} rows for {maps} maps")]
    TableRows { rows: usize, maps: usize },
    #[error("a row of its table must list input maps below {arriving}, ascending")]
    TableRow { arriving: usize },
    #[error("{arriving} input maps do not fit bitmaps of {rows}×{columns} cells of +1 and −1")]
    Bitmaps { arriving: usize, rows: usize, columns: usize },
    #[error("cannot add {} to {}", text(*other), text(*first))]
    Add { first: Shape, other: Shape },
    #[error("cannot put {} beside {}", text(*other), text(*first))]
    Concat { first: Shape, other: Shape },
    #[error("ε is {value}, but must lie above 0 and at most at 1")]
    Epsilon { value: f64 },
    #[error("the dropout rate is {value}, but must lie between 0 and {MAX_DROPOUT}")]
    Dropout { value: f64 },
    #[error(
        "the normalisation must look at one map at least, with k above 0, α not below 0, and β finite"
    )]
    Normalisation,
    #[error("its units would see more than {MAX_REACH} pixels; use smaller windows and strides")]
    Reach,
}

/// No receptive field, and no step from one to the next, is larger than this: sums of positions stay
/// far from the limits of 64 bits, whatever a file says.
pub const MAX_REACH: u64 = 1 << 40;

/// How far units of a node see, and how far the next unit's field lies, both at most
/// [`MAX_REACH`]: the usual recurrence, rough but on the safe side.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    size: u64,
    jump: u64,
}

impl Reach {
    /// That of a pixel.
    pub const PIXEL: Self = Self { size: 1, jump: 1 };

    /// The reach of a node that reads `inputs`, the first of `shape`.
    ///
    /// # Errors
    /// If it grows too large.
    pub fn of(layer: &Layer, inputs: &[Self], shape: Shape) -> Result<Self, ShapeProblem> {
        let widest =
            |a: Self, b: &Self| Self { size: a.size.max(b.size), jump: a.jump.max(b.jump) };
        let before = inputs.iter().fold(Self::PIXEL, widest);
        let whole = shape[1].max(shape[2]) as u64;
        // A node without a window reads one cell or all of them; both steps of it are one cell.
        let (span, stride) = match layer.window() {
            Some(window) => {
                let along = |axis: usize| {
                    window.span(axis) + window.padding.along(axis).into_iter().sum::<usize>()
                };
                (along(0).max(along(1)) as u64, window.stride[0].max(window.stride[1]) as u64)
            }
            None if reads_everything(layer) => (whole, whole),
            None => (0, 1),
        };
        let size = before.jump.checked_mul(span).and_then(|more| more.checked_add(before.size));
        let jump = before.jump.checked_mul(stride);
        match (size, jump) {
            (Some(size), Some(jump)) if size <= MAX_REACH && jump <= MAX_REACH => {
                Ok(Self { size, jump })
            }
            _ => Err(ShapeProblem::Reach),
        }
    }
}

/// Whether a unit without a window of its own reads whole maps.
fn reads_everything(layer: &Layer) -> bool {
    match layer {
        Layer::Linear(_)
        | Layer::GlobalAvg
        | Layer::Flatten
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_) => true,
        Layer::Input { .. }
        | Layer::Conv(_)
        | Layer::Local(_)
        | Layer::Subsample(_)
        | Layer::Rbf(_)
        | Layer::Softmax
        | Layer::BatchNorm { .. }
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => false,
    }
}

/// The output of `layer` for inputs of these shapes.
///
/// # Errors
/// What is wrong, without the node's name: a window larger than its padded input, channels that do not
/// fit, inputs that do not agree, a hyper-parameter out of its range, an array too large to hold.
pub fn infer(layer: &Layer, inputs: &[Shape]) -> Result<Shape, ShapeProblem> {
    let [c, h, w] = inputs.first().copied().unwrap_or([0, 0, 0]);
    let output = match layer {
        Layer::Input { shape } => *shape,
        Layer::Conv(conv) => {
            check_channels(conv, c)?;
            windows(&conv.window, false, [c, h, w], conv.maps)?
        }
        Layer::Local(Local { maps, window, .. }) => windows(window, false, [c, h, w], *maps)?,
        Layer::Subsample(window) => windows(window, false, [c, h, w], c)?,
        Layer::PoolMax(pool) | Layer::PoolAvg(pool) => pooled(pool, [c, h, w])?,
        Layer::Linear(Linear { output, .. }) => *output,
        Layer::GlobalAvg => [c, 1, 1],
        Layer::Rbf(rbf) => classes(rbf, [c, h, w])?,
        Layer::Flatten => [c * h * w, 1, 1],
        Layer::Softmax => [c, h, w],
        Layer::BatchNorm { epsilon } => {
            if !(f64::MIN_POSITIVE..=1.0).contains(epsilon) {
                return Err(ShapeProblem::Epsilon { value: *epsilon });
            }
            [c, h, w]
        }
        Layer::Dropout { rate } => {
            if !(0.0..=MAX_DROPOUT).contains(rate) {
                return Err(ShapeProblem::Dropout { value: *rate });
            }
            [c, h, w]
        }
        Layer::Lrn(lrn) => {
            // With k = 0 a map of zeros would be divided by 0.
            let finite = [lrn.k, lrn.alpha, lrn.beta].iter().all(|number| number.is_finite());
            if lrn.size == 0 || !finite || lrn.k <= 0.0 || lrn.alpha < 0.0 {
                return Err(ShapeProblem::Normalisation);
            }
            [c, h, w]
        }
        Layer::PadChannels { added } => [c.saturating_add(*added), h, w],
        Layer::Add => {
            let other = inputs.iter().find(|&&shape| shape != [c, h, w]);
            if let Some(&other) = other {
                return Err(ShapeProblem::Add { first: [c, h, w], other });
            }
            [c, h, w]
        }
        Layer::Concat => {
            let other = inputs.iter().find(|shape| shape[1..] != [h, w]);
            if let Some(&other) = other {
                return Err(ShapeProblem::Concat { first: [c, h, w], other });
            }
            [inputs.iter().map(|shape| shape[0]).sum(), h, w]
        }
    };
    if output.contains(&0) {
        return Err(ShapeProblem::Vanishes { shape: output });
    }
    volume(&output).ok_or(ShapeProblem::TooLarge { shape: output })?;
    Ok(output)
}

/// A shape as the window writes it: `6 @ 28×28`.
#[must_use]
pub fn text([c, h, w]: Shape) -> String {
    format!("{c} @ {h}×{w}")
}

fn check_channels(conv: &Conv, arriving: usize) -> Result<(), ShapeProblem> {
    match &conv.channels {
        Channels::Groups(groups) => {
            if *groups == 0
                || !arriving.is_multiple_of(*groups)
                || !conv.maps.is_multiple_of(*groups)
            {
                let (maps, groups) = (conv.maps, *groups);
                return Err(ShapeProblem::Groups { arriving, maps, groups });
            }
        }
        Channels::Table(rows) => {
            if rows.len() != conv.maps {
                return Err(ShapeProblem::TableRows { rows: rows.len(), maps: conv.maps });
            }
            for row in rows {
                let ascending = row.windows(2).all(|pair| pair[0] < pair[1]);
                if row.is_empty() || !ascending || row.iter().any(|&i| i >= arriving) {
                    return Err(ShapeProblem::TableRow { arriving });
                }
            }
        }
    }
    Ok(())
}

/// As many maps as classes: the maps that arrive are the cells of one picture, at each position.
fn classes(rbf: &Rbf, [arriving, h, w]: Shape) -> Result<Shape, ShapeProblem> {
    let [rows, columns] = rbf.picture;
    let fits = |bitmap: &Vec<i8>| {
        bitmap.len() == arriving && bitmap.iter().all(|&bit| bit == 1 || bit == -1)
    };
    if rows.checked_mul(columns) == Some(arriving) && rbf.bitmaps.iter().all(fits) {
        Ok([rbf.bitmaps.len(), h, w])
    } else {
        Err(ShapeProblem::Bitmaps { arriving, rows, columns })
    }
}

fn pooled(pool: &Pool, [c, h, w]: Shape) -> Result<Shape, ShapeProblem> {
    match &pool.extent {
        PoolExtent::Window { window, ceil } => {
            let half = |axis: usize| {
                window.padding.along(axis).into_iter().all(|side| 2 * side <= window.span(axis))
            };
            if !(half(0) && half(1)) {
                return Err(ShapeProblem::Padding);
            }
            windows(window, *ceil, [c, h, w], c)
        }
        PoolExtent::Adaptive { output: [rows, columns] } => Ok([c, *rows, *columns]),
    }
}

fn windows(
    window: &Window,
    ceil: bool,
    [_, h, w]: Shape,
    maps: usize,
) -> Result<Shape, ShapeProblem> {
    let per_axis = [window.kernel, window.stride, window.dilation];
    if per_axis.iter().flatten().any(|&n| n == 0 || n > MAX_SIDE)
        || (0..2).flat_map(|axis| window.padding.along(axis)).any(|n| n > MAX_SIDE)
    {
        return Err(ShapeProblem::WindowRange);
    }
    let along = |axis: usize, side: usize| {
        positions(window, ceil, axis, side).ok_or_else(|| {
            let [before, after] = window.padding.along(axis);
            ShapeProblem::Window { window: window.span(axis), input: side + before + after }
        })
    };
    Ok([maps, along(0, h)?, along(1, w)?])
}

/// Bounds every hyper-parameter of a window, so that no product of two can overflow.
pub const MAX_SIDE: usize = 1 << 16;

/// A dropout that leaves out more than this leaves nothing to scale up.
pub const MAX_DROPOUT: f64 = 0.99;

/// How many places a window has along an axis of `side` cells; `None` where it does not fit.
fn positions(window: &Window, ceil: bool, axis: usize, side: usize) -> Option<usize> {
    let [before, after] = window.padding.along(axis);
    let stride = window.stride[axis];
    let room = (side + before + after).checked_sub(window.span(axis))?;
    let floor = room / stride + 1;
    // The last window must start inside the input or its top/left padding.
    let hangs_over = ceil && room % stride != 0 && floor * stride < side + before;
    Some(floor + usize::from(hangs_over))
}
