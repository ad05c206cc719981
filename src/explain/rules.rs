//! One function per kind: which weight meets which value.

use crate::array::{Array, Trace, Weights};
use crate::network::connectivity::{Reads, reads};
use crate::network::{Conv, Linear, Local, Lrn, Network, Node, Pool, PoolExtent, Rbf, Unit};

use super::{ExplainError, Explanation, Part, Rule, Term};

/// The unit to explain and everything known about it.
pub struct Site<'a> {
    pub network: &'a Network,
    pub weights: &'a Weights,
    pub trace: &'a Trace,
    pub index: usize,
    pub unit: Unit,
}

/// One cell that a unit reads, before it is known what becomes of it.
struct Cell {
    source: usize,
    /// Position of its map among those read from this input, its row and its column in the window.
    place: [usize; 3],
    input: [i64; 3],
    /// `None` in the padding.
    value: Option<f64>,
}

impl<'a> Site<'a> {
    fn node(&self) -> &'a Node {
        &self.network.nodes()[self.index]
    }

    fn weight(&self, part: &str) -> Result<&'a Array, ExplainError> {
        let name = &self.node().name;
        self.weights
            .get(name, part)
            .ok_or_else(|| ExplainError::NoWeight { tensor: format!("{name}.{part}") })
    }

    fn bias(&self, present: bool, at: usize) -> Result<Option<f64>, ExplainError> {
        if !present {
            return Ok(None);
        }
        Ok(Some(f64::from(self.weight("bias")?.values()[at])))
    }

    fn reads(&self) -> Vec<Reads> {
        let [c, y, x] = self.unit;
        reads(self.network, self.index, c, y as i64, x as i64)
    }

    fn cells(&self, reads: &Reads) -> Vec<Cell> {
        let source = self.node().inputs[reads.input];
        let values = self.trace.output(source);
        let [_, h, w] = values.chw();
        let mut cells = Vec::new();
        for (slot, &channel) in reads.channels.iter().enumerate() {
            for (i, y) in reads.rows.positions().enumerate() {
                for (j, x) in reads.columns.positions().enumerate() {
                    let inside = (0..h as i64).contains(&y) && (0..w as i64).contains(&x);
                    let value =
                        inside.then(|| f64::from(values.at([channel, y as usize, x as usize])));
                    let input = [channel as i64, y, x];
                    cells.push(Cell { source, place: [slot, i, j], input, value });
                }
            }
        }
        cells
    }

    /// Gathers terms (in the order of `reads`) into parts, one per map read.
    fn gather(&self, rule: Rule, terms: Vec<Term>, bias: Option<f64>) -> Explanation {
        let mut parts: Vec<Part> = Vec::new();
        for reads in self.reads() {
            let source = self.node().inputs[reads.input];
            let extent = [reads.rows.count, reads.columns.count];
            for channel in reads.channels {
                let start = parts.last().map_or(0, |part| part.terms.end);
                // Cells beyond the declared padding are no terms, so a part may be shorter than its window.
                let own = |term: &&Term| term.source == source && term.input[0] == channel as i64;
                let len = terms[start..].iter().take_while(own).count();
                let sum = terms[start..start + len].iter().map(|term| term.product).sum();
                parts.push(Part { source, channel, extent, terms: start..start + len, sum });
            }
        }
        let sum = terms.iter().map(|term| term.product).sum::<f64>() + bias.unwrap_or(0.0);
        let activation = self.node().activation;
        let output = activation.apply(sum);
        let (node, unit) = (self.index, self.unit);
        Explanation { node, unit, rule, terms, parts, bias, sum, activation, output }
    }

    fn weighted_sum(
        &self,
        weight_of: impl Fn(&Reads, [usize; 3]) -> f64,
        bias: Option<f64>,
    ) -> Explanation {
        let mut terms = Vec::new();
        for reads in self.reads() {
            for cell in self.cells(&reads) {
                terms.push(cell.weighed(weight_of(&reads, cell.place)));
            }
        }
        self.gather(Rule::WeightedSum, terms, bias)
    }
}

impl Cell {
    fn term(&self, weight: Option<f64>, product: f64) -> Term {
        Term {
            source: self.source,
            input: self.input,
            inside: self.value.is_some(),
            value: self.value.unwrap_or(0.0),
            weight,
            product,
        }
    }

    fn weighed(&self, weight: f64) -> Term {
        self.term(Some(weight), self.value.unwrap_or(0.0) * weight)
    }
}

pub fn conv(site: &Site<'_>, conv: &Conv) -> Result<Explanation, ExplainError> {
    let [c, _, _] = site.unit;
    let weight = site.weight("weight")?;
    let arriving = site.network.input_shapes(site.index)[0][0];
    let links = conv.links(c, arriving);
    let [kh, kw] = conv.window.kernel;
    let slots = conv.slots(arriving);
    let weight_of = |_: &Reads, [link, i, j]: [usize; 3]| {
        let slot = links[link].slot;
        f64::from(weight.values()[((c * slots + slot) * kh + i) * kw + j])
    };
    Ok(site.weighted_sum(weight_of, site.bias(conv.bias, c)?))
}

pub fn local(site: &Site<'_>, local: &Local) -> Result<Explanation, ExplainError> {
    let [c, y, x] = site.unit;
    let [_, rows, columns] = site.node().output;
    let own = (c * rows + y) * columns + x;
    let weight = site.weight("weight")?;
    let arriving = site.network.input_shapes(site.index)[0][0];
    let [kh, kw] = local.window.kernel;
    let weight_of = |_: &Reads, [slot, i, j]: [usize; 3]| {
        f64::from(weight.values()[((own * arriving + slot) * kh + i) * kw + j])
    };
    Ok(site.weighted_sum(weight_of, site.bias(local.bias, own)?))
}

pub fn linear(site: &Site<'_>, linear: &Linear) -> Result<Explanation, ExplainError> {
    let [c, y, x] = site.unit;
    let [_, rows, columns] = linear.output;
    let own = (c * rows + y) * columns + x;
    let weight = site.weight("weight")?;
    let [channels, h, w] = site.network.input_shapes(site.index)[0];
    let weight_of = |_: &Reads, [slot, i, j]: [usize; 3]| {
        f64::from(weight.values()[own * channels * h * w + (slot * h + i) * w + j])
    };
    Ok(site.weighted_sum(weight_of, site.bias(linear.bias, own)?))
}

pub fn subsample(site: &Site<'_>) -> Result<Explanation, ExplainError> {
    let [c, _, _] = site.unit;
    let coefficient = f64::from(site.weight("coefficient")?.values()[c]);
    Ok(site.weighted_sum(|_, _| coefficient, site.bias(true, c)?))
}

/// Each value of the map, by how many there are.
pub fn global_avg(site: &Site<'_>) -> Explanation {
    let [_, h, w] = site.network.input_shapes(site.index)[0];
    site.weighted_sum(|_, _| 1.0 / (h * w) as f64, None)
}

/// γ/√(σ² + ε) times the value, plus β − μ times the same.
pub fn batch_norm(site: &Site<'_>, epsilon: f64) -> Result<Explanation, ExplainError> {
    let [c, _, _] = site.unit;
    let of_map = |part: &str| Ok(f64::from(site.weight(part)?.values()[c]));
    let weight = of_map("gamma")? / (of_map("running_variance")? + epsilon).sqrt();
    let bias = of_map("beta")? - of_map("running_mean")? * weight;
    Ok(site.weighted_sum(|_, _| weight, Some(bias)))
}

/// Add, concat, flatten, dropout, added maps: every value that arrives is taken once.
pub fn sum_of_ones(site: &Site<'_>) -> Explanation {
    site.weighted_sum(|_, _| 1.0, None)
}

pub fn pool_avg(site: &Site<'_>, pool: &Pool) -> Explanation {
    let cells = pooled_cells(site, pool);
    let counted = cells.iter().filter(|cell| pool.count_padding || cell.value.is_some()).count();
    let weight = 1.0 / counted.max(1) as f64;
    let terms = cells
        .iter()
        .map(|cell| {
            cell.weighed(if pool.count_padding || cell.value.is_some() { weight } else { 0.0 })
        })
        .collect();
    site.gather(Rule::WeightedSum, terms, None)
}

pub fn pool_max(site: &Site<'_>, pool: &Pool) -> Explanation {
    let cells = pooled_cells(site, pool);
    let mut winner: Option<(usize, f64)> = None;
    for (i, cell) in cells.iter().enumerate() {
        if let Some(value) = cell.value
            && winner.is_none_or(|(_, best)| value > best)
        {
            winner = Some((i, value));
        }
    }
    let terms = cells
        .iter()
        .enumerate()
        .map(|(i, cell)| cell.weighed(f64::from(u8::from(winner.is_some_and(|(w, _)| w == i)))))
        .collect();
    site.gather(Rule::Max, terms, None)
}

/// The cells of a pooling window; those that hang over the declared padding (ceil mode) do not exist.
fn pooled_cells(site: &Site<'_>, pool: &Pool) -> Vec<Cell> {
    let [_, h, w] = site.network.input_shapes(site.index)[0];
    let reach = match &pool.extent {
        PoolExtent::Window { window, .. } => {
            [(h + window.padding.bottom) as i64, (w + window.padding.right) as i64]
        }
        PoolExtent::Adaptive { .. } => [h as i64, w as i64],
    };
    let mut cells: Vec<Cell> = site.reads().iter().flat_map(|reads| site.cells(reads)).collect();
    cells.retain(|cell| cell.input[1] < reach[0] && cell.input[2] < reach[1]);
    cells
}

pub fn rbf(site: &Site<'_>, rbf: &Rbf) -> Explanation {
    let [class, _, _] = site.unit;
    let bitmap = &rbf.bitmaps[class];
    let cells: Vec<Cell> = site.reads().iter().flat_map(|reads| site.cells(reads)).collect();
    let terms = cells
        .iter()
        .zip(bitmap)
        .map(|(cell, &bit)| {
            let weight = f64::from(bit);
            cell.term(Some(weight), (cell.value.unwrap_or(0.0) - weight).powi(2))
        })
        .collect();
    site.gather(Rule::SquaredDistance, terms, None)
}

pub fn lrn(site: &Site<'_>, lrn: &Lrn) -> Explanation {
    let cells: Vec<Cell> = site.reads().iter().flat_map(|reads| site.cells(reads)).collect();
    let value = |cell: &Cell| cell.value.unwrap_or(0.0);
    let terms = cells.iter().map(|cell| cell.term(None, value(cell).powi(2))).collect();
    let mut explanation = site.gather(Rule::Lrn, terms, None);
    let own = cells.iter().find(|cell| cell.input[0] == site.unit[0] as i64).map_or(0.0, value);
    let normalised = own * lrn.divisor(explanation.sum).powf(-lrn.beta);
    explanation.output = explanation.activation.apply(normalised);
    explanation
}

pub fn softmax(site: &Site<'_>) -> Explanation {
    let [class, _, _] = site.unit;
    let cells: Vec<Cell> = site.reads().iter().flat_map(|reads| site.cells(reads)).collect();
    let value = |cell: &Cell| cell.value.unwrap_or(0.0);
    let max = cells.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
    let terms = cells.iter().map(|cell| cell.term(None, (value(cell) - max).exp())).collect();
    let mut explanation = site.gather(Rule::Softmax, terms, None);
    let own = explanation.terms[class].product;
    explanation.output = explanation.activation.apply(own / explanation.sum);
    explanation
}
