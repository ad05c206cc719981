//! The start of the process to its first frame, against an empty window.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{EMPTY_WINDOW, ROUNDS, median, value};

/// From the start of the process to the end of the frame with the first picture, against an eframe
/// window with nothing in it.
pub fn start() {
    let Some(display) = Display::open() else {
        eprintln!("no display and no Xvfb: start-extra-ms is left out");
        return;
    };
    let ours = env!("CARGO_BIN_EXE_convscope");
    let itself = std::env::current_exe().expect("this program has a path");
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..=ROUNDS {
        full.push(timed(
            &display,
            Command::new(ours).env("CONVSCOPE_CLOSE_AFTER_FIRST_PICTURE", "1"),
        ));
        empty.push(timed(&display, Command::new(&itself).arg(EMPTY_WINDOW)));
    }
    // The first round warms the disk.
    let (full, empty) = (median(full.split_off(1)), median(empty.split_off(1)));
    value("start-ms", full, "ms");
    value("start-empty-window-ms", empty, "ms");
    value("start-extra-ms", full - empty, "ms");
}

fn timed(display: &Display, command: &mut Command) -> f64 {
    let home = tempfile::tempdir().expect("a folder");
    let start = Instant::now();
    let status = command
        .env("DISPLAY", &display.name)
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path())
        .stderr(Stdio::null())
        .status()
        .expect("starts");
    assert!(status.success(), "the window ended with {status}");
    start.elapsed().as_secs_f64() * 1e3
}

/// The display to open windows on; where there is none, a virtual one for as long as this lives.
struct Display {
    name: String,
    server: Option<Child>,
}

impl Display {
    fn open() -> Option<Self> {
        if let Ok(name) = std::env::var("DISPLAY") {
            return Some(Self { name, server: None });
        }
        let name = format!(":{}", 100 + std::process::id() % 400);
        let server = Command::new("Xvfb")
            .args([&name, "-screen", "0", "1280x800x24"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        std::thread::sleep(Duration::from_secs(2));
        Some(Self { name, server: Some(server) })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            // It may have ended by itself.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

pub fn empty_window() {
    struct Empty(u32);
    impl eframe::App for Empty {
        fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
            self.0 += 1;
            if self.0 == 2 {
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
            }
            ui.ctx().request_repaint();
        }
    }
    let options = eframe::NativeOptions::default();
    let run = eframe::run_native("empty", options, Box::new(|_| Ok(Box::new(Empty(0)))));
    run.expect("a window");
}
