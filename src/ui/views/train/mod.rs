//! The Train view: a network that learns, and the one moment of it that is looked at.

mod apart;
mod architecture;
mod chart;
mod confusion;
mod controls;
mod curves;
mod data;
mod digits;
mod gradients;
mod history;
mod kept;
mod narrate;
mod numbers;
mod numerals;
mod pictures;
mod reading;
mod rows;
mod runs;
mod settings;
mod short;
mod sweep;
mod thumbs;
mod time;
mod watch;
mod ways;

pub use architecture::architecture;
pub use controls::controls;
pub use narrate::sentence_of;
pub use rows::{rows, series_table};
pub use settings::settings;
pub use time::time;

use std::sync::Arc;

use egui::{Rect, Response, Sense, Ui, UiBuilder, pos2, vec2};

use crate::locale::{Message, count};
use crate::paper::sketch::Sketch;
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::{Quantity, TrainPage, Varied};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Studio, TrainRun};
use crate::ui::theme::size;
use crate::ui::widgets::sketch::paint;
use crate::ui::widgets::{Look, notice, toggle};
use crate::worker::training::Snapshot;

/// How much of the width the curves take.
const CURVES: f32 = 0.5;
/// The curves are as high as there is room for, between these.
const LOWEST: f32 = 130.0;
const HIGHEST: f32 = 420.0;
/// Points that the numbers and the matrix need under the curves.
const BELOW: f32 = 406.0;
/// And more of them where the window is high.
const LARGER_MATRIX: f32 = 100.0;
/// A sweep as it leaves the window.
const SWEEP: [f32; 2] = [720.0, 280.0];
/// And the matrix alone.
const LEAST_MATRIX: f32 = 170.0;

/// Draws the view in what is left of `ui`.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let whole = ui.max_rect().shrink2(vec2(size::FIGURE_MARGIN, 14.0));
    if sheet.studio.scene.train.page == TrainPage::Ways {
        return within(ui, whole, |ui| {
            pages(ui, sheet);
            ui.add_space(size::GAP);
            ways::show(ui, sheet);
        });
    }
    let middle = (whole.left() + whole.width() * CURVES).round();
    let left = whole.with_max_x(middle - 16.0);
    let right = whole.with_min_x(middle + 16.0);
    ui.painter().vline(middle, whole.y_range(), egui::Stroke::new(1.0, sheet.palette.hairline));
    within(ui, left, |ui| progress(ui, sheet));
    within(ui, right, |ui| inside(ui, sheet));
}

fn within(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        // Rings around what is at the edge; nothing of what goes on below it.
        let clip = rect.expand(4.0).with_max_y(rect.bottom());
        ui.set_clip_rect(clip.intersect(ui.clip_rect()));
        add(ui);
    });
}

/// How well it goes: curves, numbers, mistakes.
fn progress(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (quantity, key) in
            [(Quantity::Loss, "train-loss"), (Quantity::Accuracy, "train-accuracy")]
        {
            let on = sheet.studio.scene.train.quantity == quantity;
            let label = sheet.say(key);
            if toggle(ui, sheet.palette, on, &label).clicked() {
                sheet.act(Action::Train(TrainAction::Quantity(quantity)));
            }
        }
    });
    let left = ui.available_height();
    // Where the matrix has no room at all, the curves take it.
    let below = match left {
        left if left < LOWEST + BELOW - 60.0 => BELOW - LEAST_MATRIX - 70.0,
        _ if watch::is_high(ui) => BELOW + LARGER_MATRIX,
        _ => BELOW,
    };
    let height = (left - below).clamp(LOWEST, HIGHEST);
    let size = [ui.available_width(), height];
    let sketch = curves::sketch(sheet.studio, size);
    let response = figure(ui, sheet, "train-curves", &sketch);
    if (response.clicked() || response.dragged())
        && let Some(at) = response.interact_pointer_pos()
        && let Some(step) = curves::step_at(sheet.studio, size, at.x - response.rect.left())
    {
        sheet.act(Action::Train(TrainAction::Show(Some(step))));
    }
    ui.add_space(size::GAP);
    let Some(run) = sheet.studio.training() else { return };
    reading::show(ui, sheet, run);
    ui.add_space(size::GAP);
    numbers::show(ui, sheet, run);
    ui.add_space(size::SECTION);
    if ui.available_height() < LEAST_MATRIX {
        // On a projector nothing is half there.
        return;
    }
    match sheet.studio.train_mark() {
        Some(mark) => confusion::show(ui, sheet, run, mark),
        None => watch::waiting(ui, sheet, "train-judging"),
    }
}

/// A figure made of marks, with a name.
fn figure(ui: &mut Ui, sheet: &Sheet<'_>, key: &'static str, sketch: &Sketch) -> Response {
    let (rect, response) = ui.allocate_exact_size(sketch.size.into(), Sense::click_and_drag());
    paint(ui.painter(), sheet.palette, rect.min, sketch);
    let name = format!("{}: {}", sheet.say(key), sketch.words());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    response.on_hover_text(sheet.say("train-curves-hint"))
}

/// What happens inside: a page, and the history under it.
fn inside(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    pages(ui, sheet);
    ui.add_space(size::GAP);
    let (Some(run), Some(moment)) = (sheet.studio.training(), sheet.studio.train_moment()) else {
        return waiting(ui, sheet);
    };
    page(ui, sheet, run, moment);
}

fn pages(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for page in TrainPage::ALL {
            let label = sheet.say(page_key(page));
            let on = sheet.studio.scene.train.page == page;
            if toggle(ui, sheet.palette, on, &label).clicked() {
                sheet.act(Action::Train(TrainAction::Page(page)));
            }
        }
    });
}

/// What a page is called.
#[must_use]
pub const fn page_key(page: TrainPage) -> &'static str {
    match page {
        TrainPage::Watch => "train-page-watch",
        TrainPage::Apart => "train-page-apart",
        TrainPage::Data => "train-page-data",
        TrainPage::Runs => "train-page-runs",
        TrainPage::Ways => "train-page-ways",
    }
}

fn page(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, moment: &Arc<Snapshot>) {
    let area = ui.available_rect_before_wrap();
    // The other pages are not about one moment of this training.
    let page = sheet.studio.scene.train.page;
    let has_history = matches!(page, TrainPage::Watch | TrainPage::Runs);
    let strip = if has_history { history::HEIGHT + size::GAP } else { 0.0 };
    let bottom = area.bottom() - strip;
    let room = Rect::from_min_max(area.min, pos2(area.right(), bottom));
    within(ui, room, |ui| match page {
        TrainPage::Watch => watch::show(ui, sheet, run, moment),
        TrainPage::Runs => runs::show(ui, sheet, run),
        TrainPage::Apart => apart::show(ui, sheet, run),
        TrainPage::Data => data::show(ui, sheet, run),
        // It fills the view.
        TrainPage::Ways => {}
    });
    let strip = area.with_min_y(bottom + size::GAP);
    if has_history {
        within(ui, strip, |ui| history::show(ui, sheet, run));
    }
}

/// A set that is being loaded tells how far it is.
fn waiting(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let loading = sheet.studio.training().and_then(|run| run.loading);
    let Some((done, of)) = loading else {
        return watch::waiting(ui, sheet, "train-preparing");
    };
    let message = Message::new("train-loading")
        .with("done", count(done as u128))
        .with("all", count(of as u128));
    let buttons = [sheet.say("cancel")];
    let words = sheet.tell(&message);
    if notice(ui, sheet.palette, Look::Waiting, &words, &buttons, None) == Some(0) {
        sheet.act(Action::Train(TrainAction::StopLoading));
    }
}

/// The curves as they leave the window.
#[must_use]
pub fn as_sketch(studio: &Studio) -> Sketch {
    curves::sketch(studio, [720.0, 360.0])
}

/// The figure of the trainings that follow each other, where the page shows it.
#[must_use]
pub fn series_sketch(studio: &Studio) -> Option<Sketch> {
    match shown_series(studio)? {
        Varied::Ways => Some(ways::sketch(studio)),
        _ => Some(sweep::sketch(studio, SWEEP)),
    }
}

/// The sweep of the page of runs, or the three ways of theirs.
#[must_use]
pub fn shown_series(studio: &Studio) -> Option<Varied> {
    let train = &studio.scene.train;
    let what = train.series.as_ref()?.what;
    let shown = match train.page {
        TrainPage::Runs => Varied::SWEEPS.contains(&what),
        TrainPage::Ways => what == Varied::Ways,
        TrainPage::Watch | TrainPage::Apart | TrainPage::Data => false,
    };
    shown.then_some(what)
}

/// What that figure is about.
#[must_use]
pub fn series_title(studio: &Studio) -> Option<String> {
    let say = |message: Message| message.text(studio.settings.lang);
    match shown_series(studio)? {
        Varied::Ways => Some(say(ways::sentence(studio))),
        what => {
            let swept = say(Message::new(runs::key_of(what)));
            Some(format!("{}: {swept}", say(Message::new("train-sweep"))))
        }
    }
}
