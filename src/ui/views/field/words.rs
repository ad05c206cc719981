//! How layers, stacks and fields are called.

use crate::locale::{Lang, Message, count};
use crate::network::Layer;
use crate::network::stack::{Stack, StackKind, StackLayer};
use crate::ui::scene::Subject;
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
        _ => shown.name.clone(),
    }
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

/// What two stacks have in common, and what not.
pub fn compared(stacks: &[Stack], a: &Seer, b: &Seer) -> Message {
    let last = |seer: &Seer| seer.fields.node(seer.network.nodes().len() - 1);
    let ([x, _], [y, _]) = (last(a).size, last(b).size);
    if x != y {
        return Message::new("field-differ").with("a", count(x.into())).with("b", count(y.into()));
    }
    let non_linear = |place: usize| stacks.get(place).map_or(0, Stack::non_linearities);
    let more = non_linear(1).abs_diff(non_linear(0));
    let key = if more == 0 { "field-same-size" } else { "field-same-size-not-function" };
    Message::new(key).with("size", count(x.into())).with_count("count", more)
}

/// What stands in the place of a number that is covered.
pub const COVERED: &str = "•••";

/// What a unit sees of a node, or that it is still to be guessed.
pub fn sees_or_covered(studio: &Studio, first: i64, last: i64, there: usize) -> String {
    if studio.covered.is_some() {
        return COVERED.into();
    }
    sees(first, last, there).text(studio.settings.lang)
}

/// What a unit sees of a node: so many cells along the columns, and how many of them there are.
fn sees(first: i64, last: i64, there: usize) -> Message {
    let all = (last - first).unsigned_abs();
    let exist = (last.min(there as i64) - first.max(0)).max(0).unsigned_abs();
    let message = if exist < all {
        Message::new("field-sees-clipped").with("exist", count(exist.into()))
    } else {
        Message::new("field-sees-all")
    };
    message.with("size", count(all.into()))
}

/// The unit that is looked at: `S4[3](2,2)`, or `conv 3 (6,6)`.
pub fn unit(studio: &Studio, seer: &Seer) -> String {
    let [c, y, x] = seer.unit.unit;
    let node = &seer.network.nodes()[seer.unit.node];
    let name = layer(studio, seer, seer.unit.node);
    match node.output {
        [1, ..] => format!("{name} ({y},{x})"),
        [_, 1, 1] => format!("{name}[{c}]"),
        _ => format!("{name}[{c}]({y},{x})"),
    }
}
