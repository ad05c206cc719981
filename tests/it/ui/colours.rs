//! Colours that mean different things can be told apart, by eyes that lack a cone type too.
//!
//! What such eyes see is simulated by the matrices of Machado, Oliveira and Fernandes, "A
//! Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.0, in
//! linear RGB; differences are those of CIE 1976 (ΔE*ab), where about 2 can just be seen side by side.

use convscope::render::Scale;
use convscope::ui::theme::{Palette, Theme};
use egui::Color32;

type Vector = [f64; 3];
type Matrix = [Vector; 3];

const EYES: [(&str, Matrix); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deutan",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritan",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Ten times what can just be seen: enough for thin lines and numerals that lie apart.
const APART: f64 = 20.0;

fn times(matrix: &Matrix, vector: Vector) -> Vector {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

/// CIE L*a*b* under D65, the white of sRGB (IEC 61966-2-1).
fn lab(eyes: &Matrix, colour: [u8; 3]) -> Vector {
    let linear = colour.map(|level| {
        let v = f64::from(level) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    });
    let seen = times(eyes, linear).map(|v| v.clamp(0.0, 1.0));
    let to_xyz = [
        [0.412_456_4, 0.357_576_1, 0.180_437_5],
        [0.212_672_9, 0.715_152_2, 0.072_175_0],
        [0.019_333_9, 0.119_192_0, 0.950_304_1],
    ];
    let white = times(&to_xyz, [1.0; 3]);
    let xyz = times(&to_xyz, seen);
    let [x, y, z] = [0, 1, 2].map(|i| {
        let t = xyz[i] / white[i];
        let edge: f64 = 6.0 / 29.0;
        if t > edge.powi(3) { t.cbrt() } else { t / (3.0 * edge * edge) + 4.0 / 29.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn difference(eyes: &Matrix, a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (lab(eyes, a), lab(eyes, b));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn rgb(colour: Color32) -> [u8; 3] {
    [colour.r(), colour.g(), colour.b()]
}

fn scale_rgb(scale: Scale, t: f32) -> [u8; 3] {
    let [r, g, b, _] = scale.colour(t).0;
    [r, g, b]
}

/// The simulation against figures that were known before: greys stay what they are, and a red and a
/// green of one lightness run together for two kinds of eyes and not for the others.
#[test]
fn the_simulation_is_that_of_the_paper() {
    for (name, eyes) in &EYES {
        for level in [0, 60, 130, 255] {
            let [_, a, b] = lab(eyes, [level; 3]);
            assert!(a.abs() < 0.05 && b.abs() < 0.05, "{name}: a grey is tinted {a} {b}");
        }
        let mixed = difference(eyes, [0xB3, 0x5A, 0x1E], [0x6E, 0x7A, 0x16]);
        let run_together = ["protan", "deutan"].contains(name);
        assert_eq!(mixed < 15.0, run_together, "{name}: {mixed}");
    }
    // Pure red: L* 53.24, a* 80.09, b* 67.20.
    let [l, a, b] = lab(&EYES[0].1, [255, 0, 0]);
    assert!((l - 53.24).abs() < 0.02 && (a - 80.09).abs() < 0.05 && (b - 67.20).abs() < 0.05);
}

/// Not among them: the error, which always comes with a sign and words, and the accent beside the
/// numerals of negative values, both blue on purpose and never side by side without a frame or a minus sign.
#[test]
fn meanings_can_be_told_apart_by_all_eyes() {
    for theme in Theme::ALL {
        let p: &Palette = theme.palette();
        for (names, a, b) in [
            ("accent and amber", p.accent, p.amber),
            ("accent and positive", p.accent, p.positive),
            ("accent and heat", p.accent, p.heat),
            ("accent and error", p.accent, p.error),
            ("amber and negative", p.amber, p.negative),
            ("amber and positive", p.amber, p.positive),
            ("amber and heat", p.amber, p.heat),
            ("negative and positive", p.negative, p.positive),
            ("negative and heat", p.negative, p.heat),
            ("negative and error", p.negative, p.error),
            ("positive and heat", p.positive, p.heat),
            ("amber and bars", p.amber, p.bar),
            ("accent and bars", p.accent, p.bar),
        ] {
            for (name, eyes) in &EYES {
                let found = difference(eyes, rgb(a), rgb(b));
                assert!(found >= APART, "{theme:?}: {names} are {found:.1} apart for {name} eyes");
            }
        }
    }
}

#[test]
fn scales_keep_their_order_for_all_eyes() {
    for (name, eyes) in &EYES {
        for step in 1..=20u8 {
            let reach = f32::from(step) / 40.0;
            let [low, high] = [0.5 - reach, 0.5 + reach].map(|t| scale_rgb(Scale::Diverging, t));
            let found = difference(eyes, low, high);
            // In proportion to how far the two values lie from zero.
            let floor = 2.0 * APART * f64::from(step) / 20.0;
            assert!(found >= floor, "{name}: ±{reach} are {found:.1} apart, not {floor:.1}");
        }
        let lightness: Vec<f64> = (0..=64u8)
            .map(|i| lab(eyes, scale_rgb(Scale::Sequential, f32::from(i) / 64.0))[0])
            .collect();
        assert!(lightness.is_sorted(), "{name}: viridis grows darker: {lightness:.1?}");
        let (first, last) = (lightness[0], lightness[64]);
        assert!(last - first > 60.0, "{name}: viridis spans {first:.0} to {last:.0}");
    }
}
