//! Scene files: one view, or several as slides, with the documents that they name (contract §8).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::document::{Document, Documents};
use super::{DocId, Scene};
use crate::data::files::{self, FileError};

/// The number that scene files carry.
pub const VERSION: u32 = 1;
/// A larger scene file is refused before it is read.
pub const MAX_SCENE_BYTES: u64 = 64 << 20;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneFile {
    pub convscope: u32,
    pub scenes: Vec<Scene>,
    /// Drawings, edits and pictures by the hash of their content.
    #[serde(default)]
    pub documents: Documents,
}

/// Why a scene cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("a scene file may have {MAX_SCENE_BYTES} bytes, this one has {bytes}: {path}")]
    TooLarge { bytes: u64, path: PathBuf },
    #[error(
        "this is not a scene that can be read ({reason}); save it again with Convscope: {path}"
    )]
    Format { reason: String, path: PathBuf },
    #[error("the scene was saved by another version ({found}, this one reads {VERSION}): {path}")]
    Version { found: u32, path: PathBuf },
    #[error("this is no scene file (it has no number convscope): {path}")]
    NoScene { path: PathBuf },
    #[error("the file holds no scene: {path}")]
    Empty { path: PathBuf },
    #[error(
        "the scene's document {document} is missing or was changed by hand; save the scene again \
         with Convscope: {path}"
    )]
    Document { document: String, path: PathBuf },
}

impl SceneFile {
    /// A file with these scenes and what they name of `documents`.
    #[must_use]
    pub fn new(scenes: Vec<Scene>, documents: &Documents) -> Self {
        let mut named = BTreeSet::new();
        for scene in &scenes {
            scene.documents(&mut named);
        }
        Self { convscope: VERSION, scenes, documents: documents.only(&named) }
    }

    /// Reads a scene file.
    ///
    /// # Errors
    /// A file that is missing, too large, of another version, with an unknown field, or with documents
    /// that do not have the content that they are named after.
    pub fn read(path: &Path) -> Result<Self, SceneError> {
        let bytes = files::read_at_most(path, MAX_SCENE_BYTES)?
            .map_err(|bytes| SceneError::TooLarge { bytes, path: path.into() })?;
        let text = String::from_utf8_lossy(&bytes);
        Self::parse(&text, path)
    }

    /// The scenes in `text`; `path` only serves the messages.
    ///
    /// # Errors
    /// As [`SceneFile::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, SceneError> {
        /// Only the version: the fields of another version may be unknown.
        #[derive(Deserialize)]
        struct Version {
            convscope: Option<u32>,
        }
        let format =
            |e: serde_json::Error| SceneError::Format { reason: e.to_string(), path: path.into() };
        let version: Version = serde_json::from_str(text).map_err(format)?;
        match version.convscope {
            Some(VERSION) => {}
            Some(found) => return Err(SceneError::Version { found, path: path.into() }),
            None => return Err(SceneError::NoScene { path: path.into() }),
        }
        let file: Self = serde_json::from_str(text).map_err(format)?;
        if file.scenes.is_empty() {
            return Err(SceneError::Empty { path: path.into() });
        }
        file.check_documents(path)?;
        Ok(file)
    }

    fn check_documents(&self, path: &Path) -> Result<(), SceneError> {
        let wrong =
            |id: &DocId| SceneError::Document { document: id.to_string(), path: path.into() };
        if let Some(id) = self.documents.first_false() {
            return Err(wrong(id));
        }
        let is_there = |id: &DocId, kind| {
            self.documents.get(id).is_some_and(|document| document.kind() == kind)
        };
        for (id, kind) in self.scenes.iter().flat_map(Scene::named_documents) {
            if !is_there(&id, kind) {
                return Err(wrong(&id));
            }
        }
        for (id, document) in self.documents.iter() {
            match document {
                Document::Drawing(drawing) => {
                    drawing.check().map_err(|error| SceneError::Format {
                        reason: error.to_string(),
                        path: path.into(),
                    })?;
                }
                Document::Hand(digits) if digits.images().is_none() => return Err(wrong(id)),
                // What is in them is looked at when it is used.
                Document::Hand(_)
                | Document::Paint(_)
                | Document::Edits(_)
                | Document::Picture(_)
                | Document::Trained(_) => {}
            }
        }
        Ok(())
    }
}
