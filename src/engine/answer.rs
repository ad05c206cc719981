//! From scores to an answer.

use crate::network::Network;

/// One class of the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    pub class: usize,
    /// The raw output before softmax; a squared distance where the network has class pictures.
    pub score: f32,
    pub probability: f64,
}

/// The probability of each class: softmax of the scores, or of −d²/2 for squared distances.
#[must_use]
pub fn probabilities(network: &Network, scores: &[f32]) -> Vec<f64> {
    let scale = if network.lower_is_better() { -0.5 } else { 1.0 };
    let logits = || scores.iter().map(|&score| scale * f64::from(score));
    let max = logits().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = logits().map(|x| (x - max).exp()).sum();
    logits().map(|x| (x - max).exp() / sum).collect()
}

/// The `most` best classes, best first; among equal scores the lower number first.
#[must_use]
pub fn ranking(network: &Network, scores: &[f32], most: usize) -> Vec<Candidate> {
    let probabilities = probabilities(network, scores);
    let mut candidates: Vec<Candidate> = (scores.iter().zip(probabilities).enumerate())
        .map(|(class, (&score, probability))| Candidate { class, score, probability })
        .collect();
    let quality = |score: f32| if network.lower_is_better() { -score } else { score };
    candidates.sort_by(|a, b| quality(b.score).total_cmp(&quality(a.score)));
    candidates.truncate(most);
    candidates
}

/// The best class.
#[must_use]
pub fn best(network: &Network, scores: &[f32]) -> usize {
    ranking(network, scores, 1).first().map_or(0, |candidate| candidate.class)
}
