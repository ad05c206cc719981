//! The engine against PyTorch, against its scalar references, and against itself.

mod fixture;
mod lenet;
