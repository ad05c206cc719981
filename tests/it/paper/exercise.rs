//! Every answer is what `explain` says, whatever the seed; the same seed gives the same bytes.

use std::collections::BTreeSet;

use convscope::explain::{Explanation, Rule};
use convscope::locale::Lang;
use convscope::network::{Activation, Layer, Unit};
use convscope::paper::{Exercise, PaperError, What};

use super::Seen;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

/// What the answer should be, from the explanation alone.
fn expected(seen: &Seen, e: &Explanation, what: What) -> f64 {
    let products = |range: std::ops::Range<usize>| -> f64 {
        e.terms[range].iter().map(|term| term.product).sum()
    };
    match what {
        What::Term(term) => {
            let term = &e.terms[term];
            match e.rule {
                Rule::WeightedSum | Rule::Max => term.value * term.weight.unwrap(),
                Rule::SquaredDistance => (term.value - term.weight.unwrap()).powi(2),
                Rule::Softmax => {
                    let max = e.terms.iter().map(|t| t.value).fold(f64::MIN, f64::max);
                    (term.value - max).exp()
                }
                Rule::Lrn => term.value.powi(2),
            }
        }
        What::Part(part) => products(e.parts[part].terms.clone()),
        What::Row(row) => {
            let Layer::Rbf(rbf) = &seen.network.nodes()[e.node].layer else { panic!("no picture") };
            products(row * rbf.picture[1]..(row + 1) * rbf.picture[1])
        }
        What::Window => e.terms.iter().map(|term| term.value).sum(),
        What::Scaled => products(0..e.terms.len()),
        What::Sum => e.sum,
        What::Divisor => {
            let Layer::Lrn(lrn) = &seen.network.nodes()[e.node].layer else { panic!("no LRN") };
            lrn.k + lrn.alpha * e.terms.iter().map(|term| term.value.powi(2)).sum::<f64>()
        }
        What::Share if e.rule == Rule::Lrn => {
            let Layer::Lrn(lrn) = &seen.network.nodes()[e.node].layer else { panic!("no LRN") };
            let own = e.terms.iter().find(|term| term.input[0] == e.unit[0] as i64).unwrap().value;
            own / expected(seen, e, What::Divisor).powf(lrn.beta)
        }
        What::Share => e.terms[e.unit[0]].product / e.sum,
        What::Output => e.output,
    }
}

/// Checks all seeds of one unit and returns what was asked for each.
fn check(seen: &Seen, layer: &str, unit: Unit) -> Vec<Vec<What>> {
    let e = seen.explain(layer, unit);
    let asked = |seed| {
        let of = |lang| Exercise::of(&seen.network, &e, seed, lang).unwrap();
        let blanks = of(Lang::En).blanks();
        assert_eq!(blanks, of(Lang::Zh).blanks(), "both languages ask the same");
        assert!(!blanks.is_empty());
        for blank in &blanks {
            let value = expected(seen, &e, blank.what);
            assert!(near(blank.value, value), "{layer} {unit:?}: {blank:?} is not {value}");
        }
        let whats: Vec<What> = blanks.iter().map(|blank| blank.what).collect();
        let distinct: BTreeSet<String> = whats.iter().map(|what| format!("{what:?}")).collect();
        assert_eq!(distinct.len(), whats.len(), "nothing is asked twice");
        let at_the_end = match (e.rule, e.activation) {
            (_, Activation::Identity) => vec![What::Output],
            (Rule::Softmax | Rule::Lrn, _) => vec![What::Share, What::Output],
            _ => vec![What::Sum, What::Output],
        };
        assert!(whats.ends_with(&at_the_end), "{whats:?}");
        whats
    };
    (1..=12).map(asked).collect()
}

#[test]
fn answers_are_the_explanation_in_both_lenets() {
    for name in ["lenet5", "lenet5-modern"] {
        let seen = Seen::bundled(name);
        for node in seen.network.nodes().iter().skip(1) {
            let [c, h, w] = node.output;
            for unit in [[0, 0, 0], [c / 2, h / 2, w / 3], [c - 1, h - 1, w - 1]] {
                let asked = check(&seen, &node.name, unit);
                let distinct: BTreeSet<String> =
                    asked.iter().map(|whats| format!("{whats:?}")).collect();
                let chooses = !matches!(node.layer, Layer::Subsample(_) | Layer::PoolMax(_));
                assert_eq!(distinct.len() > 1, chooses, "{}: {} kinds", node.name, distinct.len());
            }
        }
    }
}

#[test]
fn nine_of_25_products_of_one_map_are_asked() {
    let seen = Seen::bundled("lenet5");
    let e = seen.explain("C3", [7, 4, 6]);
    let mut maps = BTreeSet::new();
    for seed in 0..40 {
        let blanks = Exercise::of(&seen.network, &e, seed, Lang::En).unwrap().blanks();
        let parts: Vec<usize> = blanks
            .iter()
            .filter_map(|blank| if let What::Part(part) = blank.what { Some(part) } else { None })
            .collect();
        let [part] = parts[..] else { panic!("one partial sum is asked: {parts:?}") };
        maps.insert(part);
        let terms: Vec<usize> = blanks
            .iter()
            .filter_map(|blank| if let What::Term(term) = blank.what { Some(term) } else { None })
            .collect();
        assert_eq!((terms.len(), blanks.len()), (9, 12));
        assert!(terms.iter().all(|term| e.parts[part].terms.contains(term)), "of that map");
    }
    assert_eq!(maps.len(), 4, "every map comes up");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_others() {
    let seen = Seen::bundled("lenet5");
    let e = seen.explain("C3", [7, 4, 6]);
    let pdf = |seed, lang| Exercise::of(&seen.network, &e, seed, lang).unwrap().pdf().unwrap();
    let first = pdf(1, Lang::En);
    assert!(first.starts_with(b"%PDF-") && first.trim_ascii_end().ends_with(b"%%EOF"));
    let text = String::from_utf8_lossy(&first);
    assert!(text.contains("/Count 2"), "two pages");
    assert!(!text.contains("CreationDate") && !text.contains("CreateDate"), "no time stamp");
    assert_eq!(first, pdf(1, Lang::En));
    assert_ne!(first, pdf(2, Lang::En));
    assert_ne!(first, pdf(1, Lang::Zh));
    // The fonts are cut down to what is used: Noto alone has 1.9 MB.
    for lang in Lang::ALL {
        assert!(pdf(3, lang).len() < 120_000, "{} bytes", pdf(3, lang).len());
    }
}

/// All that pools, joins and pads, with many maps, long names and a large kernel.
fn odd() -> Seen {
    let name = "a very long name of a layer, which somebody has chosen to be difficult, 很长的名字";
    Seen::made_up(&format!(
        r#"{{"name":"odd","title":"Odd","nodes":[
        {{"name":"input","kind":"input","shape":[3,15,15]}},
        {{"name":"{name}","inputs":["input"],"kind":"conv","maps":40,
          "window":{{"kernel":[3,3],"padding":{{"top":1,"bottom":1,"left":1,"right":1}}}},"activation":"relu"}},
        {{"name":"wide","inputs":["{name}"],"kind":"conv","maps":4,
          "window":{{"kernel":[7,7],"padding":{{"top":3,"bottom":3,"left":3,"right":3}}}},"activation":"sigmoid"}},
        {{"name":"large","inputs":["input"],"kind":"conv","maps":4,
          "window":{{"kernel":[11,11],"padding":{{"top":5,"bottom":5,"left":5,"right":5}}}},"activation":"tanh"}},
        {{"name":"point","inputs":["wide"],"kind":"conv","maps":4,"window":{{"kernel":[1,1]}}}},
        {{"name":"sum","inputs":["wide","large","point"],"kind":"add","activation":"relu"}},
        {{"name":"joined","inputs":["wide","sum"],"kind":"concat"}},
        {{"name":"normal","inputs":["joined"],"kind":"lrn","size":5,"alpha":0.4,"alpha_over_size":false,
          "beta":0.75,"k":2.0,"activation":"tanh"}},
        {{"name":"plain","inputs":["joined"],"kind":"lrn","size":3,"alpha":0.1,"alpha_over_size":false,
          "beta":0.6,"k":1.0}},
        {{"name":"norm","inputs":["joined"],"kind":"batch_norm","epsilon":0.001,"activation":"relu"}},
        {{"name":"local","inputs":["joined"],"kind":"local","maps":2,"window":{{"kernel":[2,3]}}}},
        {{"name":"mean","inputs":["joined"],"kind":"pool_avg",
          "extent":{{"window":{{"window":{{"kernel":[3,3],"stride":[2,2],"padding":{{"top":1,"bottom":1,"left":1,"right":1}}}},"ceil":true}}}}}},
        {{"name":"max","inputs":["joined"],"kind":"pool_max",
          "extent":{{"window":{{"window":{{"kernel":[3,3],"stride":[2,2],"padding":{{"top":1,"bottom":1,"left":1,"right":1}}}},"ceil":true}}}}}},
        {{"name":"whole","inputs":["joined"],"kind":"pool_max","extent":{{"adaptive":{{"output":[1,1]}}}}}},
        {{"name":"scores","inputs":["max"],"kind":"linear","output":[30,1,1]}},
        {{"name":"share","inputs":["scores"],"kind":"softmax","activation":"relu"}}]}}"#
    ))
}

#[test]
fn odd_layers_have_their_exercise_and_fit_on_paper() {
    let seen = odd();
    for node in seen.network.nodes().iter().skip(1) {
        let [c, h, w] = node.output;
        if ["joined", "whole"].contains(&node.name.as_str()) {
            continue;
        }
        for unit in [[0, 0, 0], [c / 2, h / 2, w / 2], [c - 1, h - 1, w - 1]] {
            check(&seen, &node.name, unit);
        }
        for lang in Lang::ALL {
            let e = seen.explain(&node.name, [c / 2, 0, 0]);
            let pdf = Exercise::of(&seen.network, &e, 5, lang).unwrap().pdf().unwrap();
            assert!(pdf.len() > 5_000);
        }
    }
}

#[test]
fn what_is_no_exercise_says_so() {
    let seen = odd();
    let ask = |layer, unit| {
        let e = seen.explain(layer, unit);
        Exercise::of(&seen.network, &e, 1, Lang::En).map(|_| ())
    };
    let nothing = ask("joined", [0, 0, 0]);
    assert_eq!(nothing, Err(PaperError::Nothing { layer: "joined".into(), kind: "concat" }));
    let window = ask("whole", [0, 0, 0]);
    let expected = PaperError::Window { layer: "whole".into(), rows: 15, columns: 15, limit: 12 };
    assert_eq!(window, Err(expected));
}
