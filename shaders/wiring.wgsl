// The connection matrix of a layer, outputs × inputs: how much of each pixel's block of cells is used,
// and by how many different weights.
// Twin: src/render/wiring/twin.rs; counting: axis.rs and links.rs; colours: style.rs.
//
// The blocks come from the CPU as boxes of maps × rows × columns (layout.rs, lines.rs): so the matrix of
// 10⁶ × 10⁶ cells needs no 64-bit integers here, and no positions in f32.

// Keep in sync with `AxisParams` in src/render/wiring/axis.rs, and the functions with those there.
struct Axis {
    kernel: u32,
    // 0: all units read the same.
    stride: u32,
    dilation: u32,
    start: i32,
    // From the first to the last cell of a window, holes counted.
    span: i32,
    // Units that share a kernel.
    tile: u32,
    // The units that may use the touched weight, half open.
    touched_first: u32,
    touched_end: u32,
    // What the touched tap adds to the first cell of a unit.
    touched_tap: i32,
    tiles: u32,
    padding_0: u32,
    padding_1: u32,
}

// Keep in sync with `WiringParams` in src/render/wiring/gpu_data.rs. Colours are levels of 0 to 255.
struct Params {
    paper: vec4f,
    used: vec4f,
    many: vec4f,
    hairline: vec4f,
    outside: vec4f,
    highlight: vec4f,
    palette: array<vec4f, 8>,
    down: Axis,
    across: Axis,
    // Rows of pixels: the lines of columns come behind theirs.
    height: u32,
    // 0: all maps are linked, and there is no table.
    links_stride: u32,
    // Places for input maps in a kernel.
    slots: u32,
    by_identity: u32,
    touches: u32,
    touched_map: u32,
    touched_channel: u32,
    // Different weights of the layer.
    weights: f32,
    hairline_strength: f32,
    padding_0: u32,
    padding_1: u32,
    padding_2: u32,
}

// What stands under one row or one column of pixels.
// Keep in sync with `Line` in src/render/wiring/lines.rs.
struct Line {
    first: u32,
    count: u32,
    cells: f32,
    gap: u32,
    // From the first to the last row of maps in its pieces, half open.
    rows: vec2u,
}

// A part of a block; ranges are half open.
// Keep in sync with `Piece` in src/render/wiring/lines.rs.
struct Piece {
    maps: vec2u,
    rows: vec2u,
    columns: vec2u,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> lines: array<Line>;
@group(0) @binding(2) var<storage, read> pieces: array<Piece>;
@group(0) @binding(3) var<storage, read> links: array<u32>;
@group(0) @binding(4) var picture: texture_storage_2d<rgba8unorm, write>;

// Keep in sync with style.rs.
const FAINT = 0.2;
const OCTAVES = 19.931568;
const PALETTE = 8u;

@compute @workgroup_size(16, 16)
fn wiring(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= textureDimensions(picture)) {
        return;
    }
    textureStore(picture, id.xy, pixel(lines[id.y], lines[params.height + id.x]) / 255.0);
}

fn pixel(row: Line, column: Line) -> vec4f {
    if row.count == 0u || column.count == 0u {
        return params.outside;
    }
    var used = 0.0;
    var different = 0.0;
    var touched = false;
    for (var i = 0u; i < row.count; i++) {
        let units = pieces[row.first + i];
        // Most pixels lie beside the bands. Software Vulkan runs both sides of a branch, but leaves a loop
        // that no pixel is in: so the first test is how far the loop goes.
        let count = select(0u, column.count, reaches(params.down, units.rows, column.rows));
        for (var j = 0u; j < count; j++) {
            let inputs = pieces[column.first + j];
            let down = pairs(params.down, units.rows, inputs.rows);
            if down == 0u {
                continue;
            }
            let across = pairs(params.across, units.columns, inputs.columns);
            if across == 0u {
                continue;
            }
            let linked = links_between(units.maps, inputs.maps);
            used += linked * f32(down) * f32(across);
            different += linked * f32(kinds(params.down, units.rows, inputs.rows, down))
                * f32(kinds(params.across, units.columns, inputs.columns, across));
            touched = touched || (linked > 0.0 && touches(units, inputs));
        }
    }
    if used == 0.0 {
        return params.paper;
    }
    let cells = row.cells * column.cells;
    var colour: vec4f;
    if touched {
        colour = params.highlight;
    } else if params.by_identity == 1u && cells == 1.0 {
        colour = identity(pieces[row.first], pieces[column.first]);
    } else {
        colour = block_colour(used / cells, min(min(different, used), params.weights));
    }
    let strength = select(0.0, params.hairline_strength, row.gap == 1u || column.gap == 1u);
    return mix(colour, params.hairline, strength);
}

fn block_colour(density: f32, different: f32) -> vec4f {
    let dark = FAINT + (1.0 - FAINT) * clamp(1.0 + log2(density) / OCTAVES, 0.0, 1.0);
    let many = clamp(log2(different) / OCTAVES, 0.0, 1.0);
    return mix(params.paper, mix(params.used, params.many, many), dark);
}

// The colour of the weight in a block of one cell.
fn identity(unit: Piece, input: Piece) -> vec4f {
    let tile_row = unit.rows.x / params.down.tile;
    let tile_column = unit.columns.x / params.across.tile;
    let kernel = (unit.maps.x * params.down.tiles + tile_row) * params.across.tiles + tile_column;
    let ky = tap(params.down, unit.rows.x, input.rows.x);
    let kx = tap(params.across, unit.columns.x, input.columns.x);
    let slot = input.maps.x % params.slots;
    let offset = (slot * params.down.kernel + ky) * params.across.kernel + kx;
    var mixed = kernel * 0x9E3779B1u;
    mixed ^= mixed >> 15u;
    mixed *= 0x2C1B3C6Du;
    mixed ^= mixed >> 12u;
    return params.palette[(mixed + offset + offset / PALETTE * 3u) % PALETTE];
}

// Linked pairs of these output and input maps.
fn links_between(maps: vec2u, channels: vec2u) -> f32 {
    let stride = params.links_stride;
    if stride == 0u {
        return f32(maps.y - maps.x) * f32(channels.y - channels.x);
    }
    let upper = links[maps.x * stride + channels.y] - links[maps.x * stride + channels.x];
    let lower = links[maps.y * stride + channels.y] - links[maps.y * stride + channels.x];
    return f32(lower - upper);
}

// Pairs of a unit and a cell that it reads, along one axis.
fn pairs(axis: Axis, units: vec2u, cells: vec2u) -> u32 {
    if !reaches(axis, units, cells) {
        return 0u;
    }
    let first = first_cell(axis, units.x);
    let count = units.y - units.x;
    return taps_before(axis, count, i32(cells.y) - first)
        - taps_before(axis, count, i32(cells.x) - first);
}

// Whether the windows of these units, holes counted, reach into these cells.
fn reaches(axis: Axis, units: vec2u, cells: vec2u) -> bool {
    let end = first_cell(axis, units.y - 1u) + axis.span;
    return i32(cells.y) > first_cell(axis, units.x) && i32(cells.x) < end;
}

// Of `count` units all taps that lie less than `distance` cells behind the first unit's first cell.
fn taps_before(axis: Axis, count: u32, distance: i32) -> u32 {
    if distance < 1 {
        return 0u;
    }
    let ahead = u32(distance);
    if axis.stride == 0u {
        return count * min((ahead + axis.dilation - 1u) / axis.dilation, axis.kernel);
    }
    let span = u32(axis.span);
    var whole = 0u;
    if ahead >= span {
        whole = min(count, (ahead - span) / axis.stride + 1u);
    }
    let begun = min(count, (ahead - 1u) / axis.stride + 1u);
    if begun == whole {
        return axis.kernel * whole;
    }
    // Units with some of their taps, the last first.
    let least = ahead - (begun - 1u) * axis.stride + axis.dilation - 1u;
    return axis.kernel * whole + floor_sum(begun - whole, axis.dilation, axis.stride, least);
}

// The sum of floor((a·i + b) / m) for i < n, by Euclid's algorithm; one turn where m is 1.
fn floor_sum(n0: u32, m0: u32, a0: u32, b0: u32) -> u32 {
    var n = n0;
    var m = m0;
    var a = a0;
    var b = b0;
    var sum = 0u;
    loop {
        if a >= m {
            // Half of n·(n − 1), without the factor of two in between.
            let triangle = select(n * ((n - 1u) / 2u), (n / 2u) * (n - 1u), n % 2u == 0u);
            sum += triangle * (a / m);
            a %= m;
        }
        if b >= m {
            sum += n * (b / m);
            b %= m;
        }
        let top = a * n + b;
        if top < m {
            break;
        }
        n = top / m;
        b = top % m;
        let smaller = a;
        a = m;
        m = smaller;
    }
    return sum;
}

// At most how many kernels × taps stand in the pairs of these units and cells.
fn kinds(axis: Axis, units: vec2u, cells: vec2u, pairs: u32) -> u32 {
    let tiles = (units.y - 1u) / axis.tile - units.x / axis.tile + 1u;
    let lowest = u32(max(i32(cells.x) - first_cell(axis, units.y - 1u), 0));
    let highest = u32(max(i32(cells.y) - 1 - first_cell(axis, units.x), 0));
    let last = min(highest / axis.dilation, axis.kernel - 1u);
    let first = min((lowest + axis.dilation - 1u) / axis.dilation, last);
    return min(pairs, tiles * (last - first + 1u));
}

// Whether a cell of the block uses the touched weight.
fn touches(units: Piece, inputs: Piece) -> bool {
    return params.touches == 1u
        && units.maps.x <= params.touched_map && params.touched_map < units.maps.y
        && inputs.maps.x <= params.touched_channel && params.touched_channel < inputs.maps.y
        && touches_along(params.down, units.rows, inputs.rows)
        && touches_along(params.across, units.columns, inputs.columns);
}

// Whether one of the units reads one of the cells by the touched tap.
fn touches_along(axis: Axis, units: vec2u, cells: vec2u) -> bool {
    let first = max(units.x, axis.touched_first);
    let end = min(units.y, axis.touched_end);
    let low = i32(cells.x) - axis.touched_tap;
    let high = i32(cells.y) - 1 - axis.touched_tap;
    if first >= end || high < 0 {
        return false;
    }
    if axis.stride == 0u {
        return low <= 0;
    }
    // low ≤ unit · stride ≤ high
    let lowest = (u32(max(low, 0)) + axis.stride - 1u) / axis.stride;
    return max(first, lowest) <= min(end - 1u, u32(high) / axis.stride);
}

// The tap by which a unit reads a cell, where it does.
fn tap(axis: Axis, unit: u32, cell: u32) -> u32 {
    return u32(i32(cell) - first_cell(axis, unit)) / axis.dilation;
}

// The first cell of a unit's window; negative in the padding.
fn first_cell(axis: Axis, unit: u32) -> i32 {
    return i32(unit) * i32(axis.stride) + axis.start;
}
