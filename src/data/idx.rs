//! The idx format of the MNIST files: images and labels, plain or gzipped.
//!
//! A file begins with a magic number (0, 0, 8 for bytes, the number of axes), then one big-endian
//! `u32` per axis, then the bytes. Source: <http://yann.lecun.com/exdb/mnist/>.

mod folder;

pub use folder::{IdxFolder, Split};

use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::files::{FileError, MAX_FILE_BYTES};
use super::labelled::LabelledImages;

/// Labels are 0 to 9: every network here has ten classes where it reads idx files.
pub const CLASSES: u8 = 10;

/// Why idx files cannot be read. `path` is the file at fault, or the folder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdxError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("there is no such folder, check the name: {path}")]
    NoFolder { path: PathBuf },
    #[error("this is a file, but a folder with idx files is needed, name its folder: {path}")]
    NotAFolder { path: PathBuf },
    #[error(
        "no idx files here, they are named train-images-idx3-ubyte or t10k-images-idx3-ubyte and \
         so on, plain or .gz: {path}"
    )]
    NoFiles { path: PathBuf },
    #[error("the file {missing} (plain or .gz) is missing, put it into the folder: {path}")]
    HalfPair { missing: String, path: PathBuf },
    #[error(
        "this does not begin like an idx file of {expected}, fetch the file again or remove it: \
         {path}"
    )]
    NotIdx { expected: Content, path: PathBuf },
    #[error(
        "the file ends after {found} of the {expected} bytes that its header promises, fetch it \
         again: {path}"
    )]
    Truncated { expected: u64, found: u64, path: PathBuf },
    #[error(
        "the file goes on after the {expected} bytes that its header promises, fetch it again: \
         {path}"
    )]
    Trailing { expected: u64, path: PathBuf },
    #[error(
        "the header promises {count} images of {height}×{width}, more than the {MAX_FILE_BYTES} \
         bytes that can be read, use a smaller set: {path}"
    )]
    TooLarge { count: u32, height: u32, width: u32, path: PathBuf },
    #[error("the file holds no images, use another one: {path}")]
    NoImages { path: PathBuf },
    #[error("{labels} labels do not belong to {images} images, use files of one set: {path}")]
    CountMismatch { images: usize, labels: usize, path: PathBuf },
    #[error("label {label} of image {index} is above {}, use a set of ten classes: {path}", CLASSES - 1)]
    Label { label: u8, index: usize, path: PathBuf },
    #[error("unpacking the file failed ({reason}), fetch it again: {path}")]
    Gzip { reason: String, path: PathBuf },
}

/// What an idx file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    Images,
    Labels,
}

impl std::fmt::Display for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Images => "images",
            Self::Labels => "labels",
        })
    }
}

/// Reads a pair of idx streams; the paths only serve the messages.
///
/// # Errors
/// If either is truncated, too long, no idx file or too large, or if they do not belong together.
pub fn read_pair(
    images: impl Read,
    images_path: &Path,
    labels: impl Read,
    labels_path: &Path,
) -> Result<LabelledImages, IdxError> {
    let mut images = Source::new(images, images_path)?;
    let [count, height, width] = images.header(Content::Images)?;
    if count == 0 || height == 0 || width == 0 {
        return Err(IdxError::NoImages { path: images_path.into() });
    }
    let too_large = IdxError::TooLarge { count, height, width, path: images_path.into() };
    let size = u64::from(height) * u64::from(width);
    let pixels = images.body(size.checked_mul(u64::from(count)), too_large)?;

    let mut labels = Source::new(labels, labels_path)?;
    let [label_count] = labels.header(Content::Labels)?;
    let mismatch = IdxError::CountMismatch {
        images: count as usize,
        labels: label_count as usize,
        path: labels_path.into(),
    };
    if label_count != count {
        return Err(mismatch);
    }
    let labels = labels.body(Some(u64::from(label_count)), mismatch.clone())?;
    if let Some(index) = labels.iter().position(|&label| label >= CLASSES) {
        let label = labels[index];
        return Err(IdxError::Label { label, index, path: labels_path.into() });
    }
    LabelledImages::new(height as usize, width as usize, pixels, labels).map_err(|_| mismatch)
}

/// An idx stream, unpacked if its content says that it is gzipped (browsers rename such files).
struct Source<'a> {
    stream: Box<dyn Read + 'a>,
    gzipped: bool,
    path: &'a Path,
}

impl<'a> Source<'a> {
    fn new(mut stream: impl Read + 'a, path: &'a Path) -> Result<Self, IdxError> {
        let mut start = Vec::new();
        stream
            .by_ref()
            .take(2)
            .read_to_end(&mut start)
            .map_err(|error| FileError::new(&error, path))?;
        let gzipped = start == [0x1f, 0x8b];
        let whole = std::io::Cursor::new(start).chain(stream);
        let stream: Box<dyn Read + 'a> =
            if gzipped { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) };
        Ok(Self { stream, gzipped, path })
    }

    /// The sizes of the axes.
    fn header<const AXES: usize>(&mut self, expected: Content) -> Result<[u32; AXES], IdxError> {
        let promised = 4 + 4 * AXES as u64;
        let bytes = self.read(promised)?;
        let magic = [0, 0, 8, AXES as u8];
        if !bytes.is_empty() && !bytes.starts_with(&magic[..bytes.len().min(4)]) {
            return Err(IdxError::NotIdx { expected, path: self.path.into() });
        }
        self.complete(&bytes, promised)?;
        let mut sizes = [0; AXES];
        for (size, bytes) in sizes.iter_mut().zip(bytes[4..].as_chunks().0) {
            *size = u32::from_be_bytes(*bytes);
        }
        Ok(sizes)
    }

    /// The bytes after the header, exactly `promised` of them; `too_large` if that is beyond
    /// [`MAX_FILE_BYTES`].
    fn body(&mut self, promised: Option<u64>, too_large: IdxError) -> Result<Vec<u8>, IdxError> {
        let Some(promised) = promised.filter(|&bytes| bytes <= MAX_FILE_BYTES) else {
            return Err(too_large);
        };
        let bytes = self.read(promised)?;
        self.complete(&bytes, promised)?;
        if !self.read(1)?.is_empty() {
            return Err(IdxError::Trailing { expected: promised, path: self.path.into() });
        }
        Ok(bytes)
    }

    fn complete(&self, bytes: &[u8], expected: u64) -> Result<(), IdxError> {
        let found = bytes.len() as u64;
        if found < expected {
            return Err(IdxError::Truncated { expected, found, path: self.path.into() });
        }
        Ok(())
    }

    /// At most `limit` bytes. The buffer grows with what is there, not with what was promised.
    fn read(&mut self, limit: u64) -> Result<Vec<u8>, IdxError> {
        let mut bytes = Vec::new();
        match self.stream.by_ref().take(limit).read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            // A gzipped file that was cut off: the caller counts what came.
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(bytes),
            Err(error) if self.gzipped => {
                Err(IdxError::Gzip { reason: error.to_string(), path: self.path.into() })
            }
            Err(error) => Err(FileError::new(&error, self.path).into()),
        }
    }
}
