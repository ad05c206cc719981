//! Two kernels one after the other are one larger kernel, as long as nothing stands between them.

use crate::array::Array;

/// The one kernel that two kernels applied one after the other are, both cross-correlated and square
/// (`inner` first): as wide as both together, less one.
#[must_use]
pub fn composed(inner: &[f32], outer: &[f32]) -> Vec<f32> {
    let side = |kernel: &[f32]| kernel.len().isqrt();
    let (a, b) = (side(inner), side(outer));
    let width = (a + b).saturating_sub(1);
    let mut kernel = vec![0.0; width * width];
    for (i, &w) in outer.iter().enumerate() {
        for (j, &v) in inner.iter().enumerate() {
            let (y, x) = (i / b + j / a, i % b + j % a);
            kernel[y * width + x] += w * v;
        }
    }
    kernel
}

/// A map `[1, h, w]` under a square kernel that stays inside it; nothing where the kernel is larger.
#[must_use]
pub fn correlated(map: &Array, kernel: &[f32]) -> Array {
    let [_, h, w] = map.chw();
    let k = kernel.len().isqrt().max(1);
    let (rows, columns) = ((h + 1).saturating_sub(k), (w + 1).saturating_sub(k));
    Array::from_fn(&[1, rows, columns], |i| {
        let (y, x) = (i / columns.max(1), i % columns.max(1));
        let terms = kernel
            .iter()
            .enumerate()
            .map(|(j, weight)| f64::from(*weight) * f64::from(map.at([0, y + j / k, x + j % k])));
        terms.sum::<f64>() as f32
    })
}
