//! A unit as an exercise on one page, and its answer key on another.
//!
//! A lecturer hands out page 1; every student gets another seed and so other cells to compute. What is
//! asked is data ([`Exercise::blanks`]), so that every answer can be checked against the explanation.

mod choice;
mod content;
mod draw;
mod task;

use crate::explain::{Explanation, Rule};
use crate::locale::{Lang, Message};
use crate::network::Network;

use super::PaperError;
use content::{Block, Cell, Look};

/// What a student has to work out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// The product (the square, the exponential) of a term, by its index in the explanation.
    Term(usize),
    /// The products of one input map together, by the index of the explanation's part.
    Part(usize),
    /// The squared differences of one row of the class bitmap together.
    Row(usize),
    /// The values of the window together, before the coefficient.
    Window,
    /// Coefficient × window.
    Scaled,
    /// The explanation's sum: x, or all exponentials together.
    Sum,
    /// What local response normalisation divides by a power of.
    Divisor,
    /// The own share of all exponentials, or the own value divided, before an activation.
    Share,
    /// The unit's output, y.
    Output,
}

/// One field to fill in, and its answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blank {
    pub what: What,
    pub value: f64,
}

/// One student's exercise.
#[derive(Clone, Debug, PartialEq)]
pub struct Exercise {
    lang: Lang,
    seed: u64,
    /// The layer and the unit, in words.
    title: String,
    place: Option<String>,
    network: String,
    /// Whether numbers have a plus: not where none can be negative.
    plus: bool,
    blocks: Vec<Block>,
}

impl Exercise {
    /// The exercise for one unit. `seed` is the student's number: it chooses the input map and the cells
    /// to compute; where a unit leaves nothing to choose (a window of four), all seeds ask the same.
    ///
    /// # Errors
    /// A unit that only passes a value on, or a window too large to be read on a page.
    pub fn of(
        network: &Network,
        explanation: &Explanation,
        seed: u64,
        lang: Lang,
    ) -> Result<Self, PaperError> {
        let node = &network.nodes()[explanation.node];
        let [c, y, x] = explanation.unit;
        let say = |message: Message| message.text(lang);
        let (title, place) = match node.output {
            [_, 1, 1] => {
                (Message::new("title-unit").with("layer", &node.name).with("unit", c), None)
            }
            _ => (
                Message::new("title-map").with("layer", &node.name).with("map", c),
                Some(say(Message::new("row-column").with("row", y).with("column", x))),
            ),
        };
        let blocks = task::blocks(network, explanation, seed, lang)?;
        let network = network.title.clone();
        let plus = matches!(explanation.rule, Rule::WeightedSum | Rule::Max);
        Ok(Self { lang, seed, title: say(title), place, network, plus, blocks })
    }

    /// Everything that is asked, in the order of the page, with the answers.
    #[must_use]
    pub fn blanks(&self) -> Vec<Blank> {
        let of_cell = |cell: &Cell| match cell.look {
            Look::Asked(what) => Some(Blank { what, value: cell.number }),
            Look::Given | Look::Padding | Look::Ringed => None,
        };
        self.blocks.iter().flat_map(Block::cells).filter_map(of_cell).collect()
    }

    /// Page 1, the exercise, and page 2, the answers, as a PDF on A4. The same exercise gives the same
    /// bytes: there is no time stamp.
    ///
    /// # Errors
    /// If a font cannot be embedded, which would be a bug.
    pub fn pdf(&self) -> Result<Vec<u8>, PaperError> {
        draw::pdf(self)
    }
}
