//! `convscope render maps`: the feature maps of a layer.

use super::picture::{PictureArgs, maps, write_png};
use crate::array::Array;
use crate::cli::look::{LookArgs, Seen};
use crate::cli::network_source::layer;
use crate::network::Network;
use crate::render::Scale;

/// Draws the feature maps of a layer.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope render maps lenet5 digit:7 --layer C1 -o c1.png
  convscope render maps lenet5 digit:7 --layer F6 -o f6.png      as the 7×12 picture it is")]
pub struct MapsArgs {
    #[command(flatten)]
    look: LookArgs,
    /// The layer to draw.
    #[arg(long, value_name = "L")]
    layer: String,
    #[command(flatten)]
    picture: PictureArgs,
}

pub fn run(args: &MapsArgs) -> anyhow::Result<()> {
    let network = args.look.net.open()?;
    let index = layer(&network, &args.layer)?;
    let out = args.picture.out_file()?;
    let mut renderer = args.picture.renderer()?;
    let seen = args.look.look(&network)?;
    let scale = if index == 0 { Scale::Grey { inverted: false } } else { Scale::Sequential };
    let (image, _) = maps(&mut renderer, &layer_values(&network, index, &seen), scale)?;
    args.picture.warn_if_replaced(&renderer);
    Ok(write_png(image, &out)?)
}

/// What the layer computed; units that form a picture are arranged as one.
fn layer_values(network: &Network, index: usize, seen: &Seen) -> Array {
    let values = seen.trace.output(index);
    network
        .picture(index)
        .and_then(|[rows, columns]| values.reshaped(&[1, rows, columns]).ok())
        .unwrap_or_else(|| values.clone())
}
