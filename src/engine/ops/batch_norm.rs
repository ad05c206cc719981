//! Batch normalisation (Ioffe, Szegedy 2015): per map, `y = γ·(x − μ)/√(σ² + ε) + β`.
//!
//! In training μ and σ² are those of the batch (σ² divided by the number of values, not by one less), and
//! the gradient runs through both:
//!
//! ```text
//! ∂L/∂x = γ/√(σ² + ε) · (gy − mean(gy) − x̂·mean(gy·x̂)),   x̂ = (x − μ)/√(σ² + ε)
//! ```
//!
//! Else they are the running ones that the weights bring, which are constants. Lanes without an image are
//! left out of every mean, and nothing goes back to them.

use candle_core::{CpuStorage, CustomOp3, Device, Layout, Result, Tensor};
use rayon::prelude::*;

use super::{gradient_if_tracked, packed, slice, values};
use crate::engine::lanes::{Cell, LANES, blocks, cells, cells_mut};
use crate::network::Shape;

/// Where mean and variance come from.
#[derive(Clone, Debug)]
pub enum Statistics {
    /// The batch, of so many images.
    Batch { images: usize },
    /// As they are, one of each per map.
    Running(Moments),
}

/// Mean and variance of each map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    pub mean: Vec<f32>,
    pub variance: Vec<f32>,
}

/// Normalisation of an input of one shape: input `[n/8, c, h, w, 8]`, γ `[c]`, β `[c]` → the input's
/// shape.
#[derive(Clone, Debug)]
pub struct BatchNorm {
    pub shape: Shape,
    pub epsilon: f64,
    pub statistics: Statistics,
}

/// One map: its values in every block, and what they are normalised with.
struct Map<'a> {
    planes: Vec<&'a [Cell]>,
    mean: f32,
    /// 1/√(σ² + ε)
    scale: f32,
}

impl BatchNorm {
    fn area(&self) -> usize {
        self.shape[1] * self.shape[2]
    }

    /// Map `map` of every block.
    fn planes<'a>(&self, values: &'a [f32], map: usize) -> Vec<&'a [Cell]> {
        cells(values).chunks_exact(self.area()).skip(map).step_by(self.shape[0]).collect()
    }

    fn map<'a>(&self, x: &'a [f32], map: usize) -> Map<'a> {
        let planes = self.planes(x, map);
        let [mean, variance] = match &self.statistics {
            Statistics::Batch { images } => moments_of(&planes, *images),
            Statistics::Running(known) => [known.mean[map].into(), known.variance[map].into()],
        };
        let scale = (1.0 / (variance + self.epsilon).sqrt()) as f32;
        Map { planes, mean: mean as f32, scale }
    }

    /// Images whose lanes count.
    fn images(&self, blocks: usize) -> usize {
        match self.statistics {
            Statistics::Batch { images } => images,
            Statistics::Running(_) => blocks * LANES,
        }
    }

    /// From a list of planes per map to packed blocks.
    fn interleave(&self, maps: &[Vec<Cell>]) -> Vec<f32> {
        let area = self.area();
        let blocks = maps.first().map_or(0, |map| map.len() / area);
        let mut packed = vec![0.0; blocks * maps.len() * area * LANES];
        for (index, plane) in cells_mut(&mut packed).chunks_exact_mut(area).enumerate() {
            let (block, map) = (index / maps.len(), index % maps.len());
            plane.copy_from_slice(&maps[map][block * area..][..area]);
        }
        packed
    }

    fn forward(&self, x: &[f32], gamma: &[f32], beta: &[f32]) -> Vec<f32> {
        let normalised: Vec<Vec<Cell>> = (0..self.shape[0])
            .into_par_iter()
            .map(|index| {
                let map = self.map(x, index);
                let (factor, shift) = (gamma[index] * map.scale, beta[index]);
                let one = |x: f32| (x - map.mean) * factor + shift;
                map.planes.iter().flat_map(|plane| plane.iter().map(|cell| cell.map(one))).collect()
            })
            .collect();
        self.interleave(&normalised)
    }

    fn gradients(&self, x: &[f32], gamma: &[f32], gy: &[f32]) -> Gradients {
        let area = self.area();
        let of_maps: Vec<(Vec<Cell>, f32, f32)> = (0..self.shape[0])
            .into_par_iter()
            .map(|index| {
                let map = self.map(x, index);
                let planes = self.planes(gy, index);
                let images = self.images(map.planes.len());
                let pairs = || {
                    map.planes.iter().zip(&planes).enumerate().flat_map(move |(block, (x, gy))| {
                        x.iter().zip(*gy).map(move |(x, gy)| (live(block, images), x, gy))
                    })
                };
                let standard = |x: f32| (x - map.mean) * map.scale;
                let (mut of_gamma, mut of_beta) = (0.0f64, 0.0f64);
                for (live, x, gy) in pairs() {
                    for (&x, &gy) in x.iter().zip(gy).take(live) {
                        of_beta += f64::from(gy);
                        of_gamma += f64::from(gy * standard(x));
                    }
                }
                let count = (images * area) as f64;
                let [centre, slope] = match self.statistics {
                    Statistics::Batch { .. } => [of_beta / count, of_gamma / count],
                    Statistics::Running(_) => [0.0, 0.0],
                };
                let factor = gamma[index] * map.scale;
                let gx = pairs().map(|(live, x, gy)| {
                    std::array::from_fn(|lane| {
                        let through = centre as f32 + standard(x[lane]) * slope as f32;
                        if lane < live { factor * (gy[lane] - through) } else { 0.0 }
                    })
                });
                (gx.collect(), of_gamma as f32, of_beta as f32)
            })
            .collect();
        let of_gamma = of_maps.iter().map(|(_, gamma, _)| *gamma).collect();
        let of_beta = of_maps.iter().map(|(.., beta)| *beta).collect();
        let planes: Vec<Vec<Cell>> = of_maps.into_iter().map(|(planes, ..)| planes).collect();
        Gradients { input: self.interleave(&planes), gamma: of_gamma, beta: of_beta }
    }
}

struct Gradients {
    input: Vec<f32>,
    gamma: Vec<f32>,
    beta: Vec<f32>,
}

/// Lanes of a block that hold an image.
fn live(block: usize, images: usize) -> usize {
    images.saturating_sub(block * LANES).min(LANES)
}

/// Mean and variance of one map over the images of a batch.
fn moments_of(planes: &[&[Cell]], images: usize) -> [f64; 2] {
    let area = planes.first().map_or(0, |plane| plane.len());
    let over = |value: &dyn Fn(f64) -> f64| {
        let mut sum = 0.0;
        for (block, plane) in planes.iter().enumerate() {
            for cell in *plane {
                for &x in cell.iter().take(live(block, images)) {
                    sum += value(x.into());
                }
            }
        }
        sum / ((images * area) as f64).max(1.0)
    };
    let mean = over(&|x| x);
    [mean, over(&|x| (x - mean) * (x - mean))]
}

/// Mean and variance of each map of packed values over the images of a batch: what the running ones
/// move towards.
///
/// # Errors
/// Values that are not packed.
pub fn moments(x: &Tensor, images: usize) -> Result<Moments> {
    let (found, maps, h, w, _) = x.dims5()?;
    if found != blocks(images) {
        candle_core::bail!("{found} blocks of images, not {}", blocks(images));
    }
    let x = values(x)?;
    let of_map = |map: usize| {
        let planes: Vec<&[Cell]> = cells(&x).chunks_exact(h * w).skip(map).step_by(maps).collect();
        moments_of(&planes, images).map(|moment| moment as f32)
    };
    let of_maps: Vec<[f32; 2]> = (0..maps).map(of_map).collect();
    let (mean, variance) = of_maps.into_iter().map(|[mean, variance]| (mean, variance)).unzip();
    Ok(Moments { mean, variance })
}

impl CustomOp3 for BatchNorm {
    fn name(&self) -> &'static str {
        "batch_norm"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        gamma: &CpuStorage,
        gamma_layout: &Layout,
        beta: &CpuStorage,
        beta_layout: &Layout,
    ) -> Result<(CpuStorage, candle_core::Shape)> {
        let y = self.forward(
            slice(x, x_layout)?,
            slice(gamma, gamma_layout)?,
            slice(beta, beta_layout)?,
        );
        Ok(packed(y, self.shape))
    }

    fn bwd(
        &self,
        x: &Tensor,
        gamma: &Tensor,
        beta: &Tensor,
        _y: &Tensor,
        gy: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let gy = gy.contiguous()?;
        let found = self.gradients(&values(x)?, &values(gamma)?, &values(&gy)?);
        let own =
            |values: Vec<f32>, of: &Tensor| Tensor::from_vec(values, of.shape(), &Device::Cpu);
        Ok((
            gradient_if_tracked(x, || found.input)?,
            Some(own(found.gamma, gamma)?),
            Some(own(found.beta, beta)?),
        ))
    }
}

/// A batch of images `[c, h, w]` each, as the formula above says it, with its own mean and variance.
#[must_use]
pub fn reference(
    [c, h, w]: Shape,
    epsilon: f64,
    images: &[Vec<f64>],
    gamma: &[f64],
    beta: &[f64],
) -> Vec<Vec<f64>> {
    let area = h * w;
    let count = (images.len() * area) as f64;
    let own = |map: usize| images.iter().flat_map(move |image| &image[map * area..][..area]);
    let moments: Vec<[f64; 2]> = (0..c)
        .map(|map| {
            let mean = own(map).sum::<f64>() / count;
            [mean, own(map).map(|x| (x - mean).powi(2)).sum::<f64>() / count]
        })
        .collect();
    let one = |i: usize, x: f64| {
        let [mean, variance] = moments[i / area];
        gamma[i / area] * (x - mean) / (variance + epsilon).sqrt() + beta[i / area]
    };
    images.iter().map(|image| image.iter().enumerate().map(|(i, &x)| one(i, x)).collect()).collect()
}
