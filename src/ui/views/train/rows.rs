//! Trainings as rows of a table: the curves of one, and those that follow each other.

use std::collections::BTreeMap;

use crate::paper::series;
use crate::paper::training::Row;
use crate::ui::scene::{Member, Varied};
use crate::ui::studio::{Studio, TrainRun};
use crate::worker::training::RunState;

/// A row per step that is remembered, and per moment that was judged.
#[must_use]
pub fn rows(run: &TrainRun) -> Vec<Row> {
    let mut rows: BTreeMap<u64, Row> = BTreeMap::new();
    let row = |step: u64| Row { step, epoch: run.epoch_of(step), ..Row::default() };
    for note in run.curve.points() {
        rows.entry(note.step).or_insert_with(|| row(note.step)).batch_loss = Some(note.loss);
    }
    for mark in run.history.marks() {
        let step = mark.snapshot.step;
        let row = rows.entry(step).or_insert_with(|| row(step));
        row.train_loss = Some(mark.train.loss);
        row.train_accuracy = Some(mark.train.accuracy);
        row.test_loss = Some(mark.test.loss);
        row.test_accuracy = Some(mark.test.accuracy);
    }
    rows.into_values().collect()
}

/// The trainings of the series as a table; `None` where there is none.
#[must_use]
pub fn series_table(studio: &Studio) -> Option<String> {
    let what = studio.scene.train.series.as_ref()?.what;
    let members: Vec<series::Member> =
        studio.series().into_iter().map(|(member, run)| of_member(what, member, run)).collect();
    Some(series::csv(heading(what), &members))
}

/// Files are read by programs: their columns have one name in every language.
const fn heading(what: Varied) -> &'static str {
    match what {
        Varied::Kernels => "kernels",
        Varied::KernelSize => "kernel_size",
        Varied::Depth => "depth",
        Varied::LearningRate => "learning_rate",
        Varied::Ways => "connected",
    }
}

const WAYS: [&str; 3] = ["fully", "locally", "convolution"];

fn of_member(what: Varied, member: &Member, run: Option<&TrainRun>) -> series::Member {
    let last = run.and_then(|run| run.history.last());
    let done = run.filter(|run| run.is_finished() && matches!(run.state, RunState::Done));
    let mark = last.filter(|_| done.is_some());
    let state = match run.map(|run| &run.state) {
        Some(RunState::Failed(_)) => "failed",
        Some(RunState::Done) => "done",
        Some(RunState::Going | RunState::Paused) => "begun",
        None => "",
    };
    let way = (what == Varied::Ways).then(|| WAYS.get(member.value as usize)).flatten();
    series::Member {
        value: way.map_or_else(|| member.value.to_string(), |way| (*way).to_owned()),
        seed: member.plan.settings.seed,
        scrambled: member.plan.scrambled,
        state: state.to_owned(),
        parameters: member.params,
        train_accuracy: mark.map(|mark| mark.train.accuracy),
        test_accuracy: mark.map(|mark| mark.test.accuracy),
        test_loss: mark.map(|mark| mark.test.loss),
        seconds: done.map(|run| run.seconds),
        shifts: run.and_then(|run| run.shifts.clone()).unwrap_or_default(),
    }
}
