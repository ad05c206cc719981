//! What is shown, as plain data: saved, undone, rendered to a file, tested (contract §8).
//!
//! Language, theme and scale are settings and no part of it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::network::Unit;

/// The number that scene files carry.
pub const VERSION: u32 = 1;
/// A scene file holds text; a larger one is refused before it is read.
pub const MAX_SCENE_BYTES: u64 = 16 << 20;

/// A scene file: one view, or several as slides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneFile {
    pub convscope: u32,
    pub scenes: Vec<Scene>,
    /// Drawings and edits by content hash; none exist yet, and one that does is of a later version.
    #[serde(default)]
    pub documents: Documents,
}

/// The documents of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {}

/// Everything a person has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scene {
    pub view: View,
    pub network: NetworkRef,
    /// A weight file; none means the bundled weights.
    pub weights: Option<PathBuf>,
    pub input: InputRef,
    pub pin: Option<Pin>,
    /// Where the pin came from, oldest first, when terms have been followed.
    pub trail: Vec<Pin>,
    pub camera: Camera,
    pub range: RangeChoice,
    /// Signed maps on a diverging scale, instead of all on the sequential one.
    pub diverging: bool,
    /// The map whose cells are enlarged.
    pub loupe: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    #[default]
    Step,
}

/// A zoo name, or a file with a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkRef {
    Zoo(String),
    File(PathBuf),
}

/// What the network looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputRef {
    /// A bundled digit.
    Digit(usize),
    /// A picture; `anyway` when the person has said that it is to be fed although it looks like no
    /// digit.
    File { path: PathBuf, anyway: bool },
}

/// The unit whose story is told, by the node's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    pub node: String,
    pub unit: Unit,
}

/// Where the figure is seen from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Camera {
    /// The whole figure.
    #[default]
    Fit,
    /// Points per unit of the figure, and the figure's point in the middle of the view.
    At { scale: f32, centre: [f32; 2] },
}

/// Over what the colour scale of activations spans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeChoice {
    Map,
    #[default]
    Layer,
    Network,
}

impl RangeChoice {
    pub const ALL: [Self; 3] = [Self::Map, Self::Layer, Self::Network];
}

/// The digit of the first start: one of the test split, which the bundled weights have not seen.
pub const FIRST_DIGIT: usize = 4_672;

impl Default for Scene {
    /// LeNet-5 of 1998 looks at a digit, and a unit of C3 tells its story.
    fn default() -> Self {
        Self {
            view: View::Step,
            network: NetworkRef::Zoo("lenet5".into()),
            weights: None,
            input: InputRef::Digit(FIRST_DIGIT),
            pin: Some(Pin { node: "C3".into(), unit: [7, 4, 6] }),
            trail: Vec::new(),
            camera: Camera::Fit,
            range: RangeChoice::Layer,
            diverging: false,
            loupe: false,
        }
    }
}

/// Why a scene cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    #[error("cannot read the scene ({source}): {path}")]
    Read { source: std::io::Error, path: PathBuf },
    #[error("a scene file may have {MAX_SCENE_BYTES} bytes, this one has {bytes}: {path}")]
    TooLarge { bytes: u64, path: PathBuf },
    #[error(
        "this is not a scene that can be read ({reason}); save it again with Convscope: {path}"
    )]
    Format { reason: String, path: PathBuf },
    #[error("the scene was saved by another version ({found}, this one reads {VERSION}): {path}")]
    Version { found: u32, path: PathBuf },
    #[error("the file holds no scene: {path}")]
    Empty { path: PathBuf },
}

impl SceneFile {
    /// A file with these scenes.
    #[must_use]
    pub fn new(scenes: Vec<Scene>) -> Self {
        Self { convscope: VERSION, scenes, documents: Documents {} }
    }

    /// Reads a scene file.
    ///
    /// # Errors
    /// A file that is missing, too large, of another version, or with an unknown field.
    pub fn read(path: &std::path::Path) -> Result<Self, SceneError> {
        let fail = |source| SceneError::Read { source, path: path.into() };
        let bytes = std::fs::metadata(path).map_err(fail)?.len();
        if bytes > MAX_SCENE_BYTES {
            return Err(SceneError::TooLarge { bytes, path: path.into() });
        }
        let text = std::fs::read_to_string(path).map_err(fail)?;
        Self::parse(&text, path)
    }

    /// The scenes in `text`; `path` only serves the messages.
    ///
    /// # Errors
    /// As [`SceneFile::read`].
    pub fn parse(text: &str, path: &std::path::Path) -> Result<Self, SceneError> {
        /// Only the version: the fields of another version may be unknown.
        #[derive(Deserialize)]
        struct Version {
            convscope: u32,
        }
        let format =
            |e: serde_json::Error| SceneError::Format { reason: e.to_string(), path: path.into() };
        let version: Version = serde_json::from_str(text).map_err(format)?;
        if version.convscope != VERSION {
            return Err(SceneError::Version { found: version.convscope, path: path.into() });
        }
        let file: Self = serde_json::from_str(text).map_err(format)?;
        if file.scenes.is_empty() {
            return Err(SceneError::Empty { path: path.into() });
        }
        Ok(file)
    }
}
