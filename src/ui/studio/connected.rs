//! What the Parameters view shows of its scene: made anew when the layer or its stop changes, so that no
//! frame counts twice.

use super::Studio;
use crate::network::connect::{Counts, Setting, Stop};
use crate::network::wiring::Wiring;
use crate::ui::cover::cover_place;
use crate::ui::export::What;
use crate::ui::scene::{Count, Page, View};
use crate::ui::studio::tried::Tried;
use crate::ui::views::field;
use crate::ui::views::parameters::counts::stop_of;

/// The layer of the Parameters view at its stop.
#[derive(Clone, Debug)]
pub struct Connected {
    setting: Setting,
    stop: Stop,
    /// The ways to connect the layer, from one end to the other.
    pub stops: Vec<Stop>,
    /// The matrix; `None` where the units have no places.
    pub wiring: Option<Wiring>,
    /// Connections over the border, which have no column in the matrix.
    pub hanging: u128,
    /// Whether a field of the layer at its own size hangs over the border.
    pub pads: bool,
    /// Fully, locally connected, convolutional.
    pub columns: [Column; 3],
}

/// One way to connect the layer.
#[derive(Clone, Debug)]
pub struct Column {
    /// The present stop, or the end that the column is named after.
    pub stop: Stop,
    pub counts: Counts,
    /// Sides of the image, and the weights that it takes.
    pub growth: Vec<(u64, u128)>,
}

impl Connected {
    /// What is still good of the last one is kept. `None` where there is no such layer.
    fn of(setting: &Setting, stop: Stop, last: Option<Self>) -> Option<Self> {
        let last = last.filter(|last| last.setting == *setting);
        let column = |column: usize| {
            let stop = stop_of(column, stop);
            let known = last.as_ref().map(|last| &last.columns[column]);
            match known.filter(|known| known.stop == stop) {
                Some(known) => Some(known.clone()),
                None => Some(Column {
                    stop,
                    counts: setting.counts(stop)?,
                    growth: setting.growth(stop),
                }),
            }
        };
        let columns = [column(0)?, column(1)?, column(2)?];
        let wiring = setting.wiring(stop);
        let hanging = |wiring: &Wiring| wiring.hanging();
        let pads = || setting.wiring(Stop::Local).as_ref().map_or(0, hanging) > 0;
        Some(Self {
            setting: setting.clone(),
            stop,
            hanging: wiring.as_ref().map_or(0, hanging),
            wiring,
            pads: last.as_ref().map_or_else(pads, |last| last.pads),
            stops: last.map_or_else(|| setting.stops(), |last| last.stops),
            columns,
        })
    }
}

impl Studio {
    /// The matrix of the Parameters view, where its units have places.
    #[must_use]
    pub fn wiring(&self) -> Option<&Wiring> {
        self.connected.as_ref()?.wiring.as_ref()
    }

    /// Whether a count of a column is still to be guessed: asked by the scene, or covered by H.
    #[must_use]
    pub fn hides(&self, column: usize, count: Count) -> bool {
        let asked = self.scene.parameters.asked.get(column).is_some_and(|&asked| asked);
        let place = cover_place(("count", column, count));
        asked || self.covered.as_ref().is_some_and(|revealed| !revealed.contains(&place))
    }

    /// Whether one of a column's two large numbers is.
    #[must_use]
    pub fn hides_of(&self, column: usize) -> bool {
        [Count::Weights, Count::Connections].iter().any(|&count| self.hides(column, count))
    }

    /// Whether what is to leave the window would tell a number that is still to be guessed. Pictures do not:
    /// they show what is on screen.
    pub(super) fn hides_what(&self, what: What) -> bool {
        match what {
            What::Count { opened, .. } => self.hides(opened.way, opened.count),
            What::Counts => {
                (0..3).any(|column| Count::ALL.iter().any(|&count| self.hides(column, count)))
            }
            What::FieldCsv | What::FieldLatex => field::hidden(self).is_some(),
            // Pictures show what is on screen; the numbers of the Step view are covered on screen alone.
            What::View(_)
            | What::Figure(_)
            | What::CountsSvg
            | What::FieldSvg
            | What::TrainSvg
            | What::TrainCsv
            | What::SeriesSvg
            | What::SeriesCsv
            | What::TrainWeights
            | What::TrainScript
            | What::Map
            | What::Terms
            | What::SumText
            | What::SumLatex
            | What::Exercise(_) => false,
        }
    }

    /// The layer at its stop and the three ways at work, made anew when one of them changes.
    pub(super) fn reconcile_connected(&mut self) {
        if self.scene.view != View::Parameters {
            // Made when it is looked at.
            return;
        }
        self.reconcile_wiring();
        let shown = &self.scene.parameters;
        if shown.page == Page::Trial {
            let trial = shown.trial.within_reach();
            self.tried = Some(Tried::of(&self.scene.input, trial, self.tried.take()));
        }
    }

    fn reconcile_wiring(&mut self) {
        let shown = &self.scene.parameters;
        let wanted = (&shown.setting, shown.stop);
        let known = self.connected.as_ref();
        if known.is_none_or(|known| (&known.setting, known.stop) != wanted) {
            self.connect_anew();
        }
        // A smaller matrix has no such cell.
        let touched = self.scene.parameters.touched;
        if let (Some([row, column]), Some(wiring)) = (touched, self.wiring())
            && (u128::from(row) >= wiring.rows() || u128::from(column) >= wiring.columns())
        {
            self.scene.parameters.touched = None;
        }
    }

    fn connect_anew(&mut self) {
        let shown = &mut self.scene.parameters;
        // A scene from a file may say anything.
        let problem = shown.setting.check().err();
        if problem.is_some() {
            *shown = Default::default();
        }
        if shown.setting.check_stop(shown.stop).is_err() {
            shown.stop = shown.setting.stops()[shown.setting.place_of(shown.stop)];
        }
        self.connected = Connected::of(&shown.setting, shown.stop, self.connected.take());
        if let Some(problem) = problem {
            self.fail(std::sync::Arc::new(problem));
        }
    }
}
