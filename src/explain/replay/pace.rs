//! How fast a replay runs.

use super::LayerClock;

/// When each event is due, in seconds at speed 1: straight lines between a few knots, one behind the
/// other.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    knots: Vec<Knot>,
}

/// After `seconds`, `events` are over.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Knot {
    seconds: f64,
    events: u64,
}

const START: Knot = Knot { seconds: 0.0, events: 0 };

impl Pace {
    /// A layer in 8 seconds at most: its first unit event by event, then faster and faster the rest of
    /// the row, of the map, and the other maps. Where there is little to show it takes less.
    #[must_use]
    pub fn of(clock: &LayerClock) -> Self {
        let [maps, rows, columns] = clock.shape().map(|side| side as u64);
        let unit = if clock.is_empty() { 0 } else { clock.parts(0) as u64 + 1 };
        let mut pace = Self { knots: vec![START] };
        pace.stretch(unit, unit as f64 * 0.4, 1.6);
        pace.stretch(unit * columns, columns.saturating_sub(1) as f64 * 0.12, 1.6);
        pace.stretch(unit * columns * rows, rows.saturating_sub(1) as f64 * 0.2, 2.0);
        pace.stretch(clock.len(), maps.saturating_sub(1) as f64 * 0.35, 2.8);
        pace
    }

    /// `events` at `per_event` seconds each, but `longest` seconds at most.
    #[must_use]
    pub fn even(events: u64, per_event: f64, longest: f64) -> Self {
        let mut pace = Self { knots: vec![START] };
        pace.stretch(events, events as f64 * per_event, longest);
        pace
    }

    /// The events up to `events` take `seconds` together, but `longest` at most.
    fn stretch(&mut self, events: u64, seconds: f64, longest: f64) {
        let last = self.last();
        if events > last.events {
            // Zero for what is no number.
            let seconds = last.seconds + seconds.min(longest).max(0.0);
            self.knots.push(Knot { seconds, events });
        }
    }

    fn last(&self) -> Knot {
        self.knots.last().copied().unwrap_or(START)
    }

    /// How long it all takes.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.last().seconds
    }

    /// How many events are over after `seconds`; the event of that number is going on. None before the
    /// start, all of them from the end on.
    #[must_use]
    pub fn event_at(&self, seconds: f64) -> u64 {
        let last = self.last();
        if seconds >= last.seconds {
            return last.events;
        }
        // Also for what is no number: it is not before the next knot, but nowhere.
        let after = self.knots.partition_point(|knot| knot.seconds <= seconds);
        let Some((from, to)) = self.between(after) else { return 0 };
        let share = (seconds - from.seconds) / (to.seconds - from.seconds);
        let events = to.events - from.events;
        from.events + ((events as f64 * share) as u64).min(events)
    }

    /// When `event` begins, in seconds: the inverse of [`Pace::event_at`] within one event, as far as the
    /// digits of a number go (2⁵⁰ events).
    #[must_use]
    pub fn seconds_at(&self, event: u64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.events <= event);
        let Some((from, to)) = self.between(after) else { return self.seconds() };
        let share = (event - from.events) as f64 / (to.events - from.events) as f64;
        from.seconds + share * (to.seconds - from.seconds)
    }

    /// The knots around place `after` of the list; none before the first and behind the last.
    fn between(&self, after: usize) -> Option<(Knot, Knot)> {
        Some((*self.knots.get(after.checked_sub(1)?)?, *self.knots.get(after)?))
    }
}
