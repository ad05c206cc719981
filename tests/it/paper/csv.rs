//! CSV is read back with a reader of its own.

use convscope::array::Array;
use convscope::paper::csv;

use super::Seen;

/// A reader of RFC 4180, written for this test.
fn read(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'), "lines end with CR LF");
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            c => field.push(c),
        }
    }
    assert!(record.is_empty() && field.is_empty(), "the last line is ended too");
    records
}

#[test]
fn a_map_is_what_it_was() {
    let value = |i: usize| (i as f32 * 0.731).sin() * 10f32.powi(i as i32 % 9 - 4);
    let values = Array::from_fn(&[3, 4, 5], value);
    let records = read(&csv::map(&values, 2));
    assert_eq!(records[0], ["row", "0", "1", "2", "3", "4"]);
    assert_eq!(records.len(), 5);
    for (y, record) in records[1..].iter().enumerate() {
        assert_eq!(record[0], y.to_string());
        for (x, field) in record[1..].iter().enumerate() {
            // Bit by bit: nothing is rounded.
            assert_eq!(field.parse::<f32>().unwrap(), value(2 * 20 + y * 5 + x));
        }
    }
    assert_eq!(read(&csv::map(&values, 3)).len(), 1, "no such map");
}

#[test]
fn every_term_has_its_line() {
    let seen = Seen::bundled("lenet5");
    let e = seen.explain("C3", [7, 4, 6]);
    let records = read(&csv::explanation(&seen.network, &e));
    assert_eq!(
        records[0],
        ["source", "channel", "row", "column", "inside", "value", "weight", "product"]
    );
    assert_eq!(records.len(), 101);
    let number = |text: &String| text.parse::<f64>().unwrap();
    let total: f64 = records[1..].iter().map(|record| number(&record[7])).sum();
    assert_eq!(total + e.bias.unwrap(), e.sum);
    for record in &records[1..] {
        assert_eq!(record[0], "S2");
        assert_eq!(number(&record[5]) * number(&record[6]), number(&record[7]));
    }
}

#[test]
fn odd_names_and_missing_weights_keep_their_columns() {
    let seen = Seen::made_up(
        r#"{"name":"n","title":"N","nodes":[
        {"name":"input","kind":"input","shape":[1,4,4]},
        {"name":"a, \"b\"","inputs":["input"],"kind":"conv","maps":3,
         "window":{"kernel":[4,4],"padding":{"top":1,"bottom":0,"left":0,"right":0}}},
        {"name":"pool","inputs":["a, \"b\""],"kind":"pool_max",
         "extent":{"adaptive":{"output":[1,1]}}},
        {"name":"softmax","inputs":["pool"],"kind":"softmax"}]}"#,
    );
    let pool = read(&csv::explanation(&seen.network, &seen.explain("pool", [1, 0, 0])));
    assert_eq!(pool[1][0], "a, \"b\"");
    let softmax = read(&csv::explanation(&seen.network, &seen.explain("softmax", [1, 0, 0])));
    assert_eq!((softmax.len(), softmax[1].len(), softmax[1][6].as_str()), (4, 8, ""));
    let conv = read(&csv::explanation(&seen.network, &seen.explain("a, \"b\"", [0, 0, 0])));
    assert_eq!(conv[1][1..6], ["0", "-1", "0", "false", "0"]);
}
