//! What the nodes of a design are called, and the design itself in one line.

use std::fmt::Write;

use super::{Block, Connect, Design, Hidden, PoolKind};

/// The node that gives the scores.
pub const OUTPUT: &str = "OUTPUT";
/// The node behind the scores.
pub const SOFTMAX: &str = "softmax";

/// The nodes of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockNodes {
    /// The connected units, `C1`.
    pub layer: String,
    /// `C1/norm`.
    pub norm: Option<String>,
    /// `S2`.
    pub pool: Option<String>,
    /// `S2/dropout`, or `C1/dropout` without a pooling.
    pub dropout: Option<String>,
}

/// The nodes of a hidden layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HiddenNodes {
    /// The units, `F6`.
    pub layer: String,
    /// `F6/norm`.
    pub norm: Option<String>,
    /// `F6/dropout`.
    pub dropout: Option<String>,
}

impl Design {
    /// The nodes of every block.
    #[must_use]
    pub fn block_nodes(&self) -> Vec<BlockNodes> {
        let mut number = 0;
        let name = |block: &Block| {
            number += 1;
            let layer = format!("C{number}");
            let norm = block.batch_norm.then(|| format!("{layer}/norm"));
            let pool = block.pool.map(|_| {
                number += 1;
                format!("S{number}")
            });
            let last = pool.as_ref().unwrap_or(&layer);
            let dropout = (block.dropout != 0.0).then(|| format!("{last}/dropout"));
            BlockNodes { layer, norm, pool, dropout }
        };
        self.blocks.iter().map(name).collect()
    }

    /// The nodes of every hidden layer, counted on behind the blocks.
    #[must_use]
    pub fn hidden_nodes(&self) -> Vec<HiddenNodes> {
        let before = self.blocks.iter().map(|block| 1 + usize::from(block.pool.is_some())).sum();
        let name = |(index, hidden): (usize, &Hidden)| {
            let number: usize = before;
            let layer = format!("F{}", number + index + 1);
            let norm = hidden.batch_norm.then(|| format!("{layer}/norm"));
            let dropout = (hidden.dropout != 0.0).then(|| format!("{layer}/dropout"));
            HiddenNodes { layer, norm, dropout }
        };
        self.hidden.iter().enumerate().map(name).collect()
    }

    /// One line in the short form of the literature (Cireşan 2012), such as `6C5-MP2-16C5-MP2-120C5-84N-10N`:
    /// maps, kind (C shared, L local, F full) and kernel; max or average pooling; units.
    #[must_use]
    pub fn short(&self) -> String {
        let mut text = String::new();
        for Block { connect, maps, kernel, pool, .. } in &self.blocks {
            let kind = match connect {
                Connect::Full => 'F',
                Connect::Local => 'L',
                Connect::Conv => 'C',
            };
            // Writing to a string cannot fail.
            let _ = write!(text, "{maps}{kind}{kernel}-");
            if let Some(pool) = pool {
                let kind = match pool.kind {
                    PoolKind::Max => "MP",
                    PoolKind::Average => "AP",
                };
                let _ = write!(text, "{kind}{}-", pool.size);
            }
        }
        for Hidden { units, .. } in &self.hidden {
            let _ = write!(text, "{units}N-");
        }
        let _ = write!(text, "{}N", self.classes);
        text
    }
}
