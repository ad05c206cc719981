//! Overlays: what a frame shows and leaves open, and the shader against its twin.

use convscope::array::Array;
use convscope::render::field_overlay::{Alpha, FieldOverlayPass, draw, draw_heated};
use convscope::render::{
    Field, FieldBox, FieldOverlayStyle, Heat, Image, LayoutError, MAX_SIDE, Rgba,
};

use super::{GPU, assert_same};

const fn solid([y0, x0, y1, x1]: [i32; 4]) -> FieldBox {
    FieldBox { y0, x0, y1, x1, dashed: false }
}

const fn dashed(corners: [i32; 4]) -> FieldBox {
    FieldBox { dashed: true, ..solid(corners) }
}

/// A map of 10 × 10 units with one solid box, ten pixels a unit.
fn on_ten(corners: [i32; 4]) -> (Field, FieldOverlayStyle, Image) {
    let field = Field { rows: 10, columns: 10, boxes: [Some(solid(corners)), None] };
    let style = FieldOverlayStyle { width: 100, height: 100, ..Default::default() };
    let image = draw(&field, &style, MAX_SIDE).unwrap();
    (field, style, image)
}

#[test]
fn a_frame_is_casing_line_casing_just_outside_its_units() {
    let (_, style, image) = on_ten([2, 3, 7, 8]);
    let along_row_45: Vec<_> = (24..=31).map(|x| image.pixel(x, 45)).collect();
    let (line, casing) = (style.line, style.casing);
    let clear = Rgba::TRANSPARENT;
    let expected = [style.dim, style.dim, casing, line, line, casing, clear, clear];
    assert_eq!(along_row_45, expected, "the box begins at pixel 30");
    assert_eq!(image.pixel(79, 45), clear);
    assert_eq!(image.pixel(80, 45), casing);
    assert_eq!(image.pixel(45, 19), casing);
    assert_eq!(image.pixel(45, 70), casing);
}

#[test]
fn a_side_at_the_border_is_drawn_and_one_beyond_it_is_open() {
    let (_, style, at_border) = on_ten([0, 0, 5, 10]);
    assert_eq!(at_border.pixel(1, 25), style.line, "left");
    assert_eq!(at_border.pixel(98, 25), style.line, "right");
    assert_eq!(at_border.pixel(50, 1), style.line, "top");

    let (_, style, beyond) = on_ten([-1, -2, 5, 11]);
    assert_eq!(beyond.pixel(0, 25), Rgba::TRANSPARENT, "left is open");
    assert_eq!(beyond.pixel(99, 25), Rgba::TRANSPARENT, "right is open");
    assert_eq!(beyond.pixel(50, 0), Rgba::TRANSPARENT, "top is open");
    // The bottom line runs to both borders.
    assert_eq!(beyond.pixel(0, 51), style.line);
    assert_eq!(beyond.pixel(99, 52), style.line);
    assert_eq!(beyond.pixel(50, 60), style.dim);
}

#[test]
fn a_field_larger_than_the_map_shows_it_all_without_a_line() {
    let (_, _, image) = on_ten([-700, -700, 751, 751]);
    assert_eq!(image, Image::filled(100, 100, Rgba::TRANSPARENT));
}

#[test]
fn a_field_beside_the_map_leaves_it_all_dimmed() {
    for corners in [[-5, 0, 0, 5], [0, 10, 5, 12], [i32::MIN, i32::MIN, -1, -1]] {
        let (_, style, image) = on_ten(corners);
        assert_eq!(image, Image::filled(100, 100, style.dim), "{corners:?}");
    }
}

#[test]
fn without_a_box_nothing_is_dimmed() {
    for corners in [[3, 3, 3, 9], [5, 5, 2, 2]] {
        let (_, _, image) = on_ten(corners);
        assert_eq!(image, Image::filled(100, 100, Rgba::TRANSPARENT), "{corners:?} is empty");
    }
}

#[test]
fn dashes_leave_what_lies_under_them() {
    let style = FieldOverlayStyle { width: 100, height: 100, ..Default::default() };
    let boxes = [Some(dashed([2, 2, 8, 8])), None];
    let image = draw(&Field { rows: 10, columns: 10, boxes }, &style, MAX_SIDE).unwrap();
    // The frame begins four pixels outside of the box, at 16, and so does the first dash.
    let (casing, line, space) = (style.casing, style.line, style.dim);
    let top: Vec<_> = (16..30).map(|at| image.pixel(at, 17)).collect();
    let left: Vec<_> = (16..30).map(|at| image.pixel(17, at)).collect();
    let begin = [casing, line, line, line, space, space, space, space];
    let next = [line, line, line, line, space, space];
    assert_eq!(top, [&begin[..], &next].concat());
    assert_eq!(left, top);
}

#[test]
fn two_boxes_are_clear_together_and_the_second_lies_over_the_first() {
    let style = FieldOverlayStyle { width: 100, height: 100, ..Default::default() };
    let boxes = [Some(solid([1, 1, 5, 5])), Some(solid([3, 3, 9, 9]))];
    let image = draw(&Field { rows: 10, columns: 10, boxes }, &style, MAX_SIDE).unwrap();
    for (x, y) in [(20, 20), (80, 80), (40, 40)] {
        assert_eq!(image.pixel(x, y), Rgba::TRANSPARENT, "{x},{y}");
    }
    assert_eq!(image.pixel(80, 15), style.dim);
    // Where the first frame's right side meets the second one's top side.
    assert_eq!(image.pixel(50, 27), style.line);
}

/// Boxes that are negative, clipped, beside the map, empty, one unit large, as large as numbers go.
const CORNERS: [[i32; 4]; 11] = [
    [2, 3, 7, 8],
    [0, 0, 1, 1],
    [12, 8, 13, 9],
    [-3, -4, 2, 3],
    [-1, 2, 14, 5],
    [5, -2, 8, 10],
    [-700, -700, 751, 751],
    [-5, 0, 0, 5],
    [20, 20, 30, 30],
    [4, 4, 4, 8],
    [i32::MIN, i32::MIN, i32::MAX, i32::MAX],
];

#[test]
fn shader_and_twin_agree_on_every_box_size_and_width() {
    let pass = FieldOverlayPass::new(&GPU).unwrap();
    let plain = FieldOverlayStyle { width: 117, height: 83, ..Default::default() };
    let styles = [
        plain,
        FieldOverlayStyle { line_px: 1, casing_px: 0, dash_px: 1, ..plain },
        FieldOverlayStyle { line_px: 5, casing_px: 2, dash_px: 7, width: 16, height: 16, ..plain },
        FieldOverlayStyle { line_px: 0, casing_px: 0, dash_px: 0, width: 1, height: 1, ..plain },
        FieldOverlayStyle { line_px: u32::MAX, casing_px: u32::MAX, dash_px: u32::MAX, ..plain },
    ];
    for style in styles {
        for (i, corners) in CORNERS.into_iter().enumerate() {
            let hovered = dashed(CORNERS[(i + 1) % CORNERS.len()]);
            let pinned = solid(corners);
            for boxes in [[Some(pinned), Some(hovered)], [None, Some(dashed(corners))], [None; 2]] {
                let field = Field { rows: 13, columns: 9, boxes };
                let texture = pass.run(&field, None, &style, Alpha::Straight).unwrap();
                let twin = draw(&field, &style, MAX_SIDE).unwrap();
                assert_same(&GPU.read(&texture).unwrap(), &twin, &format!("{field:?} {style:?}"));
            }
        }
    }
}

#[test]
fn the_texture_for_egui_is_the_same_premultiplied() {
    let pass = FieldOverlayPass::new(&GPU).unwrap();
    let (field, style, expected) = on_ten([2, 3, 7, 12]);
    let texture = pass.run(&field, None, &style, Alpha::Premultiplied).unwrap();
    assert_same(&GPU.read(&texture).unwrap(), &premultiplied(expected), "premultiplied");
}

/// On a map of 10 × 10 units: 0 but for some values at (row, column).
fn heat<const N: usize>(hot: [([usize; 2], f32); N]) -> Heat {
    Heat::of(Array::from_fn(&[10, 10], |i| {
        let here = hot.iter().find(|(place, _)| *place == [i / 10, i % 10]);
        here.map_or(0.0, |&(_, value)| value)
    }))
}

#[test]
fn heat_is_as_opaque_as_it_is_large_and_nothing_is_clear() {
    let (field, style, without) = on_ten([2, 3, 7, 8]);
    let heat = heat([
        ([4, 4], 5.0),
        ([4, 5], 2.5),
        ([5, 5], -1.0),
        ([5, 6], f32::NAN),
        ([6, 6], f32::INFINITY),
    ]);
    assert_eq!(heat.maximum, 5.0);
    let image = draw_heated(&field, Some(&heat), &style, MAX_SIDE).unwrap();
    let magenta = |alpha| style.heat.with_alpha(alpha);
    for ([y, x], expected) in [
        ([4, 4], magenta(255)),
        ([4, 5], magenta(128)),
        ([4, 6], Rgba::TRANSPARENT),
        ([5, 5], Rgba::TRANSPARENT),
        ([5, 6], Rgba::TRANSPARENT),
        ([6, 6], magenta(255)),
        ([0, 0], style.dim),
    ] {
        // The first and the last pixel of the unit.
        for inside in [0, 9] {
            assert_eq!(image.pixel(10 * x + inside, 10 * y + inside), expected, "{y},{x}");
        }
    }
    // The frame is where it was.
    assert_eq!(image.pixel(27, 45), without.pixel(27, 45));
    // What has no heat at all is drawn as if there were none.
    for maximum in [0.0, -1.0, f32::NAN] {
        let cold = Heat { maximum, ..heat.clone() };
        assert_eq!(draw_heated(&field, Some(&cold), &style, MAX_SIDE).unwrap(), without);
    }
    let empty = Heat { values: Array::full(&[0, 10], 0.0), maximum: 1.0 };
    assert_eq!(draw_heated(&field, Some(&empty), &style, MAX_SIDE).unwrap(), without);
}

#[test]
fn heat_lies_over_what_is_dimmed_and_under_the_frames() {
    let (field, style, _) = on_ten([2, 3, 7, 8]);
    let heat = heat([([0, 0], 1.0), ([0, 1], 0.5), ([2, 2], 1.0)]);
    let image = draw_heated(&field, Some(&heat), &style, MAX_SIDE).unwrap();
    assert_eq!(image.pixel(5, 5), style.heat);
    // Half of the heat over the paper's 140 of 255.
    let Rgba([r, g, b, alpha]) = image.pixel(15, 5);
    let Rgba([heat_r, heat_g, ..]) = style.heat;
    let Rgba([paper_r, paper_g, ..]) = style.dim;
    assert_eq!(alpha, 198, "half and half of what is left");
    assert!(heat_r < r && r < paper_r && heat_g < g && g < paper_g && b > 0);
    assert_eq!(image.pixel(28, 25), style.line, "the frame's left side crosses the hot unit");
}

#[test]
fn shader_and_twin_agree_on_heat() {
    let pass = FieldOverlayPass::new(&GPU).unwrap();
    let plain = FieldOverlayStyle { width: 117, height: 83, ..Default::default() };
    let styles = [
        plain,
        FieldOverlayStyle { width: 9, height: 13, line_px: 1, casing_px: 0, ..plain },
        FieldOverlayStyle { width: 5, height: 4, ..plain },
        FieldOverlayStyle { heat: Rgba::opaque(0xFA_4F_A3).with_alpha(200), ..plain },
    ];
    let values = Array::from_fn(&[1, 13, 9], |i| ((i as f32 * 0.7).sin() * 2.0 - 0.4).powi(3));
    let broken = Array::from_fn(&[13, 9], |i| match i % 5 {
        0 => f32::NAN,
        1 => f32::INFINITY,
        2 => -f32::INFINITY,
        _ => i as f32,
    });
    let heats = [
        Some(Heat::of(values.clone())),
        Some(Heat { values: values.clone(), maximum: 1e-3 }),
        Some(Heat { values, maximum: 40.0 }),
        Some(Heat::of(broken)),
        // Of another size than the map, and nothing at all.
        Some(Heat::of(Array::from_fn(&[2, 31], |i| i as f32))),
        Some(Heat::of(Array::full(&[13, 9], 0.0))),
        Some(Heat { values: Array::full(&[0, 0], 0.0), maximum: 1.0 }),
        None,
    ];
    let boxes = [[Some(solid([2, 3, 7, 8])), Some(dashed([-1, 2, 14, 5]))], [None; 2]];
    for style in styles {
        for heat in &heats {
            for boxes in boxes {
                let field = Field { rows: 13, columns: 9, boxes };
                let what = format!("{field:?} {heat:?} {style:?}");
                let twin = draw_heated(&field, heat.as_ref(), &style, MAX_SIDE).unwrap();
                let run = |alpha| pass.run(&field, heat.as_ref(), &style, alpha).unwrap();
                assert_same(&GPU.read(&run(Alpha::Straight)).unwrap(), &twin, &what);
                let shown = GPU.read(&run(Alpha::Premultiplied)).unwrap();
                assert_same(&shown, &premultiplied(twin), &what);
            }
        }
    }
}

fn premultiplied(mut image: Image) -> Image {
    for pixel in image.rgba.chunks_exact_mut(4) {
        let alpha = f32::from(pixel[3]) / 255.0;
        pixel[..3].iter_mut().for_each(|level| *level = (f32::from(*level) * alpha).round() as u8);
    }
    image
}

#[test]
fn a_picture_that_cannot_be_is_refused() {
    let field = Field { rows: 1, columns: 1, boxes: [None; 2] };
    let style = |width| FieldOverlayStyle { width, height: 10, ..Default::default() };
    let error = LayoutError::TooLarge { width: 9000, height: 10, max_side: MAX_SIDE };
    assert_eq!(draw(&field, &style(9000), MAX_SIDE), Err(error));
    assert_eq!(draw(&field, &style(0), MAX_SIDE), Err(LayoutError::Empty));
    // A map without units has nothing to frame.
    let field = Field { rows: 0, columns: 0, boxes: [Some(solid([-1, -1, 1, 1])), None] };
    let image = draw(&field, &style(10), MAX_SIDE).unwrap();
    assert_eq!(image, Image::filled(10, 10, style(10).dim));
}
