//! The matrix, its legend, and what a cell of it is.

use egui::{Ui, vec2};

use super::{counts, matrix, places, slice};
use crate::locale::{Message, count};
use crate::network::connect::Border;
use crate::network::wiring::Reach;
use crate::ui::errors::sentence;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

/// What stands below the matrix, without the drawing.
const BELOW: f32 = 40.0;
/// A lower view has room for the matrix alone, and for the counts beside it.
const LOW: f32 = 430.0;
const ROOM_FOR_COUNTS: f32 = 190.0;
/// What is told of a cell is no narrower.
const ROOM_FOR_TOLD: f32 = 132.0;
/// A matrix is no smaller.
const LEAST: f32 = 150.0;

/// `alone`: the counts are not beside it.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, alone: bool) {
    let palette = sheet.palette;
    ui.spacing_mut().item_spacing.y = 4.0;
    let room = ui.available_size();
    let top = ui.cursor().top();
    let studio = sheet.studio;
    let drawn = studio.wiring().map(|wiring| (wiring, wiring.drawable()));
    let wiring = match drawn {
        Some((wiring, Ok(()))) => wiring,
        Some((wiring, Err(error))) => {
            let (rows, columns) = (count(wiring.rows()), count(wiring.columns()));
            let size = Message::new("matrix-name").with("rows", rows).with("columns", columns);
            text(ui, sheet.tell(&size), Type::Body, palette.text);
            text(ui, sentence(sheet.lang, &error), Type::Body, palette.muted);
            slice::show(ui, sheet);
            return;
        }
        None => {
            text(ui, sheet.say("matrix-no-places"), Type::Body, palette.muted);
            slice::show(ui, sheet);
            return;
        }
    };
    let low = room.y < LOW;
    if !low {
        text(ui, sheet.say("matrix-caption"), Type::Caption, palette.muted);
    }
    // In a low window the drawing gives way, in a narrow one the small images.
    let with_slice = room.y >= 470.0;
    let with_places = room.x >= 360.0;
    let below = if low { 4.0 } else { BELOW } + if with_slice { slice::HEIGHT + 6.0 } else { 0.0 };
    let high = (room.y - (ui.cursor().top() - top) - below).max(LEAST);
    // A wide matrix leaves room for the counts and words, where they stand nowhere else.
    let beside = if alone { ROOM_FOR_COUNTS + ROOM_FOR_TOLD + 24.0 } else { 0.0 };
    let wide = room.x - if with_places { places::WIDTH } else { 0.0 } - beside;
    let size = matrix::room(wiring, vec2(wide, high));
    let (mut part, mut single) = (None, false);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let drawn = matrix::show(ui, sheet, wiring, size);
        (part, single) = (drawn.part, drawn.single);
        let left = ui.available_width();
        let with_counts = alone && left >= ROOM_FOR_COUNTS;
        let with_places = with_places && (!with_counts || left >= places::WIDTH + ROOM_FOR_COUNTS);
        if with_places {
            ui.vertical(|ui| {
                if low && !with_counts {
                    places::words(ui, sheet, wiring, drawn.looked_at);
                }
                places::show(ui, sheet, wiring, drawn.looked_at);
                if !low && !with_counts {
                    places::words(ui, sheet, wiring, drawn.looked_at);
                }
            });
        }
        // Beside the counts the words are whole; under them a low window would cut them.
        let with_words = with_counts && ui.available_width() >= ROOM_FOR_COUNTS + ROOM_FOR_TOLD;
        if with_counts {
            ui.vertical(|ui| {
                ui.spacing_mut().interact_size.y = 18.0;
                if with_words {
                    ui.set_width(ROOM_FOR_COUNTS.max((ui.available_width() - 12.0) / 2.0));
                }
                counts::one(ui, sheet, counts::column_of(studio.scene.parameters.stop));
                if !with_words {
                    ui.add_space(8.0);
                    places::words(ui, sheet, wiring, drawn.looked_at);
                }
            });
            if with_words {
                ui.vertical(|ui| places::words(ui, sheet, wiring, drawn.looked_at));
            }
        }
    });
    if !low {
        bands(ui, sheet, part, single);
    }
    if with_slice {
        ui.add_space(2.0);
        slice::show(ui, sheet);
    }
}

/// Why a field in two dimensions makes several bands.
fn bands(ui: &mut Ui, sheet: &Sheet<'_>, part: Option<[[u64; 2]; 2]>, single: bool) {
    let studio = sheet.studio;
    let Some(wiring) = studio.wiring() else { return };
    let palette = sheet.palette;
    let by_identity = studio.scene.parameters.by_identity;
    let hues = by_identity.then_some(if single { "matrix-hues" } else { "matrix-hues-near" });
    if let Some(part) = part {
        let [rows, columns] = part.map(|[first, end]| {
            format!("{}–{}", count(first.into()), count(end.saturating_sub(1).into()))
        });
        let words = Message::new("matrix-seen")
            .with("rows", rows)
            .with("columns", columns)
            .with("all-rows", count(wiring.rows()))
            .with("all-columns", count(wiring.columns()));
        let mut words = sheet.tell(&words);
        if let Some(hues) = hues {
            words = format!("{words} · {}", sheet.say(hues));
        }
        text(ui, words, Type::Caption, palette.muted);
        return;
    }
    let (rows, columns) = (count(wiring.rows()), count(wiring.columns()));
    let words = match wiring.bands() {
        Some(bands) if bands.count > 1 && wiring.input[1] > 1 => {
            let single = wiring.output[0] == 1 && wiring.input[0] == 1;
            Message::new(if single { "matrix-bands" } else { "matrix-bands-maps" })
                .with("rows", rows)
                .with("columns", columns)
                .with("bands", bands.count)
                .with("apart", count(bands.apart as u128))
        }
        _ => Message::new("matrix-name").with("rows", rows).with("columns", columns),
    };
    let mut words = sheet.tell(&words);
    let shown = &studio.scene.parameters;
    let mut add = |message: Message| words = format!("{words} {}", sheet.tell(&message));
    if let Some(hues) = hues {
        add(Message::new(hues));
    }
    if let (Border::Ignored(_), Reach::Window(lattice)) = (&shown.setting.border, wiring.reach)
        && lattice.stride[1] > 1
    {
        let [_, rows, columns] = wiring.output;
        let message = Message::new("matrix-spread").with("rows", rows).with("columns", columns);
        add(message.with("step", lattice.stride[1]));
    }
    let hanging = studio.connected.as_ref().map_or(0, |connected| connected.hanging);
    // Where the number is to be guessed, it is not told here.
    if hanging > 0 && !studio.hides_of(counts::column_of(shown.stop)) {
        let message = Message::new("matrix-hanging")
            .with("cells", count(wiring.cells()))
            .with("hanging", count(hanging));
        add(message);
    }
    text(ui, words, Type::Caption, palette.muted);
}
