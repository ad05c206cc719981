use std::fs;
use std::io::Write as _;
use std::path::Path;

use convscope::data::idx::{Content, read_pair};
use convscope::data::{FileError, IdxError, IdxFolder, LabelledImages, Split};
use flate2::Compression;
use flate2::write::GzEncoder;

fn images(count: u32, side: u32, body: usize) -> Vec<u8> {
    let mut file: Vec<u8> =
        [0x803, count, side, side].iter().flat_map(|word| word.to_be_bytes()).collect();
    file.extend((0..body).map(|i| i as u8));
    file
}

fn labels(count: u32, body: &[u8]) -> Vec<u8> {
    let mut file: Vec<u8> = [0x801, count].iter().flat_map(|word| word.to_be_bytes()).collect();
    file.extend(body);
    file
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read(images: &[u8], labels: &[u8]) -> Result<LabelledImages, IdxError> {
    read_pair(images, Path::new("the-images"), labels, Path::new("the-labels"))
}

#[test]
fn a_good_pair_is_read_plain_and_gzipped() {
    let (images, labels) = (images(3, 2, 12), labels(3, &[7, 0, 9]));
    for (images, labels) in [(images.clone(), labels.clone()), (gzip(&images), gzip(&labels))] {
        let set = read(&images, &labels).unwrap();
        assert_eq!((set.len(), set.height(), set.width()), (3, 2, 2));
        assert_eq!(set.labels(), [7, 0, 9]);
        assert_eq!(set.image(2), [8, 9, 10, 11]);
    }
}

#[test]
fn broken_files_are_refused_with_their_name() {
    use IdxError as E;
    let (good_images, good_labels) = (images(3, 2, 12), labels(3, &[7, 0, 9]));
    let images_at = |name: &str| Path::new(name).to_path_buf();
    let (in_images, in_labels) = (images_at("the-images"), images_at("the-labels"));
    let half = gzip(&images(3, 28, 28 * 28 * 3));
    let cases: Vec<(&str, Vec<u8>, Vec<u8>)> = vec![
        ("the-images", images(3, 2, 11), good_labels.clone()),
        ("the-images", images(3, 2, 13), good_labels.clone()),
        ("the-images", images(0, 2, 0), labels(0, &[])),
        ("the-images", images(0x7fff_ffff, 28, 0), good_labels.clone()),
        ("the-images", images(u32::MAX, u32::MAX, 0), good_labels.clone()),
        ("the-images", Vec::new(), good_labels.clone()),
        ("the-images", good_images[..9].to_vec(), good_labels.clone()),
        ("the-images", b"hello, this is text".to_vec(), good_labels.clone()),
        ("the-images", good_labels.clone(), good_labels.clone()),
        ("the-images", half[..half.len() / 2].to_vec(), good_labels.clone()),
        ("the-images", [b"\x1f\x8b".as_slice(), &[0; 40]].concat(), good_labels.clone()),
        ("the-labels", good_images.clone(), labels(3, &[1, 2])),
        ("the-labels", good_images.clone(), labels(2, &[1, 2])),
        ("the-labels", good_images.clone(), labels(3, &[1, 10, 2])),
        ("the-labels", good_images.clone(), good_images.clone()),
        ("the-labels", good_images.clone(), gzip(&good_labels)[..12].to_vec()),
    ];
    for (at_fault, images, labels) in &cases {
        let message = read(images, labels).unwrap_err().to_string();
        assert!(message.ends_with(at_fault), "{message}");
    }
    let error = |case: usize| read(&cases[case].1, &cases[case].2).unwrap_err();
    assert_eq!(error(0), E::Truncated { expected: 12, found: 11, path: in_images.clone() });
    assert_eq!(error(1), E::Trailing { expected: 12, path: in_images.clone() });
    assert!(matches!(error(3), E::TooLarge { count: 0x7fff_ffff, .. }));
    assert_eq!(error(7), E::NotIdx { expected: Content::Images, path: in_images });
    assert_eq!(error(12), E::CountMismatch { images: 3, labels: 2, path: in_labels.clone() });
    assert_eq!(error(13), E::Label { label: 10, index: 1, path: in_labels });
}

#[test]
fn a_folder_may_spell_the_names_in_all_usual_ways() {
    let (images, labels) = (images(1, 2, 4), labels(1, &[5]));
    for dash in ["-", "."] {
        for packed in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let end = if packed { ".gz" } else { "" };
            for (what, bytes) in [("images", &images), ("labels", &labels)] {
                let axes = if what == "images" { 3 } else { 1 };
                let path = folder.path().join(format!("t10k-{what}{dash}idx{axes}-ubyte{end}"));
                fs::write(path, if packed { gzip(bytes) } else { bytes.clone() }).unwrap();
            }
            let set = IdxFolder::open(folder.path()).unwrap();
            assert!(set.has(Split::Test) && !set.has(Split::Train));
            assert_eq!(set.load(Split::Test).unwrap().labels(), [5]);
        }
    }
}

#[test]
fn a_folder_without_a_set_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_path_buf();
    let open = |path: &Path| IdxFolder::open(path).unwrap_err();
    assert_eq!(open(&path), IdxError::NoFiles { path: path.clone() });
    let none = path.join("no-such-folder");
    assert_eq!(open(&none), IdxError::NoFolder { path: none });

    let half = path.join("train-images-idx3-ubyte");
    fs::write(&half, images(1, 2, 4)).unwrap();
    assert_eq!(open(&half), IdxError::NotAFolder { path: half });
    let set = IdxFolder::open(&path).unwrap();
    assert!(set.has(Split::Train));
    let missing = "train-labels-idx1-ubyte".to_owned();
    assert_eq!(
        set.load(Split::Train).unwrap_err(),
        IdxError::HalfPair { missing, path: path.clone() }
    );

    let labels = path.join("train-labels-idx1-ubyte");
    fs::create_dir(&labels).unwrap();
    let error = IdxFolder::open(&path).unwrap().load(Split::Train).unwrap_err();
    assert_eq!(error, FileError::Folder { path: labels }.into());
}
