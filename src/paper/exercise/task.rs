//! Which exercise fits a unit: the patch and kernel of one input map, a window, some of many terms, a
//! row of a bitmap, exponentials, or the squares of neighbouring maps.

mod distance;
mod lrn;
mod patch;
mod softmax;
mod terms;
mod window;

use super::What;
use super::choice::Choice;
use super::content::{Block, Cell, Curve, Line, Look};
use crate::explain::{Explanation, Rule, Term};
use crate::locale::{Lang, Message, equals, rounded};
use crate::network::{Activation, Layer, Network, Node};
use crate::paper::{DECIMALS, PaperError};

/// Everything that a task is made from.
struct Site<'a> {
    network: &'a Network,
    e: &'a Explanation,
    lang: Lang,
}

impl Site<'_> {
    fn node(&self) -> &Node {
        &self.network.nodes()[self.e.node]
    }

    fn say(&self, message: Message) -> String {
        message.text(self.lang)
    }

    /// The name of the layer that a term comes from.
    fn source(&self, term: &Term) -> &str {
        &self.network.nodes()[term.source].name
    }

    fn heading(&self, message: Message) -> Block {
        Block::Heading(self.say(message))
    }
}

/// The page's content below its title.
pub fn blocks(
    network: &Network,
    e: &Explanation,
    seed: u64,
    lang: Lang,
) -> Result<Vec<Block>, PaperError> {
    let site = Site { network, e, lang };
    let choice = &mut Choice::new(seed, e);
    let node = site.node();
    let passes_on = matches!(
        node.layer,
        Layer::Flatten
            | Layer::Concat
            | Layer::Add
            | Layer::Dropout { .. }
            | Layer::PadChannels { .. }
    ) && e.terms.len() == 1
        && e.activation == Activation::Identity;
    if e.terms.is_empty() || passes_on {
        return Err(PaperError::Nothing { layer: node.name.clone(), kind: node.layer.kind() });
    }
    let mut blocks = match e.rule {
        Rule::Max => window::largest(&site)?,
        Rule::SquaredDistance => distance::blocks(&site, choice),
        Rule::Softmax => softmax::blocks(&site, choice),
        Rule::Lrn => lrn::blocks(&site),
        Rule::WeightedSum => match &node.layer {
            Layer::Subsample(_) | Layer::PoolAvg(_) => window::coefficient(&site)?,
            Layer::Add | Layer::Concat | Layer::Flatten => terms::plain_sum(&site, choice),
            _ => patch::blocks(&site, choice).unwrap_or_else(|| terms::blocks(&site, choice)),
        },
    };
    let padded = |block: &Block| block.cells().iter().any(|cell| cell.look == Look::Padding);
    if blocks.iter().any(padded) {
        blocks.push(Block::Note(site.say(Message::new("padding-note"))));
    }
    Ok(blocks)
}

/// Bias, x and y, where the lines before give `addends`.
fn ending(site: &Site<'_>, mut lines: Vec<Line>, addends: &[f64]) -> Block {
    let e = site.e;
    if let Some(bias) = e.bias {
        let label = site.say(Message::new("sum-bias"));
        lines.push(Line { label, sign: "", cell: Cell::given(bias), total: false });
    }
    let addends: Vec<f64> = addends.iter().copied().chain(e.bias).collect();
    result(site, lines, equals(&addends, e.sum, DECIMALS))
}

/// x and y, or y alone where nothing is applied.
fn result(site: &Site<'_>, mut lines: Vec<Line>, sign: &'static str) -> Block {
    let e = site.e;
    let alone = e.activation == Activation::Identity;
    let mean = matches!(site.node().layer, Layer::PoolAvg(_));
    let label = site.say(match (e.rule, alone) {
        (Rule::Max, _) => Message::new("sum-largest"),
        _ if mean => Message::new("exercise-mean"),
        (_, true) => Message::new("exercise-output"),
        (_, false) => Message::new("exercise-sum"),
    });
    let cell =
        if alone { Cell::asked(What::Output, e.output) } else { Cell::asked(What::Sum, e.sum) };
    let total = !lines.is_empty();
    lines.push(Line { label, sign, cell, total });
    if alone {
        return Block::Sum { lines, curve: None };
    }
    lines.push(applied(e, e.sum));
    let curve = Some(Curve { activation: e.activation, x: e.sum, y: e.output });
    Block::Sum { lines, curve }
}

/// y = φ(x), with φ written out.
fn applied(e: &Explanation, x: f64) -> Line {
    let found = e.activation.apply(rounded(x, DECIMALS));
    Line {
        label: format!("y = {}", e.activation.formula()),
        sign: equals(&[found], e.output, DECIMALS),
        cell: Cell::asked(What::Output, e.output),
        total: false,
    }
}
