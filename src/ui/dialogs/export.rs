//! Copy and save: pictures, tables, formulas, an exercise on paper.

use std::path::PathBuf;

use egui::{DragValue, Grid, TextEdit, Ui};

use crate::ui::action::Action;
use crate::ui::export::{Export, To, What, file_name};
use crate::ui::scene::{Count, Opened, TrainPage, Varied, View};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Studio;
use crate::ui::theme::Type;
use crate::ui::views;
use crate::ui::views::parameters::counts::column_of;
use crate::ui::widgets::{cell, text};

/// Where the files go, as it was typed last.
fn folder_id() -> egui::Id {
    egui::Id::unique("export-folder")
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let arithmetic = studio.story.as_ref().is_some_and(|story| story.explanation().is_some());
    let seed_id = egui::Id::unique("exercise-seed");
    let mut seed = ui.data_mut(|data| *data.get_temp_mut_or(seed_id, 1u64));
    let mut folder: String =
        ui.data_mut(|data| data.get_temp_mut_or_default::<String>(folder_id()).clone());
    Grid::new("export").num_columns(3).spacing([16.0, 8.0]).show(ui, |ui| {
        for (key, what, there) in offered(studio) {
            // Bytes are no text for a clipboard.
            let copies = what != What::TrainWeights;
            row(ui, sheet, key, what, there, copies, &folder);
        }
        if studio.scene.view == View::Step {
            row(ui, sheet, "export-exercise", What::Exercise(seed), arithmetic, false, &folder);
        }
    });
    if studio.scene.view == View::Step {
        ui.horizontal(|ui| {
            let label =
                text(ui, sheet.say("exercise-for-seed"), Type::Caption, sheet.palette.muted);
            ui.add(DragValue::new(&mut seed).range(0..=999_999)).labelled_by(label.id);
        });
    }
    if studio.scene.view == View::Field && !views::field::has_table(studio) {
        text(ui, sheet.say("field-export-none"), Type::Caption, sheet.palette.muted);
    }
    ui.add_space(6.0);
    let label = text(ui, sheet.say("export-folder"), Type::Caption, sheet.palette.muted);
    ui.add(TextEdit::singleline(&mut folder).desired_width(420.0).font(Type::Number.font()))
        .labelled_by(label.id);
    ui.data_mut(|data| {
        data.insert_temp(seed_id, seed);
        data.insert_temp(folder_id(), folder);
    });
}

/// What the view has to give: the picture, and what is its own.
fn offered(studio: &Studio) -> Vec<(&'static str, What, bool)> {
    let pinned = studio.pin().is_some() && studio.seen.is_some();
    let arithmetic = studio.story.as_ref().is_some_and(|story| story.explanation().is_some());
    let mut all = vec![
        ("export-view-2", What::View(2), true),
        ("export-view-4", What::View(4), true),
        ("export-figure-2", What::Figure(2), true),
        ("export-figure-4", What::Figure(4), true),
    ];
    all.extend(match studio.scene.view {
        View::Step => vec![
            ("export-map", What::Map, pinned),
            ("export-terms", What::Terms, arithmetic),
            ("export-sum-text", What::SumText, arithmetic),
            ("export-sum-latex", What::SumLatex, arithmetic),
        ],
        View::Train => {
            let there = studio.training().is_some_and(|run| run.steps_done > 0);
            let series = views::train::shown_series(studio);
            let done = studio.series_progress().0 > 0;
            let mut all = match series {
                Some(Varied::Ways) => vec![
                    ("export-ways-svg", What::SeriesSvg, done),
                    ("export-ways-csv", What::SeriesCsv, done),
                ],
                Some(_) => vec![
                    ("export-sweep-svg", What::SeriesSvg, done),
                    ("export-sweep-csv", What::SeriesCsv, done),
                ],
                None => Vec::new(),
            };
            // The three ways fill the view: no curves and no single network are seen beside them.
            if studio.scene.train.page != TrainPage::Ways {
                all.extend([
                    ("export-curves-svg", What::TrainSvg, there),
                    ("export-curves-csv", What::TrainCsv, there),
                    ("export-weights", What::TrainWeights, studio.train_moment().is_some()),
                    ("export-pytorch", What::TrainScript, studio.training().is_some()),
                ]);
            }
            all
        }
        View::Parameters => {
            let way = column_of(studio.scene.parameters.stop);
            let formula = studio.scene.parameters.formula;
            let opened = formula.unwrap_or(Opened { way, count: Count::Weights });
            vec![
                ("export-counts", What::Counts, true),
                ("export-counts-svg", What::CountsSvg, true),
                ("export-formula", What::Count { opened, latex: false }, true),
                ("export-formula-latex", What::Count { opened, latex: true }, true),
            ]
        }
        View::Field => {
            let fields = studio.seer().is_some() && views::field::has_table(studio);
            let drawn = fields && views::field::as_sketch(studio).is_some();
            vec![
                ("field-export-svg", What::FieldSvg, drawn),
                ("field-export-csv", What::FieldCsv, fields),
                ("field-export-latex", What::FieldLatex, fields),
            ]
        }
    });
    all
}

fn row(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    key: &'static str,
    what: What,
    there: bool,
    copies: bool,
    folder: &str,
) {
    cell(ui, sheet.say(key), Type::Body, sheet.palette.text);
    let copy = sheet.say("export-copy");
    let copy = ui.add_enabled(there && copies, egui::Button::new(copy));
    if copy.clicked() {
        sheet.act(Action::Export(Export { what, to: To::Clipboard }));
    }
    let save = sheet.say("export-save");
    if ui.add_enabled(there, egui::Button::new(save)).clicked() {
        let to = match folder.trim() {
            "" => To::Ask,
            folder => To::Path(PathBuf::from(folder).join(file_name(sheet.studio, what))),
        };
        sheet.act(Action::Export(Export { what, to }));
    }
    ui.end_row();
}
