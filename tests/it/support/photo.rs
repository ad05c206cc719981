//! Photographs of handwritten digits, made from bundled ones: dark ink on off-white paper, tilted,
//! in strong uneven light, with a shadow at an edge, grain and JPEG artefacts.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

/// Rows and columns of a photograph.
pub const HEIGHT: u32 = 800;
pub const WIDTH: u32 = 600;

const SIDE: usize = 28;

/// Steps of splitmix64: the same photographs on every machine.
pub struct Rng(pub u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Roughly normal, standard deviation 1: the sum of four uniform numbers of 16 bits.
    fn normal(&mut self) -> f32 {
        let bits = self.next();
        let sum: u64 = (0..4).map(|part| bits >> (16 * part) & 0xffff).sum();
        (sum as f32 / 65536.0 - 2.0) * 3f32.sqrt()
    }
}

/// Everything about one photograph but the digit.
pub struct Scene {
    /// The side of the digit's 28×28 square, in pixels, and its middle (row, column).
    pub size: f32,
    pub middle: [f32; 2],
    /// Radians.
    pub tilt: f32,
    paper: [f32; 3],
    ink: [f32; 3],
    /// The light falls off to this part over the picture, in the direction `fall_towards`.
    darkest: f32,
    fall_towards: f32,
    /// A straight shadow covers this part of the picture from one of the four edges.
    shadow: f32,
    shadow_edge: usize,
    shade: f32,
    grain: f32,
    quality: u8,
}

impl Scene {
    /// The scene number `seed`: the digit small in the frame, tilted by up to 12°.
    pub fn new(seed: u64) -> Self {
        let mut rng = Rng(seed.wrapping_mul(0x5851_F42D_4C95_7F2D));
        let warm = rng.between(0.0, 0.12);
        let dark = rng.between(0.12, 0.34);
        Self {
            size: rng.between(110.0, 300.0),
            middle: [rng.between(300.0, 500.0), rng.between(240.0, 360.0)],
            tilt: rng.between(-12.0, 12.0).to_radians(),
            paper: [0.94, 0.93 - warm / 2.0, 0.92 - warm],
            ink: [dark, dark, dark + rng.between(0.0, 0.2)],
            darkest: rng.between(0.35, 0.6),
            fall_towards: rng.between(0.0, std::f32::consts::TAU),
            shadow: rng.between(0.04, 0.16),
            shadow_edge: rng.between(0.0, 3.99) as usize,
            shade: rng.between(0.5, 0.75),
            grain: rng.between(0.008, 0.025),
            quality: rng.between(50.0, 85.0) as u8,
        }
    }

    /// How much light falls on (row, column).
    fn light(&self, y: f32, x: f32) -> f32 {
        let (height, width) = (HEIGHT as f32, WIDTH as f32);
        let (sin, cos) = self.fall_towards.sin_cos();
        let along = ((x / width - 0.5) * cos + (y / height - 0.5) * sin) / (cos.abs() + sin.abs());
        let falloff = 1.0 + (self.darkest - 1.0) * (along + 0.5);
        let from_edge = [y / height, x / width, 1.0 - y / height, 1.0 - x / width];
        // Soft over eight pixels.
        let lit = (from_edge[self.shadow_edge] - self.shadow) * height / 8.0;
        falloff * (self.shade + (1.0 - self.shade) * lit.clamp(0.0, 1.0))
    }

    /// How much ink is at (row, column): 0 paper, 1 full.
    fn ink_at(&self, digit: &[u8], y: f32, x: f32) -> f32 {
        let (sin, cos) = self.tilt.sin_cos();
        let (y, x) = (y - self.middle[0], x - self.middle[1]);
        let scale = SIDE as f32 / self.size;
        let middle = SIDE as f32 / 2.0 - 0.5;
        let smooth = bilinear(
            digit,
            (y * cos - x * sin) * scale + middle,
            (y * sin + x * cos) * scale + middle,
        );
        // A pen's edge is sharper than 28 pixels can show.
        ((smooth - 0.3) / 0.4).clamp(0.0, 1.0)
    }
}

fn bilinear(digit: &[u8], y: f32, x: f32) -> f32 {
    let at = |y: i32, x: i32| {
        let inside = (0..SIDE as i32).contains(&y) && (0..SIDE as i32).contains(&x);
        if inside { f32::from(digit[y as usize * SIDE + x as usize]) / 255.0 } else { 0.0 }
    };
    let (top, left) = (y.floor(), x.floor());
    let (dy, dx) = (y - top, x - left);
    let (top, left) = (top as i32, left as i32);
    let row = |y: i32| at(y, left) * (1.0 - dx) + at(y, left + 1) * dx;
    row(top) * (1.0 - dy) + row(top + 1) * dy
}

/// A JPEG file showing `digit` (28×28, ink 255) in scene number `seed`.
pub fn photographed(digit: &[u8], seed: u64) -> Vec<u8> {
    photographed_all(&[(digit, Scene::new(seed))], seed)
}

/// A JPEG file showing several digits on one sheet, in the light of the first one's scene. Without
/// any the sheet is empty.
pub fn photographed_all(digits: &[(&[u8], Scene)], seed: u64) -> Vec<u8> {
    let own = Scene::new(seed);
    let scene = digits.first().map_or(&own, |(_, scene)| scene);
    let mut rng = Rng(seed ^ 0xA5A5_A5A5);
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (y, x) = (y as f32, x as f32);
        let ink = digits.iter().map(|(d, s)| s.ink_at(d, y, x)).fold(0.0, f32::max);
        let light = scene.light(y, x);
        Rgb([0, 1, 2].map(|c| {
            let colour = scene.paper[c] * (1.0 - ink) + scene.ink[c] * ink;
            ((colour * light + scene.grain * rng.normal()) * 255.0).clamp(0.0, 255.0) as u8
        }))
    });
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, scene.quality)
        .encode_image(&picture)
        .expect("memory takes any file");
    file
}
