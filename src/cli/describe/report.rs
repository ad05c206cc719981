//! The description as JSON (contract §4); the table is made of the same figures.

use serde::Serialize;

use crate::cli::CliError;
use crate::network::connectivity::{constant_shapes, weight_shapes};
use crate::network::cost::{Cost, cost, totals};
use crate::network::formula::Formula;
use crate::network::receptive::Fields;
use crate::network::{Field, Network, Padding, Shape, Window};

#[derive(Serialize)]
pub struct Report {
    pub name: String,
    pub title: String,
    pub year: u16,
    pub source: String,
    pub input: Shape,
    /// Whether weights made for the network's own input size fit this one.
    pub weights_fit: bool,
    pub nodes: Vec<NodeReport>,
    pub totals: TotalsReport,
}

#[derive(Serialize)]
pub struct NodeReport {
    pub name: String,
    pub kind: &'static str,
    pub inputs: Vec<String>,
    pub output: Shape,
    pub kernel: Option<[usize; 2]>,
    pub stride: Option<[usize; 2]>,
    pub dilation: Option<[usize; 2]>,
    /// Top, bottom, left, right.
    pub padding: Option<[usize; 4]>,
    pub groups: Option<usize>,
    pub activation: Option<&'static str>,
    pub params: u128,
    pub constants: u128,
    pub connections: u128,
    pub macs: u128,
    pub receptive_field: [u64; 2],
    pub jump: [i64; 2],
    pub start: [i64; 2],
    pub exact: bool,
    pub formula: FormulaReport,
}

#[derive(Serialize)]
pub struct FormulaReport {
    pub params: String,
    pub macs: String,
    pub connections: String,
}

#[derive(Serialize)]
pub struct TotalsReport {
    pub params: u128,
    pub constants: u128,
    pub connections: u128,
    pub macs: u128,
}

impl Report {
    /// The description of `network`, which is `own`, or `own` for an image of another size.
    pub fn of(network: &Network, own: &Network) -> Result<Self, CliError> {
        let count = |node: &str| {
            let node = node.to_owned();
            move |source| CliError::Count { node, source }
        };
        let fields = Fields::of(network);
        let nodes = (0..network.nodes().len())
            .map(|index| NodeReport::of(network, index, fields.node(index)))
            .collect::<Result<_, _>>()?;
        let totals = totals(network).map_err(count(&network.name))?;
        Ok(Self {
            name: network.name.clone(),
            title: network.title.clone(),
            year: network.year,
            source: network.source.clone(),
            input: network.input(),
            weights_fit: same_tensors(network, own),
            nodes,
            totals: TotalsReport {
                params: totals.params,
                constants: totals.constants,
                connections: totals.connections,
                macs: totals.macs,
            },
        })
    }
}

impl NodeReport {
    fn of(network: &Network, index: usize, field: Field) -> Result<Self, CliError> {
        let node = &network.nodes()[index];
        let window = node.layer.window();
        let cost = cost(network, index);
        let value = |formula: &Formula| {
            formula.value().map_err(|source| CliError::Count { node: node.name.clone(), source })
        };
        Ok(Self {
            name: node.name.clone(),
            kind: node.layer.kind(),
            inputs: node.inputs.iter().map(|&i| network.nodes()[i].name.clone()).collect(),
            output: node.output,
            kernel: window.map(|w| w.kernel),
            stride: window.map(|w| w.stride),
            dilation: window.map(|w| w.dilation),
            padding: window.map(sides),
            groups: node.layer.groups(),
            activation: node.activation.name(),
            params: value(&cost.params)?,
            constants: value(&cost.constants)?,
            connections: value(&cost.connections)?,
            macs: value(&cost.macs)?,
            receptive_field: field.size,
            jump: field.jump,
            start: field.start,
            exact: field.exact,
            formula: FormulaReport::of(&cost),
        })
    }
}

impl FormulaReport {
    fn of(cost: &Cost) -> Self {
        Self {
            params: cost.params.text(),
            macs: cost.macs.text(),
            connections: cost.connections.text(),
        }
    }
}

fn sides(window: &Window) -> [usize; 4] {
    let Padding { top, bottom, left, right } = window.padding;
    [top, bottom, left, right]
}

/// Whether both networks keep the same tensors.
fn same_tensors(a: &Network, b: &Network) -> bool {
    let shapes = |network, index| [weight_shapes(network, index), constant_shapes(network, index)];
    (0..a.nodes().len()).all(|index| shapes(a, index) == shapes(b, index))
}
