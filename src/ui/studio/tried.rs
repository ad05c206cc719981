//! The three ways at work on a digit, computed anew only where something changed.

use crate::array::Array;
use crate::data::digits;
use crate::data::pipeline::{INK, PAPER};
use crate::explain::three_ways::{IMAGE, Maps, ThreeWays, Turned, shifted};
use crate::ui::scene::{FIRST_DIGIT, InputRef, Trial};

/// What the three layers make of the digit.
#[derive(Clone, Debug)]
pub struct Tried {
    digit: usize,
    trial: Trial,
    /// The digit in its place, and what the layers make of it before a weight is turned.
    start: Array,
    at_start: Maps,
    /// Where it has been dragged to.
    pub image: Array,
    /// Of the dragged digit, before a weight is turned.
    pub unturned: Maps,
    /// With the turned weight: of the digit in its place, and where it has been dragged to.
    pub before: Maps,
    pub after: Maps,
}

impl Tried {
    /// For numbers within reach; what is still good of the last one is kept.
    pub(super) fn of(input: &InputRef, trial: Trial, last: Option<Self>) -> Self {
        let digit = match *input {
            InputRef::Digit(index) if index < digits::COUNT => index,
            InputRef::Digit(_)
            | InputRef::File { .. }
            | InputRef::Drawing(_)
            | InputRef::Pasted { .. } => FIRST_DIGIT,
        };
        let ways = ThreeWays::seeded();
        let last = last.filter(|last| (last.digit, last.trial.larger) == (digit, trial.larger));
        let (start, at_start, dragged) = match last {
            Some(last) if last.trial == trial => return last,
            Some(last) => {
                let same = last.trial.shift == trial.shift;
                (last.start, last.at_start, same.then_some((last.image, last.unturned)))
            }
            None => {
                let start = sheet(digit, trial.larger);
                let at_start = ways.run(&start, None);
                (start, at_start, None)
            }
        };
        let (image, unturned) = dragged.unwrap_or_else(|| {
            let image = shifted(&start, [trial.shift.y, trial.shift.x], PAPER);
            let unturned = ways.run(&image, None);
            (image, unturned)
        });
        let turned = (trial.turned != 0.0).then_some(Turned {
            unit: trial.unit,
            weight: trial.weight,
            by: trial.turned,
        });
        let turn = |image: &Array, maps: &Maps| match turned {
            Some(turned) => ways.turn(image, maps, turned),
            None => maps.clone(),
        };
        let (before, after) = (turn(&start, &at_start), turn(&image, &unturned));
        Self { digit, trial, start, at_start, image, unturned, before, after }
    }
}

/// The digit in the middle of where C1 expects it, on an image that is so much larger.
fn sheet(digit: usize, larger: [usize; 2]) -> Array {
    let (pixels, side) = (digits::bundled().image(digit), digits::SIDE);
    let margin = (IMAGE - side) / 2;
    let [h, w] = larger.map(|more| IMAGE + more);
    Array::from_fn(&[1, h, w], |i| {
        let (y, x) = ((i / w).wrapping_sub(margin), (i % w).wrapping_sub(margin));
        let ink = if y < side && x < side { f32::from(pixels[y * side + x]) / 255.0 } else { 0.0 };
        PAPER + (INK - PAPER) * ink
    })
}
