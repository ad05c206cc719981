//! One rule per situation; the first that applies is the answer.
//!
//! Losses are compared with that of guessing, ln of the number of classes, so that the same numbers hold
//! for two classes and for a thousand.

use super::{Advice, Curve, Evidence, Situation};

/// What a rule says, if it applies.
type Verdict = Option<(Situation, Vec<Advice>)>;

/// In the order in which they are asked; where none applies, the training is learning.
pub const RULES: [fn(&Curve, &Evidence) -> Verdict; 7] =
    [diverged, too_early, vanishing, not_learning, overfitting, done, underfitting];

/// Fewer points than this say nothing.
const LEAST_POINTS: usize = 4;
/// With fewer points than this, slowness says nothing.
const PATIENCE: usize = 10;
/// A loss above so many times that of guessing has left all bounds.
const BEYOND: f64 = 3.0;
/// A loss above this part of that of guessing has learned nothing.
const NOTHING: f64 = 0.93;
/// A first layer whose weights get less than this part of what the last one's get is out of reach.
const VANISHED: f64 = 1e-3;
/// A test loss this much above its lowest, as a part of it, rises.
const RISE: f64 = 0.1;
/// And by at least this part of the loss of guessing: near 0, a tenth is nothing.
const LEAST_RISE: f64 = 0.02;
/// And by so many times what single points lie off the smoothed curve.
const NOISE: f64 = 3.0;
/// A test loss so many times the training loss lies far above it.
const FAR_ABOVE: f64 = 4.0;
/// A loss below this part of that of guessing is low.
const LOW: f64 = 0.1;
/// A loss that lost less than this part in the last third of the time stands still.
pub const STILL: f64 = 0.05;
/// A loss that lost less than this part falls slowly.
const SLOW: f64 = 0.2;
/// A loss above this part of that of guessing is high.
const HIGH: f64 = 0.2;

/// A number that is not finite, or a loss far above that of guessing: the steps leap over the valley and
/// land higher on its other side each time.
fn diverged(curve: &Curve, e: &Evidence) -> Verdict {
    let finite = curve.points.last().is_none_or(|point| point.train_loss.is_finite());
    let beyond = e.train_loss > BEYOND * e.chance_loss && e.train_loss >= e.first_loss;
    (curve.diverged || !finite || (curve.points.len() >= LEAST_POINTS && beyond))
        .then(|| (Situation::Diverged, vec![Advice::LowerLearningRate, Advice::BatchNorm]))
}

/// Too few points, or few points that are still high and do not fall yet: many trainings begin so.
fn too_early(curve: &Curve, e: &Evidence) -> Verdict {
    let points = curve.points.len();
    let slow = e.train_loss > HIGH * e.chance_loss && e.fall < SLOW && !is_dead(e);
    let early = points < LEAST_POINTS || (slow && (points < PATIENCE || e.epoch < 1.0));
    early.then(|| (Situation::TooEarly, vec![Advice::GoOn]))
}

/// Nothing learned, while the first layer's weights get next to nothing of the gradient: every layer of
/// sigmoids leaves at most a quarter of it. (Exactly nothing is another matter: units that are dead.)
fn vanishing(_: &Curve, e: &Evidence) -> Verdict {
    let vanished = e.gradient_ratio.is_some_and(|ratio| ratio > 0.0 && ratio < VANISHED);
    (nothing_learned(e) && vanished).then(|| {
        let advice = vec![
            Advice::ReluInsteadOfSigmoid,
            Advice::BatchNorm,
            Advice::LessCapacity,
            Advice::HigherLearningRate,
        ];
        (Situation::VanishingGradients, advice)
    })
}

/// Nothing learned. Where no gradient at all arrives (all units of a layer are dead), or the loss has
/// moved and stands where guessing is as good, the steps are too large; else they are too small.
fn not_learning(_: &Curve, e: &Evidence) -> Verdict {
    let moved = (e.train_loss - e.first_loss).abs() > 0.1 * e.first_loss;
    let leaps = is_dead(e) || (moved && e.train_loss > e.chance_loss && e.fall < 0.01);
    nothing_learned(e).then(|| {
        let advice = if leaps {
            vec![Advice::LowerLearningRate, Advice::BatchNorm]
        } else {
            vec![Advice::HigherLearningRate, Advice::BatchNorm, Advice::ReluInsteadOfSigmoid]
        };
        (Situation::NotLearning, advice)
    })
}

/// Whether no gradient comes to the first layer at all.
fn is_dead(e: &Evidence) -> bool {
    e.gradient_ratio == Some(0.0)
}

/// Hardly better than guessing and standing still; or worse, and slow to become as good.
fn nothing_learned(e: &Evidence) -> bool {
    let worse = e.train_loss > e.chance_loss;
    e.train_loss > NOTHING * e.chance_loss && e.fall < if worse { SLOW } else { STILL }
}

/// The test loss has risen from its lowest, and stayed there, while the training loss is below it and not rising, or it
/// stands still far above a training loss that has become low.
fn overfitting(_: &Curve, e: &Evidence) -> Verdict {
    let (test, best) = (e.test_loss?, e.best_test_loss?);
    let enough = LEAST_RISE * e.chance_loss;
    let rise = e.test_rise?;
    let rises = rise > RISE * best && rise > enough && rise > NOISE * e.test_noise;
    let far = test > FAR_ABOVE * e.train_loss && test > LOW * e.chance_loss;
    let below = e.train_loss < test - enough && e.fall > -STILL;
    ((rises || far) && below).then(|| {
        let stop = e.best_epoch.filter(|_| rises).map(|epoch| Advice::StopHere { epoch });
        let others = [Advice::Augment, Advice::MoreData, Advice::Dropout, Advice::LessCapacity];
        (Situation::Overfitting, stop.into_iter().chain(others).collect())
    })
}

/// Low. Where nobody looks at test images it must stand still, too.
fn done(_: &Curve, e: &Evidence) -> Verdict {
    let low = e.train_loss < LOW * e.chance_loss;
    let ended = match (e.test_loss, e.best_test_loss) {
        (Some(test), Some(best)) => test < best * (1.0 + RISE) + LEAST_RISE * e.chance_loss,
        _ => true,
    };
    let still = e.fall < STILL || e.train_loss < 0.1 * LOW * e.chance_loss;
    (low && ended && still).then(|| {
        let mut advice = vec![Advice::StopHere { epoch: e.epoch }];
        if e.test_loss.is_some_and(|test| test > FAR_ABOVE * e.train_loss) {
            // It knows its images by heart, and others a little less well.
            advice.extend([Advice::Augment, Advice::MoreData]);
        }
        (Situation::Done, advice)
    })
}

/// High after a while, alike for both sets, and falling slowly at best: the model is too small for the
/// task, or its steps are.
fn underfitting(_: &Curve, e: &Evidence) -> Verdict {
    let alike = e.gap.is_none_or(|gap| gap < 0.25 * e.train_loss);
    (e.train_loss > HIGH * e.chance_loss && alike && e.fall < SLOW).then(|| {
        let advice = if e.fall < STILL {
            vec![Advice::BiggerModel, Advice::HigherLearningRate, Advice::LowerLearningRate]
        } else {
            vec![Advice::HigherLearningRate, Advice::BiggerModel, Advice::GoOn]
        };
        (Situation::Underfitting, advice)
    })
}
