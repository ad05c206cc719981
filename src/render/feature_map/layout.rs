//! Where the maps of a layer lie in their picture, and how they are coloured.
//!
//! A gap runs around every map, the outermost included, so that a frame always has room:
//!
//! ```text
//! gap │ map 0 │ gap │ map 1 │ gap
//! ```

use crate::array::Range;
use crate::render::colour::Rgba;
use crate::render::error::LayoutError;
use crate::render::scale::Scale;

/// Over which values a colour scale spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RangeMode {
    /// Each map over its own values: shape shows, sizes cannot be compared.
    Map,
    /// All maps over the values of the layer.
    Layer,
    /// A given range, the network's for instance.
    Fixed(Range),
}

/// Everything about the look of an atlas. Lengths are in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct FeatureMapStyle {
    /// Maps in a row of the atlas; 0 counts as 1, and no more than there are maps.
    pub columns: u32,
    /// The side of one unit; 0 counts as 1.
    pub cell: u32,
    /// Between the maps, and around all of them.
    pub gap: u32,
    pub range: RangeMode,
    pub scale: Scale,
    /// The gaps and the slots without a map: opaque, or [`Rgba::TRANSPARENT`].
    pub background: Rgba,
    /// What faded units are mixed with.
    pub paper: Rgba,
    /// 0 draws units in full, 1 leaves only paper.
    pub fade: f32,
    /// Units before this index in `[c, h, w]` order are never faded: those already computed while
    /// time plays. 0 fades them all.
    pub fade_from: u32,
    /// This map gets a frame in the gap around it.
    pub selected: Option<u32>,
    pub accent: Rgba,
    /// The width of the frame, no more than the gap.
    pub frame: u32,
}

/// Light, on no background: what a picture in a file looks like. The window brings its own theme.
impl Default for FeatureMapStyle {
    fn default() -> Self {
        Self {
            columns: 8,
            cell: 4,
            gap: 4,
            range: RangeMode::Layer,
            scale: Scale::Sequential,
            background: Rgba::TRANSPARENT,
            paper: Rgba::opaque(0xFA_FA_F8),
            fade: 0.0,
            fade_from: 0,
            selected: None,
            accent: Rgba::opaque(0x0B_5F_FF),
            frame: 2,
        }
    }
}

impl FeatureMapStyle {
    /// Where the maps of an array `[c, h, w]` lie in this style; see [`AtlasLayout::new`].
    ///
    /// # Errors
    /// If there are no values, or too many pixels.
    pub fn atlas(&self, chw: [usize; 3], max_side: u32) -> Result<AtlasLayout, LayoutError> {
        AtlasLayout::new(chw, self.columns, self.cell, self.gap, max_side)
    }
}

/// A rectangle of pixels, from the top left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PixelRect {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// One unit of a layer `[c, h, w]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtlasUnit {
    pub map: u32,
    pub row: u32,
    pub column: u32,
}

/// Where the maps of a layer lie in their picture. Lengths are in pixels unless they count units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtlasLayout {
    pub maps: u32,
    /// Rows of units of one map.
    pub map_rows: u32,
    /// Columns of units of one map.
    pub map_columns: u32,
    /// Maps in a row of the atlas.
    pub columns: u32,
    /// The side of one unit.
    pub cell: u32,
    pub gap: u32,
    /// The size of the whole picture.
    pub width: u32,
    pub height: u32,
}

impl AtlasLayout {
    /// The atlas of an array `[c, h, w]`; `columns` and `cell` of 0 count as 1.
    ///
    /// # Errors
    /// If there are no values, or a side of the picture is longer than `max_side` pixels.
    pub fn new(
        chw: [usize; 3],
        columns: u32,
        cell: u32,
        gap: u32,
        max_side: u32,
    ) -> Result<Self, LayoutError> {
        if chw.contains(&0) {
            return Err(LayoutError::Empty);
        }
        let [maps, map_rows, map_columns] = chw.map(|side| side as u64);
        let (columns, cell) = (u64::from(columns.max(1)).min(maps), u64::from(cell.max(1)));
        let width = side_px(columns, map_columns, cell, gap);
        let height = side_px(maps.div_ceil(columns), map_rows, cell, gap);
        let too_large = LayoutError::TooLarge { width, height, max_side };
        let fits = |px: u64| u32::try_from(px).ok().filter(|&px| px <= max_side);
        let (Some(width), Some(height)) = (fits(width), fits(height)) else {
            return Err(too_large);
        };
        // Every count below is at most a side of a picture that fits, or the number of values.
        let [maps, map_rows, map_columns, columns, cell] =
            [maps, map_rows, map_columns, columns, cell].map(|count| count as u32);
        Ok(Self { maps, map_rows, map_columns, columns, cell, gap, width, height })
    }

    /// The atlas nearest to a square that fits into `max_side` pixels, with cells as large as
    /// possible but no larger than `cell`.
    ///
    /// # Errors
    /// If there are no values, or they do not fit with cells of one pixel.
    pub fn fitting(
        chw: [usize; 3],
        cell: u32,
        gap: u32,
        max_side: u32,
    ) -> Result<Self, LayoutError> {
        let cell = cell.max(1);
        let atlas = |cell| Self::new(chw, squarest(chw, cell, gap), cell, gap, max_side);
        (1..=cell.min(max_side.max(1))).rev().find_map(|cell| atlas(cell).ok()).map_or_else(
            // The error of the smallest cell is the one to show.
            || atlas(1),
            Ok,
        )
    }

    /// Where map `index` lies; a selection frame lies outside of it.
    #[must_use]
    pub fn map_rect(&self, index: u32) -> PixelRect {
        let [width, height] = self.map_size();
        PixelRect {
            x: self.gap + index % self.columns * (width + self.gap),
            y: self.gap + index / self.columns * (height + self.gap),
            width,
            height,
        }
    }

    /// Where a unit lies.
    #[must_use]
    pub fn unit_rect(&self, unit: AtlasUnit) -> PixelRect {
        let map = self.map_rect(unit.map);
        PixelRect {
            x: map.x + unit.column * self.cell,
            y: map.y + unit.row * self.cell,
            width: self.cell,
            height: self.cell,
        }
    }

    /// The unit drawn at a pixel; `None` in the gaps and outside the picture.
    ///
    /// Keep in sync with `pixel` in `shaders/feature_map.wgsl`.
    #[must_use]
    pub fn unit_at(&self, x: u32, y: u32) -> Option<AtlasUnit> {
        if x >= self.width || y >= self.height {
            return None;
        }
        // A slot begins with its gap.
        let [pitch_x, pitch_y] = self.map_size().map(|side| side + self.gap);
        let map = y / pitch_y * self.columns + x / pitch_x;
        let (in_x, in_y) = (x % pitch_x, y % pitch_y);
        let in_map = in_x >= self.gap && in_y >= self.gap && map < self.maps;
        in_map.then(|| AtlasUnit {
            map,
            row: (in_y - self.gap) / self.cell,
            column: (in_x - self.gap) / self.cell,
        })
    }

    /// Width and height of one map.
    fn map_size(&self) -> [u32; 2] {
        [self.map_columns * self.cell, self.map_rows * self.cell]
    }
}

/// The pixels along one axis: `maps` maps of `units` units, a gap around each.
fn side_px(maps: u64, units: u64, cell: u64, gap: u32) -> u64 {
    let gap = u64::from(gap);
    maps.saturating_mul(units.saturating_mul(cell).saturating_add(gap)).saturating_add(gap)
}

/// The number of columns whose longer side is the shortest.
fn squarest([maps, rows, columns]: [usize; 3], cell: u32, gap: u32) -> u32 {
    let pitch = |units: usize| units as f64 * f64::from(cell) + f64::from(gap);
    // `n` columns are as wide as they are high where n² = maps · height / width.
    let even = (maps as f64 * pitch(rows) / pitch(columns)).sqrt();
    let longest = |n: &u32| {
        let n = f64::from(*n);
        (n * pitch(columns)).max((maps as f64 / n).ceil() * pitch(rows))
    };
    let few = (even.floor() as u32).max(1);
    [few, few + 1].into_iter().min_by(|a, b| longest(a).total_cmp(&longest(b))).unwrap_or(few)
}
