use convscope::data::{Split, digits};

#[test]
fn the_bundled_digits_are_500_of_each_class_and_100_in_the_test_split() {
    let images = digits::bundled();
    assert_eq!((images.len(), images.height(), images.width()), (digits::COUNT, 28, 28));
    for (split, each) in [(Split::Train, 400), (Split::Test, 100)] {
        let mut counts = [0; 10];
        for index in digits::range(split) {
            counts[usize::from(images.labels()[index])] += 1;
        }
        assert_eq!(counts, [each; 10]);
    }
}

#[test]
fn test_digits_are_known_by_their_pixels() {
    let images = digits::bundled();
    for index in 0..images.len() {
        let known = digits::same_pixels_as_test_split(images.image(index));
        assert_eq!(known, index >= digits::TRAIN_COUNT, "digit {index}");
    }
    assert!(!digits::same_pixels_as_test_split(&[]));
}

#[test]
fn a_subset_keeps_images_and_labels_together() {
    let images = digits::bundled();
    let some = images.subset([4, 0]);
    assert_eq!(some.labels(), [images.labels()[4], images.labels()[0]]);
    assert_eq!(some.image(0), images.image(4));
    assert_eq!(some.image(1), images.image(0));
}
