//! What the network sees, stage by stage, from the file to the tensor. Each stage can be switched off
//! or given other parameters.

use egui::{Checkbox, Color32, DragValue, Rect, ScrollArea, Stroke, StrokeKind, Ui, Vec2, vec2};

use crate::array::{Array, Range};
use crate::data::Stage;
use crate::data::pipeline::MAX_SIDE;
use crate::locale::{Message, value};
use crate::ui::action::{Action, Touch};
use crate::ui::input::Input;
use crate::ui::scene::StageChoice;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, picture, text};

const THUMBNAIL: f32 = 118.0;
const COLUMNS: usize = 5;
/// Height of a row of stages with their switches and numbers.
const ROW: f32 = THUMBNAIL + 92.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let (Some(input), Some(open)) = (&sheet.studio.input, &sheet.studio.open) else { return };
    let handling = &sheet.studio.scene.handling;
    let choices = handling.stages.clone().unwrap_or_else(|| {
        let stages = input.source.default_stages(handling, &open.stages);
        stages.into_iter().map(|stage| StageChoice { stage, on: true }).collect()
    });
    let rows = (choices.len() + 1).div_ceil(COLUMNS) as f32;
    let height = (ui.ctx().content_rect().height() - 200.0).max(200.0);
    let needed = (rows * ROW).min(height);
    ScrollArea::vertical().max_height(height).min_scrolled_height(needed).show(ui, |ui| {
        ui.set_min_height(needed);
        // The original stands before the first stage.
        let all: Vec<usize> = (0..=choices.len()).collect();
        for line in all.chunks(COLUMNS) {
            ui.horizontal_top(|ui| {
                for &place in line {
                    ui.allocate_ui(vec2(THUMBNAIL, THUMBNAIL + 84.0), |ui| {
                        ui.vertical(|ui| {
                            ui.set_width(THUMBNAIL);
                            match place.checked_sub(1) {
                                None => original(ui, sheet, input),
                                Some(place) => stage(ui, sheet, input, &choices, place),
                            }
                        });
                    });
                }
            });
            ui.add_space(6.0);
        }
    });
    let words = sheet.say("stages-note");
    ui.allocate_ui(vec2(THUMBNAIL * 4.0, 40.0), |ui| {
        text(ui, words, Type::Caption, sheet.palette.muted);
    });
    if handling.stages.is_some() {
        let label = sheet.say("touch-reset");
        if ui.button(label).clicked() {
            sheet.act(Action::Touch(Touch::Reset));
        }
    }
}

fn original(ui: &mut Ui, sheet: &Sheet<'_>, input: &Input) {
    let name = sheet.say("stage-original");
    thumbnail(ui, sheet, 0, &name, Some(&input.original));
    text(ui, name, Type::Caption, sheet.palette.text);
    numbers(ui, sheet, &input.original);
}

/// One stage with its switch and its parameters. Its picture is that of the step it became.
fn stage(ui: &mut Ui, sheet: &mut Sheet<'_>, input: &Input, choices: &[StageChoice], place: usize) {
    let StageChoice { stage, on } = &choices[place];
    let name = stage_name(sheet, stage);
    let before = choices[..place].iter().filter(|choice| choice.on).count();
    let step = input.steps.get(before).filter(|_| *on);
    thumbnail(ui, sheet, place + 1, &name, step.map(|step| &step.image));
    let mut switched = *on;
    if ui.add(Checkbox::new(&mut switched, name)).changed() {
        sheet.act(Action::Touch(Touch::StageOn { place, on: switched }));
    }
    if let Some(step) = step {
        numbers(ui, sheet, &step.image);
    }
    if let Some(changed) = parameters(ui, sheet, stage) {
        sheet.act(Action::Touch(Touch::StageParameters { place, stage: changed }));
    }
}

/// The one number of a stage that decides what it does.
fn parameters(ui: &mut Ui, sheet: &Sheet<'_>, stage: &Stage) -> Option<Stage> {
    let mut changed = stage.clone();
    let name = stage_name(sheet, stage);
    let number = |ui: &mut Ui, widget: DragValue<'_>| {
        let response = ui.add(widget);
        let name = name.clone();
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::SpinButton, true, name.clone())
        });
    };
    match &mut changed {
        Stage::FitWithin { longer_side: side }
        | Stage::ScaleToFit { side }
        | Stage::CentreByMass { side }
        | Stage::Pad { side, .. }
        | Stage::Resize { shorter_side: side }
        | Stage::CentreCrop { side }
        | Stage::ScaleToHeight { height: side, .. }
        | Stage::PadRows { height: side, .. } => {
            number(ui, DragValue::new(side).range(1..=MAX_SIDE).suffix(" px"));
        }
        Stage::FitInto { height, width } | Stage::PadTo { height, width, .. } => {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 3.0;
                number(ui, DragValue::new(height).range(1..=MAX_SIDE));
                number(ui, DragValue::new(width).range(1..=MAX_SIDE));
            });
        }
        Stage::Thicken { width } => {
            number(ui, DragValue::new(width).range(0.0..=0.5).speed(0.005).fixed_decimals(2));
        }
        Stage::Normalise { paper, ink } => {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 3.0;
                number(ui, DragValue::new(paper).speed(0.01).fixed_decimals(2));
                number(ui, DragValue::new(ink).speed(0.01).fixed_decimals(2));
            });
        }
        Stage::Grey {}
        | Stage::InvertIfPaperIsLight {}
        | Stage::LevelLight {}
        | Stage::CropToInk {}
        | Stage::ChannelOrder { .. }
        | Stage::MeanScale { .. } => {}
    }
    (changed != *stage).then_some(changed)
}

fn numbers(ui: &mut Ui, sheet: &Sheet<'_>, image: &Array) {
    let [_, h, w] = image.chw();
    let range = Range::of(image.values()).unwrap_or(Range { min: 0.0, max: 0.0 });
    let (low, high) = (value(f64::from(range.min), 2), value(f64::from(range.max), 2));
    let words = format!("{h}×{w}  {low} … {high}");
    text(ui, words, Type::SmallNumber, sheet.palette.muted);
}

fn thumbnail(ui: &mut Ui, sheet: &Sheet<'_>, place: usize, name: &str, image: Option<&Array>) {
    let palette = sheet.palette;
    let (area, response) = ui.allocate_exact_size(Vec2::splat(THUMBNAIL), egui::Sense::hover());
    let line = Stroke::new(1.0, palette.hairline);
    match image {
        Some(image) => {
            let [_, h, w] = image.chw();
            let size = vec2(w as f32, h as f32);
            let fitted = size * (THUMBNAIL / size.max_elem());
            let rect = Rect::from_center_size(area.center(), fitted);
            let texture = picture(ui, ("stage", place), image, Grey::White);
            let whole = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
            ui.painter().rect_stroke(rect, 0.0, line, StrokeKind::Outside);
        }
        // Switched off: an empty frame.
        None => {
            ui.painter().rect_stroke(area, 0.0, line, StrokeKind::Inside);
        }
    }
    let name = name.to_owned();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}

fn stage_name(sheet: &Sheet<'_>, stage: &Stage) -> String {
    let key = match stage {
        Stage::FitWithin { .. } | Stage::FitInto { .. } => "stage-fit-within",
        Stage::Grey { .. } => "stage-grey",
        Stage::InvertIfPaperIsLight { .. } => "stage-invert",
        Stage::LevelLight { .. } => "stage-level",
        Stage::CropToInk { .. } => "stage-crop",
        Stage::Thicken { .. } => "stage-thicken",
        Stage::ScaleToFit { .. } => "stage-scale",
        Stage::CentreByMass { .. } => "stage-centre",
        Stage::Pad { .. } | Stage::PadTo { .. } => "stage-pad",
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
