//! What several test modules share.

use convscope::data::Picture;

pub mod line;
pub mod photo;

/// A square picture over grey bytes, row by row.
pub fn grey_picture(side: usize, grey: &[u8]) -> Picture {
    let rgb = grey.iter().flat_map(|&value| [value; 3]).collect();
    Picture::from_rgb(side, side, rgb).expect("a square")
}
