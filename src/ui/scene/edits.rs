//! What a person has changed about a network: single weights, and maps that are silent.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::array::{Array, Weights};
use crate::network::Network;

/// Whether the maps of a node can be silent.
#[must_use]
pub fn can_be_muted(network: &Network, node: usize) -> bool {
    (1..network.scores()).contains(&node)
}

/// Changed numbers by tensor (`C1.weight`) and place in it, and muted maps by node and number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Edits {
    pub weights: BTreeMap<String, BTreeMap<usize, f32>>,
    pub muted: BTreeSet<(String, usize)>,
}

impl Edits {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.weights.values().all(BTreeMap::is_empty) && self.muted.is_empty()
    }

    /// Sets one number; back at its original value it is an edit no more.
    pub fn set(&mut self, original: &Weights, tensor: &str, index: usize, value: f32) {
        let Some(&was) = original.tensors.get(tensor).and_then(|array| array.values().get(index))
        else {
            return;
        };
        let places = self.weights.entry(tensor.to_owned()).or_default();
        if was == value {
            places.remove(&index);
        } else if value.is_finite() {
            places.insert(index, value);
        }
        if places.is_empty() {
            self.weights.remove(tensor);
        }
    }

    /// Takes the edit of one number back.
    pub fn restore(&mut self, tensor: &str, index: usize) {
        if let Some(places) = self.weights.get_mut(tensor) {
            places.remove(&index);
            if places.is_empty() {
                self.weights.remove(tensor);
            }
        }
    }

    /// Silences a map, or lets it speak again.
    pub fn toggle_muted(&mut self, node: &str, map: usize) {
        let muted = (node.to_owned(), map);
        if !self.muted.remove(&muted) {
            self.muted.insert(muted);
        }
    }

    /// The weights with the edits in them; tensors without an edit share their memory. What names no
    /// number of these weights is left out.
    #[must_use]
    pub fn apply(&self, original: &Weights) -> Weights {
        let mut weights = original.clone();
        for (name, places) in &self.weights {
            let Some(array) = weights.tensors.get_mut(name) else { continue };
            let mut values = array.values().to_vec();
            for (&index, &value) in places {
                if let Some(number) = values.get_mut(index) {
                    *number = value;
                }
            }
            if let Ok(changed) = Array::new(array.shape(), values) {
                *array = changed;
            }
        }
        weights
    }

    /// The muted maps by the place of their node: neither the image nor the scores, where 0 would be an
    /// answer, not silence.
    #[must_use]
    pub fn muted_in(&self, network: &Network) -> Vec<(usize, usize)> {
        let place = |(node, map): &(String, usize)| Some((network.index_of(node)?, *map));
        let muted = self.muted.iter().filter_map(place);
        muted.filter(|&(node, _)| can_be_muted(network, node)).collect()
    }

    /// How many numbers and maps are changed.
    #[must_use]
    pub fn count(&self) -> usize {
        self.weights.values().map(BTreeMap::len).sum::<usize>() + self.muted.len()
    }
}
