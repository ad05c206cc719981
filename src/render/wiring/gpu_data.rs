//! The bytes the shader is given, lines and pieces apart.

use bytemuck::{Pod, Zeroable};

use super::axis::AxisParams;
use super::plan::Plan;
use super::style::{PALETTE, WiringStyle};
use crate::render::colour::Rgba;

/// Keep in sync with `Params` in `shaders/wiring.wgsl`. Colours are levels of 0–255.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct WiringParams {
    paper: [f32; 4],
    used: [f32; 4],
    many: [f32; 4],
    hairline: [f32; 4],
    outside: [f32; 4],
    highlight: [f32; 4],
    palette: [[f32; 4]; PALETTE],
    down: AxisParams,
    across: AxisParams,
    height: u32,
    /// 0: all maps are linked, and there is no table.
    links_stride: u32,
    slots: u32,
    by_identity: u32,
    touches: u32,
    touched_map: u32,
    touched_channel: u32,
    weights: f32,
    hairline_strength: f32,
    padding: [u32; 3],
}

impl WiringParams {
    pub fn new(plan: &Plan, style: &WiringStyle) -> Self {
        let [touched_map, touched_channel] = plan.touched.unwrap_or_default();
        Self {
            paper: style.paper.levels(),
            used: style.used.levels(),
            many: style.many.levels(),
            hairline: style.hairline.levels(),
            outside: style.outside.levels(),
            highlight: style.highlight.levels(),
            palette: style.palette.map(Rgba::levels),
            down: plan.down,
            across: plan.across,
            height: plan.height,
            links_stride: if plan.links.sums.is_empty() { 0 } else { plan.links.stride },
            slots: plan.slots,
            by_identity: u32::from(style.by_identity),
            touches: u32::from(plan.touched.is_some()),
            touched_map,
            touched_channel,
            weights: plan.weights,
            hairline_strength: plan.hairline,
            padding: [0; 3],
        }
    }
}
