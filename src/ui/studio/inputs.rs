//! From the scene's inputs to tensors: read once, prepared when something about them changes.

use std::sync::Arc;

use super::{SharedError, Studio};
use crate::network::Shape;
use crate::ui::input::{Input, Source, Touched};
use crate::ui::loading::Target;
use crate::ui::scene::{Handling, InputRef, Scene};

/// Decoded pictures that are kept.
const MOST_SOURCES: usize = 4;
/// Entries of the list of what was looked at lately.
const MOST_RECENT: usize = 8;

impl Studio {
    /// Brings both inputs up to date.
    pub(super) fn reconcile_inputs(&mut self) {
        self.reconcile_input(Target::Own);
        if self.scene.beside.is_some() {
            self.reconcile_input(Target::Beside);
        } else {
            self.beside = None;
        }
    }

    fn reconcile_input(&mut self, target: Target) {
        let Some(open) = &self.open else { return };
        let Some((reference, handling)) = self.wanted_input(target) else { return };
        let stages = open.stages.clone();
        let present = self.input_of(target).as_ref();
        let here = present.is_some_and(|input| {
            input.source.reference.same_picture(&reference) && input.is_made_by(&handling, &stages)
        });
        if here {
            self.touch_input(target);
            return;
        }
        let known = match self.known_source(&reference) {
            Some(known) => Some(known),
            // A file is read, a pasted picture decoded elsewhere; digits and drawings are at hand.
            None if matches!(reference, InputRef::File { .. } | InputRef::Pasted { .. }) => None,
            None => match Source::load(&reference, &self.documents) {
                Ok(source) => Some(Arc::new(source)),
                Err(error) => return self.refuse_input(target, Arc::new(error)),
            },
        };
        match known {
            Some(source) if source.is_quick(&handling, &stages) => {
                match source.prepare(&handling, &stages) {
                    Ok(input) => self.take_input(target, input),
                    Err(error) => self.refuse_input(target, Arc::new(error)),
                }
            }
            source => {
                let wish = (reference, handling);
                self.loading.load(target, wish, source, &self.documents, stages);
            }
        }
    }

    /// What the scene says about one of its inputs.
    pub(super) fn wanted_input(&self, target: Target) -> Option<(InputRef, Handling)> {
        match target {
            Target::Own => Some((self.scene.input.clone(), self.scene.handling.clone())),
            Target::Beside => {
                let beside = self.scene.beside.as_ref()?;
                Some((beside.input.clone(), beside.handling.clone()))
            }
        }
    }

    fn input_of(&mut self, target: Target) -> &mut Option<Input> {
        match target {
            Target::Own => &mut self.input,
            Target::Beside => &mut self.beside,
        }
    }

    fn known_source(&self, reference: &InputRef) -> Option<Arc<Source>> {
        self.sources.iter().find(|known| known.reference.same_picture(reference)).cloned()
    }

    pub(super) fn take_input(&mut self, target: Target, input: Input) {
        let reference = input.source.reference.clone();
        if matches!(reference, InputRef::File { .. } | InputRef::Pasted { .. }) {
            self.sources.retain(|known| !known.reference.same_picture(&reference));
            self.sources.insert(0, Arc::clone(&input.source));
            self.sources.truncate(MOST_SOURCES);
        }
        if target == Target::Own && !input.source.is_blank() {
            self.remember_recent(reference);
        }
        *self.input_of(target) = Some(input);
        self.touch_input(target);
    }

    fn remember_recent(&mut self, reference: InputRef) {
        let drawing = |known: &InputRef| matches!(known, InputRef::Drawing(_));
        // Every stroke makes another drawing; the last one stands for all of them.
        let goes_on = drawing(&reference) && self.recent.first().is_some_and(drawing);
        if goes_on {
            self.recent.remove(0);
        }
        self.recent.retain(|known| !known.same_picture(&reference));
        self.recent.insert(0, reference);
        self.recent.truncate(MOST_RECENT);
    }

    /// The last steps to the tensor: shape, placement, paint.
    fn touch_input(&mut self, target: Target) {
        let Some(open) = &self.open else { return };
        let shape = open.network.input();
        let Some((_, Handling { placement, paint, .. })) = self.wanted_input(target) else {
            return;
        };
        let touched = Touched { shape, placement, paint };
        if self.input_of(target).as_ref().is_none_or(|input| input.touched == touched) {
            return;
        }
        let pixels = touched.paint.as_ref().and_then(|id| self.documents.paint(id)).cloned();
        if let Some(input) = self.input_of(target) {
            input.touch(touched, pixels.as_ref());
        }
    }

    /// The shape over which the network has to slide for the present input.
    pub(super) fn wanted_slide(&self) -> Option<Shape> {
        let input = self.input.as_ref().filter(|input| input.keep_size)?;
        let [channels, rows, columns] = self.base_input()?;
        let [_, h, w] = input.prepared().chw();
        (h > rows || w > columns).then(|| [channels, h.max(rows), w.max(columns)])
    }

    /// A picture that cannot be used: the one before is still there.
    pub(super) fn refuse_input(&mut self, target: Target, error: SharedError) {
        self.fail(error);
        match target {
            Target::Beside => self.scene.beside = None,
            Target::Own => self.back_to_the_last_input(),
        }
    }

    /// The scene shows again the picture that is there.
    pub(super) fn back_to_the_last_input(&mut self) {
        let Some(input) = &self.input else {
            self.scene.input = Scene::default().input;
            self.scene.handling = Handling::default();
            return;
        };
        let same = input.source.reference.same_picture(&self.scene.input);
        self.scene.input = input.source.reference.clone();
        let choices = self.scene.handling.stages.take().filter(|_| same);
        self.scene.handling = Handling {
            raw: input.raw,
            keep_size: input.keep_size,
            // Switched-off stages stay in the list, where they can be switched on again.
            stages: choices.map(|choices| with_stages(choices, &input.stages)),
            placement: input.touched.placement,
            paint: input.touched.paint.clone(),
        };
        self.scene.handling.stages = self.scene.handling.stages.take().filter(|choices| {
            let on: Vec<_> = choices.iter().filter(|c| c.on).map(|c| c.stage.clone()).collect();
            on == input.stages
        });
    }
}

/// The choices that gave `stages`: each is on that is among them, with the parameters it has there.
fn with_stages(
    mut choices: Vec<crate::ui::scene::StageChoice>,
    stages: &[crate::data::Stage],
) -> Vec<crate::ui::scene::StageChoice> {
    let mut rest = stages.iter();
    let mut next = rest.next();
    for choice in &mut choices {
        match next {
            Some(stage) if stage.name() == choice.stage.name() => {
                *choice = crate::ui::scene::StageChoice { stage: stage.clone(), on: true };
                next = rest.next();
            }
            _ => choice.on = false,
        }
    }
    choices
}
