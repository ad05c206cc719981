//! Reading a line of digits off a sliding network's scores: which ones stand there, from left to
//! right, without knowing how many or where.
//!
//! Between two digits the network sees halves of both and answers something, often firmly, but seldom
//! as well as where a digit stands in the middle, and seldom the same at the next position. So a
//! digit at a position gains what its own score and those beside it say for one class, above a
//! price per digit; of all choices of positions that keep a distance, the one that gains most is read
//! (by dynamic programming from left to right).

use crate::array::Array;
use crate::network::Network;

/// A digit that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Column of the scores; on the image it begins at position × jump.
    pub position: usize,
    pub class: usize,
    /// The raw score of the class there: a squared distance where the network has class bitmaps.
    pub score: f32,
}

/// Digits that begin nearer to each other than this, in pixels, are one.
const NEAREST: usize = 20;
/// From this distance on, in pixels, digits are not crowded.
const ROOMY: usize = 28;

/// What a digit must show to be read, in logits (−d²/2 for squared distances). The numbers were chosen
/// on lines of bundled training digits 20 to 48 pixels apart, for the bundled weights.
#[derive(Clone, Copy)]
struct Rule {
    /// The mean logit that a digit must exceed.
    price: f64,
    /// How much each position beside a digit counts in the mean; its own counts 1.
    beside: f64,
    /// What every pixel less than [`ROOMY`] costs.
    crowding: f64,
}

/// Trained with a rubbish class: halves of digits are far from every bitmap (d² of 50 to 200), digits
/// near to one.
const DISTANCES: Rule = Rule { price: -25.0, beside: 0.35, crowding: 0.0 };
/// Such networks have never learned what is no digit, and answer firmly between two of them.
const LOGITS: Rule = Rule { price: 4.5, beside: 0.5, crowding: 0.25 };

/// The best class at a position, and what reading it gains.
struct Candidate {
    class: usize,
    score: f32,
    gain: f64,
    /// The most that can be gained with this as the last digit, and the digit before it.
    total: f64,
    before: Option<usize>,
}

/// The digits that stand under a sliding network, from left to right. `scores` are its raw scores,
/// `[classes, h, w]` (where there are several rows, the best one counts), `jump` is how many pixels of
/// the image lie between two columns of them. Empty paper (−0.1) reads as nothing; an even grey, which
/// the networks have never seen, may not.
#[must_use]
pub fn read_line(network: &Network, scores: &Array, jump: usize) -> Vec<Reading> {
    let jump = jump.max(1);
    let (rule, scale) = if network.lower_is_better() { (DISTANCES, -0.5) } else { (LOGITS, 1.0) };
    let line = Line { scores, scale };
    let mut candidates: Vec<Candidate> =
        (0..scores.chw()[2]).map(|position| line.candidate(position, rule)).collect();
    let (nearest, roomy) = (NEAREST.div_ceil(jump), ROOMY.div_ceil(jump));
    // The best end of a reading that is out of the way by now.
    let mut far: Option<usize> = None;
    for position in 0..candidates.len() {
        let total = |at: usize| candidates[at].total;
        if let Some(new) = position.checked_sub(roomy)
            && far.is_none_or(|far| total(new) > total(far))
        {
            far = Some(new);
        }
        let mut best = (0.0, None);
        let near = (nearest..roomy).filter_map(|distance| {
            let before = position.checked_sub(distance)?;
            let crowded = ROOMY.saturating_sub(distance * jump) as f64;
            Some((total(before) - rule.crowding * crowded, before))
        });
        for (sum, before) in near.chain(far.map(|far| (total(far), far))) {
            if sum > best.0 {
                best = (sum, Some(before));
            }
        }
        let candidate = &mut candidates[position];
        candidate.total = candidate.gain + best.0;
        candidate.before = best.1;
    }
    back_from_the_best_end(&candidates)
}

fn back_from_the_best_end(candidates: &[Candidate]) -> Vec<Reading> {
    let mut end = None;
    let mut most = 0.0;
    for (position, candidate) in candidates.iter().enumerate() {
        if candidate.total > most {
            (most, end) = (candidate.total, Some(position));
        }
    }
    let mut readings: Vec<Reading> =
        std::iter::successors(end, |&position| candidates[position].before)
            .map(|position| {
                let Candidate { class, score, .. } = candidates[position];
                Reading { position, class, score }
            })
            .collect();
    readings.reverse();
    readings
}

/// The scores as logits.
struct Line<'a> {
    scores: &'a Array,
    scale: f64,
}

impl Line<'_> {
    /// The highest logit of a class in a column, and its score.
    fn best_row(&self, class: usize, column: usize) -> (f64, f32) {
        let [_, rows, _] = self.scores.chw();
        let mut best = (f64::NEG_INFINITY, 0.0);
        for row in 0..rows {
            let score = self.scores.at([class, row, column]);
            let logit = self.scale * f64::from(score);
            if logit > best.0 {
                best = (logit, score);
            }
        }
        best
    }

    fn candidate(&self, position: usize, rule: Rule) -> Candidate {
        let [classes, _, columns] = self.scores.chw();
        let none = f64::NEG_INFINITY;
        let mut best = Candidate { class: 0, score: 0.0, gain: none, total: none, before: None };
        for class in 0..classes {
            let (own, score) = self.best_row(class, position);
            let (mut sum, mut share) = (own, 1.0);
            // At the ends of the line there is one neighbour only.
            let beside = [position.checked_sub(1), Some(position + 1)].into_iter().flatten();
            for column in beside.filter(|&column| column < columns) {
                sum += rule.beside * self.best_row(class, column).0;
                share += rule.beside;
            }
            let gain = sum / share - rule.price;
            if gain > best.gain {
                best = Candidate { class, score, gain, ..best };
            }
        }
        best
    }
}
