//! Digits, idx files, pictures and their preprocessing.

mod bad_pictures;
mod digits;
mod idx;
mod picture;
mod pipeline;
mod reading;
mod verdict;
