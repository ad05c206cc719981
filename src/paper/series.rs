//! Trainings that follow each other, as CSV: one setting swept, or three ways to connect.

use std::fmt::Write;

/// One training. What is not known of it is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Member {
    /// The value of what is varied.
    pub value: String,
    pub seed: u64,
    /// Its pixels are in another order.
    pub scrambled: bool,
    /// `done`, `failed` or `begun`; empty before.
    pub state: String,
    pub parameters: Option<u128>,
    pub train_accuracy: Option<f64>,
    pub test_accuracy: Option<f64>,
    pub test_loss: Option<f64>,
    pub seconds: Option<f64>,
    /// The part of the test images that are read right, by how many pixels they are shifted.
    pub shifts: Vec<f64>,
}

/// A line per training, in full precision; `what` heads the first column.
#[must_use]
pub fn csv(what: &str, members: &[Member]) -> String {
    let shifts = members.iter().map(|member| member.shifts.len()).max().unwrap_or(0);
    let mut text = format!(
        "{what},seed,scrambled,state,parameters,train_accuracy,test_accuracy,test_loss,seconds"
    );
    // Writing to a String cannot fail.
    for shift in 0..shifts {
        let _ = write!(text, ",shifted_{shift}");
    }
    text.push('\n');
    for member in members {
        let maybe = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let _ = write!(
            text,
            "{},{},{},{},{},{},{},{},{}",
            member.value,
            member.seed,
            member.scrambled,
            member.state,
            member.parameters.map(|count| count.to_string()).unwrap_or_default(),
            maybe(member.train_accuracy),
            maybe(member.test_accuracy),
            maybe(member.test_loss),
            maybe(member.seconds),
        );
        for shift in 0..shifts {
            let _ = write!(text, ",{}", maybe(member.shifts.get(shift).copied()));
        }
        text.push('\n');
    }
    text
}
