//! Playing, pausing, stepping and scrubbing.

use super::Studio;
use crate::network::Layer;
use crate::ui::action::Play;
use crate::ui::replay::{Now, Replay};
use crate::ui::scene::{Time, Worksheet};

/// With reduced motion, time moves on once in so many seconds.
const STILL_STEP: f64 = 1.0;

impl Studio {
    pub(super) fn play(&mut self, play: &Play) {
        match *play {
            Play::Toggle if self.playing => self.playing = false,
            Play::Toggle => self.start(),
            Play::FromImage => {
                self.scene.worksheet = None;
                if let Some(first) = self.computed_after(0) {
                    self.begin_layer(first, 0);
                    self.playing = true;
                }
            }
            Play::StepBy(events) => self.step_by(events),
            Play::Scrub { node, event } => {
                self.playing = false;
                self.begin_layer(node, event);
            }
            Play::ScrubUnit(event) => {
                self.playing = false;
                self.set_time(Time::Unit { event });
            }
            Play::Rest => self.rest(),
            Play::Tick(seconds) => self.tick(seconds),
        }
    }

    fn start(&mut self) {
        let end = self.replay.as_ref().map_or(0, Replay::len);
        match self.scene.time.clone() {
            Time::Unit { event } if event < end => {}
            Time::Layer { event, .. } if event < end => {}
            // At the end of a layer the next one begins.
            Time::Layer { node, .. } => {
                let here = self.open.as_ref().and_then(|open| open.network.index_of(&node));
                let next = here.and_then(|here| self.computed_after(here + 1));
                let Some(next) = next.or(here) else { return };
                self.begin_layer(next, 0);
            }
            Time::Rest | Time::Unit { .. } if self.scene.worksheet.is_some() => {
                self.set_time(Time::Unit { event: 0 });
            }
            Time::Rest | Time::Unit { .. } => {
                let pinned = self.pin().map_or(0, |pin| pin.node);
                let Some(node) = self.computed_after(pinned) else { return };
                self.begin_layer(node, 0);
            }
        }
        self.clamp_time();
        self.playing = self.replay.is_some();
    }

    /// The first node from `index` on that computes something.
    fn computed_after(&self, index: usize) -> Option<usize> {
        let nodes = self.open.as_ref()?.network.nodes();
        (index..nodes.len()).find(|&i| !matches!(nodes[i].layer, Layer::Input { .. }))
    }

    fn begin_layer(&mut self, node: usize, event: u64) {
        let Some(open) = &self.open else { return };
        let Some(node) = open.network.nodes().get(node) else { return };
        self.set_time(Time::Layer { node: node.name.clone(), event });
    }

    fn set_time(&mut self, time: Time) {
        self.clicked = true;
        self.scene.time = time;
        self.reconcile_time();
        self.clamp_time();
    }

    /// No later than the end.
    fn clamp_time(&mut self) {
        let Some(replay) = &self.replay else { return };
        let end = replay.len();
        if let Time::Layer { event, .. } | Time::Unit { event } = &mut self.scene.time {
            *event = (*event).min(end);
            self.seconds = replay.pace().seconds_at(*event);
        }
        self.turn_the_page();
    }

    /// The worksheet shows the input map whose products are being added.
    fn turn_the_page(&mut self) {
        let now = self.progress().map(|progress| progress.now);
        let parts = self.story.as_ref().and_then(|story| story.explanation()).map(|e| &e.parts);
        let part = match (now, parts) {
            (Some(Now::Product(term)), Some(parts)) => {
                parts.iter().position(|part| part.terms.contains(&term))
            }
            (Some(Now::Partial(part)), _) => Some(part),
            _ => None,
        };
        if let (Some(sheet), Some(part)) = (&mut self.scene.worksheet, part) {
            *sheet = Worksheet { part, term: None };
        }
    }

    fn step_by(&mut self, events: i64) {
        self.playing = false;
        if self.scene.time == Time::Rest {
            // Time begins where the person looks.
            if self.scene.worksheet.is_some() {
                self.set_time(Time::Unit { event: 0 });
            } else if let Some(pin) = self.pin() {
                let Some(node) = self.computed_after(pin.node) else { return };
                self.begin_layer(node, 0);
                let first = self.replay.as_ref().map_or(0, |replay| replay.first_of(pin));
                self.begin_layer(node, first);
            }
            return;
        }
        if let Time::Layer { event, .. } | Time::Unit { event } = &mut self.scene.time {
            *event = event.saturating_add_signed(events);
        }
        self.clamp_time();
    }

    fn tick(&mut self, seconds: f64) {
        if !self.playing {
            return;
        }
        let Some(replay) = &self.replay else {
            self.playing = false;
            return;
        };
        self.seconds += seconds * f64::from(self.settings.speed);
        let ended = self.seconds >= replay.pace().seconds();
        let at = if self.settings.still && !ended {
            (self.seconds / STILL_STEP).floor() * STILL_STEP
        } else {
            self.seconds
        };
        let head = if ended { replay.len() } else { replay.pace().event_at(at) };
        if let Time::Layer { event, .. } | Time::Unit { event } = &mut self.scene.time {
            *event = head;
        }
        self.playing = !ended;
        self.turn_the_page();
    }

    /// What is replayed is what the scene says.
    pub(super) fn reconcile_time(&mut self) {
        let story = self.story.as_ref();
        let replay = match (&self.scene.time, &self.open) {
            (Time::Layer { node, .. }, Some(open)) => {
                open.network.index_of(node).and_then(|node| {
                    let known =
                        self.replay.take().filter(|known| known.is_of_layer(open.run, node));
                    known.or_else(|| Replay::of_layer(&open.network, open.run, node))
                })
            }
            (Time::Unit { .. }, Some(_)) => {
                story.and_then(|story| story.explanation()).map(Replay::of_unit)
            }
            _ => None,
        };
        self.replay = replay;
        if let (Some(replay), Time::Layer { event, .. } | Time::Unit { event }) =
            (&self.replay, &mut self.scene.time)
        {
            // A file may name any event.
            *event = (*event).min(replay.len());
        }
        // What is still to come may have what time hangs on.
        let told = self.story.is_some() || !matches!(self.scene.time, Time::Unit { .. });
        if self.replay.is_none() && told && self.is_settled() {
            self.scene.time = Time::Rest;
            self.playing = false;
        }
    }
}
