//! The connection matrix as a picture: against the engine, against brute force, shader against twin.

use std::collections::HashSet;

use convscope::network::connect::{Border, Setting, Stop};
use convscope::network::wiring::{Sharing, Weight, Wiring};
use convscope::network::{Channels, zoo};
use convscope::render::wiring::{WiringPass, count_at, counts, draw};
use convscope::render::{
    CellPlace, Image, LayoutError, MAX_SIDE, Picture, RenderError, Renderer, Rgba, WiringCount,
    WiringStyle, WiringView,
};
use proptest::prelude::*;

use super::{GPU, assert_same};
use crate::network::wiring::{engine_matrix, layer, million, one_layer, tally};

/// All kinds of the story, a million units on a million pixels.
fn millions() -> [Wiring; 7] {
    [
        million(None, Stop::Local),
        million(Some(500), Stop::Local),
        million(Some(10), Stop::Local),
        million(Some(10), Stop::Tiles([2, 2])),
        million(Some(10), Stop::Tiles([8, 8])),
        million(Some(10), Stop::Tiles([256, 256])),
        million(Some(10), Stop::Shared),
    ]
}

fn view(row: u64, column: u64, cells_per_pixel: f64, width: u32, height: u32) -> WiringView {
    let place = |cell| CellPlace { cell, fraction: 0.0 };
    WiringView { row: place(row), column: place(column), cells_per_pixel, width, height }
}

/// A pixel per cell.
fn cell_by_cell(wiring: &Wiring) -> WiringView {
    view(0, 0, 1.0, wiring.columns() as u32, wiring.rows() as u32)
}

/// Weights spread over all there are, `most` at most.
fn some_weights(wiring: &Wiring, most: usize) -> Vec<Weight> {
    let mut weights: Vec<Weight> = tally(wiring).into_keys().collect();
    weights.sort();
    let step = weights.len().div_ceil(most).max(1);
    weights.into_iter().step_by(step).collect()
}

fn read(pass: &WiringPass, wiring: &Wiring, view: &WiringView, style: &WiringStyle) -> Image {
    GPU.read(&pass.run(wiring, view, style).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn a_touched_weight_lights_the_cells_where_the_engine_uses_it(network in one_layer()) {
        let pass = WiringPass::new(&GPU).unwrap();
        let wiring = Wiring::of_layer(&network, 1).unwrap();
        let matrix = engine_matrix(&network);
        let view = cell_by_cell(&wiring);
        for (i, weight) in some_weights(&wiring, 48).into_iter().enumerate() {
            let style = WiringStyle { touched: Some(weight), ..Default::default() };
            let number = wiring.tensor_index(weight);
            let mut pictures = vec![draw(&wiring, &view, &style, MAX_SIDE).unwrap()];
            if i % 3 == 0 {
                pictures.push(read(&pass, &wiring, &view, &style));
            }
            for picture in pictures {
                for (y, row) in (0..).zip(&matrix) {
                    for (x, &cell) in (0..).zip(row) {
                        let expected = match cell {
                            None => style.paper,
                            Some(index) if index == number => style.highlight,
                            Some(_) => style.used,
                        };
                        prop_assert_eq!(picture.pixel(x, y), expected, "{},{} {:?}", x, y, wiring);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn counts_are_those_of_brute_force(
        network in one_layer(),
        sharing in prop::option::of((1..4usize, 1..4usize)),
        place in (0.0..20.0f64, 0.0..20.0f64),
        zoom in -2.0..4.5f64,
    ) {
        let mut wiring = Wiring::of_layer(&network, 1).unwrap();
        if let Some((rows, columns)) = sharing {
            wiring.sharing = Sharing::Tiles([rows, columns]);
        }
        let at = |place: f64| CellPlace { cell: place as u64, fraction: place.fract() };
        let view = WiringView {
            row: at(place.0),
            column: at(place.1),
            cells_per_pixel: zoom.exp2(),
            width: 7,
            height: 5,
        };
        let shared = wiring.tile() != [1, 1];
        let found = counts(&wiring, &view, MAX_SIDE).unwrap();
        for (i, found) in (0..).zip(found) {
            let (x, y) = (i % 7, i / 7);
            let mut expected = WiringCount::default();
            let mut weights = HashSet::new();
            for row in view.rows_at(y).filter(|&row| u128::from(row) < wiring.rows()) {
                for column in view.columns_at(x).filter(|&c| u128::from(c) < wiring.columns()) {
                    expected.cells += 1;
                    if let Some(weight) = wiring.weight_at(row, column) {
                        expected.used += 1;
                        weights.insert(weight);
                    }
                }
            }
            let exact = weights.len() as u128;
            prop_assert_eq!((found.cells, found.used), (expected.cells, expected.used));
            prop_assert!(exact <= found.different && found.different <= found.used);
            prop_assert!(found.different <= wiring.weights());
            prop_assert!(shared || exact == found.different, "{} {:?}", exact, found);
            prop_assert_eq!(count_at(&wiring, &view, x, y).unwrap(), found);
        }
    }
}

#[test]
fn blocks_tile_and_all_pixels_together_hold_every_connection() {
    for wiring in millions() {
        for (width, height) in [(97, 101), (600, 600), (1, 1)] {
            let view = WiringView::whole(&wiring, width, height);
            let (mut cells, mut used) = (0, 0);
            for count in counts(&wiring, &view, MAX_SIDE).unwrap() {
                cells += count.cells;
                used += count.used;
                assert!(count.different <= count.used && count.different <= wiring.weights());
            }
            let all = wiring.rows() * wiring.columns();
            assert_eq!((cells, used), (all, wiring.cells()), "{width}×{height} {wiring:?}");
        }
    }
}

/// Whatever a person can ask for: kinds, strides, tables, odd sizes, zooms, switches.
#[test]
fn shader_and_twin_agree_at_every_zoom() {
    let pass = WiringPass::new(&GPU).unwrap();
    let lenet = zoo::lenet5();
    let of_lenet = |name: &str| Wiring::of_layer(&lenet, lenet.index_of(name).unwrap()).unwrap();
    let strided = Setting {
        image: [6, 101, 67],
        kernels: 9,
        field: [7, 7],
        stride: [3, 3],
        border: Border::Same,
        channels: Channels::Groups(3),
        ..Setting::default()
    };
    let strided = strided.wiring(Stop::Tiles([5, 5])).unwrap();
    let mut dilated = strided.clone();
    if let convscope::network::wiring::Reach::Window(lattice) = &mut dilated.reach {
        lattice.dilation = [2, 4];
        lattice.start = [-6, -12];
    }
    let more = ["C1", "C3", "C5", "F6"].map(of_lenet);
    let all = millions().into_iter().chain(more).chain([strided, dilated]);
    for wiring in all {
        let (rows, columns) = (wiring.rows() as f64, wiring.columns() as f64);
        let touched = (0..wiring.columns().min(5000) as u64)
            .find_map(|column| wiring.weight_at(wiring.rows() as u64 / 3, column * 197));
        for (step, zoom) in (0..9).zip([-5.0, -3.3, -1.0, 0.0, 0.4, 3.0, 5.7, 9.0, 14.3f64]) {
            // Somewhere on the diagonal, a little before it.
            let along = 0.1 + 0.09 * f64::from(step);
            let place = |cells: f64| {
                let at = (cells * along - 20.0 * zoom.exp2()).max(0.0);
                CellPlace { cell: at as u64, fraction: at.fract() }
            };
            let view = WiringView {
                row: place(rows),
                column: place(columns),
                cells_per_pixel: zoom.exp2(),
                width: 53,
                height: 37,
            };
            for (touched, by_identity) in [(None, step % 2 == 0), (touched, false)] {
                let colours =
                    if step % 2 == 0 { WiringStyle::dark() } else { WiringStyle::default() };
                let style = WiringStyle { touched, by_identity, ..colours };
                let twin = draw(&wiring, &view, &style, MAX_SIDE).unwrap();
                let gpu = read(&pass, &wiring, &view, &style);
                assert_same(&gpu, &twin, &format!("{zoom} {touched:?} {wiring:?}"));
            }
        }
    }
}

#[test]
fn both_backends_answer_at_the_door() {
    let wiring = million(Some(10), Stop::Shared);
    let view = WiringView::whole(&wiring, 61, 45);
    let style = WiringStyle::default();
    let mut gpu = Renderer::gpu(GPU.clone());
    let Picture::Texture(texture) = gpu.wiring_picture(&wiring, &view, &style).unwrap() else {
        panic!("{}", gpu.status());
    };
    let Picture::Image(image) = Renderer::cpu().wiring_picture(&wiring, &view, &style).unwrap()
    else {
        panic!("the CPU has no textures");
    };
    assert_same(&GPU.read(&texture).unwrap(), &image, "window");
    assert_same(&gpu.wiring(&wiring, &view, &style).unwrap(), &image, "memory");
    let huge = layer([1, 65_537, 65_536], 1, Some(3), 1, Stop::Shared);
    let refused = gpu.wiring(&huge, &view, &style);
    assert!(matches!(refused, Err(LayoutError::NotDrawn(_))), "{refused:?}");
}

/// 2³² rows and columns are the most: the last blocks end one past what 32 bits count.
#[test]
fn the_largest_matrix_is_drawn_to_its_last_cell() {
    let wiring = layer([1, 65_536, 65_536], 1, Some(3), 1, Stop::Shared);
    let whole = WiringView::whole(&wiring, 64, 64);
    let counted = counts(&wiring, &whole, MAX_SIDE).unwrap();
    assert_eq!(counted.iter().map(|count| count.cells).sum::<u128>(), 1 << 64);
    assert_eq!(counted.iter().map(|count| count.used).sum::<u128>(), wiring.cells());
    let last = (1 << 32) - 9;
    let corner = view(last, last, 0.25, 36, 36);
    let pass = WiringPass::new(&GPU).unwrap();
    for view in [whole, corner] {
        let twin = draw(&wiring, &view, &WiringStyle::default(), MAX_SIDE).unwrap();
        let gpu = read(&pass, &wiring, &view, &WiringStyle::default());
        assert_same(&gpu, &twin, &format!("{view:?}"));
        assert_ne!(twin.pixel(view.width - 2, view.height - 2), WiringStyle::default().paper);
    }
}

#[test]
fn a_picture_that_cannot_be_is_refused_by_both() {
    let pass = WiringPass::new(&GPU).unwrap();
    let wiring = million(Some(10), Stop::Shared);
    let style = WiringStyle::default();
    let good = WiringView::whole(&wiring, 9, 9);
    let zoom = |cells_per_pixel| WiringView { cells_per_pixel, ..good };
    let no_place = CellPlace { cell: 0, fraction: f64::NAN };
    let large = LayoutError::TooLarge { width: 9000, height: 9, max_side: MAX_SIDE };
    let cases = [
        (WiringView { width: 0, ..good }, LayoutError::NoPixels),
        (WiringView { width: 9000, ..good }, large),
        (zoom(0.0), LayoutError::Zoom),
        (zoom(-1.0), LayoutError::Zoom),
        (zoom(f64::NAN), LayoutError::Zoom),
        (zoom(f64::INFINITY), LayoutError::Zoom),
        (WiringView { row: no_place, ..good }, LayoutError::Zoom),
    ];
    for (view, error) in cases {
        assert_eq!(draw(&wiring, &view, &style, MAX_SIDE), Err(error.clone()));
        assert_eq!(pass.run(&wiring, &view, &style).unwrap_err(), RenderError::Layout(error));
    }
    // Whatever else there is gives a picture.
    let edges = [zoom(f64::MIN_POSITIVE), zoom(f64::MAX), view(u64::MAX, u64::MAX, 1e9, 9, 9)];
    for view in edges {
        let twin = draw(&wiring, &view, &style, MAX_SIDE).unwrap();
        assert_same(&read(&pass, &wiring, &view, &style), &twin, &format!("{view:?}"));
    }
    let beyond = view(1_000_000, 0, 1.0, 9, 9);
    let image = draw(&wiring, &beyond, &style, MAX_SIDE).unwrap();
    assert_eq!(image, Image::filled(9, 9, style.outside));
}

#[test]
fn colours_grow_with_density_and_with_weights() {
    for style in [WiringStyle::default(), WiringStyle::dark()] {
        assert_eq!(style.colour(0.0, 0.0), style.paper);
        assert_eq!(style.colour(1.0, 1.0), style.used, "a full block of one weight is a used cell");
        assert_eq!(style.colour(1.0, 1e6), style.many);
        assert_eq!(style.colour(1.0, 1e9), style.many);
        assert!(difference(style.colour(1e-12, 1.0), style.paper) >= 5, "faintly visible");
        for different in [1.0, 100.0, 1e6] {
            let steps = (0..=60).map(|i| style.colour(10f32.powf(-0.1 * i as f32), different));
            let from_paper: Vec<u32> =
                steps.map(|colour| difference(colour, style.paper)).collect();
            assert!(from_paper.is_sorted_by(|a, b| a >= b), "{from_paper:?}");
        }
        let steps = (0..=60).map(|i| style.colour(0.3, 10f32.powf(0.1 * i as f32)));
        let from_many: Vec<u32> = steps.map(|colour| difference(colour, style.many)).collect();
        assert!(from_many.is_sorted_by(|a, b| a >= b), "{from_many:?}");
    }
    // Zoomed out a local layer and a convolution differ by how many weights they have.
    let style = WiringStyle::default();
    let middle = |wiring: &Wiring| {
        let view = WiringView::whole(wiring, 600, 600);
        draw(wiring, &view, &style, MAX_SIDE).unwrap().pixel(300, 300)
    };
    let [conv, local] = [Stop::Shared, Stop::Local].map(|share| middle(&million(Some(10), share)));
    assert!(difference(conv, local) > 60, "{conv:?} {local:?}");
}

/// Levels between two colours, all channels together.
fn difference(a: Rgba, b: Rgba) -> u32 {
    a.0.iter().zip(b.0).map(|(a, b)| u32::from(a.abs_diff(b))).sum()
}

#[test]
fn a_pixel_holds_what_its_four_quarters_hold() {
    for wiring in millions() {
        // From a million cells a pixel down to one, around a point on the band.
        for octave in (1..=20).rev() {
            let coarse = f64::from(1u32 << octave);
            let first = 412_310u64.saturating_sub(1 << (octave + 2));
            let whole = counts(&wiring, &view(first, first, coarse, 8, 8), MAX_SIDE).unwrap();
            let fine =
                counts(&wiring, &view(first, first, coarse / 2.0, 16, 16), MAX_SIDE).unwrap();
            for (i, whole) in whole.iter().enumerate() {
                let corner = i / 8 * 32 + i % 8 * 2;
                let quarters = [corner, corner + 1, corner + 16, corner + 17];
                let sum = |part: fn(&WiringCount) -> u128| {
                    quarters.iter().map(|&quarter| part(&fine[quarter])).sum::<u128>()
                };
                let sums = (sum(|count| count.cells), sum(|count| count.used));
                assert_eq!((whole.cells, whole.used), sums, "octave {octave}, pixel {i}");
            }
        }
    }
}

/// The mean of red, green and blue over a picture.
fn mean(image: &Image) -> f64 {
    let pixels = image.rgba.chunks_exact(4);
    pixels.map(|pixel| pixel[..3].iter().map(|&c| f64::from(c)).sum::<f64>() / 3.0).sum::<f64>()
        / f64::from(image.width * image.height)
}

#[test]
fn nothing_jumps_while_one_zooms() {
    let style = WiringStyle::default();
    for wiring in millions() {
        // Levels of 255 between the means of one part of the matrix, drawn at neighbouring zooms. The bands of
        // a field of 500 are as wide as the gaps between them: where they are a few pixels wide, the
        // logarithmic scale makes a pixel on their edge nearly as dark as one inside.
        let most = if wiring.kernel() == [500, 500] { 12.0 } else { 4.0 };
        // Twenty octaves, from a cell larger than the picture to nearly all of the matrix.
        for step in -28..=52 {
            let zoom = |step: f64| (step / 4.0).exp2();
            let at = 412_310.5 - 32.0 * zoom(step.into());
            let place = CellPlace { cell: at as u64, fraction: at.fract() };
            // A quarter octave closer the same part has 2^¼ as many pixels a side: 64 become 76.
            let [far, near] = [(0.0, 64), (0.25, 76)].map(|(octaves, side)| {
                let cells_per_pixel = zoom(f64::from(step) - 4.0 * octaves);
                let (row, column) = (place, place);
                let view = WiringView { row, column, cells_per_pixel, width: side, height: side };
                mean(&draw(&wiring, &view, &style, MAX_SIDE).unwrap())
            });
            let jump = (far - near).abs();
            assert!(jump < most, "{jump} at {} cells a pixel, {wiring:?}", zoom(step.into()));
        }
    }
}

#[test]
fn cells_are_crisp_between_hairlines() {
    let wiring = million(Some(10), Stop::Shared);
    let style = WiringStyle { hairline: Rgba::opaque(0x11_22_33), ..Default::default() };
    // Fifteen pixels a cell.
    let close = WiringView::region(412_300..412_340, 412_295..412_335, 600, 600);
    let image = draw(&wiring, &close, &style, MAX_SIDE).unwrap();
    for (y, row) in (0..40).map(|i| (15 * i, 412_300 + u64::from(i))) {
        for (x, column) in (0..40).map(|i| (15 * i, 412_295 + u64::from(i))) {
            let used = wiring.weight_at(row, column).is_some();
            let inside = if used { style.used } else { style.paper };
            let line = if used { style.hairline } else { style.paper };
            for (dx, dy) in [(1, 1), (14, 14), (7, 3), (1, 14)] {
                assert_eq!(image.pixel(x + dx, y + dy), inside, "{row},{column}");
            }
            for (dx, dy) in [(0, 7), (7, 0), (0, 0)] {
                assert_eq!(image.pixel(x + dx, y + dy), line, "{row},{column}");
            }
        }
    }
    // By identity: the same weight has the same colour along the diagonal, neighbours differ.
    let style = WiringStyle { by_identity: true, ..style };
    let image = draw(&wiring, &close, &style, MAX_SIDE).unwrap();
    for (y, x) in (0..39).map(|i| (15 * i + 7, 15 * (i + 5) + 7)).take(34) {
        assert_eq!(image.pixel(x, y), image.pixel(x + 15, y + 15));
        assert_ne!(image.pixel(x, y), image.pixel(x - 15, y));
    }
}
