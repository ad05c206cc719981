//! The hand on the input: drawing, moving, painting. Scores and maps follow while it moves.

mod displace;
pub mod draw;
mod forgotten;
mod keyboard;
mod learn;
mod paint;
pub mod pen;

use egui::{Response, Ui, Vec2, vec2};

use crate::array::Array;
use crate::ui::action::{Action, Touch};
use crate::ui::scene::Pad;
use crate::ui::sheet::Sheet;
use crate::ui::widgets::{Icon, icon_button, toggle};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    tabs(ui, sheet);
    ui.add_space(4.0);
    match sheet.studio.scene.pad {
        Pad::Closed => {}
        Pad::Draw => draw::show(ui, sheet),
        Pad::Move => displace::show(ui, sheet),
        Pad::Paint => paint::show(ui, sheet),
    }
}

/// Which of the three, and the way out.
fn tabs(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding.x = 8.0;
        for pad in Pad::OPEN {
            let label = sheet.say(key_of(pad));
            if toggle(ui, sheet.palette, sheet.studio.scene.pad == pad, &label).clicked() {
                sheet.act(Action::Touch(Touch::Pad(pad)));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = sheet.say("close");
            if icon_button(ui, sheet.palette, Icon::Close, &close).clicked() {
                sheet.act(Action::Touch(Touch::Pad(Pad::Closed)));
            }
        });
    });
}

const fn key_of(pad: Pad) -> &'static str {
    match pad {
        Pad::Closed | Pad::Draw => "pad-draw",
        Pad::Move => "pad-move",
        Pad::Paint => "pad-paint",
    }
}

/// Names a surface for who cannot see it.
pub fn named(sheet: &Sheet<'_>, response: &Response, key: &'static str) {
    let name = sheet.say(key);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, name.clone())
    });
}

/// The largest size of a picture in `room`.
fn fitted(image: &Array, room: Vec2) -> Vec2 {
    let [_, h, w] = image.chw();
    let size = vec2(w as f32, h as f32).max(Vec2::splat(1.0));
    size * (room / size).min_elem()
}

/// The way back to the picture as it came.
fn reset(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    if !sheet.studio.is_untouched() {
        let label = sheet.say("touch-reset");
        if ui.button(label).clicked() {
            sheet.act(Action::Touch(Touch::Reset));
        }
    }
}
