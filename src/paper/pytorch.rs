//! A network as a PyTorch script: the module, and how its weights are loaded. It needs nothing but PyTorch.
//!
//! Maps stay maps from the image to the scores, `[n, c, h, w]`, as in this program; a vector is
//! `[n, c, 1, 1]`. What PyTorch has no layer for is written out as a small module of its own.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::network::{
    Activation, Channels, Conv, Layer, Local, Network, Node, Padding, Pool, PoolExtent, Rbf, Window,
};

/// The names of the two files.
pub const SCRIPT: &str = "model.py";
pub const WEIGHTS: &str = "weights.safetensors";

/// The part of the script that every network needs.
const PRELUDE: &str = include_str!("pytorch/prelude.py");
const MAIN: &str = include_str!("pytorch/main.py");

/// The script.
#[must_use]
pub fn script(network: &Network) -> String {
    let names = identifiers(network);
    let (mut members, mut steps) = (String::new(), String::new());
    for (index, node) in network.nodes().iter().enumerate() {
        let name = &names[index];
        let inputs: Vec<String> =
            node.inputs.iter().map(|&input| format!("v[{}]", quoted(&names[input]))).collect();
        let own = format!("self.{name}");
        let made = Made::of(network, index, &own, &inputs);
        if let Some(member) = made.member {
            // Writing to a String cannot fail.
            let _ = writeln!(members, "        self.{name} = {member}");
        }
        let applied = activation(node.activation, &made.call);
        let _ = writeln!(steps, "        v[{}] = {applied}", quoted(name));
    }
    let mut nodes = String::new();
    for (node, name) in network.nodes().iter().zip(&names) {
        let _ = writeln!(nodes, "    {}: {},", quoted(name), quoted(&node.name));
    }
    let last = names.last().map_or_else(String::new, |name| quoted(name));
    let scores = quoted(&names[network.scores()]);
    let [c, h, w] = network.input();
    format!(
        "\"\"\"{}, exported by Convscope {}.\n\nRun it to see that it works: python model.py\n\"\"\"\n{PRELUDE}\n\n\
         # The attributes of the module, and the nodes that they are called after.\n\
         NODES = {{\n{nodes}}}\nINPUT = ({c}, {h}, {w})\n\n\n\
         class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n{members}\n\
         \x20   def forward(self, x, every=False):\n\
         \x20       \"\"\"The output of the last node; with every=True, those of all nodes by name.\"\"\"\n\
         \x20       v = {{}}\n{steps}        if every:\n            \
         return {{NODES[name]: value for name, value in v.items()}}\n        return v[{last}]\n\n\
         \x20   def scores(self, x):\n        \"\"\"What training compares with the label: logits, or squared distances.\"\"\"\n        \
         return self.forward(x, every=True)[NODES[{scores}]].flatten(1)\n\n{MAIN}",
        escaped(&network.title),
        env!("CARGO_PKG_VERSION"),
    )
}

/// How a node is made, where it is a member of its own, and how it is called.
struct Made {
    member: Option<String>,
    call: String,
}

impl Made {
    fn of(network: &Network, index: usize, own: &str, inputs: &[String]) -> Self {
        let node = &network.nodes()[index];
        let x = inputs.first().map_or("x", String::as_str);
        let all = inputs.join(", ");
        let input = network.input_shapes(index).first().copied().unwrap_or(node.output);
        let [c, h, w] = input;
        let [maps, rows, columns] = node.output;
        let member = |member: String| Self { member: Some(member), call: format!("{own}({x})") };
        let call = |call: String| Self { member: None, call };
        match &node.layer {
            Layer::Input { .. } => call("x".into()),
            Layer::Conv(conv) => member(convolution(conv, c)),
            Layer::Local(local) => member(local_layer(local, input, node.output)),
            Layer::Linear(linear) => Self {
                member: Some(format!(
                    "nn.Linear({}, {}, bias={})",
                    c * h * w,
                    maps * rows * columns,
                    boolean(linear.bias)
                )),
                call: format!("{own}({x}.flatten(1)).view(-1, {maps}, {rows}, {columns})"),
            },
            Layer::PoolMax(pool) => call(pooling(pool, x, "max_pool", "")),
            Layer::PoolAvg(pool) => {
                let counted = format!(", {}", boolean(pool.count_padding));
                call(pooling(pool, x, "avg_pool", &counted))
            }
            Layer::GlobalAvg => call(format!("{x}.mean((2, 3), keepdim=True)")),
            Layer::Subsample(window) => member(format!("Subsample({c}, {})", windowed(window))),
            Layer::Rbf(rbf) => member(format!("Distances({})", bitmaps(rbf))),
            Layer::Softmax => call(format!("{x}.softmax(1)")),
            Layer::BatchNorm { epsilon } => member(format!("nn.BatchNorm2d({c}, eps={epsilon:?})")),
            Layer::Lrn(lrn) => call(format!(
                "local_response_norm({x}, {}, {:?}, {:?}, {:?})",
                lrn.size,
                lrn.factor(),
                lrn.beta,
                lrn.k
            )),
            Layer::Dropout { rate } => member(format!("nn.Dropout({rate:?})")),
            Layer::Flatten => call(format!("{x}.flatten(1)[:, :, None, None]")),
            Layer::Concat => call(format!("torch.cat([{all}], 1)")),
            Layer::Add => call(format!("sum([{all}])")),
            Layer::PadChannels { added } => call(format!("F.pad({x}, (0, 0, 0, 0, 0, {added}))")),
        }
    }
}

fn convolution(conv: &Conv, arriving: usize) -> String {
    let (groups, table) = match &conv.channels {
        Channels::Groups(groups) => (*groups, "None".to_owned()),
        Channels::Table(rows) => (1, format!("{rows:?}")),
    };
    format!(
        "Conv({arriving}, {}, {}, groups={groups}, bias={}, table={table})",
        conv.maps,
        windowed(&conv.window),
        boolean(conv.bias)
    )
}

fn local_layer(local: &Local, input: [usize; 3], output: [usize; 3]) -> String {
    let [maps, rows, columns] = output;
    format!(
        "Local({}, ({maps}, {rows}, {columns}), {}, bias={})",
        input[0],
        windowed(&local.window),
        boolean(local.bias)
    )
}

fn pooling(pool: &Pool, x: &str, function: &str, more: &str) -> String {
    match &pool.extent {
        PoolExtent::Window { window, ceil } => {
            format!("{function}({x}, {}, {}{more})", windowed(window), boolean(*ceil))
        }
        PoolExtent::Adaptive { output: [rows, columns] } => {
            format!("F.adaptive_{function}2d({x}, ({rows}, {columns}))")
        }
    }
}

/// Kernel, stride, dilation and padding: `(5, 5), (1, 1), (1, 1), (left, right, top, bottom)`.
fn windowed(window: &Window) -> String {
    let pair = |[rows, columns]: [usize; 2]| format!("({rows}, {columns})");
    let Padding { top, bottom, left, right } = window.padding;
    format!(
        "{}, {}, {}, ({left}, {right}, {top}, {bottom})",
        pair(window.kernel),
        pair(window.stride),
        pair(window.dilation)
    )
}

fn bitmaps(rbf: &Rbf) -> String {
    let rows: Vec<String> = rbf
        .bitmaps
        .iter()
        .map(|bitmap| bitmap.iter().map(|&bit| if bit > 0 { '#' } else { '.' }).collect::<String>())
        .map(|row| quoted(&row))
        .collect();
    format!("[\n            {},\n        ]", rows.join(",\n            "))
}

fn activation(activation: Activation, x: &str) -> String {
    match activation {
        Activation::Identity => x.to_owned(),
        Activation::Relu => format!("torch.relu({x})"),
        Activation::Sigmoid => format!("torch.sigmoid({x})"),
        Activation::Tanh => format!("torch.tanh({x})"),
        Activation::ScaledTanh => format!("1.7159 * torch.tanh(2 / 3 * {x})"),
    }
}

/// An attribute for each node: its name, as far as Python allows it.
fn identifiers(network: &Network) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let of = |node: &Node| {
        let plain: String =
            node.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        // In front a letter: no digit, no keyword and no method of a module begins so.
        let mut name = format!("n_{plain}");
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        name
    };
    network.nodes().iter().map(of).collect()
}

/// A Python string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// What stands between the quotes of a Python string, of a docstring too.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '"' => escaped.extend(['\\', c]),
            _ if c.is_control() => {
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

const fn boolean(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}
