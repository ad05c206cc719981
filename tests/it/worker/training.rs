//! Trainings on the worker: what they learn depends on nothing but their plan, and all of it is told.

mod loading;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use convscope::array::{Array, Trace, Weights};
use convscope::data::{DataRef, LabelledImages, digits};
use convscope::engine::examples::ByteImages;
use convscope::engine::{EngineError, Model, Trainer, evaluate, recipe, seeded};
use convscope::network::zoo;
use convscope::worker::training::{
    AdamSettings, ApartRequest, Mark, Method, Pace, Plan, Read, Report, Reports, RunState,
    Schedule, Score, SgdSettings, Snapshot, StepNote, TrainingOrder, TrainingSettings, Trainings,
    Verdicts, scramble,
};
use convscope::worker::{CandleEngine, Command, RunId, Worker, WorkerError};

const IMAGES: usize = 200;

pub fn settings() -> TrainingSettings {
    TrainingSettings {
        epochs: 1,
        batch: 32,
        method: Method::Sgd(SgdSettings { momentum: 0.9, weight_decay: 0.0 }),
        learning_rate: 0.02,
        schedule: Schedule::Cosine,
        augment: None,
        averaging: None,
        seed: 4,
        frozen: Vec::new(),
    }
}

fn plan(settings: TrainingSettings) -> Plan {
    Plan {
        network: Arc::new(zoo::lenet5_modern()),
        start: None,
        own: None,
        data: DataRef::Digits,
        images: Some(IMAGES),
        scrambled: false,
        settings,
    }
}

/// The same training by the engine alone, after so many steps.
pub fn directly(settings: TrainingSettings, images: usize, steps: u64) -> Weights {
    with_losses(settings, images, steps).0
}

/// With the loss of every step.
fn with_losses(settings: TrainingSettings, images: usize, steps: u64) -> (Weights, Vec<f64>) {
    let network = zoo::lenet5_modern();
    // Evenly among those that are learned from.
    let all = digits::TRAIN_COUNT;
    let set = digits::bundled().subset((0..images).map(|i| i * all / images));
    let examples = ByteImages::of(&set, network.input()).unwrap();
    let weights = seeded::weights(&network, settings.seed).unwrap();
    let model = Model::new(&network, &weights).unwrap();
    let mut trainer = Trainer::new(model, settings, images).unwrap();
    let step = |_| trainer.step(&examples).unwrap().expect("a step is left").loss;
    let losses = (0..steps).map(step).collect();
    (trainer.weights().unwrap(), losses)
}

/// Everything that was told of one training.
#[derive(Default)]
struct Told {
    state: RunState,
    steps_done: u64,
    steps: Vec<StepNote>,
    marks: Vec<Arc<Mark>>,
    now: Option<Arc<Snapshot>>,
    shifts: Option<Vec<f64>>,
    read: Option<Read>,
}

impl Told {
    fn hear(&mut self, report: Report) {
        self.state = report.state;
        self.steps_done = self.steps_done.max(report.steps_done);
        self.steps.extend(report.steps);
        self.marks.extend(report.marks);
        self.now = report.now.or(self.now.take());
        self.shifts = report.shifts.or(self.shifts.take());
        self.read = report.read.or(self.read.take());
    }

    fn weights(&self) -> &Weights {
        &self.now.as_ref().expect("a snapshot").weights
    }

    fn numbers(&self) -> Vec<u64> {
        self.steps.iter().map(|note| note.step).collect()
    }

    fn is_done(&self) -> bool {
        matches!(self.state, RunState::Done)
            && self.marks.last().is_some_and(|mark| mark.snapshot.step == self.steps_done)
    }

    fn error(&self) -> &WorkerError {
        match &self.state {
            RunState::Failed(error) => error,
            RunState::Paused | RunState::Going | RunState::Done => panic!("it has not failed"),
        }
    }
}

struct Line {
    worker: Worker,
    told: BTreeMap<u64, Told>,
}

impl Line {
    fn here() -> Self {
        Self { worker: Worker::here(CandleEngine::default()), told: BTreeMap::new() }
    }

    fn thread() -> Self {
        Self { worker: Worker::start(|| ()).expect("a thread"), told: BTreeMap::new() }
    }

    fn order(&mut self, run: u64, order: TrainingOrder) {
        self.worker.send(Command::Train { run: RunId(run), order });
    }

    fn begin(&mut self, run: u64, plan: Plan) {
        self.order(run, TrainingOrder::Begin { plan: Arc::new(plan), probe: 3 });
    }

    fn go(&mut self, run: u64, until: u64, pace: Pace) {
        self.order(run, TrainingOrder::Go { until, pace });
    }

    fn listen(&mut self) -> &Told {
        for report in self.worker.reports().0 {
            self.told.entry(report.run.0).or_default().hear(report);
        }
        &self.told[&1]
    }

    /// Listens until this is so, for longer than any machine needs.
    fn wait(&mut self, what: impl Fn(&Told) -> bool) {
        for _ in 0..12_000 {
            for report in self.worker.reports().0 {
                self.told.entry(report.run.0).or_default().hear(report);
            }
            if self.told.get(&1).is_some_and(&what) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it did not come so far within a minute");
    }
}

/// With everything that could depend on how often a training was interrupted.
fn busy() -> TrainingSettings {
    TrainingSettings {
        method: Method::Adam(AdamSettings::default()),
        learning_rate: 2e-3,
        augment: recipe::for_network("lenet5").settings.augment,
        averaging: Some(0.9),
        ..settings()
    }
}

#[test]
fn the_worker_learns_what_the_engine_learns_whatever_the_pace_and_the_pauses() {
    let expected = directly(busy(), IMAGES, 7);
    let mut line = Line::here();
    line.begin(1, plan(busy()));
    line.go(1, u64::MAX, Pace::Full);
    assert_eq!(*line.listen().weights(), expected);

    let mut line = Line::thread();
    line.begin(1, plan(busy()));
    line.go(1, 2, Pace::Four);
    line.wait(|told| told.steps_done == 2 && matches!(told.state, RunState::Paused));
    assert_eq!(*line.told[&1].weights(), directly(busy(), IMAGES, 2));
    line.go(1, u64::MAX, Pace::Twenty);
    line.wait(|told| told.steps_done >= 3);
    line.order(1, TrainingOrder::Pause);
    line.order(1, TrainingOrder::Probe(11));
    line.go(1, 5, Pace::Accelerating);
    line.wait(|told| told.steps_done >= 4);
    line.go(1, u64::MAX, Pace::Full);
    line.wait(Told::is_done);
    assert_eq!(*line.told[&1].weights(), expected);
    assert_eq!(line.told[&1].numbers(), (1..=7).collect::<Vec<_>>());
}

#[test]
fn reports_that_nobody_takes_add_up_without_losing_a_step() {
    let mut line = Line::here();
    line.begin(1, plan(settings()));
    for until in [1, 4, 7] {
        line.go(1, until, Pace::Full);
    }
    let told = line.listen();
    assert_eq!(told.numbers(), (1..=7).collect::<Vec<_>>());
    let marks: Vec<u64> = told.marks.iter().map(|mark| mark.snapshot.step).collect();
    assert_eq!(marks, (0..=7).collect::<Vec<_>>(), "seven steps: a quarter of an epoch is one");
    assert!(told.is_done());
    let losses: Vec<f64> = told.steps.iter().map(|note| note.loss).collect();
    assert_eq!(losses, with_losses(settings(), IMAGES, 7).1);
}

/// Pieces of work, one after the other, in a time that has come for all of them.
fn work(trainings: &mut Trainings, told: &mut BTreeMap<u64, Told>) -> bool {
    let later = Instant::now() + Duration::from_mins(1);
    if !trainings.want_to_go_on() {
        return false;
    }
    trainings.go_on(Some(later), &mut drop);
    for report in trainings.reports().take().unwrap_or_default().0 {
        told.entry(report.run.0).or_default().hear(report);
    }
    true
}

#[test]
fn two_trainings_take_their_steps_in_turn() {
    let mut trainings = Trainings::default();
    let mut told = BTreeMap::new();
    for run in [1, 2] {
        let plan = Arc::new(plan(settings()));
        trainings.carry_out(RunId(run), TrainingOrder::Begin { plan, probe: 0 }, &mut drop);
        let order = TrainingOrder::Go { until: u64::MAX, pace: Pace::One };
        trainings.carry_out(RunId(run), order, &mut drop);
    }
    while work(&mut trainings, &mut told) {
        let done = |run: u64| told.get(&run).map_or(0, |told: &Told| told.steps_done);
        assert!(done(1).abs_diff(done(2)) <= 1, "{} and {}", done(1), done(2));
    }
    let expected = directly(settings(), IMAGES, 7);
    for run in [1, 2] {
        assert!(told[&run].is_done());
        assert_eq!(*told[&run].weights(), expected);
    }
}

#[test]
fn no_step_follows_a_pause() {
    let mut trainings = Trainings::default();
    let mut told = BTreeMap::new();
    let begin = TrainingOrder::Begin { plan: Arc::new(plan(settings())), probe: 0 };
    trainings.carry_out(RunId(1), begin, &mut drop);
    let order = TrainingOrder::Go { until: u64::MAX, pace: Pace::One };
    trainings.carry_out(RunId(1), order, &mut drop);
    while told.get(&1).is_none_or(|told: &Told| told.steps_done < 2) {
        assert!(work(&mut trainings, &mut told));
    }
    trainings.carry_out(RunId(1), TrainingOrder::Pause, &mut drop);
    while work(&mut trainings, &mut told) {}
    assert!(matches!(told[&1].state, RunState::Paused));
    assert_eq!(told[&1].numbers(), [1, 2]);
    assert_eq!(trainings.due_in(Instant::now()), None, "nothing is left to be done");
    assert_eq!(told[&1].marks.last().map(|mark| mark.snapshot.step), Some(2), "it was judged");
    assert_eq!(*told[&1].weights(), directly(settings(), IMAGES, 2));
}

#[test]
fn a_pause_stops_the_thread_too() {
    let mut line = Line::thread();
    line.begin(1, plan(TrainingSettings { epochs: 400, ..settings() }));
    line.go(1, u64::MAX, Pace::Full);
    line.wait(|told| told.steps_done > 3);
    line.order(1, TrainingOrder::Pause);
    line.wait(|told| matches!(told.state, RunState::Paused));
    let done = line.told[&1].steps_done;
    std::thread::sleep(Duration::from_millis(80));
    let told = line.listen();
    assert!(told.steps_done == done && matches!(told.state, RunState::Paused));
    assert_eq!(told.numbers(), (1..=done).collect::<Vec<_>>());
}

#[test]
fn a_training_that_diverges_keeps_its_last_good_weights_and_its_history() {
    let mut line = Line::here();
    let settings =
        TrainingSettings { learning_rate: 1e6, schedule: Schedule::Constant, ..settings() };
    line.begin(1, plan(settings.clone()));
    line.go(1, u64::MAX, Pace::Full);
    let told = line.listen();
    assert!(
        matches!(told.error(), WorkerError::Engine(EngineError::Diverged { epoch: 1, .. })),
        "{:?}",
        told.error()
    );
    let finite = |array: &Array| array.values().iter().all(|value| value.is_finite());
    assert!(told.weights().tensors.values().all(finite));
    assert_eq!(*told.marks[0].snapshot.weights, directly(settings, IMAGES, 0), "before step 1");
    assert_eq!(told.numbers(), (1..=told.steps_done).collect::<Vec<_>>());
    // It cannot be made to go on, and another one still can be begun.
    let before = told.steps_done;
    line.go(1, u64::MAX, Pace::Full);
    line.begin(2, plan(self::settings()));
    line.go(2, 1, Pace::Full);
    line.listen();
    assert_eq!((line.told[&1].steps_done, line.told[&2].steps_done), (before, 1));
}

#[test]
fn how_well_shifted_digits_are_read_begins_with_the_test_accuracy() {
    let mut line = Line::here();
    let settings = TrainingSettings { epochs: 3, ..settings() };
    line.begin(1, plan(settings));
    line.go(1, u64::MAX, Pace::Full);
    line.order(1, TrainingOrder::MeasureShifts(1));
    let told = line.listen();
    let network = zoo::lenet5_modern();
    let set = digits::bundled().subset(4000..5000);
    let test = ByteImages::of(&set, network.input()).unwrap();
    let model = Model::new(&network, told.weights()).unwrap();
    let judged = evaluate(&model, &test, &mut |_| true).unwrap();
    let mark = told.marks.last().expect("judged");
    assert!(judged.accuracy > 0.2, "it has learned something: {}", judged.accuracy);
    assert_eq!((mark.test.accuracy, mark.test.images), (judged.accuracy, 1000));
    assert!((mark.test.loss - judged.loss).abs() < 1e-6);
    let shifts = told.shifts.as_ref().expect("measured");
    assert_eq!((shifts.len(), shifts[0]), (2, judged.accuracy));
    let right = mark.verdicts.labels.iter().zip(&mark.verdicts.answers).filter(|(a, b)| a == b);
    assert_eq!(right.count() as f64 / 1000.0, judged.accuracy);
    // One pixel further, by hand: on sheets of 32 × 32, two pixels of paper around each digit.
    let moved = |[dy, dx]: [isize; 2]| {
        let pixels = (0..1000).flat_map(|image| {
            let own = set.image(image);
            (0..1024).map(move |i: isize| {
                let (y, x) = (i / 32 - 2 - dy, i % 32 - 2 - dx);
                let inside = (0..28).contains(&y) && (0..28).contains(&x);
                if inside { own[(y * 28 + x) as usize] } else { 0 }
            })
        });
        let (pixels, labels) = (pixels.collect(), set.labels().to_vec());
        let set = LabelledImages::of_shape([1, 32, 32], pixels, labels).unwrap();
        let test = ByteImages::of(&set, network.input()).unwrap();
        evaluate(&model, &test, &mut |_| true).unwrap().accuracy
    };
    let mean = [[1, 0], [-1, 0], [0, 1], [0, -1]].map(moved).iter().sum::<f64>() / 4.0;
    assert!((shifts[1] - mean).abs() < 1e-12, "{} and {mean}", shifts[1]);
}

#[test]
fn a_digit_is_read_as_the_network_reads_it() {
    let mut line = Line::here();
    line.begin(1, plan(settings()));
    line.go(1, 3, Pace::Full);
    line.order(1, TrainingOrder::Read { image: 3, shift: [0, 0] });
    let told = line.listen();
    let still = told.read.clone().expect("read");
    let network = zoo::lenet5_modern();
    let softmax = told.now.as_ref().expect("a snapshot").trace.output(network.nodes().len() - 1);
    assert_eq!(still.probabilities.len(), 10);
    for (found, &expected) in still.probabilities.iter().zip(softmax.values()) {
        assert!((found - f64::from(expected)).abs() < 1e-6, "{found} and {expected}");
    }
    line.order(1, TrainingOrder::Read { image: 3, shift: [-4, 2] });
    let moved = line.listen().read.clone().expect("read");
    assert_eq!((moved.image, moved.shift), (3, [-4, 2]));
    assert!((moved.probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    assert_ne!(moved.probabilities, still.probabilities);
}

#[test]
fn scrambled_trainings_see_every_image_in_one_other_order() {
    let seen = |scrambled: bool| {
        let mut line = Line::here();
        line.begin(1, Plan { scrambled, ..plan(settings()) });
        let weight = (String::from("C1.weight"), 0);
        line.worker.request_apart(ApartRequest { run: RunId(1), generation: 1, image: 0, weight });
        let apart = line.worker.apart().expect("taken apart");
        let probe = line.listen().now.as_ref().expect("a snapshot").trace.output(0).clone();
        (apart.images, apart.labels, probe)
    };
    let (plain, labels, probe) = seen(false);
    let (other, other_labels, other_probe) = seen(true);
    assert_eq!((labels.len(), &labels), (32, &other_labels));
    let places = scramble(1, 32, 32);
    assert_ne!(places, (0..1024).collect::<Vec<_>>());
    for (a, b) in plain.iter().chain([&probe]).zip(other.iter().chain([&other_probe])) {
        let sorted = |image: &Array| {
            let mut values = image.values().to_vec();
            values.sort_by(f32::total_cmp);
            values
        };
        assert_ne!(a, b);
        assert_eq!(sorted(a), sorted(b), "the same ink");
        assert!(places.iter().zip(b.values()).all(|(&from, &v)| a.values()[from] == v));
    }
}

fn begin() -> TrainingOrder {
    TrainingOrder::Begin { plan: Arc::new(plan(settings())), probe: 0 }
}

#[test]
fn what_has_failed_stays_failed_whatever_is_asked() {
    let mut line = Line::here();
    let settings =
        TrainingSettings { learning_rate: 1e6, schedule: Schedule::Constant, ..settings() };
    line.begin(1, plan(settings));
    line.go(1, u64::MAX, Pace::Full);
    for order in [
        TrainingOrder::Probe(2),
        TrainingOrder::Pause,
        TrainingOrder::Read { image: 1, shift: [0, 1] },
    ] {
        line.order(1, order);
        assert!(matches!(line.listen().error(), WorkerError::Engine(EngineError::Diverged { .. })));
    }
}

#[test]
fn averaged_weights_are_those_that_are_judged_and_shown() {
    let mut line = Line::here();
    line.begin(1, plan(busy()));
    line.go(1, u64::MAX, Pace::Full);
    line.order(1, TrainingOrder::MeasureShifts(0));
    let told = line.listen();
    let network = zoo::lenet5_modern();
    let model = Model::new(&network, told.weights()).unwrap();
    let set = digits::bundled().subset(4000..5000);
    let test = ByteImages::of(&set, network.input()).unwrap();
    let judged = evaluate(&model, &test, &mut |_| true).unwrap();
    let mark = told.marks.last().expect("judged");
    assert_eq!((mark.snapshot.step, mark.test.accuracy), (7, judged.accuracy));
    assert!((mark.test.loss - judged.loss).abs() < 1e-6);
    assert_eq!(told.shifts.as_deref(), Some(&[judged.accuracy][..]));
    let trace = &told.now.as_ref().expect("a snapshot").trace;
    assert_eq!(**trace, model.trace(trace.output(0), &|| false).unwrap());
}

#[test]
fn at_full_speed_the_window_sees_it_only_so_often() {
    let mut trainings = Trainings::default();
    let settings = TrainingSettings { epochs: 10_000, ..settings() };
    let plan = Arc::new(Plan { images: None, ..plan(settings) });
    trainings.carry_out(RunId(1), TrainingOrder::Begin { plan, probe: 0 }, &mut drop);
    let go = TrainingOrder::Go { until: u64::MAX, pace: Pace::Accelerating };
    trainings.carry_out(RunId(1), go, &mut drop);
    let mut now = Instant::now() + Duration::from_mins(1);
    let mut piece = |passes: Duration| {
        now += passes;
        trainings.go_on(Some(now), &mut drop);
        let reports = trainings.reports().take().unwrap_or_default().0;
        reports.into_iter().fold(Told::default(), |mut told, report| {
            told.hear(report);
            told
        })
    };
    // As soon as it waits no longer between two steps.
    while piece(Duration::from_secs(1)).steps_done < 60 {}
    let (mut pieces, mut stepped, mut seen) = (0, 0, 0);
    while stepped < 10 {
        let told = piece(Duration::from_millis(1));
        pieces += 1;
        stepped += usize::from(!told.steps.is_empty());
        seen += usize::from(!told.steps.is_empty() && told.now.is_some());
    }
    assert!(seen <= 1 + pieces / 50, "{seen} of {stepped}, in {pieces} milliseconds");
}

#[test]
fn what_nobody_takes_stays_within_bounds() {
    let mark = |step: u64| {
        let score = Score { images: 1, loss: 1.0, accuracy: 0.0 };
        let snapshot = Arc::new(Snapshot {
            step,
            epoch: 0.0,
            weights: Arc::default(),
            trace: Arc::new(Trace::default()),
            probe: (0, 0),
            gradients: Arc::default(),
        });
        Arc::new(Mark { snapshot, test: score, train: score, verdicts: Verdicts::default() })
    };
    let mut reports = Reports::default();
    for step in 1..=200_000 {
        let note = StepNote { step, loss: step as f64, learning_rate: 0.1 };
        let marks = if step % 100 == 0 { vec![mark(step)] } else { Vec::new() };
        reports = reports.with(Report { steps: vec![note], marks, ..Report::of(RunId(1)) });
    }
    let [report] = reports.0.as_slice() else { panic!("one training") };
    assert!(report.thinned && report.marks.len() <= 96 && report.steps.len() <= 1 << 16);
    let last = report.marks.last().map(|mark| mark.snapshot.step);
    assert_eq!((last, report.steps.last().map(|note| note.step)), (Some(200_000), Some(200_000)));
}
