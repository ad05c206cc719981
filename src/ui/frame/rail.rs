//! The left rail: the views that exist.

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::ui::action::Action;
use crate::ui::scene::View;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;

const HEIGHT: f32 = 56.0;

/// The key of a view's name.
#[must_use]
pub const fn name_of(view: View) -> &'static str {
    match view {
        View::Step => "view-step",
        View::Train => "view-train",
        View::Parameters => "view-parameters",
        View::Field => "view-field",
    }
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let palette = sheet.palette;
    let full = ui.max_rect();
    let painter = ui.painter().clone();
    let mark = full.center_top() + vec2(0.0, 26.0);
    painter.text(mark, Align2::CENTER_CENTER, "C", Type::Title.font(), palette.text);
    for (place, view) in View::ALL.into_iter().enumerate() {
        let top = full.top() + 52.0 + HEIGHT * place as f32;
        let rect = Rect::from_min_size(egui::pos2(full.left(), top), vec2(full.width(), HEIGHT));
        let key = name_of(view);
        let response = ui.interact(rect, ui.scope_id().with(key), Sense::click());
        let name = sheet.say(key);
        let shown = sheet.studio.scene.view == view;
        let ink = if shown { palette.accent } else { palette.muted };
        if shown {
            painter.rect_filled(rect, 0.0, palette.panel);
            let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            painter.rect_filled(edge, 0.0, palette.accent);
        } else if response.hovered() {
            painter.rect_filled(rect, 0.0, palette.hover);
        }
        if response.has_focus() {
            let ring = Stroke::new(2.0, palette.accent);
            painter.rect_stroke(rect.shrink(2.0), 4.0, ring, StrokeKind::Inside);
        }
        let at = rect.center() - vec2(0.0, 8.0);
        painter.text(at, Align2::CENTER_CENTER, view.number(), Type::Title.font(), ink);
        let at = rect.center() + vec2(0.0, 12.0);
        painter.text(at, Align2::CENTER_CENTER, &name, Type::Section.font(), ink);
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, shown, name.clone())
        });
        if response.clicked() {
            sheet.act(Action::View(view));
        }
    }
}
