//! Files that were dropped, chosen, typed or given on the command line; and what is saved.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Studio, StudioError};
use crate::ui::export::{self, Export};
use crate::ui::loading::network_file;
use crate::ui::scene::{Deck, Documents, InputRef, NetworkRef, Scene, SceneError, SceneFile, View};
use crate::worker::training::DataRef;

impl Studio {
    /// One file of any kind, or several scene files as slides.
    pub(super) fn open_paths(&mut self, paths: Vec<PathBuf>) {
        // The scene outlives the folder that the program was started in.
        let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
        let paths: Vec<PathBuf> = paths.into_iter().map(absolute).collect();
        match paths.as_slice() {
            [] => {}
            [path] => self.open_path(path),
            several if several.iter().all(|path| has_extension(path, "json")) => {
                self.open_slides(several);
            }
            several => self.fail(Arc::new(StudioError::SeveralFiles { count: several.len() })),
        }
    }

    fn open_path(&mut self, path: &Path) {
        if path.is_dir() {
            // A folder holds images to learn from.
            let from = std::mem::replace(&mut self.scene.view, View::Train);
            self.trainings.came_from = Some(from);
            let data = DataRef::Folder(path.into());
            return self.learn_from(data);
        }
        if has_extension(path, "safetensors") {
            self.scene.weights = Some(path.into());
            self.forget_edits();
        } else if has_extension(path, "json") {
            self.open_json(path);
        } else {
            // The file may have changed since it was opened last.
            let reference = InputRef::File { path: path.into(), anyway: false };
            self.sources.retain(|known| !known.reference.same_picture(&reference));
            self.input = self.input.take().filter(|i| !i.source.reference.same_picture(&reference));
            self.set_input(reference);
        }
    }

    fn open_json(&mut self, path: &Path) {
        match SceneFile::read(path) {
            Ok(file) => self.open_scenes(file.scenes, file.documents),
            // Only a scene file says which version it is; anything else should be a network.
            Err(SceneError::NoScene { .. }) => match network_file(path) {
                Ok(_) => self.set_network(NetworkRef::File(path.into())),
                Err(error) => self.fail(error),
            },
            Err(error) => self.fail(Arc::new(error)),
        }
    }

    fn open_slides(&mut self, paths: &[PathBuf]) {
        let mut scenes = Vec::new();
        let mut documents = Documents::default();
        let mut bad = Vec::new();
        for path in paths {
            match SceneFile::read(path) {
                Ok(file) => {
                    scenes.extend(file.scenes);
                    documents.merge(file.documents);
                }
                Err(error) => bad.push(error),
            }
        }
        self.open_scenes(scenes, documents);
        let (count, files) = (bad.len(), paths.len());
        if let Some(first) = bad.into_iter().next() {
            let first = Box::new(first);
            self.fail(Arc::new(StudioError::SomeScenes { count, files, first }));
        }
    }

    /// One scene is a view, several are slides.
    pub(super) fn open_scenes(&mut self, scenes: Vec<Scene>, documents: Documents) {
        self.documents.merge(documents);
        let Some(first) = scenes.first().cloned() else { return };
        // One scene is a view of its own: the slides before it are put away.
        self.deck = if scenes.len() > 1 { Deck::new(scenes) } else { Deck::default() };
        self.enter(first);
    }

    /// Slides and documents that were open when the program ended last.
    pub fn bring_back(&mut self, deck: Deck, documents: Documents) {
        self.documents.merge(documents);
        self.deck = deck;
    }

    /// The scene as a file; with slides, all of them.
    #[must_use]
    pub fn scene_file(&self) -> SceneFile {
        if self.deck.is_empty() {
            SceneFile::new(vec![self.scene.clone()], &self.documents)
        } else {
            SceneFile::new(self.deck.slides().to_vec(), &self.documents)
        }
    }

    /// Saves what is on screen; with slides, as the slide that is shown.
    pub(super) fn save(&mut self, to: Option<PathBuf>) {
        if self.loading.is_saving() {
            return self.fail(Arc::new(StudioError::Busy));
        }
        self.dialog = None;
        self.deck.replace(self.scene.clone());
        self.loading.save_scene(self.scene_file(), to);
    }

    pub(super) fn export(&mut self, export: Export) {
        if self.loading.is_saving() {
            return self.fail(Arc::new(StudioError::Busy));
        }
        self.dialog = None;
        if self.hides_what(export.what) {
            return self.fail(Arc::new(StudioError::NumbersHidden));
        }
        match export::prepare(self, export) {
            Some(job) => self.loading.export(job),
            None => self.fail(Arc::new(StudioError::NothingPinned)),
        }
    }
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}
