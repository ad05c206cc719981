//! The figure as a whole: pan, zoom, what is under the pointer, and the order in which its parts are
//! drawn.

use egui::{Event, MouseWheelUnit, Rect, Response, Sense, Ui, Vec2, vec2};

use super::camera::Eye;
use super::figure::{Figure, Form};
use super::{badges, fields, heading, heat, links, loupe, maps, scores, time};
use crate::array::Range;
use crate::ui::action::{Action, UnitRef};
use crate::ui::replay::Progress;
use crate::ui::scene::Camera;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Open, Seen};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{colour_bar, text};

/// Everything the parts of the figure need to draw themselves.
pub struct Scenery<'a> {
    pub open: &'a Open,
    pub seen: &'a Seen,
    pub figure: &'a Figure,
    pub eye: Eye,
    /// The pinned and the hovered unit.
    pub pin: Option<UnitRef>,
    pub hovered: Option<UnitRef>,
    /// How far the replay has come, if there is one.
    pub progress: Option<Progress>,
    pub side: Side,
    /// What the colours of both sides of a comparison span.
    pub shared: Option<Range>,
}

/// Which of two states is drawn, or what differs between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    Own,
    Beside,
    Difference,
}

impl Scenery<'_> {
    pub fn name(&self, node: usize) -> &str {
        &self.open.network.nodes()[node].name
    }

    /// How much of a node is shown from the last full pass only.
    pub fn beyond(&self, node: usize) -> Beyond {
        match self.progress.and_then(|progress| Some((progress.node?, progress.units))) {
            Some((playing, _)) if node > playing => Beyond::All,
            Some((playing, units)) if node == playing => Beyond::From(units),
            _ => Beyond::Nothing,
        }
    }
}

/// What of a node time has not come to yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    Nothing,
    /// The units from this one on, in `[c, h, w]` order.
    From(usize),
    All,
}

/// Draws the figure in what is left of `ui`.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let view = ui.available_rect_before_wrap();
    let studio = sheet.studio;
    let (Some(open), Some(seen)) = (&studio.open, &studio.seen) else {
        ui.allocate_rect(view, Sense::hover());
        return;
    };
    let figure = &*open.figure;
    let eye = Eye::new(&studio.scene.camera, figure, &open.network, view);
    let response = ui.interact(view, ui.scope_id().with("figure"), Sense::click_and_drag());
    let name = sheet.say("figure-name");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    if response.drag_started() {
        sheet.act(Action::BeginGesture);
    }
    if let Some(camera) = moved(ui, &eye, &response) {
        sheet.act(Action::Camera(camera));
    }
    let pointer = ui.ctx().pointer_hover_pos().filter(|&at| {
        view.contains(at) && ui.ctx().layer_id_at(at).is_none_or(|layer| layer == ui.layer_id())
    });
    let under_pointer = pointer.and_then(|at| figure.unit_at(eye.figure_point(at)));
    sheet.hover.unit = under_pointer.map(|(node, unit)| UnitRef { node, unit });
    // A term that the pointer is on in the inspector lights its source here.
    let from_term = sheet.hover.term.and_then(|term| {
        let (node, unit) = studio.story.as_ref()?.explanation()?.terms.get(term)?.source_unit()?;
        Some(UnitRef { node, unit })
    });
    let hovered = sheet.hover.unit.or(from_term);
    let (pin, progress) = (studio.pin(), studio.progress());
    let (side, shared) = (Side::Own, None);
    let mut scenery = Scenery { open, seen, figure, eye, pin, hovered, progress, side, shared };
    let painter = ui.painter_at(view);
    links::draw(&painter, sheet, &scenery);
    for block in &figure.blocks {
        heading::draw(&painter, sheet, &scenery, block);
        match block.form {
            Form::Maps { .. } | Form::Vector { .. } => maps::draw(ui, sheet, &scenery, block),
            Form::Scores => {
                if let Some(unit) = scores::draw(ui, sheet, &scenery, block) {
                    sheet.hover.unit = Some(unit);
                    scenery.hovered = Some(unit);
                }
            }
        }
    }
    heat::draw(ui, sheet, &scenery);
    fields::draw(ui, sheet, &scenery);
    time::label(&painter, sheet, &scenery);
    maps::outline(&painter, sheet, &scenery);
    maps::captions(&painter, sheet, &scenery);
    badges::draw(ui, &painter, sheet, &scenery);
    if response.clicked() {
        clicked(sheet, &scenery);
    }
    key(ui, sheet, &scenery);
    loupe::show(ui.ctx(), sheet, &scenery);
}

/// A click on a map pins the unit under it; where cells are too small to be hit, the loupe opens.
/// Beside the maps it takes the pin away.
fn clicked(sheet: &mut Sheet<'_>, scenery: &Scenery<'_>) {
    match sheet.hover.unit {
        Some(unit) => {
            sheet.act(Action::Pin(unit));
            let block = &scenery.figure.blocks[unit.node];
            let small = block.cell() * scenery.eye.scale < size::CLICKABLE_CELL;
            sheet.act(Action::Loupe(small));
        }
        None if sheet.studio.scene.loupe => sheet.act(Action::Loupe(false)),
        None => sheet.act(Action::Unpin),
    }
}

/// Drag and touchpad pan; the wheel, a pinch and Ctrl with either zoom at the pointer.
fn moved(ui: &Ui, eye: &Eye, response: &Response) -> Option<Camera> {
    if response.dragged() && response.drag_delta() != Vec2::ZERO {
        return Some(eye.panned(response.drag_delta()));
    }
    let pointer = response.hover_pos()?;
    let (zoom, scroll, by_wheel) = ui.input(|input| {
        let wheel = input.events.iter().any(|event| {
            matches!(
                event,
                Event::MouseWheel { unit: MouseWheelUnit::Line | MouseWheelUnit::Page, .. }
            )
        });
        (input.zoom_delta(), input.smooth_scroll_delta(), wheel)
    });
    if (zoom - 1.0).abs() > f32::EPSILON {
        return Some(eye.zoomed(zoom, pointer));
    }
    if scroll == Vec2::ZERO {
        return None;
    }
    let wheel_id = response.id.with("wheel");
    // Smoothing spreads one notch over several frames: the first one says what device it was.
    let by_wheel = ui.data_mut(|data| {
        let known = data.get_temp_mut_or(wheel_id, by_wheel);
        *known |= by_wheel;
        let is_wheel = *known;
        if !by_wheel && scroll.length() < 0.5 {
            *known = false;
        }
        is_wheel
    });
    if by_wheel {
        Some(eye.zoomed((scroll.y / 240.0).exp(), pointer))
    } else {
        Some(eye.panned(scroll))
    }
}

/// The colour bar of the pinned layer, or of the one under the pointer.
fn key(ui: &mut Ui, sheet: &mut Sheet<'_>, scenery: &Scenery<'_>) {
    let node = scenery.pin.or(scenery.hovered).map(|unit| unit.node);
    let Some(node) = node.filter(|&node| maps::has_activations(scenery, node)) else { return };
    let view = scenery.eye.view;
    let width = 176.0;
    let at = view.left_bottom() + vec2(size::FIGURE_MARGIN, -56.0);
    let rect = Rect::from_min_size(at, vec2(width, 44.0));
    let map = scenery.pin.map_or(0, |pin| pin.unit[0]);
    let (scale, range) = maps::scale_of(sheet, scenery, node, map);
    let caption = sheet
        .tell(&crate::locale::Message::new("colour-bar-caption").with("layer", scenery.name(node)));
    // A zoomed figure may lie under it.
    let ground = sheet.palette.canvas.gamma_multiply(0.9);
    ui.painter_at(view).rect_filled(rect.expand(8.0), 4.0, ground);
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        colour_bar(ui, sheet.palette, &caption, scale, range, width);
    });
    let studio = sheet.studio;
    let hints = !studio.clicked && !studio.settings.presenting && !studio.scene.pad.is_open();
    if hints && sheet.studio.scene.camera == Camera::Fit {
        let hint = sheet.say("first-hint");
        let at = view.center_bottom() + vec2(-view.width() / 2.0 + 240.0, -30.0);
        let rect = Rect::from_min_size(at, vec2(view.width() - 264.0, 22.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
            text(ui, hint, Type::Caption, sheet.palette.muted);
        });
    }
}
