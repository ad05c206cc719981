//! Starts the window or carries out a headless command, and turns its error into a sentence.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use convscope::cli::{self, Cli, Panicked, exit_code, say, sentence};
use tracing_subscriber::EnvFilter;

// Fresh buffers without page faults: trebles the speed of training.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::read();
    let lang = cli.look.spoken();
    start_log();
    // A panic is a bug, but even then the exit code keeps the contract: never 101.
    match catch_unwind(AssertUnwindSafe(|| cli::run(&cli))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            say(sentence(lang, error.as_ref()));
            ExitCode::from(exit_code(&error))
        }
        Err(_) => {
            say(sentence(lang, &Panicked));
            ExitCode::FAILURE
        }
    }
}

/// Logs go to standard error, and only when `RUST_LOG` asks for them.
fn start_log() {
    if std::env::var_os("RUST_LOG").is_some() {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::from_default_env())
            .with_writer(std::io::stderr)
            .log_internal_errors(false)
            .init();
    }
}
