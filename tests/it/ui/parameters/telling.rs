//! What is said, and what is still to be guessed.

use super::*;

#[test]
fn what_is_asked_is_not_said_until_it_is_revealed() {
    let mut window = on(Parameters { asked: [false, false, true], ..Parameters::default() });
    assert!(window.query_by_label_contains("weights: 100.").is_none());
    let said = narrate(&window.state().studio).text(Lang::En);
    assert!(!said.contains("100"), "{said}");
    window.get_all_by_label("Show the number").next().expect("a question").click();
    window.run();
    window.get_by_label_contains("weights: 100.");
    press(&mut window, Key::H);
    assert!(window.query_by_label_contains("weights: 100.").is_none(), "covered by H");
}

#[test]
fn the_story_asks_before_it_tells() {
    let file = SceneFile::parse(lectures::text(Lecture::Parameters), std::path::Path::new("story"))
        .expect("the lecture");
    let asks = |scene: &Scene| scene.parameters.asked.iter().filter(|&&asked| asked).count();
    let story: Vec<usize> = file.scenes.iter().map(asks).collect();
    // One column at a time, for the toy and for the true size; then the kernels.
    assert_eq!(story, [3, 2, 2, 1, 1, 0, 3, 2, 2, 1, 1, 0, 1, 0, 0, 0]);
    for scene in &file.scenes {
        assert_eq!(scene.parameters.setting.check(), Ok(()), "{:?}", scene.title.en);
        for words in [&scene.title.en, &scene.title.zh] {
            assert!(!words.is_empty());
        }
    }
    let mut window = first();
    let lecture = convscope::ui::action::Slides::Lecture(Lecture::Parameters);
    act(&mut window, [Action::Slides(lecture)]);
    assert!(window.query_by_label_contains("weights: 576.").is_none());
    press(&mut window, Key::PageDown);
    window.get_by_label_contains("weights: 576.");
}

/// What the narrator says at a stop of a layer.
fn said(setting: Setting, stop: Stop) -> String {
    let window = on(Parameters { setting, stop, ..Parameters::default() });
    assert_eq!(failure(&window), None);
    narrate(&window.state().studio).text(Lang::En)
}

#[test]
fn the_narrator_says_what_sharing_leaves_and_what_it_changes() {
    let course = Setting::default();
    let tile = Stop::Tiles([8, 8]);
    assert!(said(course.clone(), tile).contains("and still 100,000,000 connections"));
    let hidden = Border::Ignored(Hidden::MapPerKernel);
    let maps = Setting { kernels: 100, border: hidden, ..course };
    let (tiles, shared) = (said(maps.clone(), tile), said(maps.clone(), Stop::Shared));
    for sentence in [&tiles, &shared] {
        assert!(sentence.starts_with("100 maps"), "{sentence}");
        assert!(sentence.contains("10,000,000,000 connections"), "{sentence}");
        assert!(!sentence.contains("still"), "{sentence}");
    }
    assert!(said(maps, Stop::Local).contains("100,000,000 connections"));
    let (fc6, _) = Preset::AlexNetFc6.setting();
    for stop in [Stop::Local, Stop::Shared] {
        let sentence = said(fc6.clone(), stop);
        assert!(sentence.contains("37,748,736 weights"), "{sentence}");
        assert!(!sentence.contains("instead"), "{sentence}");
    }
    assert!(said(fc6, Stop::Shared).starts_with("No two units have a kernel in common"));
}

#[test]
fn the_notes_say_what_happens_at_the_border() {
    use convscope::network::Padding;
    let small = Setting { image: [1, 32, 32], field: [5, 5], ..Setting::default() };
    let ignored = Border::Ignored(Hidden::LikeImage);
    let padded = |cells| Border::Padded(Padding::all(cells));
    let (zeros, inside) = ("The image is padded with zeros", "Fields lie inside the image");
    let (larger, hanging) = ("There are as many units as", "In the matrix those at the rim");
    for (border, stop, words) in [
        (Border::Valid, Stop::Full, inside),
        (Border::Valid, Stop::Field([20, 20]), larger),
        (Border::Valid, Stop::Local, inside),
        (Border::Valid, Stop::Tiles([2, 2]), inside),
        (Border::Same, Stop::Shared, zeros),
        (Border::Same, Stop::Field([20, 20]), larger),
        (padded(0), Stop::Shared, inside),
        (padded(2), Stop::Shared, zeros),
        (ignored.clone(), Stop::Shared, hanging),
        (ignored, Stop::Full, "The border is ignored"),
    ] {
        let setting = Setting { border, ..small.clone() };
        let window = on(Parameters { setting: setting.clone(), stop, ..Parameters::default() });
        assert_eq!(shown(&window).stop, stop, "{setting:?}");
        assert!(window.query_by_label_contains(words).is_some(), "{stop:?} of {setting:?}");
        let others = [zeros, inside, larger].into_iter().filter(|&other| other != words);
        for other in others {
            assert!(
                window.query_by_label_contains(other).is_none(),
                "{other}: {stop:?}, {setting:?}"
            );
        }
    }
    let one = Setting { field: [1, 1], border: Border::Same, ..small };
    let window = on(Parameters { setting: one, ..Parameters::default() });
    assert!(
        window.query_by_label_contains(zeros).is_none(),
        "a field of one cell needs no padding"
    );
}

fn tells_nothing(window: &mut Window) {
    let folder = tempfile::tempdir().expect("a folder");
    for said in ["120", "576", "hang over the border", "This weight is used"] {
        assert!(window.query_by_label_contains(said).is_none(), "{said} is told");
    }
    let sketch = convscope::ui::views::parameters::as_sketch(&window.state().studio);
    let lines = sketch
        .marks
        .iter()
        .filter(|mark| matches!(mark, convscope::paper::sketch::Mark::Polyline { .. }));
    assert_eq!(lines.count(), 0, "the growth is drawn");
    let opened = Opened { way: 1, count: Count::Weights };
    for what in [What::Counts, What::Count { opened, latex: false }] {
        let path = folder.path().join("hidden");
        export(window, what, &path);
        assert!(failure(window).expect("a refusal").contains("still to be guessed"));
        assert!(!path.exists());
        act(window, [Action::Dismiss]);
    }
}

/// Everything that is drawn or leaves as a file, without the numbers that are still to be guessed.
#[test]
fn hidden_numbers_are_told_nowhere() {
    let toy = || Parameters {
        setting: Preset::Toy.setting().0,
        stop: Stop::Local,
        touched: Some([0, 0]),
        ..Parameters::default()
    };
    let asked = Parameters { asked: [true; 3], ..toy() };
    let mut covered = on(toy());
    for said in ["120 weights", "hang over the border", "This weight is used"] {
        assert!(
            covered.query_by_label_contains(said).is_some(),
            "{said}: shown while nothing is hidden"
        );
    }
    act(
        &mut covered,
        [Action::Parameters(Connect::Formula(Some(Opened { way: 1, count: Count::Weights })))],
    );
    covered.get_by_label_contains("= 120");
    press(&mut covered, Key::H);
    tells_nothing(&mut covered);
    tells_nothing(&mut on(asked));
    // Where what it was without sharing is hidden, no sentence compares with it.
    let one = Parameters { asked: [false, true, false], stop: Stop::Shared, ..toy() };
    let said = narrate(&on(one).state().studio).text(Lang::En);
    assert!(said.contains("5 weights") && !said.contains("instead of"), "{said}");
    let course = Parameters { asked: [true, false, false], ..Parameters::default() };
    assert!(on(course).query_by_label_contains("10¹² → 10⁸").is_none());
}

/// What the course says of sharing is told where all share, with the numbers that are shown.
#[test]
fn the_course_text_is_told_of_at_its_own_stop() {
    for (stop, told) in [(Stop::Local, false), (Stop::Tiles([2, 2]), false), (Stop::Shared, true)] {
        let window = on(Parameters { stop, ..Parameters::default() });
        let found = window.query_by_label_contains("The course text says").is_some();
        assert_eq!(found, told, "{stop:?}");
    }
}

/// The caption names the field that is drawn, and counts the arrows of the drawing.
#[test]
fn the_example_says_what_it_draws() {
    use convscope::paper::sketch::Mark;
    for (stop, field, arrows) in [
        (Stop::Full, "every unit reads everything", 99),
        (Stop::Field([100, 100]), "fields of 5, cut at the ends", 43),
        (Stop::Local, "its own field of 3", 27),
        (Stop::Shared, "fields of 3", 27),
    ] {
        let window = on(Parameters { stop, ..Parameters::default() });
        let said = format!("{arrows} arrows");
        let caption = window.query_all_by_label_contains(&said).next();
        let caption = caption.and_then(|node| node.accesskit_node().label()).expect("a caption");
        assert!(caption.contains(field), "{caption}");
        let sketch =
            convscope::ui::views::parameters::slice_sketch(&window.state().studio, 480.0, None);
        let lines = sketch.marks.iter().filter(|mark| matches!(mark, Mark::Line { .. })).count();
        assert_eq!(lines, arrows, "{stop:?}");
    }
}

/// The last slide's title holds the numbers that are shown large.
#[test]
fn the_titles_of_the_lecture_say_the_counts() {
    let file = SceneFile::parse(lectures::text(Lecture::Parameters), std::path::Path::new("story"))
        .expect("the lecture");
    let scene = file.scenes.last().expect("a slide");
    let Parameters { setting, .. } = &scene.parameters;
    for stop in [Stop::Full, Stop::Local, Stop::Shared] {
        let counts = setting.counts(stop).expect("a layer");
        let weights = counts.weights.value().expect("below 10³⁰");
        let params = counts.params().value().expect("below 10³⁰");
        for (title, notes) in
            [(&scene.title.en, &scene.notes.en), (&scene.title.zh, &scene.notes.zh)]
        {
            assert!(title.contains(&convscope::locale::count(weights)), "{title}");
            assert!(notes.contains(&convscope::locale::count(params)), "{notes}");
        }
    }
}
