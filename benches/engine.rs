//! The engine: passes, gradients, and how well lines of digits are read.

use std::time::Instant;

use convscope::array::Array;
use convscope::engine::{Model, bundled};
use convscope::network::zoo;

use super::{ROUNDS, line, median, value};

/// Traces of one image per second, for both LeNets.
pub fn forward_with_trace() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let Some(weights) = bundled::weights(&network.name) else { continue };
        let model = Model::new(&network, &weights).expect("the bundled weights fit");
        let image = Array::from_fn(&network.input(), |i| (i as f32 * 0.37).sin());
        let per_second = median(
            (0..ROUNDS)
                .map(|_| {
                    let start = Instant::now();
                    for _ in 0..200 {
                        model.trace(&image, &|| false).expect("runs");
                    }
                    200.0 / start.elapsed().as_secs_f64()
                })
                .collect(),
        );
        value(&format!("forward-trace-{}", network.name), per_second, "per-second");
    }
}

/// Images per second through loss and `backward` at batch 64: the whole network as one operation of
/// candle's graph, as training has it, and an operation per node.
pub fn training() {
    use convscope::engine::{lanes, seeded};
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let weights = seeded::weights(&network, 1).expect("small");
        let model = Model::new(&network, &weights).expect("fits");
        let images: Vec<Array> = (0..64)
            .map(|n| Array::from_fn(&network.input(), |i| ((i * (n + 1)) as f32 * 0.01).sin()))
            .collect();
        let images: Vec<&Array> = images.iter().collect();
        let batch = lanes::pack_arrays(&images, network.input()).expect("packs");
        let labels: Vec<usize> = (0..64).map(|n| n % 10).collect();
        let rate = |step: &dyn Fn()| {
            let start = Instant::now();
            for _ in 0..20 {
                step();
            }
            20.0 * 64.0 / start.elapsed().as_secs_f64()
        };
        let (mut whole, mut nodes) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            whole.push(rate(&|| {
                model.learn(&batch, &labels, 1).expect("runs");
            }));
            nodes.push(rate(&|| {
                let loss = model.loss(&batch, &labels, 1).expect("runs");
                loss.backward().expect("runs");
            }));
        }
        value(&format!("gradients-one-op-{}", network.name), median(whole), "images/s");
        value(&format!("gradients-op-per-node-{}", network.name), median(nodes), "images/s");
    }
}

/// Of a hundred lines of five unseen digits, how many are read wholly right.
pub fn reading() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let right = line::lines_read_right(&network);
        value(&format!("lines-read-right-{}", network.name), right as f64, "%");
    }
}
