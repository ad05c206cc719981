//! The bundled digits as examples, read with as little code as possible.

use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use convscope::engine::examples::{GreyImages, digit_value};
use flate2::read::GzDecoder;

static PIXELS: LazyLock<Vec<u8>> = LazyLock::new(|| unpacked("images-idx3-ubyte.gz", 16));
static LABELS: LazyLock<Vec<u8>> = LazyLock::new(|| unpacked("labels-idx1-ubyte.gz", 8));

/// An idx file's bytes behind its header.
fn unpacked(name: &str, header: usize) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/digits").join(name);
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    bytes.split_off(header)
}

/// Digits `first..first + count`, as the LeNets want them.
pub fn digits(first: usize, count: usize) -> GreyImages<'static> {
    let pixels = &PIXELS[first * 784..][..count * 784];
    let labels = &LABELS[first..][..count];
    GreyImages::new([28, 28], pixels, labels, [1, 32, 32], digit_value).unwrap()
}
