// The smallest and largest finite value of every map of a layer, then of the layer.
// Twin: `ranges` in src/render/feature_map/twin.rs.

// Keep in sync with `RangeParams` in src/render/feature_map/gpu_data.rs.
struct Params {
    maps: u32,
    // Values of one map.
    map_len: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
// The bits of f32 values, map after map: arithmetic on infinities and NaNs is not dependable in
// WGSL, integers are.
@group(0) @binding(1) var<storage, read> values: array<u32>;
// (min, max) of each map, then of the layer; min > max where there is no finite value.
@group(0) @binding(2) var<storage, read_write> ranges: array<vec2f>;

const THREADS = 256u;
const LARGEST = 3.4028234e38;
const EMPTY = vec2f(LARGEST, -LARGEST);

var<workgroup> partial: array<vec2f, THREADS>;

// One workgroup a map; the workgroups share the maps out among themselves.
@compute @workgroup_size(THREADS)
fn map_ranges(
    @builtin(local_invocation_index) thread: u32,
    @builtin(workgroup_id) group: vec3u,
    @builtin(num_workgroups) groups: vec3u,
) {
    for (var map = group.x; map < params.maps; map += groups.x) {
        var own = EMPTY;
        for (var i = thread; i < params.map_len; i += THREADS) {
            own = merged(own, range_of(values[map * params.map_len + i]));
        }
        let whole = reduced(thread, own);
        if thread == 0u {
            ranges[map] = whole;
        }
    }
}

// One workgroup: the range of the maps' ranges.
@compute @workgroup_size(THREADS)
fn layer_range(@builtin(local_invocation_index) thread: u32) {
    var own = EMPTY;
    for (var map = thread; map < params.maps; map += THREADS) {
        own = merged(own, ranges[map]);
    }
    let whole = reduced(thread, own);
    if thread == 0u {
        ranges[params.maps] = whole;
    }
}

fn range_of(bits: u32) -> vec2f {
    // All exponent bits set: an infinity or not a number.
    if (bits & 0x7f800000u) == 0x7f800000u {
        return EMPTY;
    }
    return vec2f(bitcast<f32>(bits));
}

fn merged(a: vec2f, b: vec2f) -> vec2f {
    return vec2f(min(a.x, b.x), max(a.y, b.y));
}

// The union of what the threads of a workgroup hold, by halving.
fn reduced(thread: u32, own: vec2f) -> vec2f {
    partial[thread] = own;
    workgroupBarrier();
    for (var half = THREADS / 2u; half > 0u; half /= 2u) {
        if thread < half {
            partial[thread] = merged(partial[thread], partial[thread + half]);
        }
        workgroupBarrier();
    }
    let whole = partial[0];
    // The next map must not overwrite it before all threads have read it.
    workgroupBarrier();
    return whole;
}
