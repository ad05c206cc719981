//! The Step view: the network as a figure, from the image to the answer.

mod badges;
mod camera;
mod canvas;
mod fields;
pub mod figure;
mod heading;
mod links;
mod loupe;
mod maps;
mod scores;

pub use canvas::show;
