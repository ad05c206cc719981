//! `IMAGE`: a file, or a bundled digit; and how it is prepared for a network.

use super::CliError;
use super::output::warn;
use super::prepared::grey;
use super::values::ImageValue;
use crate::array::Array;
use crate::data::pipeline::{INK, PAPER};
use crate::data::verdict::{Verdict, judge};
use crate::data::{Stage, digits, picture, pipeline};
use crate::network::{Domain, Network, Shape};

/// The positional argument `IMAGE`.
#[derive(Clone, Debug, clap::Args)]
pub struct ImageArg {
    /// A picture file, or digit:N, the N-th of the 5,000 bundled digits.
    #[arg(value_name = "IMAGE")]
    image: ImageValue,
}

/// A picture before it is prepared.
#[derive(Clone, Debug)]
pub struct Source {
    /// `[1, h, w]` or `[3, h, w]`, 0..1.
    pub values: Array,
    pub kind: Kind,
    /// What it is called: a file's path or "#0007 · labelled 2".
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 28×28 pixels, already as MNIST has them.
    Digit,
    File,
}

impl ImageArg {
    /// The picture.
    ///
    /// # Errors
    /// A digit that is not there, or a file that cannot be read as a picture.
    pub fn open(&self) -> Result<Source, CliError> {
        Source::open(&self.image)
    }
}

fn digit(number: &str) -> Result<Source, CliError> {
    let index = number
        .parse()
        .ok()
        .filter(|&index: &usize| index < digits::COUNT)
        .ok_or_else(|| CliError::NoDigit { digit: number.into(), last: digits::COUNT - 1 })?;
    let all = digits::bundled();
    let values = grey(all, index);
    let name = format!("#{index:04} · labelled {}", all.labels()[index]);
    Ok(Source { values, kind: Kind::Digit, name })
}

impl Source {
    /// The picture that was named.
    ///
    /// # Errors
    /// A digit that is not there, or a file that cannot be read as a picture.
    pub fn open(image: &ImageValue) -> Result<Self, CliError> {
        match image {
            ImageValue::Digit(number) => digit(number),
            ImageValue::File(path) => {
                let values = picture::open(path)?.to_array();
                Ok(Self { values, kind: Kind::File, name: path.display().to_string() })
            }
        }
    }

    /// The stages that this picture goes through, of those that belong to the weights (`own`) or,
    /// without weights, to the network's family.
    #[must_use]
    pub fn stages(&self, network: &Network, own: Option<Vec<Stage>>) -> Vec<Stage> {
        let own = own.unwrap_or_else(|| family_default(network));
        let has_head = pipeline::for_idx(&own).len() < own.len();
        match (network.domain, self.kind) {
            (Domain::Photo, _) => own,
            (Domain::Digit, Kind::Digit) => pipeline::for_idx(&own).to_vec(),
            (Domain::Digit, Kind::File) if has_head => own,
            (Domain::Digit, Kind::File) => [digit_head(), own].concat(),
        }
    }

    /// What the network gets.
    ///
    /// # Errors
    /// A stage that does not fit the picture, or a result that does not fit the network.
    pub fn prepare(&self, stages: &[Stage], network: &Network) -> Result<Array, CliError> {
        let tensor = pipeline::tensor(stages, &self.values)?;
        let found: Shape = tensor.chw();
        if found != network.input() {
            return Err(CliError::Prepared {
                found,
                needed: network.input(),
                network: network.name.clone(),
            });
        }
        Ok(tensor)
    }

    /// Says on standard error when a picture for a digit network does not look like a digit.
    ///
    /// # Errors
    /// If the picture cannot be judged.
    pub fn warn_if_no_digit(&self, network: &Network) -> Result<(), CliError> {
        if self.kind == Kind::Digit || network.domain == Domain::Photo {
            return Ok(());
        }
        match judge(&self.values)? {
            Verdict::Digit => {}
            Verdict::NoInk => warn("nothing seems to be written in this picture"),
            Verdict::SeveralBlobs { count } => {
                warn(format_args!("{count} separate things are written in this picture"));
            }
            Verdict::Photo { .. } => {
                warn("this looks like a photo, not like a written digit; the scores mean little");
            }
        }
        Ok(())
    }
}

/// What turns a picture of a digit into 28×28 pixels as MNIST has them.
fn digit_head() -> Vec<Stage> {
    let mut stages = pipeline::digit_file();
    let finished = stages.len() - pipeline::for_idx(&stages).len();
    stages.truncate(finished);
    stages
}

/// The stages of newly trained weights: for pictures of any kind, down to what they were trained on.
pub fn full_stages(network: &Network) -> Vec<Stage> {
    match network.domain {
        Domain::Photo => family_default(network),
        Domain::Digit => [digit_head(), family_default(network)].concat(),
    }
}

/// The stages that networks of a family are usually fed with; for digits, from 28×28 pixels on.
pub fn family_default(network: &Network) -> Vec<Stage> {
    match network.domain {
        Domain::Photo => pipeline::squeezenet(),
        Domain::Digit => {
            let [_, h, w] = network.input();
            let normalise = Stage::Normalise { paper: PAPER, ink: INK };
            if [h, w] == [digits::SIDE; 2] {
                vec![normalise]
            } else {
                vec![Stage::sheet([h, w], 0.0), normalise]
            }
        }
    }
}
