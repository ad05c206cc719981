//! `make bench`: the figures that README and notes quote, as lines `VALUE name number unit`.
//!
//! Baselines run in the same minute, in turns with ours, and medians are compared: the machine is
//! shared and noisy.

mod against_torch;
mod engine;
mod frames;
mod pictures;
mod roofline;
mod start;
mod training;

// The test measures the same lines.
#[path = "../tests/it/support/line.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod line;

// As the program itself has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 5;
/// The argument that makes this program the empty window that `start` is compared with.
const EMPTY_WINDOW: &str = "empty-window";

fn main() {
    if std::env::args().any(|argument| argument == EMPTY_WINDOW) {
        start::empty_window();
        return;
    }
    // `cargo bench -- connect` measures what has that in its name, without an argument everything is.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    for (name, measure) in JOBS {
        if wanted.as_ref().is_none_or(|wanted| name.contains(wanted.as_str())) {
            measure();
        }
    }
}

const JOBS: [(&str, fn()); 16] = [
    ("forward-trace", engine::forward_with_trace),
    ("gradients", engine::training),
    ("lenet-tanh", against_torch::measure),
    ("roofline", roofline::measure),
    ("lines-read-right", engine::reading),
    ("pictures", pictures::pictures),
    ("pen-to-scores", frames::pen_to_scores),
    ("frame-logic", frames::frame_logic),
    ("drag-connect", frames::dragging_connect),
    ("hover-matrix", frames::hovering_matrix),
    ("drag-trial", frames::dragging_trial),
    ("play-c3", frames::playing),
    ("train-frame", training::frames),
    ("train-pause", training::pause),
    ("stillness", frames::stillness),
    ("start", start::start),
];

fn value(name: &str, number: f64, unit: &str) {
    println!("VALUE {name} {number:.2} {unit}");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
