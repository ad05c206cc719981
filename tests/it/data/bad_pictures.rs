//! Everything that is no picture, or not one that can be read: a sentence, quickly, in little memory.

use std::fs;
use std::path::{Path, PathBuf};

use convscope::data::{FileError, PictureError, picture};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

fn error(bytes: &[u8]) -> PictureError {
    let error = picture::decode(bytes, Path::new("some/file.png")).unwrap_err();
    assert!(error.to_string().ends_with("some/file.png"), "{error}");
    error
}

fn path() -> PathBuf {
    "some/file.png".into()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(&vec![90; (width * height) as usize], width, height, ExtendedColorType::L8)
        .unwrap();
    file
}

/// The header of an 8-bit RGB picture of any size, its checksum right, with no data behind it.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 2, 0, 0, 0]);
    let mut sum = flate2::Crc::new();
    sum.update(&chunk);
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    file.extend(&chunk);
    file.extend(sum.sum().to_be_bytes());
    file.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    file
}

#[test]
fn nothing_and_text() {
    assert_eq!(error(b""), PictureError::Empty { path: path() });
    assert_eq!(error(b"hello"), PictureError::NotAPicture { path: path() });
    assert_eq!(error(b"\0"), PictureError::NotAPicture { path: path() });
}

#[test]
fn a_header_that_promises_sixty_thousand_squared() {
    let bomb = png_header(60_000, 60_000);
    let (width, height) = (60_000, 60_000);
    assert_eq!(error(&bomb), PictureError::TooManyPixels { width, height, path: path() });
}

#[test]
fn formats_that_are_known_but_not_read_are_named() {
    for (start, name) in [
        (b"\0\0\0\x18ftypheic\0\0\0\0".as_slice(), "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0", "HEIC"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "AVIF"),
        (b"\0\0\0\x20ftypisom\0\0\0\0", "video"),
        (b"%PDF-1.7", "PDF"),
        (b"<svg xmlns=''/>", "SVG"),
        (b"\xff\x0a\0\0", "JPEG XL"),
    ] {
        let format = name.to_owned();
        let error = error(start);
        assert_eq!(error, PictureError::Unsupported { format, path: path() });
        assert!(error.to_string().contains("save it as JPEG or PNG"));
    }
}

#[test]
fn files_cut_off_anywhere_are_refused() {
    let mut jpeg = Vec::new();
    let pixels: Vec<u8> = (0..64 * 64 * 3).map(|i| (i * 31) as u8).collect();
    JpegEncoder::new(&mut jpeg).encode(&pixels, 64, 64, ExtendedColorType::Rgb8).unwrap();
    for file in [png(40, 30), jpeg] {
        for part in 1..20 {
            let end = file.len() * part / 20;
            let error = error(&file[..end]);
            assert!(!matches!(error, PictureError::File(_)), "{error}");
        }
    }
    let jpeg_start = b"\xff\xd8\xff\xe0\0\x10JFIF";
    assert_eq!(error(jpeg_start), PictureError::Truncated { path: path() });
    assert_eq!(error(&png(40, 30)[..60]), PictureError::Truncated { path: path() });
}

#[test]
fn damage_of_any_byte_is_an_error_or_a_picture_but_no_panic() {
    let mut jpeg = Vec::new();
    JpegEncoder::new(&mut jpeg).encode(&[120; 192], 8, 8, ExtendedColorType::Rgb8).unwrap();
    for file in [png(9, 7), jpeg] {
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 0x55;
            let _ = picture::decode(&damaged, Path::new("x"));
        }
    }
}

#[test]
fn what_is_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_path_buf();
    assert_eq!(picture::open(&path), Err(FileError::Folder { path: path.clone() }.into()));
    let none = path.join("none.png");
    assert_eq!(picture::open(&none), Err(FileError::Missing { path: none.clone() }.into()));
}

#[cfg(unix)]
#[test]
fn what_unix_knows_besides_files() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::PermissionsExt as _;

    let device = PathBuf::from("/dev/zero");
    assert_eq!(picture::open(&device), Err(FileError::Special { path: device.clone() }.into()));

    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff\xfe.png"));
    fs::write(&odd, png(3, 2)).unwrap();
    assert_eq!(picture::open(&odd).unwrap().width(), 3);
    fs::write(&odd, b"hello").unwrap();
    let error = picture::open(&odd).unwrap_err();
    assert!(error.to_string().contains("not a picture"), "{error}");

    let locked = folder.path().join("locked.png");
    fs::write(&locked, png(3, 2)).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything.
    if fs::File::open(&locked).is_err() {
        let error = picture::open(&locked).unwrap_err();
        assert_eq!(error, FileError::Permission { path: locked }.into());
    }
}

#[test]
fn a_file_too_large_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.png");
    // Sparse: takes no space.
    fs::File::create(&path).unwrap().set_len(600 << 20).unwrap();
    assert_eq!(
        picture::open(&path),
        Err(FileError::TooLarge { bytes: 600 << 20, path: path.clone() }.into())
    );
}
