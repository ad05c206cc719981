//! Clocks against lists of all events, made the long way.

use convscope::explain::replay::{LayerClock, LayerEvent, Pace, UnitClock, UnitEvent};
use convscope::explain::{Explanation, Rule, Term, explain};
use convscope::network::connectivity::reads;
use convscope::network::{Network, Unit, zoo};
use proptest::prelude::*;

use super::{near, run, tail};
use crate::network::made_up::branching;

fn units([c, h, w]: [usize; 3]) -> impl Iterator<Item = Unit> {
    (0..c * h * w).map(move |i| [i / (h * w), i / w % h, i % w])
}

/// Every event of a layer with the number of units that are complete before it.
fn listed(network: &Network, index: usize) -> Vec<(LayerEvent, usize)> {
    let mut events = Vec::new();
    if index == 0 {
        return events;
    }
    for (complete, unit) in units(network.nodes()[index].output).enumerate() {
        let [c, y, x] = unit;
        let maps: usize = reads(network, index, c, y as i64, x as i64)
            .iter()
            .map(|reads| reads.channels.len())
            .sum();
        let parts = (0..maps).map(Some).chain([None]);
        events.extend(parts.map(|part| (LayerEvent { unit, part }, complete)));
    }
    events
}

fn check_layers(network: &Network) -> Result<(), TestCaseError> {
    for (index, node) in network.nodes().iter().enumerate() {
        let clock = LayerClock::of(network, index);
        let events = listed(network, index);
        prop_assert_eq!(clock.len(), events.len() as u64, "{}", node.name);
        prop_assert_eq!(clock.is_empty(), index == 0);
        for (at, (event, complete)) in events.iter().enumerate() {
            let at = at as u64;
            prop_assert_eq!(clock.event(at), *event, "{} {}", node.name, at);
            prop_assert_eq!(clock.unit_index_of(at), *complete, "{} {}", node.name, at);
            let first = event.part.map_or(clock.parts(event.unit[0]), |part| part) as u64;
            prop_assert_eq!(clock.first_of(event.unit) + first, at, "{}", node.name);
        }
        let all = if index == 0 { 0 } else { node.output.iter().product() };
        prop_assert_eq!(clock.unit_index_of(clock.len()), all);
        if let Some((last, _)) = events.last() {
            prop_assert_eq!(clock.event(u64::MAX), *last);
        }
        check_pace(&Pace::of(&clock), clock.len(), 8.0)?;
    }
    Ok(())
}

fn check_pace(pace: &Pace, events: u64, longest: f64) -> Result<(), TestCaseError> {
    let seconds = pace.seconds();
    prop_assert!((0.0..=longest + 1e-9).contains(&seconds), "{seconds}");
    if events > 0 {
        prop_assert!(seconds > 0.0);
        prop_assert_eq!(pace.event_at(0.0), 0);
    }
    for late in [seconds, seconds + 1.0, f64::INFINITY] {
        prop_assert_eq!(pace.event_at(late), events);
    }
    let moments: Vec<u64> =
        (0..=500).map(|i| pace.event_at(seconds * f64::from(i) / 500.0)).collect();
    prop_assert!(moments.is_sorted(), "{moments:?}");
    let mut before = 0.0;
    for event in (0..=events).step_by(1 + (events / 300) as usize).chain([events, events + 5]) {
        let due = pace.seconds_at(event);
        prop_assert!(due >= before, "{event} is due at {due}, before {before}");
        prop_assert!(pace.event_at(due).abs_diff(event.min(events)) <= 1, "{event} at {due}");
        before = due;
    }
    prop_assert_eq!(before, seconds);
    Ok(())
}

/// Every event of a unit, and the sum after it; for a maximum, the largest value so far.
fn worked_out(e: &Explanation) -> Vec<(UnitEvent, f64)> {
    let mut events = Vec::new();
    let mut sum = 0.0;
    let mut inside = false;
    for (part, own) in e.parts.iter().enumerate() {
        for term in own.terms.clone() {
            let Term { product, value, inside: pixel, .. } = e.terms[term];
            match e.rule {
                Rule::Max if pixel && (value > sum || !inside) => (sum, inside) = (value, true),
                Rule::Max => {}
                Rule::WeightedSum | Rule::SquaredDistance | Rule::Softmax | Rule::Lrn => {
                    sum += product;
                }
            }
            events.push((UnitEvent::Product(term), sum));
        }
        if e.parts.len() > 1 {
            events.push((UnitEvent::Partial(part), sum));
        }
    }
    if let Some(bias) = e.bias {
        sum += bias;
        events.push((UnitEvent::Bias, sum));
    }
    events.push((UnitEvent::Result, sum));
    events
}

fn check_units(network: &Network, seed: u64) -> Result<(), TestCaseError> {
    let (weights, trace) = run(network, seed);
    for (index, node) in network.nodes().iter().enumerate().skip(1) {
        let layer = LayerClock::of(network, index);
        for unit in units(node.output).step_by(3) {
            let e = explain(network, &weights, &trace, index, unit)
                .map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(layer.parts(unit[0]), e.parts.len(), "{}", node.name);
            let clock = UnitClock::of(&e);
            let events = worked_out(&e);
            prop_assert_eq!(clock.len(), events.len() as u64);
            for (at, &(event, sum)) in events.iter().enumerate() {
                let at = at as u64;
                prop_assert_eq!(clock.event(at), event, "{} {:?}", node.name, unit);
                prop_assert!(near(clock.running_sum(&e, at), sum), "{} {at}", node.name);
            }
            prop_assert_eq!(clock.event(clock.len() + 7), UnitEvent::Result);
            prop_assert_eq!(clock.running_sum(&e, clock.len() - 1), e.sum);
        }
    }
    Ok(())
}

/// The kinds that no engine runs yet, and maps that read unequally many.
fn unequal() -> Network {
    let text = r#"{"name":"u","title":"U","nodes":[
        {"name":"input","kind":"input","shape":[6,5,4]},
        {"name":"norm","inputs":["input"],"kind":"batch_norm","epsilon":1e-5},
        {"name":"lrn","inputs":["norm"],"kind":"lrn","size":3,"alpha":1e-4,"alpha_over_size":true,"beta":0.75,"k":2.0},
        {"name":"drop","inputs":["lrn"],"kind":"dropout","rate":0.5},
        {"name":"more","inputs":["drop"],"kind":"pad_channels","added":3},
        {"name":"table","inputs":["more"],"kind":"conv","maps":5,"window":{"kernel":[2,2]},
          "channels":{"table":[[0],[1,8],[2,5],[0,1,2,3,4,5,6,7,8],[7]]}},
        {"name":"wide","inputs":["drop"],"kind":"conv","maps":4,"window":{"kernel":[2,2]},
          "channels":{"groups":2}},
        {"name":"both","inputs":["table","wide","table"],"kind":"concat"},
        {"name":"sum","inputs":["wide","wide","wide"],"kind":"add"},
        {"name":"mean","inputs":["both"],"kind":"global_avg"},
        {"name":"flat","inputs":["sum"],"kind":"flatten"},
        {"name":"full","inputs":["flat"],"kind":"linear","output":[7,1,1]},
        {"name":"share","inputs":["full"],"kind":"softmax"}]}"#;
    serde_json::from_str(text).expect("a valid network")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn clocks_count_what_a_list_counts(network in branching(), seed in 0..1000u64) {
        check_layers(&network)?;
        check_units(&network, seed)?;
    }

    #[test]
    fn even_paces_are_even(events in 0..5000u64, per_event in 0.001..1.0f64, longest in 0.1..20.0f64) {
        let pace = Pace::even(events, per_event, longest);
        check_pace(&pace, events, longest)?;
        prop_assert!((pace.seconds() - (events as f64 * per_event).min(longest)).abs() < 1e-9);
        prop_assert!(pace.event_at(pace.seconds() / 2.0).abs_diff(events / 2) <= 1);
    }
}

#[test]
fn clocks_hold_for_every_kind() {
    check_layers(&unequal()).expect("as listed");
    for groups in [1, 2, 4] {
        check_layers(&tail(groups, 8)).expect("as listed");
    }
    check_units(&tail(2, 8), 5).expect("as listed");
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        check_layers(&network).expect("as listed");
    }
}

#[test]
fn a_layer_begins_slowly_and_ends_in_eight_seconds() {
    let lenet = zoo::lenet5();
    let pace = |name: &str| Pace::of(&LayerClock::of(&lenet, lenet.index_of(name).expect("there")));
    // C1: 6 @ 28×28, two events a unit: 2·0.4 s, then 27 units, 27 rows and 5 maps.
    let c1 = pace("C1");
    assert!((c1.seconds() - (0.8 + 1.6 + 2.0 + 5.0 * 0.35)).abs() < 1e-9, "{}", c1.seconds());
    for (seconds, events) in
        [(0.39, 0), (0.41, 1), (0.8001, 2), (2.4001, 2 * 28), (4.4001, 2 * 784)]
    {
        // A moment after the end of a stretch, the next one has hardly begun.
        assert!(c1.event_at(seconds).abs_diff(events) <= 1, "{seconds}");
    }
    assert_eq!((c1.event_at(0.39), c1.event_at(0.41)), (0, 1));
    // 84 units of 120 parts and a closing event.
    let f6 = pace("F6");
    assert!((f6.seconds() - (1.6 + 2.8)).abs() < 1e-9, "{}", f6.seconds());
    assert!(f6.event_at(1.6).abs_diff(121) <= 1);
    // Each stretch is faster than the one before.
    for name in ["C1", "S2", "C3", "S4", "C5", "F6"] {
        let pace = pace(name);
        let speeds: Vec<u64> =
            (0..8).map(|i| pace.seconds() * f64::from(i) / 8.0).map(|s| pace.event_at(s)).collect();
        let steps: Vec<u64> = speeds.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.first() < steps.last(), "{name}: {steps:?}");
    }
    assert_eq!(pace("input").seconds(), 0.0);
    assert_eq!(pace("input").event_at(3.0), 0);
    assert_eq!((c1.event_at(-1.0), c1.event_at(f64::NAN)), (0, 0));
}

/// 2²⁰ units that read 2²⁸ maps each: more events than 32 bits count, at no cost.
#[test]
fn a_huge_layer_is_counted_without_being_listed() {
    let text = format!(
        r#"{{"name":"h","title":"H","nodes":[
        {{"name":"input","kind":"input","shape":[{},1,1]}},
        {{"name":"all","inputs":["input"],"kind":"linear","output":[1,1024,1024]}}]}}"#,
        1u64 << 28
    );
    let network: Network = serde_json::from_str(&text).expect("valid");
    let clock = LayerClock::of(&network, 1);
    let per_unit = (1u64 << 28) + 1;
    assert_eq!(clock.len(), per_unit << 20);
    let last = [0, 1023, 1023];
    assert_eq!(clock.first_of(last), clock.len() - per_unit);
    let part = Some(1234);
    assert_eq!(clock.event(clock.first_of(last) + 1234), LayerEvent { unit: last, part });
    assert_eq!(clock.unit_index_of(clock.len() - 1), (1 << 20) - 1);
    check_pace(&Pace::of(&clock), clock.len(), 8.0).expect("a pace");
}
