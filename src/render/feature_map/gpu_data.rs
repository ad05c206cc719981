//! The bytes both shaders are given.

use bytemuck::{Pod, Zeroable};

use super::layout::{AtlasLayout, FeatureMapStyle, RangeMode};
use crate::array::Range;
use crate::render::scale::NOT_A_NUMBER;

/// Keep in sync with `Params` in `shaders/feature_range.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct RangeParams {
    pub maps: u32,
    /// Values of one map.
    pub map_len: u32,
}

/// Keep in sync with `Params` in `shaders/feature_map.wgsl`. Colours are levels of 0–255.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct MapParams {
    background: [f32; 4],
    paper: [f32; 4],
    accent: [f32; 4],
    not_a_number: [f32; 4],
    maps: u32,
    map_rows: u32,
    map_columns: u32,
    columns: u32,
    cell: u32,
    gap: u32,
    frame: u32,
    selected: u32,
    per_map: u32,
    diverging: u32,
    fade: f32,
    fade_from: u32,
}

impl MapParams {
    pub fn new(atlas: &AtlasLayout, style: &FeatureMapStyle) -> Self {
        Self {
            background: style.background.levels(),
            paper: style.paper.levels(),
            accent: style.accent.levels(),
            not_a_number: NOT_A_NUMBER.levels(),
            maps: atlas.maps,
            map_rows: atlas.map_rows,
            map_columns: atlas.map_columns,
            columns: atlas.columns,
            cell: atlas.cell,
            gap: atlas.gap,
            frame: style.frame.min(atlas.gap),
            // No layer has that many maps.
            selected: style.selected.unwrap_or(u32::MAX),
            per_map: u32::from(style.range == RangeMode::Map),
            diverging: u32::from(style.scale.is_diverging()),
            fade: style.fade,
            fade_from: style.fade_from,
        }
    }
}

/// A range as the shaders hold it: `vec2f(min, max)`, empty where min > max.
pub fn range(range: Range) -> [f32; 2] {
    [range.min, range.max]
}
