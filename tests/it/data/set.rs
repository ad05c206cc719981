use std::fs;
use std::path::{Path, PathBuf};

use convscope::data::image_folder::Skipped;
use convscope::data::set::{FASHION_CLASSES, fashion_among, load};
use convscope::data::{DataError, DataRef, DataSet, IdxError, digits};
use image::GrayImage;

const SHAPE: [usize; 3] = [1, 32, 32];

/// Idx files of so many of the bundled digits.
fn write_idx(folder: &Path, prefix: &str, count: usize) {
    fs::create_dir_all(folder).unwrap();
    let set = digits::bundled().subset(0..count);
    let word = |number: usize| (number as u32).to_be_bytes();
    let images = [&[0, 0, 8, 3], &word(count)[..], &word(28), &word(28), set.pixels()].concat();
    let labels = [&[0, 0, 8, 1], &word(count)[..], set.labels()].concat();
    fs::write(folder.join(format!("{prefix}-images-idx3-ubyte")), images).unwrap();
    fs::write(folder.join(format!("{prefix}-labels-idx1-ubyte")), labels).unwrap();
}

fn loaded(folder: &Path) -> Result<DataSet, DataError> {
    load(&DataRef::Folder(folder.into()), SHAPE, &mut |_, _| true)
}

#[test]
fn names_of_sets_are_written_in_snake_case() {
    let written = |set: &DataRef| serde_json::to_string(set).unwrap();
    assert_eq!(written(&DataRef::Digits), r#""digits""#);
    assert_eq!(written(&DataRef::Fashion), r#""fashion""#);
    let folder = DataRef::Folder("a/b".into());
    assert_eq!(written(&folder), r#"{"folder":"a/b"}"#);
    assert_eq!(serde_json::from_str::<DataRef>(r#"{"folder":"a/b"}"#).unwrap(), folder);
}

#[test]
fn the_bundled_digits_are_a_set_of_4000_and_1000() {
    let mut last = None;
    let set = load(&DataRef::Digits, SHAPE, &mut |done, total| {
        last = Some((done, total));
        true
    });
    let set = set.unwrap();
    assert_eq!((set.title.as_str(), set.channels()), ("digits", 1));
    assert_eq!((set.train.len(), set.test.unwrap().len()), (4000, 1000));
    assert_eq!(set.classes[7], "7");
    assert_eq!((set.classes.len(), set.preparation), (10, None));
    assert_eq!(last, Some((5000, 5000)));
    let stopped = load(&DataRef::Digits, SHAPE, &mut |_, _| false).unwrap_err();
    assert_eq!(stopped, DataError::Stopped);
}

#[test]
fn a_folder_is_recognised_by_what_is_inside() {
    let place = tempfile::tempdir().unwrap();
    let idx = place.path().join("some digits");
    write_idx(&idx, "train", 30);
    let set = loaded(&idx).unwrap();
    assert_eq!((set.title.as_str(), set.train.len(), set.test), ("some digits", 30, None));
    assert_eq!(set.classes, ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    assert_eq!(set.preparation, None);
    write_idx(&idx, "t10k", 20);
    assert_eq!(loaded(&idx).unwrap().test.map(|test| test.len()), Some(20));

    let photos = place.path().join("photos");
    for name in ["cat/1", "cat/2", "cat/3", "dog/1", "dog/2", "dog/3"] {
        let path = photos.join(format!("{name}.png"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        GrayImage::new(9, 7).save(path).unwrap();
    }
    fs::write(photos.join("about.txt"), "text").unwrap();
    let set = loaded(&photos).unwrap();
    assert_eq!(set.classes, ["cat", "dog"]);
    assert_eq!((set.train.len(), set.test.unwrap().labels()), (4, [0, 1].as_slice()));
    assert_eq!((set.train.shape(), set.train.labels()), (SHAPE, [0, 0, 1, 1].as_slice()));
    assert_eq!(set.skipped, Skipped { others: 1, ..Skipped::default() });
    assert!(set.preparation.is_some());
    let colour = load(&DataRef::Folder(photos), [3, 32, 32], &mut |_, _| true).unwrap();
    assert_eq!(colour.channels(), 3);

    let path = place.path().join("none");
    assert_eq!(loaded(&path).unwrap_err(), IdxError::NoFolder { path: path.clone() }.into());
    fs::create_dir(&path).unwrap();
    assert_eq!(loaded(&path).unwrap_err(), DataError::NoClasses { path });
}

#[test]
fn fashion_is_found_where_it_is_installed_and_its_classes_have_names() {
    let place = tempfile::tempdir().unwrap();
    let candidates: Vec<PathBuf> =
        ["first", "Fashion-MNIST"].map(|name| place.path().join(name)).into();
    let found = || fashion_among(candidates.iter().map(PathBuf::as_path));
    let error = found().unwrap_err();
    assert_eq!(error, DataError::NoFashion { path: candidates[0].clone() });
    assert!(error.to_string().contains("apt install dataset-fashion-mnist"));
    write_idx(&candidates[1], "train", 10);
    assert_eq!(found().unwrap(), candidates[1]);
    // A folder is known by its name.
    let set = loaded(&candidates[1]).unwrap();
    assert_eq!(set.classes, FASHION_CLASSES);
    assert_eq!([&set.classes[0], &set.classes[9]], ["T-shirt/top", "Ankle boot"]);
    let how = set.preparation.unwrap();
    assert_eq!((how.room, how.shape, how.inverts), ([28; 2], SHAPE, true));
    match load(&DataRef::Fashion, SHAPE, &mut |_, _| true) {
        Ok(set) => assert_eq!((set.title.as_str(), set.train.len()), ("Fashion-MNIST", 60_000)),
        Err(error) => assert!(matches!(error, DataError::NoFashion { .. }), "{error}"),
    }
}
