//! Convolution, applied as cross-correlation: stride, dilation, padding per side, groups, and
//! tables of links between maps.
//!
//! ```text
//! y[o, y, x] = b[o] + Σ over linked maps c, ky, kx of
//!     w[o, slot(c), ky, kx] · x[c, y·stride − top + ky·dilation, x·stride − left + kx·dilation]
//! ```

mod correlate;
mod kernel_gradient;

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Tensor};

use super::{gradient_if_tracked, linear, packed, planes, slice, values};
use crate::network::connectivity::Link;
use crate::network::{self, Channels, Shape, Window};
use correlate::{Correlation, Tap};
use planes::Placement;

/// A convolution of an input of one shape: input `[n/8, c, h, w, 8]`, weight
/// `[maps, slots, kh, kw]`, bias `[maps]` → `[n/8, maps, h′, w′, 8]`.
#[derive(Clone, Debug)]
pub struct Conv {
    window: Window,
    input: Shape,
    output: Shape,
    slots: usize,
    /// For each output map the input maps that it sees, and where their kernels stand.
    links: Vec<Vec<Link>>,
    /// One window covers the whole input of every map: a fully connected layer, and computed as one.
    full: bool,
}

impl Conv {
    /// `output` is the shape that [`network::shape::infer`] gives for `input`.
    #[must_use]
    pub fn new(conv: &network::Conv, input: Shape, output: Shape) -> Self {
        let [c, h, w] = input;
        Self {
            window: conv.window,
            input,
            output,
            slots: conv.slots(c),
            links: (0..conv.maps).map(|map| conv.links(map, c)).collect(),
            full: conv.channels == Channels::Groups(1)
                && conv.window.kernel == [h, w]
                && conv.window.dilation == [1, 1]
                && conv.window.padding == network::Padding::all(0),
        }
    }

    fn inputs(&self) -> usize {
        self.input.iter().product()
    }

    /// The input with its padding.
    fn padded(&self) -> Placement {
        let [_, h, w] = self.input;
        Placement::padded([h, w], self.window.padding)
    }

    /// The gradient of the output, spread so that the gradient of the input is its correlation with
    /// the flipped kernels, at stride 1.
    fn spread(&self) -> Placement {
        let [_, h, w] = self.input;
        let [_, rows, columns] = self.output;
        let padding = self.window.padding;
        let reach = [0, 1].map(|axis| self.window.span(axis) - 1);
        Placement {
            from: [rows, columns],
            to: [h + reach[0], w + reach[1]],
            offset: [0, 1].map(|axis| reach[axis] as i64 - padding.along(axis)[0] as i64),
            step: self.window.stride,
        }
    }

    fn forward(&self, x: &[f32], weight: &[f32], bias: &[f32]) -> Vec<f32> {
        if self.full {
            return linear::forward(x, weight, bias, self.inputs());
        }
        let area = self.window.area();
        let taps: Vec<Vec<Tap>> = (0..self.links.len())
            .map(|map| {
                let kernel = |link: &Link| (map * self.slots + link.slot) * area;
                self.links[map]
                    .iter()
                    .map(|l| Tap { plane: l.channel, kernel: kernel(l) })
                    .collect()
            })
            .collect();
        let padded = self.padded();
        let correlation = Correlation {
            source: padded.to,
            live: padded.live(),
            output: [self.output[1], self.output[2]],
            kernel: self.window.kernel,
            stride: self.window.stride,
            dilation: self.window.dilation,
        };
        correlation.run(&padded.spread(x), self.input[0], &taps, weight, bias)
    }

    fn input_gradient(&self, gy: &[f32], weight: &[f32]) -> Vec<f32> {
        if self.full {
            return linear::input_gradient(gy, weight, self.inputs());
        }
        let area = self.window.area();
        let mut flipped = weight.to_vec();
        flipped.chunks_mut(area).for_each(<[f32]>::reverse);
        let mut taps: Vec<Vec<Tap>> = vec![Vec::new(); self.input[0]];
        for (map, links) in self.links.iter().enumerate() {
            for link in links {
                let kernel = (map * self.slots + link.slot) * area;
                taps[link.channel].push(Tap { plane: map, kernel });
            }
        }
        let spread = self.spread();
        let correlation = Correlation {
            source: spread.to,
            live: spread.live(),
            output: [self.input[1], self.input[2]],
            kernel: self.window.kernel,
            stride: [1, 1],
            dilation: self.window.dilation,
        };
        let no_bias = vec![0.0; taps.len()];
        correlation.run(&spread.spread(gy), self.output[0], &taps, &flipped, &no_bias)
    }

    fn weight_gradient(&self, x: &[f32], gy: &[f32]) -> Vec<f32> {
        if self.full {
            return linear::weight_gradient(x, gy, self.inputs(), self.output[0]);
        }
        let padded = self.padded();
        let shape = kernel_gradient::Shape {
            window: self.window,
            source: padded.to,
            planes: self.input[0],
            output: self.output,
            slots: self.slots,
        };
        kernel_gradient::run(&shape, &self.links, &padded.spread(x), gy)
    }
}

impl CustomOp3 for Conv {
    fn name(&self) -> &'static str {
        "conv"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, candle_core::Shape)> {
        let y = self.forward(
            slice(x, x_layout)?,
            slice(weight, weight_layout)?,
            slice(bias, bias_layout)?,
        );
        Ok(packed(y, self.output))
    }

    fn bwd(
        &self,
        x: &Tensor,
        weight: &Tensor,
        bias: &Tensor,
        _y: &Tensor,
        gy: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let gy = gy.contiguous()?;
        let (x_values, weight_values, gy) = (values(x)?, values(weight)?, values(&gy)?);
        let [maps, rows, columns] = self.output;
        Ok((
            gradient_if_tracked(x, || self.input_gradient(&gy, &weight_values))?,
            gradient_if_tracked(weight, || self.weight_gradient(&x_values, &gy))?,
            gradient_if_tracked(bias, || planes::map_sums(&gy, maps, rows * columns))?,
        ))
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
