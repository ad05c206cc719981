//! How many images of the test split are still read right while something else is learned, as a small curve.

use crate::locale::value;
use crate::paper::sketch::{Anchor, Hand, Mark, Pen, Role, Sketch};
use crate::ui::scene::{Lesson, LessonPoint};

const LEFT: f32 = 44.0;
const RIGHT: f32 = 6.0;
const TOP: f32 = 8.0;
const BOTTOM: f32 = 16.0;
/// The axis spans at least so much of the whole, so that a single image is no cliff.
const LEAST_SPAN: f64 = 0.02;

/// A part of a whole in per cent.
pub fn percent(right: usize, of: usize) -> String {
    format!("{} %", value(100.0 * part(right, of), 1))
}

fn part(right: usize, of: usize) -> f64 {
    right.min(of) as f64 / of.max(1) as f64
}

/// The curve; `steps` is the name of its axis.
pub fn sketch(lesson: &Lesson, steps: &str, [width, height]: [f32; 2]) -> Sketch {
    let mut sketch = Sketch::new([width, height]);
    let all = || lesson.points.iter().map(|point| part(point.test, lesson.test));
    let (least, most) = (all().fold(1.0, f64::min), all().fold(0.0, f64::max));
    let low = least.min(most - LEAST_SPAN).max(0.0);
    let high = most.max(low + LEAST_SPAN);
    let (right, bottom) = (width - RIGHT, height - BOTTOM);
    let last = lesson.points.last().map_or(1, |point| point.step.max(1));
    let y = |part: f64| bottom - ((part - low) / (high - low)) as f32 * (bottom - TOP);
    let place = |point: &LessonPoint| {
        let x = LEFT + point.step as f32 / last as f32 * (right - LEFT);
        [x, y(part(point.test, lesson.test))]
    };
    for tick in [low, high] {
        sketch.line([LEFT, y(tick)], [right, y(tick)], Pen::new(Role::Hairline, 1.0));
        let label = format!("{} %", value(100.0 * tick, 1));
        sketch.text([LEFT - 6.0, y(tick)], Anchor::Right, label, Hand::Caption, Role::Muted);
    }
    let under = height - BOTTOM / 2.0 + 2.0;
    sketch.text([LEFT, under], Anchor::Left, "0", Hand::Caption, Role::Muted);
    let end = format!("{last} {steps}");
    sketch.text([right, under], Anchor::Right, end, Hand::Caption, Role::Muted);
    let points: Vec<[f32; 2]> = lesson.points.iter().map(place).collect();
    if let Some(&[x, y]) = points.last() {
        let dot = [[x - 3.0, y - 3.0], [6.0, 6.0]];
        sketch.rect(dot, 3.0, Some(Role::Accent.into()), None);
    }
    sketch.marks.push(Mark::Polyline { points, pen: Pen::new(Role::Accent, 2.0) });
    sketch
}
