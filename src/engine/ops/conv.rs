//! Convolution, applied as cross-correlation: stride, dilation, padding per side, groups, and
//! tables of links between maps.
//!
//! ```text
//! y[o, y, x] = b[o] + Σ over linked maps c, ky, kx of
//!     w[o, slot(c), ky, kx] · x[c, y·stride − top + ky·dilation, x·stride − left + kx·dilation]
//! ```

mod correlate;
mod kernel_gradient;

use super::linear::Linear;
use super::planes::{Margin, Placement};
use super::{Own, Trained};
use crate::network::connectivity::Link;
use crate::network::{self, Channels, Shape};
use correlate::{Correlation, Geometry, Tap};
use kernel_gradient::KernelGradient;

/// A convolution of an input of one shape: input `[n/8, c, h, w, 8]`, weight
/// `[maps, slots, kh, kw]`, bias `[maps]` → `[n/8, maps, h′, w′, 8]`.
#[derive(Clone, Debug)]
pub struct Conv {
    input: Shape,
    output: Shape,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    /// One window covers the whole input of every map: a fully connected layer.
    Full(Linear),
    Windows(Box<Windows>),
}

/// The three loops over windows, each with what it reads placed among zeros.
#[derive(Clone, Debug)]
struct Windows {
    /// The input with its padding.
    padded: Margin,
    forward: Correlation,
    /// The gradient of the output, spread so that the gradient of the input is its correlation with
    /// the flipped kernels, at stride 1.
    spread: Margin,
    back: Correlation,
    weights: KernelGradient,
    area: usize,
}

impl Conv {
    /// `output` is the shape that [`network::shape::infer`] gives for `input`.
    #[must_use]
    pub fn new(conv: &network::Conv, input: Shape, output: Shape) -> Self {
        let [_, h, w] = input;
        let full = conv.channels == Channels::Groups(1)
            && conv.window.kernel == [h, w]
            && conv.window.dilation == [1, 1]
            && conv.window.padding == network::Padding::all(0);
        let way = if full {
            Way::Full(Linear { input, output })
        } else {
            Way::Windows(Box::new(Windows::new(conv, input, output)))
        };
        Self { input, output, way }
    }
}

impl Windows {
    fn new(conv: &network::Conv, input: Shape, output: Shape) -> Self {
        let ([c, h, w], [maps, rows, columns]) = (input, output);
        let (window, slots, area) = (conv.window, conv.slots(c), conv.window.area());
        let links: Vec<Vec<Link>> = (0..maps).map(|map| conv.links(map, c)).collect();
        let (mut forward, mut back) = (vec![Vec::new(); maps], vec![Vec::new(); c]);
        for (map, links) in links.iter().enumerate() {
            for link in links {
                let kernel = (map * slots + link.slot) * area;
                forward[map].push(Tap { plane: link.channel, kernel });
                back[link.channel].push(Tap { plane: map, kernel });
            }
        }
        let padded = Placement::padded([h, w], window.padding);
        let reach = [0, 1].map(|axis| window.span(axis) - 1);
        let spread = Placement {
            from: [rows, columns],
            to: [h + reach[0], w + reach[1]],
            offset: [0, 1].map(|axis| reach[axis] as i64 - window.padding.along(axis)[0] as i64),
            step: window.stride,
        };
        let over = |place: &Placement, output, stride| Geometry {
            source: place.to,
            live: place.live(),
            output,
            kernel: window.kernel,
            stride,
            dilation: window.dilation,
        };
        Self {
            weights: KernelGradient::new(&back, window, padded.to, output),
            forward: Correlation::new(over(&padded, [rows, columns], window.stride), c, &forward),
            back: Correlation::new(over(&spread, [h, w], [1, 1]), maps, &back),
            padded: Margin::new(padded),
            spread: Margin::new(spread),
            area,
        }
    }
}

impl Trained for Conv {
    fn shapes(&self) -> [Shape; 2] {
        [self.input, self.output]
    }

    fn pack_forward(&self, weight: &[f32]) -> Vec<f32> {
        match &self.way {
            Way::Full(linear) => linear.pack_forward(weight),
            Way::Windows(windows) => windows.forward.pack(weight),
        }
    }

    fn pack_back(&self, weight: &[f32]) -> Vec<f32> {
        match &self.way {
            Way::Full(linear) => linear.pack_back(weight),
            Way::Windows(windows) => {
                let mut flipped = weight.to_vec();
                flipped.chunks_mut(windows.area).for_each(<[f32]>::reverse);
                windows.back.pack(&flipped)
            }
        }
    }

    fn forward(&self, x: &[f32], own: Own<'_>, y: &mut [f32]) {
        match &self.way {
            Way::Full(linear) => linear.forward(x, own, y),
            Way::Windows(windows) => {
                windows.padded.spread(x, |x| windows.forward.run(x, own.packed, Some(own.bias), y));
            }
        }
    }

    fn input_gradient(&self, gy: &[f32], own: Own<'_>, gx: &mut [f32]) {
        match &self.way {
            Way::Full(linear) => linear.input_gradient(gy, own, gx),
            Way::Windows(windows) => {
                windows.spread.spread(gy, |gy| windows.back.run(gy, own.packed, None, gx));
            }
        }
    }

    fn weight_gradient(&self, x: &[f32], gy: &[f32], gw: &mut [f32]) {
        match &self.way {
            Way::Full(linear) => linear.weight_gradient(x, gy, gw),
            Way::Windows(windows) => windows.padded.spread(x, |x| windows.weights.add(x, gy, gw)),
        }
    }
}

/// The convolution of one image `[c, h, w]` as the formula above says it.
#[must_use]
pub fn reference(
    conv: &network::Conv,
    [c, h, w]: Shape,
    [maps, rows, columns]: Shape,
    x: &[f64],
    weight: &[f64],
    bias: &[f64],
) -> Vec<f64> {
    let [kh, kw] = conv.window.kernel;
    let slots = conv.slots(c);
    let pixel = |channel: usize, y: i64, x_: i64| {
        let inside = (0..h as i64).contains(&y) && (0..w as i64).contains(&x_);
        if inside { x[(channel * h + y as usize) * w + x_ as usize] } else { 0.0 }
    };
    let mut output = Vec::with_capacity(maps * rows * columns);
    for (map, &bias) in bias.iter().enumerate() {
        for row in 0..rows {
            for column in 0..columns {
                let mut sum = bias;
                for link in conv.links(map, c) {
                    for (ky, y) in conv.window.taps(0, row as i64).positions().enumerate() {
                        for (kx, x) in conv.window.taps(1, column as i64).positions().enumerate() {
                            let place = ((map * slots + link.slot) * kh + ky) * kw + kx;
                            sum += weight[place] * pixel(link.channel, y, x);
                        }
                    }
                }
                output.push(sum);
            }
        }
    }
    output
}
