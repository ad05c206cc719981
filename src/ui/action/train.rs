//! What is done in the Train view.

use crate::ui::scene::{Quantity, Series, TrainPage, TrainPlan, WeightRef};
use crate::worker::training::{DataRef, Pace};

/// What is done in the Train view.
#[derive(Clone, Debug, PartialEq)]
pub enum TrainAction {
    /// Another training; what it had learned stays in the list of runs.
    Plan(TrainPlan),
    /// Starts or goes on; pauses what is going.
    Toggle,
    /// One batch.
    OneStep,
    /// From the first weights, with the same seed.
    Again,
    Pace(Pace),
    /// A moment of the history, by its steps; none: the present one.
    Show(Option<u64>),
    /// So many moments of the history on, or back.
    Move(i32),
    Page(TrainPage),
    Quantity(Quantity),
    /// Opens a test image, or the one that is shown, in the Step view with the weights of this moment.
    LookInside(Option<usize>),
    Cell(Option<[usize; 2]>),
    Probe(usize),
    Layer(String),
    Weight(WeightRef),
    Image(usize),
    /// The same training on other images; or a folder of them is asked for.
    Data(DataRef),
    ChooseFolder,
    /// Moves the digit that the three ways read, down and to the right.
    Shift([i32; 2]),
    /// Waits no longer for a set that is being loaded.
    StopLoading,
    /// Trainings one after the other; none: no more of them.
    Series(Option<Series>),
    SeriesGoes(bool),
    /// A training of the list.
    Open(TrainPlan),
    Remove(TrainPlan),
    /// Its curves are shown beside the present ones, or not.
    Beside(TrainPlan, bool),
}
