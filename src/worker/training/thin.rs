//! Moments in bounded memory.

use std::sync::Arc;

use super::{Mark, Snapshot};
use crate::array::Array;

/// Moments that are kept of a training, and the bytes of them all.
const MOST: usize = 96;
const MOST_BYTES: usize = 192 << 20;

/// Lets some moments go where there are too many of them: each time the one whose neighbours lie closest
/// together, as parts of their step; the first and the last stay. Tells whether any went.
pub fn thin(marks: &mut Vec<Arc<Mark>>) -> bool {
    let bytes = marks.last().map_or(1, |mark| bytes_of(mark)).max(1);
    thin_to(marks, MOST.min(MOST_BYTES / bytes))
}

/// The same down to `most` moments, at least three.
pub fn thin_to(marks: &mut Vec<Arc<Mark>>, most: usize) -> bool {
    let before = marks.len();
    while marks.len() > most.max(3) {
        let step = |place: usize| marks[place].snapshot.step as f64;
        let gap = |&place: &usize| (step(place + 1) + 1.0) / (step(place - 1) + 1.0);
        let closest = (1..marks.len() - 1).min_by(|a, b| gap(a).total_cmp(&gap(b)));
        let Some(closest) = closest else { break };
        marks.remove(closest);
    }
    marks.len() < before
}

/// What a moment takes in memory, nearly.
#[must_use]
pub fn bytes_of(mark: &Mark) -> usize {
    let Snapshot { weights, trace, .. } = &*mark.snapshot;
    let weights = weights.tensors.values().map(Array::len).sum::<usize>();
    let traced = trace.nodes.iter().map(|node| node.output.len() + node.sum.len()).sum::<usize>();
    4 * (weights + traced + 4 * mark.verdicts.numbers.len())
}
