//! What is remembered between two starts: the scene, the slides, the documents that they name.

use std::path::Path;

use super::scene::{Deck, Documents, InputRef, NetworkRef, Scene, SceneError, SceneFile};
use super::studio::Studio;

/// What was open when the program ended last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Last {
    pub scene: Scene,
    pub deck: Deck,
    pub documents: Documents,
}

/// The scene, then the slides, as a scene file. A file name that cannot be written as text is left out.
#[must_use]
pub fn text_of(studio: &Studio) -> Option<String> {
    let mut scenes = vec![studio.scene.clone()];
    scenes.extend_from_slice(studio.deck.slides());
    let file = SceneFile::new(scenes, &studio.documents);
    if let Ok(text) = serde_json::to_string(&file) {
        return Some(text);
    }
    let scenes = file.scenes.into_iter().map(without_odd_names).collect();
    serde_json::to_string(&SceneFile::new(scenes, &studio.documents)).ok()
}

/// A path that is no text cannot stand in JSON: the first picture, network and weights stand in.
fn without_odd_names(mut scene: Scene) -> Scene {
    let odd = |path: &Path| path.to_str().is_none();
    let first = Scene::default();
    if matches!(&scene.input, InputRef::File { path, .. } if odd(path)) {
        scene.input = first.input;
    }
    if matches!(&scene.network, NetworkRef::File(path) if odd(path)) {
        scene.network = first.network;
    }
    scene.weights = scene.weights.filter(|path| !odd(path));
    scene.beside = scene
        .beside
        .filter(|beside| !matches!(&beside.input, InputRef::File { path, .. } if odd(path)));
    scene
}

/// What [`text_of`] wrote, with the slide at `place` shown.
///
/// # Errors
/// A text of another version, or one that was damaged.
pub fn recall(text: &str, place: usize) -> Result<Last, SceneError> {
    let file = SceneFile::parse(text, Path::new("the last session"))?;
    let mut scenes = file.scenes.into_iter();
    // A scene file holds at least one scene.
    let scene = scenes.next().unwrap_or_default();
    let deck = Deck::new(scenes.collect()).showing(place);
    Ok(Last { scene, deck, documents: file.documents })
}
