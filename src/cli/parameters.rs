//! `convscope parameters`: one layer, connected fully, locally and with shared weights.

use serde::Serialize;

use super::output::{Output, say};
use super::table::Table;
use super::values;
use crate::locale::count;
use crate::network::connect::{
    Border, Counts, Hidden, LARGEST_BYTES, LARGEST_HIDDEN, LARGEST_MAPS, LARGEST_SIDE, Setting,
    SettingError, Stop,
};
use crate::network::formula::TooLarge;
use crate::network::{Channels, Formula, Shape};

/// Counts one layer three ways: fully connected, locally connected, convolutional.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope parameters --image 1000x1000 --hidden 1000000 --field 10 --kernels 1 --no-bias
  convscope parameters --image 32x32 --hidden 4704 --field 5 --kernels 6       LeNet's C1
  convscope parameters --image 6x14x14 --field 5 --kernels 16 --padding valid

With `ignore` (as a first course counts) every unit has a whole field, and --hidden says how many units
there are in all. With `same` and `valid` fields have true places, which give the number of units.")]
pub struct ParametersArgs {
    /// Rows and columns of the image, channels before them where there are several.
    #[arg(long, value_name = "HxW|CxHxW", allow_hyphen_values = true, value_parser = values::image_shape)]
    image: Shape,
    /// Hidden units in all; without it one per pixel. Only where the border is ignored.
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = within(LARGEST_HIDDEN))]
    hidden: Option<u64>,
    /// Rows and columns of a unit's field.
    #[arg(long, value_name = "K", allow_hyphen_values = true, value_parser = within(LARGEST_SIDE))]
    field: u64,
    /// Kernels of the convolution: maps that it makes.
    #[arg(long, value_name = "M", allow_hyphen_values = true, value_parser = within(LARGEST_MAPS))]
    kernels: u64,
    /// Pixels from one field to the next.
    #[arg(long, value_name = "S", default_value = "1", allow_hyphen_values = true, value_parser = within(LARGEST_SIDE))]
    stride: u64,
    /// Groups of channels and kernels that are linked inside each alone.
    #[arg(long, value_name = "G", default_value = "1", allow_hyphen_values = true, value_parser = within(LARGEST_MAPS))]
    groups: u64,
    /// No unit has a bias.
    #[arg(long)]
    no_bias: bool,
    /// Bytes of one stored weight.
    #[arg(long, value_name = "N", default_value = "4", allow_hyphen_values = true, value_parser = within(LARGEST_BYTES))]
    bytes_per_weight: u64,
    /// What happens at the border.
    #[arg(long, value_enum, default_value = "ignore")]
    padding: PaddingRule,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum PaddingRule {
    Ignore,
    Same,
    Valid,
}

/// A whole number from 1 on.
fn within(most: u64) -> impl Fn(&str) -> Result<u64, String> + Clone + Send + Sync {
    move |text| {
        let number = text.trim().parse().ok().filter(|number| (1..=most).contains(number));
        number.ok_or_else(|| format!("write a whole number from 1 to {most}"))
    }
}

/// One of the counts.
type Pick = fn(&Counts) -> Formula;

/// The three columns (contract §4).
#[derive(Serialize)]
struct Report {
    fully_connected: Column,
    locally_connected: Column,
    convolutional: Column,
}

#[derive(Serialize)]
struct Column {
    weights: u128,
    biases: u128,
    params: u128,
    connections: u128,
    macs: u128,
    bytes: u128,
}

impl Column {
    fn of(counts: &Counts) -> Result<Self, TooLarge> {
        Ok(Self {
            weights: counts.weights.value()?,
            biases: counts.biases.value()?,
            params: counts.params().value()?,
            connections: counts.connections.value()?,
            macs: counts.macs.value()?,
            bytes: counts.bytes.value()?,
        })
    }
}

pub fn run(args: &ParametersArgs) -> anyhow::Result<()> {
    let setting = args.setting()?;
    let counts =
        |stop| setting.counts(stop).unwrap_or_else(|| unreachable!("the setting has been checked"));
    let ways = [Stop::Full, Stop::Local, Stop::Shared].map(counts);
    let [full, local, shared] = &ways;
    let report = Report {
        fully_connected: Column::of(full)?,
        locally_connected: Column::of(local)?,
        convolutional: Column::of(shared)?,
    };
    if args.padding == PaddingRule::Ignore && args.stride > 1 {
        say(
            "the stride changes nothing while the border is ignored: --hidden says how many units there are",
        );
    }
    Ok(args.output.write(&report, || text(&setting, &ways))?)
}

impl ParametersArgs {
    fn setting(&self) -> Result<Setting, super::CliError> {
        let border = match (self.padding, self.hidden) {
            (PaddingRule::Ignore, Some(units)) => Border::Ignored(Hidden::Units(units)),
            (PaddingRule::Ignore, None) => Border::Ignored(Hidden::LikeImage),
            (PaddingRule::Same | PaddingRule::Valid, Some(_)) => {
                return Err(super::CliError::HiddenIsGiven);
            }
            (PaddingRule::Same, None) => Border::Same,
            (PaddingRule::Valid, None) => Border::Valid,
        };
        let setting = Setting {
            image: self.image.map(|side| side as u64),
            border,
            field: [self.field; 2],
            stride: [if self.padding == PaddingRule::Ignore { 1 } else { self.stride }; 2],
            kernels: self.kernels,
            channels: Channels::Groups(self.groups as usize),
            bias: !self.no_bias,
            bytes_per_weight: self.bytes_per_weight,
            ..Setting::default()
        };
        setting.check().map_err(|source: SettingError| super::CliError::Setting { source })?;
        Ok(setting)
    }
}

fn text(setting: &Setting, ways: &[Counts; 3]) -> String {
    let [channels, rows, columns] = setting.image;
    let mut table = Table::new()
        .words("")
        .figures("fully connected")
        .figures("locally connected")
        .figures("convolutional");
    let shown = |formula: &Formula| formula.value().map_or_else(|error| error.to_string(), count);
    let rows_of: [(&str, Pick); 6] = [
        ("weights", |counts| counts.weights.clone()),
        ("biases", |counts| counts.biases.clone()),
        ("parameters", Counts::params),
        ("connections", |counts| counts.connections.clone()),
        ("MACs", |counts| counts.macs.clone()),
        ("bytes of weights", |counts| counts.bytes.clone()),
    ];
    for (name, pick) in rows_of {
        let cells = ways.iter().map(|counts| shown(&pick(counts)));
        table.row(std::iter::once(name.to_owned()).chain(cells));
    }
    let mut formulas = Table::new().words("").words("weights").words("connections");
    for (name, counts) in
        ["fully connected", "locally connected", "convolutional"].into_iter().zip(ways)
    {
        formulas.row([
            name.into(),
            counts.weights.written(&count),
            counts.connections.written(&count),
        ]);
    }
    let border = match setting.border {
        Border::Ignored(_) => "the border is ignored: every unit has a whole field",
        Border::Same | Border::Valid | Border::Padded(_) => {
            "fields have true places; cells in the padding count as connections"
        }
    };
    format!(
        "A layer on {channels} × {rows} × {columns}, fields of {}×{}, {} {} ({border})\n\n{table}\n{formulas}",
        setting.field[0],
        setting.field[1],
        count(setting.kernels.into()),
        if setting.kernels == 1 { "kernel" } else { "kernels" },
    )
}
