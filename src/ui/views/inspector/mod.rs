//! The right side: whatever is pinned, down to one number.

mod field;
mod head;
mod knob;
mod links;
mod map;
mod parts;
mod question;
mod sum;
mod terms;

use egui::{Frame, Margin, Panel, ScrollArea, Ui};

use crate::ui::errors::sentence;
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::text;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    // Each unit has a place of its own in the scroll, so that a new one begins at its top; while a
    // layer is replayed, the place stays.
    let pin = studio.story.as_ref().map(|story| story.pin).filter(|_| studio.head().is_none());
    if let (Some(open), Some(seen)) = (&studio.open, &studio.seen)
        && (studio.knob.is_some() || studio.scene.edits.is_some())
    {
        // Below, where it pushes nothing away when it comes.
        Panel::bottom("knob")
            .resizable(false)
            .frame(Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO }))
            .show(ui, |ui| knob::show(ui, sheet, open, seen));
    }
    let area = ScrollArea::vertical().id_salt(("inspector", pin)).auto_shrink(false);
    area.show(ui, |ui| {
        // The scroll bar floats over the right edge.
        ui.set_max_width((ui.available_width() - 8.0).max(0.0));
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().item_spacing.y = 5.0;
        let (Some(open), Some(seen)) = (&studio.open, &studio.seen) else { return };
        if let Some(classes) = studio.question() {
            question::show(ui, sheet, open, seen, classes);
            return;
        }
        let Some(story) = &studio.story else {
            let words = sheet.say("nothing-pinned");
            text(ui, words, Type::Body, sheet.palette.muted);
            return;
        };
        head::show(ui, sheet, open, seen, story);
        match &story.arithmetic {
            None => {}
            Some(Ok(explanation)) => {
                ui.add_space(4.0);
                parts::show(ui, sheet, open, seen, explanation);
                ui.add_space(size::SECTION - size::GAP);
                sum::show(ui, sheet, open, explanation);
                terms::show(ui, sheet, open, explanation);
                links::show(ui, sheet, open, story.pin);
            }
            Some(Err(error)) => {
                let words = sentence(sheet.lang, error);
                text(ui, words, Type::Body, sheet.palette.muted);
            }
        }
        field::show(ui, sheet, open, story);
        map::show(ui, sheet, open, seen, story.pin);
    });
}
