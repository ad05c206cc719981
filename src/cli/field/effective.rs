//! `convscope field … --effective IMAGE` or `--average`: how much each pixel moves the unit, through real weights.

use std::path::PathBuf;

use serde::Serialize;

use crate::array::{Array, Weights};
use crate::cli::CliError;
use crate::cli::image_source::{Source, family_default};
use crate::cli::look::Ready;
use crate::cli::numbers::percent;
use crate::cli::output::warn;
use crate::cli::prepared::Prepared;
use crate::cli::render::field::draw;
use crate::cli::render::picture::{Backend, PictureArgs, write_png};
use crate::cli::values::ImageValue;
use crate::cli::weights_source::{Loaded, Origin, WeightsArg};
use crate::data::{Split, digits};
use crate::engine::effective::{Asked, Effective, average};
use crate::engine::{EngineError, Model};
use crate::locale::{self, count};
use crate::network::receptive::{energy, trace};
use crate::network::{Domain, Network, Unit};
use crate::render::Heat;

/// `[--effective IMAGE | --average] -o F.png [--weights F] [--backend gpu|cpu]`.
#[derive(Debug, clap::Args)]
pub struct EffectiveArgs {
    /// The effective field on this picture: a file, or digit:N. |gradient| of the unit by each pixel is
    /// drawn in magenta, as opaque as it is large.
    #[arg(long, value_name = "IMAGE", requires = "out", group = "heat")]
    effective: Option<ImageValue>,
    /// The PNG file to write.
    #[arg(short = 'o', long = "output", value_name = "F.png", requires = "heat")]
    out: Option<PathBuf>,
    /// The mean effective field over the 1,000 bundled test digits, drawn on plain paper.
    #[arg(long, requires = "out", group = "heat")]
    average: bool,
    /// A weight file (.safetensors); without it the bundled weights are taken.
    #[arg(long, value_name = "F", requires = "heat")]
    weights: Option<PathBuf>,
    /// Who draws; without it the GPU if it can compute, else the CPU. Both draw the same.
    #[arg(long, value_enum, requires = "heat")]
    backend: Option<Backend>,
}

/// The effective field as JSON.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The picture that the gradient was taken on; null for the mean over many.
    image: Option<String>,
    weights: Origin,
    /// How many images the figures are the mean of.
    images: usize,
    /// On how many of them the unit is not silent.
    live: usize,
    /// The largest |gradient| of a pixel, its channels summed.
    maximum: f32,
    /// The part of Σ gradient² in the central quarter of the box, half as high and half as wide, 0 to 1;
    /// an even spread has 0.25 there. Null for a unit that is silent.
    energy_in_quarter: Option<f64>,
}

impl EffectiveArgs {
    /// Draws the effective field, if it was asked for. There is one only of one unit, so without a map
    /// (`unit` is `None`) it is refused: the gradients of the maps' sum would cancel, and a sum of their
    /// sizes would be no unit's field.
    ///
    /// # Errors
    /// No map, an image or weights that cannot be read or do not fit, or a file that cannot be written.
    pub fn carry_out(
        &self,
        network: &Network,
        index: usize,
        unit: Option<Unit>,
    ) -> anyhow::Result<Option<Report>> {
        let Some(out) = &self.out else { return Ok(None) };
        let layer = || network.nodes()[index].name.clone();
        let unit = unit.ok_or_else(|| CliError::EffectiveWithoutMap { layer: layer() })?;
        if self.average && network.domain != Domain::Digit {
            return Err(CliError::AverageOfDigits { network: network.name.clone() }.into());
        }
        let picture = PictureArgs::of(out.clone(), self.backend);
        let out = picture.out_file()?;
        let weights = WeightsArg::of(self.weights.clone());
        let Looked { name, loaded, images } = self.look(network, &weights)?;
        let mut renderer = picture.renderer()?;
        let found = compute(network, (index, unit), &loaded, &images)?;
        let heat = Heat::of(found.heat.clone());
        let under = if self.average { None } else { images.first() };
        let image = draw(&mut renderer, network, (index, unit), under, Some(&heat))?;
        picture.warn_if_replaced(&renderer);
        write_png(image, &out)?;
        if found.live == 0 {
            warn("the unit is silent here, so no pixel moves it and there is no heat to draw");
        }
        Ok(Some(Report::of(network, (index, unit), (name, loaded.origin), &found)))
    }

    /// The weights, and the images that the gradient is to be taken on.
    fn look(&self, network: &Network, weights: &WeightsArg) -> anyhow::Result<Looked> {
        if let Some(image) = &self.effective {
            let Ready { source, loaded, input, .. } =
                Ready::new(network, Source::open(image)?, weights)?;
            return Ok(Looked { name: Some(source.name), loaded, images: vec![input] });
        }
        let loaded = weights.open(network)?;
        let images = test_digits(network, &loaded)?;
        Ok(Looked { name: None, loaded, images })
    }
}

/// What the gradient is taken with and on.
struct Looked {
    /// Of the one picture; `None` for the test digits.
    name: Option<String>,
    loaded: Loaded,
    images: Vec<Array>,
}

fn compute(
    network: &Network,
    (node, unit): (usize, Unit),
    loaded: &Loaded,
    images: &[Array],
) -> anyhow::Result<Effective> {
    let model = Model::new(network, &loaded.weights)?;
    let asked = Asked { muted: &[], node, unit };
    // Ctrl+C ends the process at once.
    Ok(average(&model, images, asked, &|| false)?)
}

/// |gradient| of a unit by the pixels of one image, `[1, h, w]`.
///
/// # Errors
/// Weights or an image that do not fit, or a unit that is not there.
pub fn heat_of_unit(
    network: &Network,
    weights: &Weights,
    input: &Array,
    (node, unit): (usize, Unit),
) -> Result<Array, EngineError> {
    let asked = Asked { muted: &[], node, unit };
    let model = Model::new(network, weights)?;
    Ok(average(&model, std::slice::from_ref(input), asked, &|| false)?.heat)
}

/// The bundled test digits as these weights want them.
fn test_digits(network: &Network, loaded: &Loaded) -> Result<Vec<Array>, CliError> {
    let own = loaded.stages()?.unwrap_or_else(|| family_default(network));
    let images = digits::bundled().subset(digits::range(Split::Test));
    Ok(Prepared::new(&images, &own, network)?.arrays())
}

impl Report {
    fn of(
        network: &Network,
        (index, unit): (usize, Unit),
        (image, weights): (Option<String>, Origin),
        found: &Effective,
    ) -> Self {
        // What lies beyond the border has no pixels to hold energy.
        let seen = trace(network, index, unit).into_iter().find(|region| region.node == 0);
        let share = seen.and_then(|region| {
            energy::share_in_quarter(&found.heat, region.bounds.clipped(network.input()))
        });
        Self {
            image,
            weights,
            images: found.images,
            live: found.live,
            maximum: energy::maximum(&found.heat),
            energy_in_quarter: share,
        }
    }

    /// What and how much, for a table of two columns.
    pub fn rows(&self) -> [[String; 2]; 3] {
        let of = if let Some(image) = &self.image {
            format!("|gradient| on {image}")
        } else {
            let [images, live] = [self.images, self.live].map(|n| count(n as u128));
            format!("the mean of |gradient| over {images} test digits, on {live} of them not 0")
        };
        let share = self.energy_in_quarter.map_or_else(
            || "the unit is silent: no pixel moves it".into(),
            |share| {
                let share = percent(share);
                format!(
                    "{share} of Σ gradient² in the central quarter of the box (spread evenly 25 %)"
                )
            },
        );
        let largest = locale::value(self.maximum.into(), 4);
        [
            ["effective".into(), format!("{of}, with {}", self.weights.text())],
            ["energy".into(), share],
            ["at most".into(), format!("{largest} per pixel")],
        ]
    }
}
