//! The engine against PyTorch, against its scalar references, and against itself.

mod activations;
mod apart;
mod backward_trace;
mod batch_norm;
mod bundled;
mod checkpoint_folder;
mod digits;
mod dropout;
mod effective;
pub mod fixture;
mod gradients;
pub mod graph;
pub mod image_gradient;
mod lenet;
mod moved;
mod muting;
mod numbers;
mod ops_fixture;
mod optimizers;
mod oracle;
mod overflow;
mod schedules;
mod settings;
mod sliding;
mod training;
mod unit_gradient;
mod weights;
