//! A line of digits is read off a sliding network, and paper without digits is not.

use convscope::array::Array;
use convscope::explain::{Reading, read_line};
use convscope::network::zoo;

use crate::support::line::{Reader, label, lines_read_right, paper, test_digits};

#[test]
fn nine_of_ten_lines_of_five_unseen_digits_are_read_right() {
    for (network, least) in [(zoo::lenet5(), 93), (zoo::lenet5_modern(), 91)] {
        let right = lines_read_right(&network);
        assert!(right >= least, "{}: {right} of 100 lines", network.name);
    }
}

#[test]
fn one_digit_anywhere_is_read_where_it_stands() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let reader = Reader::new(&network, 160);
        let mut right = 0;
        let digits = test_digits(40, 1234);
        for (i, &index) in digits.iter().enumerate() {
            let left = 2 + i * 3;
            let read = reader.read(&paper(160, &[(index, left)]));
            if let [only] = read[..] {
                let beside = (4 * only.position).abs_diff(left - 2);
                right += usize::from(only.class == label(index) && beside <= 8);
            }
        }
        assert!(right >= 36, "{}: {right} of 40", network.name);
    }
}

#[test]
fn empty_paper_reads_as_nothing() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let reader = Reader::new(&network, 160);
        assert_eq!(reader.read(&paper(160, &[])), [], "{}", network.name);
    }
}

/// Scores `[classes, 1, w]` of a made-up line: everywhere `ground`, but for these (class, column).
fn made_up(width: usize, ground: f32, peaks: &[(usize, usize, f32)]) -> Array {
    Array::from_fn(&[10, 1, width], |i| {
        let (class, column) = (i / width, i % width);
        let peak = peaks.iter().find(|&&(c, at, _)| c == class && at.abs_diff(column) <= 1);
        peak.map_or(ground, |&(.., score)| score)
    })
}

fn classes(readings: &[Reading]) -> Vec<(usize, usize)> {
    readings.iter().map(|reading| (reading.position, reading.class)).collect()
}

#[test]
fn small_distances_and_large_logits_are_digits() {
    let distances = made_up(30, 120.0, &[(3, 2, 1.5), (7, 12, 4.0), (1, 22, 90.0)]);
    let read = read_line(&zoo::lenet5(), &distances, 4);
    assert_eq!(classes(&read), [(2, 3), (12, 7)]);
    assert_eq!(read[1].score, 4.0);
    let logits = made_up(30, 0.5, &[(3, 2, 15.0), (7, 12, 9.0), (1, 22, 3.0)]);
    assert_eq!(classes(&read_line(&zoo::lenet5_modern(), &logits, 4)), [(2, 3), (12, 7)]);
}

#[test]
fn of_two_that_are_too_near_the_better_one_is_read() {
    let near = made_up(30, 120.0, &[(3, 4, 9.0), (7, 6, 1.0), (3, 11, 8.0)]);
    assert_eq!(classes(&read_line(&zoo::lenet5(), &near, 4)), [(6, 7), (11, 3)]);
    // Two that keep their distance are better than one between them.
    let between = made_up(30, 120.0, &[(3, 2, 9.0), (7, 5, 1.0), (3, 8, 9.0)]);
    assert_eq!(classes(&read_line(&zoo::lenet5(), &between, 4)), [(2, 3), (8, 3)]);
    // With twice the pixels from one column to the next they are far enough apart.
    assert_eq!(read_line(&zoo::lenet5(), &between, 8).len(), 3);
}

#[test]
fn scores_that_are_none_are_not_read() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let none = Array::full(&[10, 1, 30], f32::NAN);
        assert_eq!(read_line(&network, &none, 4), []);
        assert_eq!(
            read_line(&network, &Array::full(&[10, 1, 30], 0.0), 0).is_empty(),
            !network.lower_is_better()
        );
    }
}
