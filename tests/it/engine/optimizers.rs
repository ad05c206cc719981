//! The optimizers against candle's, and against the formula.

use candle_core::{Device, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use convscope::engine::optim::{AdamSettings, Method, SgdSettings, Stepper};

fn weights() -> Var {
    Var::from_vec(vec![0.5f32, -1.0, 2.0, 0.0, 3.0], 5, &Device::Cpu).unwrap()
}

/// Σ (wᵢ − i)⁴: gradients of all sizes.
fn loss(weights: &Var) -> Tensor {
    let target = Tensor::arange(0f32, 5.0, &Device::Cpu).unwrap();
    (weights.as_tensor() - target).unwrap().sqr().unwrap().sqr().unwrap().sum_all().unwrap()
}

fn gradient(weights: &Var) -> Vec<f32> {
    let gradients = loss(weights).backward().unwrap();
    gradients.get(weights).unwrap().to_vec1().unwrap()
}

fn values(weights: &Var) -> Vec<f32> {
    weights.to_vec1().unwrap()
}

#[test]
fn adam_goes_where_candles_goes() {
    for weight_decay in [0.0, 0.1] {
        let (ours, theirs) = (weights(), weights());
        let settings = AdamSettings { weight_decay, ..AdamSettings::default() };
        let mut our_steps = Stepper::new(vec![ours.clone()], Method::Adam(settings), 0.05);
        let params = ParamsAdamW { lr: 0.05, weight_decay, ..ParamsAdamW::default() };
        let mut their_steps = AdamW::new(vec![theirs.clone()], params).unwrap();
        for step in 0..100 {
            let rate = 0.05 / (1.0 + f64::from(step));
            our_steps.set_learning_rate(rate);
            their_steps.set_learning_rate(rate);
            our_steps.backward_step(&loss(&ours)).unwrap();
            their_steps.backward_step(&loss(&theirs)).unwrap();
            for (our, their) in values(&ours).iter().zip(values(&theirs)) {
                assert!((our - their).abs() < 1e-5, "step {step}: {our} and {their}");
            }
        }
    }
}

#[test]
fn sgd_follows_its_formula() {
    let w = weights();
    let settings = SgdSettings { momentum: 0.9, weight_decay: 0.01 };
    let mut steps = Stepper::new(vec![w.clone()], Method::Sgd(settings), 0.001);
    let mut expected: Vec<f64> = values(&w).iter().map(|&w| w.into()).collect();
    let mut velocity = [0.0f64; 5];
    for _ in 0..50 {
        steps.descend(&gradient(&w), &|_| true).unwrap();
        for (i, (w, v)) in expected.iter_mut().zip(&mut velocity).enumerate() {
            *v = 0.9 * *v + 4.0 * (*w - i as f64).powi(3) + 0.01 * *w;
            *w -= 0.001 * *v;
        }
    }
    for (found, expected) in values(&w).iter().zip(expected) {
        assert!((f64::from(*found) - expected).abs() < 1e-4, "{found} instead of {expected}");
    }
}
