//! Stacks of layers: their fields against the closed recurrence, two kernels against one.

use convscope::array::Array;
use convscope::engine::Model;
use convscope::engine::rng::Rng;
use convscope::explain::{composed, correlated};
use convscope::network::receptive::growth::growth;
use convscope::network::receptive::{Fields, paths};
use convscope::network::stack::{
    LARGEST_DILATION, Stack, StackError, StackKind, StackLayer, StackPart, branching,
};

fn random(rng: &mut Rng) -> Stack {
    let layers = (0..=rng.below(6)).map(|_| {
        let kind = StackKind::ALL[rng.below(3)];
        let (kernel, dilation) = (1 + rng.below(5), 1 + rng.below(3));
        let plain = StackLayer { kind, kernel, dilation, ..StackLayer::default() };
        let padding = rng.below(plain.most_padding() + 1);
        StackLayer { padding, stride: 1 + rng.below(3), ..plain }
    });
    let layers = layers.collect();
    Stack { side: 60 + rng.below(60), layers }
}

#[test]
fn fields_follow_the_closed_recurrence() {
    let mut rng = Rng::new(&[31]);
    let mut checked = 0;
    while checked < 200 {
        let stack = random(&mut rng);
        let Ok(network) = stack.network() else { continue };
        checked += 1;
        let fields = Fields::of(&network);
        // r ← r + (k − 1)·d·j, start ← start − p·j, j ← j·s (Dumoulin and Visin 2016, for dilation 1).
        let (mut size, mut jump, mut start) = (1u64, 1i64, 0i64);
        for (place, layer) in stack.layers.iter().enumerate() {
            size += ((layer.kernel - 1) * layer.dilation) as u64 * jump as u64;
            start -= layer.padding as i64 * jump;
            jump *= layer.stride as i64;
            let field = fields.node(place + 1);
            assert_eq!((field.size, field.jump), ([size; 2], [jump; 2]), "{stack:?}");
            assert_eq!(field.start, [start; 2], "{stack:?}");
        }
        // The opened recurrence says the same, with its numbers.
        for row in &growth(&network, &fields)[1..] {
            let steps = row.steps.expect("a chain has a step everywhere");
            assert!(row.is_square());
            for (axis, step) in steps.map(|step| step.after()).into_iter().enumerate() {
                assert_eq!((step.size, step.jump), (row.field.size[axis], row.field.jump[axis]));
                assert_eq!(step.start, row.field.start[axis]);
            }
        }
    }
}

#[test]
fn three_small_kernels_see_what_a_large_one_sees_with_55_percent_of_the_weights() {
    let one = Stack::of(13, [StackLayer::conv(7, 3)]);
    let three = Stack::of(13, [StackLayer::conv(3, 1); 3]);
    assert_eq!((one.weights(), three.weights()), (49, 27));
    assert_eq!((100.0 * 27.0f64 / 49.0).round(), 55.0);
    assert_eq!((one.non_linearities(), three.non_linearities()), (1, 3));
    let [a, b] = [&one, &three].map(|stack| {
        let network = stack.network().expect("a stack");
        Fields::of(&network).node(network.nodes().len() - 1).size
    });
    assert_eq!((a, b), ([7, 7], [7, 7]));
    let ways = paths(&three.network().expect("a stack"), 3, [6, 6]).expect("few");
    assert_eq!((ways.at([6, 6]), ways.at([3, 3]), ways.most()), (49, 1, 49));
    let text =
        growth(&three.network().expect("a stack"), &Fields::of(&three.network().expect("one")));
    assert_eq!(text[1].steps.expect("a step")[0].size_text(), "1 + 2·1 = 3");
    assert_eq!(text[3].steps.expect("a step")[1].start_text(), "−2 − 1·1 = −3");
}

#[test]
fn branches_give_a_union_and_no_recurrence() {
    let network = branching().expect("a network");
    let fields = Fields::of(&network);
    let last = network.nodes().len() - 1;
    assert_eq!(fields.node(last).size, [9, 9]);
    assert!(!fields.node(last).exact, "a union of 3×3 and of 3×3 with holes is no box");
    assert!(fields.node(network.index_of("3×3").expect("there")).exact);
    let ways = paths(&network, last, [10, 10]).expect("few");
    // Nine and nine pixels, of which the middle is one; the pooling adds none.
    assert_eq!(ways.counts.iter().filter(|&&ways| ways > 0).count(), 17);
    let rows = growth(&network, &fields);
    assert!(rows[network.index_of("concat").expect("there")].steps.is_none());
}

/// Noise of both signs.
fn noise(rng: &mut Rng, n: usize) -> Vec<f32> {
    (0..n).map(|_| rng.below(2001) as f32 / 1000.0 - 1.0).collect()
}

#[test]
fn two_linear_kernels_are_one_and_a_relu_between_breaks_it() {
    let mut rng = Rng::new(&[77]);
    let image = Array::new(&[1, 17, 17], noise(&mut rng, 289)).expect("one value per pixel");
    let (inner, outer) = (noise(&mut rng, 9), noise(&mut rng, 9));
    let kernel = composed(&inner, &outer);
    // The engine is the oracle: the real convolutions, one after the other, with and without a ReLU.
    let run = |layers: &[(&[f32], usize, bool)]| -> Array {
        let stack = Stack {
            side: 17,
            layers: layers
                .iter()
                .map(|&(_, kernel, relu)| StackLayer { relu, ..StackLayer::conv(kernel, 0) })
                .collect(),
        };
        let network = stack.network().expect("a stack");
        let mut weights = convscope::array::Weights::default();
        for (node, (kernel, side, _)) in network.nodes()[1..].iter().zip(layers) {
            let tensor = Array::new(&[1, 1, *side, *side], kernel.to_vec()).expect("square");
            weights.tensors.insert(format!("{}.weight", node.name), tensor);
            let bias = Array::new(&[1], vec![0.0]).expect("one");
            weights.tensors.insert(format!("{}.bias", node.name), bias);
        }
        let model = Model::new(&network, &weights).expect("they fit");
        let trace = model.trace(&image, &|| false).expect("it runs");
        trace.output(network.nodes().len() - 1).clone()
    };
    let largest = |a: &Array, b: &Array| {
        let pairs = a.values().iter().zip(b.values());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0f32, f32::max)
    };
    let one = run(&[(&kernel, 5, false)]);
    let both = run(&[(&inner, 3, false), (&outer, 3, false)]);
    assert_eq!(one.shape(), both.shape());
    assert!(largest(&one, &both) < 1e-5, "{}", largest(&one, &both));
    assert!(largest(&one, &correlated(&image, &kernel)) < 1e-5, "and so says the plain sum");
    let broken = run(&[(&inner, 3, true), (&outer, 3, false)]);
    assert!(largest(&one, &broken) > 0.1, "{}", largest(&one, &broken));
}

#[test]
fn what_cannot_be_is_refused_with_the_legal_range() {
    let good = StackLayer::conv(3, 1);
    let stack = |side, layer: StackLayer| Stack::of(side, [good, layer]);
    for (bad, part, least, most) in [
        (StackLayer { kernel: 0, padding: 0, ..good }, StackPart::Kernel, 1, 64),
        (StackLayer { stride: 0, ..good }, StackPart::Stride, 1, 16),
        (StackLayer { dilation: 99, ..good }, StackPart::Dilation, 1, LARGEST_DILATION),
        (StackLayer { padding: 3, ..good }, StackPart::Padding, 0, 2),
        (StackLayer { padding: 2, ..StackLayer::pool(2) }, StackPart::Padding, 0, 1),
    ] {
        match stack(13, bad).check() {
            Err(StackError::OfLayer { layer: 2, part: p, least: l, most: m, .. }) => {
                assert_eq!((p, l, m), (part, least, most));
                // The ends of the range are legal indeed.
                let mut least_one = bad;
                let number = match part {
                    StackPart::Kernel => &mut least_one.kernel,
                    StackPart::Stride => &mut least_one.stride,
                    StackPart::Dilation => &mut least_one.dilation,
                    _ => &mut least_one.padding,
                };
                *number = least;
                assert_eq!(stack(13, least_one).check(), Ok(()));
            }
            other => panic!("{bad:?}: {other:?}"),
        }
    }
    // A window larger than what is there, and the largest that fits.
    let wide = StackLayer::conv(9, 0);
    let refused = stack(7, wide).check();
    assert_eq!(refused, Err(StackError::Window { layer: 2, span: 9, room: 7, most: 7 }));
    assert_eq!(stack(7, StackLayer { kernel: 7, ..wide }).check(), Ok(()));
    let none = Stack { side: 5, layers: Vec::new() };
    assert!(matches!(none.check(), Err(StackError::Range { part: StackPart::Layers, .. })));
    assert!(matches!(
        Stack::of(0, [good]).check(),
        Err(StackError::Range { part: StackPart::Side, .. })
    ));
}
