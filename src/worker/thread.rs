//! The thread itself, and the window's end of the line.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Instant;

use super::desk::{CandleEngine, Desk, Runner};
use super::protocol::{Answer, Command, EffectiveAnswer, EffectiveRequest, Event, Request};
use super::slot::Slot;
use super::training::{Apart, ApartRequest, Reports};
use crate::engine::Threads;

/// Commands that may wait for the worker; more than these wait at the window.
const COMMANDS: usize = 64;
/// Events that may wait; a full queue holds the worker back, and nothing is lost.
const EVENTS: usize = 64;

/// The window's end: commands go in, events come out.
pub struct Worker {
    line: Line,
    slots: Slots,
}

/// What goes in and what comes out, the latest of each.
struct Slots {
    requests: Slot<Request>,
    answers: Slot<Answer>,
    effective_requests: Slot<EffectiveRequest>,
    effective_answers: Slot<EffectiveAnswer>,
    reports: Slot<Reports>,
    apart_requests: Slot<ApartRequest>,
    apart: Slot<Apart>,
}

impl Slots {
    fn of<R: Runner>(desk: &Desk<R>) -> Self {
        let (apart_requests, apart) = desk.trainings.apart();
        Self {
            reports: desk.trainings.reports(),
            apart_requests,
            apart,
            requests: desk.requests.clone(),
            answers: desk.answers.clone(),
            effective_requests: desk.effective_requests.clone(),
            effective_answers: desk.effective_answers.clone(),
        }
    }
}

enum Line {
    Thread {
        commands: SyncSender<Command>,
        /// Those for which the queue had no room.
        waiting: VecDeque<Command>,
        events: Receiver<Event>,
    },
    /// Commands are carried out when they are sent: for tests and off-screen pictures.
    Here { desk: Box<dyn Here>, events: Vec<Event> },
}

trait Here {
    fn carry_out(&mut self, command: Command, tell: &mut dyn FnMut(Event));
}

impl<R: Runner> Here for Desk<R> {
    fn carry_out(&mut self, command: Command, tell: &mut dyn FnMut(Event)) {
        Desk::carry_out(self, command, tell);
        while self.has_work() {
            self.go_on(None, tell);
        }
    }
}

impl Worker {
    /// Starts the engine's thread. `notify` is called after each event or answer, to wake the window.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start(notify: impl Fn() + Send + Sync + 'static) -> std::io::Result<Self> {
        Self::start_with(CandleEngine::default(), notify)
    }

    /// The same with another engine.
    ///
    /// # Errors
    /// If the system grants no thread.
    pub fn start_with(
        runner: impl Runner + Send + 'static,
        notify: impl Fn() + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let (commands, inbox) = sync_channel(COMMANDS);
        let (outbox, events) = sync_channel(EVENTS);
        let desk = Desk::new(runner);
        let slots = Slots::of(&desk);
        std::thread::Builder::new()
            .name("convscope-engine".into())
            .spawn(move || serve(desk, &inbox, &outbox, &notify))?;
        Ok(Self { line: Line::Thread { commands, waiting: VecDeque::new(), events }, slots })
    }

    /// A worker without a thread: every command is carried out before [`Worker::send`] returns.
    #[must_use]
    pub fn here(runner: impl Runner + 'static) -> Self {
        let desk = Desk::new(runner);
        let slots = Slots::of(&desk);
        Self { line: Line::Here { desk: Box::new(desk), events: Vec::new() }, slots }
    }

    /// Sends a command. Where the worker has ended, its last event has said so, and nothing happens.
    pub fn send(&mut self, command: Command) {
        match &mut self.line {
            Line::Thread { waiting, .. } => waiting.push_back(command),
            Line::Here { desk, events } => {
                desk.carry_out(command, &mut |event| events.push(event));
            }
        }
        self.hand_over();
    }

    /// Gives the worker what its queue has room for; the rest waits until it is listened to again.
    fn hand_over(&mut self) {
        let Line::Thread { commands, waiting, .. } = &mut self.line else { return };
        while let Some(command) = waiting.pop_front() {
            match commands.try_send(command) {
                Ok(()) => {}
                Err(TrySendError::Full(command)) => return waiting.push_front(command),
                Err(TrySendError::Disconnected(_)) => return waiting.clear(),
            }
        }
    }

    /// Asks for the trace of an image; an older request that has not been answered is dropped.
    pub fn request(&mut self, request: Request) {
        // A slot that was full has a command on its way already.
        if self.slots.requests.put(request) {
            self.send(Command::Look);
        }
    }

    /// Asks for the effective field of a unit; an older one that has not been finished is dropped. What
    /// [`Worker::request`] asks for comes first.
    pub fn request_effective(&mut self, request: EffectiveRequest) {
        if self.slots.effective_requests.put(request) {
            self.send(Command::Look);
        }
    }

    /// The next event, if there is one.
    pub fn event(&mut self) -> Option<Event> {
        self.hand_over();
        match &mut self.line {
            Line::Thread { events, .. } => events.try_recv().ok(),
            Line::Here { events, .. } => (!events.is_empty()).then(|| events.remove(0)),
        }
    }

    /// The latest trace, if it has not been taken yet.
    pub fn answer(&mut self) -> Option<Answer> {
        self.slots.answers.take()
    }

    /// The latest effective field, if it has not been taken yet: without the average first, then with
    /// it.
    pub fn effective(&mut self) -> Option<EffectiveAnswer> {
        self.slots.effective_answers.take()
    }
}

impl Worker {
    /// What happened in the trainings since this was last asked.
    #[must_use]
    pub fn reports(&mut self) -> Reports {
        self.slots.reports.take().unwrap_or_default()
    }

    /// Asks for the next step of a training, taken apart; an older request that has not been answered is
    /// dropped.
    pub fn request_apart(&mut self, request: ApartRequest) {
        if self.slots.apart_requests.put(request) {
            self.send(Command::Look);
        }
    }

    /// The step taken apart last, if it has not been taken yet.
    pub fn apart(&mut self) -> Option<Apart> {
        self.slots.apart.take()
    }
}

fn serve<R: Runner + Send>(
    mut desk: Desk<R>,
    inbox: &Receiver<Command>,
    outbox: &SyncSender<Event>,
    notify: &(dyn Fn() + Sync),
) {
    // At least one core stays free for the window. Without threads of its own the engine uses this one.
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = Threads::new((cores - 1).max(1)).ok();
    // The loop ends when the window drops its end.
    while let Some(command) = next(&desk, inbox) {
        // A closed channel means that the window is gone.
        let mut tell = |event| {
            drop(outbox.send(event));
            notify();
        };
        let work = || match command {
            Next::Command(command) => {
                desk.carry_out(command, &mut tell);
                true
            }
            Next::GoOn => desk.go_on(Some(Instant::now()), &mut tell),
        };
        let result = catch_unwind(AssertUnwindSafe(|| match &threads {
            Some(threads) => threads.run(work),
            None => work(),
        }));
        match result {
            Ok(true) => notify(),
            Ok(false) => {}
            Err(panic) => {
                tell(Event::Panicked { message: words_of(&*panic) });
                notify();
                return;
            }
        }
    }
}

/// What the thread does next.
enum Next {
    Command(Command),
    /// A piece of the work that is left.
    GoOn,
}

/// Commands come first; without any and with nothing to do, the thread waits. `None`: the window is gone.
fn next<R: Runner>(desk: &Desk<R>, inbox: &Receiver<Command>) -> Option<Next> {
    let Some(wait) = desk.due_in(Instant::now()) else {
        return inbox.recv().ok().map(Next::Command);
    };
    match inbox.recv_timeout(wait) {
        Ok(command) => Some(Next::Command(command)),
        Err(RecvTimeoutError::Timeout) => Some(Next::GoOn),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}
