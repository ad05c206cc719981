//! Time over one layer or one unit: events by arithmetic, and how far they have come.

use super::action::UnitRef;
use super::scene::Time;
use super::story::Story;
use crate::explain::Explanation;
use crate::explain::replay::{LayerClock, LayerEvent, Pace, UnitClock, UnitEvent};
use crate::network::Network;
use crate::worker::RunId;

/// Seconds of one event of a unit, and of all of them at most.
const UNIT_EVENT_S: f64 = 0.35;
const UNIT_LONGEST_S: f64 = 20.0;

/// What is replayed.
#[derive(Clone, Debug)]
pub struct Replay {
    clock: Clock,
    pace: Pace,
}

#[derive(Clone, Debug)]
enum Clock {
    Layer { run: RunId, node: usize, clock: LayerClock },
    Unit(UnitClock),
}

/// What happens now to the unit whose story is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// All products of one input map are being added.
    Part(usize),
    /// One product.
    Product(usize),
    /// The partial sum of an input map.
    Partial(usize),
    Bias,
    /// The activation, and the number that comes out.
    Result,
}

/// How far the replay has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The node that is being computed; `None` while only one unit is.
    pub node: Option<usize>,
    /// Units of that node that are complete, in `[c, h, w]` order.
    pub units: usize,
    /// Terms and parts of the unit that are there, the present ones included.
    pub terms: usize,
    pub parts: usize,
    pub now: Now,
}

impl Replay {
    /// The replay of a layer; `None` for one in which nothing is computed.
    #[must_use]
    pub fn of_layer(network: &Network, run: RunId, node: usize) -> Option<Self> {
        let clock = LayerClock::of(network, node);
        if clock.is_empty() {
            return None;
        }
        let pace = Pace::of(&clock);
        Some(Self { clock: Clock::Layer { run, node, clock }, pace })
    }

    #[must_use]
    pub fn of_unit(explanation: &Explanation) -> Self {
        let clock = UnitClock::of(explanation);
        let pace = Pace::even(clock.len(), UNIT_EVENT_S, UNIT_LONGEST_S);
        Self { clock: Clock::Unit(clock), pace }
    }

    #[must_use]
    pub fn is_of_layer(&self, wanted_run: RunId, wanted_node: usize) -> bool {
        matches!(&self.clock, Clock::Layer { run, node, .. }
            if (*run, *node) == (wanted_run, wanted_node))
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        match &self.clock {
            Clock::Layer { clock, .. } => clock.len(),
            Clock::Unit(clock) => clock.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[must_use]
    pub fn pace(&self) -> &Pace {
        &self.pace
    }

    /// The event at which a unit of the layer begins.
    #[must_use]
    pub fn first_of(&self, unit: UnitRef) -> u64 {
        match &self.clock {
            Clock::Layer { node, clock, .. } if *node == unit.node => clock.first_of(unit.unit),
            Clock::Layer { .. } | Clock::Unit(_) => 0,
        }
    }

    /// The unit that is being computed at an event of a layer; at the end, the last one.
    #[must_use]
    pub fn head(&self, event: u64) -> Option<UnitRef> {
        let Clock::Layer { node, clock, .. } = &self.clock else { return None };
        let last = clock.len() - 1;
        Some(UnitRef { node: *node, unit: clock.event(event.min(last)).unit })
    }

    /// How far it has come, where `story` is that of the unit at the head.
    #[must_use]
    pub fn progress(&self, time: &Time, story: Option<&Story>) -> Option<Progress> {
        let explanation = story.and_then(Story::explanation);
        match (&self.clock, time) {
            (Clock::Layer { node, clock, .. }, Time::Layer { event, .. }) => {
                let ended = *event >= clock.len();
                let LayerEvent { part, .. } = clock.event((*event).min(clock.len() - 1));
                let part = part.filter(|_| !ended);
                let (terms, parts) = until(explanation, part);
                Some(Progress {
                    node: Some(*node),
                    units: clock.unit_index_of(*event),
                    terms,
                    parts,
                    now: part.map_or(Now::Result, Now::Part),
                })
            }
            (Clock::Unit(clock), Time::Unit { event }) => {
                let explanation = explanation?;
                let all = (explanation.terms.len(), explanation.parts.len());
                let last = clock.len().checked_sub(1)?;
                let (terms, parts, now) = match clock.event((*event).min(last)) {
                    UnitEvent::Product(term) => {
                        let done = explanation.parts.iter().filter(|p| p.terms.end <= term).count();
                        (term + 1, done, Now::Product(term))
                    }
                    UnitEvent::Partial(part) => {
                        (explanation.parts[part].terms.end, part + 1, Now::Partial(part))
                    }
                    UnitEvent::Bias => (all.0, all.1, Now::Bias),
                    UnitEvent::Result => (all.0, all.1, Now::Result),
                };
                Some(Progress { node: None, units: 0, terms, parts, now })
            }
            _ => None,
        }
    }
}

/// Terms and parts up to and with `part`; all of them where there is none.
fn until(explanation: Option<&Explanation>, part: Option<usize>) -> (usize, usize) {
    let Some(explanation) = explanation else { return (0, 0) };
    match part.and_then(|part| Some((part, explanation.parts.get(part)?))) {
        Some((place, part)) => (part.terms.end, place + 1),
        None => (explanation.terms.len(), explanation.parts.len()),
    }
}
