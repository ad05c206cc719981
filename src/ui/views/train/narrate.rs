//! What is on screen, in one sentence.

use super::numerals::percent;
use super::ways;
use crate::locale::{Message, count, value};
use crate::ui::scene::TrainPage;
use crate::ui::studio::Studio;
use crate::worker::training::RunState;

#[must_use]
pub fn sentence_of(studio: &Studio) -> Message {
    if studio.scene.train.page == TrainPage::Ways {
        return ways::sentence(studio);
    }
    let Some(run) = studio.training().filter(|run| run.is_prepared()) else {
        return Message::new("train-narrator-waiting");
    };
    if let Some(step) = studio.taking_up() {
        return Message::new("train-narrator-taking-up")
            .with("step", count(run.steps_done.into()))
            .with("steps", count(step.into()));
    }
    if run.steps_done == 0 && !run.is_going() {
        return Message::new("train-narrator-untrained").with("network", &run.network.title);
    }
    if let Some(step) = studio.left_at().filter(|_| run.can_go_on()) {
        return Message::new("train-narrator-left").with("step", count(step.into()));
    }
    if let (Some(shown), Some(mark)) = (studio.train_shown(), studio.train_mark()) {
        return Message::new("train-narrator-past")
            .with("step", count(shown.into()))
            .with("right", percent(mark.test.accuracy));
    }
    if let RunState::Failed(_) = run.state {
        return Message::new("train-narrator-stopped").with("step", count(run.steps_done.into()));
    }
    let Some(note) = run.curve.latest() else {
        return Message::new("train-narrator-untrained").with("network", &run.network.title);
    };
    match run.state {
        RunState::Done => {
            let right = run.history.last().map_or(0.0, |mark| mark.test.accuracy);
            Message::new("train-narrator-done")
                .with("steps", count(run.steps_done.into()))
                .with("right", percent(right))
        }
        RunState::Paused | RunState::Going | RunState::Failed(_) => {
            Message::new("train-narrator-step")
                .with("step", count(note.step.into()))
                .with("batch", run.plan.settings.batch)
                .with("loss", value(note.loss, 3))
        }
    }
}
