//! One sentence about what is on screen, derived from graph, pin and answer.

use crate::explain::{Rule, read_line};
use crate::locale::{Message, signed, value};
use crate::network::{Layer, Network};
use crate::ui::replay::{Now, Progress};
use crate::ui::scene::View;
use crate::ui::story::Story;
use crate::ui::studio::{Open, Seen, Studio};
use crate::ui::views::{field, parameters, train};

/// The narrator's sentence for what `studio` shows.
#[must_use]
pub fn sentence_of(studio: &Studio) -> Message {
    let sentence = match studio.scene.view {
        View::Step => open_sentence_of(studio),
        // They know which of their numbers are covered.
        View::Train => return train::sentence_of(studio),
        View::Parameters => return parameters::sentence_of(studio),
        View::Field => return field::sentence_of(studio),
    };
    if studio.covered.is_some() && studio.seen.is_some() && is_telling(&sentence) {
        return Message::new("narrator-covered");
    }
    sentence
}

fn open_sentence_of(studio: &Studio) -> Message {
    if studio.asks_about_photo() {
        return Message::new("narrator-photo");
    }
    if studio.is_blank() {
        return Message::new("narrator-blank");
    }
    let (Some(open), Some(seen)) = (&studio.open, &studio.seen) else {
        return Message::new("narrator-waiting");
    };
    let looked_at = studio.scene.worksheet.and_then(|sheet| sheet.term);
    let looked_at = looked_at.filter(|_| studio.progress().is_none());
    let term = studio.hover.term.or(looked_at);
    let term = term.and_then(|term| about_term(open, studio.story.as_ref()?, term));
    if let Some(sentence) = term {
        return sentence;
    }
    if let Some((progress, story)) = studio.progress().zip(studio.story.as_ref())
        && let Some(sentence) = about_event(open, story, &progress)
    {
        return sentence;
    }
    if let Some(sentence) = about_question(studio, open, seen) {
        return sentence;
    }
    match &studio.story {
        Some(story) if seen.muted.contains(&(story.pin.node, story.pin.unit[0])) => {
            Message::new("narrator-muted").with("unit", open.unit_name(story.pin))
        }
        Some(story) => about_unit(open, seen, story),
        None => about_answer(open, seen),
    }
}

fn about_term(open: &Open, story: &Story, term: usize) -> Option<Message> {
    let explanation = story.explanation()?;
    let term = explanation.terms.get(term)?;
    let [c, y, x] = term.input;
    let key = match (explanation.rule, term.inside) {
        (_, false) => "narrator-padding",
        (Rule::WeightedSum, _) => "narrator-product",
        (Rule::Max, _) => "narrator-value",
        (Rule::SquaredDistance, _) => "narrator-squared",
        (Rule::Softmax, _) => "narrator-exponential",
        (Rule::Lrn, _) => "narrator-square",
    };
    let message = Message::new(key)
        .with("source", &open.network.nodes()[term.source].name)
        .with("map", c)
        .with("row", y)
        .with("column", x)
        .with("value", signed(term.value, 4))
        .with("weight", term.weight.map(|weight| signed(weight, 4)).unwrap_or_default())
        .with("product", signed(term.product, 4));
    Some(message)
}

/// What happens in the present moment of the replay.
fn about_event(open: &Open, story: &Story, progress: &Progress) -> Option<Message> {
    let explanation = story.explanation()?;
    let node = &open.network.nodes()[story.pin.node];
    let [map, row, column] = story.pin.unit;
    let vector = node.output[1..] == [1, 1];
    let part = |place: usize| explanation.parts.get(place);
    let message = match progress.now {
        Now::Part(place) => {
            let part = part(place)?;
            let key = match (explanation.rule, vector) {
                (Rule::Max, _) => "event-max",
                (Rule::SquaredDistance, _) => "event-squares",
                (Rule::Softmax, _) => "event-exponentials",
                (Rule::Lrn, _) => "event-neighbours",
                (Rule::WeightedSum, true) => "event-part-vector",
                (Rule::WeightedSum, false) => "event-part",
            };
            Message::new(key)
                .with("source", &open.network.nodes()[part.source].name)
                .with("input", part.channel)
                .with_count("products", part.terms.len())
        }
        // The sentence about a product names the cell that it comes from, not the unit.
        Now::Product(term) => return about_term(open, story, term),
        Now::Partial(place) => {
            let part = part(place)?;
            Message::new("event-partial")
                .with("source", &open.network.nodes()[part.source].name)
                .with("input", part.channel)
                .with("sum", signed(part.sum, 4))
                .with("total", signed(explanation.so_far(progress.terms), 4))
        }
        Now::Bias => Message::new("event-bias")
            .with("bias", signed(explanation.bias.unwrap_or_default(), 4))
            .with("sum", signed(explanation.sum, 4)),
        Now::Result if vector => Message::new("event-result-vector"),
        Now::Result => Message::new("event-result"),
    };
    let message = message
        .with("layer", &node.name)
        .with("map", map)
        .with("row", row)
        .with("column", column)
        .with("result", signed(explanation.output, 4));
    Some(message)
}

/// Which of two classes the scores prefer, and by how much.
fn about_question(studio: &Studio, open: &Open, seen: &Seen) -> Option<Message> {
    let [a, b] = studio.question()?;
    let scores = seen.trace.output(open.network.scores()).values();
    let (of_a, of_b) = (f64::from(*scores.get(a)?), f64::from(*scores.get(b)?));
    let lower = open.network.lower_is_better();
    let key = if lower { "narrator-question-distance" } else { "narrator-question-score" };
    let message = Message::new(key)
        .with("a", open.network.label(a))
        .with("b", open.network.label(b))
        .with("of_a", value(of_a, 2))
        .with("of_b", value(of_b, 2))
        .with("difference", signed(of_a - of_b, 2));
    Some(message)
}

fn about_unit(open: &Open, seen: &Seen, story: &Story) -> Message {
    let node = &open.network.nodes()[story.pin.node];
    let [map, row, column] = story.pin.unit;
    let number = f64::from(seen.trace.output(story.pin.node).at(story.pin.unit));
    let key = match (&node.layer, node.output) {
        (Layer::Input { .. }, _) => "narrator-pixel",
        (Layer::Rbf(_), _) => "narrator-distance",
        (Layer::Softmax, _) => "narrator-probability",
        (_, [_, 1, 1]) => "narrator-vector-unit",
        _ => "narrator-unit",
    };
    let shown = match node.layer {
        Layer::Rbf(_) => value(number, 2),
        _ => signed(number, 2),
    };
    let seen_rows = story.regions.last().map_or([0, 0], |region| {
        let bounds = region.bounds.clipped(open.network.input());
        [bounds.y1 - bounds.y0, bounds.x1 - bounds.x0]
    });
    Message::new(key)
        .with("layer", &node.name)
        .with("map", map)
        .with("row", row)
        .with("column", column)
        .with("value", shown)
        .with("percent", value(number * 100.0, 1))
        .with("label", open.network.label(map))
        .with("terms", story.explanation().map_or(0, |e| e.terms.len()))
        .with("rows", seen_rows[0])
        .with("columns", seen_rows[1])
}

/// What stands in the place of a sentence that would give away a covered number.
fn is_telling(message: &Message) -> bool {
    let silent = ["event-part", "event-part-vector", "event-max", "event-squares"];
    !silent.contains(&message.key) && message.key != "event-exponentials"
}

/// What a network that slides along a line reads there.
fn about_line(open: &Open, seen: &Seen) -> Option<Message> {
    open.slide?;
    let node = open.network.scores();
    let jump = open.fields.map(&open.network, node, 0).jump[1].max(1) as usize;
    let scores = seen.trace.output(node);
    let read = read_line(&open.network, scores, jump);
    let words: String = read.iter().map(|reading| open.network.label(reading.class)).collect();
    if words.is_empty() {
        return Some(Message::new("line-reads-nothing"));
    }
    let positions = scores.chw()[2];
    Some(Message::new("line-reads").with("text", words).with_count("positions", positions))
}

fn about_answer(open: &Open, seen: &Seen) -> Message {
    if let Some(sentence) = about_line(open, seen) {
        return sentence;
    }
    let network = &open.network;
    let scores = seen.trace.output(network.scores()).values();
    let Some(class) = best(network, scores) else { return Message::new("narrator-waiting") };
    let key = if network.lower_is_better() {
        "narrator-answer-distance"
    } else {
        "narrator-answer-score"
    };
    Message::new(key)
        .with("title", &network.title)
        .with("label", network.label(class))
        .with("score", value(f64::from(scores[class]), 2))
}

/// The class that the scores name.
#[must_use]
pub fn best(network: &Network, scores: &[f32]) -> Option<usize> {
    let order = |a: &usize, b: &usize| scores[*a].total_cmp(&scores[*b]);
    if network.lower_is_better() {
        (0..scores.len()).min_by(order)
    } else {
        (0..scores.len()).max_by(order)
    }
}
