//! `convscope render window`: the real window, drawn off screen by the code that draws it on screen.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::picture::{PictureArgs, write_png};
use crate::cli::args::Look;
use crate::cli::nearest::nearest;
use crate::cli::values::{has_extension, size};
use crate::cli::{CliError, network_source};
use crate::network::{Network, zoo};
use crate::ui::platform::offscreen::{Options, render_window};
use crate::ui::scene::{NetworkRef, Scene, SceneFile};

/// Draws the whole window, off screen.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope render window -o window.png
  convscope render window --scene lenet5-modern --theme dark --lang zh -o dark.png
  convscope render window --scene my.scene.json --size 1920x1080 --scale 2 -o slide.png

Scenes by name: step (the first start), or a network's name.")]
pub struct WindowArgs {
    /// A scene file, or a scene by name.
    #[arg(long, value_name = "F.json|NAME", default_value = "step")]
    scene: OsString,
    /// Width and height in points.
    #[arg(long, value_name = "WxH", default_value = "1280x800", value_parser = size)]
    size: [u32; 2],
    /// Pixels per point.
    #[arg(long, value_name = "F", default_value_t = 1.0)]
    scale: f32,
    /// A weight file (.safetensors), instead of the scene's weights.
    #[arg(long, value_name = "F")]
    weights: Option<PathBuf>,
    #[command(flatten)]
    picture: PictureArgs,
}

pub fn run(args: &WindowArgs, look: Look) -> anyhow::Result<()> {
    let out = args.picture.out_file()?;
    let mut scene = scene(&args.scene)?;
    if let Some(weights) = &args.weights {
        scene.weights = Some(weights.clone());
    }
    let defaults = Options::default();
    let image = render_window(Options {
        scene,
        lang: look.lang.map_or(defaults.lang, Into::into),
        theme: look.theme.map_or(defaults.theme, Into::into),
        size: args.size,
        scale: args.scale,
        backend: args.picture.backend(),
        ..defaults
    })?;
    Ok(write_png(image, &out)?)
}

/// The first scene of a file, or a scene by name.
fn scene(wanted: &OsString) -> anyhow::Result<Scene> {
    if has_extension(wanted, "json") {
        let file = SceneFile::read(Path::new(wanted))?;
        return Ok(file.scenes.into_iter().next().unwrap_or_default());
    }
    let name = wanted.to_string_lossy();
    if name == FIRST {
        return Ok(Scene::default());
    }
    let Some(network) = zoo::find(&name) else {
        let names = zoo::ENTRIES.iter().map(|entry| entry.name);
        let nearest = nearest(&name, std::iter::once(FIRST).chain(names));
        return Err(CliError::UnknownScene { name: name.into_owned(), nearest }.into());
    };
    Ok(on_network(&network))
}

/// The scene of the first start.
const FIRST: &str = "step";

/// The first scene with another network; its pin stays where the network has such a unit.
fn on_network(network: &Network) -> Scene {
    let mut scene = Scene { network: NetworkRef::Zoo(network.name.clone()), ..Scene::default() };
    scene.pin = scene.pin.filter(|pin| {
        network_source::layer(network, &pin.node).is_ok_and(|index| {
            pin.unit.iter().zip(network.nodes()[index].output).all(|(&at, size)| at < size)
        })
    });
    scene
}
