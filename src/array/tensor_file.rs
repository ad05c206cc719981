//! Safetensors in and out. The header is checked against the file before anything is reserved.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use serde::Serialize;

use super::{Array, volume, write_whole};

/// Larger weight files are refused before they are read (VGG-19 in `f32` has 575 MB).
pub const MAX_FILE_BYTES: u64 = 1 << 30;

/// Tensors and text of one safetensors file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TensorFile {
    pub tensors: BTreeMap<String, Array>,
    pub metadata: BTreeMap<String, String>,
}

/// Why a tensor file cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TensorFileError {
    #[error("cannot read the file ({source}): {path}")]
    Read { source: std::io::Error, path: PathBuf },
    #[error("cannot write the file ({source}): {path}")]
    Write { source: std::io::Error, path: PathBuf },
    #[error("{bytes} bytes are more than such a file may have ({limit}): {path}")]
    TooLarge { bytes: u64, limit: u64, path: PathBuf },
    #[error("this is a folder, not a safetensors file: {path}")]
    Folder { path: PathBuf },
    #[error("this is not a readable safetensors file ({reason}): {path}")]
    Format { reason: String, path: PathBuf },
    #[error("tensor {tensor} has type {dtype}, but only F16, F32 and F64 can be read: {path}")]
    Type { tensor: String, dtype: String, path: PathBuf },
}

impl TensorFile {
    /// Reads a file of at most [`MAX_FILE_BYTES`] whole.
    ///
    /// # Errors
    /// A file that is missing, too large, truncated, lying about its size or of another type.
    pub fn read(path: &Path) -> Result<Self, TensorFileError> {
        Self::read_at_most(path, MAX_FILE_BYTES)
    }

    /// Reads a file of at most `limit` bytes whole.
    ///
    /// # Errors
    /// As [`TensorFile::read`].
    pub fn read_at_most(path: &Path, limit: u64) -> Result<Self, TensorFileError> {
        let fail = |source| TensorFileError::Read { source, path: path.into() };
        let file = std::fs::File::open(path).map_err(fail)?;
        let metadata = file.metadata().map_err(fail)?;
        if metadata.is_dir() {
            return Err(TensorFileError::Folder { path: path.into() });
        }
        if metadata.len() > limit {
            let bytes = metadata.len();
            return Err(TensorFileError::TooLarge { bytes, limit, path: path.into() });
        }
        let mut bytes = Vec::new();
        file.take(limit).read_to_end(&mut bytes).map_err(fail)?;
        Self::parse(&bytes, path)
    }

    /// Reads tensors from memory; `path` only serves the error messages.
    ///
    /// # Errors
    /// As [`TensorFile::read`].
    pub fn parse(bytes: &[u8], path: &Path) -> Result<Self, TensorFileError> {
        let format = |error: &dyn std::fmt::Display| TensorFileError::Format {
            reason: error.to_string(),
            path: path.into(),
        };
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|e| format(&e))?;
        let file = SafeTensors::deserialize(bytes).map_err(|e| format(&e))?;
        let metadata = header.metadata().clone().unwrap_or_default().into_iter().collect();
        let tensors = file
            .iter()
            .map(|(name, view)| Ok((name.to_owned(), decode(name, &view, path)?)))
            .collect::<Result<_, TensorFileError>>()?;
        Ok(Self { tensors, metadata })
    }

    /// The file's bytes, all tensors as F32; the same content gives the same bytes (the library's own
    /// writer keeps the remarks in a hash map, whose order changes from run to run).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut end = 0;
        let tensors = self.tensors.iter().map(|(name, array)| {
            let start = end;
            end += 4 * array.len();
            let entry =
                HeaderEntry { dtype: "F32", shape: array.shape(), data_offsets: [start, end] };
            (name.as_str(), entry)
        });
        let header = Header {
            metadata: (!self.metadata.is_empty()).then_some(&self.metadata),
            tensors: tensors.collect(),
        };
        let mut header = serde_json::to_vec(&header).expect("text, numbers and string keys only");
        header.resize(header.len().next_multiple_of(8), b' ');
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header);
        bytes.extend(
            self.tensors
                .values()
                .flat_map(super::Array::values)
                .flat_map(|value| value.to_le_bytes()),
        );
        bytes
    }

    /// Writes the file whole or not at all ([`write_whole`]).
    ///
    /// # Errors
    /// If the folder does not exist or cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), TensorFileError> {
        write_whole(path, &self.to_bytes())
            .map_err(|source| TensorFileError::Write { source, path: path.into() })
    }
}

#[derive(Serialize)]
struct Header<'a> {
    #[serde(rename = "__metadata__", skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a BTreeMap<String, String>>,
    #[serde(flatten)]
    tensors: BTreeMap<&'a str, HeaderEntry<'a>>,
}

#[derive(Serialize)]
struct HeaderEntry<'a> {
    dtype: &'static str,
    shape: &'a [usize],
    data_offsets: [usize; 2],
}

fn decode(name: &str, view: &TensorView<'_>, path: &Path) -> Result<Array, TensorFileError> {
    let data = view.data();
    let values: Vec<f32> = match view.dtype() {
        Dtype::F16 => data.as_chunks().0.iter().map(|&b| f16::from_le_bytes(b).to_f32()).collect(),
        Dtype::F32 => data.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect(),
        Dtype::F64 => data.as_chunks().0.iter().map(|&b| f64::from_le_bytes(b) as f32).collect(),
        other => {
            return Err(TensorFileError::Type {
                tensor: name.into(),
                dtype: format!("{other:?}"),
                path: path.into(),
            });
        }
    };
    let lie = || TensorFileError::Format {
        reason: format!("tensor {name} does not hold what its shape says"),
        path: path.into(),
    };
    volume(view.shape()).ok_or_else(lie)?;
    Array::new(view.shape(), values).map_err(|_| lie())
}
