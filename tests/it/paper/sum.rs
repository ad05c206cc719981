//! The sum as text is added up again; LaTeX says `=` only where its own numbers agree.

use convscope::explain::Explanation;
use convscope::network::Activation;
use convscope::paper::sum;

use super::Seen;

/// The last number of every line that has one.
fn numbers(text: &str) -> Vec<f64> {
    let number = |line: &str| line.split_whitespace().last()?.parse().ok();
    text.lines().filter_map(number).collect()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

#[test]
fn the_text_adds_up_with_all_its_digits() {
    let seen = Seen::bundled("lenet5");
    for (layer, unit, groups) in [
        ("C1", [0, 3, 3], 1),
        ("S2", [1, 4, 6], 1),
        ("C3", [7, 4, 6], 4),
        ("C5", [11, 0, 0], 16),
        ("F6", [3, 0, 0], 120),
        ("OUTPUT", [2, 0, 0], 12),
    ] {
        let e = seen.explain(layer, unit);
        let text = sum::text(&seen.network, &e);
        let found = numbers(&text);
        let addends = groups + usize::from(e.bias.is_some());
        assert_eq!(found.len(), addends + 2, "{text}");
        assert!(near(found[..addends].iter().sum(), found[addends]), "{text}");
        assert_eq!((found[addends], found[addends + 1]), (e.sum, e.output), "{text}");
        assert!(text.starts_with(layer) && text.contains("LeNet-5"), "{text}");
        assert!(!text.contains('−') || text.contains("e^−"), "an ASCII minus: {text}");
    }
}

#[test]
fn other_rules_as_text() {
    let seen = Seen::bundled("lenet5-modern");
    let e = seen.explain("S2", [5, 13, 0]);
    let found = numbers(&sum::text(&seen.network, &e));
    assert_eq!(found[..4].iter().copied().fold(f64::MIN, f64::max), found[4]);
    assert_eq!(found[5], e.output);
    let e = seen.explain("softmax", [2, 0, 0]);
    let found = numbers(&sum::text(&seen.network, &e));
    assert!(near(found[..10].iter().sum(), found[10]));
    assert!(near(found[2] / found[10], found[11]));
}

/// Numbers with four decimals in a piece of LaTeX.
fn decimals(text: &str) -> Vec<f64> {
    let text: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() || c == '.' || c == '-' { c } else { ' ' })
        .collect();
    let number = |word: &str| {
        let (_, places) = word.split_once('.')?;
        (places.len() == 4).then(|| word.parse().ok())?
    };
    text.split_whitespace().filter_map(number).filter(|&n: &f64| n != 1.7159).collect()
}

/// The line(s) of `x = addends = sum`, taken apart.
fn check_partial_sums(e: &Explanation, latex: &str) {
    let (_, rest) = latex.split_once("\nx &= ").unwrap();
    let end = rest.find(" \\\\\ny_").unwrap_or(rest.len());
    let body = rest[..end].split(", \\quad").next().unwrap();
    let (addends, sum) = body.rsplit_once(" \\\\\n  &").unwrap();
    let total: f64 = decimals(addends).iter().sum();
    let shown = decimals(sum)[0];
    let agrees = (total - shown).abs() < 5e-5;
    assert_eq!(agrees, sum.starts_with("= "), "{total} and {shown} in\n{latex}");
    assert_eq!(!agrees, sum.starts_with("\\approx "), "{latex}");
    assert!((shown - e.sum).abs() <= 5.1e-5);
}

#[test]
fn latex_says_equal_where_it_is() {
    let seen = Seen::bundled("lenet5");
    let (mut equal, mut about) = (0, 0);
    for row in 0..10 {
        for column in 0..10 {
            let e = seen.explain("C3", [7, row, column]);
            let latex = sum::latex(&seen.network, &e);
            check_partial_sums(&e, &latex);
            assert_eq!(latex.matches("\\underbrace").count(), 5, "four maps and the bias: {latex}");
            assert!(latex.contains("\\varphi") && latex.contains("1.7159 \\tanh"));
            if latex.contains("&\\approx") { about += 1 } else { equal += 1 }
        }
    }
    assert!(equal > 10 && about > 10, "both signs: {equal} and {about}");
    for (layer, unit) in [("C5", [11, 0, 0]), ("OUTPUT", [2, 0, 0])] {
        let e = seen.explain(layer, unit);
        check_partial_sums(&e, &sum::latex(&seen.network, &e));
    }
}

#[test]
fn latex_is_balanced_for_every_rule() {
    let text = r#"{"name":"n","title":"N","nodes":[
        {"name":"input","kind":"input","shape":[1,6,6]},
        {"name":"a_1 & 50%","inputs":["input"],"kind":"conv","maps":2,
         "window":{"kernel":[5,5]},"activation":"sigmoid"},
        {"name":"all","inputs":["a_1 & 50%"],"kind":"pool_avg","extent":{"adaptive":{"output":[1,1]}}},
        {"name":"last","inputs":["all"],"kind":"linear","output":[3,1,1],"activation":"tanh"},
        {"name":"near","inputs":["last"],"kind":"lrn","size":3,"alpha":0.5,"alpha_over_size":true,
         "beta":0.75,"k":1.0,"activation":"relu"},
        {"name":"share","inputs":["near"],"kind":"softmax"}]}"#;
    let seens = [Seen::bundled("lenet5"), Seen::bundled("lenet5-modern"), Seen::made_up(text)];
    for seen in &seens {
        for node in seen.network.nodes().iter().skip(1) {
            let [c, h, w] = node.output;
            let e = seen.explain(&node.name, [c - 1, h / 2, w / 2]);
            let latex = sum::latex(&seen.network, &e);
            let mut depth = 0i32;
            let mut before = ' ';
            for c in latex.chars() {
                if before != '\\' {
                    depth += i32::from(c == '{') - i32::from(c == '}');
                }
                before = if before == '\\' && c == '\\' { ' ' } else { c };
                assert!(depth >= 0, "{latex}");
            }
            assert_eq!(depth, 0, "{latex}");
            assert!(latex.is_ascii(), "{latex}");
            assert!(latex.starts_with("y_{") && latex.contains(&format!("{:.4}", e.output.abs())));
            for line in latex.split("\\\\\n") {
                assert_eq!(line.replace("\\&", "").matches('&').count(), 1, "{latex}");
            }
            let activated = e.activation != Activation::Identity;
            assert_eq!(latex.contains("\\varphi"), activated, "{latex}");
        }
    }
    let latex = sum::latex(&seens[2].network, &seens[2].explain("last", [1, 0, 0]));
    assert!(!latex.contains("a_1"));
    let e = seens[2].explain("all", [1, 0, 0]);
    assert!(sum::latex(&seens[2].network, &e).contains("\\cdot 0.2500"));
}
