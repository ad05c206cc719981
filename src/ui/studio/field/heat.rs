//! The effective field that is shown, and what it adds up to.

use super::super::Studio;
use crate::array::Array;
use crate::network::receptive::Bounds;
use crate::network::receptive::energy::{maximum, profiles, share_in_quarter};
use crate::ui::scene::Subject;

/// |gradient| of the unit by the pixels, on this image or as the mean over the digits.
#[derive(Clone, Debug)]
pub struct Heated {
    pub values: Array,
    pub maximum: f32,
    /// The sum of each column.
    pub columns: Vec<f64>,
    /// The part of its energy in the central quarter of the field; `None` where there is no energy.
    pub share: Option<f64>,
    bounds: Bounds,
}

impl Heated {
    fn of(values: &Array, bounds: Bounds) -> Self {
        Self {
            maximum: maximum(values),
            columns: profiles(values).columns,
            share: share_in_quarter(values, bounds),
            values: values.clone(),
            bounds,
        }
    }
}

impl Studio {
    /// The heat that is to be shown; the known one where nothing has changed.
    pub(super) fn heated(&mut self) -> Option<Heated> {
        let known = self.field.heat.take();
        if self.scene.field.subject != Subject::Network {
            return None;
        }
        let effective = self.effective()?;
        let average = effective.average.as_ref().map(|(heat, _)| heat);
        let mean = self.scene.field.average && self.can_average();
        let values = if mean { average? } else { &effective.here };
        let seer = self.field.network()?;
        let bounds = seer.region(0)?.bounds.clipped(seer.network.input());
        let known =
            known.filter(|known| known.values.same_memory(values) && known.bounds == bounds);
        Some(known.unwrap_or_else(|| Heated::of(values, bounds)))
    }
}
