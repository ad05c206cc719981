//! `convscope render field`: what one unit sees of the image.

use super::picture::{PictureArgs, maps, write_png};
use crate::array::Array;
use crate::cli::field::effective::heat_of_unit;
use crate::cli::look::LookArgs;
use crate::cli::network_source::{layer, unit};
use crate::cli::values::UnitValue;
use crate::network::receptive::{Bounds, trace};
use crate::network::{Network, Unit};
use crate::render::{
    Field, FieldBox, FieldOverlayStyle, Heat, Image, LayoutError, PixelRect, Renderer, Rgba, Scale,
};

/// Draws the image with the field of one unit on it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope render field lenet5 digit:7 --layer C3 --unit 7,4,6 -o field.png
  convscope render field lenet5 digit:7 --layer S4 --unit 3,2,2 --effective -o effective.png")]
pub struct FieldArgs {
    #[command(flatten)]
    look: LookArgs,
    /// The layer of the unit.
    #[arg(long, value_name = "L")]
    layer: String,
    /// Map, row and column of the unit, counted from 0.
    #[arg(long, value_name = "C,Y,X", allow_hyphen_values = true)]
    unit: UnitValue,
    /// Also how much each pixel moves the unit: |gradient|, in magenta.
    #[arg(long)]
    effective: bool,
    #[command(flatten)]
    picture: PictureArgs,
}

pub fn run(args: &FieldArgs) -> anyhow::Result<()> {
    let network = args.look.net.open()?;
    let index = layer(&network, &args.layer)?;
    let unit = unit(&network, index, args.unit)?;
    let out = args.picture.out_file()?;
    let mut renderer = args.picture.renderer()?;
    let seen = args.look.look(&network)?;
    let heat = if args.effective {
        let heat = heat_of_unit(&network, &seen.loaded.weights, &seen.input, (index, unit))?;
        Some(Heat::of(heat))
    } else {
        None
    };
    let image = draw(&mut renderer, &network, (index, unit), Some(&seen.input), heat.as_ref())?;
    args.picture.warn_if_replaced(&renderer);
    Ok(write_png(image, &out)?)
}

/// What the network is fed with, or plain paper, on it the heat, and the box of the unit of node `index`.
///
/// # Errors
/// If the picture would be too large.
pub fn draw(
    renderer: &mut Renderer,
    network: &Network,
    (index, unit): (usize, Unit),
    input: Option<&Array>,
    heat: Option<&Heat>,
) -> Result<Image, LayoutError> {
    let grey = Scale::Grey { inverted: false };
    let (mut image, atlas) = if let Some(input) = input {
        // One map per colour channel: every pixel is a value that the network was fed with.
        maps(renderer, input, grey)?
    } else {
        let [_, rows, columns] = network.input();
        let (mut image, atlas) = maps(renderer, &Array::full(&[1, rows, columns], 0.0), grey)?;
        fill(&mut image, atlas.map_rect(0), PAPER);
        (image, atlas)
    };
    let field = on_image(network, index, unit);
    for map in 0..atlas.maps {
        let place = atlas.map_rect(map);
        let PixelRect { width, height, .. } = place;
        let style = FieldOverlayStyle { width, height, ..Default::default() };
        let overlay = renderer.heated_field_overlay(&field, heat, &style)?;
        lay_over(&mut image, &overlay, place);
    }
    Ok(image)
}

/// The box of the unit on the image.
fn on_image(network: &Network, index: usize, unit: Unit) -> Field {
    let [_, rows, columns] = network.input();
    let seen = trace(network, index, unit).into_iter().find(|region| region.node == 0);
    let boxed = seen.map(|region| {
        let Bounds { y0, x0, y1, x1 } = region.bounds;
        let [y0, x0, y1, x1] = [y0, x0, y1, x1].map(saturated);
        FieldBox { y0, x0, y1, x1, dashed: false }
    });
    Field { rows: rows as u32, columns: columns as u32, boxes: [boxed, None] }
}

/// A field may be far larger than any image.
fn saturated(position: i64) -> i32 {
    position.clamp(i32::MIN.into(), i32::MAX.into()) as i32
}

const PAPER: Rgba = Rgba([255; 4]);

fn fill(image: &mut Image, place: PixelRect, Rgba(colour): Rgba) {
    for y in place.y..place.y + place.height {
        let row = 4 * (y as usize * image.width as usize + place.x as usize);
        let pixels = &mut image.rgba[row..row + 4 * place.width as usize];
        pixels.as_chunks_mut().0.fill(colour);
    }
}

/// Lays an overlay with straight alpha over the opaque part of a picture.
fn lay_over(image: &mut Image, overlay: &Image, place: PixelRect) {
    for y in 0..overlay.height {
        for x in 0..overlay.width {
            let Rgba([.., alpha]) = overlay.pixel(x, y);
            let (px, py) = (place.x + x, place.y + y);
            let under = image.pixel(px, py);
            let over = overlay.pixel(x, y).with_alpha(255);
            let Rgba(mixed) = under.mix(over, f32::from(alpha) / 255.0);
            let at = 4 * (py as usize * image.width as usize + px as usize);
            image.rgba[at..at + 4].copy_from_slice(&mixed);
        }
    }
}
