//! Unusual pictures that are read all the same.

use std::io::Cursor;
use std::path::Path;

use convscope::data::{Picture, picture};
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{
    DynamicImage, Frame, ImageBuffer, ImageEncoder as _, ImageFormat, Luma, Rgba, RgbaImage,
};

fn decode(bytes: &[u8]) -> Picture {
    picture::decode(bytes, Path::new("x")).unwrap()
}

fn save(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn pixel(picture: &Picture, x: usize, y: usize) -> [u8; 3] {
    picture.rgb().as_chunks().0[y * picture.width() + x]
}

fn close(found: [u8; 3], expected: [u8; 3]) {
    let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 16);
    assert!(near, "{found:?} is not {expected:?}");
}

#[test]
fn one_pixel() {
    let picture =
        decode(&save(RgbaImage::from_pixel(1, 1, Rgba([1, 2, 3, 255])), ImageFormat::Png));
    assert_eq!((picture.width(), picture.height(), picture.rgb()), (1, 1, [1, 2, 3].as_slice()));
    assert_eq!(picture.to_array().shape(), [3, 1, 1]);
}

#[test]
fn transparent_pictures_lie_on_white() {
    let picture = decode(&save(
        RgbaImage::from_fn(3, 1, |x, _| Rgba([0, 100, 0, [0, 128, 255][x as usize]])),
        ImageFormat::Png,
    ));
    assert!(picture.origin.transparent);
    assert_eq!(pixel(&picture, 0, 0), [255; 3]);
    close(pixel(&picture, 1, 0), [127, 177, 127]);
    assert_eq!(pixel(&picture, 2, 0), [0, 100, 0]);
}

#[test]
fn sixteen_bits() {
    let deep: ImageBuffer<Luma<u16>, _> =
        ImageBuffer::from_fn(2, 1, |x, _| Luma([[0, 0x8000][x as usize]]));
    for format in [ImageFormat::Png, ImageFormat::Tiff] {
        let picture = decode(&save(deep.clone(), format));
        assert_eq!((pixel(&picture, 0, 0), pixel(&picture, 1, 0)), ([0; 3], [128; 3]));
    }
}

/// The file was made by Pillow: `im = Image.new("CMYK", (16, 16), (0, 255, 255, 0));
/// im.paste((0, 0, 0, 255), (8, 0, 16, 16)); im.paste((0, 0, 0, 0), (0, 8, 8, 16));
/// im.save("cmyk.jpg", quality=90, optimize=True)`.
#[test]
fn a_jpeg_in_printing_inks() {
    let picture = decode(include_bytes!("../../fixtures/cmyk.jpg"));
    close(pixel(&picture, 3, 3), [255, 0, 0]);
    close(pixel(&picture, 12, 3), [0, 0, 0]);
    close(pixel(&picture, 3, 12), [255, 255, 255]);
}

#[test]
fn the_first_frame_of_an_animation() {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new(&mut file);
    for colour in [[255, 0, 0, 255], [0, 0, 255, 255]] {
        encoder.encode_frame(Frame::new(RgbaImage::from_pixel(4, 4, Rgba(colour)))).unwrap();
    }
    drop(encoder);
    close(pixel(&decode(&file), 2, 2), [255, 0, 0]);
}

#[test]
fn the_content_decides_not_the_name() {
    let jpeg = save(DynamicImage::new_rgb8(5, 4), ImageFormat::Jpeg);
    let picture = picture::decode(&jpeg, Path::new("really.png")).unwrap();
    assert_eq!(picture.origin.format, Some("JPEG"));
    for format in [ImageFormat::Bmp, ImageFormat::Gif, ImageFormat::Pnm, ImageFormat::WebP] {
        assert_eq!(decode(&save(DynamicImage::new_rgb8(5, 4), format)).width(), 5);
    }
}

#[test]
fn a_camera_held_upright() {
    // EXIF in TIFF's big-endian form, one entry: orientation (0x112), type 3, count 1, value 6: "turn
    // right to see it upright".
    let exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let lying =
        image::RgbImage::from_fn(32, 16, |x, _| image::Rgb([if x < 16 { 0 } else { 255 }; 3]));
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new(&mut file);
    encoder.set_exif_metadata(exif.to_vec()).unwrap();
    encoder.encode_image(&lying).unwrap();
    let picture = decode(&file);
    assert!(picture.origin.turned);
    assert_eq!((picture.width(), picture.height()), (16, 32));
    close(pixel(&picture, 8, 4), [0; 3]);
    close(pixel(&picture, 8, 28), [255; 3]);
}

#[test]
fn a_large_picture_becomes_a_smaller_array() {
    let mut rgb = vec![0; 5000 * 3 * 3];
    rgb[0] = 255;
    let array = Picture::from_rgb(5000, 3, rgb).unwrap().to_array();
    assert_eq!(array.shape(), [3, 1, 1667]);
    assert!((array.at([0, 0, 0]) - 1.0 / 9.0).abs() < 1e-6);
    assert!(array.at([1, 0, 0]).abs() < 1e-6);
}

#[test]
fn pixels_must_fill_the_picture() {
    assert!(Picture::from_rgb(2, 2, vec![0; 11]).is_err());
    assert!(Picture::from_rgb(0, 2, Vec::new()).is_err());
    assert!(Picture::from_rgb(usize::MAX, 2, Vec::new()).is_err());
    assert!(Picture::from_rgb(2, 2, vec![0; 12]).is_ok());
}
