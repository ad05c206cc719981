//! The main job on real input: digits photographed on paper are read by the bundled networks.

use convscope::data::{Verdict, digits, picture, pipeline, verdict};
use convscope::engine::{Model, bundled, metrics};
use convscope::network::zoo;

use crate::support::photo::photographed;

/// One photograph of each of these test digits, six of every class.
fn sitters() -> Vec<usize> {
    let labels = digits::bundled().labels();
    (0..10u8)
        .flat_map(|class| (digits::TRAIN_COUNT..).filter(move |&i| labels[i] == class).take(6))
        .collect()
}

#[test]
fn photographed_digits_are_read() {
    let all = digits::bundled();
    let sitters = sitters();
    let stages = pipeline::digit_file();
    let mut taken_for_digits = 0;
    let images: Vec<_> = sitters
        .iter()
        .map(|&index| {
            let jpeg = photographed(all.image(index), index as u64);
            let picture =
                picture::decode(&jpeg, "photo.jpg".as_ref()).expect("a picture").to_array();
            taken_for_digits += usize::from(verdict::judge(&picture) == Ok(Verdict::Digit));
            pipeline::tensor(&stages, &picture).expect("prepared")
        })
        .collect();
    assert!(taken_for_digits >= 57, "only {taken_for_digits} of 60 pass for digits");
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let weights = bundled::weights(&network.name).expect("bundled");
        let model = Model::new(&network, &weights).expect("fits");
        let classes = metrics::classes(&model, &images).expect("runs");
        let right = sitters
            .iter()
            .zip(&classes)
            .filter(|&(&index, &class)| usize::from(all.labels()[index]) == class)
            .count();
        assert!(right >= 54, "{} reads {right} of 60", network.name);
    }
}
