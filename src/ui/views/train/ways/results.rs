//! What the trainings of the three ways have come to, and what that says.

use crate::locale::{Lang, Message, count};
use crate::network::cost;
use crate::ui::scene::Member;
use crate::ui::studio::{Studio, TrainRun};
use crate::ui::views::train::numerals::{duration, percent};
use crate::worker::training::RunState;

/// The names of the three ways.
pub const WAYS: [&str; 3] = ["growth-full", "growth-local", "growth-shared"];

/// What is known of one way: a value per seed.
#[derive(Default)]
pub struct Way<'a> {
    pub plain: Vec<&'a TrainRun>,
    pub scrambled: Vec<&'a TrainRun>,
    pub any: Option<&'a TrainRun>,
}

pub fn ways(studio: &Studio) -> [Way<'_>; 3] {
    let mut ways: [Way<'_>; 3] = Default::default();
    for (Member { value, plan, .. }, run) in studio.series() {
        let (Some(run), Some(way)) = (run, ways.get_mut(*value as usize)) else { continue };
        if !plan.scrambled {
            way.any = way.any.or(Some(run));
        }
        // One that failed is no result.
        if !(run.is_finished() && matches!(run.state, RunState::Done)) {
            continue;
        }
        if plan.scrambled { way.scrambled.push(run) } else { way.plain.push(run) }
    }
    ways
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let numbers: Vec<f64> = numbers.collect();
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

pub fn right(runs: &[&TrainRun]) -> Option<f64> {
    mean(runs.iter().filter_map(|run| Some(run.history.last()?.test.accuracy)))
}

/// Two parts of 1 that differ by less are alike: chance alone moves a thousand images by about as much.
const ALIKE: f64 = 0.01;

/// What the measured numbers say about a shift of two pixels, and whether the convolution is ahead.
pub fn about_shift(ways: &[Way<'_>; 3]) -> Option<(Message, bool)> {
    let at = |way: &Way<'_>| {
        mean(way.plain.iter().filter_map(|run| run.shifts.as_ref()?.get(2).copied()))
    };
    let [full, local, conv] = [at(&ways[0])?, at(&ways[1])?, at(&ways[2])?];
    let ahead = conv > full.max(local) + ALIKE;
    let message = Message::new(if ahead { "ways-shift-won" } else { "ways-shift-even" })
        .with("full", percent(full))
        .with("local", percent(local))
        .with("conv", percent(conv));
    Some((message, ahead))
}

/// What the view says in one sentence.
pub fn sentence(studio: &Studio) -> Message {
    if let Some((done, all)) = studio.series_taking_up() {
        return Message::new("ways-taking-up").with("done", done).with("all", all);
    }
    let ways = ways(studio);
    let shift = about_shift(&ways).map(|(message, _)| message);
    let news = shift.or_else(|| about_scrambled(&ways));
    news.unwrap_or_else(|| Message::new("ways-narrator"))
}

pub fn about_scrambled(ways: &[Way<'_>; 3]) -> Option<Message> {
    let [full, conv] = [right(&ways[0].scrambled)?, right(&ways[2].scrambled)?];
    let key = if conv > full + ALIKE {
        "ways-scrambled-won"
    } else if full > conv + ALIKE {
        "ways-scrambled-lost"
    } else {
        "ways-scrambled-even"
    };
    Some(Message::new(key).with("full", percent(full)).with("conv", percent(conv)))
}

pub fn params_of(way: &Way<'_>) -> String {
    let params = way.any.and_then(|run| cost::totals(&run.network).ok());
    params.map_or_else(|| "–".into(), |all| count(all.params))
}

/// The part of what was learned from that is read right.
pub fn learned(way: &Way<'_>) -> Option<f64> {
    mean(way.plain.iter().filter_map(|run| Some(run.history.last()?.train.accuracy)))
}

pub fn seconds_of(way: &Way<'_>, lang: Lang) -> String {
    let seconds = mean(way.plain.iter().map(|run| run.seconds));
    seconds.map_or_else(|| "–".into(), |seconds| duration(seconds).text(lang))
}

/// How many trainings have failed: they are no results.
pub fn failed(studio: &Studio) -> usize {
    let has_failed = |run: &&TrainRun| matches!(run.state, RunState::Failed(_));
    studio.series().into_iter().filter_map(|(_, run)| run).filter(has_failed).count()
}
