//! The events of a whole layer.

use crate::network::connectivity::maps_read;
use crate::network::{Layer, Network, Shape, Unit};

/// The order in which the units of a layer are computed: in scan order of `[c, h, w]`, each in as many
/// events as it reads maps, and a closing one.
///
/// An array has at most 2²⁸ values ([`crate::array::MAX_VALUES`]), so there are at most 2⁵⁷ events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerClock {
    shape: Shape,
    /// Neighbouring maps that read equally many, in order; none where nothing is computed.
    runs: Vec<Run>,
    len: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    first_map: usize,
    /// The first event of that map.
    first_event: u64,
    /// How many maps a unit reads.
    parts: usize,
}

impl Run {
    fn events_per_unit(self) -> u64 {
        self.parts as u64 + 1
    }
}

/// One event of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayerEvent {
    pub unit: Unit,
    /// Which of the maps it reads is added, as [`crate::explain::Explanation::parts`] counts them; `None`
    /// for the closing event, bias and activation.
    pub part: Option<usize>,
}

impl LayerClock {
    /// The clock of node `index`. The image itself is not computed and has no events.
    #[must_use]
    pub fn of(network: &Network, index: usize) -> Self {
        let node = &network.nodes()[index];
        let shape @ [maps, rows, columns] = node.output;
        let mut clock = Self { shape, runs: Vec::new(), len: 0 };
        if matches!(node.layer, Layer::Input { .. }) {
            return clock;
        }
        for map in 0..maps {
            let parts = maps_read(network, index, map);
            let run = match clock.runs.last() {
                Some(&run) if run.parts == parts => run,
                _ => {
                    let run = Run { first_map: map, first_event: clock.len, parts };
                    clock.runs.push(run);
                    run
                }
            };
            clock.len += (rows * columns) as u64 * run.events_per_unit();
        }
        clock
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The shape of the layer, `[c, h, w]`.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// How many maps a unit of map `map` reads, each in an event of its own.
    #[must_use]
    pub fn parts(&self, map: usize) -> usize {
        self.run_of_map(map).map_or(0, |run| run.parts)
    }

    /// Event `index`; the last one if there are fewer, the closing one of the first unit if there are
    /// none.
    #[must_use]
    pub fn event(&self, index: u64) -> LayerEvent {
        let Some((run, unit, event)) = self.place(index.min(self.len.saturating_sub(1))) else {
            return LayerEvent { unit: [0; 3], part: None };
        };
        let [_, rows, columns] = self.shape;
        let unit = [unit / (rows * columns), unit / columns % rows, unit % columns];
        LayerEvent { unit, part: (event < run.parts).then_some(event) }
    }

    /// The first event of `unit`; of a unit outside the layer, one that the rule continues to.
    #[must_use]
    pub fn first_of(&self, [map, y, x]: Unit) -> u64 {
        let [_, rows, columns] = self.shape;
        self.run_of_map(map).map_or(0, |run| {
            let before = ((map - run.first_map) * rows + y) * columns + x;
            run.first_event + before as u64 * run.events_per_unit()
        })
    }

    /// How many units are complete before event `event`: in scan order the place of the unit that it
    /// belongs to. After the last event that is all of them.
    #[must_use]
    pub fn unit_index_of(&self, event: u64) -> usize {
        if event < self.len {
            self.place(event).map_or(0, |(_, unit, _)| unit)
        } else if self.is_empty() {
            0
        } else {
            self.shape.iter().product()
        }
    }

    /// The run, the unit in scan order and the event within the unit that `event` belongs to.
    fn place(&self, event: u64) -> Option<(Run, usize, usize)> {
        let [_, rows, columns] = self.shape;
        let after = self.runs.partition_point(|run| run.first_event <= event);
        let run = *self.runs.get(after.checked_sub(1)?)?;
        let (units, within) = {
            let since = event - run.first_event;
            (since / run.events_per_unit(), since % run.events_per_unit())
        };
        Some((run, run.first_map * rows * columns + units as usize, within as usize))
    }

    fn run_of_map(&self, map: usize) -> Option<Run> {
        let after = self.runs.partition_point(|run| run.first_map <= map);
        self.runs.get(after.checked_sub(1)?).copied()
    }
}
