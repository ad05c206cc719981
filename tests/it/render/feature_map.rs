//! Atlases: geometry, ranges, and the shader against its twin.

use convscope::array::{Array, Range};
use convscope::render::feature_map::{FeatureMapPass, draw, ranges};
use convscope::render::{
    AtlasLayout, FeatureMapStyle, LayoutError, MAX_SIDE, NOT_A_NUMBER, RangeMode, RenderError,
    Rgba, Scale,
};

use super::{GPU, assert_same};

/// Sizes that do not divide by a workgroup, flat ones, one map, many maps.
const SIZES: [[usize; 3]; 8] = [
    [1, 1, 1],
    [3, 5, 7],
    [6, 28, 28],
    [16, 10, 10],
    [120, 1, 1],
    [7, 1, 9],
    // More values than a workgroup has threads, more maps than that, not multiples of it.
    [2, 37, 41],
    [300, 2, 1],
];

const SCALES: [Scale; 4] = [
    Scale::Sequential,
    Scale::Diverging,
    Scale::Grey { inverted: false },
    Scale::Grey { inverted: true },
];

const MODES: [RangeMode; 3] =
    [RangeMode::Map, RangeMode::Layer, RangeMode::Fixed(Range { min: -0.4, max: 0.9 })];

/// Uneven, signed values with another range on every map.
fn waves(shape: [usize; 3]) -> Array {
    let per_map = (shape[1] * shape[2]) as f32;
    Array::from_fn(&shape, |i| (i as f32 * 0.7).sin() * (1.0 + i as f32 / per_map) - 0.3)
}

fn style(scale: Scale, range: RangeMode) -> FeatureMapStyle {
    FeatureMapStyle { columns: 5, cell: 3, gap: 3, scale, range, ..Default::default() }
}

#[track_caller]
fn assert_gpu_draws_like_twin(pass: &FeatureMapPass, values: &Array, style: &FeatureMapStyle) {
    let gpu = GPU.read(&pass.run(values, style).unwrap()).unwrap();
    let twin = draw(values, style, MAX_SIDE).unwrap();
    assert_same(&gpu, &twin, &format!("{:?} {style:?}", values.shape()));
}

#[test]
fn shader_and_twin_agree_on_every_size_scale_and_range() {
    let pass = FeatureMapPass::new(&GPU).unwrap();
    for size in SIZES {
        for scale in SCALES {
            for mode in MODES {
                assert_gpu_draws_like_twin(&pass, &waves(size), &style(scale, mode));
            }
        }
    }
}

#[test]
fn shader_and_twin_agree_on_layout_selection_and_fading() {
    let pass = FeatureMapPass::new(&GPU).unwrap();
    let plain = style(Scale::Sequential, RangeMode::Map);
    let background = Rgba::opaque(0x14_16_1A);
    let styles = [
        FeatureMapStyle { cell: 1, gap: 0, columns: 1, selected: Some(2), ..plain.clone() },
        FeatureMapStyle { cell: 0, gap: 1, columns: 0, selected: Some(0), ..plain.clone() },
        FeatureMapStyle { gap: 5, columns: 99, selected: Some(5), frame: 2, ..plain.clone() },
        FeatureMapStyle { gap: 2, selected: Some(3), frame: 9, background, ..plain.clone() },
        FeatureMapStyle { selected: Some(6), background, ..plain.clone() },
        FeatureMapStyle { fade: 0.55, ..plain.clone() },
        FeatureMapStyle { fade: 1.0, fade_from: 500, ..plain.clone() },
        FeatureMapStyle { fade: 0.3, fade_from: u32::MAX, ..plain },
    ];
    for style in styles {
        assert_gpu_draws_like_twin(&pass, &waves([6, 12, 11]), &style);
    }
}

#[test]
fn shader_and_twin_agree_on_values_that_are_no_ordinary_numbers() {
    let pass = FeatureMapPass::new(&GPU).unwrap();
    let (nan, inf, tiny) = (f32::NAN, f32::INFINITY, f32::from_bits(1));
    let strange: [[f32; 4]; 12] = [
        [nan, 1.0, 2.0, 3.0],
        [-inf, 1.0, 2.0, inf],
        [nan, -nan, f32::from_bits(0x7F80_0001), f32::from_bits(0xFFFF_FFFF)],
        [inf, inf, inf, inf],
        [-inf, nan, inf, nan],
        [5.0, 5.0, 5.0, 5.0],
        [-5.0, -5.0, -5.0, inf],
        [0.0, -0.0, 0.0, -0.0],
        [0.0, tiny, 2.0 * tiny, -tiny],
        [f32::MAX, f32::MIN, 0.0, 1.0],
        [f32::MAX, f32::MAX, f32::MAX, f32::MAX],
        [1e-30, 2e-30, 3e-30, -1e-30],
    ];
    let together = Array::new(&[12, 2, 2], strange.concat()).unwrap();
    let broken = Range { min: nan, max: 1.0 };
    let backwards = Range { min: 1.0, max: -1.0 };
    for scale in SCALES {
        for mode in MODES.into_iter().chain([broken, backwards].map(RangeMode::Fixed)) {
            assert_gpu_draws_like_twin(&pass, &together, &style(scale, mode));
            // Alone, the map is the layer.
            for map in strange {
                let alone = Array::new(&[1, 2, 2], map.to_vec()).unwrap();
                assert_gpu_draws_like_twin(&pass, &alone, &style(scale, mode));
            }
        }
    }
}

#[test]
fn what_is_not_a_number_is_seen() {
    let values = Array::new(&[1, 1, 2], vec![f32::NAN, 1.0]).unwrap();
    let style = FeatureMapStyle { cell: 1, gap: 0, ..Default::default() };
    let image = draw(&values, &style, MAX_SIDE).unwrap();
    assert_eq!(image.pixel(0, 0), NOT_A_NUMBER);
    assert_eq!(image.pixel(1, 0), Scale::Sequential.colour(0.5), "the only number is the middle");
}

#[test]
fn ranges_follow_the_mode_and_leave_out_what_is_not_finite() {
    let values = vec![1.0, f32::NAN, 3.0, f32::INFINITY, -2.0, -2.0, f32::NAN, f32::NAN];
    let values = Array::new(&[4, 1, 2], values).unwrap();
    let range = |min, max| Range { min, max };
    let maps = [range(1.0, 1.0), range(3.0, 3.0), range(-2.0, -2.0), range(0.0, 0.0)];
    assert_eq!(ranges(&values, RangeMode::Map), maps);
    assert_eq!(ranges(&values, RangeMode::Layer), [range(-2.0, 3.0)]);
    assert_eq!(ranges(&values, RangeMode::Fixed(range(0.0, 9.0))), [range(0.0, 9.0)]);
}

#[test]
fn unit_at_is_the_inverse_of_unit_rect() {
    for gap in [0, 2] {
        let atlas = AtlasLayout::new([5, 3, 4], 2, 3, gap, MAX_SIDE).unwrap();
        let mut pixels_of_units = 0;
        for y in 0..atlas.height + 9 {
            for x in 0..atlas.width + 9 {
                let Some(unit) = atlas.unit_at(x, y) else { continue };
                pixels_of_units += 1;
                let rect = atlas.unit_rect(unit);
                assert!((rect.x..rect.x + rect.width).contains(&x), "{x},{y} is {unit:?}");
                assert!((rect.y..rect.y + rect.height).contains(&y), "{x},{y} is {unit:?}");
            }
        }
        assert_eq!(pixels_of_units, 5 * 3 * 4 * 9, "every unit has all of its pixels");
        assert_eq!(atlas.unit_at(u32::MAX, u32::MAX), None);
    }
}

#[test]
fn the_frame_surrounds_the_selected_map_and_covers_nothing() {
    let values = waves([4, 2, 2]);
    let plain = FeatureMapStyle { columns: 2, ..Default::default() };
    let framed = FeatureMapStyle { selected: Some(3), ..plain.clone() };
    let [before, after] = [plain, framed].map(|style| draw(&values, &style, MAX_SIDE).unwrap());
    let atlas = AtlasLayout::new([4, 2, 2], 2, 4, 4, MAX_SIDE).unwrap();
    let map = atlas.map_rect(3);
    let accent = FeatureMapStyle::default().accent;
    let (right, bottom) = (map.x + map.width, map.y + map.height);
    for (x, y) in [(map.x - 1, map.y), (map.x - 2, map.y - 2), (right + 1, bottom + 1)] {
        assert_eq!(after.pixel(x, y), accent, "{x},{y}");
    }
    for (x, y) in [(map.x - 3, map.y), (right + 2, bottom)] {
        assert_eq!(after.pixel(x, y), Rgba::TRANSPARENT, "{x},{y}");
    }
    let outside_gaps = |&(x, y): &(u32, u32)| atlas.unit_at(x, y).is_some();
    let all = (0..atlas.height).flat_map(|y| (0..atlas.width).map(move |x| (x, y)));
    for (x, y) in all.filter(outside_gaps) {
        assert_eq!(before.pixel(x, y), after.pixel(x, y));
    }
}

#[test]
fn fitting_fills_a_square_and_shrinks_the_cells_only_if_it_must() {
    let atlas = AtlasLayout::fitting([16, 10, 10], 4, 2, MAX_SIDE).unwrap();
    assert_eq!((atlas.columns, atlas.cell), (4, 4));
    let wide = AtlasLayout::fitting([4, 1, 100], 4, 2, MAX_SIDE).unwrap();
    assert_eq!(wide.columns, 1);
    let tall = AtlasLayout::fitting([4, 100, 1], 4, 2, MAX_SIDE).unwrap();
    assert_eq!(tall.columns, 4);
    let shrunk = AtlasLayout::fitting([64, 112, 112], 20, 4, MAX_SIDE).unwrap();
    assert_eq!((shrunk.columns, shrunk.cell), (8, 9), "8 · (112 · 9 + 4) + 4 = 8100 ≤ 8192");
}

#[test]
fn an_atlas_that_cannot_be_is_refused_by_both() {
    let pass = FeatureMapPass::new(&GPU).unwrap();
    let style = FeatureMapStyle { columns: 1, cell: 90, gap: 0, ..Default::default() };
    let error = LayoutError::TooLarge { width: 9000, height: 90, max_side: MAX_SIDE };
    for (shape, error) in [([1, 1, 100], error), ([0, 3, 3], LayoutError::Empty)] {
        let values = Array::full(&shape, 0.0);
        assert_eq!(draw(&values, &style, MAX_SIDE), Err(error.clone()));
        assert_eq!(pass.run(&values, &style).unwrap_err(), RenderError::Layout(error));
    }
    let error = AtlasLayout::fitting([1, 1, 9000], 3, 0, MAX_SIDE).unwrap_err();
    assert_eq!(error, LayoutError::TooLarge { width: 9000, height: 1, max_side: MAX_SIDE });
    // Numbers that would overflow 32 and 64 bits on the way.
    for chw in [[1 << 28, 1, 1], [1, usize::MAX, 1]] {
        AtlasLayout::new(chw, 1, u32::MAX, u32::MAX, MAX_SIDE).unwrap_err();
        AtlasLayout::fitting(chw, 1, u32::MAX, MAX_SIDE).unwrap_err();
    }
}
