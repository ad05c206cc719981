//! A picture on its way into the network, as it is.

use egui::{
    Color32, ColorImage, Rect, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, pos2,
};

use super::super::theme::Palette;
use crate::array::{Array, Range};

/// Which end of a grey picture is dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grey {
    /// The highest value is white: a picture as it is stored.
    White,
    /// The highest value is black: ink on paper.
    Ink,
}

/// The image `[c, h, w]` over its own range, as a texture that is kept as long as `place` shows the same.
pub fn picture(
    ui: &Ui,
    place: impl std::hash::Hash + std::fmt::Debug,
    image: &Array,
    grey: Grey,
) -> TextureHandle {
    type Known = (Array, TextureHandle);
    let id = egui::Id::unique(("picture", place, grey));
    if let Some((known, handle)) = ui.data(|data| data.get_temp::<Known>(id))
        && known.same_memory(image)
    {
        return handle;
    }
    let [c, h, w] = image.chw();
    let range = Range::of(image.values()).unwrap_or(Range { min: 0.0, max: 1.0 });
    // A blank sheet is paper, not grey.
    let range = if range.max > range.min { range } else { Range { max: range.min + 1.0, ..range } };
    let level = |v: f32| (range.position(v) * 255.0).round() as u8;
    let pixels = (0..h * w).map(|i| {
        let channel = |n: usize| level(image.values()[n.min(c - 1) * h * w + i]);
        match (c >= 3, grey) {
            (true, _) => Color32::from_rgb(channel(0), channel(1), channel(2)),
            (false, Grey::White) => Color32::from_gray(channel(0)),
            (false, Grey::Ink) => Color32::from_gray(255 - channel(0)),
        }
    });
    let picture = ColorImage::new([w, h], pixels.collect());
    let options = if h.max(w) <= 64 || grey == Grey::Ink {
        TextureOptions::NEAREST
    } else {
        TextureOptions::LINEAR
    };
    let handle = ui.ctx().load_texture(format!("picture {id:?}"), picture, options);
    ui.data_mut(|data| data.insert_temp(id, (image.clone(), handle.clone())));
    handle
}

/// The same, painted into a frame.
pub fn framed(
    ui: &Ui,
    palette: &Palette,
    place: impl std::hash::Hash + std::fmt::Debug,
    image: &Array,
    grey: Grey,
    rect: Rect,
) {
    let texture = picture(ui, place, image, grey);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), rect, whole, Color32::WHITE);
    let line = Stroke::new(1.0, palette.hairline);
    ui.painter().rect_stroke(rect, 0.0, line, StrokeKind::Outside);
}
