//! Scores in order, the answer first.

use crate::array::Trace;
use crate::network::Network;

/// A class and what the network says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub index: usize,
    /// The raw output before softmax; a squared distance where lower is nearer.
    pub score: f32,
    pub probability: f64,
}

/// All classes, the most probable first; equal ones in the order of their numbers.
#[must_use]
pub fn ranking(network: &Network, trace: &Trace) -> Vec<Ranked> {
    let scores = trace.output(network.scores()).values();
    // For squared distances probability ∝ e^(−d²/2) (contract §4).
    let slope = if network.lower_is_better() { -0.5 } else { 1.0 };
    let logits: Vec<f64> = scores.iter().map(|&score| slope * f64::from(score)).collect();
    let largest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = logits.iter().map(|logit| (logit - largest).exp()).sum();
    let ranked = |(index, &score): (usize, &f32)| Ranked {
        index,
        score,
        probability: (logits[index] - largest).exp() / sum,
    };
    let mut all: Vec<Ranked> = scores.iter().enumerate().map(ranked).collect();
    all.sort_by(|a, b| logits[b.index].total_cmp(&logits[a.index]));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::{Array, NodeTrace};
    use crate::network::zoo;

    fn trace(network: &Network, scores: &[f32]) -> Trace {
        let entry = |array: Array| NodeTrace { sum: array.clone(), output: array };
        let mut trace = Trace {
            nodes: network.nodes().iter().map(|n| entry(Array::full(&n.output, 0.0))).collect(),
        };
        let scores = Array::new(&[scores.len(), 1, 1], scores).unwrap();
        trace.nodes[network.scores()] = entry(scores);
        trace
    }

    #[test]
    fn the_nearest_bitmap_wins() {
        let network = zoo::lenet5();
        let all = ranking(&network, &trace(&network, &[4.0, 2.0, 6.0]));
        assert_eq!(all.iter().map(|r| r.index).collect::<Vec<_>>(), [1, 0, 2]);
        // e^−1, e^−2 and e^−3.
        let expected = 1.0 / (1.0 + (-1f64).exp() + (-2f64).exp());
        assert!((all[0].probability - expected).abs() < 1e-12);
    }

    #[test]
    fn the_largest_score_wins_and_probabilities_add_up() {
        let network = zoo::lenet5_modern();
        let all = ranking(&network, &trace(&network, &[1000.0, 1001.0, -5.0]));
        assert_eq!(all[0].index, 1);
        assert!((all.iter().map(|r| r.probability).sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
