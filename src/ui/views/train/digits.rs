//! Test images as small pictures that can be looked into.

use std::sync::{Arc, OnceLock};

use egui::{Align2, Color32, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::kept::kept;
use crate::array::Array;
use crate::locale::Message;
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, picture};
use crate::worker::training::Sets;

/// A test image.
pub struct Tile {
    /// Among the test images.
    pub number: usize,
    pub side: f32,
    /// What stands under it.
    pub under: Option<String>,
    /// What is told under the pointer, beside what a click does.
    pub said: Option<String>,
}

/// Points for what stands under a picture.
const UNDER: f32 = 14.0;

/// Draws the picture. A click shows its maps; a double click opens it in the Step view, with the weights that
/// are shown.
pub fn tile(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, tile: Tile) {
    let Tile { number, side, under, said } = tile;
    let below = if under.is_some() { UNDER } else { 0.0 };
    let (whole, response) = ui.allocate_exact_size(vec2(side, side + below), Sense::click());
    let rect = Rect::from_min_size(whole.min, vec2(side, side));
    let palette = sheet.palette;
    if let Some(image) = run.sets.as_ref().and_then(|sets| image_of(ui, sets, number)) {
        // One for each place on screen: as many as are seen, however many have been.
        let texture = picture(ui, ("train", response.id), &image, Grey::Ink);
        let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture.id(), rect.shrink(1.0), all, Color32::WHITE);
    }
    let probed = sheet.studio.scene.train.probe == number;
    let line = if probed || response.hovered() || response.has_focus() {
        Stroke::new(2.0, palette.accent)
    } else {
        Stroke::new(1.0, palette.hairline)
    };
    ui.painter().rect_stroke(rect, 3.0, line, StrokeKind::Inside);
    if let Some(under) = &under {
        let at = pos2(rect.center().x, rect.bottom() + UNDER / 2.0 + 1.0);
        let font = Type::SmallNumber.font();
        ui.painter().text(at, Align2::CENTER_CENTER, under, font, palette.muted);
    }
    let message = Message::new("train-tile").with("number", number);
    let name = sheet.tell(&message);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
    });
    if response.double_clicked() {
        sheet.act(Action::Train(TrainAction::LookInside(Some(number))));
    } else if response.clicked() {
        sheet.act(Action::Train(TrainAction::Probe(number)));
    }
    let hint = sheet.say("train-tile-hint");
    response.on_hover_text(said.map_or_else(|| hint.clone(), |said| format!("{said}\n{hint}")));
}

/// A test image as it is stored, `[1, h, w]`; kept, so that it is unpacked once.
fn image_of(ui: &Ui, sets: &Arc<Sets>, number: usize) -> Option<Array> {
    let images: Arc<[OnceLock<Array>]> = kept(ui, "test images", sets, (), || {
        (0..sets.test.len()).map(|_| OnceLock::new()).collect()
    });
    let unpack = || {
        let pixels = sets.test.image(number);
        Array::from_fn(&sets.test.shape(), |i| f32::from(pixels[i]) / 255.0)
    };
    Some(images.get(number)?.get_or_init(unpack).clone())
}
