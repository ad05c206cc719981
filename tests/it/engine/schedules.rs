//! Schedules against values worked out by hand, and against PyTorch's formulas.

use std::f64::consts::PI;
use std::ops::ControlFlow;

use convscope::engine::Settings;
use convscope::engine::schedule::Schedule;
use convscope::network::zoo;

use super::digits::digits;
use super::training::{settings, trainer};

fn is(schedule: Schedule, values: &[(f64, f64)]) {
    for &(done, expected) in values {
        let factor = schedule.factor(done);
        assert!((factor - expected).abs() < 1e-9, "{schedule:?} at {done}: {factor}");
    }
}

#[test]
fn factors_are_those_worked_out_by_hand() {
    is(Schedule::Constant, &[(0.0, 1.0), (0.7, 1.0), (1.0, 1.0)]);
    let falls = [(0.0, 1.0), (0.4999, 1.0), (0.5, 0.1), (0.7499, 0.1), (0.75, 0.01), (1.0, 0.01)];
    is(Schedule::Step, &falls);
    // cos 45° = 1/√2, cos 60° = ½.
    let eighth = (2.0 + 2f64.sqrt()) / 4.0;
    let thirds = [(1.0 / 3.0, 0.75), (2.0 / 3.0, 0.25)];
    is(
        Schedule::Cosine,
        &[(0.0, 1.0), (0.25, eighth), (0.5, 0.5), (0.75, 1.0 - eighth), (1.0, 0.0)],
    );
    is(Schedule::Cosine, &thirds);
    // Up from 0.04 in three tenths: a third of the way is a quarter of the height.
    is(Schedule::OneCycle, &[(0.0, 0.04), (0.1, 0.28), (0.15, 0.52), (0.2, 0.76), (0.3, 1.0)]);
    // Down to 0.000004 in seven: half of the way is half of the height.
    is(Schedule::OneCycle, &[(0.65, 0.500002), (0.825, 0.146_450_023_5), (1.0, 0.000_004)]);
}

/// `torch.optim.lr_scheduler.CosineAnnealingLR` in closed form, and the annealing of `OneCycleLR` with its
/// usual `pct_start`, `div_factor` and `final_div_factor`.
#[test]
fn cosine_and_one_cycle_are_pytorchs() {
    let anneal =
        |start: f64, end: f64, part: f64| end + (start - end) / 2.0 * ((PI * part).cos() + 1.0);
    let (pct_start, div_factor, final_div_factor) = (0.3, 25.0, 1e4);
    let (first, last) = (1.0 / div_factor, 1.0 / div_factor / final_div_factor);
    for hundredths in 0..=100 {
        let done = f64::from(hundredths) / 100.0;
        is(Schedule::Cosine, &[(done, anneal(1.0, 0.0, done))]);
        let expected = if done <= pct_start {
            anneal(first, 1.0, done / pct_start)
        } else {
            anneal(1.0, last, (done - pct_start) / (1.0 - pct_start))
        };
        is(Schedule::OneCycle, &[(done, expected)]);
    }
}

/// Of eight steps, each begins when so many eighths are done.
#[test]
fn a_training_takes_its_steps_at_the_schedules_rate() {
    let digits = digits(0, 40);
    let network = zoo::lenet5_modern();
    for schedule in [Schedule::Constant, Schedule::Step, Schedule::Cosine, Schedule::OneCycle] {
        let settings = Settings { epochs: 4, schedule, averaging: None, ..settings() };
        let mut rates = Vec::new();
        trainer(&network, settings, &digits)
            .run(&digits, &mut |_, progress| {
                rates.push(progress.learning_rate);
                ControlFlow::Continue(())
            })
            .unwrap();
        let expected: Vec<f64> =
            (0..8).map(|step| 2e-3 * schedule.factor(f64::from(step) / 8.0)).collect();
        assert_eq!(rates, expected, "{schedule:?}");
    }
}
