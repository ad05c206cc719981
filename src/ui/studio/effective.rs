//! The effective field of the unit that the Receptive field view looks at: asked of the engine, and kept
//! while it is the answer to what is shown.

use std::sync::{Arc, LazyLock};

use super::{RunId, Studio};
use crate::array::Array;
use crate::data::{Split, digits};
use crate::network::{Domain, Layer};
use crate::ui::action::UnitRef;
use crate::ui::input;
use crate::ui::scene::{DocId, Subject, View};
use crate::worker::{EffectiveAnswer, EffectiveRequest, Images};

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
    /// The last answer, and the question that it answers.
    known: Option<(Asked, Effective)>,
    /// The test digits as this opening of a network sees them.
    digits: Option<(RunId, Images)>,
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
    /// Whether the gradient on the image is the same.
    fn is_same_here(&self, other: &Self) -> bool {
        self.input.same_memory(&other.input) && self.is_same_average(other)
    }

    /// Whether the average is: it does not hang on the image that is looked at.
    fn is_same_average(&self, other: &Self) -> bool {
        (self.run, &self.edits, self.unit) == (other.run, &other.edits, other.unit)
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
        // An answer that is on its way is not heard any more.
        self.generation += 1;
    }

    /// The question of this generation has no answer. Those before it are not awaited any more.
    pub(super) fn fails(&mut self, generation: u64) -> bool {
        let current = self.awaited && self.generation == generation;
        self.awaited &= !current;
        current
    }

    /// The average that is known already, if it is the one that is asked for.
    fn average_for(&self, wanted: &Asked) -> Option<(Array, usize)> {
        let (asked, known) = self.known.as_ref()?;
        known.average.clone().filter(|_| wanted.average && asked.is_same_average(wanted))
    }
}

impl Studio {
    /// The effective field of the unit that is looked at, as soon as it has been computed: on this image,
    /// with these weights. An older one is never shown in its place.
    #[must_use]
    pub fn effective(&self) -> Option<&Effective> {
        let wanted = self.wanted_effective()?;
        let (asked, known) = self.effective.known.as_ref()?;
        asked.is_same_here(&wanted).then_some(known)
    }

    fn wanted_effective(&self) -> Option<Asked> {
        let (open, input) = (self.open.as_ref()?, self.input.as_ref()?);
        let seer = self.field.network()?;
        let right_shape = input.tensor.chw() == open.network.input();
        let computed = !matches!(open.network.nodes()[seer.unit.node].layer, Layer::Input { .. });
        (right_shape && computed).then(|| Asked {
            run: open.run,
            input: input.tensor.clone(),
            edits: self.scene.edits.clone(),
            unit: seer.unit,
            average: self.scene.field.average && self.can_average(),
        })
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
        if !shown || self.opening.is_some() || self.seen.is_none() {
            return;
        }
        let Some(wanted) = self.wanted_effective() else { return };
        let same =
            |asked: &Asked| asked.is_same_here(&wanted) && (asked.average || !wanted.average);
        if self.effective.asked.as_ref().is_some_and(same) {
            return;
        }
        let missing = wanted.average && self.effective.average_for(&wanted).is_none();
        let average = if missing { self.test_digits() } else { None };
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
        let Some(asked) = self.effective.asked.clone() else { return };
        if asked.run != run || generation != self.effective.generation {
            return;
        }
        let average = average.or_else(|| self.effective.average_for(&asked));
        // Where one has to be computed, it comes second.
        self.effective.awaited = asked.average && average.is_none();
        let known = Effective { unit: asked.unit, here, average };
        self.effective.known = Some((asked, known));
    }

    /// The thousand digits that the bundled weights have not seen, as the network sees them: prepared by
    /// whoever needs them first, which is the worker.
    fn test_digits(&mut self) -> Option<Images> {
        let open = self.open.as_ref()?;
        if let Some((run, digits)) = &self.effective.digits
            && *run == open.run
        {
            return Some(Arc::clone(digits));
        }
        let (shape, stages) = (open.network.input(), open.stages.clone());
        let prepare = move || {
            digits::range(Split::Test)
                .map(|index| input::digit_tensor(index, shape, &stages))
                // The bundled digits can all be read; without any, the engine says so.
                .filter_map(Result::ok)
                .collect()
        };
        let digits: Images = Arc::new(LazyLock::new(Box::new(prepare)));
        self.effective.digits = Some((open.run, Arc::clone(&digits)));
        Some(digits)
    }
}
