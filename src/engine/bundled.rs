//! The weights that are part of the program: `models/<zoo name>.safetensors`.

use std::path::Path;

use super::weight_file;
use crate::array::Weights;
use crate::network::zoo;

macro_rules! model {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../models/", $name, ".safetensors")).as_slice())
    };
}

const FILES: [(&str, &[u8]); 2] = [model!("lenet5"), model!("lenet5-modern")];

/// The bundled weights of a network of the zoo, where there are some.
#[must_use]
pub fn weights(name: &str) -> Option<Weights> {
    let (_, bytes) = FILES.iter().find(|(known, _)| *known == name)?;
    // A test reads every file; one that could not be read would count as missing.
    weight_file::parse(bytes, &zoo::find(name)?, Path::new(name)).ok()
}
