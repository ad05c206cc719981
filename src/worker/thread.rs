//! The thread itself, and the window's end of the line.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use super::desk::{CandleEngine, Desk, Runner};
use super::protocol::{Answer, Command, Event, Request};
use super::slot::Slot;

/// Commands that may wait; the window never sends more in one frame.
const COMMANDS: usize = 64;
/// Events that may wait; a full queue holds the worker back, and nothing is lost.
const EVENTS: usize = 64;

/// The window's end: commands go in, events come out.
pub struct Worker {
    line: Line,
    requests: Slot<Request>,
    answers: Slot<Answer>,
}

enum Line {
    Thread {
        commands: SyncSender<Command>,
        events: Receiver<Event>,
    },
    /// Commands are carried out when they are sent: for tests and off-screen pictures.
    Here {
        desk: Box<dyn Here>,
        events: Vec<Event>,
    },
}

trait Here {
    fn carry_out(&mut self, command: Command, tell: &mut dyn FnMut(Event));
}

impl<R: Runner> Here for Desk<R> {
    fn carry_out(&mut self, command: Command, tell: &mut dyn FnMut(Event)) {
        Desk::carry_out(self, command, tell);
    }
}

impl Worker {
    /// Starts the engine's thread. `notify` is called after each event or answer, to wake the window.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start(notify: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        Self::start_with(CandleEngine::default(), notify)
    }

    /// The same with another engine.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start_with(
        runner: impl Runner + Send + 'static,
        notify: impl Fn() + Send + 'static,
    ) -> std::io::Result<Self> {
        let (commands, inbox) = sync_channel(COMMANDS);
        let (outbox, events) = sync_channel(EVENTS);
        let desk = Desk::new(runner);
        let (requests, answers) = (desk.requests.clone(), desk.answers.clone());
        std::thread::Builder::new()
            .name("convscope-engine".into())
            .spawn(move || serve(desk, &inbox, &outbox, &notify))?;
        Ok(Self { line: Line::Thread { commands, events }, requests, answers })
    }

    /// A worker without a thread: every command is carried out before [`Worker::send`] returns.
    #[must_use]
    pub fn here(runner: impl Runner + 'static) -> Self {
        let desk = Desk::new(runner);
        let (requests, answers) = (desk.requests.clone(), desk.answers.clone());
        Self { line: Line::Here { desk: Box::new(desk), events: Vec::new() }, requests, answers }
    }

    /// Sends a command. Where the worker has ended, its last event has said so, and nothing happens.
    pub fn send(&mut self, command: Command) {
        match &mut self.line {
            Line::Thread { commands, .. } => match commands.try_send(command) {
                Ok(()) | Err(TrySendError::Disconnected(_)) => {}
                Err(TrySendError::Full(command)) => {
                    tracing::warn!(?command, "the worker's queue is full; a command was dropped");
                }
            },
            Line::Here { desk, events } => desk.carry_out(command, &mut |event| events.push(event)),
        }
    }

    /// Asks for the trace of an image; an older request that has not been answered is dropped.
    pub fn request(&mut self, request: Request) {
        // A slot that was full has a command on its way already.
        if self.requests.put(request) {
            self.send(Command::Look);
        }
    }

    /// The next event, if there is one.
    pub fn event(&mut self) -> Option<Event> {
        match &mut self.line {
            Line::Thread { events, .. } => events.try_recv().ok(),
            Line::Here { events, .. } => (!events.is_empty()).then(|| events.remove(0)),
        }
    }

    /// The latest trace, if it has not been taken yet.
    pub fn answer(&mut self) -> Option<Answer> {
        self.answers.take()
    }
}

fn serve<R: Runner>(
    mut desk: Desk<R>,
    inbox: &Receiver<Command>,
    outbox: &SyncSender<Event>,
    notify: &dyn Fn(),
) {
    // The loop ends when the window drops its end.
    while let Ok(command) = inbox.recv() {
        let result = catch_unwind(AssertUnwindSafe(|| {
            desk.carry_out(command, &mut |event| {
                // A closed channel means that the window is gone.
                let _ = outbox.send(event);
            });
        }));
        if let Err(panic) = result {
            let _ = outbox.send(Event::Panicked { message: words_of(&*panic) });
            notify();
            return;
        }
        notify();
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}
