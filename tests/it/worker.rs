//! The worker's protocol: what is stale is dropped, what is superseded is cancelled, a panic is news.

pub mod training;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use convscope::array::{Array, NodeTrace, Trace, Weights};
use convscope::engine::effective::{Asked, average};
use convscope::engine::{Model, bundled};
use convscope::network::{Network, Shape, Unit, zoo};
use convscope::worker::{
    CandleEngine, Command, EffectiveRequest, EngineError, Event, Images, Origin, Pass, Request,
    RunId, Runner, WeightSource, Worker, WorkerError,
};

/// An engine whose trace is its input; it tells when it starts, and waits while `busy` says so.
struct Echo {
    started: Sender<f32>,
    cancelled: Arc<AtomicUsize>,
}

/// Inputs with this value are worked on until a newer request comes.
const ENDLESS: f32 = 7.0;
/// Inputs with this value make the engine panic.
const POISON: f32 = 13.0;
/// Inputs with this value have no effective field.
const REFUSED: f32 = 17.0;

impl Runner for Echo {
    fn open(
        &mut self,
        _: &Network,
        _: Option<Shape>,
        _: &WeightSource,
    ) -> Result<(Weights, Origin), WorkerError> {
        Ok((Weights::default(), Origin::Random))
    }

    fn gradient(&mut self, pass: &Pass, _: [usize; 2]) -> Result<Array, WorkerError> {
        Ok(pass.input.clone())
    }

    fn trace(&mut self, pass: &Pass, stop: &dyn Fn() -> bool) -> Result<Trace, WorkerError> {
        let input = &pass.input;
        let value = input.values()[0];
        self.started.send(value).expect("the test listens");
        assert!(value != POISON, "poisoned");
        let endless = value == ENDLESS;
        if endless {
            return Err(self.wait_for_stop(stop));
        }
        let node = NodeTrace { sum: input.clone(), output: input.clone() };
        Ok(Trace { nodes: vec![node] })
    }

    fn judge(&mut self, images: &[Array]) -> Result<Vec<usize>, WorkerError> {
        Ok(vec![0; images.len()])
    }

    /// The images themselves.
    fn heats(
        &mut self,
        _: &Pass,
        images: &[Array],
        _: usize,
        _: Unit,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<Array>, WorkerError> {
        assert!(images.len() <= 8, "more than a batch");
        let value = images[0].values()[0];
        self.started.send(-value).expect("the test listens");
        if value == ENDLESS {
            return Err(self.wait_for_stop(stop));
        }
        if value == REFUSED {
            return Err(WorkerError::NothingOpen);
        }
        Ok(images.to_vec())
    }
}

impl Echo {
    fn wait_for_stop(&self, stop: &dyn Fn() -> bool) -> WorkerError {
        while !stop() {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.cancelled.fetch_add(1, Ordering::SeqCst);
        EngineError::Cancelled.into()
    }
}

struct Line {
    worker: Worker,
    started: std::sync::mpsc::Receiver<f32>,
    cancelled: Arc<AtomicUsize>,
}

fn line() -> Line {
    let (started, starts) = channel();
    let cancelled = Arc::new(AtomicUsize::new(0));
    let engine = Echo { started, cancelled: Arc::clone(&cancelled) };
    let mut worker = Worker::start_with(engine, || {}).expect("a thread");
    let network = Arc::new(zoo::lenet5());
    let (run, slide, weights) = (RunId(1), None, WeightSource::Bundled);
    worker.send(Command::Open { run, network, slide, weights });
    Line { worker, started: starts, cancelled }
}

fn request(run: u64, generation: u64, value: f32) -> Request {
    let input = Array::full(&[1, 1, 1], value);
    let pass = Pass { input, weights: None, muted: Arc::default() };
    Request { run: RunId(run), generation, passes: vec![pass], question: None }
}

/// Asks again and again, for longer than any machine needs.
fn wait_for<T>(mut what: impl FnMut() -> Option<T>) -> T {
    for _ in 0..12_000 {
        if let Some(found) = what() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("nothing came within a minute");
}

#[test]
fn no_command_is_lost_however_many_wait() {
    let mut line = line();
    // Nobody listens: the worker waits with its events, and then the queue of commands is full.
    let images: Arc<[Array]> = Arc::new([Array::full(&[1, 1, 1], 1.0)]);
    for _ in 0..500 {
        line.worker.send(Command::Judge { run: RunId(1), images: Arc::clone(&images) });
    }
    let mut judged = 0;
    while judged < 500 {
        judged += usize::from(matches!(wait_for(|| line.worker.event()), Event::Judged { .. }));
    }
}

#[test]
fn an_answer_carries_its_run_and_generation() {
    let mut line = line();
    let opened = wait_for(|| line.worker.event());
    assert!(matches!(opened, Event::Opened { run: RunId(1), .. }));
    line.worker.request(request(1, 41, 2.0));
    let answer = wait_for(|| line.worker.answer());
    assert_eq!((answer.run, answer.generation), (RunId(1), 41));
    assert_eq!(answer.traces[0].output(0).values(), [2.0]);
}

#[test]
fn a_newer_request_cancels_the_older_one() {
    let mut line = line();
    line.worker.request(request(1, 1, ENDLESS));
    wait_for(|| line.started.try_recv().ok());
    line.worker.request(request(1, 2, 3.0));
    let answer = wait_for(|| line.worker.answer());
    assert_eq!((answer.generation, line.cancelled.load(Ordering::SeqCst)), (2, 1));
}

#[test]
fn a_request_for_a_network_that_is_not_open_is_dropped() {
    let mut line = line();
    line.worker.request(request(9, 1, 2.0));
    line.worker.request(request(1, 2, 4.0));
    let answer = wait_for(|| line.worker.answer());
    assert_eq!(answer.generation, 2);
    let started: Vec<f32> = line.started.try_iter().collect();
    assert!(!started.contains(&2.0), "the engine worked on a stale request");
}

#[test]
fn a_panic_becomes_an_event_with_its_words() {
    let mut line = line();
    line.worker.request(request(1, 1, POISON));
    let message = wait_for(|| match line.worker.event()? {
        Event::Panicked { message } => Some(message),
        _ => None,
    });
    assert!(message.contains("poisoned"), "{message}");
    // Later commands go nowhere, and that is no panic of the window.
    line.worker.request(request(1, 2, 1.0));
    assert!(line.worker.answer().is_none());
}

fn prepared(images: Vec<Array>) -> Images {
    Arc::new(LazyLock::new(Box::new(move || images)))
}

fn effective(run: u64, generation: u64, value: f32, average: &[f32]) -> EffectiveRequest {
    let image = |&value: &f32| Array::full(&[1, 1, 1], value);
    let pass = Pass { input: image(&value), weights: None, muted: Arc::default() };
    let average = (!average.is_empty()).then(|| prepared(average.iter().map(image).collect()));
    EffectiveRequest { run: RunId(run), generation, pass, node: 0, unit: [0; 3], average }
}

#[test]
fn an_effective_field_comes_first_for_one_image_and_then_for_all() {
    let mut line = line();
    // The average never comes to its end; what is known before is told.
    line.worker.request_effective(effective(1, 5, 2.0, &[ENDLESS]));
    let first = wait_for(|| line.worker.effective());
    assert_eq!((first.run, first.generation), (RunId(1), 5));
    assert_eq!((first.here.shape(), first.here.values()), (&[1, 1][..], &[2.0][..]));
    assert!(first.average.is_none());
    // Only a batch that has begun can be cancelled.
    wait_for(|| line.started.try_recv().ok().filter(|&value| value == -ENDLESS));
    // A newer one takes its place: 20 images in three batches, five of them silent.
    let images: Vec<f32> = (0..20).map(|i| if i < 5 { 0.0 } else { 4.0 }).collect();
    line.worker.request_effective(effective(1, 6, 3.0, &images));
    let last = wait_for(|| line.worker.effective().filter(|answer| answer.average.is_some()));
    assert_eq!((last.generation, last.here.values()), (6, &[3.0][..]));
    let (mean, live) = last.average.expect("an average");
    assert_eq!((mean.shape(), mean.values(), live), (&[1, 1][..], &[3.0][..], 15));
    assert_eq!(line.cancelled.load(Ordering::SeqCst), 1);
    let batches = line.started.try_iter().filter(|&value| value == 0.0 || value == -4.0).count();
    assert_eq!(batches, 3);
}

#[test]
fn what_the_picture_needs_is_answered_in_the_middle_of_an_average() {
    let mut line = line();
    line.worker.request_effective(effective(1, 1, 2.0, &[ENDLESS]));
    wait_for(|| line.started.try_recv().ok().filter(|&value| value == -ENDLESS));
    for (generation, value) in [(1, 5.0), (2, 6.0)] {
        line.worker.request(request(1, generation, value));
        let answer = wait_for(|| line.worker.answer());
        assert_eq!(
            (answer.generation, answer.traces[0].output(0).values()),
            (generation, &[value][..])
        );
        // And the average is taken up again.
        wait_for(|| line.started.try_recv().ok().filter(|&value| value == -ENDLESS));
    }
    assert!(line.cancelled.load(Ordering::SeqCst) >= 2);
    // So are other commands, and a network that is opened makes the field stale.
    let network = Arc::new(zoo::lenet5());
    let (run, slide, weights) = (RunId(2), None, WeightSource::Bundled);
    line.worker.send(Command::Open { run, network, slide, weights });
    line.worker.request(request(2, 3, 8.0));
    let answer = wait_for(|| line.worker.answer());
    assert_eq!((answer.run, answer.generation), (RunId(2), 3));
    line.worker.request_effective(effective(2, 4, 9.0, &[]));
    let field = wait_for(|| line.worker.effective().filter(|answer| answer.run == RunId(2)));
    assert_eq!((field.generation, field.here.values()), (4, &[9.0][..]));
}

#[test]
fn an_effective_field_of_a_network_that_is_not_open_is_dropped() {
    let mut line = line();
    line.worker.request_effective(effective(9, 1, 2.0, &[]));
    line.worker.request(request(1, 1, 4.0));
    wait_for(|| line.worker.answer());
    line.worker.request_effective(effective(1, 2, 3.0, &[]));
    let answer = wait_for(|| line.worker.effective());
    assert_eq!(answer.generation, 2);
    assert!(!line.started.try_iter().any(|value| value == -2.0), "worked on a stale request");
}

#[test]
fn an_effective_field_that_cannot_be_is_told_and_nothing_else_is_lost() {
    let mut line = line();
    wait_for(|| line.worker.event());
    line.worker.request_effective(effective(1, 3, REFUSED, &[]));
    let event = wait_for(|| line.worker.event());
    assert!(matches!(event, Event::NoEffective { run: RunId(1), generation: 3, .. }), "{event:?}");
    line.worker.request(request(1, 1, 4.0));
    assert_eq!(wait_for(|| line.worker.answer()).generation, 1);
    assert!(line.worker.effective().is_none());
}

#[test]
fn the_real_engine_gives_the_average_of_the_real_network() {
    let network = zoo::lenet5();
    let mut worker = Worker::here(CandleEngine::default());
    let (run, slide, weights) = (RunId(1), None, WeightSource::Bundled);
    worker.send(Command::Open { run, network: Arc::new(network.clone()), slide, weights });
    let image = |n: usize| Array::from_fn(&[1, 32, 32], |i| ((i + 7 * n) as f32 * 0.21).sin());
    let images: Vec<Array> = (0..11).map(image).collect();
    let (node, unit) = (network.index_of("S4").expect("there"), [3, 2, 2]);
    let pass = Pass { input: image(3), weights: None, muted: Arc::default() };
    let average_over = Some(prepared(images.clone()));
    let request = EffectiveRequest { run, generation: 1, pass, node, unit, average: average_over };
    worker.request_effective(request);
    let answer = worker.effective().expect("done before it returned");
    let model = Model::new(&network, &bundled::weights("lenet5").expect("bundled")).expect("fits");
    let asked = Asked { muted: &[], node, unit };
    let expected = average(&model, &images, asked, &|| false).expect("an average");
    let (mean, live) = answer.average.expect("an average");
    assert_eq!((mean.values(), live), (expected.heat.values(), expected.live));
    let gradient = model.unit_gradient(&image(3), &[], node, unit).expect("a gradient");
    let absolute: Vec<f32> = gradient.values().iter().map(|value| value.abs()).collect();
    assert_eq!((answer.here.shape(), answer.here.values()), (&[32, 32][..], &absolute[..]));
}
