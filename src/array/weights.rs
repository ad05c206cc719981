//! The trained numbers of a network, by name.

use std::collections::BTreeMap;

use super::Array;

/// Tensors by name (`C1.weight`, `C1.bias`, …) and the file's remarks about them.
///
/// The order is that of the names, so that two files of the same weights are equal byte for byte.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    pub tensors: BTreeMap<String, Array>,
    pub metadata: BTreeMap<String, String>,
}

impl Weights {
    /// Tensor `<node>.<part>`.
    #[must_use]
    pub fn get(&self, node: &str, part: &str) -> Option<&Array> {
        self.tensors.get(&format!("{node}.{part}"))
    }
}
