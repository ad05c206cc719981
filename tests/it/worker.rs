//! The worker's protocol: what is stale is dropped, what is superseded is cancelled, a panic is news.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use convscope::array::{Array, NodeTrace, Trace, Weights};
use convscope::network::{Network, Shape, zoo};
use convscope::worker::{
    Command, Event, Origin, Pass, Request, RunId, Runner, WeightSource, Worker, WorkerError,
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
        loop {
            if !endless {
                break;
            }
            if stop() {
                self.cancelled.fetch_add(1, Ordering::SeqCst);
                return Err(convscope::worker::EngineError::Cancelled.into());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let node = NodeTrace { sum: input.clone(), output: input.clone() };
        Ok(Trace { nodes: vec![node] })
    }

    fn judge(&mut self, images: &[Array]) -> Result<Vec<usize>, WorkerError> {
        Ok(vec![0; images.len()])
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

/// Asks again and again, for at most ten seconds.
fn wait_for<T>(mut what: impl FnMut() -> Option<T>) -> T {
    for _ in 0..2_000 {
        if let Some(found) = what() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("nothing came within ten seconds");
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
