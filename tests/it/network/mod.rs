//! Shapes, counts and receptive fields against published figures and against brute force.

mod counts;
mod description;
mod fields;
mod handmade;
pub mod made_up;
mod sliding;
pub mod wiring;
