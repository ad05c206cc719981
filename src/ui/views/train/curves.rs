//! Loss or accuracy over the epochs: what is learned from, what is not, and other trainings beside them.

use super::numerals::{percent, scientific};
use crate::locale::{Message, value};
use crate::paper::sketch::{Anchor, Hand, Ink, Mark, Pen, Role, Sketch};
use crate::ui::scene::Quantity;
use crate::ui::studio::{Studio, TrainRun};
use crate::ui::widgets::axis;

/// Room for the numbers at the left, and for the names of the lines at the right.
const LEFT: f32 = 44.0;
const RIGHT: f32 = 92.0;
const BOTTOM: f32 = 36.0;
const TOP: f32 = 8.0;
/// Distance of two names.
const PITCH: f32 = 16.0;
/// A line that ends so near to the head has its name behind it.
const NEAR_HEAD: f32 = 80.0;
/// A line is smoothed over such a part of an epoch.
pub const SMOOTHING: f64 = 0.12;
/// Points of a line, at most: more cannot be told apart.
const MOST_POINTS: usize = 600;
/// Half a side of what marks a single point.
const DOT: f32 = 3.0;
/// The least loss that is drawn.
const LEAST: f64 = 1e-4;

/// One line: epochs and values.
struct Line {
    points: Vec<(f64, f64)>,
    ink: Ink,
    width: f32,
    /// What stands at its end.
    name: Option<String>,
}

/// The figure of the present training.
pub fn sketch(studio: &Studio, size: [f32; 2]) -> Sketch {
    let mut sketch = Sketch::new(size);
    let Some(run) = studio.training() else { return sketch };
    let quantity = studio.scene.train.quantity;
    let mut lines = Vec::new();
    for (place, other) in studio.trainings_beside().enumerate() {
        let ink = Role::Identity(place as u8);
        let name = test_value(studio, other, quantity, None);
        lines.extend(test_line(other, quantity, ink.into(), name, 1.4));
        lines.push(train_line(other, quantity, ink.at(0.45), None, 1.0));
    }
    if quantity == Quantity::Loss {
        let noise = run.curve.points().iter().map(|note| (run.epoch_of(note.step), note.loss));
        let points = noise.collect();
        lines.insert(0, Line { points, ink: Role::Bar.at(0.45), width: 0.8, name: None });
    }
    let trained = train_value(studio, run, quantity, None);
    lines.push(train_line(run, quantity, Role::Text.into(), trained, 2.0));
    let name = test_value(studio, run, quantity, None);
    lines.extend(test_line(run, quantity, Role::Accent.into(), name, 2.0));

    let plot = Plot::of(&lines, epochs(studio, run), quantity, size);
    plot.axes(&mut sketch, studio);
    for line in &lines {
        plot.line(&mut sketch, line);
    }
    let shown = studio.train_shown().unwrap_or(run.steps_done);
    let x = plot.x(run.epoch_of(shown));
    if run.steps_done > 0 {
        sketch.line([x, plot.top], [x, plot.bottom], Pen::new(Role::Text.at(0.7), 1.2));
    }
    plot.names(&mut sketch, &lines, x);
    if let past @ Some(_) = studio.train_shown().filter(|&step| step < run.steps_done) {
        let values = [
            (train_value(studio, run, quantity, past), Role::Text),
            (test_value(studio, run, quantity, past), Role::Accent),
        ];
        plot.readout(
            &mut sketch,
            x,
            values.into_iter().filter_map(|(words, ink)| Some((words?, ink))),
        );
    }
    sketch
}

/// The epochs that the axis spans: those of the longest training in it.
fn epochs(studio: &Studio, run: &TrainRun) -> f64 {
    let all = studio.trainings_beside().chain([run]).map(|run| run.plan.settings.epochs);
    all.max().unwrap_or(1) as f64
}

/// The step that lies under a point of the figure, so far from its left.
pub fn step_at(studio: &Studio, size: [f32; 2], x: f32) -> Option<u64> {
    let run = studio.training()?;
    let plot = Plot::of(&[], epochs(studio, run), studio.scene.train.quantity, size);
    let part = f64::from((x - plot.left) / (plot.right - plot.left)).clamp(0.0, 1.0);
    Some((part * plot.epochs * run.steps_per_epoch as f64).round() as u64)
}

/// What the line of the test images is called, with its value after so many steps, or at its end.
fn test_value(
    studio: &Studio,
    run: &TrainRun,
    quantity: Quantity,
    at: Option<u64>,
) -> Option<String> {
    let number = match quantity {
        Quantity::Loss => loss(test_loss(run, at)?),
        Quantity::Accuracy => percent(run.history.at(at.unwrap_or(u64::MAX))?.test.accuracy),
    };
    Some(Message::new("train-test-value").with("value", number).text(studio.settings.lang))
}

/// The same of what is learned from.
fn train_value(
    studio: &Studio,
    run: &TrainRun,
    quantity: Quantity,
    at: Option<u64>,
) -> Option<String> {
    let number = match quantity {
        Quantity::Loss => loss(train_loss(run, at)?),
        Quantity::Accuracy => percent(run.history.at(at.unwrap_or(u64::MAX))?.train.accuracy),
    };
    Some(Message::new("train-train-value").with("value", number).text(studio.settings.lang))
}

/// The mean loss of the batches before a step, or at the end: where the line stands.
pub fn train_loss(run: &TrainRun, at: Option<u64>) -> Option<f64> {
    let at = at.unwrap_or(u64::MAX);
    let before = smoothed(run).take_while(|&(step, _)| step <= at).last();
    before.or_else(|| smoothed(run).next()).map(|(_, loss)| loss)
}

/// The loss on test images when they were judged last before a step, or at the end.
pub fn test_loss(run: &TrainRun, at: Option<u64>) -> Option<f64> {
    Some(run.history.at(at.unwrap_or(u64::MAX))?.test.loss)
}

/// A loss in few signs; next to nothing is still a number.
pub fn loss(number: f64) -> String {
    let rounds_to_nothing = number != 0.0 && number.abs() < 0.000_5;
    if rounds_to_nothing { scientific(number) } else { value(number, 3) }
}

fn smoothed(run: &TrainRun) -> impl Iterator<Item = (u64, f64)> {
    run.curve.smoothed(SMOOTHING * run.steps_per_epoch as f64)
}

fn train_line(
    run: &TrainRun,
    quantity: Quantity,
    ink: Ink,
    name: Option<String>,
    width: f32,
) -> Line {
    let points = match quantity {
        Quantity::Loss => smoothed(run).map(|(step, loss)| (run.epoch_of(step), loss)).collect(),
        Quantity::Accuracy => {
            let marks = run.history.marks().iter();
            marks.map(|mark| (mark.snapshot.epoch, mark.train.accuracy)).collect()
        }
    };
    Line { points, ink, width, name }
}

fn test_line(
    run: &TrainRun,
    quantity: Quantity,
    ink: Ink,
    name: Option<String>,
    width: f32,
) -> Option<Line> {
    let point = |mark: &std::sync::Arc<crate::worker::training::Mark>| {
        let value = match quantity {
            Quantity::Loss => mark.test.loss,
            Quantity::Accuracy => mark.test.accuracy,
        };
        (mark.snapshot.epoch, value)
    };
    let points: Vec<_> = run.history.marks().iter().map(point).collect();
    (!points.is_empty()).then_some(Line { points, ink, width, name })
}

struct Plot {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    epochs: f64,
    quantity: Quantity,
    /// Of the values that are drawn.
    least: f64,
    most: f64,
}

impl Plot {
    fn of(lines: &[Line], epochs: f64, quantity: Quantity, [width, height]: [f32; 2]) -> Self {
        // The noise of single batches does not decide the scale.
        let calm = || lines.iter().filter(|line| line.ink.role != Role::Bar);
        let values = || calm().flat_map(|line| &line.points).map(|&(_, value)| value);
        let finite = || values().filter(|value| value.is_finite());
        let (least, most) = match quantity {
            Quantity::Loss => {
                let least = finite().fold(0.3, f64::min).max(LEAST);
                let most = finite().fold(2.5, f64::max).min(1e4);
                (ticks_below(least), most * 1.1)
            }
            Quantity::Accuracy => {
                let least = finite().fold(1.0, f64::min);
                ((least * 10.0).floor() / 10.0, 1.0)
            }
        };
        let bottom = (height - BOTTOM).max(TOP + 1.0);
        let right = (width - RIGHT).max(LEFT + 1.0);
        Self { left: LEFT, right, top: TOP, bottom, epochs, quantity, least, most }
    }

    fn x(&self, epoch: f64) -> f32 {
        let part = (epoch / self.epochs).clamp(0.0, 1.0) as f32;
        self.left + part * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f32 {
        let part = match self.quantity {
            Quantity::Loss => {
                (value.max(self.least) / self.least).ln() / (self.most / self.least).ln()
            }
            Quantity::Accuracy => (value - self.least) / (self.most - self.least).max(1e-9),
        };
        let part = part.clamp(0.0, 1.0) as f32;
        self.bottom - part * (self.bottom - self.top)
    }

    /// The marks of the vertical axis, with what stands there.
    fn ticks(&self) -> Vec<(f64, String)> {
        match self.quantity {
            Quantity::Loss => (-4..=4)
                .flat_map(|power| [1.0, 3.0].map(|digit| (power, digit)))
                .map(|(power, digit)| digit * 10f64.powi(power))
                .filter(|tick| (self.least * 0.999..=self.most).contains(tick))
                .map(|tick| {
                    let decimals = (-tick.log10()).ceil().max(0.0) as usize;
                    (tick, value(tick, decimals))
                })
                .collect(),
            Quantity::Accuracy => (0..=10)
                .map(|tenth| f64::from(tenth) / 10.0)
                .filter(|&tick| tick >= self.least - 1e-9)
                .map(|tick| (tick, format!("{:.0} %", 100.0 * tick)))
                .collect(),
        }
    }

    fn axes(&self, sketch: &mut Sketch, studio: &Studio) {
        for (tick, words) in self.ticks() {
            let y = self.y(tick);
            sketch.line([self.left, y], [self.right, y], Pen::new(Role::Hairline, 1.0));
            sketch.text([self.left - 8.0, y], Anchor::Right, words, Hand::Number, Role::Muted);
        }
        // As many marks as there is room for.
        let step = (self.epochs / 10.0).ceil().max(1.0);
        let marks = (self.epochs / step).floor() as usize;
        for mark in 0..=marks {
            let epoch = mark as f64 * step;
            let at = [self.x(epoch), self.bottom + 12.0];
            let words = format!("{epoch}");
            sketch.text(at, Anchor::Middle, words, Hand::Number, Role::Muted);
        }
        let words = Message::new("train-epoch").text(studio.settings.lang);
        let at = [f32::midpoint(self.left, self.right), self.bottom + 28.0];
        sketch.text(at, Anchor::Middle, words, Hand::Caption, Role::Muted);
    }

    fn line(&self, sketch: &mut Sketch, line: &Line) {
        let each = line.points.len().div_ceil(MOST_POINTS).max(1);
        let last = line.points.last();
        let chosen = line.points.iter().step_by(each).chain(last);
        let mut points: Vec<[f32; 2]> = chosen
            .filter(|(_, value)| value.is_finite())
            .map(|&(epoch, value)| [self.x(epoch), self.y(value)])
            .collect();
        points.dedup();
        if points.len() > 1 {
            let pen = Pen::new(line.ink, line.width);
            sketch.marks.push(Mark::Polyline { points, pen });
        } else if let Some(&[x, y]) = points.first() {
            // One judgement is no line yet.
            let at = [[x - DOT, y - DOT], [2.0 * DOT; 2]];
            sketch.rect(at, DOT, Some(line.ink), None);
        }
    }

    /// The values at a moment of the past, beside the head, where the lines leave room: losses fall, and
    /// accuracies rise.
    fn readout(
        &self,
        sketch: &mut Sketch,
        head: f32,
        values: impl Iterator<Item = (String, Role)>,
    ) {
        let first = match self.quantity {
            Quantity::Loss => self.top + PITCH / 2.0,
            Quantity::Accuracy => self.bottom - 1.5 * PITCH,
        };
        let is_left = head + RIGHT > self.right;
        let (x, anchor) =
            if is_left { (head - 8.0, Anchor::Right) } else { (head + 8.0, Anchor::Left) };
        for (row, (words, ink)) in values.enumerate() {
            sketch.text([x, first + row as f32 * PITCH], anchor, words, Hand::Label, ink);
        }
    }

    /// The names at the ends of the lines, moved apart where they collide.
    fn names(&self, sketch: &mut Sketch, lines: &[Line], head: f32) {
        let mut ends: Vec<(f32, &str, Ink, f32)> = lines
            .iter()
            .filter_map(|line| {
                let &(epoch, value) = line.points.last()?;
                Some((self.y(value), line.name.as_deref()?, line.ink, self.x(epoch)))
            })
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at: Vec<f32> = ends.iter().map(|end| end.0).collect();
        for (mark, (_, words, ink, x)) in axis(&at, PITCH, self.bottom + 6.0).iter().zip(ends) {
            // Beside the head, where it stands at the end, and not across it.
            let x = if head - x < NEAR_HEAD { x.max(head) } else { x };
            sketch.text([x + 8.0, mark.label], Anchor::Left, words, Hand::Label, ink);
        }
    }
}

/// The largest mark of the axis that is not above `value`.
fn ticks_below(value: f64) -> f64 {
    let power = value.log10().floor();
    let base = 10f64.powf(power);
    if value >= 3.0 * base { 3.0 * base } else { base }
}
