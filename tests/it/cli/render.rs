//! `render`: pictures into PNG files.

use super::run;

fn render(line: &str) -> image::RgbaImage {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("picture.png");
    let ran = run(&format!("render {line} -o {} --backend cpu", path.display()));
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
    image::open(&path).expect("a picture was written").into_rgba8()
}

#[test]
fn maps_of_a_layer() {
    let image = render("maps lenet5 digit:7 --layer C1");
    // Six maps of 28×28 units of 8 pixels, gaps of 4: two columns of three.
    assert_eq!(image.dimensions(), (2 * 228 + 4, 3 * 228 + 4));
    let colours: std::collections::HashSet<_> = image.pixels().map(|pixel| pixel.0).collect();
    assert!(colours.len() > 50, "{}", colours.len());
}

#[test]
fn f6_is_the_picture_it_is() {
    let image = render("maps lenet5 digit:7 --layer F6");
    assert_eq!(image.dimensions(), (7 * 8 + 8, 12 * 8 + 8));
}

#[test]
fn the_field_of_a_unit_stands_out_on_the_image() {
    let image = render("field lenet5 digit:7 --layer C3 --unit 7,4,6");
    assert_eq!(image.dimensions(), (32 * 8 + 8, 32 * 8 + 8));
    let amber = image.pixels().filter(|p| p.0 == [0xE0, 0x8A, 0x00, 0xFF]).count();
    // Four sides of 14 units of 8 pixels, two pixels wide.
    assert!((800..1200).contains(&amber), "{amber}");
}

#[test]
fn no_folder_is_created() {
    let ran = run("render maps lenet5 digit:0 --layer C1 -o /no/such/folder/x.png");
    assert!(ran.refused().contains("/no/such/folder"), "{ran:?}");
    assert!(run("render maps lenet5 digit:0 --layer C1 -o /").refused().contains("folder"));
    assert_eq!(run("render maps lenet5 digit:0 --layer C1").code, Some(2));
}

#[test]
fn the_window_off_screen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("window.png");
    let line = format!(
        "--lang zh render window --theme dark --size 900x600 --scale 1.5 -o {}",
        path.display()
    );
    let ran = run(&line);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(image::open(&path).unwrap().into_rgba8().dimensions(), (1350, 900));
}

#[test]
fn the_speakers_window_and_the_figure_alone() {
    let folder = tempfile::tempdir().unwrap();
    let lecture = "assets/lectures/lenet.json";
    let picture = |options: &str| {
        let path = folder.path().join("part.png");
        let line = format!("render window --scene {lecture} {options} -o {}", path.display());
        let ran = run(&line);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{ran:?}");
        image::open(&path).unwrap().into_rgba8()
    };
    let [window, figure, speaker, presented] = ["", "--part figure", "--part speaker", "--present"]
        .map(|options| picture(&format!("{options} --size 900x600")));
    for (a, b) in [(&window, &figure), (&window, &speaker), (&window, &presented)] {
        assert_eq!(a.dimensions(), (900, 600));
        let differing = a.pixels().zip(b.pixels()).filter(|(a, b)| a != b).count();
        assert!(differing > 20_000, "only {differing} pixels differ");
    }
}

#[test]
fn unknown_scenes_and_impossible_sizes() {
    assert!(run("render window --scene lenet6 -o x.png").refused().contains("lenet5, "));
    assert!(
        run("render window --scene /no/such.json -o x.png").refused().contains("/no/such.json")
    );
    assert_eq!(run("render window --size 0x10 -o x.png").code, Some(2));
    run("render window --scale 100 -o x.png").refused();
}
