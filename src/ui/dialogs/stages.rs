//! What the network sees, stage by stage, from the file to the tensor.

use egui::{Color32, Rect, Stroke, StrokeKind, Ui, Vec2, vec2};

use crate::array::{Array, Range};
use crate::data::Stage;
use crate::locale::{Message, value};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{picture, text};

const THUMBNAIL: f32 = 124.0;
const COLUMNS: usize = 5;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(input) = &sheet.studio.input else { return };
    let first = (sheet.say("stage-original"), &input.original);
    let rest = input.steps.iter().map(|step| (stage_name(sheet, &step.stage), &step.image));
    let all: Vec<(String, &Array)> = std::iter::once(first).chain(rest).collect();
    for (line, chunk) in all.chunks(COLUMNS).enumerate() {
        ui.horizontal_top(|ui| {
            for (place, (name, image)) in chunk.iter().enumerate() {
                thumbnail(ui, sheet, line * COLUMNS + place, name, image);
            }
        });
        ui.add_space(6.0);
    }
    let words = sheet.say("stages-note");
    ui.allocate_ui(vec2(THUMBNAIL * 4.0, 40.0), |ui| {
        text(ui, words, Type::Caption, sheet.palette.muted);
    });
}

fn thumbnail(ui: &mut Ui, sheet: &Sheet<'_>, place: usize, name: &str, image: &Array) {
    let palette = sheet.palette;
    ui.allocate_ui(vec2(THUMBNAIL, THUMBNAIL + 56.0), |ui| {
        ui.vertical(|ui| {
            let (area, response) =
                ui.allocate_exact_size(Vec2::splat(THUMBNAIL), egui::Sense::hover());
            let [_, h, w] = image.chw();
            let size = vec2(w as f32, h as f32);
            let fitted = size * (THUMBNAIL / size.max_elem());
            let rect = Rect::from_center_size(area.center(), fitted);
            let texture = picture(ui, place, image);
            let whole = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
            let line = Stroke::new(1.0, palette.hairline);
            ui.painter().rect_stroke(rect, 0.0, line, StrokeKind::Outside);
            let name_for_reader = name.to_owned();
            response.widget_info(|| {
                let role = egui::accesskit::Role::Image;
                egui::WidgetInfo::labeled(role, true, name_for_reader.clone())
            });
            text(ui, format!("{place}  {name}"), Type::Caption, palette.text);
            let range = Range::of(image.values()).unwrap_or(Range { min: 0.0, max: 0.0 });
            let (low, high) = (value(f64::from(range.min), 2), value(f64::from(range.max), 2));
            text(ui, format!("{w}×{h}"), Type::SmallNumber, palette.muted);
            text(ui, format!("{low} … {high}"), Type::SmallNumber, palette.muted);
        });
    });
}

fn stage_name(sheet: &Sheet<'_>, stage: &Stage) -> String {
    let key = match stage {
        Stage::FitWithin { .. } => "stage-fit-within",
        Stage::Grey { .. } => "stage-grey",
        Stage::InvertIfPaperIsLight { .. } => "stage-invert",
        Stage::LevelLight { .. } => "stage-level",
        Stage::CropToInk { .. } => "stage-crop",
        Stage::Thicken { .. } => "stage-thicken",
        Stage::ScaleToFit { .. } => "stage-scale",
        Stage::CentreByMass { .. } => "stage-centre",
        Stage::Pad { .. } => "stage-pad",
        Stage::ScaleToHeight { .. } => "stage-scale-height",
        Stage::PadRows { .. } => "stage-pad-rows",
        Stage::Normalise { .. } => "stage-normalise",
        Stage::Resize { .. } => "stage-resize",
        Stage::CentreCrop { .. } => "stage-centre-crop",
        Stage::ChannelOrder { .. } => "stage-channel-order",
        Stage::MeanScale { .. } => "stage-mean-scale",
    };
    sheet.tell(&Message::new(key))
}
