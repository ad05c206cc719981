//! The bytes the shader is given.

use bytemuck::{Pod, Zeroable};

use super::host::Alpha;
use super::layout::{Field, FieldOverlayStyle, Frame, Heat, Widths};
use crate::render::colour::Rgba;

/// Keep in sync with `Frame` in `shaders/field_overlay.wgsl`.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
struct GpuFrame {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
    dashed: u32,
    /// A uniform array's elements begin at multiples of 16 bytes.
    padding: [u32; 3],
}

/// Keep in sync with `Params` in `shaders/field_overlay.wgsl`. Colours are levels of 0–255.
#[repr(C)]
#[derive(Clone, Copy, Pod, Zeroable)]
pub struct OverlayParams {
    outside: [f32; 4],
    line: [f32; 4],
    casing: [f32; 4],
    heat: [f32; 4],
    line_px: i32,
    casing_px: i32,
    dash_px: i32,
    premultiplied: u32,
    frame_count: u32,
    /// 0 where there is no heat.
    heat_rows: u32,
    heat_columns: u32,
    heat_maximum: f32,
    frames: [GpuFrame; 2],
}

impl OverlayParams {
    pub fn new(
        field: &Field,
        heat: Option<&Heat>,
        style: &FieldOverlayStyle,
        alpha: Alpha,
    ) -> Self {
        let outside = if field.dims() { style.dim } else { Rgba::TRANSPARENT };
        let shown = field.frames(style);
        let mut frames = [GpuFrame::zeroed(); 2];
        for (gpu, frame) in frames.iter_mut().zip(&shown) {
            *gpu = gpu_frame(frame);
        }
        let [heat_rows, heat_columns] = heat.map_or([0; 2], Heat::sides).map(|side| side as u32);
        let Widths { line, casing, dash } = style.widths();
        Self {
            outside: outside.levels(),
            line: style.line.levels(),
            casing: style.casing.levels(),
            heat: style.heat.levels(),
            line_px: line,
            casing_px: casing,
            dash_px: dash,
            premultiplied: u32::from(alpha == Alpha::Premultiplied),
            frame_count: shown.len() as u32,
            heat_rows,
            heat_columns,
            heat_maximum: heat.map_or(0.0, |heat| heat.maximum),
            frames,
        }
    }
}

fn gpu_frame(frame: &Frame) -> GpuFrame {
    let Frame { left, top, right, bottom, dashed } = *frame;
    GpuFrame { left, top, right, bottom, dashed: u32::from(dashed), padding: [0; 3] }
}
