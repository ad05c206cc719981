//! A picture on its way into the network, as it is.

use egui::{Color32, ColorImage, TextureHandle, TextureOptions, Ui};

use crate::array::{Array, Range};

/// The image `[c, h, w]` over its own range, as a texture that is kept as long as `place` shows the same.
pub fn picture(ui: &Ui, place: usize, image: &Array) -> TextureHandle {
    type Known = (Array, TextureHandle);
    let id = egui::Id::unique(("stage", place));
    if let Some((known, handle)) = ui.data(|data| data.get_temp::<Known>(id))
        && known.same_memory(image)
    {
        return handle;
    }
    let [c, h, w] = image.chw();
    let range = Range::of(image.values()).unwrap_or(Range { min: 0.0, max: 1.0 });
    let level = |v: f32| (range.position(v) * 255.0).round() as u8;
    let pixels = (0..h * w).map(|i| {
        let channel = |n: usize| level(image.values()[n.min(c - 1) * h * w + i]);
        if c >= 3 {
            Color32::from_rgb(channel(0), channel(1), channel(2))
        } else {
            Color32::from_gray(channel(0))
        }
    });
    let picture = ColorImage::new([w, h], pixels.collect());
    let options = if h.max(w) <= 64 { TextureOptions::NEAREST } else { TextureOptions::LINEAR };
    let handle = ui.ctx().load_texture(format!("stage {place}"), picture, options);
    ui.data_mut(|data| data.insert_temp(id, (image.clone(), handle.clone())));
    handle
}
