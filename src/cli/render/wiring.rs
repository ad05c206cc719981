//! `convscope render wiring`: the connection matrix of a layer.

use std::ffi::OsString;
use std::ops::Range;

use clap::ValueEnum;

use super::picture::{PictureArgs, write_png};
use crate::cli::CliError;
use crate::cli::args::{Look, Theme};
use crate::cli::network_source::{layer, open};
use crate::cli::output::say;
use crate::cli::values::{CellValue, FieldValue, RegionValue, ShareValue, image_shape, size};
use crate::network::connect::{Border, Setting, Stop};
use crate::network::wiring::{Weight, Wiring};
use crate::network::{Channels, Network, Shape};
use crate::render::{WiringStyle, WiringView};

/// Draws the connection matrix of a layer: outputs × inputs, grey where a weight is used.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope render wiring lenet5 --layer C3 -o c3.png
  convscope render wiring --image 1000x1000 --field 10 --kernels 1 -o conv.png
  convscope render wiring --image 1000x1000 --field 10 --kernels 1 --share none -o local.png
  convscope render wiring --image 1000x1000 --field all --kernels 1 -o fully.png
  convscope render wiring --image 32x32 --field 5 --kernels 1 --region 300,290,40,40 \\
      --touch 310,310 --size 600x600 -o close.png")]
#[command(group = clap::ArgGroup::new("which").required(true).args(["net", "image"]))]
pub struct WiringArgs {
    /// A name from `convscope zoo`, or a .json file with a network.
    #[arg(value_name = "NET", requires = "layer", conflicts_with_all = NUMBERS)]
    net: Option<OsString>,
    /// The layer of the network.
    #[arg(long, value_name = "L", requires = "net")]
    layer: Option<String>,
    /// In place of a network: the image that one layer looks at.
    #[arg(
        long, value_name = "HxW|CxHxW", value_parser = image_shape,
        requires_all = ["field", "kernels"]
    )]
    image: Option<Shape>,
    /// The side of a unit's field; `all`: the whole image, as many units per map as pixels.
    #[arg(long, value_name = "K|all")]
    field: Option<FieldValue>,
    /// Output maps.
    #[arg(long, value_name = "M")]
    kernels: Option<usize>,
    #[arg(long, value_name = "S", default_value_t = 1)]
    stride: usize,
    /// Whether the image is padded, so that there is a unit for each pixel, or not.
    #[arg(long, value_enum, default_value_t = Padding::Same)]
    padding: Padding,
    /// Groups of maps that are linked inside each.
    #[arg(long, value_name = "G", default_value_t = 1)]
    groups: usize,
    /// Who shares a kernel: nobody, all units of a map (as without it), or tiles of T × T units.
    #[arg(long, value_name = "none|all|T")]
    share: Option<ShareValue>,
    /// What to draw, counted from 0; without it the whole matrix.
    #[arg(long, value_name = "ROW,COLUMN,ROWS,COLUMNS")]
    region: Option<RegionValue>,
    /// Width and height in pixels.
    #[arg(long, value_name = "WxH", default_value = "600x600", value_parser = size)]
    size: [u32; 2],
    /// Lights every cell with the weight of this one.
    #[arg(long, value_name = "ROW,COLUMN")]
    touch: Option<CellValue>,
    /// Colours each cell by its weight, where a cell is a pixel or more; hues repeat.
    #[arg(long)]
    by_identity: bool,
    #[command(flatten)]
    picture: PictureArgs,
}

/// Told where a person asks for sharing that there cannot be.
const NOTHING_TO_SHARE: &str =
    "with --field all every connection has its own weight: --share changes nothing";

/// What belongs to an image, not to a network.
const NUMBERS: [&str; 7] = ["image", "field", "kernels", "stride", "padding", "groups", "share"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Padding {
    Same,
    Valid,
}

pub fn run(args: &WiringArgs, look: Look) -> anyhow::Result<()> {
    let wiring = args.wiring()?;
    wiring.drawable()?;
    let view = args.view(&wiring)?;
    let touched = args.touch.map(|cell| touched(&wiring, cell)).transpose()?;
    let colours = match look.theme {
        Some(Theme::Dark) => WiringStyle::dark(),
        Some(Theme::Light) | None => WiringStyle::default(),
    };
    let style = WiringStyle { touched, by_identity: args.by_identity, ..colours };
    let out = args.picture.out_file()?;
    let mut renderer = args.picture.renderer()?;
    let image = renderer.wiring(&wiring, &view, &style)?;
    args.picture.warn_if_replaced(&renderer);
    Ok(write_png(image, &out)?)
}

impl WiringArgs {
    fn wiring(&self) -> anyhow::Result<Wiring> {
        if let (Some(net), Some(layer)) = (&self.net, &self.layer) {
            return Ok(of_layer(&open(net)?, layer)?);
        }
        let (setting, stop) = self.setting();
        let checked = setting.check().and_then(|()| setting.check_stop(stop));
        checked.map_err(|source| CliError::Setting { source })?;
        if stop == Stop::Full && matches!(self.share, Some(ShareValue::All | ShareValue::Tiles(_)))
        {
            say(NOTHING_TO_SHARE);
        }
        // Every padding rule of this command gives fields their places.
        Ok(setting.wiring(stop).unwrap_or_else(|| unreachable!("units with places")))
    }

    /// What the numbers describe.
    fn setting(&self) -> (Setting, Stop) {
        let image = self.image.unwrap_or_default().map(|side| side as u64);
        let [_, rows, columns] = image;
        let setting = Setting {
            image,
            border: match self.padding {
                Padding::Same => Border::Same,
                Padding::Valid => Border::Valid,
            },
            field: match self.field {
                // One field over all; a unit per pixel, as with the least of fields.
                Some(FieldValue::All) => [1, 1],
                Some(FieldValue::Side(side)) => [side as u64; 2],
                None => [rows, columns],
            },
            stride: [self.stride as u64; 2],
            kernels: self.kernels.unwrap_or_default() as u64,
            channels: Channels::Groups(self.groups),
            ..Setting::default()
        };
        let stop = match (self.field, self.share.unwrap_or(ShareValue::All)) {
            (Some(FieldValue::All), _) => Stop::Full,
            (_, ShareValue::None) => Stop::Local,
            (_, ShareValue::All) => Stop::Shared,
            (_, ShareValue::Tiles(side)) => Stop::Tiles([side as u64; 2]),
        };
        (setting, stop)
    }

    fn view(&self, wiring: &Wiring) -> Result<WiringView, CliError> {
        let [width, height] = self.size;
        let Some(RegionValue { row, column, rows, columns }) = self.region else {
            return Ok(WiringView::whole(wiring, width, height));
        };
        check_cell(wiring, CellValue { row, column })?;
        let within = |first: u64, count: u64, all: u128| -> Range<u64> {
            let end = u128::from(first) + u128::from(count);
            first..u64::try_from(end.min(all)).unwrap_or(u64::MAX)
        };
        let rows = within(row, rows, wiring.rows());
        let columns = within(column, columns, wiring.columns());
        Ok(WiringView::region(rows, columns, width, height))
    }
}

fn of_layer(network: &Network, name: &str) -> Result<Wiring, CliError> {
    let index = layer(network, name)?;
    Wiring::of_layer(network, index).ok_or_else(|| {
        let nodes = network.nodes().iter().enumerate();
        let wired = nodes.filter(|(index, _)| Wiring::of_layer(network, *index).is_some());
        CliError::NoMatrix {
            layer: name.into(),
            kind: network.nodes()[index].layer.kind(),
            nearest: wired.map(|(_, node)| node.name.clone()).collect(),
        }
    })
}

fn touched(wiring: &Wiring, cell: CellValue) -> Result<Weight, CliError> {
    check_cell(wiring, cell)?;
    let CellValue { row, column } = cell;
    wiring.weight_at(row, column).ok_or(CliError::CellUnused { row, column })
}

fn check_cell(wiring: &Wiring, CellValue { row, column }: CellValue) -> Result<(), CliError> {
    let (rows, columns) = (wiring.rows(), wiring.columns());
    if u128::from(row) < rows && u128::from(column) < columns {
        Ok(())
    } else {
        Err(CliError::CellOutside { row, column, rows, columns })
    }
}
