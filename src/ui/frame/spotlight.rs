//! While L is held, everything but what is around the pointer is dark.

use egui::{Color32, Context, LayerId, Mesh, Order, Pos2, Shape, pos2, vec2};

const RADIUS: f32 = 110.0;
const EDGE: f32 = 24.0;
const DARK: Color32 = Color32::from_black_alpha(170);
const SEGMENTS: u32 = 64;

pub fn show(ctx: &Context) {
    let Some(at) = ctx.pointer_hover_pos() else { return };
    let layer = LayerId::new(Order::Foreground, egui::Id::unique("spotlight"));
    let far = ctx.content_rect().size().length();
    let painter = ctx.layer_painter(layer);
    // A soft edge, then darkness to beyond the corners.
    painter.add(ring(at, RADIUS, Color32::TRANSPARENT, RADIUS + EDGE, DARK));
    painter.add(ring(at, RADIUS + EDGE, DARK, far + RADIUS, DARK));
}

fn ring(at: Pos2, inner: f32, inside: Color32, outer: f32, outside: Color32) -> Shape {
    let mut mesh = Mesh::default();
    for i in 0..SEGMENTS {
        let angle = std::f32::consts::TAU * i as f32 / SEGMENTS as f32;
        let direction = vec2(angle.cos(), angle.sin());
        let point = |radius: f32| at.to_vec2() + direction * radius;
        let (near, far) = (point(inner), point(outer));
        mesh.colored_vertex(pos2(near.x, near.y), inside);
        mesh.colored_vertex(pos2(far.x, far.y), outside);
    }
    for i in 0..SEGMENTS {
        let (here, next) = (2 * i, 2 * ((i + 1) % SEGMENTS));
        mesh.add_triangle(here, here + 1, next);
        mesh.add_triangle(here + 1, next, next + 1);
    }
    Shape::mesh(mesh)
}
