//! What came of a training: as JSON, for people, and as remarks in the weight file.

use serde::Serialize;

use crate::cli::numbers::percent;
use crate::cli::table::Table;
use crate::engine::Evaluation;
use crate::locale::{count, value};
use crate::network::Network;

#[derive(Serialize)]
pub struct Report {
    pub network: String,
    pub data: String,
    /// Images learned from.
    pub images: usize,
    pub epochs: usize,
    /// Mean loss over the last epoch.
    pub loss: f64,
    /// How well it does on the images kept aside.
    pub hold_out: Option<HeldOut>,
    pub output: String,
}

#[derive(Serialize)]
pub struct HeldOut {
    pub count: usize,
    pub loss: f64,
    pub accuracy: f64,
}

impl From<Evaluation> for HeldOut {
    fn from(evaluation: Evaluation) -> Self {
        let Evaluation { count, loss, accuracy, .. } = evaluation;
        Self { count, loss, accuracy }
    }
}

impl Report {
    /// The remark `score`; empty where nothing was kept aside.
    pub fn score(&self) -> String {
        self.hold_out.as_ref().map_or_else(String::new, |HeldOut { count, loss, accuracy }| {
            format!("accuracy {accuracy:.4}, loss {loss:.4} on {count} images kept aside")
        })
    }

    pub fn text(&self, network: &Network) -> String {
        let mut table = Table::new().words("").words("");
        let images = count(self.images as u128);
        table.row(["learned from".into(), format!("{images} images of {}", self.data)]);
        let loss = value(self.loss, 4);
        table.row([
            "last epoch".into(),
            format!("number {}, loss {loss}", count(self.epochs as u128)),
        ]);
        if let Some(HeldOut { count: kept, loss, accuracy }) = &self.hold_out {
            let (right, loss) = (percent(*accuracy), value(*loss, 4));
            let kept = count(*kept as u128);
            table
                .row(["kept aside".into(), format!("{right} right of {kept} images, loss {loss}")]);
        }
        table.row(["written to".into(), self.output.clone()]);
        format!("{} is trained.\n\n{table}", network.title)
    }
}
