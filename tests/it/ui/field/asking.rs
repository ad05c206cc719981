//! What is still to be guessed is told nowhere.

use super::*;

#[test]
fn h_covers_what_is_to_be_guessed() {
    let mut window = on(FieldScene::default());
    press(&mut window, Key::H);
    assert_eq!(narrate(studio(&window)).key, "narrator-covered");
    assert!(window.query_by_label("5 + 2·1 = 7").is_none());
    assert!(window.query_by_label_contains("55 %").is_none());
    press(&mut window, Key::H);
    window.get_by_label("5 + 2·1 = 7");
}

#[test]
fn the_lecture_asks_and_then_tells_in_both_languages() {
    let file = SceneFile::parse(text(Lecture::Fields), std::path::Path::new("lecture"));
    let scenes = file.expect("a lecture").scenes;
    assert!(scenes.len() >= 8);
    let shown = |scene: &Scene, lang| {
        let mut window = open(scene.clone(), in_language(lang), [1280.0, 720.0]);
        settle(&mut window);
        assert!(failure(&window).is_none(), "{}", scene.title.en);
        window
    };
    for scene in &scenes {
        assert_eq!(scene.field.check(), Ok(()));
        for words in [&scene.title, &scene.notes] {
            assert!(!words.en.is_empty() && !words.zh.is_empty());
        }
        shown(scene, Lang::En);
    }
    // What each question is answered with, once the next slide is there.
    let answers = [
        ["it sees 3 pixels", "看到 3 个像素"],
        ["it sees 5 pixels", "看到 5 个像素"],
        ["55 %", "55 %"],
        ["49", "49"],
    ];
    let asking: Vec<usize> = (0..scenes.len()).filter(|&at| scenes[at].field.asked).collect();
    assert_eq!(asking.len(), answers.len());
    for (at, answer) in asking.into_iter().zip(answers) {
        let next = &scenes[at + 1];
        assert!(!next.field.asked, "slide {} asks and the next one does not tell", at + 1);
        for (lang, answer) in Lang::ALL.into_iter().zip(answer) {
            let window = shown(&scenes[at], lang);
            let words = said(&window);
            assert!(!words.contains(answer), "slide {} gives it away: {words}", at + 1);
            assert!(words.lines().any(|line| line == "?"), "slide {}: {words}", at + 1);
            assert!(narrate(studio(&window)).key.starts_with("field-asked"));
            let words = said(&shown(next, lang));
            assert!(words.contains(answer), "slide {} does not tell: {words}", at + 2);
        }
    }
    // Which of two has more weights is asked with both in sight.
    assert_eq!(scenes[4].field.stacks.len(), 2);
}

#[test]
fn a_guess_marks_only_what_the_unit_reads_itself() {
    let stacks = vec![Stack::of(13, [StackLayer::conv(3, 1); 2])];
    let field = FieldScene { stacks, active: 0, asked: true, ..FieldScene::default() };
    let amber = |field: FieldScene| {
        let sketch = as_sketch(studio(&on(field))).expect("a figure");
        let lit = sketch.marks.iter().filter(|mark| match mark {
            Mark::Line { pen, .. } => pen.ink == Ink::from(Colour::Amber),
            _ => false,
        });
        lit.count()
    };
    assert_eq!(amber(field.clone()), 3);
    assert_eq!(amber(FieldScene { asked: false, ..field }), 3 + 9);
}
