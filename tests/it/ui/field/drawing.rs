//! What is drawn: in its place, heard, and on paper.

use super::*;

#[test]
fn so_many_layers_that_no_whole_maps_fit_are_rows() {
    let stacks = FieldPreset::Deep.stacks().expect("stacks");
    let field = FieldScene { stacks, active: 0, maps: true, ..FieldScene::default() };
    let words = said(&on(field));
    assert!(words.contains("do not fit as whole maps"), "{words}");
    assert!(words.contains("it sees 224 pixels in a field of 1,451"), "{words}");
}

#[test]
fn the_neocognitron_gives_no_table_of_another_network() {
    let window = on(of(Subject::Neocognitron));
    for what in [What::FieldCsv, What::FieldLatex, What::FieldSvg] {
        assert!(prepare(studio(&window), Export { what, to: To::Clipboard }).is_none());
    }
}

#[test]
fn figures_and_tables_leave_as_svg_csv_and_latex() {
    let window = on(FieldScene::default());
    let folder = tempfile::tempdir().expect("a folder");
    let written = |what, name: &str| {
        let to = To::Path(folder.path().join(name));
        let job = prepare(studio(&window), Export { what, to }).expect("there is something");
        job.run().expect("nobody cancels").expect("written");
        std::fs::read_to_string(folder.path().join(name)).expect("text")
    };
    let svg = written(What::FieldSvg, "a.svg");
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("sees 7") && svg.contains("27 C² weights, 55 %"), "{svg}");
    // Every element is closed, every text escaped.
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    let csv = written(What::FieldCsv, "a.csv");
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[4], "conv 3,3,3,1,1,1,1,1,1,1,1,7,7,1,1,-3,-3,true");
    let latex = written(What::FieldLatex, "a.tex");
    assert!(latex.contains("r_{3} &= 5 + 2 \\cdot 1 = 7"), "{latex}");
    assert!(latex.starts_with("\\begin{align*}") && latex.trim_end().ends_with("\\end{align*}"));
    for field in [
        FieldScene { maps: true, ..FieldScene::default() },
        FieldScene { page: FieldPage::Growth, ..FieldScene::default() },
        of(Subject::Network),
        of(Subject::Branches),
    ] {
        let window = on(field);
        let sketch = as_sketch(studio(&window)).expect("a figure");
        assert!(sketch.marks.len() > 10 && sketch.size.iter().all(|side| *side > 100.0));
    }
}

/// Every scene of the view that is looked at.
fn scenes() -> Vec<FieldScene> {
    let preset = |preset: FieldPreset| {
        let stacks = preset.stacks().expect("stacks");
        FieldScene { active: stacks.len() - 1, stacks, ..FieldScene::default() }
    };
    let page = |page, field: FieldScene| FieldScene { page, ..field };
    vec![
        FieldScene { selected: Some(1), ..preset(FieldPreset::Seven) },
        FieldScene { maps: true, ..preset(FieldPreset::Dilated) },
        preset(FieldPreset::StrideOrPool),
        page(FieldPage::Table, preset(FieldPreset::StrideOrPool)),
        page(FieldPage::Growth, preset(FieldPreset::Deep)),
        preset(FieldPreset::Deep),
        page(FieldPage::Compose, preset(FieldPreset::Five)),
        of(Subject::Network),
        page(FieldPage::Image, of(Subject::Network)),
        of(Subject::Branches),
        of(Subject::Neocognitron),
    ]
}

#[test]
fn labels_stay_on_screen_and_off_each_other() {
    let is_label =
        |role: Role| matches!(role, Role::Label | Role::Link | Role::ComboBox | Role::SpinButton);
    for (size, presenting) in
        [([1280.0, 800.0], false), ([1024.0, 768.0], false), ([853.0, 480.0], true)]
    {
        for lang in Lang::ALL {
            for field in scenes() {
                let settings = Settings { presenting, scale: 1.0, ..in_language(lang) };
                let at = format!("{:?} {:?} at {size:?} in {lang:?}", field.subject, field.page);
                let window = open_on(field, settings, size);
                assert!(failure(&window).is_none(), "{at}");
                let labels: Vec<(String, egui::Rect)> = window
                    .query_all(by().predicate(move |node| is_label(node.role())))
                    .filter_map(|node| {
                        let node_label = node.accesskit_node().label();
                        let name = node_label.or_else(|| node.value()).unwrap_or_default();
                        let rect = node.rect();
                        (rect.is_positive() && !name.is_empty()).then_some((name, rect))
                    })
                    .collect();
                for (i, (name, rect)) in labels.iter().enumerate() {
                    assert!(!name.contains("{$"), "{at}: a value is missing in {name:?}");
                    let on_screen = rect.left() >= 0.0 && rect.right() <= size[0] + 0.5;
                    assert!(on_screen, "{at}: {name:?} is cut off, {rect:?}");
                    for (other, covered) in &labels[..i] {
                        let shared = rect.shrink(1.0).intersect(covered.shrink(1.0));
                        // Rows of the table that are scrolled away lie under what stands below it.
                        let scrolled = |r: &egui::Rect| r.bottom() > size[1] - 110.0;
                        assert!(
                            !shared.is_positive() || scrolled(rect) || scrolled(covered),
                            "{at}: {name:?} {rect:?} covers {other:?} {covered:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_moves_when_nothing_is_done() {
    for field in [FieldScene::default(), of(Subject::Network), of(Subject::Branches)] {
        let window = on(field);
        let output = window.output();
        let rest = output.viewport_output.values().map(|v| v.repaint_delay).min().expect("one");
        assert!(rest > std::time::Duration::from_secs(3), "{rest:?}");
    }
}

#[test]
fn what_is_painted_can_be_heard() {
    let words = said(&on(of(Subject::Neocognitron)));
    for told in ["S1", "find one feature of a patch", "convolution extracts", "C3 14×14"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    // Of keys that do nothing here, nothing is said.
    assert!(!words.contains("C compare"), "{words}");
    let window = on(FieldScene { page: FieldPage::Growth, ..FieldScene::default() });
    let plot = window.get(by().role(Role::Image).label("Growth"));
    let content = plot.accesskit_node().description().expect("what is written there");
    assert!(content.contains("conv 2") && content.contains("3 × (3×3)"), "{content}");
    let settings = Settings::default();
    let roomy = open_on(FieldScene::default(), settings, [1920.0, 1080.0]);
    assert!(said(&roomy).contains("C compare"));
    let composing = on(FieldScene { page: FieldPage::Compose, ..FieldScene::default() });
    composing.get(by().role(Role::Image).label("Input"));
}
