//! Curves without their noise.

/// Points on either side that a value is averaged with: a twentieth of the curve, at least one.
const PART: usize = 20;

/// The curve `(epoch, value)` with every value replaced: first by the median of three neighbouring ones, so
/// that no single outlier counts, then by the mean around it. At the ends the three are the outermost,
/// and the mean is over what there is.
pub fn smoothed(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let last = points.len().saturating_sub(1);
    let medians: Vec<f64> = (0..points.len())
        .map(|at| {
            let middle = if last < 2 { at } else { at.clamp(1, last - 1) };
            let mut near: Vec<f64> = points[middle.saturating_sub(1)..=(middle + 1).min(last)]
                .iter()
                .map(|&(_, value)| value)
                .collect();
            near.sort_by(f64::total_cmp);
            near[(near.len() - 1) / 2]
        })
        .collect();
    let reach = (points.len() / PART).max(1);
    (points.iter().enumerate())
        .map(|(at, &(epoch, _))| {
            let near = &medians[at.saturating_sub(reach)..=(at + reach).min(last)];
            (epoch, near.iter().sum::<f64>() / near.len() as f64)
        })
        .collect()
}

/// How much of the value went in the last third of the points: (before − now) ÷ before, where `now` is the
/// mean of the last sixth, and `before` that of the sixth before the last third.
pub fn fall(points: &[(f64, f64)]) -> f64 {
    let count = points.len();
    let (third, sixth) = (count / 3, (count / 6).max(1));
    let Some(start) = count.checked_sub(third.max(1) + sixth) else { return 0.0 };
    let mean = |part: &[(f64, f64)]| part.iter().map(|&(_, v)| v).sum::<f64>() / sixth as f64;
    let (before, now) = (mean(&points[start..start + sixth]), mean(&points[count - sixth..]));
    if before > 0.0 { (before - now) / before } else { 0.0 }
}

/// How far points lie off their smoothed curve, on average.
pub fn noise(points: &[(f64, f64)], smoothed: &[(f64, f64)]) -> f64 {
    let off = points.iter().zip(smoothed).map(|(point, smooth)| (point.1 - smooth.1).abs());
    // The steep beginning is no noise.
    let later = points.len() / 3;
    off.skip(later).sum::<f64>() / (points.len() - later).max(1) as f64
}

/// The smallest value.
pub fn lowest(points: &[(f64, f64)]) -> f64 {
    points.iter().map(|&(_, value)| value).fold(f64::INFINITY, f64::min)
}
