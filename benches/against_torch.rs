//! LeNet-5 with tanh and average pooling, trained with SGD and momentum: our images per second over
//! those of PyTorch, in turns on the same cores. The interpreter is the one that `TORCH_PY` names.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use convscope::array::Array;
use convscope::engine::optim::{Method, SgdSettings, Stepper};
use convscope::engine::{Model, lanes, seeded};
use convscope::network::Network;

use super::{ROUNDS, median, value};

const BATCHES: [usize; 4] = [1, 32, 64, 256];
/// PyTorch gets the better of these.
const THREADS: [usize; 2] = [1, 2];

const LENET_TANH: &str = r#"{
    "name": "lenet-tanh", "title": "LeNet-5 with tanh and average pooling",
    "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 32, 32]},
        {"name": "C1", "inputs": ["input"], "kind": "conv", "maps": 6, "window": {"kernel": [5, 5]}, "activation": "tanh"},
        {"name": "S2", "inputs": ["C1"], "kind": "pool_avg", "extent": {"window": {"window": {"kernel": [2, 2], "stride": [2, 2]}, "ceil": false}}},
        {"name": "C3", "inputs": ["S2"], "kind": "conv", "maps": 16, "window": {"kernel": [5, 5]}, "activation": "tanh"},
        {"name": "S4", "inputs": ["C3"], "kind": "pool_avg", "extent": {"window": {"window": {"kernel": [2, 2], "stride": [2, 2]}, "ceil": false}}},
        {"name": "C5", "inputs": ["S4"], "kind": "conv", "maps": 120, "window": {"kernel": [5, 5]}, "activation": "tanh"},
        {"name": "F6", "inputs": ["C5"], "kind": "linear", "output": [84, 1, 1], "activation": "tanh"},
        {"name": "OUTPUT", "inputs": ["F6"], "kind": "linear", "output": [10, 1, 1]}
    ]
}"#;

/// What is measured.
#[derive(Clone, Copy)]
enum Job {
    Train,
    Forward,
}

impl Job {
    const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Forward => "forward",
        }
    }
}

pub fn measure() {
    let mut torch = Torch::start();
    if torch.is_none() {
        println!("no PyTorch: set TORCH_PY to an interpreter that has it, for the RATIO lines");
    }
    for job in [Job::Train, Job::Forward] {
        for batch in BATCHES {
            let ours = Ours::new(batch);
            let (mut own, mut theirs) = (Vec::new(), Vec::new());
            for _ in 0..ROUNDS {
                own.push(ours.rate(job));
                if let Some(torch) = &mut torch {
                    let rates = THREADS.map(|threads| torch.rate(job, batch, threads));
                    theirs.push(rates.into_iter().fold(0.0, f64::max));
                }
            }
            let name = format!("lenet-tanh-{}-b{batch}", job.name());
            let own = median(own);
            value(&name, own, "images/s");
            if !theirs.is_empty() {
                println!("RATIO {name} {:.2}", own / median(theirs));
            }
        }
    }
}

/// Our side, with one batch.
struct Ours {
    model: Model,
    images: candle_core::Tensor,
    labels: Vec<usize>,
}

impl Ours {
    fn new(batch: usize) -> Self {
        let network: Network = serde_json::from_str(LENET_TANH).expect("a network");
        let weights = seeded::weights(&network, 1).expect("small");
        let model = Model::new(&network, &weights).expect("fits");
        let images: Vec<Array> = (0..batch)
            .map(|n| Array::from_fn(&network.input(), |i| ((i * (n + 1)) as f32 * 0.01).sin()))
            .collect();
        let images: Vec<&Array> = images.iter().collect();
        let images = lanes::pack_arrays(&images, network.input()).expect("packs");
        Self { model, images, labels: (0..batch).map(|n| n % 10).collect() }
    }

    fn rate(&self, job: Job) -> f64 {
        let vars = self.model.parameters().iter().map(|parameter| parameter.var.clone()).collect();
        let method = Method::Sgd(SgdSettings::default());
        let mut optimizer = Stepper::new(vars, method, 0.01);
        let mut step = || match job {
            Job::Train => {
                let learned = self.model.learn(&self.images, &self.labels, 1).expect("runs");
                optimizer.descend(&learned.gradient, &|_| true).expect("steps");
            }
            Job::Forward => {
                self.model.scores(&self.images).expect("runs");
            }
        };
        step();
        let (mut steps, start) = (0, Instant::now());
        while start.elapsed().as_secs_f64() < 0.4 {
            for _ in 0..(64 / self.labels.len()).max(1) {
                step();
                steps += 1;
            }
        }
        (steps * self.labels.len()) as f64 / start.elapsed().as_secs_f64()
    }
}

/// A running interpreter that answers how fast PyTorch is.
struct Torch {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Torch {
    fn start() -> Option<Self> {
        let python = std::env::var_os("TORCH_PY")?;
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/lenet_torch.py");
        let mut child = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (questions, answers) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut torch = Self { child, questions, answers };
        // Without PyTorch it ends at once.
        torch.ask(Job::Forward, 1, 1).map(|_| torch)
    }

    fn rate(&mut self, job: Job, batch: usize, threads: usize) -> f64 {
        self.ask(job, batch, threads).expect("PyTorch answers as it did before")
    }

    fn ask(&mut self, job: Job, batch: usize, threads: usize) -> Option<f64> {
        writeln!(self.questions, "{} {batch} {threads}", job.name()).ok()?;
        self.questions.flush().ok()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer).ok()?;
        answer.trim().parse().ok()
    }
}

impl Drop for Torch {
    fn drop(&mut self) {
        // It has nothing to save.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
