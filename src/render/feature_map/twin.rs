//! `shaders/feature_range.wgsl` and `shaders/feature_map.wgsl` on the CPU.

use super::layout::{AtlasLayout, AtlasUnit, FeatureMapStyle, PixelRect, RangeMode};
use crate::array::{Array, Range};
use crate::render::colour::Rgba;
use crate::render::error::LayoutError;
use crate::render::image::Image;

/// The range of a map or layer without a finite value.
const NOTHING: Range = Range { min: 0.0, max: 0.0 };

/// The ranges the colours span, before [`Scale::span`](crate::render::Scale::span) widens them:
/// one for each map of `[c, h, w]` in [`RangeMode::Map`], else one for all. Only finite values
/// count; without any, or for a given range that is not finite, the range is 0 to 0.
#[must_use]
pub fn ranges(values: &Array, mode: RangeMode) -> Vec<Range> {
    let of = |values: &[f32]| Range::of(values).unwrap_or(NOTHING);
    match mode {
        RangeMode::Map => (0..values.chw()[0]).map(|map| of(values.map(map).values)).collect(),
        RangeMode::Layer => vec![of(values.values())],
        RangeMode::Fixed(range) => vec![fixed(range)],
    }
}

/// A given range, if colours can span it.
pub(super) fn fixed(range: Range) -> Range {
    if range.min.is_finite() && range.max.is_finite() { range } else { NOTHING }
}

/// Draws the maps of `[c, h, w]`.
///
/// # Errors
/// If there are no values, or a side is longer than `max_side` pixels.
pub fn draw(values: &Array, style: &FeatureMapStyle, max_side: u32) -> Result<Image, LayoutError> {
    let atlas = style.atlas(values.chw(), max_side)?;
    let ranges = ranges(values, style.range);
    let mut image = Image::filled(atlas.width, atlas.height, style.background);
    if let Some(map) = style.selected.filter(|&map| map < atlas.maps) {
        // The map is drawn over the middle of it.
        fill(&mut image, grown(atlas.map_rect(map), style.frame.min(atlas.gap)), style.accent);
    }
    for map in 0..atlas.maps {
        let range = *ranges.get(map as usize).unwrap_or(&ranges[0]);
        draw_map(&mut image, &atlas, values, map, range, style);
    }
    Ok(image)
}

fn draw_map(
    image: &mut Image,
    atlas: &AtlasLayout,
    values: &Array,
    map: u32,
    range: Range,
    style: &FeatureMapStyle,
) {
    let units = atlas.map_rows * atlas.map_columns;
    for (index, &value) in (map * units..).zip(values.map(map as usize).values) {
        let within = index - map * units;
        let (row, column) = (within / atlas.map_columns, within % atlas.map_columns);
        let colour = style.scale.value_colour(value, range);
        let shown =
            if index < style.fade_from { colour } else { colour.mix(style.paper, style.fade) };
        fill(image, atlas.unit_rect(AtlasUnit { map, row, column }), shown);
    }
}

fn fill(image: &mut Image, rect: PixelRect, colour: Rgba) {
    for y in rect.y..rect.y + rect.height {
        for pixel in image.row_from(rect.x, y).chunks_exact_mut(4).take(rect.width as usize) {
            pixel.copy_from_slice(&colour.0);
        }
    }
}

fn grown(rect: PixelRect, by: u32) -> PixelRect {
    PixelRect {
        x: rect.x - by,
        y: rect.y - by,
        width: rect.width + 2 * by,
        height: rect.height + 2 * by,
    }
}
