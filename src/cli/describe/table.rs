//! The description for people.

use super::report::{NodeReport, Report, TotalsReport};
use crate::cli::numbers::per_axis;
use crate::cli::table::Table;
use crate::locale::count;
use crate::network::{Network, Node, shape};

/// Heading, a row per node, totals, and how each count arises.
pub fn text(report: &Report, network: &Network) -> String {
    let mut notes = vec![totals(&report.totals)];
    if report.nodes.iter().any(|node| !node.exact) {
        let note =
            "A field marked ~ is the smallest box around what is seen, which does not fill it.";
        notes.push(note.into());
    }
    if !report.weights_fit {
        notes.push("Weights trained for the network's own input do not fit this one.".into());
    }
    format!(
        "{}{}\n{}\n\nHow the counts arise:\n{}",
        heading(report),
        nodes(report, network),
        notes.join("\n"),
        formulas(report)
    )
}

fn totals(TotalsReport { params, constants, macs, .. }: &TotalsReport) -> String {
    format!(
        "{} parameters are trained, {} constants are only stored; {} FLOPs = 2 × MACs.",
        count(*params),
        count(*constants),
        count(2 * macs)
    )
}

fn heading(report: &Report) -> String {
    let year = if report.year > 0 { format!(", {}", report.year) } else { String::new() };
    let source = if report.source.is_empty() { "" } else { &format!("{}\n", report.source) };
    format!(
        "{} ({}){year}, input {}\n{source}\n",
        report.title,
        report.name,
        shape::text(report.input)
    )
}

fn nodes(report: &Report, network: &Network) -> Table {
    let branches = branches(network);
    let reads = if branches { "reads" } else { "" };
    let mut table = Table::new().words("layer").words("kind").words(reads).figures("output");
    table = table.words("window").words("activation").figures("parameters");
    table = table.figures("connections").figures("MACs").figures("field").figures("jump");
    table = table.figures("start");
    for (row, node) in report.nodes.iter().zip(network.nodes()) {
        table.row([
            row.name.clone(),
            row.kind.to_owned(),
            if branches { row.inputs.join(", ") } else { String::new() },
            shape::text(row.output),
            window(node),
            row.activation.unwrap_or("").to_owned(),
            or_dash(row.params),
            or_dash(row.connections),
            or_dash(row.macs),
            field(row),
            per_axis(row.jump),
            start(row.start),
        ]);
    }
    let TotalsReport { params, connections, macs, .. } = report.totals;
    let blank = String::new;
    table.row([
        "total".to_owned(),
        blank(),
        blank(),
        blank(),
        blank(),
        blank(),
        count(params),
        count(connections),
        count(macs),
    ]);
    table
}

/// Whether some node reads another one than the one before it.
fn branches(network: &Network) -> bool {
    let chained = |(index, node): (usize, &Node)| match *node.inputs.as_slice() {
        [] => true,
        [input] => input + 1 == index,
        _ => false,
    };
    !network.nodes().iter().enumerate().all(chained)
}

/// Zeros are left out, so that the eye finds what counts.
fn or_dash(value: u128) -> String {
    if value == 0 { "–".into() } else { count(value) }
}

fn field(row: &NodeReport) -> String {
    let [h, w] = row.receptive_field;
    let mark = if row.exact { "" } else { "~" };
    format!("{mark}{}×{}", count(h.into()), count(w.into()))
}

/// Row and column of the first pixel; one number where they agree.
fn start([y, x]: [i64; 2]) -> String {
    if y == x { y.to_string() } else { format!("{y}, {x}") }
}

/// `5×5`, and what is unusual about the window.
fn window(node: &Node) -> String {
    let Some(window) = node.layer.window() else { return String::new() };
    let [h, w] = window.kernel;
    let mut words = vec![format!("{h}×{w}")];
    if window.stride != [1, 1] {
        words.push(format!("stride {}", per_axis(window.stride)));
    }
    if window.dilation != [1, 1] {
        words.push(format!("dilation {}", per_axis(window.dilation)));
    }
    match [window.padding.along(0), window.padding.along(1)] {
        [[0, 0], [0, 0]] => {}
        [[a, b], [c, d]] if a == b && c == d => {
            words.push(format!("padding {}", per_axis([a, c])));
        }
        [[a, b], [c, d]] => words.push(format!("padding {a}+{b}×{c}+{d}")),
    }
    if let Some(groups @ 2..) = node.layer.groups() {
        words.push(format!("groups {groups}"));
    }
    if node.layer.ceil() {
        words.push("ceil".into());
    }
    words.join(" ")
}

fn formulas(report: &Report) -> Table {
    let mut table = Table::new().words("").words("").figures("").words("");
    for node in &report.nodes {
        let counts = [
            ("parameters", node.params, &node.formula.params),
            ("connections", node.connections, &node.formula.connections),
            ("MACs", node.macs, &node.formula.macs),
        ];
        let mut name = node.name.clone();
        for (what, value, formula) in counts.into_iter().filter(|&(_, value, _)| value > 0) {
            let name = std::mem::take(&mut name);
            table.row([name, what.to_owned(), count(value), format!("= {formula}")]);
        }
    }
    table
}
