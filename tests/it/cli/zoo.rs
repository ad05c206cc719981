//! `zoo`.

use serde::Deserialize;

use super::run;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "that they are there is what is tested")]
struct Entry {
    name: String,
    title: String,
    year: u16,
    input: [usize; 3],
    params: u128,
    macs: u128,
    weights: bool,
}

#[test]
fn every_network_with_its_counts() {
    let entries: Vec<Entry> = run("zoo --format json").json();
    let find = |name: &str| entries.iter().find(|entry| entry.name == name).unwrap();
    let lenet = find("lenet5");
    assert_eq!((lenet.params, lenet.macs, lenet.year), (60_000, 326_520, 1998));
    assert_eq!(find("lenet5-modern").params, 61_706);
    let params = ["lenet-full", "lenet-local", "lenet-conv"].map(|name| find(name).params);
    assert_eq!(params, [6_763_934, 423_038, 61_706]);
}

#[test]
fn the_table_names_them() {
    let ran = run("zoo");
    assert!(ran.code == Some(0) && ran.stdout.contains("lenet5-modern"), "{ran:?}");
}
