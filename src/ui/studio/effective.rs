//! The effective field of the unit that the Receptive field view looks at: asked of the engine, and kept
//! while it is the answer to what is shown.

use std::sync::Arc;

use super::{RunId, Studio};
use crate::array::Array;
use crate::data::{Split, digits};
use crate::network::{Domain, Layer};
use crate::ui::action::UnitRef;
use crate::ui::input;
use crate::ui::scene::{DocId, Subject, View};
use crate::worker::{EffectiveAnswer, EffectiveRequest};

/// Networks with more input values than this are not averaged over a thousand digits.
const MOST_AVERAGED_VALUES: usize = 1 << 12;

/// |gradient| of a unit by the pixels.
#[derive(Clone, Debug)]
pub struct Effective {
    pub unit: UnitRef,
    /// On the image that is looked at, `[h, w]`.
    pub here: Array,
    /// The mean over the test digits, and on how many of them the unit was not silent.
    pub average: Option<(Array, usize)>,
}

/// What has been asked, and whether the answer is still to come.
#[derive(Default)]
pub struct EffectiveState {
    asked: Option<Asked>,
    awaited: bool,
    generation: u64,
    known: Option<Effective>,
    /// The test digits as this opening of a network sees them.
    digits: Option<(RunId, Arc<[Array]>)>,
}

#[derive(Clone)]
struct Asked {
    run: RunId,
    input: Array,
    edits: Option<DocId>,
    unit: UnitRef,
    average: bool,
}

impl Asked {
    fn is_same(&self, other: &Self) -> bool {
        self.input.same_memory(&other.input)
            && (self.run, &self.edits, self.unit, self.average)
                == (other.run, &other.edits, other.unit, other.average)
    }
}

impl EffectiveState {
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        self.awaited
    }

    /// Nothing is awaited any more: it failed, or nobody wants it.
    pub(super) fn give_up(&mut self) {
        self.awaited = false;
    }
}

impl Studio {
    /// The effective field of the unit that is looked at, as soon as it has been computed.
    #[must_use]
    pub fn effective(&self) -> Option<&Effective> {
        let seer = self.field.network()?;
        self.effective.known.as_ref().filter(|known| known.unit == seer.unit)
    }

    /// Whether there is an average over the test digits to be had.
    #[must_use]
    pub fn can_average(&self) -> bool {
        self.open.as_ref().is_some_and(|open| {
            let small = open.network.input().iter().product::<usize>() <= MOST_AVERAGED_VALUES;
            open.network.domain == Domain::Digit && open.slide.is_none() && small
        })
    }

    pub(super) fn reconcile_effective(&mut self) {
        let shown = self.scene.view == View::Field && self.scene.field.subject == Subject::Network;
        let (Some(open), Some(input), Some(seer)) = (&self.open, &self.input, self.field.network())
        else {
            return;
        };
        let right_shape = input.tensor.chw() == open.network.input();
        let computed = !matches!(open.network.nodes()[seer.unit.node].layer, Layer::Input { .. });
        if !shown || !right_shape || !computed || self.opening.is_some() || self.seen.is_none() {
            return;
        }
        let wanted = Asked {
            run: open.run,
            input: input.tensor.clone(),
            edits: self.scene.edits.clone(),
            unit: seer.unit,
            average: self.scene.field.average && self.can_average(),
        };
        if self.effective.asked.as_ref().is_some_and(|asked| asked.is_same(&wanted)) {
            return;
        }
        let average = if wanted.average { self.test_digits() } else { None };
        let pass = self.pass(wanted.input.clone(), wanted.edits.as_ref());
        self.effective.generation += 1;
        self.effective.awaited = true;
        let UnitRef { node, unit } = wanted.unit;
        let (run, generation) = (wanted.run, self.effective.generation);
        self.effective.asked = Some(wanted);
        let request = EffectiveRequest { run, generation, pass, node, unit, average };
        self.worker.request_effective(request);
        self.listen();
    }

    pub(super) fn hear_effective(&mut self, answer: EffectiveAnswer) {
        let EffectiveAnswer { run, generation, here, average } = answer;
        let Some(asked) = &self.effective.asked else { return };
        if asked.run != run || generation != self.effective.generation {
            return;
        }
        // The average comes second.
        self.effective.awaited = asked.average && average.is_none();
        self.effective.known = Some(Effective { unit: asked.unit, here, average });
    }

    /// The thousand digits that the bundled weights have not seen, as the network sees them.
    fn test_digits(&mut self) -> Option<Arc<[Array]>> {
        let open = self.open.as_ref()?;
        if let Some((run, digits)) = &self.effective.digits
            && *run == open.run
        {
            return Some(Arc::clone(digits));
        }
        let (run, shape) = (open.run, open.network.input());
        let made: Result<Vec<Array>, _> = digits::range(Split::Test)
            .map(|index| input::digit_tensor(index, shape, &open.stages))
            .collect();
        match made {
            Ok(made) => {
                let made: Arc<[Array]> = made.into();
                self.effective.digits = Some((run, Arc::clone(&made)));
                Some(made)
            }
            Err(error) => {
                self.fail(Arc::new(error));
                None
            }
        }
    }
}
