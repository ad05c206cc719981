//! The layers of a stack as rows of cells along the columns of the image, and what one unit sees of each.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Seer;
use crate::network::connectivity::reads;

/// With more connections than this only those of the unit are drawn.
const MOST_CONNECTIONS: usize = 2_500;
/// And these as one area.
const MOST_OF_THE_UNIT: usize = 600;

/// Everything about a stack that does not hang on the room there is for it.
#[derive(Clone, Debug)]
pub struct Rows {
    pub lines: Arc<[Line]>,
    /// From the first to the last column of the image that has anything above it, padding included.
    pub extent: [f64; 2],
    /// The connections that lead to the unit; `None` where they are too many to be told apart.
    pub own: Option<Arc<[Link]>>,
    /// All others; none where there are too many.
    pub others: Arc<[Link]>,
}

/// A node's cells along the columns of the image.
#[derive(Clone, Debug)]
pub struct Line {
    pub node: usize,
    /// The middle of cell 0 and the step to the next, in pixels of the image.
    origin: f64,
    pub jump: f64,
    pub count: usize,
    /// Padding cells beside it that the next layer reads.
    pub beside: [usize; 2],
    /// What the unit sees, padding cells too.
    pub seen: BTreeSet<i64>,
}

/// A connection: a cell of a node, and the cell of an earlier one that it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub node: usize,
    pub unit: i64,
    pub source: usize,
    pub cell: i64,
}

impl Line {
    #[must_use]
    pub fn centre(&self, cell: i64) -> f64 {
        self.origin + cell as f64 * self.jump
    }

    /// Whether a cell lies on the map, and not in the padding beside it.
    #[must_use]
    pub fn has(&self, cell: i64) -> bool {
        (0..self.count as i64).contains(&cell)
    }
}

impl Rows {
    pub(super) fn of(seer: &Seer) -> Self {
        let lines = lines(seer);
        let ends = lines.iter().flat_map(|line| {
            let [before, after] = line.beside.map(|cells| cells as i64);
            let last = line.count as i64 - 1;
            [line.centre(-before) - 0.5, line.centre(last + after) + 0.5]
        });
        let extent = ends.fold([f64::MAX, f64::MIN], |[a, b], x| [a.min(x), b.max(x)]);
        let is_own =
            |node: usize, unit: i64| node <= seer.unit.node && lines[node].seen.contains(&unit);
        let own = links(seer, &lines, MOST_OF_THE_UNIT, &is_own).map(Into::into);
        let others = links(seer, &lines, MOST_CONNECTIONS, &|node, unit| !is_own(node, unit));
        Self { extent, own, others: others.unwrap_or_default().into(), lines: lines.into() }
    }
}

fn lines(seer: &Seer) -> Vec<Line> {
    let network = &seer.network;
    let nodes = network.nodes();
    let last = nodes.len() - 1;
    let mut lines: Vec<Line> = (0..=last)
        .map(|node| {
            let field = seer.fields.node(node);
            let padding =
                nodes.get(node + 1).and_then(|next| next.layer.window()).map(|w| w.padding);
            Line {
                node,
                origin: field.start[1] as f64 + field.size[1] as f64 / 2.0,
                jump: field.jump[1].max(1) as f64,
                count: nodes[node].output[2],
                beside: padding.map_or([0, 0], |padding| padding.along(1)),
                seen: BTreeSet::new(),
            }
        })
        .collect();
    lines[seer.unit.node].seen.insert(seer.unit.unit[2] as i64);
    for node in (1..=seer.unit.node).rev() {
        let line = &lines[node];
        let units: Vec<i64> = line.seen.iter().copied().filter(|&unit| line.has(unit)).collect();
        for unit in units {
            for reads in reads(network, node, 0, 0, unit) {
                let source = nodes[node].inputs[reads.input];
                lines[source].seen.extend(reads.columns.positions());
            }
        }
    }
    lines
}

/// The connections of the units that are `wanted`; `None` if there are more than `most`.
fn links(
    seer: &Seer,
    lines: &[Line],
    most: usize,
    wanted: &dyn Fn(usize, i64) -> bool,
) -> Option<Vec<Link>> {
    let nodes = seer.network.nodes();
    let mut links = Vec::new();
    for line in &lines[1..] {
        for unit in (0..line.count as i64).filter(|&unit| wanted(line.node, unit)) {
            for reads in reads(&seer.network, line.node, 0, 0, unit) {
                let source = nodes[line.node].inputs[reads.input];
                let cells = reads.columns.positions();
                links.extend(cells.map(|cell| Link { node: line.node, unit, source, cell }));
            }
            if links.len() > most {
                return None;
            }
        }
    }
    Some(links)
}
