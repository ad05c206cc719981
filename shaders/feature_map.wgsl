// The maps of a layer, coloured and laid out in one picture.
// Twin: src/render/feature_map/twin.rs; geometry: layout.rs; colours: src/render/scale.rs.

// Keep in sync with `MapParams` in src/render/feature_map/gpu_data.rs.
// Colours are levels of 0 to 255, lengths pixels.
struct Params {
    background: vec4f,
    paper: vec4f,
    accent: vec4f,
    not_a_number: vec4f,
    maps: u32,
    // Units of one map.
    map_rows: u32,
    map_columns: u32,
    // Maps in a row of the picture.
    columns: u32,
    // The side of one unit.
    cell: u32,
    gap: u32,
    frame: u32,
    // A number no map has: none.
    selected: u32,
    // 1: each map spans its own range; 0: all span that of the layer.
    per_map: u32,
    // 1: the range is widened until zero is its middle.
    diverging: u32,
    fade: f32,
    fade_from: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
// The bits of f32 values [c, h, w]: what tells infinities and NaNs apart dependably.
@group(0) @binding(1) var<storage, read> values: array<u32>;
// (min, max) of each map, then of the layer; min > max where there is no finite value.
@group(0) @binding(2) var<storage, read> ranges: array<vec2f>;
// The colours of the scale at equal distances.
@group(0) @binding(3) var<storage, read> table: array<vec4f>;
@group(0) @binding(4) var picture: texture_storage_2d<rgba8unorm, write>;

const SMALLEST_NORMAL = 1.17549435e-38;

@compute @workgroup_size(16, 16)
fn colours(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= textureDimensions(picture)) {
        return;
    }
    // Rounded half up here, so that every driver stores the same byte.
    textureStore(picture, id.xy, floor(pixel(id.xy) + 0.5) / 255.0);
}

// `AtlasLayout::unit_at`, and what is drawn there.
fn pixel(at: vec2u) -> vec4f {
    // A slot begins with its gap.
    let pitch = map_size() + params.gap;
    let slot = at / pitch;
    let in_slot = at % pitch;
    let map = slot.y * params.columns + slot.x;
    if any(in_slot < vec2u(params.gap)) || map >= params.maps {
        return select(params.background, params.accent, is_frame(at));
    }
    let unit = (in_slot - params.gap) / params.cell;
    let index = (map * params.map_rows + unit.y) * params.map_columns + unit.x;
    let colour = value_colour(values[index], ranges[select(params.maps, map, params.per_map == 1u)]);
    if index < params.fade_from {
        return colour;
    }
    // The twin mixes two colours of whole levels.
    return mix(floor(colour + 0.5), params.paper, params.fade);
}

// Whether a pixel of the gaps belongs to the frame of the selected map.
fn is_frame(at: vec2u) -> bool {
    if params.selected >= params.maps {
        return false;
    }
    let slot = vec2u(params.selected % params.columns, params.selected / params.columns);
    let first = slot * (map_size() + params.gap) + params.gap - params.frame;
    let size = map_size() + 2u * params.frame;
    return all(at >= first) && all(at < first + size);
}

fn map_size() -> vec2u {
    return vec2u(params.map_columns, params.map_rows) * params.cell;
}

// `Scale::value_colour`.
fn value_colour(bits: u32, range: vec2f) -> vec4f {
    let magnitude = bits & 0x7fffffffu;
    if magnitude > 0x7f800000u {
        return params.not_a_number;
    }
    if magnitude == 0x7f800000u {
        return scale_colour(select(0.0, 1.0, bits == magnitude));
    }
    return scale_colour(position(bitcast<f32>(bits), span(range)));
}

// `Scale::span`.
fn span(range: vec2f) -> vec2f {
    let reach = max(abs(range.x), abs(range.y));
    return select(range, vec2f(-reach, reach), params.diverging == 1u);
}

// `position` in scale.rs: halves, because the width of a range may overflow.
fn position(value: f32, range: vec2f) -> f32 {
    let half_width = 0.5 * range.y - 0.5 * range.x;
    if half_width < SMALLEST_NORMAL {
        return 0.5;
    }
    return clamp((0.5 * value - 0.5 * range.x) / half_width, 0.0, 1.0);
}

// `Scale::colour`.
fn scale_colour(t: f32) -> vec4f {
    let last = arrayLength(&table) - 1u;
    let place = t * f32(last);
    let lower = min(u32(place), last - 1u);
    return mix(table[lower], table[lower + 1u], place - f32(lower));
}
