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

#[test]
fn the_matrix_of_a_layer() {
    let c3 = render("wiring lenet5 --layer C3 --size 300x400");
    assert_eq!(c3.dimensions(), (300, 400));
    let conv = "wiring --image 1000x1000 --field 10 --kernels 1 --size 200x200";
    let [shared, local, dark] =
        ["", "--share none", "--theme dark"].map(|more| render(&format!("{conv} {more}")));
    let all = render("wiring --image 1000x1000 --field all --kernels 1 --size 200x200");
    let paper = [0xFA, 0xFA, 0xF8, 0xFF];
    assert_eq!((shared.get_pixel(190, 3).0, local.get_pixel(190, 3).0), (paper, paper));
    assert_ne!(shared.get_pixel(100, 100), local.get_pixel(100, 100), "they differ by sharing");
    assert_ne!(dark.get_pixel(190, 3).0, paper);
    assert!(all.pixels().all(|pixel| pixel.0 != paper), "everything is connected");

    // Forty rows of fifteen pixels: one lit cell a row, less those that are out of sight.
    let close = render(
        "wiring --image 1000x1000 --field 10 --kernels 1 --region 412300,412295,40,40 \
         --touch 412310,412308 --size 600x600",
    );
    let lit = close.pixels().filter(|p| p.0 == [0x00, 0x87, 0x7A, 0xFF]).count();
    assert!(lit > 35 * 13 * 13 && lit <= 40 * 15 * 15, "{lit}");
}

#[test]
fn who_shares_is_seen_in_the_matrix() {
    let ways = ["all", "2", "none"].map(|share| {
        render(&format!("wiring --image 9x9 --field 3 --kernels 2 --by-identity --share {share}"))
    });
    assert!(ways[0] != ways[1] && ways[1] != ways[2] && ways[0] != ways[2]);

    let fully = render("wiring --image 9x9 --field all --kernels 2 --by-identity");
    assert_eq!(
        fully,
        render("wiring --image 9x9 --field all --kernels 2 --by-identity --share none")
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.png");
    let ran = run(&format!(
        "render wiring --image 9x9 --field all --kernels 2 --by-identity --share all -o {}",
        path.display()
    ));
    assert!(ran.code == Some(0) && ran.stderr.contains("--share changes nothing"), "{ran:?}");
    assert_eq!(image::open(&path).unwrap().into_rgba8(), fully);
}

#[test]
fn matrices_that_cannot_be() {
    let refused = |line: &str| run(&format!("render wiring {line} -o x.png")).refused().to_owned();
    let conv = "--image 6x32x28 --field 4 --kernels 4";
    assert!(refused("--image 32x28 --field 29 --kernels 1").contains("1 to 28 columns"));
    assert!(refused("--image 32x28 --field 0 --kernels 1").contains("between 1 and 32"));
    assert!(refused("--image 32x28 --field 4 --kernels 0").contains("between 1 and 1,000,000"));
    assert!(refused("--image 0x28 --field 4 --kernels 1").contains("between 1 and 1,000,000"));
    assert!(refused(&format!("{conv} --stride 3 --padding valid")).contains("1, 2, 4"));
    assert!(refused(&format!("{conv} --groups 4")).contains("1, 2"));
    for tile in [0, 33, usize::MAX] {
        assert!(refused(&format!("{conv} --share {tile}")).contains("1 to 32 rows"));
    }
    assert!(refused(&format!("{conv} --region 0,99999,1,1")).contains("columns 0 to 5375"));
    assert!(refused(&format!("{conv} --touch 0,800")).contains("0,800"));
    assert!(refused("--image 65537x65536 --field 3 --kernels 1").contains("the counts go on"));
    assert!(refused("lenet5 --layer S2").contains("C1"));
    assert!(refused("lenet5 --layer C9").contains("C3"));
    for unreadable in ["lenet5", "--image 8x8", "lenet5 --layer C1 --groups 2", "", "--layer C1"] {
        let ran = run(&format!("render wiring {unreadable} -o x.png"));
        assert_eq!(ran.code, Some(2), "{unreadable}: {ran:?}");
    }
}
