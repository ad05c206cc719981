//! Every operation's backward pass against finite differences of its scalar reference, over random
//! shapes and hyper-parameters.

use convscope::engine::ops::InGraph;
use convscope::engine::ops::activation::{self, Activate};
use convscope::engine::ops::conv::{self, Conv};
use convscope::engine::ops::cross_entropy::{self, CrossEntropy};
use convscope::engine::ops::linear::{self, Linear};
use convscope::engine::ops::local::{self, Local};
use convscope::engine::ops::lrn::{self, Lrn};
use convscope::engine::ops::pad_channels::{self, PadChannels};
use convscope::engine::ops::pool::{self, Kind, Pool};
use convscope::engine::ops::rbf::{self, Rbf};
use convscope::engine::ops::softmax::{self, Softmax};
use convscope::engine::ops::subsample::{self, Subsample};
use convscope::network::{
    self, Activation, Channels, Layer, Padding, PoolExtent, Shape, Window, shape,
};
use proptest::prelude::*;

use super::oracle::{check_fixed, check_trained, numbers};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() }
}

/// One lane, some lanes, one block and a lane.
fn image_counts() -> impl Strategy<Value = usize> {
    prop_oneof![Just(1), Just(3), Just(9)]
}

fn pair(low: usize, high: usize) -> impl Strategy<Value = [usize; 2]> {
    [low..=high, low..=high]
}

fn windows(most_padding: usize) -> impl Strategy<Value = Window> {
    let padding = 0..=most_padding;
    let padding = (padding.clone(), padding.clone(), padding.clone(), padding);
    (pair(1, 4), pair(1, 3), pair(1, 2), padding).prop_map(
        |(kernel, stride, dilation, (top, bottom, left, right))| {
            let padding = Padding { top, bottom, left, right };
            Window { kernel, stride, dilation, padding }
        },
    )
}

/// Groups, or for each output map a choice of the input maps.
fn channels(arriving: usize, maps: usize) -> impl Strategy<Value = Channels> {
    let all: Vec<usize> = (0..arriving).collect();
    let row = prop::sample::subsequence(all, 1..=arriving);
    prop_oneof![
        Just(Channels::Groups(1)),
        Just(Channels::Groups(2)),
        prop::collection::vec(row, maps).prop_map(Channels::Table),
    ]
}

/// Even numbers of maps, so that two groups are always possible.
fn convolutions() -> impl Strategy<Value = (network::Conv, Shape)> {
    let arriving = prop_oneof![Just(2usize), Just(4)];
    let maps = prop_oneof![Just(2usize), Just(4)];
    (arriving, maps, windows(2), pair(1, 9)).prop_flat_map(|(c, maps, window, [h, w])| {
        channels(c, maps).prop_map(move |channels| {
            (network::Conv { maps, window, channels, bias: true }, [c, h, w])
        })
    })
}

fn check_conv(conv: &network::Conv, input: Shape, images: usize) {
    let Ok(output) = shape::infer(&Layer::Conv(conv.clone()), &[input]) else { return };
    let weights = conv.maps * conv.slots(input[0]) * conv.window.area();
    let reference = |x: &[f64], w: &[f64], b: &[f64]| conv::reference(conv, input, output, x, w, b);
    let op = Conv::new(conv, input, output);
    check_trained(InGraph::new(op), images, input, output, [weights, conv.maps], &reference);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn convolution((conv, input) in convolutions(), images in image_counts()) {
        check_conv(&conv, input, images);
    }

    #[test]
    fn convolution_over_the_whole_input([h, w] in pair(1, 5), c in 1usize..4, maps in 1usize..12) {
        let window = Window::rectangle(h, w);
        let conv = network::Conv { maps, window, channels: Channels::Groups(1), bias: true };
        check_conv(&conv, [c, h, w], 9);
    }

    #[test]
    fn wide_convolution(w in 10usize..34, kernel in 1usize..6, padding in 0usize..3) {
        let window = Window::square(kernel).padding(Padding::all(padding));
        let conv = network::Conv { maps: 2, window, channels: Channels::Groups(1), bias: true };
        check_conv(&conv, [2, kernel, w], 1);
    }

    #[test]
    fn locally_connected(
        window in windows(1),
        [h, w] in pair(2, 5),
        c in 1usize..3,
        maps in 1usize..3,
        images in image_counts(),
    ) {
        let local = network::Local { maps, window, bias: true };
        let input = [c, h, w];
        let output = shape::infer(&Layer::Local(local.clone()), &[input]);
        prop_assume!(output.is_ok());
        let output = output.unwrap();
        let units: usize = output.iter().product();
        let op = Local { window, input, output };
        let sizes = [units * c * window.area(), units];
        check_trained(InGraph::new(op), images, input, output, sizes, &|x, w, b| {
            local::reference(&local, input, output, x, w, b)
        });
    }

    #[test]
    fn fully_connected(
        input in [1usize..4, 1usize..4, 1usize..4],
        units in 1usize..30,
        images in image_counts(),
    ) {
        let output = [units, 1, 1];
        let sizes = [units * input.iter().product::<usize>(), units];
        check_trained(InGraph::new(Linear { input, output }), images, input, output, sizes, &linear::reference);
    }

    #[test]
    fn local_response_normalisation(
        shape in [1usize..8, 1usize..4, 1usize..4],
        size in 1usize..7,
        alpha in 0.01f64..2.0,
        alpha_over_size: bool,
        beta in prop_oneof![Just(0.75), 0.3f64..1.5],
        k in 0.5f64..2.0,
        images in image_counts(),
    ) {
        let lrn = network::Lrn { size, alpha, alpha_over_size, beta, k };
        check_fixed(InGraph::new(Lrn::new(&lrn, shape)), images, shape, shape, &|x| lrn::reference(&lrn, shape, x));
    }

    #[test]
    fn added_maps(
        input in [1usize..4, 1usize..4, 1usize..4],
        added in 0usize..4,
        images in image_counts(),
    ) {
        let output = [input[0] + added, input[1], input[2]];
        let op = PadChannels { input, added };
        check_fixed(InGraph::new(op), images, input, output, &|x| pad_channels::reference(input, added, x));
    }

    #[test]
    fn pooling(
        window in windows(2),
        ceil: bool,
        count_padding: bool,
        [h, w] in pair(1, 9),
        maximum: bool,
        images in image_counts(),
    ) {
        let extent = PoolExtent::Window { window, ceil };
        check_pool(&network::Pool { extent, count_padding }, maximum, [2, h, w], images);
    }

    #[test]
    fn adaptive_pooling([h, w] in pair(1, 9), output in pair(1, 5), maximum: bool) {
        let extent = PoolExtent::Adaptive { output };
        check_pool(&network::Pool { extent, count_padding: false }, maximum, [2, h, w], 3);
    }

    #[test]
    fn subsampling(window in windows(1), [h, w] in pair(1, 8), images in image_counts()) {
        let input = [3, h, w];
        let output = shape::infer(&Layer::Subsample(window), &[input]);
        prop_assume!(output.is_ok());
        let output = output.unwrap();
        let op = Subsample::new(&window, input, output);
        check_trained(InGraph::new(op), images, input, output, [3, 3], &|x, w, b| {
            subsample::reference(&window, input, output, x, w, b)
        });
    }

    #[test]
    fn class_pictures(
        bits in prop::collection::vec(prop::collection::vec(any::<bool>(), 12), 1..5),
        [h, w] in pair(1, 3),
        images in image_counts(),
    ) {
        let bitmaps: Vec<Vec<i8>> =
            bits.iter().map(|row| row.iter().map(|&bit| if bit { 1 } else { -1 }).collect()).collect();
        let rbf = network::Rbf { picture: [3, 4], bitmaps };
        let (input, output) = ([12, h, w], [rbf.bitmaps.len(), h, w]);
        let op = Rbf::new(&rbf, input);
        check_fixed(InGraph::new(op), images, input, output, &|x| rbf::reference(&rbf, input, x));
    }

    #[test]
    fn softmax_at_every_position(
        shape in [1usize..6, 1usize..3, 1usize..3],
        images in image_counts(),
    ) {
        check_fixed(InGraph::new(Softmax(shape)), images, shape, shape, &|x| softmax::reference(shape, x));
    }

    #[test]
    fn loss(images in 1usize..18, classes in 1usize..7, squared_distances: bool) {
        let scale = if squared_distances { -0.5 } else { 1.0 };
        check_loss(images, classes, scale, squared_distances.then_some(-0.75));
    }
}

fn check_pool(pool: &network::Pool, maximum: bool, input: Shape, images: usize) {
    let Ok(output) = shape::infer(&Layer::PoolAvg(pool.clone()), &[input]) else { return };
    let kind = if maximum { Kind::Max } else { Kind::Average };
    // A window that only covers padding (a dilated one may) has no maximum and no average.
    let everywhere = vec![1.0; input.iter().product()];
    let reference = |x: &[f64]| pool::reference(kind, pool, input, output, x);
    if reference(&everywhere).iter().all(|value| value.is_finite()) {
        check_fixed(
            InGraph::new(Pool::new(kind, pool, input, output)),
            images,
            input,
            output,
            &reference,
        );
    }
}

#[test]
fn activations() {
    for activation in [
        Activation::Identity,
        Activation::Relu,
        Activation::Sigmoid,
        Activation::Tanh,
        Activation::ScaledTanh,
    ] {
        let shape = [3, 4, 5];
        let reference = |x: &[f64]| activation::reference(activation, x);
        check_fixed(Activate(activation), 9, shape, shape, &reference);
    }
}

fn check_loss(images: usize, classes: usize, scale: f32, rubbish: Option<f32>) {
    use convscope::engine::lanes;
    let rows: Vec<Vec<f64>> = (0..images).map(|i| numbers(i as u64, classes)).collect();
    let labels: Vec<usize> = (0..images).map(|i| i * 7 % classes).collect();
    let scores = lanes::pack(images, [classes, 1, 1], |i, image| {
        image.iter_mut().zip(&rows[i]).for_each(|(to, from)| *to = *from as f32);
    });
    let scores = candle_core::Var::from_tensor(&scores.unwrap()).unwrap();
    let op = CrossEntropy::new(labels.clone(), classes, scale).with_rubbish(rubbish);
    let loss = scores.apply_op1(op).unwrap();
    let rubbish = rubbish.map(f64::from);
    let expected = cross_entropy::reference(&rows, &labels, scale.into(), rubbish);
    assert!((f64::from(loss.to_scalar::<f32>().unwrap()) - expected).abs() < 1e-5);

    let gradients = loss.backward().unwrap();
    let gradient = gradients.get(&scores).unwrap();
    for image in 0..images.next_multiple_of(lanes::LANES) {
        let found = lanes::unpack(gradient, image).unwrap();
        for class in 0..classes {
            let expected = if image < images {
                let at = |step: f64| {
                    let mut rows = rows.clone();
                    rows[image][class] += step;
                    cross_entropy::reference(&rows, &labels, scale.into(), rubbish)
                };
                (at(1e-5) - at(-1e-5)) / 2e-5
            } else {
                0.0
            };
            assert!((f64::from(found.values()[class]) - expected).abs() < 1e-5);
        }
    }
}
