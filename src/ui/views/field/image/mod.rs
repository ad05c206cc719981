//! What lies on the image: the theoretical box, the ways that lead from each pixel, the gradient.

mod boxed;
mod curve;
mod frames;
mod heat;
mod pixels;
mod ways;

use egui::text::LayoutJob;
use egui::{Rect, Sense, Ui, vec2};

use super::words;
use crate::ui::scene::Subject;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::text;
use frames::frames;

/// Words under a picture.
const CAPTION: f32 = 60.0;

/// One small picture.
enum Picture<'a> {
    Boxed(&'a Seer),
    Heat(&'a Seer),
    HeatProfile(&'a Seer),
    Ways(&'a Seer, Option<String>),
    Profile(&'a Seer),
}

/// Draws them, and tells where they end.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) -> f32 {
    let studio = sheet.studio;
    let subject = studio.scene.field.subject;
    let pictures: Vec<Picture<'_>> = match subject {
        Subject::Stacks => {
            let stacks = &studio.scene.field.stacks;
            let title = |place: usize| stacks.get(place).map(|s| words::stack(s, sheet.lang));
            let ways = studio.field.stacks().enumerate().map(|(i, s)| match s.paths_of(0) {
                Some(_) => Picture::Ways(s, title(i)),
                None => Picture::Boxed(s),
            });
            let counted = studio.field.stacks().filter(|s| s.paths_of(0).is_some());
            ways.chain(counted.map(Picture::Profile)).collect()
        }
        Subject::Network => {
            let Some(seer) = studio.seer() else { return ui.cursor().top() };
            vec![
                Picture::Boxed(seer),
                Picture::Heat(seer),
                Picture::Ways(seer, None),
                Picture::HeatProfile(seer),
            ]
        }
        Subject::Branches | Subject::Neocognitron => {
            let Some(seer) = studio.seer() else { return ui.cursor().top() };
            vec![Picture::Boxed(seer), Picture::Ways(seer, None), Picture::Profile(seer)]
        }
    };
    let room = ui.available_rect_before_wrap();
    let top = room.top();
    let frames =
        frames(room, pictures.len(), matches!(pictures[..], [Picture::Boxed(_), _, _, ..]));
    if let [large, .., last] = frames[..]
        && large.width() > last.width()
    {
        // The place that is left over says why.
        let hole = last.translate(vec2(last.width() + 2.0 * size::SECTION, 0.0));
        let hole = hole.with_max_x(hole.right().min(room.right()));
        if hole.width() > 160.0 {
            ui.scope_builder(egui::UiBuilder::new().max_rect(hole), |ui| {
                text(ui, super::why(sheet), Type::Body, sheet.palette.muted);
            });
        }
    }
    let bottom = frames.iter().map(|frame| frame.bottom() + CAPTION).fold(top, f32::max);
    for (picture, rect) in pictures.iter().zip(frames) {
        let side = rect.width();
        let caption = match picture {
            Picture::Boxed(seer) => boxed::show(ui, sheet, seer, rect),
            Picture::Heat(seer) => heat::show(ui, sheet, seer, rect),
            Picture::HeatProfile(seer) => heat::profile(ui, sheet, seer, rect),
            Picture::Ways(seer, title) => ways::show(ui, sheet, seer, title.as_deref(), rect),
            Picture::Profile(seer) => ways::profile(ui, sheet, seer, rect),
        };
        let under = Rect::from_min_size(rect.left_bottom() + vec2(0.0, 4.0), vec2(side, CAPTION));
        ui.scope_builder(egui::UiBuilder::new().max_rect(under), |ui| {
            let caption = words::hidden(sheet.studio).map_or(caption, str::to_owned);
            captioned(ui, sheet, caption, side);
        });
    }
    ui.allocate_rect(room, Sense::hover());
    bottom.min(room.bottom())
}

/// Words under a picture, in its column: as many lines as there is room for, all of them in the tooltip.
fn captioned(ui: &mut Ui, sheet: &Sheet<'_>, caption: String, wide: f32) {
    let (font, ink) = (Type::Caption.font(), sheet.palette.text);
    let mut job = LayoutJob::simple(caption.clone(), font.clone(), ink, wide);
    let line = ui.fonts_mut(|fonts| fonts.row_height(&font)).max(1.0);
    job.wrap.max_rows = (CAPTION / line).floor().max(1.0) as usize;
    let galley = ui.painter().layout_job(job);
    let elided = galley.elided;
    let response = ui.add(egui::Label::new(galley).wrap());
    if elided {
        response.on_hover_text(caption);
    }
}
