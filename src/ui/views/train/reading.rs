//! What the curves mean, in words, with the numbers that say so and what one could try.

use egui::{Frame, Margin, Rect, Ui, vec2};

use super::curves::{loss, test_loss, train_loss};
use super::gradients::by_layer;
use crate::explain::curves::{
    Advice, Curve, CurvePoint, Evidence, LayerGradient, Reading, Situation, read,
};
use crate::locale::{Message, value};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::text;
use crate::worker::training::RunState;
use crate::worker::{EngineError, WorkerError};

/// An epoch so near to the present one is the present one.
const HERE: f64 = 0.05;
/// What is told at most: the most promising first.
const MOST_ADVICE: usize = 3;

/// What the training looked like at the moment that is shown: after `shown` steps, or now.
pub fn reading(run: &TrainRun, shown: Option<u64>) -> Reading {
    let point = |mark: &std::sync::Arc<crate::worker::training::Mark>| CurvePoint {
        epoch: mark.snapshot.epoch,
        train_loss: mark.train.loss,
        test_loss: Some(mark.test.loss),
        train_accuracy: Some(mark.train.accuracy),
        test_accuracy: Some(mark.test.accuracy),
    };
    let moment = match shown {
        Some(step) => run.history.at(step).map(|mark| &mark.snapshot),
        None => run.now.as_ref(),
    };
    let gradients = moment.map(|moment| by_layer(run, moment)).unwrap_or_default();
    let marks = run.history.marks().iter();
    let seen = marks.filter(|mark| shown.is_none_or(|step| mark.snapshot.step <= step));
    let classes = run.network.nodes()[run.network.scores()].output[0];
    let diverged = match &run.state {
        RunState::Failed(error) => {
            shown.is_none() && matches!(**error, WorkerError::Engine(EngineError::Diverged { .. }))
        }
        RunState::Paused | RunState::Going | RunState::Done => false,
    };
    read(&Curve {
        points: seen.map(point).collect(),
        gradients: gradients.into_iter().map(|(node, rms)| LayerGradient { node, rms }).collect(),
        diverged,
        chance_loss: (classes as f64).ln(),
    })
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    let shown = sheet.studio.train_shown();
    let Reading { situation, evidence, advice } = reading(run, shown);
    let Some(losses) = Losses::of(run, shown) else { return };
    let palette = sheet.palette;
    let title = sheet.say(title_of(situation));
    let why = sheet.tell(&why(situation, &evidence, &losses));
    let augmented = run.plan.settings.augment.is_some();
    let news = advice.into_iter().filter(|advice| advice.is_news(&run.network, augmented));
    // At a moment of the past it did go on.
    let goes_on = shown.is_some() || run.can_go_on();
    let now = evidence.epoch;
    let news = news.take(MOST_ADVICE);
    let tips: Vec<String> = news.map(|advice| sheet.tell(&tip(advice, goes_on, now))).collect();
    let edge = match situation {
        Situation::Diverged | Situation::NotLearning | Situation::VanishingGradients => {
            palette.error
        }
        Situation::Overfitting | Situation::Underfitting => palette.amber_text,
        Situation::TooEarly => palette.bar,
        Situation::Learning | Situation::Done => palette.accent,
    };
    let response = Frame::new()
        .fill(palette.panel)
        .stroke(egui::Stroke::new(1.0, palette.hairline))
        .corner_radius(size::BUTTON_RADIUS)
        .inner_margin(Margin { left: 16, right: 12, top: 8, bottom: 8 })
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            let mut job = egui::text::LayoutJob::default();
            let format = |kind: Type| egui::TextFormat::simple(kind.font(), palette.text);
            job.append(&title, 0.0, format(Type::Strong));
            job.append(&why, 8.0, format(Type::Body));
            ui.add(egui::Label::new(job).wrap());
            text(ui, tips.join(" "), Type::Caption, palette.muted);
        })
        .response;
    let rect = response.rect;
    let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
    ui.painter().rect_filled(bar, 1.0, edge);
}

const fn title_of(situation: Situation) -> &'static str {
    match situation {
        Situation::TooEarly => "curves-too-early",
        Situation::Learning => "curves-learning",
        Situation::Done => "curves-done",
        Situation::Underfitting => "curves-underfitting",
        Situation::Overfitting => "curves-overfitting",
        Situation::Diverged => "curves-diverged",
        Situation::VanishingGradients => "curves-vanishing",
        Situation::NotLearning => "curves-not-learning",
    }
}

/// The losses as the curves have them at the moment that is shown.
struct Losses {
    train: f64,
    test: f64,
    /// The lowest test loss until then.
    lowest: f64,
}

impl Losses {
    fn of(run: &TrainRun, shown: Option<u64>) -> Option<Self> {
        let marks = run.history.marks().iter();
        let seen = marks.filter(|mark| shown.is_none_or(|step| mark.snapshot.step <= step));
        let lowest = seen.map(|mark| mark.test.loss).fold(f64::INFINITY, f64::min);
        let test = test_loss(run, shown)?;
        // Before the first step there is no batch yet.
        let train = train_loss(run, shown).or(run.history.last().map(|mark| mark.train.loss))?;
        Some(Self { train, test, lowest })
    }
}

/// A test loss so many times its lowest one does not fall.
const WAVERS: f64 = 1.1;

/// The numbers that say so: the very ones that stand at the curves.
fn why(situation: Situation, evidence: &Evidence, losses: &Losses) -> Message {
    let chance = || value(evidence.chance_loss, 3);
    let told =
        |key| Message::new(key).with("train", loss(losses.train)).with("test", loss(losses.test));
    match situation {
        Situation::TooEarly => Message::new("curves-too-early-why"),
        Situation::Learning if losses.test > WAVERS * losses.lowest => {
            told("curves-learning-wavers-why").with("lowest", loss(losses.lowest))
        }
        Situation::Learning => told("curves-learning-why"),
        Situation::Done if !evidence.stands_still() => told("curves-done-low-why"),
        Situation::Done => told("curves-done-why"),
        Situation::Underfitting => told("curves-underfitting-why"),
        Situation::Overfitting => {
            let best = evidence.best_test_loss.map_or_else(|| "–".into(), loss);
            let epoch = evidence.best_epoch.map_or_else(|| "–".into(), |epoch| value(epoch, 1));
            told("curves-overfitting-why").with("best", best).with("epoch", epoch)
        }
        Situation::Diverged => Message::new("curves-diverged-why").with("chance", chance()),
        Situation::VanishingGradients => {
            let ratio = evidence.gradient_ratio.map_or(0.0, |ratio| 1.0 / ratio.max(1e-12));
            Message::new("curves-vanishing-why").with("times", value(ratio, 0))
        }
        Situation::NotLearning => told("curves-not-learning-why").with("chance", chance()),
    }
}

fn tip(advice: Advice, goes_on: bool, now: f64) -> Message {
    Message::new(match advice {
        Advice::GoOn if goes_on => "advice-go-on",
        Advice::GoOn => "advice-more-epochs",
        Advice::StopHere { epoch } if now - epoch < HERE => "advice-stop-now",
        Advice::StopHere { epoch } => {
            return Message::new("advice-stop").with("epoch", value(epoch, 1));
        }
        Advice::BiggerModel => "advice-bigger",
        Advice::LessCapacity => "advice-smaller",
        Advice::Dropout => "advice-dropout",
        Advice::BatchNorm => "advice-norm",
        Advice::MoreData => "advice-data",
        Advice::Augment => "advice-augment",
        Advice::LowerLearningRate => "advice-lower",
        Advice::HigherLearningRate => "advice-higher",
        Advice::ReluInsteadOfSigmoid => "advice-relu",
    })
}
