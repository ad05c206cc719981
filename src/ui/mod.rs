//! The window. A view draws the state and pushes actions; only [`studio::Studio`] changes it.

pub mod action;
mod app;
mod cover;
mod dialogs;
pub mod errors;
pub mod export;
pub mod frame;
mod glossary;
mod glyphs;
pub mod input;
mod keys;
pub mod lectures;
mod loading;
pub mod navigate;
pub mod platform;
pub mod remembered;
pub mod replay;
pub mod scene;
pub mod session;
pub mod settings;
mod sheet;
pub mod story;
pub mod studio;
pub mod theme;
mod undo;
pub mod views;
pub mod widgets;

pub use app::{NoWindow, Options, prepare, run};
pub use loading::FileProblem;
