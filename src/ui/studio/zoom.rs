//! One zoom in place: network, layer, map, unit, one product, and back.

use super::Studio;
use crate::ui::action::{Action, UnitRef};
use crate::ui::navigate;
use crate::ui::scene::{Camera, Time, Worksheet};

impl Studio {
    pub(super) fn zoom_in(&mut self) {
        let Some(open) = &self.open else { return };
        let Some(pin) = self.pin() else {
            let first = navigate::first(&open.network);
            self.scene.pin = self.named(first);
            return;
        };
        let node = &open.network.nodes()[pin.node];
        let [_, rows, columns] = node.output;
        let layer = Camera::Layer(node.name.clone());
        let map = Camera::Map { node: node.name.clone(), map: pin.unit[0] };
        self.scene.loupe = false;
        match (&mut self.scene.worksheet, &self.scene.camera) {
            (Some(sheet), _) if sheet.term.is_none() => {
                let story = self.story.as_ref().and_then(|story| story.explanation());
                let part = story.and_then(|explanation| explanation.parts.get(sheet.part));
                sheet.term = part.map(|part| part.terms.start);
            }
            (Some(sheet), _) => {
                // One level further in than a product is the value that it comes from.
                let e = self.story.as_ref().and_then(|story| story.explanation());
                let source = sheet.term.and_then(|term| e?.terms.get(term)?.source_unit());
                if let Some((node, unit)) = source {
                    self.act(Action::Follow(UnitRef { node, unit }));
                }
            }
            (None, Camera::Fit | Camera::At { .. }) => self.scene.camera = layer,
            (None, Camera::Layer(_)) if rows * columns > 1 => self.scene.camera = map,
            (None, Camera::Layer(_) | Camera::Map { .. }) => {
                self.set_worksheet(Some(Worksheet::default()));
            }
        }
    }

    pub(super) fn zoom_out(&mut self) {
        if self.scene.time != Time::Rest {
            self.rest();
            return;
        }
        if let Some(sheet) = &mut self.scene.worksheet {
            if sheet.term.take().is_none() {
                self.scene.worksheet = None;
            }
            return;
        }
        if self.scene.loupe {
            self.scene.loupe = false;
            return;
        }
        match std::mem::take(&mut self.scene.camera) {
            Camera::Map { node, .. } => self.scene.camera = Camera::Layer(node),
            Camera::Layer(_) | Camera::At { .. } => {}
            Camera::Fit if self.scene.question.is_some() => self.scene.question = None,
            Camera::Fit if self.scene.beside.is_some() => self.scene.beside = None,
            Camera::Fit => self.act(Action::Unpin),
        }
    }

    /// Opens the table over the figure for a unit that has arithmetic, or closes it.
    pub(super) fn set_worksheet(&mut self, worksheet: Option<Worksheet>) {
        let parts = self
            .story
            .as_ref()
            .and_then(|story| story.explanation())
            .map_or(0, |explanation| explanation.parts.len());
        self.scene.worksheet = worksheet.filter(|sheet| sheet.part < parts);
    }
}
