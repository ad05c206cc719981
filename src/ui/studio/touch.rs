//! What a person does with the input: drawing, moving, painting, changing its preprocessing.

use super::Studio;
use crate::data::Placement;
use crate::data::drawing::{Drawing, Stroke};
use crate::ui::action::Touch;
use crate::ui::input::blank_pad;
use crate::ui::scene::{Document, Handling, InputRef, Pad, StageChoice, Time};

impl Studio {
    pub(super) fn touch(&mut self, touch: Touch) {
        // A replay ends where a hand interferes.
        self.rest();
        match touch {
            Touch::Pad(pad) => {
                self.scene.pad = pad;
                self.dialog = None;
                if pad == Pad::Draw && !matches!(self.scene.input, InputRef::Drawing(_)) {
                    self.draw(blank_pad(1));
                }
            }
            Touch::Sheet { digits } => {
                let sheet = blank_pad(digits);
                self.scene.handling = Handling { keep_size: digits > 1, ..Handling::default() };
                self.draw(sheet);
            }
            Touch::Pen { points, erase, begin } => self.pen(points, erase, begin),
            Touch::Clear => {
                if let Some(drawing) = self.drawing() {
                    self.draw(Drawing::blank(drawing.width));
                }
            }
            Touch::PlaceRaw(placement) => self.scene.handling.raw = placement.clamped(),
            Touch::Place(placement) => self.scene.handling.placement = placement.clamped(),
            Touch::Paint { pixel, value } => self.paint(pixel, value),
            Touch::StageOn { place, on } => {
                self.change_stage(place, |choice| choice.on = on);
            }
            Touch::StageParameters { place, stage } => {
                self.change_stage(place, |choice| choice.stage = stage);
            }
            Touch::KeepSize(on) => {
                // What was painted or moved belongs to the tensor of another size.
                self.scene.handling =
                    Handling { keep_size: on, raw: self.scene.handling.raw, ..Handling::default() };
            }
            Touch::Reset => {
                let keep_size = self.scene.handling.keep_size;
                self.scene.handling = Handling { keep_size, ..Handling::default() };
            }
        }
    }

    /// What is drawn on the pad, if that is what the network looks at.
    #[must_use]
    pub fn drawing(&self) -> Option<&Drawing> {
        match &self.scene.input {
            InputRef::Drawing(id) => self.documents.drawing(id),
            InputRef::Digit(_) | InputRef::File { .. } | InputRef::Pasted { .. } => None,
        }
    }

    fn draw(&mut self, drawing: Drawing) {
        if !matches!(self.scene.input, InputRef::Drawing(_)) {
            let keep_size = drawing.width > crate::data::drawing::HEIGHT;
            self.scene.handling = Handling { keep_size, ..Handling::default() };
        }
        self.scene.input = InputRef::Drawing(self.documents.keep(Document::Drawing(drawing)));
    }

    fn pen(&mut self, mut added: Vec<[f32; 2]>, erase: bool, begin: bool) {
        let mut drawing = match self.drawing() {
            // What has been named stays to be looked at until the next digit is drawn.
            Some(named) if begin && !erase && self.is_remembered() => Drawing::blank(named.width),
            Some(drawing) => drawing.clone(),
            None => blank_pad(1),
        };
        match drawing.strokes.last_mut() {
            Some(stroke) if !begin && stroke.erase == erase => stroke.points.append(&mut added),
            _ => drawing.strokes.push(Stroke { erase, points: added }),
        }
        if drawing.check().is_err() {
            // So much has been drawn that no file would take it; the pen is dry.
            return;
        }
        // Ink drawn anew is not to be hidden under pixels that were painted before.
        self.scene.handling.paint = None;
        self.draw(drawing);
    }

    fn paint(&mut self, pixel: u32, value: f32) {
        let known = self.scene.handling.paint.as_ref().and_then(|id| self.documents.paint(id));
        let mut pixels = known.cloned().unwrap_or_default();
        if self.input.as_ref().is_some_and(|input| (pixel as usize) < input.tensor.len()) {
            pixels.insert(pixel, value);
            self.scene.handling.paint = Some(self.documents.keep(Document::Paint(pixels)));
        }
    }

    fn change_stage(&mut self, place: usize, change: impl FnOnce(&mut StageChoice)) {
        let (Some(open), Some(input)) = (&self.open, &self.input) else { return };
        let mut choices = self.scene.handling.stages.clone().unwrap_or_else(|| {
            let stages = input.source.default_stages(&self.scene.handling, &open.stages);
            stages.into_iter().map(|stage| StageChoice { stage, on: true }).collect()
        });
        if let Some(choice) = choices.get_mut(place) {
            change(choice);
            self.scene.handling.stages = Some(choices);
        }
    }

    /// Time stands still again, and everything is computed.
    pub(super) fn rest(&mut self) {
        self.scene.time = Time::Rest;
        self.playing = false;
    }

    /// Whether the input is as it came.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        let Handling { raw, stages, placement, paint, keep_size: _ } = &self.scene.handling;
        let identity = Placement::default();
        *raw == identity && *placement == identity && stages.is_none() && paint.is_none()
    }
}
