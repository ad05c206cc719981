//! Single operations and their gradients against PyTorch (`tests/fixtures/make_ops.py`).

use std::collections::BTreeMap;

use candle_core::{Device, Tensor, Var};
use convscope::array::Array;
use convscope::engine::lanes;
use convscope::engine::ops::InGraph;
use convscope::engine::ops::batch_norm::{BatchNorm, Moments, Statistics};
use convscope::engine::ops::conv::Conv;
use convscope::engine::ops::local::Local;
use convscope::engine::ops::lrn::Lrn;
use convscope::engine::ops::pad_channels::PadChannels;
use convscope::engine::ops::pool::{Kind, Pool};
use convscope::network::{self, Channels, Layer, Padding, PoolExtent, Shape, Window, shape};

use super::fixture::{assert_close, file};

struct Case<'a> {
    name: &'a str,
    tensors: &'a BTreeMap<String, Array>,
}

impl Case<'_> {
    fn array(&self, part: &str) -> &Array {
        &self.tensors[&format!("{}.{part}", self.name)]
    }

    fn shape(&self, part: &str) -> Shape {
        self.array(part).chw()
    }

    /// The parameter as a variable.
    fn var(&self, part: &str) -> Var {
        let array = self.array(part);
        Var::from_slice(array.values(), array.shape(), &Device::Cpu).unwrap()
    }

    /// The images of a part: one `[c, h, w]`, or a batch of them.
    fn images(&self, part: &str) -> Vec<Array> {
        let array = self.array(part);
        let &[count, c, h, w] = array.shape() else { return vec![array.clone()] };
        let images = array.values().chunks(array.len() / count);
        images.map(|image| Array::new(&[c, h, w], image.to_vec()).unwrap()).collect()
    }

    /// Runs `op` on x and compares output and gradients.
    fn check(&self, parameters: &[(&str, &Var)], op: impl FnOnce(&Tensor) -> Tensor) {
        let pack = |part: &str| {
            let images = self.images(part);
            lanes::pack_arrays(&images.iter().collect::<Vec<_>>(), images[0].chw()).unwrap()
        };
        let unpack = |tensor: &Tensor| -> Vec<f32> {
            let images = 0..self.images("x").len();
            images.flat_map(|i| lanes::unpack(tensor, i).unwrap().values().to_vec()).collect()
        };
        let x = Var::from_tensor(&pack("x")).unwrap();
        let y = op(&x);
        let compare = |part: &str, found: &[f32]| {
            let what = format!("{}.{part}", self.name);
            assert_close(&what, found, self.array(part).values(), 2e-6);
        };
        compare("y", &unpack(&y));
        let loss = (&y * pack("gy")).unwrap().sum_all().unwrap();
        let gradients = loss.backward().unwrap();
        compare("gx", &unpack(gradients.get(&x).unwrap()));
        for (part, var) in parameters {
            let found = gradients.get(var).unwrap().flatten_all().unwrap();
            compare(part, &found.to_vec1::<f32>().unwrap());
        }
    }
}

#[test]
fn convolutions() {
    let tensors = file("ops.safetensors").tensors;
    let general = Window {
        kernel: [3, 2],
        stride: [2, 1],
        dilation: [1, 2],
        padding: Padding { top: 1, bottom: 2, left: 0, right: 1 },
    };
    let wide = Window::rectangle(1, 7).padding(Padding { top: 0, bottom: 0, left: 3, right: 3 });
    for (name, window, groups) in [("conv_general", general, 2), ("conv_1x7", wide, 1)] {
        let case = Case { name, tensors: &tensors };
        let maps = case.array("b").len();
        let conv = network::Conv { maps, window, channels: Channels::Groups(groups), bias: true };
        let output = shape::infer(&Layer::Conv(conv.clone()), &[case.shape("x")]).unwrap();
        let (w, b) = (case.var("w"), case.var("b"));
        case.check(&[("gw", &w), ("gb", &b)], |x| {
            x.apply_op3(&w, &b, InGraph::new(Conv::new(&conv, case.shape("x"), output))).unwrap()
        });
    }
}

#[test]
fn locally_connected() {
    let tensors = file("ops.safetensors").tensors;
    let case = Case { name: "local", tensors: &tensors };
    let (w, b) = (case.var("w"), case.var("b"));
    let op = Local { window: Window::square(3), input: case.shape("x"), output: case.shape("y") };
    case.check(&[("gw", &w), ("gb", &b)], |x| x.apply_op3(&w, &b, InGraph::new(op)).unwrap());
}

#[test]
fn pools() {
    let tensors = file("ops.safetensors").tensors;
    let three = Window::square(3).stride(2);
    let padded = three.padding(Padding::all(1));
    let sparse = Window::square(2).stride(3);
    let cases = [
        ("max_ceil", Kind::Max, three, true, false),
        ("max_ceil_pad", Kind::Max, padded, true, false),
        ("max_ties", Kind::Max, three, false, false),
        ("max_drop", Kind::Max, sparse, true, false),
        ("avg_include_floor", Kind::Average, padded, false, true),
        ("avg_include_ceil", Kind::Average, padded, true, true),
        ("avg_exclude_floor", Kind::Average, padded, false, false),
        ("avg_exclude_ceil", Kind::Average, padded, true, false),
        ("avg_drop", Kind::Average, sparse, true, false),
    ];
    for (name, kind, window, ceil, count_padding) in cases {
        let case = Case { name, tensors: &tensors };
        let pool = network::Pool { extent: PoolExtent::Window { window, ceil }, count_padding };
        let input = case.shape("x");
        let output = shape::infer(&Layer::PoolMax(pool.clone()), &[input]).unwrap();
        assert_eq!(output, case.shape("y"), "{name}");
        case.check(&[], |x| {
            x.apply_op1(InGraph::new(Pool::new(kind, &pool, input, output))).unwrap()
        });
    }
}

#[test]
fn what_only_deep_networks_have() {
    let tensors = file("ops.safetensors").tensors;
    let case = |name| Case { name, tensors: &tensors };
    let lrn = network::Lrn { size: 5, alpha: 0.5, alpha_over_size: true, beta: 0.75, k: 2.0 };
    let found = case("lrn");
    found.check(&[], |x| x.apply_op1(InGraph::new(Lrn::new(&lrn, found.shape("x")))).unwrap());

    let found = case("global_avg");
    let extent = PoolExtent::Adaptive { output: [1, 1] };
    let pool = network::Pool { extent, count_padding: false };
    let average = Pool::new(Kind::Average, &pool, found.shape("x"), found.shape("y"));
    found.check(&[], |x| x.apply_op1(InGraph::new(average)).unwrap());

    let found = case("pad_channels");
    let op = PadChannels { input: found.shape("x"), added: 2 };
    found.check(&[], |x| x.apply_op1(InGraph::new(op)).unwrap());
}

#[test]
fn batch_norm_in_use_and_in_training() {
    let tensors = file("ops.safetensors").tensors;
    let (mean, variance) = (vec![0.1, -0.2, 0.3], vec![0.5, 1.0, 2.0]);
    for (name, statistics) in [
        ("norm_running", Statistics::Running(Moments { mean, variance })),
        ("norm_batch", Statistics::Batch { images: 3 }),
    ] {
        let case = Case { name, tensors: &tensors };
        let (gamma, beta) = (case.var("w"), case.var("b"));
        let op = BatchNorm { shape: [3, 4, 5], epsilon: 1e-3, statistics };
        case.check(&[("gw", &gamma), ("gb", &beta)], |x| x.apply_op3(&gamma, &beta, op).unwrap());
    }
}
