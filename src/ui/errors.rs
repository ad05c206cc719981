//! The window's own errors in Chinese, and errors of every room below in the person's language.

use super::platform::Broken;
use super::platform::offscreen::{OffscreenError, SCALES, SIDES};
use super::scene::{FieldSceneError, LARGEST_WEIGHT, MAX_SCENE_BYTES, SceneError, VERSION};
use super::studio::StudioError;
use super::{FileProblem, NoWindow};
use crate::data::digits;
use crate::locale::{
    AnyError, Lang, Message, Told, count, io_message, message_with, sentence_with, told,
};
use crate::paper::PaperError;
use crate::ui::input::InputError;
use crate::ui::loading::MAX_NETWORK_BYTES;

/// What went wrong, in one sentence.
#[must_use]
pub fn sentence(lang: Lang, error: &AnyError) -> String {
    sentence_with(lang, error, own)
}

/// How an error of the window is told; `None` for those of other rooms.
#[must_use]
pub fn own(error: &AnyError) -> Option<Message> {
    told::<InputError>(error)
        .or_else(|| told::<SceneError>(error))
        .or_else(|| told::<FieldSceneError>(error))
        .or_else(|| told::<FileProblem>(error))
        .or_else(|| told::<StudioError>(error))
        .or_else(|| told::<OffscreenError>(error))
        .or_else(|| told::<NoWindow>(error))
        .or_else(|| told::<Broken>(error))
        .or_else(|| told::<PaperError>(error))
}

impl Told for InputError {
    fn message(&self) -> Message {
        match self {
            Self::NoDigit { index } => Message::new("error-input-no-digit")
                .with("index", index)
                .with("last", digits::COUNT - 1),
            Self::NoDocument { document } => {
                Message::new("error-input-no-document").with("document", document)
            }
            Self::Picture(error) => error.message(),
            Self::Pipeline(error) => error.message(),
        }
    }
}

impl Told for Broken {
    fn message(&self) -> Message {
        Message::new("error-broken")
    }
}

impl Told for SceneError {
    fn message(&self) -> Message {
        let (message, path) = match self {
            Self::File(error) => return error.message(),
            Self::TooLarge { bytes, path } => (
                Message::new("error-scene-too-large")
                    .with("bytes", count((*bytes).into()))
                    .with("limit", count(MAX_SCENE_BYTES.into())),
                path,
            ),
            Self::NoScene { path } => (Message::new("error-scene-no-scene"), path),
            Self::Format { reason, path } => {
                (Message::new("error-scene-format").with("reason", reason), path)
            }
            Self::Version { found, path } => (
                Message::new("error-scene-version").with("found", found).with("version", VERSION),
                path,
            ),
            Self::Empty { path } => (Message::new("error-scene-empty"), path),
            Self::Document { document, path } => {
                (Message::new("error-scene-document").with("document", document), path)
            }
        };
        message.with("path", path.display())
    }
}

impl Told for FileProblem {
    fn message(&self) -> Message {
        let (message, path) = match self {
            Self::File(error) => return error.message(),
            Self::TooLarge { bytes, path } => (
                Message::new("error-network-file-too-large")
                    .with("bytes", count((*bytes).into()))
                    .with("limit", count(MAX_NETWORK_BYTES.into())),
                path,
            ),
            Self::Network { source, path } => {
                (Message::new("error-network-file").with_message("reason", source.message()), path)
            }
            Self::Write { source, path } => {
                (Message::new("error-file-write").with_message("reason", io_message(source)), path)
            }
            Self::Serialise { reason } => {
                return Message::new("error-scene-serialise").with("reason", reason);
            }
        };
        message.with("path", path.display())
    }
}

impl Told for FieldSceneError {
    fn message(&self) -> Message {
        match self {
            Self::Stacks { stacks } => {
                Message::new("error-field-scene-stacks").with("stacks", stacks)
            }
            Self::Stack(error) => {
                Message::new("error-field-scene-stack").with_message("reason", error.message())
            }
            Self::Active { active, stacks } => Message::new("error-field-scene-active")
                .with("active", active)
                .with("stacks", stacks),
            Self::Weight { weight } => Message::new("error-field-scene-weight")
                .with("weight", weight)
                .with("most", LARGEST_WEIGHT),
        }
    }
}

impl Told for StudioError {
    fn message(&self) -> Message {
        match self {
            Self::UnknownNetwork { name } => {
                Message::new("error-unknown-network").with("name", name)
            }
            Self::IllegalDesign => Message::new("error-illegal-design"),
            Self::Scrambled => Message::new("error-scrambled"),
            Self::NoUnit { unit, network } => {
                Message::new("error-scene-no-unit").with("unit", unit).with("network", network)
            }
            Self::SeveralFiles { count } => {
                Message::new("error-several-files").with("count", count)
            }
            Self::NoPictureInClipboard => Message::new("error-no-picture-in-clipboard"),
            Self::SomeScenes { count, files, first } => Message::new("error-some-scenes")
                .with("count", count)
                .with("files", files)
                .with_message("first", first.message()),
            Self::Busy => Message::new("error-busy"),
            Self::TooManyWeights => Message::new("error-too-many-weights"),
            Self::NothingPinned => Message::new("error-nothing-pinned"),
            Self::NumbersHidden => Message::new("error-numbers-hidden"),
            Self::NoShift { text, furthest } => {
                Message::new("error-no-shift").with("text", text).with("furthest", furthest)
            }
            Self::NoTurn { text, most } => {
                Message::new("error-no-turn").with("text", text).with("most", most)
            }
            Self::Clipboard { reason } => Message::new("error-clipboard").with("reason", reason),
        }
    }
}

impl Told for OffscreenError {
    fn message(&self) -> Message {
        let cannot = |reason| Message::new("error-window-not-drawn").with_message("reason", reason);
        match self {
            Self::Late => Message::new("error-offscreen-late"),
            Self::NoGpu(error) => cannot(error.message()),
            Self::Render(error) => cannot(error.message()),
            Self::Size { width, height, scale } => Message::new("error-window-size")
                .with("width", width)
                .with("height", height)
                .with("scale", scale)
                .with("shortest", SIDES.start())
                .with("longest", SIDES.end())
                .with("smallest", SCALES.start())
                .with("largest", SCALES.end()),
            Self::Scene(error) => message_with(&**error, own),
        }
    }
}

impl Told for NoWindow {
    fn message(&self) -> Message {
        Message::new("error-no-window").with("reason", &self.reason)
    }
}
