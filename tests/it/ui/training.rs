//! The Train view: by keyboard, with scenes and undo, and always the weights that the plan says.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use convscope::array::{Array, Trace, Weights};
use convscope::engine::{Model, lanes};
use convscope::network::design::{Connect, Design};
use convscope::network::zoo;
use convscope::ui::action::{Action, TrainAction};
use convscope::ui::export::What;
use convscope::ui::scene::{
    InputRef, NetworkRef, Scene, SceneError, SceneFile, Series, TrainNetwork, TrainPage, TrainPlan,
    TrainScene, Varied, View, WeightRef,
};
use convscope::ui::settings::Settings;
use convscope::ui::studio::{Curve, History, Studio, TrainRun};
use convscope::worker::Worker;
use convscope::worker::training::{Mark, Pace, RunState, Score, Snapshot, StepNote, Verdicts};
use egui::Key;

use super::exports::export;
use super::{Window, act, around, open, open_file, settle, until};
use crate::worker::training::{directly, settings};

pub(super) const SIZE: [f32; 2] = [1280.0, 800.0];
/// Seven steps.
pub(super) const IMAGES: usize = 200;

pub(super) fn plan() -> TrainPlan {
    TrainPlan { images: Some(IMAGES), settings: settings(), ..TrainPlan::default() }
}

pub(super) fn scene(steps: u64) -> Scene {
    let train = TrainScene { plan: plan(), steps, pace: Pace::Full, ..TrainScene::default() };
    Scene { view: View::Train, train, ..Scene::default() }
}

pub(super) fn window(steps: u64) -> Window {
    open(scene(steps), Settings::default(), SIZE)
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

pub(super) fn steps_done(window: &Window) -> u64 {
    window.state().studio.training().expect("a training").steps_done
}

pub(super) fn weights(window: &Window) -> Arc<Weights> {
    let training = window.state().studio.training().expect("a training");
    Arc::clone(&training.now.as_ref().expect("prepared").weights)
}

pub(super) fn train(window: &mut Window, action: TrainAction) {
    act(window, [Action::Train(action)]);
}

#[test]
fn a_full_stop_takes_one_step_and_space_takes_the_others() {
    let mut window = window(0);
    assert_eq!(steps_done(&window), 0);
    press(&mut window, Key::Period);
    assert_eq!(steps_done(&window), 1);
    assert_eq!(*weights(&window), directly(settings(), IMAGES, 1));
    press(&mut window, Key::Space);
    assert_eq!(steps_done(&window), 7);
    let state = window.state().studio.training().map(|run| run.state.clone());
    assert!(matches!(state, Some(RunState::Done)), "{state:?}");
    let learned = weights(&window);
    assert_eq!(*learned, directly(settings(), IMAGES, 7));
    // From the beginning: the same bits.
    train(&mut window, TrainAction::Again);
    assert_eq!(steps_done(&window), 0);
    assert_ne!(*weights(&window), *learned);
    press(&mut window, Key::Space);
    assert_eq!(*weights(&window), *learned);
}

#[test]
fn space_pauses_what_it_has_started() {
    let worker = Worker::start(|| ()).expect("a thread");
    let mut begun = scene(0);
    // As fast as it can, and far from its end: what is not paused goes on.
    begun.train.plan.settings.epochs = 1_000;
    let wanted = begun.train.plan.settings.clone();
    let studio = Studio::new(begun, Settings::default(), worker);
    let mut window = around(studio, SIZE);
    let is_going =
        |window: &Window| window.state().studio.training().is_some_and(TrainRun::is_going);
    until("the training is prepared", || {
        window.step();
        window.state().studio.training().is_some_and(TrainRun::is_prepared)
    });
    window.key_press(Key::Space);
    until("a step is taken", || {
        window.step();
        steps_done(&window) >= 1
    });
    assert!(is_going(&window));
    window.key_press(Key::Space);
    until("it stands still", || {
        window.step();
        let state = window.state().studio.training().map(|run| run.state.clone());
        !is_going(&window) && matches!(state, Some(RunState::Paused))
    });
    let done = steps_done(&window);
    std::thread::sleep(Duration::from_millis(200));
    window.step();
    assert_eq!(steps_done(&window), done, "it was paused and went on");
    assert!(!is_going(&window));
    // Compared where that takes no minutes.
    if done < 200 {
        assert_eq!(*weights(&window), directly(wanted, IMAGES, done));
    }
}

#[test]
fn arrows_walk_through_the_history() {
    let mut window = window(7);
    let shown = |window: &Window| window.state().studio.scene.train.shown;
    let moment = |window: &Window| {
        let moment = window.state().studio.train_moment().expect("a moment").clone();
        (moment.step, (*moment.weights).clone())
    };
    assert_eq!(shown(&window), None);
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(shown(&window), Some(5));
    assert_eq!(moment(&window), (5, directly(settings(), IMAGES, 5)));
    press(&mut window, Key::ArrowRight);
    assert_eq!(shown(&window), Some(6));
    press(&mut window, Key::ArrowRight);
    assert_eq!(shown(&window), None, "the present one again");
    press(&mut window, Key::Home);
    assert_eq!(moment(&window), (0, directly(settings(), IMAGES, 0)));
    press(&mut window, Key::ArrowLeft);
    assert_eq!(shown(&window), Some(0), "nothing is before the beginning");
    assert_eq!(steps_done(&window), 7, "looking back takes nothing back");
}

#[test]
fn another_plan_is_another_run_and_undo_brings_the_old_one_back() {
    let mut window = window(3);
    let learned = weights(&window);
    let mut other = plan();
    other.settings.seed += 1;
    train(&mut window, TrainAction::Plan(other.clone()));
    let plans = |window: &Window| -> Vec<TrainPlan> {
        window.state().studio.trainings().iter().map(|run| run.plan.clone()).collect()
    };
    assert_eq!(plans(&window), [plan(), other.clone()]);
    assert_eq!(steps_done(&window), 0);
    assert_ne!(*weights(&window), *learned);
    act(&mut window, [Action::Undo]);
    assert_eq!(window.state().studio.scene.train.plan, plan());
    assert_eq!((steps_done(&window), &*weights(&window)), (3, &*learned));
    act(&mut window, [Action::Redo]);
    assert_eq!(window.state().studio.scene.train.plan, other);
}

#[test]
fn a_scene_is_trained_again_to_its_moment() {
    let first = window(4);
    assert_eq!(steps_done(&first), 4);
    assert_eq!(*weights(&first), directly(settings(), IMAGES, 4));
    let text = serde_json::to_string(&first.state().studio.scene_file()).expect("serialises");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("trained.json");
    std::fs::write(&path, text).expect("written");
    let mut other = super::first();
    open_file(&mut other, &path);
    assert_eq!(other.state().studio.scene, first.state().studio.scene);
    assert_eq!(*weights(&other), *weights(&first));
}

#[test]
fn a_trained_network_opens_in_the_step_view_and_in_a_scene_file() {
    let mut window = window(5);
    let learned = weights(&window);
    train(&mut window, TrainAction::LookInside(Some(6)));
    settle(&mut window);
    let studio = &window.state().studio;
    assert_eq!((studio.scene.view, &studio.scene.input), (View::Step, &InputRef::Digit(4006)));
    assert!(matches!(studio.scene.network, NetworkRef::Trained(_)));
    assert_eq!(studio.trained_steps(), Some(5));
    let open = studio.open.as_ref().expect("open");
    assert_eq!(open.weights.tensors, learned.tensors);
    let seen = Arc::clone(&studio.seen.as_ref().expect("seen").trace);
    let text = serde_json::to_string(&studio.scene_file()).expect("serialises");

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("inside.json");
    std::fs::write(&path, &text).expect("written");
    let mut other = super::first();
    open_file(&mut other, &path);
    assert_eq!(other.state().studio.scene, studio.scene);
    let again = Arc::clone(&other.state().studio.seen.as_ref().expect("seen").trace);
    assert_eq!(*again, *seen, "the same numbers, bit for bit");

    // Another number of steps is another document than its name says.
    assert!(SceneFile::parse(&text, Path::new("inside.json")).is_ok());
    let changed = text.replace(r#""step":5"#, r#""step":6"#);
    assert_ne!(changed, text);
    let refused = SceneFile::parse(&changed, Path::new("inside.json"));
    assert!(matches!(refused, Err(SceneError::Document { .. })), "{refused:?}");
}

fn mark(step: u64, weights: &Arc<Weights>) -> Arc<Mark> {
    let score = Score { images: 1, loss: 1.0, accuracy: 0.0 };
    let snapshot = Snapshot {
        step,
        epoch: 0.0,
        weights: Arc::clone(weights),
        trace: Arc::new(Trace { nodes: Vec::new() }),
        probe: (0, 0),
        gradients: Arc::default(),
    };
    let snapshot = Arc::new(snapshot);
    Arc::new(Mark { snapshot, test: score, train: score, verdicts: Verdicts::default() })
}

#[test]
fn the_history_keeps_its_ends_and_stays_within_its_bound() {
    let empty = Arc::new(Weights::default());
    let mut history = History::default();
    for step in 0..5_000 {
        history.keep(mark(step, &empty));
        assert!(history.marks().len() <= 96);
        assert_eq!(history.last().map(|mark| mark.snapshot.step), Some(step));
    }
    let steps: Vec<u64> = history.marks().iter().map(|mark| mark.snapshot.step).collect();
    assert!(history.thinned && steps[0] == 0 && steps.is_sorted() && steps.len() > 60);
    // As parts of the step, no gap is much wider than the others: 5,000^(1/95) is 1.09.
    let widest = steps.windows(2).skip(20).map(|pair| pair[1] as f64 / pair[0] as f64);
    assert!(widest.fold(0.0, f64::max) < 1.4, "{steps:?}");
    assert_eq!(history.at(steps[7] + 1).map(|mark| mark.snapshot.step), {
        let at = steps.iter().rev().find(|&&step| step <= steps[7] + 1);
        at.copied()
    });
    // Weights of 48 MiB: four moments are 192 MiB.
    let mut large = Weights::default();
    let count = 12 << 20;
    large.tensors.insert("F.weight".into(), Array::full(&[count], 0.0));
    let large = Arc::new(large);
    let mut history = History::default();
    (0..9).for_each(|step| history.keep(mark(step, &large)));
    let steps: Vec<u64> = history.marks().iter().map(|mark| mark.snapshot.step).collect();
    assert_eq!((steps.len(), steps[0], steps[3]), (4, 0, 8));
}

#[test]
fn the_curve_stays_within_its_bound_and_its_points_are_means() {
    let mut curve = Curve::default();
    let note = |step: u64| StepNote { step, loss: step as f64, learning_rate: 0.1 };
    for block in 0..100 {
        curve.extend((1..=1_000).map(|i| note(block * 1_000 + i)));
        assert!(curve.points().len() <= 1 << 14);
        assert_eq!(curve.latest().map(|note| note.step), Some((block + 1) * 1_000));
    }
    let points = curve.points();
    assert!(points.len() >= 1 << 12);
    // The loss is the step's own number: a mean lies in the middle of the steps that it stands for.
    let each = points[0].step;
    for (place, point) in (1..).zip(points) {
        assert_eq!(point.step, each * place);
        let middle = (each * place) as f64 - (each - 1) as f64 / 2.0;
        assert!((point.loss - middle).abs() < 1e-9, "{point:?}");
    }
}

#[test]
fn a_sweep_ends_with_one_result_per_member() {
    let mut window = window(0);
    let base = TrainPlan { images: Some(64), ..plan() };
    let series = Series { what: Varied::LearningRate, base, done: 0 };
    train(&mut window, TrainAction::Series(Some(series)));
    // Each frame begins or ends a training: news of the worker wakes the window.
    for _ in 0..60 {
        window.run();
    }
    let studio = &window.state().studio;
    assert_eq!(studio.series_progress(), (7, 7));
    assert!(!studio.series_is_going());
    assert_eq!(studio.scene.train.series.as_ref().map(|series| series.done), Some(7));
    for (member, run) in studio.series() {
        let run = run.expect("a result");
        assert!(run.is_finished());
        assert_eq!(run.plan.settings.learning_rate, member.value);
        if let RunState::Failed(error) = &run.state {
            assert!(member.value >= 0.1, "{}: {error}", member.value);
        } else {
            assert_eq!(run.steps_done, 2);
        }
        if member.value == 0.01 {
            let mut wanted = settings();
            wanted.learning_rate = 0.01;
            let last = run.history.last().expect("judged");
            assert_eq!(*last.snapshot.weights, directly(wanted, 64, 2));
        }
    }
    // The training of the scene is none of them and has not moved.
    assert_eq!(steps_done(&window), 0);
    // It leaves the window from the page that shows it.
    let folder = tempfile::tempdir().expect("a folder");
    train(&mut window, TrainAction::Page(TrainPage::Runs));
    let [table, figure] =
        [(What::SeriesCsv, "sweep.csv"), (What::SeriesSvg, "sweep.svg")].map(|(what, name)| {
            let path = folder.path().join(name);
            export(&mut window, what, &path);
            std::fs::read_to_string(&path).expect("a file")
        });
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 8, "{table}");
    assert!(lines[0].starts_with("learning_rate,seed,scrambled,state,parameters"), "{table}");
    let known = window.state().studio.series()[2].1.and_then(|run| run.history.last()).cloned();
    let accuracy = known.expect("judged").test.accuracy.to_string();
    let cells: Vec<&str> = lines[3].split(',').collect();
    assert_eq!((cells[0], cells[3], cells[4], cells[6]), ("0.01", "done", "61706", &*accuracy));
    assert!(figure.contains("<title>One setting, several values: Learning rate</title>"));
}

#[test]
fn the_three_ways_are_three_for_every_seed_and_order_of_pixels() {
    let series = Series { what: Varied::Ways, base: plan(), done: 0 };
    let members = series.members();
    assert_eq!(members.len(), 18);
    let names = ["lenet-full", "lenet-local", "lenet-conv"];
    assert_eq!(Connect::ALL.len(), names.len());
    for (place, three) in members.chunks(3).enumerate() {
        for (way, member) in three.iter().enumerate() {
            let way = 2 - way;
            assert_eq!(member.value, way as f64);
            assert_eq!(member.plan.settings.seed, settings().seed + place as u64 / 2);
            assert_eq!(member.plan.scrambled, place % 2 == 1);
            assert_eq!(member.plan.network, TrainNetwork::Zoo(names[way].into()).canonical());
        }
    }
}

/// A network that the zoo knows by two names is named by the first.
trait Canonical {
    fn canonical(self) -> Self;
}

impl Canonical for TrainNetwork {
    fn canonical(self) -> Self {
        self.design().map_or(self, TrainNetwork::of)
    }
}

/// Three classes: the network of the digits is made for them, in grey and then in colour, and nothing is
/// refused.
#[test]
fn a_folder_of_pictures_gets_a_network_that_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for (class, colour) in
        [("red", [220, 30, 30]), ("green", [30, 180, 30]), ("blue", [30, 30, 220])]
    {
        let place = folder.path().join(class);
        std::fs::create_dir(&place).expect("made");
        for number in 0..10 {
            let picture = image::RgbImage::from_fn(20, 20, |x, y| {
                let light = ((x * 7 + y * 3 + number * 11) % 30) as u8;
                image::Rgb(colour.map(|part: u8| part.saturating_sub(light)))
            });
            picture.save(place.join(format!("{number}.png"))).expect("written");
        }
    }
    let mut window = open(scene(0), Settings::default(), SIZE);
    open_file(&mut window, folder.path());
    let plan = window.state().studio.scene.train.plan.clone();
    let grey = plan.network.design().expect("a design");
    assert_eq!((grey.input, grey.classes), ([1, 32, 32], 3));
    let colour = Design { input: [3, 32, 32], ..grey };
    let plan = TrainPlan { network: TrainNetwork::of(colour), ..plan };
    act(&mut window, [Action::Train(TrainAction::Plan(plan))]);
    let studio = &window.state().studio;
    assert!(studio.notice.is_none(), "{:?}", studio.notice);
    let run = studio.training().expect("prepared");
    assert!(run.is_prepared());
    assert_eq!(run.network.input(), [3, 32, 32]);
    assert_eq!(run.network.nodes()[run.network.scores()].output, [3, 1, 1]);
    // In the order of their names.
    assert_eq!([0, 1, 2].map(|class| run.class_name(class)), ["blue", "green", "red"]);
    window.key_press(Key::Space);
    window.run();
    let studio = &window.state().studio;
    let weights = studio.trained().expect("trained");
    let stages = &weights.metadata["preprocessing"];
    assert!(!stages.contains("grey") && stages.contains("pad"), "{stages}");
    let last = studio.training().and_then(|run| run.history.last()).expect("judged");
    assert!(last.test.accuracy > 0.9, "colours are easily told apart: {}", last.test.accuracy);
}

/// The kernel's gradient that is drawn is the one that the engine learns from, for the same image alone.
#[test]
fn the_gradient_of_a_kernel_is_what_the_engine_learns_from() {
    let mut train = scene(2);
    train.train.page = TrainPage::Apart;
    train.train.weight = Some(WeightRef { tensor: "C1.weight".into(), index: 58 });
    let mut window = open(train, Settings::default(), SIZE);
    settle(&mut window);
    let studio = &window.state().studio;
    let (apart, kernel) =
        (studio.apart().expect("asked"), studio.apart_kernel().expect("a kernel"));
    assert_eq!((kernel.first, kernel.columns, kernel.values.len()), (50, 5, 25));
    let network = zoo::lenet5_modern();
    let model = Model::new(&network, &apart.weights).expect("fits");
    let packed = lanes::pack_arrays(&[&apart.images[apart.image]], network.input()).expect("fits");
    let learned = model.learn(&packed, &[apart.labels[apart.image]], 0).expect("learned");
    // C1's weights stand first.
    let wanted = &learned.gradient[50..75];
    let reach = wanted.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
    assert!(reach > 0.0);
    for (place, (&found, &wanted)) in kernel.values.iter().zip(wanted).enumerate() {
        assert!((found - f64::from(wanted)).abs() < 1e-4 * f64::from(reach), "{place}");
    }
}
