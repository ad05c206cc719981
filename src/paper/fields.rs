//! Receptive fields as a table and as LaTeX: the recurrence with its numbers.

use std::fmt::Write;

use crate::network::Network;
use crate::network::receptive::growth::{Along, Growth, Step};

/// A line per node: its window along rows and columns (empty where there is none), then size, jump and
/// start of its field, and whether the field is its whole box.
#[must_use]
pub fn csv(network: &Network, rows: &[Growth]) -> String {
    let mut text = String::from(
        "layer,kernel_rows,kernel_columns,stride_rows,stride_columns,padding_top,padding_bottom,padding_left,padding_right,dilation_rows,dilation_columns,size_rows,size_columns,jump_rows,jump_columns,start_row,start_column,exact\r\n",
    );
    for row in rows {
        let node = &network.nodes()[row.node];
        let window = node.layer.window().map_or_else(
            || ",".repeat(9),
            |w| {
                let ([top, bottom], [left, right]) = (w.padding.along(0), w.padding.along(1));
                let [[a, b], [c, d], [e, f]] = [w.kernel, w.stride, w.dilation];
                format!("{a},{b},{c},{d},{top},{bottom},{left},{right},{e},{f}")
            },
        );
        let name = super::csv::field(&node.name);
        let f = &row.field;
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{name},{window},{},{},{},{},{},{},{}\r\n",
            f.size[0], f.size[1], f.jump[0], f.jump[1], f.start[0], f.start[1], f.exact
        );
    }
    text
}

/// The body of an `align*`, needing amsmath alone: the rule, then each step with its numbers. Where rows (h)
/// and columns (w) grow unlike, each has lines of its own.
#[must_use]
pub fn latex(network: &Network, rows: &[Growth]) -> String {
    let axes: &[(usize, &str)] = if rows.iter().all(Growth::is_square) {
        &[(0, "")]
    } else {
        &[(0, "^{\\mathrm{h}}"), (1, "^{\\mathrm{w}}")]
    };
    let mut text = String::from(
        "r_l &= r_{l-1} + (k_l - 1)\\, d_l\\, j_{l-1}, & j_l &= j_{l-1}\\, s_l \\\\\nr_0 &= 1, & j_0 &= 1",
    );
    if axes.len() > 1 {
        text += " && \\text{rows (h) and columns (w) alike}";
    }
    text += " \\\\\n";
    for (place, row) in rows.iter().enumerate().skip(1) {
        let name = network.nodes()[row.node].name.replace('_', "\\_").replace('×', "$\\times$");
        for &(axis, sign) in axes {
            let (r, j) = (format!("r_{{{place}}}{sign}"), format!("j_{{{place}}}{sign}"));
            let Along { size, jump, .. } = Along::of(&row.field, axis);
            let line = match row.steps.map(|steps| steps[axis]) {
                Some(step) => {
                    format!("{r} &= {} = {size}, & {j} &= {} = {jump}", grown(&step), jumped(&step))
                }
                None => format!("{r} &= {size}, & {j} &= {jump}"),
            };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{line} && \\text{{{name}}} \\\\");
        }
    }
    format!("\\begin{{align*}}\n{}\n\\end{{align*}}\n", text.trim_end().trim_end_matches("\\\\"))
}

/// `1 + 2 \cdot 1`, and with holes `1 + 2 \cdot 4 \cdot 1`.
fn grown(step: &Step) -> String {
    let Step { before, kernel, dilation, .. } = step;
    let holes = if *dilation > 1 { format!(" \\cdot {dilation}") } else { String::new() };
    format!("{} + {}{holes} \\cdot {}", before.size, kernel - 1, before.jump)
}

fn jumped(step: &Step) -> String {
    format!("{} \\cdot {}", step.before.jump, step.stride)
}
