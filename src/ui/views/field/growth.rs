//! How the fields of what is shown grow.

use egui::{Rect, Ui};

use super::{access, plot, words};
use crate::paper::sketch::Sketch;
use crate::ui::scene::Subject;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Studio;
use crate::ui::widgets::sketch;

/// How the fields grow.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, rect: Rect) {
    let figure = plotted(sheet.studio, [rect.width(), rect.height()]);
    access::picture(ui, rect, &sheet.say("field-page-growth"), &figure.words());
    sketch::paint(&ui.painter_at(rect), sheet.palette, rect.min, &figure);
}

pub fn plotted(studio: &Studio, room: [f32; 2]) -> Sketch {
    let shown = &studio.scene.field;
    let lang = studio.settings.lang;
    let curves: Vec<plot::Curve<'_>> = match shown.subject {
        Subject::Stacks => {
            let one = |(place, seer)| plot::Curve {
                seer,
                title: shown.stacks.get(place).map_or_else(String::new, |s| words::stack(s, lang)),
                active: place == shown.active,
            };
            studio.field.stacks().enumerate().map(one).collect()
        }
        Subject::Network | Subject::Branches | Subject::Neocognitron => studio
            .seer()
            .map(|seer| plot::Curve { seer, title: seer.network.title.clone(), active: true })
            .into_iter()
            .collect(),
    };
    plot::draw(studio, &curves, room)
}
