//! `NET`: a name from the zoo, or a `.json` file with a network; and what is asked of one.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::CliError;
use super::nearest::nearest;
use super::values::{UnitValue, has_extension};
use crate::data::files;
use crate::network::{Network, Shape, Unit, zoo};

/// A serialised network is a few hundred kilobytes at most (Inception-v4); this is far from all of
/// them.
const MAX_BYTES: u64 = 16 << 20;

/// The positional argument `NET`.
#[derive(Clone, Debug, clap::Args)]
pub struct NetArg {
    /// A name from `convscope zoo`, or a .json file with a network.
    #[arg(value_name = "NET")]
    net: OsString,
}

impl NetArg {
    /// The network.
    ///
    /// # Errors
    /// An unknown name, or a file that is missing, too large or no network.
    pub fn open(&self) -> Result<Network, CliError> {
        open(&self.net)
    }
}

/// The network of this name, or in this file.
///
/// # Errors
/// An unknown name, or a file that is missing, too large or no network.
pub fn open(net: &OsStr) -> Result<Network, CliError> {
    let known = net.to_str().and_then(zoo::find);
    match known {
        Some(network) => Ok(network),
        None if has_extension(net, "json") => read(Path::new(net)),
        None => {
            let name = net.to_string_lossy().into_owned();
            let names = zoo::ENTRIES.iter().map(|entry| entry.name);
            Err(CliError::UnknownNetwork { nearest: nearest(&name, names), name })
        }
    }
}

fn read(path: &Path) -> Result<Network, CliError> {
    let bytes = files::read_at_most(path, MAX_BYTES)?
        .map_err(|_| CliError::NetworkTooLarge { limit: MAX_BYTES, path: path.into() })?;
    Network::from_json(&bytes).map_err(|source| CliError::NotANetwork { source, path: path.into() })
}

/// The index of the node of this name.
///
/// # Errors
/// If there is none; the error lists those that exist.
pub fn layer(network: &Network, name: &str) -> Result<usize, CliError> {
    network.index_of(name).ok_or_else(|| CliError::UnknownLayer {
        network: network.name.clone(),
        name: name.into(),
        nearest: nearest(name, network.nodes().iter().map(|node| node.name.as_str())),
    })
}

/// The unit, if the layer has it.
///
/// # Errors
/// If it lies outside; the error says the legal ranges.
pub fn unit(
    network: &Network,
    index: usize,
    UnitValue(wanted): UnitValue,
) -> Result<Unit, CliError> {
    let node = &network.nodes()[index];
    let fits = wanted.iter().zip(node.output).all(|(&at, size)| at < size as u64);
    if fits {
        return Ok(wanted.map(|at| at as usize));
    }
    let [c, y, x] = wanted;
    Err(outside(&node.name, format!("{c},{y},{x}"), node.output))
}

/// The complaint about a unit that a layer of this shape does not have.
pub fn outside(layer: &str, unit: String, shape: Shape) -> CliError {
    CliError::UnitOutside { layer: layer.into(), unit, shape }
}
