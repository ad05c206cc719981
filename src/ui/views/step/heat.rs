//! What on the image speaks for one class and against another: the gradient, as heat over the image.

use egui::{Color32, Mesh, Rect, Shape, Ui};

use super::canvas::Scenery;
use crate::array::Array;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Palette;

/// Weaker pixels, as a part of the strongest, are left free.
const FAINTEST: f32 = 0.06;
/// How opaque the strongest pixel is.
const STRONGEST: f32 = 0.85;

/// Draws the heat over the image of the figure.
pub fn draw(ui: &Ui, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    let (Some(gradient), Some(_)) = (&scenery.seen.gradient, sheet.studio.question()) else {
        return;
    };
    let rect = scenery.eye.rect(scenery.figure.blocks[0].map_rect(0));
    let painter = ui.painter_at(scenery.eye.view);
    painter.add(Shape::mesh(mesh(gradient, rect, sheet.palette)));
}

/// Each pixel as strongly as it counts, whatever its sign: the sum over channels of |gradient|.
pub fn mesh(gradient: &Array, rect: Rect, palette: &Palette) -> Mesh {
    let [channels, rows, columns] = gradient.chw();
    let strength =
        |y: usize, x: usize| -> f32 { (0..channels).map(|c| gradient.at([c, y, x]).abs()).sum() };
    let cells = || (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x)));
    let most = cells().map(|(y, x)| strength(y, x)).fold(f32::MIN_POSITIVE, f32::max);
    let cell = rect.size() / egui::vec2(columns as f32, rows as f32);
    let mut mesh = Mesh::default();
    for (y, x) in cells() {
        let part = strength(y, x) / most;
        if part < FAINTEST || !part.is_finite() {
            continue;
        }
        let min = rect.min + egui::vec2(x as f32, y as f32) * cell;
        let colour: Color32 = palette.heat.gamma_multiply(part.sqrt() * STRONGEST);
        mesh.add_colored_rect(Rect::from_min_size(min, cell), colour);
    }
    mesh
}
