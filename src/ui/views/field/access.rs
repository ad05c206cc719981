//! Pictures that are painted, for those who hear them: a name, and what is written in them.

use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, WidgetInfo};

/// Names what is painted in `rect`; `content` is what can be read there.
pub fn picture(ui: &Ui, rect: Rect, name: &str, content: &str) {
    let id = ui.scope_id().with((name, rect.min.x as i32, rect.min.y as i32));
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, name.to_owned()));
    if !content.is_empty() {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(content));
    }
}
