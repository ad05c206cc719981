//! `convscope field`: what one unit can see, back to the image.

pub mod effective;

use serde::Serialize;

use self::effective::EffectiveArgs;
use super::CliError;
use super::network_source::{NetArg, layer, outside};
use super::numbers::{per_axis, ranges};
use super::output::Output;
use super::table::Table;
use super::values::PlaceValue;
use crate::locale::count;
use crate::network::receptive::{Bounds, Channelset, Fields, NodeRegion, trace, trace_maps};
use crate::network::{Field, Network, Unit};

/// Shows what one unit can see, back to the image.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope field lenet5 --layer C3 --unit 7,4,6   map 7: it sees maps 1 to 4 of S2
  convscope field lenet5 --layer C3 --unit 4,6     all maps of C3 together
  convscope field lenet5 --layer S4 --unit 3,2,2 --effective digit:7 -o effective.png
  convscope field lenet5 --layer S4 --unit 3,2,2 --average -o average.png")]
pub struct FieldArgs {
    #[command(flatten)]
    net: NetArg,
    /// The layer of the unit.
    #[arg(long, value_name = "L")]
    layer: String,
    /// Map, row and column of the unit, counted from 0; without a map, all maps together.
    #[arg(long, value_name = "[C,]Y,X", allow_hyphen_values = true)]
    unit: PlaceValue,
    #[command(flatten)]
    effective: EffectiveArgs,
    #[command(flatten)]
    output: Output,
}

/// The field as JSON (contract §4); boxes are half-open.
#[derive(Serialize)]
struct Report {
    layer: String,
    /// As it was asked for: with or without a map.
    unit: Vec<usize>,
    size: [u64; 2],
    jump: [i64; 2],
    start: [i64; 2],
    exact: bool,
    #[serde(rename = "box")]
    bounds: BoxReport,
    clipped: BoxReport,
    layers: Vec<LayerReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<effective::Report>,
}

#[derive(Clone, Copy, Serialize)]
struct BoxReport {
    y0: i64,
    x0: i64,
    y1: i64,
    x1: i64,
}

#[derive(Serialize)]
struct LayerReport {
    node: String,
    #[serde(rename = "box")]
    bounds: BoxReport,
    channels: Channelset,
}

impl From<Bounds> for BoxReport {
    fn from(Bounds { y0, x0, y1, x1 }: Bounds) -> Self {
        Self { y0, x0, y1, x1 }
    }
}

pub fn run(args: &FieldArgs) -> anyhow::Result<()> {
    let network = args.net.open()?;
    let index = layer(&network, &args.layer)?;
    let place = Place::check(&network, index, args.unit)?;
    let effective = args.effective.carry_out(&network, index, place.unit())?;
    let report = Report { effective, ..Report::of(&network, index, place) };
    Ok(args.output.write(&report, || text(&report, &network))?)
}

/// A place that the layer has.
#[derive(Clone, Copy)]
struct Place {
    map: Option<usize>,
    row: usize,
    column: usize,
}

impl Place {
    fn check(network: &Network, index: usize, wanted: PlaceValue) -> Result<Self, CliError> {
        let node = &network.nodes()[index];
        let PlaceValue { map, row, column } = wanted;
        let fits = [map.unwrap_or(0), row, column]
            .iter()
            .zip(node.output)
            .all(|(&at, size)| at < size as u64);
        if fits {
            let map = map.map(|c| c as usize);
            return Ok(Self { map, row: row as usize, column: column as usize });
        }
        let map = map.map_or_else(String::new, |c| format!("{c},"));
        Err(outside(&node.name, format!("{map}{row},{column}"), node.output))
    }

    fn unit(self) -> Option<Unit> {
        self.map.map(|map| [map, self.row, self.column])
    }
}

impl Report {
    fn of(network: &Network, index: usize, Place { map, row, column }: Place) -> Self {
        let fields = Fields::of(network);
        let (field, regions) = if let Some(map) = map {
            (fields.map(network, index, map), trace(network, index, [map, row, column]))
        } else {
            let all = (0..network.nodes()[index].output[0]).collect();
            (fields.node(index), trace_maps(network, index, all, [row, column]))
        };
        let Field { size, jump, start, exact } = field;
        // A map of zeros (`pad_channels`) sees nothing of the image.
        let nothing = Bounds { y0: 0, x0: 0, y1: 0, x1: 0 };
        let bounds =
            regions.iter().find(|region| region.node == 0).map_or(nothing, |region| region.bounds);
        let name = |index: usize| network.nodes()[index].name.clone();
        Self {
            layer: name(index),
            unit: map.into_iter().chain([row, column]).collect(),
            size,
            jump,
            start,
            exact,
            bounds: bounds.into(),
            clipped: bounds.clipped(network.input()).into(),
            layers: regions
                .into_iter()
                .map(|NodeRegion { node, channels, bounds }| LayerReport {
                    node: name(node),
                    bounds: bounds.into(),
                    channels,
                })
                .collect(),
            effective: None,
        }
    }
}

fn text(report: &Report, network: &Network) -> String {
    let unit: Vec<String> = report.unit.iter().map(ToString::to_string).collect();
    let maps = if unit.len() == 2 { "all maps of " } else { "" };
    let mut figures = Table::new().words("").words("");
    let mut figure = |name: &str, value: String| figures.row([name.to_owned(), value]);
    figure("size", size(report));
    figure("jump", format!("{} pixels from one unit to the next", per_axis(report.jump)));
    let [y, x] = report.start;
    figure("start", format!("row {y}, column {x}: the first pixel that unit 0,0 sees"));
    figure("box", pixels(report.bounds));
    let [_, rows, columns] = network.input();
    figure("on the image", format!("{} (the image has {rows}×{columns})", pixels(report.clipped)));
    for [name, value] in report.effective.iter().flat_map(effective::Report::rows) {
        figures.row([name, value]);
    }
    let title = &network.title;
    format!(
        "The field of {maps}{}[{}] in {title}\n\n{figures}\n{}",
        report.layer,
        unit.join(","),
        layers(report, network)
    )
}

fn size(report: &Report) -> String {
    let [h, w] = report.size;
    let holes =
        if report.exact { "" } else { ": the smallest box around it, which it does not fill" };
    format!("{}×{} pixels{holes}", count(h.into()), count(w.into()))
}

/// Rows and columns, first and last.
fn pixels(bounds: BoxReport) -> String {
    if bounds.y0 >= bounds.y1 || bounds.x0 >= bounds.x1 {
        return "nothing".into();
    }
    format!("rows {}, columns {}", span(bounds.y0, bounds.y1), span(bounds.x0, bounds.x1))
}

fn span(start: i64, end: i64) -> String {
    if end - start == 1 { start.to_string() } else { format!("{start} to {}", end - 1) }
}

fn layers(report: &Report, network: &Network) -> Table {
    let mut table = Table::new().words("layer").words("rows").words("columns").words("maps");
    for LayerReport { node, bounds, channels } in &report.layers {
        let maps = network.index_of(node).map_or(0, |index| network.nodes()[index].output[0]);
        let seen = if channels.len() == maps && maps > 1 {
            format!("all {}", count(maps as u128))
        } else {
            ranges(channels.iter().copied())
        };
        table.row([node.clone(), span(bounds.y0, bounds.y1), span(bounds.x0, bounds.x1), seen]);
    }
    table
}
