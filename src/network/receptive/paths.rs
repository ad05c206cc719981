//! How many ways lead from each pixel of the image to one unit.
//!
//! A way is a sequence of positions, node by node: the maps of a node are taken together, so channel
//! tables and groups change nothing, and each cell of a window is one step. Where branches meet, the
//! ways of all of them are summed. Cells of the padding are no way. The middle of a field is met by
//! more ways than its rim: why fields act smaller than they are (Luo et al., "Understanding the
//! Effective Receptive Field", 2016, §2).

use super::super::Network;
use super::super::connectivity::Taps;
use super::super::formula::{LARGEST_COUNT, TooLarge};
use super::{Bounds, reads_of_all_maps, trace_maps};

/// More cells than this, of all nodes together, are not counted: 64 MiB of counts.
pub const MOST_CELLS: usize = 1 << 22;

/// Why the ways are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// From one cell lead more than [`LARGEST_COUNT`].
    Ways,
    /// The unit depends on so many cells, more than [`MOST_CELLS`].
    Cells(usize),
}

/// The ways from each cell of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// What can lead to the unit, clipped to the map; empty where nothing does.
    pub bounds: Bounds,
    /// Row by row.
    pub counts: Vec<u128>,
}

/// The ways that lead to a unit from the cells of one earlier node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodePaths {
    pub node: usize,
    pub paths: Paths,
}

/// How many ways lead from each pixel to the unit at row `y`, column `x` of node `index`.
///
/// # Errors
/// If there are more than [`LARGEST_COUNT`] from one cell, or more than [`MOST_CELLS`] cells.
pub fn paths(network: &Network, index: usize, place: [usize; 2]) -> Result<Paths, NotCounted> {
    let mut on_image = Paths::nowhere();
    walk(network, index, place, &mut |node, paths| {
        if node == 0 {
            on_image = paths;
        }
    })?;
    Ok(on_image)
}

/// As [`paths`], from the cells of every node that the unit depends on: itself first, the image last.
///
/// # Errors
/// As [`paths`].
pub fn paths_through(
    network: &Network,
    index: usize,
    place: [usize; 2],
) -> Result<Vec<NodePaths>, NotCounted> {
    let mut all = Vec::new();
    walk(network, index, place, &mut |node, paths| all.push(NodePaths { node, paths }))?;
    Ok(all)
}

/// From the unit back to the image; every node is told once, when all that it leads to is known.
fn walk(
    network: &Network,
    index: usize,
    place: [usize; 2],
    tell: &mut dyn FnMut(usize, Paths),
) -> Result<(), NotCounted> {
    let nodes = network.nodes();
    let maps = (0..nodes[index].output[0]).collect();
    let mut boxes = vec![None; index + 1];
    for region in trace_maps(network, index, maps, place) {
        boxes[region.node] = Some(region.bounds.clipped(nodes[region.node].output));
    }
    let cells = boxes.iter().flatten().map(|bounds| bounds.sides().iter().product::<usize>());
    let cells = cells.fold(0, usize::saturating_add);
    if cells > MOST_CELLS {
        return Err(NotCounted::Cells(cells));
    }
    let mut known: Vec<Option<Paths>> =
        boxes.into_iter().map(|bounds| bounds.map(Paths::none)).collect();
    if let Some(own) = &mut known[index] {
        own.counts.fill(1);
    }
    for node in (0..=index).rev() {
        let Some(paths) = known[node].take() else { continue };
        if paths.counts.iter().any(|&count| count > LARGEST_COUNT) {
            return Err(NotCounted::Ways);
        }
        for (source, rows, columns) in steps(network, node, paths.bounds) {
            if let Some(before) = &mut known[source] {
                before.add(&paths, &rows, &columns);
            }
        }
        tell(node, paths);
    }
    Ok(())
}

/// What the units of a box step back to: for each input, the rows that each of its rows reads and the
/// columns that each of its columns reads. (A unit's rows never depend on its column.)
fn steps(network: &Network, node: usize, bounds: Bounds) -> Vec<(usize, Vec<Taps>, Vec<Taps>)> {
    let inputs = &network.nodes()[node].inputs;
    let mut all: Vec<_> = inputs.iter().map(|&source| (source, Vec::new(), Vec::new())).collect();
    for y in bounds.y0..bounds.y1 {
        for reads in reads_of_all_maps(network, node, [y, bounds.x0]) {
            all[reads.input].1.push(reads.rows);
        }
    }
    for x in bounds.x0..bounds.x1 {
        for reads in reads_of_all_maps(network, node, [bounds.y0, x]) {
            all[reads.input].2.push(reads.columns);
        }
    }
    all
}

impl Paths {
    fn nowhere() -> Self {
        Self::none(Bounds { y0: 0, x0: 0, y1: 0, x1: 0 })
    }

    fn none(bounds: Bounds) -> Self {
        let [rows, columns] = bounds.sides();
        Self { bounds, counts: vec![0; rows * columns] }
    }

    /// The ways from one cell; none from outside the box.
    #[must_use]
    pub fn at(&self, [y, x]: [i64; 2]) -> u128 {
        let Bounds { y0, x0, y1, x1 } = self.bounds;
        if !(y0..y1).contains(&y) || !(x0..x1).contains(&x) {
            return 0;
        }
        let [_, columns] = self.bounds.sides();
        self.counts[(y - y0) as usize * columns + (x - x0) as usize]
    }

    /// The ways from all cells together.
    ///
    /// # Errors
    /// If they are more than [`LARGEST_COUNT`].
    pub fn total(&self) -> Result<u128, TooLarge> {
        let total = self.counts.iter().fold(0u128, |sum, &count| sum.saturating_add(count));
        if total > LARGEST_COUNT { Err(TooLarge) } else { Ok(total) }
    }

    /// The most ways that one cell has.
    #[must_use]
    pub fn most(&self) -> u128 {
        self.counts.iter().copied().max().unwrap_or(0)
    }

    /// Adds the ways through `after`, whose rows and columns read these: first along the columns of
    /// cells, then along the rows, so that a window costs its sides and not its area. What does not
    /// fit any more saturates far above [`LARGEST_COUNT`].
    fn add(&mut self, after: &Self, rows: &[Taps], columns: &[Taps]) {
        let ([height, width], [_, after_width]) = (self.bounds.sides(), after.bounds.sides());
        if after.counts.is_empty() {
            return;
        }
        let mut between = vec![0u128; height * after_width];
        for (taps, counts) in rows.iter().zip(after.counts.chunks_exact(after_width)) {
            for row in inside(*taps, self.bounds.y0, height) {
                let into = &mut between[row * after_width..][..after_width];
                for (into, &count) in into.iter_mut().zip(counts) {
                    *into = into.saturating_add(count);
                }
            }
        }
        let cells: Vec<Vec<usize>> =
            columns.iter().map(|&taps| inside(taps, self.bounds.x0, width).collect()).collect();
        for (row, counts) in between.chunks_exact(after_width).enumerate() {
            let into = &mut self.counts[row * width..][..width];
            for (cells, &count) in cells.iter().zip(counts) {
                for &cell in cells {
                    into[cell] = into[cell].saturating_add(count);
                }
            }
        }
    }
}

/// The taps that lie among `side` cells from `first` on, counted from there.
fn inside(taps: Taps, first: i64, side: usize) -> impl Iterator<Item = usize> {
    taps.positions()
        .map(move |position| position - first)
        .filter(move |at| (0..side as i64).contains(at))
        .map(|at| at as usize)
}
