//! Which training is shown at which moment, whatever was taken back, opened or left: nothing that was learned
//! is lost, and nothing goes on unseen.

use std::sync::Arc;
use std::time::Duration;

use convscope::network::design::Design;
use convscope::ui::action::{Action, TrainAction};
use convscope::ui::scene::{
    Documents, InputRef, NetworkRef, Scene, SceneFile, Series, TrainNetwork, TrainPage, TrainPlan,
    Varied, View,
};
use convscope::ui::settings::Settings;
use convscope::ui::studio::{Notice, Studio, TrainRun};
use convscope::worker::training::{DataRef, Pace, RunState};
use convscope::worker::{CandleEngine, Worker};

use super::training::{IMAGES, SIZE, plan, scene, steps_done, train, weights, window};
use super::{Window, act, around, open, open_file, settle};
use crate::worker::training::{directly, settings};

fn shown(window: &Window) -> Option<u64> {
    window.state().studio.train_shown()
}

/// The same with other numbers to begin with.
fn other_plan() -> TrainPlan {
    let mut other = plan();
    other.settings.seed += 1;
    other
}

#[test]
fn taking_a_page_back_takes_nothing_back_that_was_learned() {
    let mut window = window(0);
    train(&mut window, TrainAction::Page(TrainPage::Runs));
    train(&mut window, TrainAction::Toggle);
    assert_eq!(steps_done(&window), 7);
    // Without a thread the steps belong to the action that asked for them.
    act(&mut window, [Action::Undo]);
    act(&mut window, [Action::Undo]);
    let studio = &window.state().studio;
    assert_eq!(studio.scene.train.page, TrainPage::Watch);
    assert_eq!((shown(&window), studio.scene.train.steps), (None, 7), "as it would be closed");
}

#[test]
fn a_training_that_cannot_begin_leaves_the_one_before_where_it_was() {
    let mut window = window(0);
    train(&mut window, TrainAction::Toggle);
    train(&mut window, TrainAction::Data(DataRef::Folder("no/such/set".into())));
    let studio = &window.state().studio;
    assert!(matches!(studio.notice, Some(Notice::Failed(_))));
    assert_eq!((studio.scene.train.plan.clone(), studio.scene.train.steps), (plan(), 7));
    assert_eq!(shown(&window), None);
}

#[test]
fn a_scene_shows_its_own_moment_of_a_training_that_is_further() {
    let mut window = window(7);
    let mut earlier = scene(2);
    earlier.train.shown = None;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("earlier.json");
    let text = serde_json::to_string(&SceneFile::new(vec![earlier.clone()], &Documents::default()));
    std::fs::write(&path, text.expect("serialises")).expect("written");
    open_file(&mut window, &path);
    assert_eq!(window.state().studio.scene, earlier, "the scene is as it was written");
    assert_eq!((shown(&window), steps_done(&window)), (Some(2), 7));
    let moment = window.state().studio.train_moment().expect("a moment").clone();
    assert_eq!(*moment.weights, directly(settings(), IMAGES, 2));
    // To look at another digit is not to go on.
    train(&mut window, TrainAction::Probe(5));
    assert_eq!(shown(&window), Some(2));
    train(&mut window, TrainAction::Show(None));
    assert_eq!((shown(&window), window.state().studio.scene.train.steps), (None, 7));
}

#[test]
fn only_moments_that_are_kept_are_shown() {
    // A quarter of an epoch of a hundred steps lies between two of them.
    let many = TrainPlan { images: Some(3200), ..plan() };
    let mut begun = scene(90);
    begun.train.plan = many;
    let mut window = open(begun, Settings::default(), SIZE);
    train(&mut window, TrainAction::Show(Some(63)));
    let run = window.state().studio.training().expect("a training");
    let steps: Vec<u64> = run.history.marks().iter().map(|mark| mark.snapshot.step).collect();
    assert!(!steps.contains(&63), "{steps:?}");
    let before = steps.iter().copied().filter(|&step| step < 63).max();
    assert_eq!((window.state().studio.scene.train.shown, shown(&window)), (before, before));
    // From the present one back: first to the last that is kept.
    train(&mut window, TrainAction::Show(None));
    train(&mut window, TrainAction::Move(-1));
    assert_eq!(shown(&window), steps.iter().copied().filter(|&step| step < 90).max());
    train(&mut window, TrainAction::Move(1));
    assert_eq!(shown(&window), None);
}

#[test]
fn a_scene_beyond_the_end_stands_at_the_end() {
    let window = window(1_000_000);
    let studio = &window.state().studio;
    assert_eq!((studio.scene.train.steps, studio.taking_up(), shown(&window)), (7, None, None));
}

#[test]
fn choices_are_taken_back_one_by_one_and_a_dragged_number_at_once() {
    let mut window = window(0);
    let of = |network: &str| TrainPlan { network: TrainNetwork::Zoo(network.into()), ..plan() };
    train(&mut window, TrainAction::Plan(of("lenet-local")));
    train(&mut window, TrainAction::Plan(of("lenet5")));
    for rate in [0.03, 0.04, 0.05] {
        let mut plan = of("lenet5");
        plan.settings.learning_rate = rate;
        train(&mut window, TrainAction::Plan(plan));
    }
    let mut back = || {
        act(&mut window, [Action::Undo]);
        window.state().studio.scene.train.plan.clone()
    };
    assert_eq!(back(), of("lenet5"));
    assert_eq!(back(), of("lenet-local"));
    assert_eq!(back(), plan());
}

#[test]
fn another_network_freezes_no_layer_of_the_same_name() {
    let mut window = window(0);
    let mut frozen = plan();
    frozen.settings.frozen = vec!["C1".into(), "F6".into()];
    train(&mut window, TrainAction::Plan(frozen.clone()));
    // Other kernels in the second layer: the first is the same still, F6 as well.
    let mut design = Design::of("lenet5-modern").expect("a design");
    design.blocks[1].maps = 20;
    let other = TrainNetwork::of(design);
    train(&mut window, TrainAction::Plan(TrainPlan { network: other, ..frozen.clone() }));
    let now = |window: &Window| window.state().studio.scene.train.plan.settings.frozen.clone();
    assert_eq!(now(&window), ["C1", "F6"]);
    // LeNet-5 of 1998 has a layer F6 as well, and a C1 with other neighbours; a sweep has other ones.
    let mut design = Design::of("lenet5-modern").expect("a design");
    design.blocks[0].maps = 3;
    let other = TrainNetwork::of(design);
    train(&mut window, TrainAction::Plan(TrainPlan { network: other, ..frozen.clone() }));
    assert_eq!(now(&window), ["F6"]);
    let series = Series { what: Varied::Depth, base: frozen, done: 0 };
    for member in series.members() {
        let network = member.plan.network.network().expect("legal");
        let frozen = &member.plan.settings.frozen;
        assert!(frozen.iter().all(|name| network.index_of(name).is_some()), "{frozen:?}");
    }
    assert!(window.state().studio.notice.is_none());
}

#[test]
fn a_scene_with_an_impossible_network_says_so_and_trains_nothing() {
    let mut wrong = scene(500);
    let mut design = Design::of("lenet5-modern").expect("a design");
    design.blocks[0].kernel = 99;
    wrong.train.plan.network = TrainNetwork::Design(design);
    let window = open(wrong, Settings::default(), SIZE);
    let studio = &window.state().studio;
    let Some(Notice::Failed(error)) = &studio.notice else { panic!("{:?}", studio.notice) };
    assert!(error.to_string().contains("layer"), "{error}");
    assert_eq!((steps_done(&window), studio.scene.train.steps), (0, 0));
}

#[test]
fn the_three_ways_are_made_for_the_images_of_the_network_they_follow() {
    let mut design = Design::of("lenet5-modern").expect("a design");
    (design.input, design.classes) = ([3, 32, 32], 4);
    let base = TrainPlan { network: TrainNetwork::of(design), ..plan() };
    let members = Series { what: Varied::Ways, base, done: 0 }.members();
    assert_eq!(members.len(), 18);
    for member in members {
        let network = member.plan.network.network().expect("legal");
        let scores = network.nodes()[network.scores()].output;
        assert_eq!((network.input(), scores), ([3, 32, 32], [4, 1, 1]));
    }
}

#[test]
fn trainings_that_a_scene_compares_are_taken_up_with_it() {
    let mut compared = scene(7);
    compared.train.beside = vec![other_plan()];
    let window = open(compared, Settings::default(), SIZE);
    let studio = &window.state().studio;
    let [beside] = studio.trainings_beside().collect::<Vec<_>>()[..] else { panic!("one") };
    assert!(beside.is_finished() && matches!(beside.state, RunState::Done));
    assert_eq!(*beside.history.last().expect("judged").snapshot.weights, {
        directly(other_plan().settings, IMAGES, 7)
    });
}

#[test]
fn a_sweep_keeps_the_history_of_what_was_trained_by_hand() {
    let mut window = window(0);
    train(&mut window, TrainAction::Toggle);
    let marks = |window: &Window, plan: &TrainPlan| {
        let trainings = window.state().studio.trainings();
        let run = trainings.iter().find(|run| run.plan == *plan).expect("there");
        (run.history.marks().len(), run.history.thinned)
    };
    let by_hand = marks(&window, &plan());
    assert!(by_hand.0 > 2);
    let series = Series { what: Varied::LearningRate, base: plan(), done: 0 };
    let member = series.members().remove(2).plan;
    // The sweep's own rate: trained by hand as well.
    train(&mut window, TrainAction::Plan(member.clone()));
    train(&mut window, TrainAction::Toggle);
    train(&mut window, TrainAction::Series(Some(series)));
    train(&mut window, TrainAction::Plan(plan()));
    for _ in 0..60 {
        window.run();
    }
    assert_eq!(window.state().studio.series_progress(), (7, 7));
    assert_eq!(marks(&window, &member), by_hand);
    assert_eq!(marks(&window, &plan()), by_hand);
    let [first, ..] = &window.state().studio.series()[..] else { panic!("members") };
    let swept = first.0.plan.clone();
    assert_eq!(marks(&window, &swept), (1, true), "of the others the last moment stays");
}

#[test]
fn another_window_can_look_at_what_this_one_has_trained() {
    let window = window(5);
    let studio = &window.state().studio;
    let worker = Worker::here(CandleEngine::default());
    let (scene, trainings) = (studio.scene.clone(), studio.trainings_so_far());
    let other =
        Studio::with_trainings(scene, Documents::default(), trainings, Settings::default(), worker);
    let moment = other.train_moment().expect("a moment");
    assert!(Arc::ptr_eq(moment, studio.train_moment().expect("a moment")), "not trained anew");
    assert!(!other.is_waiting());
}

/// The same numbers as when it was the next one, bit for bit; after the last step, that one.
#[test]
fn a_step_of_the_past_is_taken_apart_as_it_was() {
    let seen = |window: &Window| {
        let apart = window.state().studio.apart().expect("taken apart").clone();
        let weights = [(*apart.weights).clone(), (*apart.gradient).clone()];
        (apart.step, apart.labels.clone(), weights)
    };
    let mut window = window(0);
    train(&mut window, TrainAction::Page(TrainPage::Apart));
    let mut steps = Vec::new();
    for _ in 0..7 {
        steps.push(seen(&window));
        train(&mut window, TrainAction::OneStep);
    }
    assert_eq!(steps.iter().map(|step| step.0).collect::<Vec<_>>(), (0..7).collect::<Vec<_>>());
    assert_eq!(seen(&window), steps[6], "no step is left");
    for past in [2, 5, 0] {
        train(&mut window, TrainAction::Show(Some(past)));
        assert_eq!(seen(&window), steps[past as usize]);
    }
    assert_eq!((steps_done(&window), window.state().studio.repeating()), (7, None));
}

#[test]
fn an_image_of_a_folder_opens_in_the_step_view_as_the_network_learned_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for class in [0_u8, 1] {
        let place = folder.path().join(format!("class {class}"));
        std::fs::create_dir(&place).expect("made");
        for number in 0..5_u8 {
            let picture = image::GrayImage::from_fn(32, 32, |x, y| {
                let ink = if class == 0 { x } else { y };
                image::Luma([(ink as u8 * 7).wrapping_add(number * 3)])
            });
            picture.save(place.join(format!("{number}.png"))).expect("written");
        }
    }
    let mut window = open(scene(0), Settings::default(), SIZE);
    open_file(&mut window, folder.path());
    train(&mut window, TrainAction::OneStep);
    let sets = Arc::clone(window.state().studio.training().unwrap().sets.as_ref().expect("loaded"));
    train(&mut window, TrainAction::LookInside(Some(1)));
    settle(&mut window);
    let studio = &window.state().studio;
    assert!(matches!(studio.scene.network, NetworkRef::Trained(_)));
    assert!(matches!(studio.scene.input, InputRef::Pasted { .. }), "{:?}", studio.scene.input);
    let trace = &studio.seen.as_ref().expect("seen").trace;
    let pixels = sets.test.image(1);
    // From paper −0.1 to ink 1.175 (LeCun 1998, §III-A).
    for (&value, &byte) in trace.output(0).values().iter().zip(pixels) {
        let wanted = -0.1 + 1.275 * f32::from(byte) / 255.0;
        assert!((value - wanted).abs() < 5e-3, "{value} for {byte}");
    }
}

#[test]
fn scrambled_images_do_not_open_in_the_step_view() {
    let mut begun = scene(1);
    begun.train.plan.scrambled = true;
    let mut window = open(begun, Settings::default(), SIZE);
    train(&mut window, TrainAction::LookInside(Some(1)));
    let studio = &window.state().studio;
    assert_eq!(studio.scene.view, View::Train);
    assert!(matches!(studio.notice, Some(Notice::Failed(_))));
}

/// A window with a thread, on a training that ends in a long time.
fn endless(steps: u64) -> Window {
    let worker = Worker::start(|| ()).expect("a thread");
    let mut begun: Scene = scene(steps);
    begun.train.plan.settings.epochs = 2_000;
    begun.train.pace = Pace::Full;
    around(Studio::new(begun, Settings::default(), worker), SIZE)
}

/// Runs frames until this is so.
fn until(window: &mut Window, what: &str, is_so: impl Fn(&Studio) -> bool) {
    for _ in 0..6_000 {
        window.step();
        if is_so(&window.state().studio) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it has not come to this: {what}");
}

fn rests(studio: &Studio, plan: &TrainPlan) -> bool {
    let run = studio.trainings().iter().find(|run| run.plan == *plan);
    run.is_some_and(|run| !run.is_going() && matches!(run.state, RunState::Paused))
}

#[test]
fn what_is_being_taken_up_can_be_paused() {
    let mut window = endless(13_000);
    until(&mut window, "some steps", |studio| {
        studio.training().is_some_and(|run| run.steps_done > 3)
    });
    window.state_mut().studio.carry_out([Action::Train(TrainAction::Toggle)]);
    let plan = window.state().studio.scene.train.plan.clone();
    until(&mut window, "a pause", |studio| rests(studio, &plan));
    for _ in 0..5 {
        window.step();
    }
    let studio = &window.state().studio;
    assert!(rests(studio, &plan) && studio.taking_up().is_none());
    assert_eq!(studio.scene.train.steps, steps_done(&window));
    assert!(steps_done(&window) < 13_000);
    assert_eq!(weights(&window).tensors.len(), 10);
}

#[test]
fn what_a_step_back_leaves_does_not_go_on_unseen() {
    let mut window = endless(0);
    let other = TrainPlan { network: TrainNetwork::Zoo("lenet-local".into()), ..plan() };
    let other = TrainPlan { settings: endless_settings(&window), ..other };
    let prepared = |studio: &Studio| studio.training().is_some_and(TrainRun::is_prepared);
    until(&mut window, "the first one", prepared);
    window.state_mut().studio.carry_out([Action::Train(TrainAction::Plan(other.clone()))]);
    until(&mut window, "the other one", prepared);
    window.state_mut().studio.carry_out([Action::Train(TrainAction::Toggle)]);
    until(&mut window, "a step", |studio| studio.training().is_some_and(|run| run.steps_done > 1));
    window.state_mut().studio.carry_out([Action::Undo]);
    assert_ne!(window.state().studio.scene.train.plan, other);
    until(&mut window, "its rest", |studio| rests(studio, &other));
}

fn endless_settings(window: &Window) -> convscope::worker::training::TrainingSettings {
    window.state().studio.scene.train.plan.settings.clone()
}
