//! `convscope render`: pictures into files.

pub mod field;
mod maps;
pub mod picture;
mod window;
mod wiring;

use super::args::Look;

/// Draws the picture that the window would draw.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope render maps lenet5 digit:7 --layer C3 -o c3.png
  convscope render field lenet5 digit:7 --layer C3 --unit 7,4,6 -o field.png --backend cpu
  convscope render wiring lenet5 --layer C3 -o wiring.png
  convscope render window --theme dark --lang zh -o window.png")]
pub struct RenderArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The feature maps of a layer.
    Maps(maps::MapsArgs),
    /// What one unit sees of the image.
    Field(field::FieldArgs),
    /// The connection matrix of a layer, of a network or of your own.
    Wiring(Box<wiring::WiringArgs>),
    /// The whole window.
    Window(window::WindowArgs),
}

pub fn run(args: &RenderArgs, look: Look) -> anyhow::Result<()> {
    match &args.what {
        What::Maps(args) => maps::run(args),
        What::Field(args) => field::run(args),
        What::Wiring(args) => wiring::run(args, look),
        What::Window(args) => window::run(args, look),
    }
}
