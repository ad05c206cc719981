//! The Parameters view: another layer, another stop, another cell.

use std::sync::{Arc, LazyLock};

use super::{Studio, StudioError};
use crate::network::Channels;
use crate::network::connect::{Border, Hidden, Setting, SettingError, Stop};
use crate::ui::action::{Action, Connect, Direction, Preset};
use crate::ui::navigate;
use crate::ui::scene::{FURTHEST, MOST_TURNED, MatrixCamera, Page, Parameters, Trial, View};

impl Studio {
    pub(super) fn connect(&mut self, connect: Connect) {
        let shown = &mut self.scene.parameters;
        match connect {
            Connect::Setting(setting) => match setting.check() {
                Ok(()) => {
                    self.put_right();
                    let shown = &mut self.scene.parameters;
                    // The same number again is no other layer.
                    if shown.setting == setting {
                        return;
                    }
                    // The same stop, or the end that is nearest to it.
                    shown.stop = setting.stops()[setting.place_of(shown.stop)];
                    shown.setting = setting;
                    shown.from = None;
                    shown.touched = None;
                    shown.camera = MatrixCamera::Fit;
                }
                Err(error) => self.fail(Arc::new(error)),
            },
            Connect::Refused { what, text, most } => {
                self.fail(Arc::new(SettingError::NoNumber { what, text, most }));
            }
            Connect::Stop(stop) => shown.go_to(stop),
            Connect::Move(steps) => {
                let stops = shown.setting.stops();
                let place =
                    shown.setting.place_of(shown.stop).saturating_add_signed(steps as isize);
                shown.go_to(stops[place.min(stops.len() - 1)]);
            }
            Connect::Ask(column, asked) => {
                if let Some(known) = shown.asked.get_mut(column) {
                    *known = asked;
                }
            }
            Connect::Page(page) => shown.page = page,
            Connect::Camera(camera) => shown.camera = camera,
            Connect::Touch(cell) => shown.touched = cell,
            Connect::ByIdentity(on) => shown.by_identity = on,
            Connect::Trial(trial, _) => {
                shown.trial = trial.within_reach();
                self.put_right();
            }
            Connect::RefusedShift(text) => {
                self.fail(Arc::new(StudioError::NoShift { text, furthest: FURTHEST }));
            }
            Connect::RefusedTurn(text) => {
                self.fail(Arc::new(StudioError::NoTurn { text, most: MOST_TURNED }));
            }
            Connect::FromLayer(node) => self.connect_layer(node),
            Connect::BackToLayer => {
                if let Some(pin) = shown.from.clone() {
                    self.scene.pin = Some(pin);
                    self.scene.view = View::Step;
                }
            }
            Connect::Preset(preset) => self.connect_preset(preset),
            Connect::Formula(formula) => shown.formula = formula,
        }
    }

    /// A layer of the open network; where it has no weights that could be shared, nothing changes.
    fn connect_layer(&mut self, node: usize) {
        let Some(open) = &self.open else { return };
        let Some((setting, stop)) = Setting::of_layer(&open.network, node) else { return };
        let pin = self.pin().filter(|pin| pin.node == node);
        let from = pin.unwrap_or_else(|| navigate::to_layer(&open.network, node, self.pin()));
        let from = self.named(from);
        self.scene.parameters =
            Parameters { setting, stop, from, ..self.scene.parameters.untouched() };
        self.put_right();
        self.scene.view = View::Parameters;
        self.dialog = None;
    }

    fn connect_preset(&mut self, preset: Preset) {
        let (setting, stop) = preset.setting();
        self.scene.parameters = Parameters { setting, stop, ..self.scene.parameters.untouched() };
        self.put_right();
        self.scene.view = View::Parameters;
        self.dialog = None;
    }

    /// The arrows: another stop, or the next cell of the matrix.
    pub(super) fn step_in_matrix(&mut self, direction: Direction) {
        let [row, column] = self.scene.parameters.touched.unwrap_or_default();
        let move_by = match direction {
            Direction::PreviousLayer => -1,
            Direction::NextLayer => 1,
            Direction::FirstLayer => i32::MIN + 1,
            Direction::LastLayer => i32::MAX,
            Direction::Up | Direction::PreviousMap => {
                return self.touch_cell(row.saturating_sub(1), column);
            }
            Direction::Down | Direction::NextMap => {
                return self.touch_cell(row.saturating_add(1), column);
            }
            Direction::Left => return self.touch_cell(row, column.saturating_sub(1)),
            Direction::Right => return self.touch_cell(row, column.saturating_add(1)),
        };
        self.connect(Connect::Move(move_by));
    }

    /// The cell, or the last one in its place; nothing where there is no matrix.
    fn touch_cell(&mut self, row: u64, column: u64) {
        let Some(wiring) = self.wiring() else { return };
        let last = |at: u64, count: u128| u128::from(at).min(count - 1) as u64;
        let cell = [last(row, wiring.rows()), last(column, wiring.columns())];
        self.connect(Connect::Touch(Some(cell)));
    }

    /// Enter: to the touched cell, so near that it can be seen.
    pub(super) fn zoom_into_matrix(&mut self) {
        let shown = &mut self.scene.parameters;
        match shown.touched {
            Some([row, column]) => {
                let centre = [row as f64 + 0.5, column as f64 + 0.5];
                shown.camera = MatrixCamera::At { centre, cells: NEAR };
            }
            None => self.touch_the_middle(),
        }
    }

    /// Esc: the whole matrix, then no cell.
    pub(super) fn out_of_matrix(&mut self) {
        let shown = &mut self.scene.parameters;
        if shown.camera == MatrixCamera::Fit {
            shown.touched = None;
        } else {
            shown.camera = MatrixCamera::Fit;
        }
    }

    /// The first weight of the unit in the middle.
    fn touch_the_middle(&mut self) {
        let Some(wiring) = self.wiring() else { return };
        let [maps, rows, columns] = wiring.output;
        let row = wiring.row_of([maps / 2, rows / 2, columns / 2]);
        self.scene.parameters.touched = wiring.nearest_used(row, 0).map(|column| [row, column]);
    }
}

/// Cells per point at which cells can be touched.
const NEAR: f64 = 1.0 / 14.0;

impl Parameters {
    fn go_to(&mut self, stop: Stop) {
        if self.stop.is_sharing() != stop.is_sharing() {
            // A map per kernel makes another matrix.
            self.camera = MatrixCamera::Fit;
        }
        self.stop = stop;
    }

    /// What another layer keeps.
    fn untouched(&self) -> Self {
        Self {
            asked: [false; 3],
            page: Page::Wiring,
            camera: MatrixCamera::Fit,
            touched: None,
            from: None,
            formula: None,
            trial: Trial::default(),
            ..self.clone()
        }
    }
}

/// A layer of LeNet-5, and how that network connects it.
fn of_lenet(layer: &str) -> (Setting, Stop) {
    let network = crate::network::zoo::lenet5();
    let known = network.index_of(layer).and_then(|index| Setting::of_layer(&network, index));
    known.unwrap_or((Setting::default(), Stop::Shared))
}

/// A preset as a layer, and where it begins.
fn preset_setting(preset: Preset) -> (Setting, Stop) {
    let course = Setting::default();
    match preset {
        Preset::Toy => (Setting { image: [1, 1, 24], field: [1, 5], ..course }, Stop::Shared),
        Preset::Course => (course, Stop::Shared),
        Preset::LeNetC1 => of_lenet("C1"),
        Preset::LeNetC3 => of_lenet("C3"),
        // Krizhevsky 2012: 96 kernels of 11 × 11 × 3, stride 4, on 227 × 227.
        Preset::AlexNetConv1 => {
            let conv1 = Setting {
                image: [3, 227, 227],
                border: Border::Valid,
                field: [11, 11],
                stride: [4, 4],
                kernels: 96,
                bias: true,
                ..course
            };
            (conv1, Stop::Shared)
        }
        // The same: 4,096 units on the 256 maps of 6 × 6 that the last pooling leaves.
        Preset::AlexNetFc6 => {
            let fc6 = Setting {
                image: [256, 6, 6],
                border: Border::Ignored(Hidden::Units(4096)),
                field: [6, 6],
                kernels: 4096,
                channels: Channels::Groups(1),
                bias: true,
                ..course
            };
            (fc6, Stop::Full)
        }
    }
}

static PRESETS: LazyLock<[(Setting, Stop); 6]> = LazyLock::new(|| Preset::ALL.map(preset_setting));

impl Preset {
    pub const ALL: [Self; 6] = [
        Self::Toy,
        Self::Course,
        Self::LeNetC1,
        Self::LeNetC3,
        Self::AlexNetConv1,
        Self::AlexNetFc6,
    ];

    /// The layer, and where it begins.
    #[must_use]
    pub fn setting(self) -> (Setting, Stop) {
        PRESETS[self as usize].clone()
    }

    /// The key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Toy => "preset-toy",
            Self::Course => "preset-course",
            Self::LeNetC1 => "preset-c1",
            Self::LeNetC3 => "preset-c3",
            Self::AlexNetConv1 => "preset-conv1",
            Self::AlexNetFc6 => "preset-fc6",
        }
    }

    /// As an action.
    #[must_use]
    pub const fn action(self) -> Action {
        Action::Parameters(Connect::Preset(self))
    }
}
