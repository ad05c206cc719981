//! How far each operation of LeNet-5 ends from what the machine can do: floating-point operations per
//! second against a core's own multiply-adds, bytes per second against a plain copy. One block of eight
//! images, on one thread, as training has it.

use std::hint::black_box;
use std::time::Instant;

use candle_core::{CustomOp1, CustomOp3, Device, Tensor, Var};
use convscope::engine::lanes::LANES;
use convscope::engine::ops::InGraph;
use convscope::engine::ops::activation::Activate;
use convscope::engine::ops::conv::Conv;
use convscope::engine::ops::linear::Linear;
use convscope::engine::ops::local::Local;
use convscope::engine::ops::lrn::Lrn;
use convscope::engine::ops::pool::{Kind, Pool};
use convscope::engine::ops::subsample::Subsample;
use convscope::network::{self, Activation, Channels, Shape, Window};
use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};

use super::value;

/// Multiply-adds in flight that a core needs to be kept busy.
const ACCUMULATORS: usize = 12;

pub fn measure() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    pool.install(|| {
        let peak = 2.0 * LANES as f64 * ACCUMULATORS as f64 * peak_rounds() / 1e9;
        let copy = copy_rate() / 1e9;
        value("roofline-core", peak, "GFLOP/s");
        value("roofline-copy", copy, "GB/s");
        let roof = Roof { peak, copy };
        convolutions(&roof);
        fully_connected(&roof);
        element_wise(&roof);
    });
}

struct Roof {
    peak: f64,
    copy: f64,
}

impl Roof {
    /// `flops` and `bytes` of one run.
    fn tell(&self, name: &str, flops: f64, bytes: f64, mut run: impl FnMut()) {
        let per_second = rate(&mut run);
        let (gflops, gigabytes) = (flops * per_second / 1e9, bytes * per_second / 1e9);
        let share = (gflops / self.peak).max(gigabytes / self.copy);
        value(&format!("op-{name}"), gflops, "GFLOP/s");
        value(&format!("op-{name}-bandwidth"), gigabytes, "GB/s");
        value(&format!("op-{name}-share-of-roof"), 100.0 * share, "%");
    }
}

/// Runs per second, the best of some.
fn rate(run: &mut dyn FnMut()) -> f64 {
    run();
    let mut best = 0.0f64;
    for _ in 0..5 {
        let (mut runs, start) = (0.0, Instant::now());
        while start.elapsed().as_secs_f64() < 0.03 {
            for _ in 0..8 {
                run();
                runs += 1.0;
            }
        }
        best = best.max(runs / start.elapsed().as_secs_f64());
    }
    best
}

/// Rounds of [`ACCUMULATORS`] vector multiply-adds per second.
fn peak_rounds() -> f64 {
    const ROUNDS: usize = 4096;
    #[inline(always)]
    fn rounds<S: Simd>(simd: S) -> f32 {
        let mut sums = [f32x8::splat(simd, 1.0); ACCUMULATORS];
        let (a, b) = (f32x8::splat(simd, black_box(0.999)), f32x8::splat(simd, black_box(1e-3)));
        for _ in 0..ROUNDS {
            for sum in &mut sums {
                *sum = sum.mul_add(a, b);
            }
        }
        sums.map(f32x8::reduce_sum).iter().sum()
    }
    let level = Level::new();
    ROUNDS as f64
        * rate(&mut || {
            black_box(dispatch!(level, simd => rounds(simd)));
        })
}

/// Bytes read and written per second by a copy that does not fit the caches.
fn copy_rate() -> f64 {
    let from = vec![1.0f32; 1 << 24];
    let mut to = vec![0.0f32; 1 << 24];
    2.0 * 4.0 * from.len() as f64 * rate(&mut || to.copy_from_slice(black_box(&from)))
}

fn packed(shape: Shape) -> Var {
    let [c, h, w] = shape;
    let values: Vec<f32> = (0..c * h * w * LANES).map(|i| (i as f32 * 0.37).sin()).collect();
    Var::from_vec(values, (1, c, h, w, LANES), &Device::Cpu).expect("a tensor")
}

fn numbers(count: usize) -> Var {
    let values: Vec<f32> = (0..count).map(|i| (i as f32 * 0.11).cos()).collect();
    Var::from_vec(values, count, &Device::Cpu).expect("a tensor")
}

/// An operation with weights: `macs` multiply-adds of one image, forward and back.
fn trained(
    roof: &Roof,
    name: &str,
    op: &impl CustomOp3,
    [input, output]: [Shape; 2],
    [weights, biases, macs]: [usize; 3],
) {
    let (x, gy) = (packed(input), packed(output));
    let (weight, bias) = (numbers(weights), numbers(biases));
    let size = |shape: Shape| (shape.iter().product::<usize>() * LANES) as f64;
    let bytes = 4.0 * (size(input) + size(output) + weights as f64);
    let flops = 2.0 * (macs * LANES) as f64;
    roof.tell(&format!("{name}-forward"), flops, bytes, || {
        black_box(x.apply_op3_no_bwd(&weight, &bias, op).expect("runs"));
    });
    let y: Tensor = x.apply_op3_no_bwd(&weight, &bias, op).expect("runs");
    // Towards the weights alone, then towards both: the difference is the way to the input.
    let frozen = x.detach();
    roof.tell(&format!("{name}-to-weights"), flops, bytes, || {
        black_box(op.bwd(&frozen, &weight, &bias, &y, &gy).expect("runs"));
    });
    let (weight, bias) = (weight.detach(), bias.detach());
    roof.tell(&format!("{name}-to-input"), flops, bytes, || {
        black_box(op.bwd(&x, &weight, &bias, &y, &gy).expect("runs"));
    });
}

/// An operation on every value: `flops` per output value.
fn fixed(roof: &Roof, name: &str, op: &impl CustomOp1, [input, output]: [Shape; 2], flops: f64) {
    let (x, gy) = (packed(input), packed(output));
    let size = |shape: Shape| (shape.iter().product::<usize>() * LANES) as f64;
    let bytes = 4.0 * (size(input) + size(output));
    roof.tell(&format!("{name}-forward"), flops * size(output), bytes, || {
        black_box(x.apply_op1_no_bwd(op).expect("runs"));
    });
    let y = x.apply_op1_no_bwd(op).expect("runs");
    roof.tell(&format!("{name}-back"), flops * size(output), bytes + 4.0 * size(output), || {
        black_box(op.bwd(&x, &y, &gy).expect("runs"));
    });
}

fn convolutions(roof: &Roof) {
    for (name, maps, input) in [("c1", 6, [1, 32, 32]), ("c3", 16, [6, 14, 14])] {
        let [c, h, w] = input;
        let output = [maps, h - 4, w - 4];
        let window = Window::square(5);
        let conv = network::Conv { maps, window, channels: Channels::Groups(1), bias: true };
        let macs = output.iter().product::<usize>() * c * 25;
        let op = InGraph::new(Conv::new(&conv, input, output));
        trained(roof, name, &op, [input, output], [maps * c * 25, maps, macs]);
    }
    let (window, input, output) = (Window::square(5), [6, 14, 14], [16, 10, 10]);
    let units = 16 * 100;
    let op = InGraph::new(Local { window, input, output });
    trained(roof, "local-c3", &op, [input, output], [units * 150, units, units * 150]);
}

fn fully_connected(roof: &Roof) {
    for (name, input, units) in [("c5", [16, 5, 5], 120), ("f6", [120, 1, 1], 84)] {
        let inputs: usize = input.iter().product();
        let op = InGraph::new(Linear { input, output: [units, 1, 1] });
        let sizes = [units * inputs, units, units * inputs];
        trained(roof, name, &op, [input, [units, 1, 1]], sizes);
    }
}

fn element_wise(roof: &Roof) {
    let (large, half) = ([6, 28, 28], [6, 14, 14]);
    let tiles = network::Pool::tiles(2);
    fixed(roof, "tanh", &Activate(Activation::Tanh), [large, large], 22.0);
    fixed(roof, "relu", &Activate(Activation::Relu), [large, large], 1.0);
    for (name, kind) in [("pool-avg", Kind::Average), ("pool-max", Kind::Max)] {
        let op = InGraph::new(Pool::new(kind, &tiles, large, half));
        fixed(roof, name, &op, [large, half], 4.0);
    }
    let lrn = network::Lrn { size: 5, alpha: 1e-4, alpha_over_size: false, beta: 0.75, k: 2.0 };
    fixed(roof, "lrn", &InGraph::new(Lrn::new(&lrn, large)), [large, large], 15.0);
    let op = InGraph::new(Subsample::new(&Window::square(2).stride(2), large, half));
    trained(roof, "subsample", &op, [large, half], [6, 6, 4 * 6 * 14 * 14]);
}
