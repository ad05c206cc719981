//! Tables for spreadsheets and scripts, as CSV (RFC 4180).
//!
//! Lines end with CR LF. Numbers have every digit that is needed to read them back exactly, an ASCII
//! minus and a decimal point.

use std::fmt::Write;

use crate::array::Array;
use crate::explain::Explanation;
use crate::network::Network;
use crate::network::connect::Counts;

/// One map of an array `[c, h, w]`: a header `row,0,1,2,…`, then the values of each row behind its
/// number. A map that is not there has no rows.
#[must_use]
pub fn map(values: &Array, channel: usize) -> String {
    let [channels, _, columns] = values.chw();
    let mut text = String::from("row");
    for column in 0..columns {
        // Writing to a String cannot fail.
        let _ = write!(text, ",{column}");
    }
    text += "\r\n";
    if channel >= channels || columns == 0 {
        return text;
    }
    for (y, row) in values.map(channel).values.chunks(columns).enumerate() {
        let _ = write!(text, "{y}");
        for value in row {
            let _ = write!(text, ",{value}");
        }
        text += "\r\n";
    }
    text
}

/// A line per term: the layer it comes from, channel, row and column there, whether it lies on the map
/// (`false` in the padding), value, weight (empty where there is none) and product.
#[must_use]
pub fn explanation(network: &Network, e: &Explanation) -> String {
    let mut text = String::from("source,channel,row,column,inside,value,weight,product\r\n");
    for term in &e.terms {
        let source = field(&network.nodes()[term.source].name);
        let [c, y, x] = term.input;
        let weight = term.weight.map(|weight| weight.to_string()).unwrap_or_default();
        let _ = write!(text, "{source},{c},{y},{x},{},", term.inside);
        let _ = write!(text, "{},{weight},{}\r\n", term.value, term.product);
    }
    text
}

/// The counts of a layer, a line per way to connect it: fully, locally, convolutional. A count beyond
/// 10³⁰ is left empty.
#[must_use]
pub fn counts(ways: [&Counts; 3]) -> String {
    let mut text = String::from("way,weights,biases,params,connections,macs,bytes\r\n");
    for (way, counts) in ["fully connected", "locally connected", "convolutional"].iter().zip(ways)
    {
        text += way;
        let params = counts.params();
        let columns = [
            &counts.weights,
            &counts.biases,
            &params,
            &counts.connections,
            &counts.macs,
            &counts.bytes,
        ];
        for count in columns {
            let _ = write!(text, ",{}", count.value().map(|v| v.to_string()).unwrap_or_default());
        }
        text += "\r\n";
    }
    text
}

/// A text as a field: in quotes where it holds what would end it.
pub(super) fn field(text: &str) -> String {
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
