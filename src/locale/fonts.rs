//! The fonts that ship with the application, for the window and for paper: Inter for text, JetBrains
//! Mono for numbers, Noto Sans SC for Chinese. System fonts are never used, so a text looks the same
//! everywhere.

macro_rules! font {
    ($file:literal) => {
        ($file, include_bytes!(concat!("../../assets/fonts/", $file)).as_slice())
    };
}

/// Name and bytes of every font. Noto comes last: its ×, ≤ and √ are wide Chinese forms, so it is asked
/// only for what the others lack.
pub static FILES: [(&str, &[u8]); 6] = [
    font!("Inter-Regular.otf"),
    font!("Inter-SemiBold.otf"),
    font!("Inter-Bold.otf"),
    font!("JetBrainsMono-Regular.ttf"),
    font!("JetBrainsMono-Bold.ttf"),
    font!("NotoSansSC-Regular.otf"),
];
