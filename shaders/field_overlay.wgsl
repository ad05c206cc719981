// What one unit sees of an earlier map: clear inside its box, dimmed outside, framed.
// Twin: src/render/field_overlay/twin.rs; geometry: layout.rs.

// The outer border of a frame, in pixels, half open. Sides that are not drawn lie far outside.
// Keep in sync with `GpuFrame` in src/render/field_overlay/gpu_data.rs.
struct Frame {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
    dashed: u32,
    padding_0: u32,
    padding_1: u32,
    padding_2: u32,
}

// Keep in sync with `OverlayParams` in src/render/field_overlay/gpu_data.rs.
// Colours are levels of 0 to 255.
struct Params {
    outside: vec4f,
    line: vec4f,
    casing: vec4f,
    line_px: i32,
    casing_px: i32,
    dash_px: i32,
    // 1: the picture stores colour × alpha, as egui draws textures.
    premultiplied: u32,
    frame_count: u32,
    padding_0: u32,
    padding_1: u32,
    padding_2: u32,
    frames: array<Frame, 2>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var picture: texture_storage_2d<rgba8unorm, write>;

@compute @workgroup_size(16, 16)
fn overlay(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= textureDimensions(picture)) {
        return;
    }
    var colour = pixel(vec2i(id.xy));
    if params.premultiplied == 1u {
        colour = vec4f(floor(colour.rgb * colour.a / 255.0 + 0.5), colour.a);
    }
    textureStore(picture, id.xy, colour / 255.0);
}

fn pixel(at: vec2i) -> vec4f {
    let thickness = params.line_px + 2 * params.casing_px;
    var seen = params.outside;
    for (var i = 0u; i < params.frame_count; i++) {
        if depth(at, params.frames[i]) >= thickness {
            seen = vec4f(0.0);
        }
    }
    for (var i = 0u; i < params.frame_count; i++) {
        let frame = params.frames[i];
        let depth = depth(at, frame);
        if depth < 0 || depth >= thickness || is_space(at, frame) {
            continue;
        }
        let on_line = depth >= params.casing_px && depth < params.casing_px + params.line_px;
        seen = select(params.casing, params.line, on_line);
    }
    return seen;
}

// How many pixels a pixel lies within the frame's outer border; negative outside.
fn depth(at: vec2i, frame: Frame) -> i32 {
    return min(beside(at.x, frame), above(at.y, frame));
}

// Pixels to the nearer of the left and right sides.
fn beside(x: i32, frame: Frame) -> i32 {
    return min(x - frame.left, frame.right - 1 - x);
}

// Pixels to the nearer of the top and bottom sides.
fn above(y: i32, frame: Frame) -> i32 {
    return min(y - frame.top, frame.bottom - 1 - y);
}

// Whether a pixel of a frame falls between two dashes.
fn is_space(at: vec2i, frame: Frame) -> bool {
    let upright = beside(at.x, frame) < above(at.y, frame);
    let along = select(at.x - max(frame.left, 0), at.y - max(frame.top, 0), upright);
    return frame.dashed == 1u && along / params.dash_px % 2 == 1;
}
