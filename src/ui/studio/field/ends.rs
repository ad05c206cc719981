//! From which pixels of a field the most and the fewest ways lead to a unit.

use crate::network::receptive::Paths;

/// The ways from some pixels of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The corner with the fewest.
    pub corner: u128,
    pub middle: u128,
    /// The most of a pixel on the rim, and the fewest of any.
    pub rim: u128,
    pub least: u128,
    /// The pixel with the most.
    pub most: u128,
}

impl Ends {
    /// `None` where nothing of the image is seen.
    #[must_use]
    pub fn of(paths: &Paths) -> Option<Self> {
        let b = paths.bounds;
        if b.y1 <= b.y0 || b.x1 <= b.x0 {
            return None;
        }
        let corners = [[b.y0, b.x0], [b.y0, b.x1 - 1], [b.y1 - 1, b.x0], [b.y1 - 1, b.x1 - 1]];
        let corner = corners.into_iter().map(|at| paths.at(at)).min()?;
        let middle = [i64::midpoint(b.y0, b.y1 - 1), i64::midpoint(b.x0, b.x1 - 1)];
        let on_rim = |at: usize| {
            let wide = (b.x1 - b.x0) as usize;
            let (row, column) = (at / wide, at % wide);
            row == 0 || column == 0 || column + 1 == wide || row + 1 == (b.y1 - b.y0) as usize
        };
        let ways = paths.counts.iter().copied().enumerate();
        let rim = ways.filter(|&(at, _)| on_rim(at)).map(|(_, ways)| ways).max()?;
        let least = paths.counts.iter().copied().min()?;
        // A window may step over the whole image.
        if paths.most() == 0 {
            return None;
        }
        Some(Self { corner, middle: paths.at(middle), rim, least, most: paths.most() })
    }

    /// Whether more ways lead from the middle than from anywhere on the rim, and from nowhere more.
    #[must_use]
    pub const fn middle_leads(self) -> bool {
        self.middle == self.most && self.middle > self.rim
    }
}
