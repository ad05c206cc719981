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

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Tensor};
use rayon::prelude::*;

use super::{Gradients, gradient, packed, slice, values};
use crate::engine::lanes::{LANES, blocks, cells, cells_mut};
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

impl BatchNorm {
    fn area(&self) -> usize {
        self.shape[1] * self.shape[2]
    }

    /// What the values of this batch are normalised with.
    pub(in crate::engine) fn moments(&self, x: &[f32]) -> Moments {
        match &self.statistics {
            Statistics::Batch { images } => moments_of(x, self.shape, *images),
            Statistics::Running(known) => known.clone(),
        }
    }

    /// 1/√(σ² + ε)
    fn scale(&self, variance: f32) -> f32 {
        (1.0 / (f64::from(variance) + self.epsilon).sqrt()) as f32
    }

    /// Overwrites `y`.
    pub(in crate::engine) fn forward(
        &self,
        x: &[f32],
        moments: &Moments,
        [gamma, beta]: [&[f32]; 2],
        y: &mut [f32],
    ) {
        let plane = self.area() * LANES;
        y.par_chunks_mut(plane).zip(x.par_chunks(plane)).enumerate().for_each(|(index, (y, x))| {
            let map = index % self.shape[0];
            let (mean, shift) = (moments.mean[map], beta[map]);
            let factor = gamma[map] * self.scale(moments.variance[map]);
            y.iter_mut().zip(x).for_each(|(y, x)| *y = (x - mean) * factor + shift);
        });
    }

    /// Overwrites `gx`, where it is wanted, and adds to the gradients of γ and β.
    pub(in crate::engine) fn gradients(
        &self,
        [x, gy]: [&[f32]; 2],
        moments: &Moments,
        gamma: &[f32],
        gx: Option<&mut [f32]>,
        [of_gamma, of_beta]: [&mut [f32]; 2],
    ) {
        let (maps, plane) = (self.shape[0], self.area() * LANES);
        let blocks = x.len() / (maps * plane);
        let images = match self.statistics {
            Statistics::Batch { images } => images,
            Statistics::Running(_) => blocks * LANES,
        };
        let scales: Vec<f32> = moments.variance.iter().map(|&v| self.scale(v)).collect();
        // Of each map: Σ gy·x̂ and Σ gy.
        let sums: Vec<[f64; 2]> = (0..maps)
            .into_par_iter()
            .map(|map| {
                let (mean, scale) = (moments.mean[map], scales[map]);
                let mut total = [0.0; 2];
                for (block, first) in (map * plane..x.len()).step_by(maps * plane).enumerate() {
                    let mut sums = [[0.0; LANES]; 2];
                    let (x, gy) = (cells(&x[first..][..plane]), cells(&gy[first..][..plane]));
                    for (x, gy) in x.iter().zip(gy) {
                        for lane in 0..LANES {
                            sums[0][lane] += f64::from(gy[lane] * ((x[lane] - mean) * scale));
                            sums[1][lane] += f64::from(gy[lane]);
                        }
                    }
                    for (total, sums) in total.iter_mut().zip(sums) {
                        *total += sums[..live(block, images)].iter().sum::<f64>();
                    }
                }
                total
            })
            .collect();
        for (map, [gamma, beta]) in sums.iter().enumerate() {
            of_gamma[map] += *gamma as f32;
            of_beta[map] += *beta as f32;
        }
        let Some(gx) = gx else { return };
        let count = (images * self.area()) as f64;
        let pairs = x.par_chunks(plane).zip(gy.par_chunks(plane));
        gx.par_chunks_mut(plane).zip(pairs).enumerate().for_each(|(index, (gx, (x, gy)))| {
            let (map, live) = (index % maps, live(index / maps, images));
            let (mean, scale) = (moments.mean[map], scales[map]);
            let [slope, centre] = match self.statistics {
                Statistics::Batch { .. } => sums[map].map(|sum| (sum / count) as f32),
                Statistics::Running(_) => [0.0; 2],
            };
            let factor = gamma[map] * scale;
            for ((gx, x), gy) in cells_mut(gx).iter_mut().zip(cells(x)).zip(cells(gy)) {
                for lane in 0..LANES {
                    let through = centre + (x[lane] - mean) * scale * slope;
                    gx[lane] = if lane < live { factor * (gy[lane] - through) } else { 0.0 };
                }
            }
        });
    }
}

/// Lanes of a block that hold an image.
fn live(block: usize, images: usize) -> usize {
    images.saturating_sub(block * LANES).min(LANES)
}

/// Mean and variance of each map of packed values over the images of a batch.
fn moments_of(x: &[f32], [maps, h, w]: Shape, images: usize) -> Moments {
    let plane = h * w * LANES;
    let count = ((images * h * w) as f64).max(1.0);
    let over = |map: usize, value: &(dyn Fn(f64) -> f64 + Sync)| {
        let mut total = 0.0;
        for (block, plane) in x.chunks_exact(plane).skip(map).step_by(maps).enumerate() {
            let mut sums = [0.0; LANES];
            for cell in cells(plane) {
                for (sum, &x) in sums.iter_mut().zip(cell) {
                    *sum += value(x.into());
                }
            }
            total += sums[..live(block, images)].iter().sum::<f64>();
        }
        total / count
    };
    let of_map = |map: usize| {
        let mean = over(map, &|x| x);
        (mean as f32, over(map, &|x| (x - mean) * (x - mean)) as f32)
    };
    let (mean, variance) = (0..maps).into_par_iter().map(of_map).unzip();
    Moments { mean, variance }
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
    Ok(moments_of(&values(x)?, [maps, h, w], images))
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
        let (x, gamma) = (slice(x, x_layout)?, slice(gamma, gamma_layout)?);
        let mut y = vec![0.0; x.len()];
        self.forward(x, &self.moments(x), [gamma, slice(beta, beta_layout)?], &mut y);
        Ok(packed(y, self.shape))
    }

    fn bwd(
        &self,
        x: &Tensor,
        gamma: &Tensor,
        beta: &Tensor,
        _y: &Tensor,
        gy: &Tensor,
    ) -> Result<Gradients> {
        let gy = gy.contiguous()?;
        let (x_values, gy, gamma_values) = (values(x)?, values(&gy)?, values(gamma)?);
        let mut of_input = vec![0.0; x.elem_count()];
        let [mut of_gamma, mut of_beta] = [(); 2].map(|()| vec![0.0; self.shape[0]]);
        self.gradients(
            [&x_values, &gy],
            &self.moments(&x_values),
            &gamma_values,
            x.track_op().then_some(of_input.as_mut_slice()),
            [&mut of_gamma, &mut of_beta],
        );
        Ok((
            if x.track_op() { gradient(of_input, x)? } else { None },
            gradient(of_gamma, gamma)?,
            gradient(of_beta, beta)?,
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
