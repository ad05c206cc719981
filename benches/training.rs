//! A training in the window: what a frame costs while it goes, and how soon it pauses.

use std::time::{Duration, Instant};

use convscope::ui::action::{Action, TrainAction};
use convscope::ui::scene::{Scene, TrainNetwork, TrainPlan, TrainScene, View};
use convscope::worker::training::{Pace, Plan, RunState, TrainingOrder};
use convscope::worker::{Command, RunId, Worker};

use super::frames::{Bench, frame_values};
use super::value;

/// Pauses that are measured.
const PAUSES: usize = 100;

/// Frames at sixty a second while LeNet-5 is trained as fast as it can on the worker's thread: as it is, and
/// with a kernel of its own for each place.
pub fn frames() {
    frames_of("train-frame", &TrainNetwork::default());
    frames_of("train-frame-local", &TrainNetwork::Zoo("lenet-local".into()));
}

fn frames_of(name: &str, network: &TrainNetwork) {
    let mut bench = Bench::with_thread();
    let train = TrainScene { pace: Pace::Full, ..TrainScene::default() };
    let mut plan = TrainPlan { network: network.clone(), ..train.plan.clone() };
    plan.settings.epochs = 200;
    let scene =
        Scene { view: View::Train, train: TrainScene { plan, ..train }, ..Scene::default() };
    bench.session.studio.scene = scene;
    for _ in 0..60 {
        bench.frame(Vec::new());
        std::thread::sleep(Duration::from_millis(16));
    }
    bench.session.studio.carry_out([Action::Train(TrainAction::Toggle)]);
    let times = (0..600).map(|_| {
        std::thread::sleep(Duration::from_millis(12));
        bench.frame(Vec::new()).as_secs_f64() * 1e3
    });
    let times = times.collect();
    let steps = bench.session.studio.training().map_or(0, |run| run.steps_done);
    assert!(steps > 20, "it was training: {steps} steps");
    frame_values(name, times);
}

/// From the order to pause until the worker has stopped: the longest of many, in milliseconds.
pub fn pause() {
    let mut worker = Worker::start(|| {}).expect("threads");
    let run = RunId(1);
    let plan = TrainScene::default().plan;
    let mut settings = plan.settings.clone();
    settings.epochs = 1_000;
    let network = plan.network.network().expect("in the zoo");
    let plan = Plan {
        network: network.into(),
        start: None,
        own: None,
        data: plan.data,
        images: None,
        scrambled: false,
        settings,
    };
    let order = TrainingOrder::Begin { plan: plan.into(), probe: 0 };
    worker.send(Command::Train { run, order });
    let mut longest = Duration::ZERO;
    for i in 0..PAUSES {
        let order = TrainingOrder::Go { until: u64::MAX, pace: Pace::Full };
        worker.send(Command::Train { run, order });
        std::thread::sleep(Duration::from_millis(20 + (i * 7 % 60) as u64));
        drop(worker.reports());
        let start = Instant::now();
        worker.send(Command::Train { run, order: TrainingOrder::Pause });
        while !worker.reports().0.iter().any(|report| matches!(report.state, RunState::Paused)) {
            std::thread::sleep(Duration::from_micros(200));
        }
        longest = longest.max(start.elapsed());
    }
    value("train-pause-longest-ms", longest.as_secs_f64() * 1e3, "ms");
}
