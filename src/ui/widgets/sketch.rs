//! Figures made of marks, painted in the window's palette.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::paper::sketch::{Anchor, Hand, Ink, Mark, Pen, Role, Sketch};
use crate::ui::theme::{Palette, Type};

const DASH: f32 = 3.0;

/// The colour of a role.
#[must_use]
pub const fn colour_of(palette: &Palette, role: Role) -> Color32 {
    match role {
        Role::Paper => palette.canvas,
        Role::Hairline => palette.hairline,
        Role::Text => palette.text,
        Role::Muted => palette.muted,
        Role::Accent => palette.accent,
        Role::Bar => palette.bar,
        Role::Amber => palette.amber,
        Role::AmberText => palette.amber_text,
        Role::Heat => palette.heat,
        Role::Identity(weight) => palette.identity[weight as usize % palette.identity.len()],
    }
}

/// The step of the type scale.
#[must_use]
pub const fn type_of(hand: Hand) -> Type {
    match hand {
        Hand::Title => Type::Title,
        Hand::Label => Type::Label,
        Hand::Caption => Type::Caption,
        Hand::Number => Type::SmallNumber,
        Hand::StrongNumber => Type::StrongNumber,
    }
}

/// A figure as an SVG file in this palette.
#[must_use]
pub fn svg(sketch: &Sketch, title: &str, palette: &Palette) -> String {
    let colour = |role: Role| {
        let [r, g, b, _] = colour_of(palette, role).to_array();
        [r, g, b]
    };
    sketch.svg(title, &colour, &|hand| type_of(hand).size())
}

/// Paints a figure with its upper left corner at `origin`.
pub fn paint(painter: &Painter, palette: &Palette, origin: Pos2, sketch: &Sketch) {
    let place = |[x, y]: [f32; 2]| origin + vec2(x, y);
    let colour = |Ink { role, opacity }: Ink| colour_of(palette, role).gamma_multiply(opacity);
    let stroke = |pen: &Pen| Stroke::new(pen.width, colour(pen.ink));
    let path = |points: Vec<Pos2>, pen: &Pen| {
        if pen.dashed {
            painter.extend(Shape::dashed_line(&points, stroke(pen), DASH, DASH));
        } else {
            painter.add(Shape::line(points, stroke(pen)));
        }
    };
    for mark in &sketch.marks {
        match mark {
            Mark::Line { from, to, pen } => path(vec![place(*from), place(*to)], pen),
            Mark::Polyline { points, pen } => {
                path(points.iter().map(|&point| place(point)).collect(), pen);
            }
            Mark::Polygon { points, fill } => {
                let points = points.iter().map(|&point| place(point)).collect();
                painter.add(Shape::convex_polygon(points, colour(*fill), Stroke::NONE));
            }
            Mark::Rect { min, size: [w, h], radius, fill, pen } => {
                let rect = Rect::from_min_size(place(*min), vec2(*w, *h));
                if let Some(fill) = fill {
                    painter.rect_filled(rect, *radius, colour(*fill));
                }
                match pen {
                    Some(pen) if pen.dashed => {
                        let [a, b, c, d] = [
                            rect.left_top(),
                            rect.right_top(),
                            rect.right_bottom(),
                            rect.left_bottom(),
                        ];
                        path(vec![a, b, c, d, a], pen);
                    }
                    Some(pen) => {
                        painter.rect_stroke(rect, *radius, stroke(pen), StrokeKind::Middle);
                    }
                    None => {}
                }
            }
            Mark::Text { at, anchor, words, hand, ink } => {
                let align = match anchor {
                    Anchor::Left => Align2::LEFT_CENTER,
                    Anchor::Middle => Align2::CENTER_CENTER,
                    Anchor::Right => Align2::RIGHT_CENTER,
                };
                let at = pos2(place(*at).x, place(*at).y);
                painter.text(at, align, words, type_of(*hand).font(), colour(*ink));
            }
        }
    }
}
