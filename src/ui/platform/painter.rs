//! Pictures from `render` as egui textures, each drawn anew only when something about it changed.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{ColorImage, TextureHandle, TextureId, TextureOptions};

use crate::array::Array;
use crate::network::wiring::Wiring;
use crate::render::feature_map::FeatureMapStyle;
use crate::render::field_overlay::{Field, FieldOverlayStyle, Heat};
use crate::render::wiring::{WiringStyle, WiringView};
use crate::render::{Backend, Gpu, Image, LayoutError, NoGpu, Picture, Renderer, Status};

/// Names a picture of the window; a newer one takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// All maps of a node, on one side of a comparison.
    Maps(u8, usize),
    /// What the pinned (bit 0) and the hovered unit (bit 1) see of a node's maps.
    Field(usize, u8),
    /// The matrix of a layer.
    Wiring,
    /// A picture of a view's own, by its name and a number.
    Picture(&'static str, usize),
}

/// What a picture was made of.
enum Recipe {
    Maps(Array, FeatureMapStyle),
    Field(Field, Option<Heat>, FieldOverlayStyle),
    Wiring(Wiring, WiringView, WiringStyle, Detail),
}

/// How finely a matrix was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Detail {
    Full,
    /// With a third of the pixels along each side, while it changes from frame to frame; since when, in seconds.
    Coarse(f64),
}

/// A matrix that has not changed for so long, in seconds, is drawn in full again.
const AT_REST: f64 = 0.15;
/// Pixels of a picture that the CPU draws within a frame, whatever it shows.
const QUICK: u64 = 64 * 1024;

enum Texture {
    Uploaded(TextureHandle),
    Native(TextureId, #[expect(dead_code, reason = "keeps the texture alive")] wgpu::Texture),
}

impl Texture {
    fn id(&self) -> TextureId {
        match self {
            Self::Uploaded(handle) => handle.id(),
            Self::Native(id, _) => *id,
        }
    }
}

/// The window's graphics device and egui's renderer on it.
#[derive(Clone)]
pub struct Graphics {
    pub device: wgpu::Device,
    pub queue: wgpu::Queue,
    pub renderer: Arc<egui::mutex::RwLock<egui_wgpu::Renderer>>,
}

impl Graphics {
    /// What eframe's window draws with.
    #[must_use]
    pub fn of_window(state: &egui_wgpu::RenderState) -> Self {
        Self {
            device: state.device.clone(),
            queue: state.queue.clone(),
            renderer: Arc::clone(&state.renderer),
        }
    }
}

/// Draws pictures on the window's device, or with their CPU twins.
pub struct Painter {
    renderer: Renderer,
    graphics: Option<Graphics>,
    textures: HashMap<Slot, (Recipe, Texture)>,
    measured: bool,
}

impl Painter {
    /// On the window's own device, if it has compute.
    #[must_use]
    pub fn on(graphics: Option<Graphics>) -> Self {
        let found = match &graphics {
            Some(g) => Gpu::from_window(g.device.clone(), g.queue.clone()),
            None => Err(NoGpu::NoWindowDevice),
        };
        Self {
            renderer: Renderer::from_found(found),
            graphics,
            textures: HashMap::new(),
            measured: false,
        }
    }

    /// With the twins.
    #[must_use]
    pub fn cpu() -> Self {
        Self { renderer: Renderer::cpu(), graphics: None, textures: HashMap::new(), measured: true }
    }

    /// With a renderer that has been chosen already; nothing is measured.
    #[must_use]
    pub fn with(renderer: Renderer, graphics: Graphics) -> Self {
        Self { renderer, graphics: Some(graphics), textures: HashMap::new(), measured: true }
    }

    /// Who draws, and why.
    #[must_use]
    pub fn status(&self) -> &Status {
        self.renderer.status()
    }

    /// After the first picture: keeps the faster of shader and twin. `true` if that has just happened.
    pub fn measure_once(&mut self) -> bool {
        if self.measured || self.textures.is_empty() {
            return false;
        }
        self.measured = true;
        let start = std::time::Instant::now();
        self.renderer.measure(|| start.elapsed());
        true
    }

    /// The texture with all maps of a node.
    ///
    /// # Errors
    /// If the layer cannot be drawn in one picture.
    pub fn maps(
        &mut self,
        ctx: &egui::Context,
        slot: Slot,
        values: &Array,
        style: FeatureMapStyle,
    ) -> Result<TextureId, LayoutError> {
        if let Some((Recipe::Maps(known, known_style), texture)) = self.textures.get(&slot)
            && known.same_memory(values)
            && *known_style == style
        {
            return Ok(texture.id());
        }
        let picture = self.renderer.feature_map_picture(values, &style)?;
        Ok(self.keep(ctx, slot, Recipe::Maps(values.clone(), style), picture))
    }

    /// The texture that marks what is seen of a map.
    ///
    /// # Errors
    /// If the overlay would be too large.
    pub fn field(
        &mut self,
        ctx: &egui::Context,
        slot: Slot,
        field: Field,
        style: FieldOverlayStyle,
    ) -> Result<TextureId, LayoutError> {
        self.heated_field(ctx, slot, field, None, style)
    }

    /// The same with heat under the frames.
    ///
    /// # Errors
    /// If the overlay would be too large.
    pub fn heated_field(
        &mut self,
        ctx: &egui::Context,
        slot: Slot,
        field: Field,
        heat: Option<&Heat>,
        style: FieldOverlayStyle,
    ) -> Result<TextureId, LayoutError> {
        if let Some((Recipe::Field(known, known_heat, known_style), texture)) =
            self.textures.get(&slot)
            && (*known, *known_style) == (field, style)
            && same_heat(known_heat.as_ref(), heat)
        {
            return Ok(texture.id());
        }
        let picture = self.renderer.heated_field_overlay_picture(&field, heat, &style)?;
        Ok(self.keep(ctx, slot, Recipe::Field(field, heat.cloned(), style), picture))
    }

    /// The texture with a part of a layer's matrix. Where the CPU draws it, a large one is coarse while it
    /// changes from frame to frame, as under a dragged control.
    ///
    /// # Errors
    /// If the matrix cannot be drawn.
    pub fn wiring(
        &mut self,
        ctx: &egui::Context,
        slot: Slot,
        wiring: &Wiring,
        view: WiringView,
        style: WiringStyle,
    ) -> Result<TextureId, LayoutError> {
        let now = ctx.input(|input| input.time);
        let slow = self.status().backend() == Backend::Cpu
            && u64::from(view.width) * u64::from(view.height) > QUICK;
        let mut detail = Detail::Full;
        if let Some((Recipe::Wiring(known, known_view, known_style, drawn), texture)) =
            self.textures.get(&slot)
        {
            let same = (known, *known_view, *known_style) == (wiring, view, style);
            let size = (known_view.width, known_view.height);
            match *drawn {
                Detail::Full if same => return Ok(texture.id()),
                Detail::Coarse(since) if same && now - since < AT_REST => {
                    ctx.request_repaint_after_secs((AT_REST - (now - since)) as f32);
                    return Ok(texture.id());
                }
                // A window that finds its size, or another theme, does not go on changing.
                Detail::Full | Detail::Coarse(_)
                    if !same
                        && slow
                        && *known_style == style
                        && size == (view.width, view.height) =>
                {
                    detail = Detail::Coarse(now);
                    ctx.request_repaint_after_secs(AT_REST as f32);
                }
                Detail::Full | Detail::Coarse(_) => {}
            }
        }
        let drawn = match detail {
            Detail::Full => view,
            Detail::Coarse(_) => view.coarse(),
        };
        let picture = self.renderer.wiring_picture(wiring, &drawn, &style)?;
        Ok(self.keep(ctx, slot, Recipe::Wiring(wiring.clone(), view, style, detail), picture))
    }

    fn keep(
        &mut self,
        ctx: &egui::Context,
        slot: Slot,
        recipe: Recipe,
        picture: Picture,
    ) -> TextureId {
        let old = self.textures.remove(&slot).map(|(_, texture)| texture);
        let texture = match (picture, &self.graphics) {
            (Picture::Texture(texture), Some(graphics)) => {
                register(graphics, texture, old.as_ref())
            }
            (Picture::Image(image), _) => upload(ctx, slot, &image, old),
            // Only a renderer without a device draws images alone, and that one has no textures.
            (Picture::Texture(_), None) => {
                upload(ctx, slot, &Image::filled(1, 1, TRANSPARENT), old)
            }
        };
        let id = texture.id();
        self.textures.insert(slot, (recipe, texture));
        id
    }
}

fn same_heat(a: Option<&Heat>, b: Option<&Heat>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same(b),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

const TRANSPARENT: crate::render::Rgba = crate::render::Rgba::TRANSPARENT;

fn register(graphics: &Graphics, texture: wgpu::Texture, old: Option<&Texture>) -> Texture {
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    let mut renderer = graphics.renderer.write();
    let filter = wgpu::FilterMode::Nearest;
    let id = match old {
        Some(Texture::Native(id, _)) => {
            renderer.update_egui_texture_from_wgpu_texture(&graphics.device, &view, filter, *id);
            *id
        }
        Some(Texture::Uploaded(_)) | None => {
            renderer.register_native_texture(&graphics.device, &view, filter)
        }
    };
    Texture::Native(id, texture)
}

fn upload(ctx: &egui::Context, slot: Slot, image: &Image, old: Option<Texture>) -> Texture {
    let size = [image.width as usize, image.height as usize];
    let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
    match old {
        Some(Texture::Uploaded(mut handle)) => {
            handle.set(pixels, TextureOptions::NEAREST);
            Texture::Uploaded(handle)
        }
        Some(Texture::Native(..)) | None => Texture::Uploaded(ctx.load_texture(
            format!("{slot:?}"),
            pixels,
            TextureOptions::NEAREST,
        )),
    }
}
