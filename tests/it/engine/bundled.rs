//! The weights that ship with the program.

use convscope::data::{self, Stage};
use convscope::engine::{Model, bundled, evaluate};
use convscope::network::zoo;

use super::digits::digits;

#[test]
fn both_lenets_read_digits_that_they_have_not_seen() {
    for (network, most_wrong) in [(zoo::lenet5(), 10), (zoo::lenet5_modern(), 10)] {
        let weights = bundled::weights(&network.name).unwrap();
        let model = Model::new(&network, &weights).unwrap();
        let result = evaluate(&model, &digits(4000, 1000), &mut |_| true).unwrap();
        let right: u64 = (0..10).map(|class| result.confusion[class][class]).sum();
        assert!(1000 - right <= most_wrong, "{}: {right} of 1000 right", network.name);
    }
}

#[test]
fn their_files_say_what_they_are() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let metadata = bundled::weights(&network.name).unwrap().metadata;
        assert_eq!(metadata["network"], network.name);
        let stages: Vec<Stage> = serde_json::from_str(&metadata["preprocessing"]).unwrap();
        assert_eq!(stages, data::pipeline::digit_file());
        assert!(metadata["source"].contains("seed 1"), "{}", metadata["source"]);
        assert!(metadata["score"].contains("kept aside"), "{}", metadata["score"]);
    }
    assert!(bundled::weights("resnet152").is_none());
}
