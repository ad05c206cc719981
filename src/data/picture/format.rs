//! What a file is, by its first bytes: names lie.

use image::ImageFormat;

/// The format of the bytes: readable, known but not readable (by name), or unknown.
pub(super) enum Guess {
    Readable(ImageFormat, &'static str),
    Refused(&'static str),
    Unknown,
}

const READABLE: [(ImageFormat, &str); 7] = [
    (ImageFormat::Bmp, "BMP"),
    (ImageFormat::Gif, "GIF"),
    (ImageFormat::Jpeg, "JPEG"),
    (ImageFormat::Png, "PNG"),
    (ImageFormat::Pnm, "PNM"),
    (ImageFormat::Tiff, "TIFF"),
    (ImageFormat::WebP, "WebP"),
];

/// First bytes of other files that people take for pictures.
const REFUSED: [(&[u8], &str); 8] = [
    (b"%PDF", "PDF"),
    (b"8BPS", "Photoshop"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG and other XML"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\x93NUMPY", "NumPy"),
];

pub(super) fn guess(bytes: &[u8]) -> Guess {
    if let Some(format) = iso_media(bytes) {
        return Guess::Refused(format);
    }
    if let Some((_, name)) = REFUSED.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Guess::Refused(name);
    }
    let Ok(format) = image::guess_format(bytes) else {
        return Guess::Unknown;
    };
    match READABLE.iter().find(|(readable, _)| *readable == format) {
        Some((_, name)) => Guess::Readable(format, name),
        None => Guess::Refused(format.extensions_str().first().copied().unwrap_or("such")),
    }
}

/// HEIC, AVIF and films share a container: a box `ftyp`, then the brand.
fn iso_media(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    Some(match bytes.get(8..12)? {
        b"avif" | b"avis" => "AVIF",
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => "HEIC",
        _ => "video",
    })
}

/// Whether a JPEG stops before its end marker. The decoder fills the rest with grey and says
/// nothing.
pub(super) fn jpeg_is_cut_off(bytes: &[u8]) -> bool {
    let Some(scan) = first_scan(bytes) else {
        return true;
    };
    !bytes[scan..].windows(2).any(|pair| pair == [0xff, 0xd9])
}

/// Where the first scan's data begins. Segments are skipped by their lengths, since a preview in
/// one of them has an end marker of its own.
fn first_scan(bytes: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if bytes[at] != 0xff {
            return None;
        }
        match marker {
            // Fill bytes, and markers without a segment.
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            _ => {
                let length =
                    usize::from(*bytes.get(at + 2)?) << 8 | usize::from(*bytes.get(at + 3)?);
                at += 2 + length;
                if marker == 0xda {
                    return (at <= bytes.len()).then_some(at);
                }
            }
        }
    }
}
