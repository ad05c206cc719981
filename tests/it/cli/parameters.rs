//! `parameters`.

use serde::Deserialize;

use super::run;

#[derive(Deserialize)]
struct Report {
    fully_connected: Column,
    locally_connected: Column,
    convolutional: Column,
}

#[derive(Deserialize)]
struct Column {
    weights: u128,
    connections: u128,
}

#[test]
fn the_argument_of_the_course() {
    let report: Report =
        run("parameters --image 1000x1000 --hidden 1000000 --field 10 --kernels 1 \
                              --no-bias --format json")
        .json();
    let of = |column: &Column| [column.weights, column.connections];
    assert_eq!(of(&report.fully_connected), [1_000_000_000_000; 2]);
    assert_eq!(of(&report.locally_connected), [100_000_000; 2]);
    assert_eq!(of(&report.convolutional), [100, 100_000_000]);
}

#[test]
fn one_kernel_and_several() {
    for (kernels, words) in [(1, "fields of 5×5, 1 kernel ("), (6, "fields of 5×5, 6 kernels (")]
    {
        let ran = run(&format!("parameters --image 32x32 --field 5 --kernels {kernels}"));
        assert!(ran.code == Some(0) && ran.stdout.contains(words), "{ran:?}");
    }
}
