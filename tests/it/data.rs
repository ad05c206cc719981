//! Digits, idx files, pictures and their preprocessing.

mod bad_pictures;
mod digits;
mod drawing;
mod idx;
mod image_folder;
mod overview;
mod picture;
mod pipeline;
mod placement;
mod reading;
mod set;
mod verdict;
