//! What the pictures have in common: who draws, and the PNG file.

use std::io::{self, Cursor};
use std::path::PathBuf;

use clap::ValueEnum;
use image::{ImageFormat, RgbaImage};

use crate::array::Array;
use crate::cli::CliError;
use crate::cli::out_file::OutFile;
use crate::cli::output::warn;
use crate::render::{self, AtlasLayout, FeatureMapStyle, Image, LayoutError, Renderer, Scale};

/// The side of one unit and the space between maps, in pixels.
const CELL: u32 = 8;
const GAP: u32 = 4;

/// `-o F.png [--backend gpu|cpu]`.
#[derive(Clone, Debug, clap::Args)]
pub struct PictureArgs {
    /// The PNG file to write.
    #[arg(short = 'o', long = "output", value_name = "F.png")]
    out: PathBuf,
    /// Who draws; without it the GPU if it can compute, else the CPU. Both draw the same.
    #[arg(long, value_enum)]
    backend: Option<Backend>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Backend {
    Gpu,
    Cpu,
}

impl From<Backend> for render::Backend {
    fn from(backend: Backend) -> Self {
        match backend {
            Backend::Gpu => Self::Gpu,
            Backend::Cpu => Self::Cpu,
        }
    }
}

impl PictureArgs {
    /// The options as a command with rules of its own for them has read them.
    #[must_use]
    pub const fn of(out: PathBuf, backend: Option<Backend>) -> Self {
        Self { out, backend }
    }

    /// The file, checked before the work.
    ///
    /// # Errors
    /// If there can be no such file.
    pub fn out_file(&self) -> Result<OutFile<'_>, CliError> {
        OutFile::new(&self.out)
    }

    /// Who draws.
    ///
    /// # Errors
    /// If the GPU was asked for and there is none.
    pub fn renderer(&self) -> Result<Renderer, CliError> {
        Ok(Renderer::choose(self.backend())?)
    }

    /// Who was asked to draw.
    #[must_use]
    pub fn backend(&self) -> Option<render::Backend> {
        self.backend.map(Into::into)
    }

    /// Says so where the GPU was asked for but the CPU had to take over.
    pub fn warn_if_replaced(&self, renderer: &Renderer) {
        let status = renderer.status();
        if self.backend == Some(Backend::Gpu) && status.backend() == render::Backend::Cpu {
            warn(status);
        }
    }
}

/// The maps of an array `[c, h, w]`, as large as fits, in a nearly square picture.
///
/// # Errors
/// If there is nothing to draw or too much.
pub fn maps(
    renderer: &mut Renderer,
    values: &Array,
    scale: Scale,
) -> Result<(Image, AtlasLayout), LayoutError> {
    let atlas = AtlasLayout::fitting(values.chw(), CELL, GAP, renderer.max_side())?;
    let style = FeatureMapStyle {
        columns: atlas.columns,
        cell: atlas.cell,
        gap: atlas.gap,
        scale,
        ..FeatureMapStyle::default()
    };
    Ok((renderer.feature_map(values, &style)?, atlas))
}

/// Writes a picture as PNG.
///
/// # Errors
/// If the file cannot be written.
pub fn write_png(image: Image, out: &OutFile<'_>) -> Result<(), CliError> {
    let fail = |source| CliError::Write { source, path: out.path().into() };
    let Image { width, height, rgba } = image;
    let image = RgbaImage::from_raw(width, height, rgba)
        .ok_or_else(|| fail(io::Error::other(format!("no picture of {width}×{height}"))))?;
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).map_err(|error| fail(io::Error::other(error)))?;
    out.write(&bytes.into_inner())
}
