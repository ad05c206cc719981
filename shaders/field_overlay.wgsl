// What one unit sees of an earlier map: clear inside its box, dimmed outside, framed; and how much each
// cell of the map moves it, as heat under the frames.
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
    heat: vec4f,
    line_px: i32,
    casing_px: i32,
    dash_px: i32,
    // 1: the picture stores colour × alpha, as egui draws textures.
    premultiplied: u32,
    frame_count: u32,
    // 0 where there is no heat.
    heat_rows: u32,
    heat_columns: u32,
    heat_maximum: f32,
    frames: array<Frame, 2>,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var picture: texture_storage_2d<rgba8unorm, write>;
// Row by row, none below 0.
@group(0) @binding(2) var<storage, read> heat_values: array<f32>;

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
    seen = over(seen, share(at));
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

// How opaque the heat of the unit under the middle of a pixel is, 0 to 1.
fn share(at: vec2i) -> f32 {
    if params.heat_rows == 0u || params.heat_columns == 0u {
        return 0.0;
    }
    let units = vec2u(params.heat_columns, params.heat_rows);
    let unit = (2u * vec2u(at) + 1u) * units / (2u * textureDimensions(picture));
    return min(heat_values[unit.y * units.x + unit.x] / params.heat_maximum, 1.0);
}

// The heat's colour at a share of its opacity, laid over what is there; both with straight alpha.
fn over(under: vec4f, share: f32) -> vec4f {
    if share <= 0.0 {
        return under;
    }
    let above = params.heat.a * share / 255.0;
    let below = under.a * (1.0 - above) / 255.0;
    let alpha = above + below;
    if alpha * 255.0 < 0.5 {
        return vec4f(0.0);
    }
    let mixed = (params.heat.rgb * above + under.rgb * below) / alpha;
    return floor(vec4f(mixed, alpha * 255.0) + 0.5);
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
