//! No label is cut off or covered, in any language, theme or size.

use convscope::locale::Lang;
use convscope::network::connect::Stop;
use convscope::ui::action::Preset;
use convscope::ui::scene::{
    NetworkRef, Page, Parameters, Pin, Scene, TrainPage, TrainPlan, TrainScene, View,
};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::{Window, open};

const SIZES: [[f32; 2]; 4] = [[1280.0, 800.0], [1920.0, 1080.0], [1024.0, 768.0], [880.0, 560.0]];

fn pinned(network: &str, node: &str, unit: [usize; 3]) -> Scene {
    Scene {
        network: NetworkRef::Zoo(network.into()),
        pin: Some(Pin { node: node.into(), unit }),
        ..Scene::default()
    }
}

/// Height of the foot: in the Step view with the layers, else the narrator alone.
fn foot(window: &Window) -> f32 {
    match window.state().studio.scene.view {
        View::Step | View::Train => 76.0,
        View::Parameters | View::Field => 48.0,
    }
}

/// Layers in the Parameters view.
fn layer(preset: Preset, page: Page, stop: Stop) -> Scene {
    let (setting, _) = preset.setting();
    let touched = Some([3, 3]);
    let parameters = Parameters { setting, page, stop, touched, ..Parameters::default() };
    Scene { view: View::Parameters, parameters, ..Scene::default() }
}

/// A page of the Train view after so many steps.
fn training(page: TrainPage, steps: u64) -> Scene {
    let plan = TrainPlan { images: Some(64), ..TrainPlan::default() };
    let train = TrainScene { plan, steps, page, ..TrainScene::default() };
    Scene { view: View::Train, train, ..Scene::default() }
}

/// Words and numbers with their places. The inspector scrolls, and what lies under its lower edge is
/// not drawn; below that edge only the layers' buttons count.
fn labels(window: &Window, size: [f32; 2]) -> Vec<(String, egui::Rect)> {
    let foot = foot(window);
    let scrolls = window.state().studio.scene.view == View::Train;
    let is_label =
        |role: Role| matches!(role, Role::Label | Role::Button | Role::Link | Role::ComboBox);
    window
        .query_all(by().predicate(move |node| is_label(node.role())))
        .filter_map(|node| {
            let name = node.accesskit_node().label().or_else(|| node.value()).unwrap_or_default();
            let (rect, edge) = (node.rect(), size[1] - foot);
            // In the Train view buttons scroll as well.
            let foot = node.accesskit_node().role() == Role::Button && !scrolls;
            let drawn = rect.bottom() <= edge || foot;
            (drawn && rect.is_positive() && !name.is_empty()).then_some((name, rect))
        })
        .filter(|(_, rect)| rect.bottom() <= size[1] - foot || rect.top() >= size[1] - foot)
        .collect()
}

#[test]
#[expect(clippy::useless_vec, reason = "an array of scenes is too large for the stack")]
fn labels_stay_on_screen_and_off_each_other() {
    check(&vec![
        Scene::default(),
        pinned("lenet5", "S2", [2, 5, 7]),
        pinned("lenet5", "F6", [10, 0, 0]),
        pinned("lenet5", "OUTPUT", [7, 0, 0]),
        pinned("lenet5-modern", "S4", [3, 1, 1]),
        pinned("lenet5-modern", "softmax", [3, 0, 0]),
        layer(Preset::Course, Page::Wiring, Stop::Shared),
        layer(Preset::Course, Page::Counts, Stop::Field([200, 200])),
        layer(Preset::Toy, Page::Wiring, Stop::Local),
        layer(Preset::LeNetC3, Page::Wiring, Stop::Shared),
        layer(Preset::AlexNetFc6, Page::Counts, Stop::Full),
        layer(Preset::Course, Page::Trial, Stop::Shared),
    ]);
}

#[test]
fn labels_of_a_training_stay_on_screen_and_off_each_other() {
    check(&[
        training(TrainPage::Watch, 0),
        training(TrainPage::Watch, 2),
        training(TrainPage::Apart, 2),
        training(TrainPage::Data, 0),
        training(TrainPage::Runs, 2),
        training(TrainPage::Ways, 0),
    ]);
}

fn check(scenes: &[Scene]) {
    let mut faults = Vec::new();
    for size in SIZES {
        for lang in Lang::ALL {
            for scene in scenes {
                let window = open(scene.clone(), super::in_language(lang), size);
                let at = format!(
                    "{:?} {:?} {:?} {:?} at {size:?} in {lang:?}",
                    scene.view, scene.pin, scene.parameters.page, scene.train.page
                );
                let labels = labels(&window, size);
                assert!(labels.len() > 15, "{at}: only {} labels", labels.len());
                for (i, (name, rect)) in labels.iter().enumerate() {
                    if name.contains("{$") {
                        faults.push(format!("{at}: a value is missing in {name:?}"));
                    }
                    if rect.left() < 0.0 || rect.right() > size[0] + 0.5 {
                        faults.push(format!("{at}: {name:?} is cut off, {rect:?}"));
                    }
                    for (other, covered) in &labels[..i] {
                        if rect.shrink(1.0).intersect(covered.shrink(1.0)).is_positive() {
                            faults.push(format!(
                                "{at}: {name:?} {rect:?} covers {other:?} {covered:?}"
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_language_changes_within_a_frame_and_nothing_else_does() {
    let mut window = super::first();
    let scene = window.state().studio.scene.clone();
    window.get_by_label("Begin with C1");
    window.key_press(egui::Key::F2);
    window.run();
    window.get_by_label("从 C1 开始");
    assert_eq!(window.state().studio.scene, scene);
}
