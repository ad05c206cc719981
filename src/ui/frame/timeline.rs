//! Time as a bar of named segments, a layer each: played, being played, to come. A click pins the unit
//! there that stands for the same place; dragging scrubs.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Align2, ComboBox, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::network::Layer;
use crate::ui::action::{Action, Play};
use crate::ui::navigate::to_layer;
use crate::ui::replay::Replay;
use crate::ui::scene::Time;
use crate::ui::settings::{Change, SPEEDS};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Icon, icon_button, primary_icon_button};

/// A segment is no narrower, so that it can be hit; many of them scroll.
const NARROWEST: f32 = 22.0;
const HEIGHT: f32 = 28.0;
const GAP: f32 = 4.0;
const SPEED_WIDTH: f32 = 62.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        buttons(ui, sheet);
        let room = (ui.available_width() - SPEED_WIDTH - 12.0).max(60.0);
        match (&sheet.studio.scene.time, sheet.studio.open.as_ref()) {
            (Time::Unit { event }, Some(_)) => unit_bar(ui, sheet, *event, room),
            (_, Some(open)) => layers(ui, sheet, open, room),
            _ => {}
        }
        speed(ui, sheet);
    });
}

fn buttons(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let palette = sheet.palette;
    let back = sheet.say("time-back");
    if icon_button(ui, palette, Icon::StepBack, &back).clicked() {
        sheet.act(Action::Play(Play::StepBy(-1)));
    }
    let playing = sheet.studio.playing;
    let (icon, name) = if playing {
        (Icon::Pause, sheet.say("time-pause"))
    } else {
        (Icon::Play, sheet.say("time-play"))
    };
    if primary_icon_button(ui, palette, icon, &name).clicked() {
        sheet.act(Action::Play(Play::Toggle));
    }
    let forward = sheet.say("time-forward");
    if icon_button(ui, palette, Icon::StepForward, &forward).clicked() {
        sheet.act(Action::Play(Play::StepBy(1)));
    }
    ui.add_space(4.0);
}

fn speed(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let now = sheet.studio.settings.speed;
    let name = sheet.say("time-speed");
    ui.add_space(4.0);
    let combo = ComboBox::from_id_salt("speed")
        .selected_text(speed_text(now))
        .width(SPEED_WIDTH - 16.0)
        .height(320.0)
        .show_ui(ui, |ui| {
            for choice in SPEEDS {
                if ui.selectable_label(choice == now, speed_text(choice)).clicked() {
                    sheet.actions.push(Action::Setting(Change::Speed(choice)));
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
    combo.response.on_hover_text(name);
}

fn speed_text(speed: f32) -> String {
    match speed {
        0.25 => "¼×".into(),
        0.5 => "½×".into(),
        s => format!("{s}×"),
    }
}

/// The bar of one unit's arithmetic.
fn unit_bar(ui: &mut Ui, sheet: &mut Sheet<'_>, event: u64, room: f32) {
    let (rect, response) = ui.allocate_exact_size(vec2(room, HEIGHT), Sense::click_and_drag());
    let palette = sheet.palette;
    let end = sheet.studio.replay().map_or(1, Replay::len).max(1);
    let part = event as f32 / end as f32;
    let radius = f32::from(size::MAP_RADIUS);
    ui.painter().rect_filled(rect, radius, palette.rail);
    let done = rect.with_max_x(rect.left() + rect.width() * part);
    ui.painter().rect_filled(done, radius, palette.accent_soft);
    play_head(ui, sheet, rect, part);
    let name = sheet.say("time-of-the-unit");
    let at = rect.left_center() + vec2(8.0, 0.0);
    ui.painter().text(at, Align2::LEFT_CENTER, &name, Type::Caption.font(), palette.text);
    response.widget_info(|| egui::WidgetInfo::slider(true, event as f64, name.clone()));
    if response.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let events = ui.input(|input| {
            let pressed = |key| input.num_presses(key) as i64;
            pressed(egui::Key::ArrowRight) - pressed(egui::Key::ArrowLeft)
        });
        if events != 0 {
            sheet.act(Action::Play(Play::StepBy(events)));
        }
    }
    if let Some(part) = scrubbed(&response, rect) {
        let event = (f64::from(part) * end as f64).round() as u64;
        sheet.act(Action::Play(Play::ScrubUnit(event)));
    }
}

fn layers(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, room: f32) {
    let nodes = open.network.nodes();
    let width = ((room + GAP) / nodes.len() as f32 - GAP).max(NARROWEST);
    let length = (width + GAP) * nodes.len() as f32 - GAP;
    ui.allocate_ui(vec2(room, HEIGHT), |ui| {
        ScrollArea::horizontal()
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden)
            .scroll_source(egui::scroll_area::ScrollSource::MOUSE_WHEEL)
            .show(ui, |ui| {
                let size = vec2(length.max(room), HEIGHT);
                let (bar, _) = ui.allocate_exact_size(size, Sense::hover());
                for index in 0..nodes.len() {
                    let left = bar.left() + index as f32 * (width + GAP);
                    let min = egui::pos2(left, bar.top());
                    segment(ui, sheet, open, index, Rect::from_min_size(min, vec2(width, HEIGHT)));
                }
            });
    });
}

/// One layer. Its colours say whether it has been played, and whether the pinned unit sees it.
fn segment(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, index: usize, rect: Rect) {
    let palette = sheet.palette;
    let studio = sheet.studio;
    let node = &open.network.nodes()[index];
    let sense = Sense::click_and_drag();
    let response = ui.interact(rect, ui.scope_id().with(("layer", index)), sense);
    let pin = studio.pin();
    let own = pin.is_some_and(|pin| pin.node == index);
    let feeds = studio.story.as_ref().is_some_and(|story| story.region(index).is_some());
    let playing = studio.progress().and_then(|progress| progress.node);
    let here = playing == Some(index);
    let (fill, ink) = match playing {
        Some(_) if here => (palette.accent_soft, palette.text),
        Some(playing) if index < playing => (palette.played, palette.text),
        None if own => (palette.accent, palette.on_accent),
        None if feeds => (palette.accent_soft, palette.text),
        None if response.hovered() => (palette.hover, palette.text),
        Some(_) | None => (palette.rail, palette.muted),
    };
    let name = match node.layer {
        Layer::Input { .. } => sheet.say("input-layer"),
        _ => node.name.clone(),
    };
    let radius = f32::from(size::MAP_RADIUS);
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, radius, fill);
    let part = if here { part_done(sheet) } else { None };
    if let Some(part) = part {
        let done = rect.with_max_x(rect.left() + rect.width() * part);
        painter.rect_filled(done, radius, palette.played);
        play_head(ui, sheet, rect, part);
    }
    if rect.width() > 30.0 {
        let at = rect.left_center() + vec2(8.0, 0.0);
        painter.text(at, Align2::LEFT_CENTER, &name, Type::Caption.font(), ink);
    }
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(rect, 3.0, ring, StrokeKind::Outside);
    }
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, own, name.clone())
    });
    if response.clicked() && playing.is_none() {
        sheet.act(Action::Pin(to_layer(&open.network, index, pin)));
    } else if let Some(part) = scrubbed(&response, rect) {
        scrub(sheet, open, index, part);
    }
}

/// Where in the layer's time the replay is, 0 to 1: by seconds, so that the bar runs evenly.
fn part_done(sheet: &Sheet<'_>) -> Option<f32> {
    let Time::Layer { event, .. } = &sheet.studio.scene.time else { return None };
    let pace = sheet.studio.replay()?.pace();
    Some((pace.seconds_at(*event) / pace.seconds().max(1e-9)) as f32)
}

fn scrub(sheet: &mut Sheet<'_>, open: &Open, index: usize, part: f32) {
    let known = sheet.studio.progress().and_then(|progress| progress.node) == Some(index);
    let replay = if known { sheet.studio.replay().cloned() } else { None };
    let replay = replay.or_else(|| Replay::of_layer(&open.network, open.run(), index));
    let Some(replay) = replay else { return };
    let seconds = f64::from(part) * replay.pace().seconds();
    let event = if part >= 1.0 { replay.len() } else { replay.pace().event_at(seconds) };
    sheet.act(Action::Play(Play::Scrub { node: index, event }));
}

/// Where the pointer has dragged the play head, 0 to 1; a click while time plays goes there, too.
fn scrubbed(response: &Response, rect: Rect) -> Option<f32> {
    let pos = response.interact_pointer_pos()?;
    (response.dragged() || response.clicked())
        .then(|| ((pos.x - rect.left()) / rect.width()).clamp(0.0, 1.0))
}

fn play_head(ui: &Ui, sheet: &Sheet<'_>, rect: Rect, part: f32) {
    let x = rect.left() + rect.width() * part;
    let line = Stroke::new(2.0, sheet.palette.text);
    ui.painter().vline(x, rect.expand2(vec2(0.0, 3.0)).y_range(), line);
}
