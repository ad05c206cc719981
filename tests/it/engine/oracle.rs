//! Compares an operation with its scalar reference: the forward pass, and every gradient with central
//! differences of the reference in `f64`.

use candle_core::{CustomOp1, CustomOp3, Device, Tensor, Var};
use convscope::engine::lanes;
use convscope::engine::rng::Rng;
use convscope::network::Shape;

/// Far below the curvature of anything here, far above the rounding of `f64`.
const STEP: f64 = 1e-5;
/// Of sums of a few hundred products in `f32`.
const TOLERANCE: f64 = 2e-4;

/// A scalar reference: output of one image from its input, weight and bias.
pub type Reference<'a> = &'a dyn Fn(&[f64], &[f64], &[f64]) -> Vec<f64>;

/// Numbers in −1…1 that are exact in `f32`.
pub fn numbers(seed: u64, count: usize) -> Vec<f64> {
    let mut rng = Rng::new(&[seed]);
    (0..count).map(|_| f64::from(rng.symmetric())).collect()
}

fn volume(shape: Shape) -> usize {
    shape.iter().product()
}

/// Images as a tensor in lanes.
fn packed(images: &[Vec<f64>], shape: Shape) -> Tensor {
    lanes::pack(images.len(), shape, |i, image| {
        image.iter_mut().zip(&images[i]).for_each(|(to, from)| *to = *from as f32);
    })
    .unwrap()
}

fn parameter(values: &[f64]) -> Var {
    let values: Vec<f32> = values.iter().map(|&v| v as f32).collect();
    let count = values.len();
    Var::from_vec(values, count, &Device::Cpu).unwrap()
}

/// Checks an operation without parameters on `images` random images.
pub fn check_fixed(
    op: impl CustomOp1 + Send + Sync + 'static,
    images: usize,
    input: Shape,
    output: Shape,
    reference: &dyn Fn(&[f64]) -> Vec<f64>,
) {
    let x = random_images(images, input);
    let apply = |x: &Tensor, _: &Tensor, _: &Tensor| x.apply_op1(op).unwrap();
    check(apply, &x, [input, output], [&[], &[]], &|x, _, _| reference(x));
}

/// Checks an operation with a weight and a bias of these sizes.
pub fn check_trained(
    op: impl CustomOp3 + Send + Sync + 'static,
    images: usize,
    input: Shape,
    output: Shape,
    [weights, biases]: [usize; 2],
    reference: Reference<'_>,
) {
    let x = random_images(images, input);
    let apply = |x: &Tensor, w: &Tensor, b: &Tensor| x.apply_op3(w, b, op).unwrap();
    let (weight, bias) = (numbers(77, weights), numbers(78, biases));
    check(apply, &x, [input, output], [&weight, &bias], reference);
}

fn random_images(images: usize, input: Shape) -> Vec<Vec<f64>> {
    (0..images).map(|i| numbers(i as u64, volume(input))).collect()
}

fn check(
    apply: impl FnOnce(&Tensor, &Tensor, &Tensor) -> Tensor,
    x: &[Vec<f64>],
    [input, output]: [Shape; 2],
    [weight, bias]: [&[f64]; 2],
    reference: Reference<'_>,
) {
    let x_var = Var::from_tensor(&packed(x, input)).unwrap();
    let (weight_var, bias_var) = (parameter(weight), parameter(bias));
    let y = apply(&x_var, &weight_var, &bias_var);
    for (i, x) in x.iter().enumerate() {
        let found = lanes::unpack(&y, i).unwrap();
        assert_eq!(found.shape(), output);
        compare("output", found.values(), &reference(x, weight, bias));
    }

    // The loss is Σ gy·y, with a random gy for every output value.
    let gy: Vec<Vec<f64>> =
        (0..x.len()).map(|i| numbers(1000 + i as u64, volume(output))).collect();
    let loss = (&y * packed(&gy, output)).unwrap().sum_all().unwrap();
    let gradients = loss.backward().unwrap();
    let weighted = |gy: &[f64], y: Vec<f64>| -> f64 { gy.iter().zip(y).map(|(g, y)| g * y).sum() };

    let gx = gradients.get(&x_var).unwrap();
    for (i, (x, gy)) in x.iter().zip(&gy).enumerate() {
        let expected = differences(x, &|x| weighted(gy, reference(x, weight, bias)));
        compare("input gradient", lanes::unpack(gx, i).unwrap().values(), &expected);
    }
    let batch_loss = |weight: &[f64], bias: &[f64]| -> f64 {
        x.iter().zip(&gy).map(|(x, gy)| weighted(gy, reference(x, weight, bias))).sum()
    };
    if !weight.is_empty() {
        let found: Vec<f32> = gradients.get(&weight_var).unwrap().to_vec1().unwrap();
        let expected = differences(weight, &|weight| batch_loss(weight, bias));
        compare("weight gradient", &found, &expected);
        let found: Vec<f32> = gradients.get(&bias_var).unwrap().to_vec1().unwrap();
        let expected = differences(bias, &|bias| batch_loss(weight, bias));
        compare("bias gradient", &found, &expected);
    }
}

/// The derivative of `f` by each of its arguments.
fn differences(at: &[f64], f: &dyn Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut moved = at.to_vec();
    (0..at.len())
        .map(|i| {
            moved[i] = at[i] + STEP;
            let above = f(&moved);
            moved[i] = at[i] - STEP;
            let below = f(&moved);
            moved[i] = at[i];
            (above - below) / (2.0 * STEP)
        })
        .collect()
}

fn compare(what: &str, found: &[f32], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{what}: number of values");
    for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        let error = (f64::from(found) - expected).abs() / expected.abs().max(1.0);
        assert!(error <= TOLERANCE, "{what}[{i}]: {found} instead of {expected}");
    }
}
