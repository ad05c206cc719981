//! Shapes, counts and receptive fields against published figures and against brute force.

mod connect;
mod counts;
mod description;
mod design;
mod energy;
mod fields;
mod handmade;
pub mod made_up;
mod paths;
mod probing;
mod sliding;
mod stack;
pub mod wiring;
