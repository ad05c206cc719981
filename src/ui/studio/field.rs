//! The Receptive field view: other stacks, another unit, and everything that follows from them.

use std::sync::Arc;

use super::{SharedError, Studio};
use crate::network::receptive::growth::{Growth, growth};
use crate::network::receptive::{Fields, NodePaths, NodeRegion, paths_through, trace};
use crate::network::stack::{Stack, StackKind, StackLayer, branching};
use crate::network::{Field, Network};
use crate::ui::action::{Action, Direction, FieldAction, FieldPreset, UnitRef};
use crate::ui::navigate;
use crate::ui::scene::{FieldPage, FieldScene, NetworkRef, Spot, Subject, View};

/// A network, one of its units, and what that unit sees.
#[derive(Clone, Debug)]
pub struct Seer {
    pub network: Arc<Network>,
    pub fields: Arc<Fields>,
    pub growth: Arc<[Growth]>,
    pub unit: UnitRef,
    /// What it sees of every node before it, itself first.
    pub regions: Vec<NodeRegion>,
    /// The theoretical field of the unit's map.
    pub field: Field,
    /// The ways from each cell of each node to it; `None` where they are too many to count.
    ways: Option<Arc<[NodePaths]>>,
}

impl Seer {
    fn of(network: Arc<Network>, fields: Arc<Fields>, unit: UnitRef) -> Self {
        let growth = growth(&network, &fields).into();
        let UnitRef { node, unit: at } = unit;
        Self {
            regions: trace(&network, node, at),
            field: fields.map(&network, node, at[0]),
            ways: ways(&network, unit),
            network,
            fields,
            growth,
            unit,
        }
    }

    /// What the unit sees of node `index`.
    #[must_use]
    pub fn region(&self, index: usize) -> Option<&NodeRegion> {
        self.regions.iter().find(|region| region.node == index)
    }

    /// The ways from each cell of node `index`; `None` where there are none, or too many to count.
    #[must_use]
    pub fn paths_of(&self, index: usize) -> Option<&NodePaths> {
        self.ways.as_ref()?.iter().find(|ways| ways.node == index)
    }

    /// With another unit of the same network.
    fn at(&self, unit: UnitRef) -> Self {
        let (network, fields) = (Arc::clone(&self.network), Arc::clone(&self.fields));
        let UnitRef { node, unit: at } = unit;
        Self {
            regions: trace(&network, node, at),
            field: fields.map(&network, node, at[0]),
            ways: ways(&network, unit),
            growth: Arc::clone(&self.growth),
            network,
            fields,
            unit,
        }
    }
}

fn ways(network: &Network, UnitRef { node, unit: [_, y, x] }: UnitRef) -> Option<Arc<[NodePaths]>> {
    paths_through(network, node, [y, x]).ok().map(Into::into)
}

/// What has been derived for the view, and from what.
#[derive(Clone, Debug, Default)]
pub struct FieldState {
    stacks: Vec<(Stack, Seer)>,
    branches: Option<Seer>,
    network: Option<(super::RunId, Seer)>,
}

impl FieldState {
    /// One stack or two, in the order of the scene.
    pub fn stacks(&self) -> impl Iterator<Item = &Seer> {
        self.stacks.iter().map(|(_, seer)| seer)
    }

    #[must_use]
    pub fn stack(&self, place: usize) -> Option<&Seer> {
        self.stacks.get(place).map(|(_, seer)| seer)
    }

    #[must_use]
    pub fn branches(&self) -> Option<&Seer> {
        self.branches.as_ref()
    }

    /// The open network; `None` until it is open.
    #[must_use]
    pub fn network(&self) -> Option<&Seer> {
        self.network.as_ref().map(|(_, seer)| seer)
    }
}

impl Studio {
    /// Whose field the keys and the table are about.
    #[must_use]
    pub fn seer(&self) -> Option<&Seer> {
        match self.scene.field.subject {
            Subject::Stacks => self.field.stack(self.scene.field.active),
            Subject::Branches => self.field.branches(),
            Subject::Network | Subject::Neocognitron => self.field.network(),
        }
    }

    pub(super) fn field_action(&mut self, action: FieldAction) {
        let shown = &mut self.scene.field;
        match action {
            FieldAction::Preset(preset) => self.field_preset(preset),
            // The page that is shown, chosen once more, answers what was asked.
            FieldAction::Page(page) if page == shown.page => shown.asked = false,
            FieldAction::Page(page) => shown.page = page,
            FieldAction::Maps(on) => shown.maps = on,
            FieldAction::Average(on) => shown.average = on,
            FieldAction::Stack(place, stack) => self.set_stack(place, stack),
            FieldAction::Add(kind) => self.add_layer(kind),
            FieldAction::Remove(layer) => self.change_stack(layer, |stack, layer| {
                stack.layers.remove(layer);
            }),
            FieldAction::Move(layer, down) => self.move_layer(layer, down),
            FieldAction::Select(place, layer) => {
                if let Some(stack) = shown.stacks.get(place) {
                    shown.active = place;
                    shown.selected = layer.filter(|&layer| layer < stack.layers.len());
                }
            }
            FieldAction::Spot(place, spot) => self.set_spot(place, spot),
            FieldAction::Branch(spot) => shown.branch = spot,
            FieldAction::Compare => self.compare_stacks(),
            FieldAction::Composition(composition) => {
                let weights = composition.inner.iter().chain(&composition.outer);
                if weights.into_iter().all(|w| w.abs() <= crate::ui::scene::LARGEST_WEIGHT) {
                    shown.composition = composition;
                }
            }
        }
    }

    fn field_preset(&mut self, preset: FieldPreset) {
        let shown = &mut self.scene.field;
        self.scene.view = View::Field;
        self.dialog = None;
        let kept = FieldScene { average: shown.average, maps: shown.maps, ..FieldScene::default() };
        *shown = match preset.stacks() {
            Some(stacks) => FieldScene { active: stacks.len() - 1, stacks, ..kept },
            None => FieldScene {
                subject: preset.subject(),
                stacks: std::mem::take(&mut shown.stacks),
                active: shown.active,
                ..kept
            },
        };
        if preset == FieldPreset::Compose {
            shown.page = FieldPage::Compose;
        }
        if preset == FieldPreset::Deep {
            // Cells of an image of 224 rows would be finer than a line.
            (shown.page, shown.maps) = (FieldPage::Growth, false);
        }
        if preset == FieldPreset::LeNet {
            self.set_network(NetworkRef::Zoo("lenet5".into()));
            self.scene.field.page = FieldPage::Image;
            if self.scene.pin.as_ref().is_none_or(|pin| pin.node != "S4") {
                let unit = [3, 2, 2];
                self.scene.trail.clear();
                self.scene.pin = Some(crate::ui::scene::Pin { node: "S4".into(), unit });
                self.rest();
            }
        }
    }

    /// Another stack in the place of one; a stack that cannot be is told, and the last good one kept.
    fn set_stack(&mut self, place: usize, stack: Stack) {
        match stack.check() {
            Ok(()) => {
                let shown = &mut self.scene.field;
                if let Some(known) = shown.stacks.get_mut(place) {
                    if known.layers.len() != stack.layers.len() {
                        // The unit may be in a layer that is no longer there.
                        shown.spots[place.min(1)] = None;
                    }
                    *known = stack;
                    shown.active = place;
                }
                if self.notice_is_about_a_stack {
                    self.notice = None;
                    self.notice_is_about_a_stack = false;
                }
            }
            Err(error) => {
                self.fail(Arc::new(error));
                self.notice_is_about_a_stack = true;
            }
        }
    }

    /// Changes the active stack at a layer: the one that is named, else the selected one, else the last.
    fn change_stack(&mut self, layer: Option<usize>, change: impl FnOnce(&mut Stack, usize)) {
        let shown = &self.scene.field;
        // What is not on screen is not changed.
        if shown.subject != Subject::Stacks {
            return;
        }
        let (place, selected) = (shown.active, layer.or(shown.selected));
        let Some(stack) = shown.stack() else { return };
        let last = stack.layers.len() - 1;
        let mut stack = stack.clone();
        let layer = selected.unwrap_or(last).min(last);
        change(&mut stack, layer);
        self.set_stack(place, stack);
        let shown = &mut self.scene.field;
        let left = shown.stack().map_or(0, |stack| stack.layers.len());
        if shown.selected.is_some_and(|selected| selected >= left) {
            shown.selected = left.checked_sub(1);
        }
    }

    fn add_layer(&mut self, kind: StackKind) {
        let layer = match kind {
            StackKind::Conv => StackLayer::conv(3, 1),
            StackKind::MaxPool | StackKind::AveragePool => {
                StackLayer { kind, ..StackLayer::pool(2) }
            }
        };
        let shown = &self.scene.field;
        if shown.subject != Subject::Stacks {
            return;
        }
        let place = shown.active;
        let Some(mut stack) = shown.stack().cloned() else { return };
        stack.layers.push(layer);
        let last = stack.layers.len() - 1;
        self.set_stack(place, stack);
        let shown = &mut self.scene.field;
        if shown.stack().is_some_and(|stack| stack.layers.len() == last + 1) {
            shown.selected = Some(last);
        }
    }

    fn move_layer(&mut self, layer: Option<usize>, down: bool) {
        let Some(stack) = self.scene.field.stack() else { return };
        let last = stack.layers.len() - 1;
        let from = layer.or(self.scene.field.selected).unwrap_or(last).min(last);
        let to = if down { (from + 1).min(last) } else { from.saturating_sub(1) };
        if from == to {
            return;
        }
        self.change_stack(Some(from), |stack, from| stack.layers.swap(from, to));
        self.scene.field.selected = Some(to);
    }

    /// A second stack beside the first, or the active one alone again.
    fn compare_stacks(&mut self) {
        let shown = &mut self.scene.field;
        if shown.subject != Subject::Stacks {
            return;
        }
        let Some(stack) = shown.stack().cloned() else { return };
        if shown.stacks.len() == 1 {
            shown.stacks.push(stack);
            shown.spots[1] = shown.spots[0];
            shown.active = 1;
        } else {
            shown.spots = [shown.spots[shown.active.min(1)], None];
            shown.stacks = vec![stack];
            shown.active = 0;
        }
        shown.selected = None;
    }

    fn set_spot(&mut self, place: usize, spot: Option<Spot>) {
        let shown = &mut self.scene.field;
        if place >= shown.stacks.len() {
            return;
        }
        shown.active = place;
        shown.spots[place.min(1)] = spot;
        // Where the other one is as large there, both are looked at in the same place.
        let other = 1 - place.min(1);
        let (Some(spot), Some(this), Some(that)) =
            (spot, self.field.stack(place), self.field.stack(other))
        else {
            return;
        };
        let last = |seer: &Seer| seer.network.nodes().len() - 1;
        let size = |seer: &Seer, node: usize| seer.network.nodes()[node].output;
        if spot.layer == last(this) && size(this, spot.layer) == size(that, last(that)) {
            self.scene.field.spots[other] = Some(Spot { layer: last(that), at: spot.at });
        }
    }

    /// The arrows.
    pub(super) fn step_in_field(&mut self, direction: Direction) {
        let shown = &self.scene.field;
        match shown.subject {
            Subject::Network | Subject::Neocognitron => {
                if let Some(open) = &self.open {
                    let unit = navigate::step(&open.network, self.pin(), direction);
                    self.act(Action::Pin(unit));
                }
            }
            Subject::Stacks => {
                let last = shown.stacks.len() - 1;
                match direction {
                    Direction::PreviousMap => self.scene.field.active = 0,
                    Direction::NextMap => self.scene.field.active = last,
                    _ => {
                        let place = shown.active;
                        if let Some(spot) = self.field.stack(place).map(|s| stepped(s, direction)) {
                            self.set_spot(place, Some(spot));
                        }
                    }
                }
            }
            Subject::Branches => {
                let spot = self.field.branches().map(|seer| stepped(seer, direction));
                self.scene.field.branch = spot.or(self.scene.field.branch);
            }
        }
    }

    /// Enter: the next picture.
    pub(super) fn next_field_page(&mut self) {
        let pages = pages(&self.scene.field);
        let shown = &mut self.scene.field;
        let place = pages.iter().position(|&page| page == shown.page).map_or(0, |place| place + 1);
        if let Some(&page) = pages.get(place % pages.len().max(1)) {
            shown.page = page;
        }
    }

    /// Esc: no layer is changed any more, the first picture, the unit in the middle.
    pub(super) fn out_of_field(&mut self) {
        let shown = &mut self.scene.field;
        if shown.selected.take().is_some() {
            return;
        }
        if shown.page != FieldPage::Figure {
            shown.page = FieldPage::Figure;
            return;
        }
        self.centre_field();
    }

    /// F: the unit in the middle of the last layer.
    pub(super) fn centre_field(&mut self) {
        let shown = &mut self.scene.field;
        (shown.spots, shown.branch) = ([None, None], None);
    }

    /// Everything that the view shows, made anew where the scene has changed.
    pub(super) fn reconcile_field(&mut self) {
        if self.scene.view != View::Field {
            return;
        }
        if !self.scene.field.can_be_drawn() {
            // A scene from a file may say anything.
            let first = FieldScene::default();
            let kept = self.scene.field.stacks.iter().find_map(|stack| stack.check().err());
            if let Some(error) = kept {
                self.fail(Arc::new(error));
            }
            let FieldScene { subject, page, maps, average, .. } = self.scene.field;
            self.scene.field = FieldScene { subject, page, maps, average, ..first };
        }
        let shown = &self.scene.field;
        match shown.subject {
            Subject::Stacks => {
                let known = std::mem::take(&mut self.field.stacks);
                let made: Result<Vec<_>, SharedError> = shown
                    .stacks
                    .iter()
                    .enumerate()
                    .map(|(place, stack)| {
                        let known = known.get(place).filter(|(known, _)| known == stack);
                        let seer = looking(
                            known.map(|(_, seer)| seer),
                            shown.spots[place.min(1)],
                            || stack.network().map_err(|error| -> SharedError { Arc::new(error) }),
                        )?;
                        Ok((stack.clone(), seer))
                    })
                    .collect();
                match made {
                    Ok(made) => self.field.stacks = made,
                    Err(error) => self.fail(error),
                }
            }
            Subject::Branches => {
                let known = self.field.branches.take();
                let make = || branching().map_err(|error| -> SharedError { Arc::new(error) });
                match looking(known.as_ref(), shown.branch, make) {
                    Ok(seer) => self.field.branches = Some(seer),
                    Err(error) => self.fail(error),
                }
            }
            Subject::Network | Subject::Neocognitron => {
                let Some(open) = &self.open else {
                    self.field.network = None;
                    return;
                };
                let last = open.network.nodes().len() - 1;
                let pin =
                    self.pin().unwrap_or_else(|| navigate::to_layer(&open.network, last, None));
                let known = self.field.network.take().filter(|(run, _)| *run == open.run);
                let seer = match known {
                    Some((_, seer)) if seer.unit == pin => seer,
                    Some((_, seer)) => seer.at(pin),
                    None => Seer::of(Arc::clone(&open.network), Arc::clone(&open.fields), pin),
                };
                self.field.network = Some((open.run, seer));
            }
        }
    }
}

/// The known one with the unit that is asked for, or a new one.
fn looking(
    known: Option<&Seer>,
    spot: Option<Spot>,
    make: impl FnOnce() -> Result<Network, SharedError>,
) -> Result<Seer, SharedError> {
    if let Some(seer) = known {
        let unit = unit_of(&seer.network, spot);
        return Ok(if seer.unit == unit { seer.clone() } else { seer.at(unit) });
    }
    let network = Arc::new(make()?);
    let fields = Arc::new(Fields::of(&network));
    let unit = unit_of(&network, spot);
    Ok(Seer::of(network, fields, unit))
}

/// The unit of a spot, as near to it as the network has one; the middle of the last layer for none.
fn unit_of(network: &Network, spot: Option<Spot>) -> UnitRef {
    let last = network.nodes().len() - 1;
    let node = spot.map_or(last, |spot| spot.layer.min(last));
    let [_, h, w] = network.nodes()[node].output;
    let [y, x] = spot.map_or([(h - 1) / 2, (w - 1) / 2], |spot| spot.at);
    UnitRef { node, unit: [0, y.min(h - 1), x.min(w - 1)] }
}

/// One step from the unit that is looked at.
fn stepped(seer: &Seer, direction: Direction) -> Spot {
    let UnitRef { node, unit: [_, y, x] } =
        navigate::step(&seer.network, Some(seer.unit), direction);
    Spot { layer: node, at: [y, x] }
}

/// The pictures that there are of a subject, in their order.
#[must_use]
pub fn pages(shown: &FieldScene) -> Vec<FieldPage> {
    match shown.subject {
        Subject::Stacks => vec![
            FieldPage::Figure,
            FieldPage::Growth,
            FieldPage::Image,
            FieldPage::Table,
            FieldPage::Compose,
        ],
        Subject::Network => vec![FieldPage::Figure, FieldPage::Image, FieldPage::Table],
        Subject::Branches => {
            vec![FieldPage::Figure, FieldPage::Growth, FieldPage::Image, FieldPage::Table]
        }
        Subject::Neocognitron => vec![FieldPage::Figure],
    }
}

impl FieldPreset {
    pub const ALL: [Self; 9] = [
        Self::Seven,
        Self::Five,
        Self::Dilated,
        Self::StrideOrPool,
        Self::Compose,
        Self::LeNet,
        Self::Branches,
        Self::Deep,
        Self::Neocognitron,
    ];

    /// The key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Seven => "field-preset-seven",
            Self::Five => "field-preset-five",
            Self::Dilated => "field-preset-dilated",
            Self::StrideOrPool => "field-preset-stride",
            Self::Compose => "field-preset-compose",
            Self::LeNet => "field-preset-lenet",
            Self::Branches => "field-preset-branches",
            Self::Deep => "field-preset-deep",
            Self::Neocognitron => "field-preset-neocognitron",
        }
    }

    /// As an action.
    #[must_use]
    pub const fn action(self) -> Action {
        Action::Field(FieldAction::Preset(self))
    }

    const fn subject(self) -> Subject {
        match self {
            Self::LeNet => Subject::Network,
            Self::Branches => Subject::Branches,
            Self::Neocognitron => Subject::Neocognitron,
            Self::Seven
            | Self::Five
            | Self::Dilated
            | Self::StrideOrPool
            | Self::Compose
            | Self::Deep => Subject::Stacks,
        }
    }

    /// Its stacks, the one that is looked at last.
    #[must_use]
    pub fn stacks(self) -> Option<Vec<Stack>> {
        let conv = StackLayer::conv;
        let stacks = match self {
            Self::Seven => {
                vec![Stack::of(13, [conv(7, 3)]), Stack::of(13, [conv(3, 1); 3])]
            }
            Self::Five | Self::Compose => {
                vec![Stack::of(13, [conv(5, 2)]), Stack::of(13, [conv(3, 1); 2])]
            }
            Self::Dilated => {
                let dilated = |dilation| StackLayer { dilation, ..conv(3, dilation) };
                vec![
                    Stack::of(21, [conv(3, 1); 3]),
                    Stack::of(21, [dilated(1), dilated(2), dilated(4)]),
                ]
            }
            Self::StrideOrPool => vec![
                Stack::of(16, [conv(3, 1), conv(3, 1).stride(2), conv(3, 1)]),
                Stack::of(16, [conv(3, 1), conv(3, 1), StackLayer::pool(2), conv(3, 1)]),
            ],
            Self::Deep => vec![Stack::of(224, deep())],
            Self::LeNet | Self::Branches | Self::Neocognitron => return None,
        };
        Some(stacks)
    }
}

/// The windows wider than one cell on the way through ResNet-152 (He et al. 2015, table 1; strides in the
/// 3×3 convolutions, "v1.5").
fn deep() -> Vec<StackLayer> {
    let pool = StackLayer { kernel: 3, padding: 1, ..StackLayer::pool(2) };
    let mut layers = vec![StackLayer::conv(7, 3).stride(2), pool];
    for (stage, blocks) in [3, 8, 36, 3].into_iter().enumerate() {
        for block in 0..blocks {
            let stride = if stage > 0 && block == 0 { 2 } else { 1 };
            layers.push(StackLayer::conv(3, 1).stride(stride));
        }
    }
    layers
}
