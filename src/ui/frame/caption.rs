//! What stands under a figure that is copied, and the chips of a presentation without an inspector.

use egui::{Align, Layout, Rect, Ui, UiBuilder, pos2, vec2};

use super::foot::narration;
use crate::locale::signed;
use crate::ui::action::Action;
use crate::ui::scene::{TrainPage, View, Worksheet};
use crate::ui::settings::Change;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Studio;
use crate::ui::theme::Type;
use crate::ui::widgets::{chip, text};

/// Whose figure it is: the network that is looked at. The three ways are three of them.
#[must_use]
pub fn source_of(studio: &Studio) -> String {
    let train = &studio.scene.train;
    let network = match studio.scene.view {
        View::Train if train.page == TrainPage::Ways => None,
        View::Train => studio.training().map(|run| &run.network),
        View::Step | View::Parameters | View::Field => {
            studio.open.as_ref().map(|open| &open.network)
        }
    };
    network.map(|network| network.title.clone()).unwrap_or_default()
}

/// The narrator's sentence and whose figure it is.
pub fn sentence(ui: &mut Ui, sheet: &Sheet<'_>) {
    let source = source_of(sheet.studio);
    ui.horizontal_centered(|ui| {
        let room = (ui.available_width() - 140.0).max(0.0);
        let left = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(room, 20.0), left, |ui| narration(ui, sheet));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            text(ui, source, Type::Caption, sheet.palette.muted);
        });
    });
}

/// The pinned number, which opens its table.
pub fn chips(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let (Some(open), Some(seen), Some(pin)) = (&studio.open, &studio.seen, studio.pin()) else {
        return;
    };
    let value = signed(f64::from(seen.trace.output(pin.node).at(pin.unit)), 2);
    let value = if studio.covered.is_some() { "•••".into() } else { value };
    let label = format!("{} = {value}", open.unit_name(pin));
    let view = ui.max_rect();
    let rect = Rect::from_min_max(pos2(view.left(), view.bottom() - 40.0), view.max).shrink(8.0);
    let layout = Layout::right_to_left(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        if chip(ui, sheet.palette, &label).clicked() {
            let open = studio.scene.worksheet.is_none().then(Worksheet::default);
            sheet.act(Action::Worksheet(open));
        }
        let inspector = sheet.say("show-inspector");
        if studio.settings.presenting && chip(ui, sheet.palette, &inspector).clicked() {
            sheet.act(Action::Setting(Change::Inspector(true)));
        }
    });
}
