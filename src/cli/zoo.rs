//! `convscope zoo`: the networks that ship with the application.

use serde::Serialize;

use super::CliError;
use super::output::Output;
use super::table::Table;
use crate::engine::bundled;
use crate::locale::count;
use crate::network::{Network, Shape, cost, shape, zoo};

/// Lists the networks.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope zoo
  convscope zoo --format json")]
pub struct ZooArgs {
    #[command(flatten)]
    output: Output,
}

/// One network (contract §4).
#[derive(Serialize)]
struct Entry {
    name: String,
    title: String,
    year: u16,
    input: Shape,
    params: u128,
    macs: u128,
    weights: bool,
}

impl Entry {
    fn of(network: Network) -> Result<Self, CliError> {
        let totals = cost::totals(&network)
            .map_err(|source| CliError::Count { node: network.name.clone(), source })?;
        Ok(Self {
            input: network.input(),
            params: totals.params,
            macs: totals.macs,
            weights: bundled::weights(&network.name).is_some(),
            name: network.name,
            title: network.title,
            year: network.year,
        })
    }
}

pub fn run(args: &ZooArgs) -> anyhow::Result<()> {
    let entries = zoo::ENTRIES
        .iter()
        .map(|entry| Entry::of((entry.build)()))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(args.output.write(&entries, || table(&entries).to_string())?)
}

fn table(entries: &[Entry]) -> Table {
    let mut table = Table::new()
        .words("NET")
        .words("title")
        .figures("year")
        .figures("input")
        .figures("parameters")
        .figures("MACs")
        .words("weights");
    for entry in entries {
        table.row([
            entry.name.clone(),
            entry.title.clone(),
            if entry.year > 0 { entry.year.to_string() } else { "–".into() },
            shape::text(entry.input),
            count(entry.params),
            count(entry.macs),
            if entry.weights { "bundled" } else { "" }.to_owned(),
        ]);
    }
    table
}
