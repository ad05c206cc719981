//! What a network **is**: plain data, and everything that follows from it without running it.
//!
//! A [`Network`] is a directed acyclic graph of named nodes; a node is one operation and an optional
//! activation. Shapes ([`shape`]), wiring ([`connectivity`]), exact counts as formulas ([`cost`],
//! [`formula`]) and receptive fields ([`receptive`]) are derived from it, for every architecture by
//! the same code.

pub mod connect;
pub mod connectivity;
pub mod cost;
pub mod design;
pub mod formula;
mod graph;
pub mod handmade;
mod layer;
pub mod receptive;
pub mod shape;
mod sliding;
pub mod stack;
pub mod wiring;
pub mod zoo;

pub use formula::Formula;
pub use graph::{Arity, Domain, MAX_NODES, Network, NetworkError, Node, ReadError};
pub use layer::{
    Activation, Channels, Conv, Layer, Linear, Local, Lrn, Padding, Pool, PoolExtent, Rbf,
    SCALED_TANH_AMPLITUDE, SCALED_TANH_SLOPE, Window,
};
pub use receptive::Field;
pub use shape::ShapeProblem;

/// Channels, height and width of what a node computes.
pub type Shape = [usize; 3];

/// Channel, row and column of one unit, each counted from 0.
pub type Unit = [usize; 3];
