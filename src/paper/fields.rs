//! Receptive fields as a table and as LaTeX: the recurrence with its numbers.

use std::fmt::Write;

use crate::network::Network;
use crate::network::receptive::growth::{Along, Growth};

/// A line per node: kernel, stride, padding and dilation along the rows (empty where there is no window),
/// then size, jump and start of its field, rows and columns, and whether the field is its whole box.
#[must_use]
pub fn csv(network: &Network, rows: &[Growth]) -> String {
    let mut text = String::from(
        "layer,kernel,stride,padding,dilation,size_rows,size_columns,jump_rows,jump_columns,start_row,start_column,exact\r\n",
    );
    for row in rows {
        let node = &network.nodes()[row.node];
        let window = node.layer.window().map_or_else(
            || ",,,".to_owned(),
            |w| format!("{},{},{},{}", w.kernel[0], w.stride[0], w.padding.top, w.dilation[0]),
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

/// The body of an `align*`, needing amsmath alone: the rule, then each step with its numbers.
#[must_use]
pub fn latex(network: &Network, rows: &[Growth]) -> String {
    let mut text = String::from(
        "r_l &= r_{l-1} + (k_l - 1)\\, j_{l-1}, & j_l &= j_{l-1}\\, s_l \\\\\nr_0 &= 1, & j_0 &= 1 \\\\\n",
    );
    for (place, row) in rows.iter().enumerate().skip(1) {
        let name = network.nodes()[row.node].name.replace('_', "\\_").replace('×', "$\\times$");
        let Along { size, jump, .. } = Along::of(&row.field, 0);
        let line = match &row.step {
            Some(step) => format!(
                "r_{{{place}}} &= {} + {} \\cdot {} = {size}, & j_{{{place}}} &= {} \\cdot {} = {jump}",
                step.before.size,
                step.span - 1,
                step.before.jump,
                step.before.jump,
                step.stride
            ),
            None => format!("r_{{{place}}} &= {size}, & j_{{{place}}} &= {jump}"),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{line} && \\text{{{name}}} \\\\");
    }
    format!("\\begin{{align*}}\n{}\n\\end{{align*}}\n", text.trim_end().trim_end_matches("\\\\"))
}
