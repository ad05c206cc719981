use std::fs;
use std::path::{Path, PathBuf};

use convscope::array::Array;
use convscope::data::image_folder::{ImageFolder, Skipped};
use convscope::data::pipeline::{self, Stage};
use convscope::data::{DataError, LabelledImages, PictureError, Split, digits, picture};
use image::{DynamicImage, GrayImage, Luma, Rgb, RgbImage};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Saves an image below a folder; the name says the format.
fn save(folder: &Path, name: &str, image: impl Into<DynamicImage>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    image.into().save(path).unwrap();
}

fn grey(height: u32, width: u32, value: u8) -> GrayImage {
    GrayImage::from_pixel(width, height, Luma([value]))
}

fn open(folder: &Path) -> Result<ImageFolder, DataError> {
    ImageFolder::open(folder, &mut |_, _| true)
}

fn read(folder: &Path, shape: [usize; 3], split: Split) -> LabelledImages {
    let set = open(folder).unwrap();
    let how = set.preparation(shape, &mut |_, _| true).unwrap();
    set.read(split, &how, &mut |_, _| true).unwrap()
}

/// The names of a split's files.
fn names(set: &ImageFolder, split: Split) -> Vec<String> {
    let name = |path: &PathBuf| path.strip_prefix(set.path()).unwrap().display().to_string();
    set.images(split).iter().map(|entry| name(&entry.path)).collect()
}

#[test]
fn classes_and_images_come_in_natural_order() {
    let place = folder();
    for class in ["10", "9", "b", "a2", "a10"] {
        for name in ["img10.png", "img9.png", "x/img1.PNG"] {
            save(place.path(), &format!("{class}/{name}"), grey(3, 3, 7));
        }
    }
    let set = open(place.path()).unwrap();
    assert_eq!(set.classes(), ["9", "10", "a2", "a10", "b"]);
    let mut all: Vec<_> = [Split::Train, Split::Test].map(|split| names(&set, split)).concat();
    assert_eq!(all.len(), 15);
    all.retain(|name| name.starts_with("9/"));
    // One of three is for the test, and stands last here; the others are in order.
    let expected = ["9/img9.png", "9/img10.png", "9/x/img1.PNG"];
    let place = |name: &String| expected.iter().position(|other| other == name).unwrap();
    assert!(place(&all[0]) < place(&all[1]), "{all:?}");
    assert_eq!(set.images(Split::Train)[0].class, 0);
}

#[test]
fn a_fifth_of_every_class_is_for_the_test_wherever_the_folder_lies() {
    let places = [folder(), folder()];
    let counts = [("few", 2), ("some", 5), ("many", 23)];
    for place in &places {
        for (class, count) in counts {
            for number in 0..count {
                save(place.path(), &format!("{class}/{number}.png"), grey(2, 2, 9));
            }
        }
    }
    let [here, there] = [0, 1].map(|i| open(places[i].path()).unwrap());
    let of = |set: &ImageFolder, split, class: &str| {
        names(set, split).iter().filter(|name| name.starts_with(class)).count()
    };
    for (class, count, test) in [("few", 2, 0), ("some", 5, 1), ("many", 23, 5)] {
        assert_eq!(of(&here, Split::Test, class), test);
        assert_eq!(of(&here, Split::Train, class), count - test);
    }
    assert_eq!(names(&here, Split::Test), names(&there, Split::Test));
    // One more image moves no other from one split to the other, but for the one that makes the fifth.
    save(places[0].path(), "many/new.png", grey(2, 2, 9));
    let (before, after) = (names(&there, Split::Test), open(places[0].path()).unwrap());
    let after = names(&after, Split::Test);
    let gone = before.iter().filter(|name| !after.contains(name)).count();
    assert!(gone <= 1, "{before:?} {after:?}");
}

#[test]
fn train_and_test_folders_are_the_splits() {
    let place = folder();
    for (name, value) in [("train/a/1", 10), ("train/b/1", 20), ("test/b/1", 30)] {
        save(place.path(), &format!("{name}.png"), grey(2, 2, value));
    }
    let set = open(place.path()).unwrap();
    assert_eq!(set.classes(), ["a", "b"]);
    assert_eq!(names(&set, Split::Train), ["train/a/1.png", "train/b/1.png"]);
    assert_eq!(set.images(Split::Test)[0].class, 1);
    save(place.path(), "test/c/1.png", grey(2, 2, 40));
    let path = place.path().join("test/c");
    let error = open(place.path()).unwrap_err();
    assert_eq!(error, DataError::UnknownTestClass { class: "c".into(), path });
}

#[test]
fn what_is_no_image_is_skipped_and_counted() {
    let place = folder();
    for name in ["a/1.png", "b/1.png", ".hidden/1.png"] {
        save(place.path(), name, grey(2, 2, 1));
    }
    fs::write(place.path().join("README.txt"), "text").unwrap();
    fs::write(place.path().join("a/labels.csv"), "text").unwrap();
    fs::write(place.path().join("a/.DS_Store"), "text").unwrap();
    let mut expected = Skipped { hidden: 2, others: 2, links: 0 };
    #[cfg(unix)]
    {
        let link = |to: &Path, from: &str| {
            std::os::unix::fs::symlink(to, place.path().join(from)).unwrap();
        };
        link(place.path(), "a/round");
        link(&place.path().join("a"), "b/across");
        link(Path::new("nowhere.png"), "a/broken.png");
        link(&place.path().join("a/1.png"), "b/2.png");
        expected.links = 3;
    }
    let set = open(place.path()).unwrap();
    assert_eq!(set.skipped(), expected);
    assert_eq!(set.skipped().total(), expected.hidden + expected.others + expected.links);
    let count = names(&set, Split::Train).len() + names(&set, Split::Test).len();
    assert_eq!(count, if cfg!(unix) { 3 } else { 2 }, "a link to a file is one");
}

/// A link is looked at before what comes after it by name.
#[test]
#[cfg(unix)]
fn a_link_takes_no_images_from_another_class() {
    let link = |place: &TempDir, to: &str, from: &str| {
        std::os::unix::fs::symlink(to, place.path().join(from)).unwrap();
    };
    let place = folder();
    for name in ["a/1.png", "b/1.png", "b/deep/2.png", "c/1.png"] {
        save(place.path(), name, grey(2, 2, 1));
    }
    let outside = folder();
    save(outside.path(), "more/3.png", grey(2, 2, 1));
    link(&place, "../b", "a/link");
    link(&place, "../b/deep", "a/part");
    link(&place, "b", "0");
    link(&place, &outside.path().display().to_string(), "c/outside");
    let set = open(place.path()).unwrap();
    assert_eq!(set.classes(), ["a", "b", "c"]);
    assert_eq!(set.skipped(), Skipped { links: 3, ..Skipped::default() });
    let of = |class: u8| {
        let all = Split::ALL.map(|split| set.images(split)).concat();
        all.iter().filter(|entry| entry.class == class).count()
    };
    assert_eq!([0, 1, 2].map(of), [1, 2, 2], "what is outside of all classes may be linked");

    // Nor from the other split.
    let place = folder();
    for name in ["train/a/1.png", "train/b/1.png", "test/a/1.png", "test/b/1.png"] {
        save(place.path(), name, grey(2, 2, 1));
    }
    link(&place, "../../test", "train/a/test");
    link(&place, "../../test/b", "train/b/test");
    link(&place, "../..", "train/b/up");
    let set = open(place.path()).unwrap();
    assert_eq!(names(&set, Split::Train), ["train/a/1.png", "train/b/1.png"]);
    assert_eq!(names(&set, Split::Test), ["test/a/1.png", "test/b/1.png"]);
}

#[test]
fn folders_that_are_no_set_say_why() {
    let place = folder();
    let path = place.path().to_path_buf();
    assert_eq!(open(&path).unwrap_err(), DataError::NoClasses { path: path.clone() });
    fs::create_dir(path.join("a")).unwrap();
    assert_eq!(open(&path).unwrap_err(), DataError::NoClasses { path: path.clone() });
    save(&path, "a/1.png", grey(2, 2, 1));
    let only = DataError::OneClass { class: "a".into(), path: path.clone() };
    assert_eq!(open(&path).unwrap_err(), only);
    fs::create_dir(path.join("b")).unwrap();
    let empty = DataError::EmptyClass { class: "b".into(), path: path.join("b") };
    assert_eq!(open(&path).unwrap_err(), empty);

    let large = fs::File::create(path.join("b/large.png")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    let bytes = (64 << 20) + 1;
    let too_large = DataError::ImageTooLarge { bytes, path: path.join("b/large.png") };
    assert_eq!(open(&path).unwrap_err(), too_large);
    fs::remove_file(path.join("b/large.png")).unwrap();

    // The file that cannot be read is named.
    fs::write(path.join("b/1.png"), "no picture").unwrap();
    let set = open(&path).unwrap();
    let damaged = PictureError::NotAPicture { path: path.join("b/1.png") };
    let error = set.preparation([1, 4, 4], &mut |_, _| true).unwrap_err();
    assert_eq!(error, damaged.into());

    save(&path, "b/1.png", grey(2, 2, 1));
    let set = open(&path).unwrap();
    for shape in [[2, 4, 4], [1, 0, 4], [1, 4, 4097]] {
        let error = set.preparation(shape, &mut |_, _| true).unwrap_err();
        assert_eq!(error, DataError::Shape { shape });
    }
    for number in 0..300 {
        fs::create_dir(path.join(format!("c{number}"))).unwrap();
    }
    assert!(matches!(open(&path).unwrap_err(), DataError::TooManyClasses { .. }));
}

#[test]
fn memory_is_not_reserved_beyond_the_limit_and_reading_can_be_stopped() {
    let place = folder();
    for number in 0..60 {
        save(place.path(), &format!("a/{number}.png"), grey(2, 2, 1));
        save(place.path(), &format!("b/{number}.png"), grey(2, 2, 1));
    }
    let set = open(place.path()).unwrap();
    let how = set.preparation([3, 2048, 2048], &mut |_, _| true).unwrap();
    let error = set.read(Split::Train, &how, &mut |_, _| true).unwrap_err();
    assert!(matches!(error, DataError::TooLarge { images: 96, shape: [3, 2048, 2048], .. }));

    let how = set.preparation([1, 8, 8], &mut |_, _| true).unwrap();
    let mut told = Vec::new();
    let error = set.read(Split::Train, &how, &mut |done, total| {
        told.push((done, total));
        done < 5
    });
    assert_eq!(error.unwrap_err(), DataError::Stopped);
    assert_eq!(told, (0..=5).map(|done| (done, 96)).collect::<Vec<_>>());
    let error = ImageFolder::open(place.path(), &mut |_, _| false).unwrap_err();
    assert_eq!(error, DataError::Stopped);
}

/// The first digits as grey or as inverted PNG files, in a folder for each class.
fn write_digits(folder: &Path, inverted: bool) -> Vec<usize> {
    let all = digits::bundled();
    let mut numbers: Vec<usize> = (0..60).collect();
    for &number in &numbers {
        let pixels = all.image(number).iter().map(|&p| if inverted { 255 - p } else { p });
        let image = GrayImage::from_raw(28, 28, pixels.collect()).unwrap();
        save(folder, &format!("test/{}/{number}.png", all.labels()[number]), image.clone());
        save(folder, &format!("train/{}/{number}.png", all.labels()[number]), image);
    }
    numbers.sort_by_key(|&number| (all.labels()[number], number));
    numbers
}

#[test]
fn digits_as_pictures_are_the_digits_byte_for_byte_dark_on_light_too() {
    let all = digits::bundled();
    for inverted in [false, true] {
        let place = folder();
        let numbers = write_digits(place.path(), inverted);
        let same = read(place.path(), [1, 28, 28], Split::Train);
        assert_eq!(same, all.subset(numbers.iter().copied()), "inverted {inverted}");
        let set = read(place.path(), [1, 32, 32], Split::Test);
        assert_eq!(set.paper(), 0);
        for (i, &number) in numbers.iter().enumerate() {
            let (large, small) = (set.image(i), all.image(number));
            for (place, &pixel) in large.iter().enumerate() {
                let (y, x) = ((place / 32).wrapping_sub(2), (place % 32).wrapping_sub(2));
                let expected = if y < 28 && x < 28 { small[y * 28 + x] } else { 0 };
                assert_eq!(pixel, expected);
            }
            assert_eq!(digits::is_of_test_split(&set, i), number >= digits::TRAIN_COUNT);
        }
    }
}

#[test]
fn colour_keeps_its_proportions_on_a_sheet_of_the_edges_grey() {
    let place = folder();
    let mut wide = RgbImage::from_pixel(40, 10, Rgb([200, 200, 200]));
    for x in 10..30 {
        wide.put_pixel(x, 5, Rgb([255, 0, 0]));
    }
    for name in ["a/1.png", "a/2.bmp", "b/1.tiff"] {
        save(place.path(), name, wide.clone());
    }
    let set = read(place.path(), [3, 24, 20], Split::Train);
    assert_eq!((set.shape(), set.paper(), set.len()), ([3, 24, 20], 200, 3));
    let image = set.image(0);
    let [red, green, blue] = [0, 1, 2].map(|channel| &image[channel * 480..][..480]);
    assert_eq!([red[0], green[0], blue[0]], [200; 3], "the sheet");
    // 10 × 40 became 5 × 20, rows 9 to 14: the line of one row lies in row 11.
    let row = |map: &[u8], y: usize| map[y * 20 + 10];
    for y in (0..24).filter(|y| !(9..14).contains(y)) {
        assert_eq!([row(red, y), row(green, y), row(blue, y)], [200; 3], "row {y}");
    }
    assert!(row(red, 11) > 205 && row(green, 11) < 190 && row(blue, 11) < 190);
    // For a grey network the picture is light on dark: it is one channel, and its paper is black.
    let set = read(place.path(), [1, 24, 20], Split::Train);
    assert_eq!((set.shape(), set.paper()), ([1, 24, 20], 0));
    assert_eq!(set.image(0)[0], 0);
    assert!(set.image(0)[9 * 20 + 10].abs_diff(55) <= 1, "200 of 255, inverted");
}

#[test]
fn a_single_picture_goes_the_same_way_by_the_stages_for_the_weights() {
    let place = folder();
    let dark_on_light =
        GrayImage::from_fn(90, 60, |x, y| Luma([if (x / 9 + y / 7) % 5 == 0 { 30 } else { 235 }]));
    let colours = RgbImage::from_fn(50, 70, |x, y| Rgb([(x * 5) as u8, (y * 3) as u8, 180]));
    for class in ["a", "b"] {
        save(place.path(), &format!("{class}/1.png"), dark_on_light.clone());
        save(place.path(), &format!("{class}/2.png"), colours.clone());
        save(place.path(), &format!("{class}/3.png"), dark_on_light.clone());
    }
    for shape in [[1, 32, 32], [3, 32, 32], [1, 16, 32], [3, 40, 24], [1, 61, 45], [3, 90, 200]] {
        let set = open(place.path()).unwrap();
        let how = set.preparation(shape, &mut |_, _| true).unwrap();
        assert_eq!(how.inverts, shape[0] == 1);
        let stages = how.stages();
        let images = set.read(Split::Train, &how, &mut |_, _| true).unwrap();
        for (i, entry) in set.images(Split::Train).iter().enumerate() {
            let picture = picture::open(&entry.path).unwrap().to_array();
            let alone: Array = pipeline::tensor(&stages, &picture).unwrap();
            assert_eq!(alone.chw(), shape);
            for (value, &byte) in alone.values().iter().zip(images.image(i)) {
                let trained = -0.1 + f32::from(byte) / 255.0 * 1.275;
                // A byte is rounded.
                assert!((value - trained).abs() < 0.0026, "{value} {trained}");
            }
        }
        assert!(matches!(stages.last(), Some(Stage::Normalise { .. })));
    }
}
