//! Pictures: every shader against its twin, and what happens without a GPU or when it goes away.
//!
//! These tests need an adapter with compute and fail without one; on a machine without a GPU install
//! `mesa-vulkan-drivers`, whose llvmpipe is enough. Set `LP_NUM_THREADS=1`: otherwise llvmpipe takes
//! every core for itself while the other tests want them too.

use std::sync::LazyLock;

use convscope::render::{Gpu, Image};

mod device;
mod feature_map;
mod field_overlay;
mod scale;
mod shaders;
mod wiring;

/// One device for all tests; opening one takes longer than any picture.
static GPU: LazyLock<Gpu> = LazyLock::new(own_gpu);

fn own_gpu() -> Gpu {
    Gpu::headless().unwrap_or_else(|error| {
        panic!("these tests need a GPU with compute ({error}); apt install mesa-vulkan-drivers")
    })
}

/// Fails unless every channel of every pixel agrees to within one level.
#[track_caller]
fn assert_same(gpu: &Image, twin: &Image, what: &str) {
    assert_eq!((gpu.width, gpu.height), (twin.width, twin.height), "{what}: size");
    let differs = |(a, b): (&u8, &u8)| a.abs_diff(*b) > 1;
    if let Some(byte) = gpu.rgba.iter().zip(&twin.rgba).position(differs) {
        let (x, y) = (byte as u32 / 4 % gpu.width, byte as u32 / 4 / gpu.width);
        panic!("{what}: pixel {x},{y} is {:?}, twin {:?}", gpu.pixel(x, y), twin.pixel(x, y));
    }
}
