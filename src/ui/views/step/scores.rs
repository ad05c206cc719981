//! The answer: squared distances as marks on one axis, nearest first; anything else as bars.

use egui::{Align2, FontId, Mesh, Painter, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::canvas::{Beyond, Scenery};
use super::figure::Block;
use crate::locale::{Message, signed, value};
use crate::network::{Layer, Rbf};
use crate::ui::action::{Action, UnitRef};
use crate::ui::cover::cover_place;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{axis, number_colour};

/// Points between two labels at least.
const PITCH: f32 = 25.0;
/// How much of scores that time has not come to is seen.
const BEYOND: f32 = 0.35;
/// Labels nearer to each other than this would cover each other.
const SMALLEST_PITCH: f32 = 12.0;
/// Room for a class's bitmap beside its mark.
const BITMAP: egui::Vec2 = vec2(13.0, 21.0);

/// A class, its score, and where it stands.
struct Place {
    class: usize,
    score: f32,
    /// Of the label, on screen.
    rect: Rect,
    /// Of the mark.
    at: f32,
}

/// Draws the block; tells which class the pointer is on.
pub fn draw(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    scenery: &Scenery<'_>,
    block: &Block,
) -> Option<UnitRef> {
    let mut painter = ui.painter_at(scenery.eye.view);
    if scenery.beyond(block.node) != Beyond::Nothing {
        painter.set_opacity(BEYOND);
    }
    let rbf = match &scenery.open.network.nodes()[block.node].layer {
        Layer::Rbf(rbf) => Some(rbf),
        _ => None,
    };
    let places = places(scenery, block, rbf.is_some());
    let best = places.first().map(|place| place.class);
    match rbf {
        Some(rbf) => draw_axis(&painter, sheet, scenery, block, &places, rbf),
        None => draw_bars(&painter, sheet, scenery, block, &places),
    }
    let mut hovered = None;
    for place in &places {
        let rect = place.rect.intersect(scenery.eye.view);
        if !rect.is_positive() {
            continue;
        }
        let response =
            ui.interact(rect, ui.scope_id().with(("class", place.class)), Sense::click());
        let message = Message::new("score-name")
            .with("label", scenery.open.network.label(place.class))
            .with("score", value(f64::from(place.score), 2));
        let name = sheet.tell(&message);
        let is_best = best == Some(place.class);
        response.widget_info(|| {
            let role = egui::accesskit::Role::Button;
            egui::WidgetInfo::selected(role, true, is_best, name.clone())
        });
        let unit = UnitRef { node: block.node, unit: [place.class, 0, 0] };
        let cover = cover_place(("score", place.class));
        if response.clicked() && sheet.is_covered(cover) {
            sheet.act(Action::Reveal(cover));
        } else if response.clicked() {
            sheet.act(Action::Pin(unit));
        }
        if response.hovered() {
            hovered = Some(unit);
        }
        if response.hovered() || response.has_focus() || scenery.pin == Some(unit) {
            let colour = sheet.palette.accent.gamma_multiply(0.5);
            painter.rect_stroke(rect, 4.0, Stroke::new(1.0, colour), egui::StrokeKind::Inside);
        }
    }
    hovered
}

/// Where links to a class end, in the figure.
pub fn mark_rect(scenery: &Scenery<'_>, block: &Block, class: usize) -> Rect {
    let rbf = matches!(scenery.open.network.nodes()[block.node].layer, Layer::Rbf(_));
    let place = places(scenery, block, rbf).into_iter().find(|place| place.class == class);
    let on_screen = place.map_or(scenery.eye.rect(block.rect), |place| place.rect);
    Rect::from_min_max(
        scenery.eye.figure_point(on_screen.min),
        scenery.eye.figure_point(on_screen.max),
    )
}

/// All classes, the answer first.
fn places(scenery: &Scenery<'_>, block: &Block, distances: bool) -> Vec<Place> {
    let scores = scenery.seen.trace.output(block.node).values();
    let rect = scenery.eye.rect(block.rect);
    let mut order: Vec<usize> = (0..scores.len()).collect();
    if distances {
        order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        let furthest = order.last().map_or(1.0, |&class| scores[class]).max(f32::MIN_POSITIVE);
        let margin = PITCH / 2.0;
        let height = (rect.height() - 2.0 * margin).max(1.0);
        let at: Vec<f32> =
            order.iter().map(|&class| margin + scores[class] / furthest * height).collect();
        let pitch = PITCH.min(rect.height() / scores.len() as f32);
        let marks = axis(&at, pitch, rect.height() - margin);
        return order
            .iter()
            .zip(marks)
            .map(|(&class, mark)| Place {
                class,
                score: scores[class],
                rect: Rect::from_min_size(
                    pos2(rect.left(), rect.top() + mark.label - pitch / 2.0),
                    vec2(rect.width().max(104.0), pitch),
                ),
                at: rect.top() + mark.at,
            })
            .collect();
    }
    let pitch = (rect.height() / scores.len() as f32).min(PITCH * 1.3);
    let top = rect.top();
    let mut places: Vec<Place> = order
        .iter()
        .map(|&class| {
            let y = top + class as f32 * pitch;
            Place {
                class,
                score: scores[class],
                rect: Rect::from_min_size(
                    pos2(rect.left(), y),
                    vec2(rect.width().max(104.0), pitch),
                ),
                at: y + pitch / 2.0,
            }
        })
        .collect();
    places.sort_by(|a, b| b.score.total_cmp(&a.score));
    places
}

fn fonts(best: bool) -> FontId {
    if best { FontId::new(15.0, Type::StrongNumber.family()) } else { Type::Number.font() }
}

fn draw_axis(
    painter: &Painter,
    sheet: &Sheet<'_>,
    scenery: &Scenery<'_>,
    block: &Block,
    places: &[Place],
    rbf: &Rbf,
) {
    let palette = sheet.palette;
    let rect = scenery.eye.rect(block.rect);
    let x = rect.left() + 44.0;
    let line = Stroke::new(1.5, palette.bar);
    painter.vline(x, rect.y_range(), line);
    painter.hline(x - 4.0..=x + 4.0, rect.top(), line);
    // The best class often stands at the very top, and needs no zero over it.
    if places.first().is_some_and(|best| best.rect.top() > rect.top() + 8.0) {
        let font = Type::SmallNumber.font();
        let at = pos2(x - 8.0, rect.top());
        painter.text(at, Align2::RIGHT_CENTER, "0", font, palette.muted);
    }
    for (rank, place) in places.iter().enumerate() {
        let best = rank == 0;
        let colour = if best { palette.accent } else { palette.text };
        let y = place.rect.center().y;
        let stroke = Stroke::new(if best { 3.0 } else { 1.5 }, colour);
        painter.line_segment([pos2(x - 5.0, place.at), pos2(x + 5.0, place.at)], stroke);
        if !best && place.rect.height() < SMALLEST_PITCH {
            // There is no room for names; the marks still show how the classes lie.
            continue;
        }
        if (y - place.at).abs() > 1.0 {
            let thin = Stroke::new(1.0, palette.bar);
            painter.line_segment([pos2(x + 5.0, place.at), pos2(x + 12.0, y)], thin);
        }
        let label = scenery.open.network.label(place.class);
        painter.text(pos2(x - 26.0, y), Align2::RIGHT_CENTER, label, fonts(best), colour);
        let thumbnail = Rect::from_center_size(pos2(x - 15.0, y), BITMAP);
        bitmap(painter, thumbnail, rbf, place.class, colour);
        let covered = sheet.is_covered(cover_place(("score", place.class)));
        let score = if covered { COVER.into() } else { value(f64::from(place.score), 1) };
        let score =
            painter.text(pos2(x + 15.0, y), Align2::LEFT_CENTER, score, fonts(best), colour);
        if !covered {
            change(painter, sheet, scenery, block, place, score.right_center());
        }
    }
}

fn bitmap(painter: &Painter, rect: Rect, rbf: &Rbf, class: usize, ink: egui::Color32) {
    let [rows, columns] = rbf.picture;
    let cell = rect.size() / vec2(columns as f32, rows as f32);
    let mut mesh = Mesh::default();
    for (index, &bit) in rbf.bitmaps[class].iter().enumerate() {
        if bit > 0 {
            let place = vec2((index % columns) as f32, (index / columns) as f32);
            mesh.add_colored_rect(Rect::from_min_size(rect.min + place * cell, cell), ink);
        }
    }
    painter.add(Shape::mesh(mesh));
}

fn draw_bars(
    painter: &Painter,
    sheet: &Sheet<'_>,
    scenery: &Scenery<'_>,
    block: &Block,
    places: &[Place],
) {
    let palette = sheet.palette;
    let probabilities = matches!(scenery.open.network.nodes()[block.node].layer, Layer::Softmax);
    let (low, high) = if probabilities {
        (0.0, 1.0)
    } else {
        let scores = places.iter().map(|place| place.score);
        (scores.clone().fold(0.0, f32::min), scores.fold(f32::MIN_POSITIVE, f32::max))
    };
    for (rank, place) in places.iter().enumerate() {
        let best = rank == 0;
        let colour = if best { palette.accent } else { palette.text };
        let y = place.rect.center().y;
        let left = place.rect.left() + 8.0;
        let label = scenery.open.network.label(place.class);
        painter.text(pos2(left, y), Align2::LEFT_CENTER, label, fonts(best), colour);
        let room = (place.rect.width() - 82.0).max(20.0);
        let length = (place.score - low) / (high - low) * room;
        let bar = Rect::from_min_max(
            pos2(left + 16.0, y - 5.0),
            pos2(left + 16.0 + length.max(1.0), y + 5.0),
        );
        let fill = if best { palette.accent } else { palette.bar };
        painter.rect_filled(bar, 2.0, fill);
        let covered = sheet.is_covered(cover_place(("score", place.class)));
        let number = if covered {
            COVER.into()
        } else if probabilities {
            format!("{} %", value(f64::from(place.score) * 100.0, 1))
        } else {
            value(f64::from(place.score), 2)
        };
        let at = pos2(bar.right() + 5.0, y);
        let font = Type::SmallNumber.font();
        let number = painter.text(at, Align2::LEFT_CENTER, number, font, colour);
        if !covered && !probabilities {
            change(painter, sheet, scenery, block, place, number.right_center());
        }
    }
}

/// In the place of a covered number.
const COVER: &str = "•••";

/// How an edit has changed the score.
fn change(
    painter: &Painter,
    sheet: &Sheet<'_>,
    scenery: &Scenery<'_>,
    block: &Block,
    place: &Place,
    at: egui::Pos2,
) {
    let Some(original) = &scenery.seen.original else { return };
    let before = original.output(block.node).values()[place.class];
    let change = f64::from(place.score - before);
    if change.abs() < 0.005 {
        return;
    }
    let colour = number_colour(sheet.palette, change);
    let at = at + vec2(5.0, 0.0);
    let font = Type::Section.font();
    painter.text(at, Align2::LEFT_CENTER, signed(change, 1), font, colour);
}
