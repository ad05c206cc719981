//! Shape inference: what a node computes, from what arrives.

use crate::array::volume;

use super::{Channels, Conv, Layer, Linear, Local, Pool, PoolExtent, Rbf, Shape, Window};

/// The output of `layer` for inputs of these shapes.
///
/// # Errors
/// A sentence, without the node's name: a window larger than its padded input, channels that do not
/// fit, inputs that do not agree, a hyper-parameter out of its range, an array too large to hold.
pub fn infer(layer: &Layer, inputs: &[Shape]) -> Result<Shape, String> {
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
        Layer::Rbf(rbf) => classes(rbf, c * h * w)?,
        Layer::Flatten => [c * h * w, 1, 1],
        Layer::Softmax => [c, h, w],
        Layer::BatchNorm { epsilon } => {
            within("ε", *epsilon, f64::MIN_POSITIVE..=1.0)?;
            [c, h, w]
        }
        Layer::Dropout { rate } => {
            within("the dropout rate", *rate, 0.0..=0.99)?;
            [c, h, w]
        }
        Layer::Lrn(lrn) => {
            if lrn.size == 0 {
                return Err("the normalisation must look at one map at least".into());
            }
            [c, h, w]
        }
        Layer::PadChannels { added } => [c.saturating_add(*added), h, w],
        Layer::Add => {
            let other = inputs.iter().find(|&&shape| shape != [c, h, w]);
            if let Some(other) = other {
                return Err(format!("cannot add {} to {}", text(*other), text([c, h, w])));
            }
            [c, h, w]
        }
        Layer::Concat => {
            let other = inputs.iter().find(|shape| shape[1..] != [h, w]);
            if let Some(other) = other {
                return Err(format!("cannot put {} beside {}", text(*other), text([c, h, w])));
            }
            [inputs.iter().map(|shape| shape[0]).sum(), h, w]
        }
    };
    if output.contains(&0) {
        return Err(format!("the shape {} vanishes", text(output)));
    }
    volume(&output).ok_or_else(|| format!("the shape {} is too large", text(output)))?;
    Ok(output)
}

/// A shape as the window writes it: `6 @ 28×28`.
#[must_use]
pub fn text([c, h, w]: Shape) -> String {
    format!("{c} @ {h}×{w}")
}

fn within(what: &str, value: f64, range: std::ops::RangeInclusive<f64>) -> Result<(), String> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(format!("{what} is {value}, but must lie between {} and {}", range.start(), range.end()))
}

fn check_channels(conv: &Conv, arriving: usize) -> Result<(), String> {
    match &conv.channels {
        Channels::Groups(groups) => {
            if *groups == 0
                || !arriving.is_multiple_of(*groups)
                || !conv.maps.is_multiple_of(*groups)
            {
                return Err(format!(
                    "{arriving} input maps and {} output maps do not fall into {groups} groups",
                    conv.maps
                ));
            }
        }
        Channels::Table(rows) => {
            if rows.len() != conv.maps {
                return Err(format!("its table has {} rows for {} maps", rows.len(), conv.maps));
            }
            for row in rows {
                let ascending = row.windows(2).all(|pair| pair[0] < pair[1]);
                if row.is_empty() || !ascending || row.iter().any(|&i| i >= arriving) {
                    return Err(format!(
                        "a row of its table must list input maps below {arriving}, ascending"
                    ));
                }
            }
        }
    }
    Ok(())
}

fn classes(rbf: &Rbf, arriving: usize) -> Result<Shape, String> {
    let [rows, columns] = rbf.picture;
    let fits = |bitmap: &Vec<i8>| {
        bitmap.len() == arriving && bitmap.iter().all(|&bit| bit == 1 || bit == -1)
    };
    if rows.checked_mul(columns) == Some(arriving) && rbf.bitmaps.iter().all(fits) {
        Ok([rbf.bitmaps.len(), 1, 1])
    } else {
        Err(format!("{arriving} inputs do not fit bitmaps of {rows}×{columns} cells of +1 and −1"))
    }
}

fn pooled(pool: &Pool, [c, h, w]: Shape) -> Result<Shape, String> {
    match &pool.extent {
        PoolExtent::Window { window, ceil } => {
            let half = |axis: usize| {
                window.padding.along(axis).into_iter().all(|side| 2 * side <= window.span(axis))
            };
            if !(half(0) && half(1)) {
                return Err(
                    "padding of more than half the window gives windows without cells".into()
                );
            }
            windows(window, *ceil, [c, h, w], c)
        }
        PoolExtent::Adaptive { output: [rows, columns] } => Ok([c, *rows, *columns]),
    }
}

fn windows(window: &Window, ceil: bool, [_, h, w]: Shape, maps: usize) -> Result<Shape, String> {
    let per_axis = [window.kernel, window.stride, window.dilation];
    if per_axis.iter().flatten().any(|&n| n == 0 || n > MAX_SIDE)
        || (0..2).flat_map(|axis| window.padding.along(axis)).any(|n| n > MAX_SIDE)
    {
        return Err(format!(
            "kernel, stride and dilation must lie between 1 and {MAX_SIDE}, padding at most there"
        ));
    }
    let along = |axis: usize, side: usize| {
        positions(window, ceil, axis, side).ok_or_else(|| {
            let [before, after] = window.padding.along(axis);
            format!(
                "a window of {} does not fit an input of {} (padding included)",
                window.span(axis),
                side + before + after
            )
        })
    };
    Ok([maps, along(0, h)?, along(1, w)?])
}

/// Bounds every hyper-parameter of a window, so that no product of two can overflow.
const MAX_SIDE: usize = 1 << 16;

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
