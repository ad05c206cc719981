//! What cannot be done, as a person is told.

use crate::ui::scene::SceneError;

/// What cannot be done with the scene as it is.
#[derive(Debug, thiserror::Error)]
pub enum StudioError {
    #[error("there is no network {name} in the zoo; choose one from the list above the figure")]
    UnknownNetwork { name: String },
    #[error(
        "the scene trains a network with a layer that cannot be; LeNet-5 modern is there instead, and its \
         layers can be edited"
    )]
    IllegalDesign,
    #[error(
        "this network has learned scrambled pixels, and the Step view shows pictures as they are; open \
         one that learned from whole ones"
    )]
    Scrambled,
    #[error("the scene pins {unit}, which {network} does not have; another unit is pinned instead")]
    NoUnit { unit: String, network: String },
    #[error("{count} files at once cannot be opened; open one, or several scene files as slides")]
    SeveralFiles { count: usize },
    #[error("{count} of {files} scene files cannot be opened; the first: {first}")]
    SomeScenes { count: usize, files: usize, first: Box<SceneError> },
    #[error("there is no picture in the clipboard; copy one first")]
    NoPictureInClipboard,
    #[error(
        "something is still being saved or copied; wait until that is done, or close its dialog"
    )]
    Busy,
    #[error(
        "this network has more weights than a scene can hold; save them in a file and open that"
    )]
    TooManyWeights,
    #[error("nothing is pinned that could be copied or saved; click a unit first")]
    NothingPinned,
    #[error(
        "these numbers are still to be guessed; show them first, with the question mark or the next slide"
    )]
    NumbersHidden,
    #[error(
        "the digit can be moved by a whole number from −{furthest} to {furthest}, not by “{text}”"
    )]
    NoShift { text: String, furthest: i32 },
    #[error("the weight can be turned by a number from −{most} to {most}, not by “{text}”")]
    NoTurn { text: String, most: f32 },
    #[error("the clipboard cannot be used ({reason}); save the picture and open the file")]
    Clipboard { reason: String },
}
