//! Curves as CSV: every number can be read back, and what was not measured is empty.

use convscope::paper::training::{Row, csv};

#[test]
fn curves_can_be_read_back_in_full_precision() {
    let rows = [
        Row { step: 0, test_loss: Some(2.302_585_092_994_045), ..Row::default() },
        Row { step: 3, epoch: 1.0 / 3.0, batch_loss: Some(1e-17), ..Row::default() },
        Row {
            step: 9,
            epoch: 1.0,
            batch_loss: Some(0.1 + 0.2),
            train_loss: Some(0.25),
            train_accuracy: Some(0.5),
            test_loss: Some(0.75),
            test_accuracy: Some(1.0),
        },
    ];
    let text = csv(&rows);
    let mut lines = text.lines();
    let head = lines.next().expect("a head");
    assert_eq!(head, "step,epoch,batch_loss,train_loss,train_accuracy,test_loss,test_accuracy");
    let read: Vec<Row> = lines
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells.len(), 7, "{line}");
            let number = |place: usize| cells[place].parse::<f64>().ok();
            assert!(cells.iter().all(|cell| cell.is_empty() || cell.parse::<f64>().is_ok()));
            Row {
                step: cells[0].parse().expect("a step"),
                epoch: number(1).expect("an epoch"),
                batch_loss: number(2),
                train_loss: number(3),
                train_accuracy: number(4),
                test_loss: number(5),
                test_accuracy: number(6),
            }
        })
        .collect();
    assert_eq!(read, rows);
    assert_eq!(csv(&[]).lines().count(), 1);
}
