//! `convscope render window`: the real window, drawn off screen by the code that draws it on screen.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::picture::{PictureArgs, write_png};
use crate::cli::args::Look;
use crate::cli::nearest::nearest;
use crate::cli::values::{has_extension, size};
use crate::cli::{CliError, network_source};
use crate::network::{Network, zoo};
use crate::ui::platform::offscreen::{Options, Part, render_window};
use crate::ui::scene::{Deck, Documents, NetworkRef, Scene, SceneFile};
use crate::ui::settings::Settings;

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
    /// The whole window, the figure with its caption, or the speaker's window.
    #[arg(long, value_enum, default_value_t = PartArg::Window)]
    part: PartArg,
    /// As it is presented: large, without what is not needed.
    #[arg(long)]
    present: bool,
    /// With the other language small beside titles.
    #[arg(long)]
    both: bool,
    #[command(flatten)]
    picture: PictureArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum PartArg {
    Window,
    Figure,
    Speaker,
}

impl From<PartArg> for Part {
    fn from(part: PartArg) -> Self {
        match part {
            PartArg::Window => Self::Window,
            PartArg::Figure => Self::Figure,
            PartArg::Speaker => Self::Speaker,
        }
    }
}

pub fn run(args: &WindowArgs, look: Look) -> anyhow::Result<()> {
    let out = args.picture.out_file()?;
    let (mut scene, deck, documents) = opened(&args.scene)?;
    if let Some(weights) = &args.weights {
        scene.weights = Some(weights.clone());
    }
    let defaults = Options::default();
    let settings = Settings {
        lang: look.lang.map_or(defaults.settings.lang, Into::into),
        theme: look.theme.map_or(defaults.settings.theme, Into::into),
        both: args.both,
        presenting: args.present,
        ..defaults.settings
    };
    let image = render_window(Options {
        scene,
        deck,
        documents,
        settings,
        part: args.part.into(),
        size: args.size,
        scale: args.scale,
        backend: args.picture.backend(),
        ..defaults
    })?;
    Ok(write_png(image, &out)?)
}

/// The first scene of a file and its slides, or a scene by name.
fn opened(wanted: &OsString) -> anyhow::Result<(Scene, Deck, Documents)> {
    if !has_extension(wanted, "json") {
        return Ok((named(wanted)?, Deck::default(), Documents::default()));
    }
    let SceneFile { scenes, documents, .. } = SceneFile::read(Path::new(wanted))?;
    let first = scenes.first().cloned().unwrap_or_default();
    let deck = if scenes.len() > 1 { Deck::new(scenes) } else { Deck::default() };
    Ok((first, deck, documents))
}

fn named(wanted: &OsString) -> anyhow::Result<Scene> {
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
