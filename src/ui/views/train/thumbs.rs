//! Weights of moments as textures: a layer with a kernel for each place has a hundred thousand numbers, and a
//! strip shows a dozen moments of it in every frame.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use egui::{Color32, Id, Rect, TextureHandle, TextureOptions, Ui, pos2, vec2};

use super::pictures::Pictures;
use crate::network::Network;
use crate::worker::training::Snapshot;

/// Textures that are kept: more than one frame shows.
const MOST: usize = 64;
/// Wider pictures are seen from afar.
const SMOOTH: usize = 40;

/// The first pictures of a layer at one moment, one under the other.
#[derive(Clone)]
struct Thumb {
    moment: Weak<Snapshot>,
    node: usize,
    pictures: usize,
    texture: TextureHandle,
}

/// Those that were shown last stand at the end.
type Thumbs = VecDeque<Thumb>;

/// The first pictures of a layer, as [`Pictures::image`] has them.
pub struct Stack {
    texture: TextureHandle,
    pub pictures: usize,
    pub columns: usize,
}

impl Stack {
    /// `None` where the layer has no such pictures.
    pub fn of(
        ui: &Ui,
        network: &Network,
        moment: &Arc<Snapshot>,
        node: usize,
        most: usize,
    ) -> Option<Self> {
        let found = Pictures::of(network, &moment.weights, node)?;
        let pictures = found.shown.min(most);
        let texture = texture(ui, moment, node, pictures, &found);
        Some(Self { texture, pictures, columns: found.columns })
    }

    /// Texture and part of one picture.
    pub fn part(&self, picture: usize) -> (egui::TextureId, Rect) {
        let height = 1.0 / self.pictures.max(1) as f32;
        let min = pos2(0.0, picture as f32 * height);
        (self.texture.id(), Rect::from_min_size(min, vec2(1.0, height)))
    }

    pub fn paint(&self, ui: &Ui, picture: usize, rect: Rect) {
        let (texture, part) = self.part(picture);
        ui.painter().image(texture, rect, part, Color32::WHITE);
    }
}

fn texture(
    ui: &Ui,
    moment: &Arc<Snapshot>,
    node: usize,
    pictures: usize,
    found: &Pictures<'_>,
) -> TextureHandle {
    let id = Id::unique("train-thumbs");
    // A moment that has left the memory keeps its address as long as it is named here.
    let is_it = |thumb: &Thumb| {
        (thumb.node, thumb.pictures) == (node, pictures)
            && std::ptr::eq(thumb.moment.as_ptr(), Arc::as_ptr(moment))
    };
    let known = ui.data_mut(|data| {
        let thumbs = data.get_temp_mut_or_default::<Thumbs>(id);
        let thumb = thumbs.remove(thumbs.iter().position(is_it)?)?;
        let texture = thumb.texture.clone();
        thumbs.push_back(thumb);
        Some(texture)
    });
    if let Some(known) = known {
        return known;
    }
    let options =
        if found.columns > SMOOTH { TextureOptions::LINEAR } else { TextureOptions::NEAREST };
    let texture = ui.ctx().load_texture("train-thumb", found.image(pictures), options);
    let thumb = Thumb { moment: Arc::downgrade(moment), node, pictures, texture: texture.clone() };
    ui.data_mut(|data| {
        let thumbs = data.get_temp_mut_or_default::<Thumbs>(id);
        thumbs.retain(|thumb| thumb.moment.strong_count() > 0);
        thumbs.push_back(thumb);
        let surplus = thumbs.len().saturating_sub(MOST);
        thumbs.drain(..surplus);
    });
    texture
}

/// The first layer that has weights: what a moment looks like.
pub fn first_kernels(ui: &Ui, network: &Network, moment: &Arc<Snapshot>) -> Option<Stack> {
    let mut nodes = network.nodes().iter();
    let node = nodes.position(|node| moment.weights.get(&node.name, "weight").is_some())?;
    Stack::of(ui, network, moment, node, MOST_OF_STRIP)
}

/// Kernels that stand for a moment.
const MOST_OF_STRIP: usize = 4;
