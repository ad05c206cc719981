//! Small random networks with branches, for tests that compare with brute force.

use convscope::network::Network;
use proptest::prelude::*;

/// One windowed node, written as its JSON.
fn windowed(name: String, from: String) -> impl Strategy<Value = String> {
    let side = 1..=3usize;
    (
        0..4u8,
        (side.clone(), side),
        (1..=2usize, 1..=2usize),
        (1..=2usize, 1..=2usize),
        (0..=1usize, 0..=1usize, 0..=1usize, 0..=1usize),
        any::<bool>(),
    )
        .prop_map(move |(kind, (kh, kw), (sy, sx), (dy, dx), (t, b, l, r), ceil)| {
            // Pooling windows may not be padded by more than half.
            let (t, b) = if kind >= 2 && kh < 2 { (0, 0) } else { (t, b) };
            let (l, r) = if kind >= 2 && kw < 2 { (0, 0) } else { (l, r) };
            let window = format!(
                r#"{{"kernel":[{kh},{kw}],"stride":[{sy},{sx}],"dilation":[{dy},{dx}],"padding":{{"top":{t},"bottom":{b},"left":{l},"right":{r}}}}}"#
            );
            let rest = match kind {
                0 => format!(r#""kind":"conv","maps":2,"window":{window}"#),
                1 => format!(r#""kind":"local","maps":2,"window":{window}"#),
                2 => format!(r#""kind":"pool_max","extent":{{"window":{{"window":{window},"ceil":{ceil}}}}}"#),
                _ => format!(r#""kind":"pool_avg","extent":{{"window":{{"window":{window},"ceil":{ceil}}}}},"count_padding":{ceil}"#),
            };
            format!(r#"{{"name":"{name}","inputs":["{from}"],{rest}}}"#)
        })
}

/// A stem, two branches that are joined by channel or added, and a node behind them.
pub fn branching() -> impl Strategy<Value = Network> {
    let node = |name: &str, from: &str| windowed(name.into(), from.into());
    let branch = (1..=3usize, any::<bool>()).prop_map(|(odd, added)| {
        let join = if added { "add" } else { "concat" };
        let half = odd - 1;
        let side = 2 * half + 1;
        format!(
            r#"{{"name":"wide","inputs":["stem"],"kind":"conv","maps":1,"window":{{"kernel":[1,{side}],"padding":{{"top":0,"bottom":0,"left":{half},"right":{half}}}}}}},
               {{"name":"tall","inputs":["stem"],"kind":"conv","maps":1,"window":{{"kernel":[3,1],"padding":{{"top":1,"bottom":1,"left":0,"right":0}}}}}},
               {{"name":"joined","inputs":["wide","tall"],"kind":"{join}"}}"#
        )
    });
    (node("stem", "input"), branch, node("top", "joined")).prop_filter_map(
        "a window that does not fit",
        |(stem, branch, top)| {
            let input = r#"{"name":"input","kind":"input","shape":[1,13,12]}"#;
            let text = format!(
                r#"{{"name":"made-up","title":"Made up","nodes":[{input},{stem},{branch},{top}]}}"#
            );
            serde_json::from_str(&text).ok()
        },
    )
}
