//! The command line: one file per headless command, and what they share.
//!
//! Invariants (contract §4, §6): standard output is the result and nothing else; remarks go to
//! standard error; JSON comes only from `#[derive(Serialize)]` structs; no command opens a window.
//! Errors are enums with simple fields, so that they can be said in another language.

mod args;
mod data_source;
mod error;
mod image_source;
mod interrupt;
mod look;
mod nearest;
mod network_source;
mod numbers;
mod out_file;
mod output;
mod prepared;
mod table;
mod values;
mod weights_source;

mod describe;
mod eval;
mod exercise;
mod explain;
mod export;
mod field;
mod forward;
mod parameters;
mod render;
mod train;
mod window;
mod zoo;

pub use args::{Cli, Command, Lang, Look, Theme};
pub use error::{CliError, Panicked, exit_code, message, sentence};
pub use interrupt::Interrupt;
pub use output::say;

/// Carries a command out, or opens the window where there is none.
///
/// # Errors
/// Anything that a person, a file or the machine did; [`exit_code`] gives the code for it.
pub fn run(cli: &Cli) -> anyhow::Result<()> {
    let Some(command) = &cli.command else {
        return window::open(cli.look, &cli.files);
    };
    if !matches!(command, Command::Train(_)) {
        Interrupt::exits();
    }
    match command {
        Command::Zoo(args) => zoo::run(args),
        Command::Describe(args) => describe::run(args),
        Command::Forward(args) => forward::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Exercise(args) => exercise::run(args, cli.look),
        Command::Field(args) => field::run(args),
        Command::Parameters(args) => parameters::run(args),
        Command::Render(args) => render::run(args, cli.look),
        Command::Train(args) => train::run(args, &Interrupt::remembered()),
        Command::Eval(args) => eval::run(args),
        Command::Export(args) => export::run(args),
    }
}
