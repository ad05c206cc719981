//! The curves of a training as rows of a table.

use std::collections::BTreeMap;

use crate::paper::training::Row;
use crate::ui::studio::TrainRun;

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
