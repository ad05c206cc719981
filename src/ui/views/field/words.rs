//! How layers, stacks and fields are called.

use crate::locale::{Lang, Message, count};
use crate::network::Layer;
use crate::network::receptive::Bounds;
use crate::network::stack::{Stack, StackKind, StackLayer};
use crate::ui::cover::cover_place;
use crate::ui::scene::{FieldPage, Subject};
use crate::ui::studio::{Seer, Studio};

/// Up to so many layers are listed in a title.
const LISTED: usize = 4;

/// The name of a layer: `conv 1`, or the node's own.
pub fn layer(studio: &Studio, seer: &Seer, node: usize) -> String {
    let lang = studio.settings.lang;
    let shown = &seer.network.nodes()[node];
    match &shown.layer {
        Layer::Input { .. } => Message::new("input-layer").text(lang),
        Layer::Conv(_) if studio.scene.field.subject == Subject::Stacks => {
            Message::new("field-conv").with("number", node).text(lang)
        }
        Layer::PoolMax(_) | Layer::PoolAvg(_) if studio.scene.field.subject == Subject::Stacks => {
            Message::new("field-pool").with("number", node).text(lang)
        }
        Layer::Conv(_)
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::Local(_)
        | Layer::Linear(_)
        | Layer::Subsample(_)
        | Layer::GlobalAvg
        | Layer::Rbf(_)
        | Layer::Softmax
        | Layer::BatchNorm { .. }
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => shown.name.clone(),
    }
}

/// Rows and columns: `5`, where both are as many and one of them says it, else `5×7`.
pub fn side(sides: [u64; 2]) -> String {
    match sides {
        [rows, columns] if rows == columns => count(rows.into()),
        sides => sides_of(sides),
    }
}

/// `1,451×1,451`, which no line breaks.
pub fn sides_of([rows, columns]: [u64; 2]) -> String {
    format!("{}×{}", count(rows.into()), count(columns.into()))
}

/// The sides of a box; none where it is empty.
pub fn sides_in(bounds: Bounds) -> [u64; 2] {
    bounds.sides().map(|side| side as u64)
}

/// `3×3 · 3×3 · 3×3`, or how many layers there are.
pub fn stack(stack: &Stack, lang: Lang) -> String {
    let layers = &stack.layers;
    let alike = layers.iter().all(|layer| layer == &layers[0]);
    if alike && layers.len() > 1 {
        return format!("{} × ({})", layers.len(), one(&layers[0], lang));
    }
    if layers.len() > LISTED {
        return Message::new("field-layers").with_count("count", layers.len()).text(lang);
    }
    layers.iter().map(|layer| one(layer, lang)).collect::<Vec<_>>().join(" · ")
}

/// `3×3`, with what is not usual about it.
fn one(layer: &StackLayer, lang: Lang) -> String {
    let size = format!("{0}×{0}", layer.kernel);
    match layer.kind {
        StackKind::Conv => {
            let stride =
                if layer.stride > 1 { format!(" /{}", layer.stride) } else { String::new() };
            let holes =
                if layer.dilation > 1 { format!(" d{}", layer.dilation) } else { String::new() };
            format!("{size}{stride}{holes}")
        }
        StackKind::MaxPool | StackKind::AveragePool => {
            Message::new("field-pooled").with("size", size).text(lang)
        }
    }
}

/// Weights and non-linearities of a stack, beside another one.
pub fn costs(stack: &Stack, other: Option<&Stack>) -> Message {
    let weights = stack.weights();
    let more = other.map(Stack::weights).filter(|&more| more > weights && weights > 0);
    let message = match more {
        Some(more) => Message::new("field-costs-share")
            .with("percent", (100.0 * weights as f64 / more as f64).round()),
        None => Message::new("field-costs"),
    };
    message.with("weights", count(weights as u128)).with_count("count", stack.non_linearities())
}

/// What the units that are looked at in two stacks have in common, and what not.
pub fn compared(studio: &Studio, a: &Seer, b: &Seer) -> Message {
    let stacks = &studio.scene.field.stacks;
    // Stacks are square.
    let ([x, _], [y, _]) = (a.field.size, b.field.size);
    if [a, b].into_iter().any(|seer| seer.unit.node + 1 != seer.network.nodes().len()) {
        // Units on the way: what is said of the stacks does not hold for them.
        return Message::new("field-compared-units")
            .with("a", count(x.into()))
            .with("b", count(y.into()))
            .with("one", unit(studio, a))
            .with("other", unit(studio, b));
    }
    if x != y {
        return Message::new("field-differ").with("a", count(x.into())).with("b", count(y.into()));
    }
    let non_linear = |place: usize| stacks.get(place).map_or(0, Stack::non_linearities);
    let more = non_linear(1).abs_diff(non_linear(0));
    let key = if more == 0 { "field-same-size" } else { "field-same-size-not-function" };
    Message::new(key).with("size", count(x.into())).with_count("count", more)
}

/// What a slide asks before it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// How far a unit sees.
    Reach,
    /// Which of two stacks has more weights.
    Weights,
    /// Whether every pixel counts as much.
    Ways,
}

/// What is asked at present.
pub fn question(studio: &Studio) -> Option<Question> {
    let shown = &studio.scene.field;
    shown.asked.then_some(match shown.page {
        FieldPage::Image => Question::Ways,
        FieldPage::Figure | FieldPage::Growth | FieldPage::Table | FieldPage::Compose => {
            let two = shown.subject == Subject::Stacks && shown.stacks.len() > 1;
            if two { Question::Weights } else { Question::Reach }
        }
    })
}

/// Whether what a unit sees of a layer may be shown: before the answer only the unit and what it reads
/// itself are, so that a class can follow the lines further down.
pub fn is_told(studio: &Studio, seer: &Seer, node: usize) -> bool {
    let own = seer.unit.node;
    let near = node == own || seer.network.nodes()[own].inputs.contains(&node);
    near || question(studio) != Some(Question::Reach)
}

/// What stands in the place of numbers that are still to be guessed; `None` where they are shown.
pub fn hidden(studio: &Studio) -> Option<&'static str> {
    let place = answer_place();
    let covered = studio.covered.as_ref().is_some_and(|revealed| !revealed.contains(&place));
    if studio.scene.field.asked { Some("?") } else { covered.then_some("•••") }
}

/// Under which the numbers of the view are uncovered, all at once.
pub fn answer_place() -> u64 {
    cover_place("field-numbers")
}

/// How many cells of a layer in a row reach the unit; of the image, how many of the pixels of the field.
/// The second part can stand under the first.
pub fn reach(studio: &Studio, seer: &Seer, node: usize, cells: usize) -> [String; 2] {
    let lang = studio.settings.lang;
    if node > 0 {
        let first = Message::new("field-reach").with("layer", layer(studio, seer, node));
        let second = Message::new("field-reach-it").with_count("count", cells);
        return [first.with("count", cells).text(lang), second.text(lang)];
    }
    let first = Message::new("field-sees-pixels").with_count("count", cells).text(lang);
    let size = seer.field.size[1];
    let second = Message::new("field-sees-of").with("size", count(size.into()));
    [first, if size == cells as u64 { String::new() } else { second.text(lang) }]
}

/// The same of whole maps: `5 × 5`, or how many of them where some are not seen; in full, and as short as
/// it can be said.
pub fn reach_of_map(
    studio: &Studio,
    node: usize,
    [rows, columns]: [u64; 2],
    cells: u64,
) -> [String; 2] {
    let size = sides_of([rows, columns]);
    let key = if node > 0 { "field-map-reaches" } else { "field-map-sees" };
    let cells = if cells < rows * columns {
        Message::new("field-map-part").with("cells", count(cells.into())).with("size", size)
    } else {
        Message::new("field-map-whole").with("size", size)
    };
    let lang = studio.settings.lang;
    [Message::new(key).with_message("cells", cells.clone()).text(lang), cells.text(lang)]
}

/// About how wide words are as a caption, where there is nobody to ask.
pub fn width_about(words: &str) -> f32 {
    words.chars().map(|letter| if letter.is_ascii() { 6.0 } else { 11.0 }).sum()
}

/// The unit that is looked at: `S4[3](2,2)`, or `conv 3 (6,6)` where there is one map or all are meant.
pub fn unit(studio: &Studio, seer: &Seer) -> String {
    let [c, y, x] = seer.unit.unit;
    let node = &seer.network.nodes()[seer.unit.node];
    let name = layer(studio, seer, seer.unit.node);
    match node.output {
        [1, ..] => format!("{name} ({y},{x})"),
        _ if seer.all_maps => format!("{name} ({y},{x})"),
        [_, 1, 1] => format!("{name}[{c}]"),
        _ => format!("{name}[{c}]({y},{x})"),
    }
}
