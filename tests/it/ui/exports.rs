//! What leaves the window arrives whole, or a sentence says why not.

use convscope::ui::action::Action;
use convscope::ui::export::{Export, To, What};
use convscope::ui::studio::Notice;

use egui_kittest::kittest::Queryable as _;

use super::{Window, failure, first, until};

/// Exports into a file and waits until that is done.
pub fn export(window: &mut Window, what: What, path: &std::path::Path) {
    window.state_mut().studio.notice = None;
    let to = To::Path(path.to_owned());
    window.state_mut().studio.carry_out([Action::Export(Export { what, to })]);
    until("something is said about the export", || {
        window.run();
        window.state().studio.notice.is_some()
    });
}

#[test]
fn a_map_and_the_sum_are_what_is_on_screen() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = first();
    let path = folder.path().join("map.csv");
    export(&mut window, What::Map, &path);
    assert!(matches!(&window.state().studio.notice, Some(Notice::Saved(p)) if *p == path));
    let table = std::fs::read_to_string(&path).expect("a file");
    let row: Vec<&str> = table.lines().nth(5).expect("row 4").trim().split(',').collect();
    let traced = window.state().studio.seen.as_ref().expect("seen").trace.output(3).at([7, 4, 6]);
    assert_eq!(row[0], "4");
    assert_eq!(row[7].parse::<f32>().expect("a number"), traced);

    window.state_mut().studio.notice = None;
    let path = folder.path().join("sum.txt");
    export(&mut window, What::SumText, &path);
    let words = std::fs::read_to_string(&path).expect("a file");
    let story = window.state().studio.story.clone().expect("a story");
    let sum = story.explanation().expect("explained").sum;
    assert!(words.contains(&sum.to_string()), "{words}");
}

/// News of something that went well leaves by itself; what failed stays.
#[test]
fn news_leaves_in_time() {
    let mut window = first();
    window.state_mut().studio.notice = Some(Notice::Copied);
    window.step();
    window.get_by_label("Copied.");
    // A quarter of a second each.
    (0..40).for_each(|_| window.step());
    assert!(window.query_by_label("Copied.").is_none());
    assert!(window.state().studio.notice.is_none());
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("no-folder").join("map.csv");
    export(&mut window, What::Map, &nowhere);
    (0..40).for_each(|_| window.step());
    assert!(failure(&window).is_some());
}

#[test]
fn a_picture_has_as_many_pixels_as_it_promises() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = first();
    for (what, width) in [(What::View(2), 2560), (What::Figure(2), 2560)] {
        window.state_mut().studio.notice = None;
        let path = folder.path().join(format!("{what:?}.png"));
        export(&mut window, what, &path);
        assert_eq!(failure(&window), None);
        let picture = image::open(&path).expect("a PNG");
        assert_eq!((picture.width(), picture.height()), (width, 1600));
    }
}

#[test]
fn a_folder_that_is_not_there_gets_a_sentence_and_nothing_is_lost() {
    let mut window = first();
    let scene = window.state().studio.scene.clone();
    export(&mut window, What::Map, std::path::Path::new("/there/is/no/such/folder/map.csv"));
    assert!(failure(&window).expect("a sentence").contains("/there/is/no/such/folder"));
    assert_eq!(window.state().studio.scene, scene);
}

#[test]
fn a_full_disk_gets_a_sentence() {
    // Linux has a device that is always full.
    let full = std::path::Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let mut window = first();
    export(&mut window, What::SumLatex, full);
    assert!(failure(&window).is_some());
}
