//! Digits in files and photographs come out as MNIST has them.

use std::path::Path;

use convscope::array::Array;
use convscope::data::pipeline::{self, Stage, run};
use convscope::data::{Picture, Split, digits, picture};

use crate::support::grey_picture;
use crate::support::photo::{Scene, photographed};

/// Pearson's correlation of two images.
fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let product = |x: &[f32], mx: f32, y: &[f32], my: f32| -> f32 {
        x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum()
    };
    let variances = product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b);
    product(a, mean_a, b, mean_b) / variances.sqrt().max(1e-9)
}

/// The image after centring: 28×28, ink 1.
fn centred(picture: &Picture) -> Array {
    let steps = run(&pipeline::digit_file(), &picture.to_array()).unwrap();
    let centre = |stage: &Stage| matches!(stage, Stage::CentreByMass { .. });
    steps.into_iter().find(|step| centre(&step.stage)).unwrap().image
}

fn unit(digit: &[u8]) -> Vec<f32> {
    digit.iter().map(|&value| f32::from(value) / 255.0).collect()
}

#[test]
fn pictures_that_are_mnist_already_come_out_nearly_themselves() {
    let mut mean = 0.0;
    let sample = digits::range(Split::Test).step_by(4);
    for index in sample.clone() {
        let digit = digits::bundled().image(index);
        let negative: Vec<u8> = digit.iter().map(|value| 255 - value).collect();
        let mut padded = vec![0; 32 * 32];
        for (y, row) in digit.chunks_exact(28).enumerate() {
            padded[(y + 2) * 32 + 2..][..28].copy_from_slice(row);
        }
        for (side, pixels) in [(28, digit), (28, &negative), (32, &padded)] {
            let image = centred(&grey_picture(side, pixels));
            let found = correlation(image.values(), &unit(digit));
            // A digit may come out one pixel aside.
            assert!(found > 0.5, "digit {index}: {found}");
            mean += found / (3 * sample.len()) as f32;
        }
    }
    assert!(mean > 0.99, "{mean}");
}

/// The digit turned like its photograph, 28×28.
fn tilted(digit: &[u8], radians: f32) -> Vec<f32> {
    let (sin, cos) = radians.sin_cos();
    let unit = unit(digit);
    let at = |y: i32, x: i32| {
        let inside = (0..28).contains(&y) && (0..28).contains(&x);
        if inside { unit[(y * 28 + x) as usize] } else { 0.0 }
    };
    let pixel = |i: i32| {
        let (y, x) = ((i / 28) as f32 - 13.5, (i % 28) as f32 - 13.5);
        let (y, x) = (y * cos - x * sin + 13.5, y * sin + x * cos + 13.5);
        let (dy, dx) = (y - y.floor(), x - x.floor());
        let (y, x) = (y.floor() as i32, x.floor() as i32);
        let row = |y| at(y, x) * (1.0 - dx) + at(y, x + 1) * dx;
        row(y) * (1.0 - dy) + row(y + 1) * dy
    };
    (0..28 * 28).map(pixel).collect()
}

/// `image` moved by whole pixels.
fn moved(image: &[f32], down: i32, right: i32) -> Vec<f32> {
    let at = |y: i32, x: i32| {
        let inside = (0..28).contains(&y) && (0..28).contains(&x);
        if inside { image[(y * 28 + x) as usize] } else { 0.0 }
    };
    (0..28 * 28).map(|i| at(i / 28 - down, i % 28 - right)).collect()
}

#[test]
fn photographed_digits_come_out_as_the_digits_they_show() {
    let sample: Vec<usize> = digits::range(Split::Test).take(60).collect();
    let (mut good, mut mean) = (0, 0.0);
    for &index in &sample {
        let digit = digits::bundled().image(index);
        let seed = index as u64;
        let photo = picture::decode(&photographed(digit, seed), Path::new("photo")).unwrap();
        let image = centred(&photo);
        let shown = tilted(digit, Scene::new(seed).tilt);
        let found = (-1..=1)
            .flat_map(|down| (-1..=1).map(move |right| (down, right)))
            .map(|(down, right)| correlation(image.values(), &moved(&shown, down, right)))
            .fold(0.0, f32::max);
        good += usize::from(found > 0.75);
        mean += correlation(image.values(), &unit(digit)) / sample.len() as f32;
    }
    assert!(good * 10 >= sample.len() * 9, "only {good} of {} were found", sample.len());
    // Not turned back and not moved: what a network has to live with.
    assert!(mean > 0.75, "{mean}");
}
