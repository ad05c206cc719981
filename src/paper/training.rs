//! The curves of a training as CSV.

use std::fmt::Write;

/// One moment. What was not measured there is left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// Steps done, and epochs with the part of the present one.
    pub step: u64,
    pub epoch: f64,
    /// Of the batch of this step.
    pub batch_loss: Option<f64>,
    pub train_loss: Option<f64>,
    pub train_accuracy: Option<f64>,
    pub test_loss: Option<f64>,
    pub test_accuracy: Option<f64>,
}

/// A line per moment, in full precision.
#[must_use]
pub fn csv(rows: &[Row]) -> String {
    let mut text =
        String::from("step,epoch,batch_loss,train_loss,train_accuracy,test_loss,test_accuracy\n");
    for row in rows {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{},{},{},{},{},{},{}",
            row.step,
            row.epoch,
            number(row.batch_loss),
            number(row.train_loss),
            number(row.train_accuracy),
            number(row.test_loss),
            number(row.test_accuracy),
        );
    }
    text
}
