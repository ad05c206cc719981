//! How the theoretical field grows with the depth, on a line; logarithmic where it grows far.

use super::words;
use crate::locale::{Message, count};
use crate::paper::sketch::{Anchor, Hand, Pen, Role, Sketch};
use crate::ui::studio::{Seer, Studio};

const LEFT: f32 = 56.0;
const RIGHT: f32 = 84.0;
const TOP: f32 = 26.0;
const BOTTOM: f32 = 40.0;
/// A field that grows by more than this is drawn on a logarithmic axis.
const LOGARITHMIC: f64 = 60.0;

/// A curve: whose it is, and whether it stands out.
pub struct Curve<'a> {
    pub seer: &'a Seer,
    pub title: String,
    pub active: bool,
}

/// The plot, in so much room.
#[must_use]
pub fn draw(studio: &Studio, curves: &[Curve<'_>], [width, height]: [f32; 2]) -> Sketch {
    let lang = studio.settings.lang;
    let mut sketch = Sketch::new([width, height]);
    let sizes = |seer: &Seer| -> Vec<u64> {
        seer.growth.iter().map(|row| row.field.size[0].max(row.field.size[1])).collect()
    };
    let all: Vec<Vec<u64>> = curves.iter().map(|curve| sizes(curve.seer)).collect();
    let largest = all.iter().flatten().copied().max().unwrap_or(1).max(2);
    let depth = all.iter().map(Vec::len).max().unwrap_or(2).max(2) - 1;
    let image = curves.iter().map(|curve| curve.seer.network.input()[1] as u64).max().unwrap_or(1);
    let top = largest.max(if image <= 4 * largest { image } else { 1 });
    let log = top as f64 > LOGARITHMIC;
    let head = if curves.len() > 1 { TOP + 16.0 } else { TOP };
    let (w, h) = (width - LEFT - RIGHT, height - head - BOTTOM);
    let x_of = |place: usize| LEFT + w * place as f32 / depth as f32;
    let share = |size: f64| {
        if log { size.max(1.0).ln() / (top as f64 * 1.15).ln() } else { size / (top as f64 * 1.08) }
    };
    let y_of = |size: f64| head + h * (1.0 - share(size) as f32);
    for tick in ticks(top, log) {
        let y = y_of(tick as f64);
        sketch.line([LEFT, y], [LEFT + w, y], Pen::new(Role::Hairline, 1.0));
        let words = count(tick.into());
        sketch.text([LEFT - 8.0, y], Anchor::Right, words, Hand::Number, Role::Muted);
    }
    let axis = Message::new(if log { "field-axis-log" } else { "field-axis" }).text(lang);
    sketch.text([LEFT - 40.0, 9.0], Anchor::Left, axis, Hand::Caption, Role::Muted);
    if image <= top {
        let y = y_of(image as f64);
        sketch.line([LEFT, y], [LEFT + w, y], Pen::new(Role::Text.at(0.7), 1.0).dashed());
        let words = Message::new("field-image-side").with("side", count(image.into())).text(lang);
        sketch.text([LEFT + 8.0, y - 9.0], Anchor::Left, words, Hand::Caption, Role::Text);
    }
    // A curve on a numbered axis tells every size.
    let drawn = if words::hidden(studio).is_none() { curves } else { &[] };
    for (curve, sizes) in drawn.iter().zip(&all) {
        let ink = if curve.active { Role::Amber } else { Role::Bar };
        let points: Vec<[f32; 2]> =
            sizes.iter().enumerate().map(|(i, &size)| [x_of(i), y_of(size as f64)]).collect();
        for &[x, y] in &points {
            let half = if sizes.len() > 30 { 1.5 } else { 3.0 };
            let square = [[x - half, y - half], [2.0 * half, 2.0 * half]];
            sketch.rect(square, half, Some(ink.into()), None);
        }
        sketch.marks.push(crate::paper::sketch::Mark::Polyline {
            points: points.clone(),
            pen: Pen::new(ink, if curve.active { 2.2 } else { 1.6 }),
        });
        if curve.active {
            numbers(&mut sketch, sizes, &points, w / depth as f32, log);
        }
    }
    if curves.len() > 1 {
        legend(&mut sketch, curves, LEFT + w);
    }
    if let Some(curve) = curves.iter().find(|curve| curve.active) {
        names(&mut sketch, studio, curve.seer, &x_of, head + h, w / depth as f32);
        let node = curve.seer.unit.node;
        if let Some(row) = curve.seer.growth.get(node)
            && !drawn.is_empty()
        {
            let (x, y) = (x_of(node), y_of(row.field.size[0].max(row.field.size[1]) as f64));
            let ring = [[x - 5.0, y - 5.0], [10.0, 10.0]];
            sketch.rect(ring, 5.0, None, Some(Pen::new(Role::Accent, 2.0)));
        }
    }
    sketch
}

/// Whose curve is which: above the plot, where no curve is.
fn legend(sketch: &mut Sketch, curves: &[Curve<'_>], right: f32) {
    for (place, curve) in curves.iter().enumerate() {
        let y = 9.0 + 16.0 * place as f32;
        let (line, words) =
            if curve.active { (Role::Amber, Role::AmberText) } else { (Role::Bar, Role::Muted) };
        let pen = Pen::new(line, if curve.active { 2.2 } else { 1.6 });
        sketch.line([right + 8.0, y], [right + 32.0, y], pen);
        sketch.text([right, y], Anchor::Right, curve.title.clone(), Hand::Label, words);
    }
}

/// The sizes beside the points, as many as there is room for; on a logarithmic axis the first stands there.
fn numbers(sketch: &mut Sketch, sizes: &[u64], points: &[[f32; 2]], pitch: f32, log: bool) {
    let every = (46.0 / pitch).ceil().max(1.0) as usize;
    for (i, (&size, &[x, y])) in sizes.iter().zip(points).enumerate().skip(usize::from(log)) {
        if i % every == 0 && i + every <= sizes.len() || i + 1 == sizes.len() {
            let words = count(size.into());
            // A curve that grows leaves room above it to the left.
            let (anchor, dx, dy) = match i {
                _ if i + 1 == sizes.len() => (Anchor::Left, 9.0, 0.0),
                0 => (Anchor::Middle, 0.0, -14.0),
                _ => (Anchor::Right, 5.0, -13.0),
            };
            sketch.text([x + dx, y + dy], anchor, words, Hand::StrongNumber, Role::AmberText);
        }
    }
}

fn names(
    sketch: &mut Sketch,
    studio: &Studio,
    seer: &Seer,
    x_of: &dyn Fn(usize) -> f32,
    y: f32,
    pitch: f32,
) {
    let nodes = seer.network.nodes().len();
    let every = (58.0 / pitch).ceil().max(1.0) as usize;
    for node in (0..nodes).step_by(every) {
        let own = node == seer.unit.node;
        let ink = if own { Role::Accent } else { Role::Muted };
        let name = words::layer(studio, seer, node);
        sketch.text([x_of(node), y + 14.0], Anchor::Middle, name, Hand::Caption, ink);
    }
}

/// Round numbers along the axis.
fn ticks(top: u64, log: bool) -> Vec<u64> {
    if log {
        return (0..20)
            .map(|power| 10u64.saturating_pow(power))
            .take_while(|&t| t <= top)
            .collect();
    }
    let rough = top as f64 / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|&step| step >= rough);
    let step = step.unwrap_or(1.0).max(1.0) as u64;
    (0..=top / step).map(|tick| tick * step).collect()
}
