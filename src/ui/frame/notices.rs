//! Questions and sentences over the figure: a photo in a digit network, a failure, a stopped engine.

use egui::{Rect, Ui, UiBuilder, pos2, vec2};

use crate::data::Verdict;
use crate::locale::Message;
use crate::ui::action::{Action, Touch};
use crate::ui::errors::sentence;
use crate::ui::glyphs::visible;
use crate::ui::scene::{InputRef, View};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Notice;
use crate::ui::theme::Type;
use crate::ui::views::step::is_wide;
use crate::ui::widgets::{Grey, Look, NOTICE_WORDS, notice, picture};

/// Tells over the figure, which is in `view`.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, view: Rect) {
    // An open window tells by itself what went wrong.
    let in_window = sheet.studio.dialog.is_some();
    let told = |news: &&Notice| !(in_window && matches!(news, Notice::Failed(_)));
    if let Some(news) = sheet.studio.notice.as_ref().filter(told) {
        tell(ui, sheet, news, view);
    }
    leave_in_time(ui, sheet);
    let width = (view.width() - 48.0).min(WIDEST);
    let min = pos2(view.center().x - width / 2.0, view.top() + 12.0);
    let rect = Rect::from_min_size(min, vec2(width, 200.0));
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        if sheet.studio.scene.view != View::Step {
            return;
        }
        // A question stays, whatever else is to be told.
        if sheet.studio.asks_about_photo() {
            ask(ui, sheet, view);
        } else if sheet.studio.is_blank() && !is_wide(sheet.studio) {
            empty(ui, sheet);
        } else if sheet.studio.notice.is_none() {
            wait(ui, sheet);
        }
    });
}

/// The widest card.
const WIDEST: f32 = 580.0;
/// Points around a card's words: its margins, and the button of a stopped engine.
const AROUND: f32 = 24.0;
const BUTTON: f32 = 36.0;
/// Seconds that news of something that went well stays.
const READ_BY_THEN: f64 = 5.0;

/// News of something that went well leaves by itself; a failure stays until it is closed or put right.
fn leave_in_time(ui: &Ui, sheet: &mut Sheet<'_>) {
    let id = egui::Id::unique("told-since");
    let leaves = matches!(sheet.studio.notice, Some(Notice::Saved(_) | Notice::Copied));
    if !leaves {
        ui.data_mut(|data| data.remove::<f64>(id));
        return;
    }
    let now = ui.input(|input| input.time);
    let since = ui.data_mut(|data| *data.get_temp_mut_or(id, now));
    let left = READ_BY_THEN - (now - since);
    if left <= 0.0 {
        sheet.act(Action::Dismiss);
    } else {
        ui.request_repaint_after(std::time::Duration::from_secs_f64(left));
    }
}

/// An empty pad has no scores; it says what to do.
fn empty(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let words = sheet.say("pad-empty");
    let digits = [sheet.say("back-to-digits")];
    if notice(ui, sheet.palette, Look::Info, &words, &digits, None).is_some() {
        let first = InputRef::Digit(crate::ui::scene::FIRST_DIGIT);
        sheet.act(Action::Input(first));
    }
}

/// Seconds of waiting before anything is said about it.
const PATIENCE: f64 = 0.15;

/// What takes longer than a moment says so, and can be stopped; the old picture stays behind it.
fn wait(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let id = egui::Id::unique("waiting-since");
    if !sheet.studio.is_waiting_for_the_pass() {
        ui.data_mut(|data| data.remove::<f64>(id));
        return;
    }
    let now = ui.input(|input| input.time);
    let since = ui.data_mut(|data| *data.get_temp_mut_or(id, now));
    if now - since < PATIENCE {
        ui.request_repaint_after(std::time::Duration::from_secs_f64(PATIENCE));
        return;
    }
    let veil = sheet.palette.canvas.gamma_multiply(0.6);
    ui.painter().rect_filled(ui.clip_rect(), 0.0, veil);
    let words = sheet.say("status-computing");
    let stop = [sheet.say("cancel")];
    if notice(ui, sheet.palette, Look::Waiting, &words, &stop, None).is_some() {
        sheet.act(Action::Cancel);
    }
}

/// At the bottom of the view, over the narrator, where controls and titles stay free.
fn tell(ui: &mut Ui, sheet: &mut Sheet<'_>, news: &Notice, view: Rect) {
    let palette = sheet.palette;
    let font = Type::Body.font();
    let (look, words, restart) = match news {
        Notice::Failed(error) => {
            (Look::Failed, visible(ui.ctx(), &font, &sentence(sheet.lang, &**error)), None)
        }
        Notice::WorkerEnded { message } => {
            let words = sheet.tell(&Message::new("worker-ended").with("message", message));
            (Look::Failed, words, Some(sheet.say("worker-restart")))
        }
        Notice::Saved(path) => {
            let path = visible(ui.ctx(), &font, &path.display().to_string());
            (Look::Info, sheet.tell(&Message::new("saved").with("path", path)), None)
        }
        Notice::Copied => (Look::Info, sheet.say("copied"), None),
    };
    let width = (view.width() - 48.0).min(WIDEST);
    let lines = ui.painter().layout(words.clone(), font, palette.text, width.min(NOTICE_WORDS));
    let buttons: Vec<String> = restart.into_iter().collect();
    let high = lines.size().y.max(28.0) + AROUND + BUTTON * buttons.len() as f32;
    // What is longer than the view begins at its top.
    let top = (view.bottom() - high - 8.0).max(view.top() + 8.0);
    let rect = Rect::from_min_size(pos2(view.center().x - width / 2.0, top), vec2(width, high));
    let close = buttons.is_empty().then(|| sheet.say("close"));
    let answer = ui
        .scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            notice(ui, palette, look, &words, &buttons, close.as_deref())
        })
        .inner;
    if answer.is_some() {
        sheet.act(if buttons.is_empty() { Action::Dismiss } else { Action::RestartWorker });
    }
}

/// A photo in a digit network: the picture and the question come before any score.
fn ask(ui: &mut Ui, sheet: &mut Sheet<'_>, view: Rect) {
    let Some(input) = &sheet.studio.input else { return };
    let key = match &input.source.verdict {
        Verdict::Digit => return,
        Verdict::Photo { .. } => "ask-photo",
        Verdict::NoInk => "ask-no-ink",
        Verdict::SeveralBlobs { .. } => "ask-several",
    };
    let texture = picture(ui, "question", &input.original, Grey::White);
    let view = view.shrink(48.0);
    let room = Rect::from_min_max(pos2(view.left(), view.top() + 110.0), view.max);
    let [_, h, w] = input.original.chw();
    let size = vec2(w as f32, h as f32);
    let size = size * (room.width() / size.x).min(room.height() / size.y);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    let at = Rect::from_center_size(room.center(), size);
    ui.painter().image(texture.id(), at, whole, egui::Color32::WHITE);
    let words = sheet.say(key);
    let title = sheet.studio.open.as_ref().map_or("", |open| open.network.title.as_str());
    let anyway = sheet.tell(&Message::new("feed-anyway").with("network", title));
    let back = sheet.say("back-to-digits");
    let first = InputRef::Digit(crate::ui::scene::FIRST_DIGIT);
    let mut ways = vec![(anyway, Action::FeedAnyway), (back, Action::Input(first))];
    if matches!(input.source.verdict, Verdict::SeveralBlobs { .. }) {
        let line = sheet.say("read-as-a-line");
        ways.insert(0, (line, Action::Touch(Touch::KeepSize(true))));
    }
    let labels: Vec<String> = ways.iter().map(|(label, _)| label.clone()).collect();
    let chosen = notice(ui, sheet.palette, Look::Info, &words, &labels, None);
    if let Some((_, action)) = chosen.and_then(|place| ways.into_iter().nth(place)) {
        sheet.act(action);
    }
}
