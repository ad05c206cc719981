//! The matrix y = W·x under the pointer: panned, zoomed down to single cells, touched.

use egui::{Color32, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::strips;
use crate::locale::{Message, count};
use crate::network::wiring::Wiring;
use crate::render::wiring::{CellPlace, WiringStyle, WiringView};
use crate::ui::action::{Action, Connect, Direction};
use crate::ui::platform::painter::Slot;
use crate::ui::scene::MatrixCamera;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Palette;
use crate::ui::widgets::{arrows, rgba};

/// Thickness of the strips of inputs and outputs, and the space before them.
const STRIP: f32 = 12.0;
const GAP: f32 = 5.0;
/// The largest cell, in points.
const LARGEST_CELL: f64 = 44.0;
/// How near, in points, a used cell has to be to be meant.
const SNAP: f64 = 6.0;
/// Cells that are smaller than this are not outlined under the pointer.
const OUTLINED: f64 = 3.0;
/// How much one point of scrolling zooms.
const WHEEL: f64 = 0.006;
/// The shorter side of a matrix takes at least so many points, where it has the cells.
const NARROWEST: f64 = 100.0;
/// So many times as long as wide, a matrix is still shown whole.
const LONGEST: f64 = 6.0;
/// Points at the left for the letter x.
const LETTER: f32 = 14.0;

/// Where the matrix is seen from, made whole: what a picture needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Eye {
    pub rect: Rect,
    /// Row and column of the middle.
    centre: [f64; 2],
    /// Cells per point.
    pub cells: f64,
    size: [f64; 2],
}

impl Eye {
    fn of(camera: MatrixCamera, wiring: &Wiring, rect: Rect) -> Self {
        let size = [wiring.rows() as f64, wiring.columns() as f64];
        let whole = fitting(size, rect);
        let (centre, cells) = match camera {
            MatrixCamera::Fit => ([0.0, 0.0], whole),
            MatrixCamera::At { centre, cells } => (centre, cells),
        };
        let cells = cells.clamp((1.0 / LARGEST_CELL).min(whole), whole);
        let mut eye = Self { rect, centre, cells, size };
        for axis in 0..2 {
            let half = eye.extent(axis) / 2.0;
            // What is smaller than the view stands in its corner, what is larger fills it.
            eye.centre[axis] = if 2.0 * half >= size[axis] {
                half
            } else {
                centre[axis].clamp(half, size[axis] - half)
            };
        }
        eye
    }

    /// Cells that fit on the view along an axis.
    fn extent(&self, axis: usize) -> f64 {
        let points = if axis == 0 { self.rect.height() } else { self.rect.width() };
        f64::from(points) * self.cells
    }

    fn first(&self, axis: usize) -> f64 {
        (self.centre[axis] - self.extent(axis) / 2.0).max(0.0)
    }

    fn end(&self, axis: usize) -> f64 {
        (self.first(axis) + self.extent(axis)).min(self.size[axis])
    }

    /// The part of the view that shows the matrix.
    pub fn shown(&self) -> Rect {
        let points = |axis| ((self.end(axis) - self.first(axis)) / self.cells) as f32;
        Rect::from_min_size(self.rect.min, vec2(points(1), points(0)))
    }

    /// Row and column of the cell under a point.
    fn cell_at(&self, pos: Pos2) -> Option<[u64; 2]> {
        if !self.shown().contains(pos) {
            return None;
        }
        let at = |axis: usize, points: f32| {
            let cell = (self.first(axis) + f64::from(points) * self.cells).floor();
            (cell.max(0.0) as u64).min((self.size[axis] as u64).saturating_sub(1))
        };
        Some([at(0, pos.y - self.rect.top()), at(1, pos.x - self.rect.left())])
    }

    /// Where a cell is drawn.
    pub fn rect_of(&self, [row, column]: [u64; 2]) -> Rect {
        let side = (1.0 / self.cells) as f32;
        let at = |axis: usize, cell: u64| ((cell as f64 - self.first(axis)) / self.cells) as f32;
        let min = self.rect.min + vec2(at(1, column), at(0, row));
        Rect::from_min_size(min, vec2(side, side))
    }

    /// The rows (0) or columns (1) that are seen, first and one past the last.
    pub fn range(&self, axis: usize) -> [u64; 2] {
        [self.first(axis).floor() as u64, self.end(axis).ceil() as u64]
    }
}

/// Cells per point with which the whole matrix fits.
fn fitting(size: [f64; 2], rect: Rect) -> f64 {
    let whole = (size[0] / f64::from(rect.height().max(1.0)))
        .max(size[1] / f64::from(rect.width().max(1.0)));
    if size[0].max(size[1]) <= LONGEST * size[0].min(size[1]) {
        return whole.max(1.0 / LARGEST_CELL);
    }
    // Of a matrix that is much longer than wide, a part is seen that can be read.
    let narrow = size[0].min(size[1]) / NARROWEST;
    whole.min(narrow).max(1.0 / LARGEST_CELL)
}

/// The cell that is looked at: under the pointer, else the touched one.
pub type LookedAt = Option<[u64; 2]>;

/// The points that the matrix takes of these: no more than its shape needs.
#[must_use]
pub fn room(wiring: &Wiring, most: Vec2) -> Vec2 {
    let around = vec2(LETTER + STRIP + GAP, STRIP + GAP);
    let inner = most - around;
    let (rows, columns) = (wiring.rows() as f64, wiring.columns() as f64);
    let scale = (f64::from(inner.x) / columns).min(f64::from(inner.y) / rows).min(LARGEST_CELL);
    // Deep or wide matrices still have room to be zoomed into.
    let least = NARROWEST;
    let side = |cells: f64, most: f32| ((cells * scale).max(least) as f32).min(most);
    vec2(side(columns, inner.x), side(rows, inner.y)) + around
}

/// What was drawn.
pub struct Shown {
    pub looked_at: LookedAt,
    /// Single cells, which may have colours, not many of them in a pixel.
    pub single: bool,
    /// Rows and columns that are seen, first and one past the last; `None` if it is all of them.
    pub part: Option<[[u64; 2]; 2]>,
}

/// Draws the matrix with its strips.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, wiring: &Wiring, size: Vec2) -> Shown {
    let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
    let rect = Rect::from_min_max(
        whole.min + vec2(LETTER, STRIP + GAP),
        whole.max - vec2(STRIP + GAP, 0.0),
    );
    let response = ui.interact(rect, ui.scope_id().with("matrix"), Sense::click_and_drag());
    let shown = &sheet.studio.scene.parameters;
    let eye = Eye::of(shown.camera, wiring, rect);
    picture(ui, sheet, wiring, &eye);
    let palette = sheet.palette;
    let line = Stroke::new(1.0, palette.hairline);
    ui.painter().rect_stroke(eye.shown(), 0.0, line, StrokeKind::Outside);
    strips::draw(ui, sheet, wiring, &eye, STRIP, GAP);
    let hovered = response.hover_pos().and_then(|pos| eye.cell_at(pos)).map(|cell| {
        // What is drawn under the pointer is meant, though its cells are smaller than a point.
        let near = wiring.nearest_cell(cell).filter(|used| {
            let away = used[0].abs_diff(cell[0]) + used[1].abs_diff(cell[1]);
            away as f64 / eye.cells <= SNAP && eye.cells > 1.0 / OUTLINED
        });
        near.unwrap_or(cell)
    });
    let looked_at = hovered.or(shown.touched);
    marks(ui, palette, wiring, &eye, looked_at);
    walk(ui, sheet, &response);
    steer(ui, sheet, &eye, &response, hovered);
    name(sheet, wiring, &response);
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(rect, 2.0, ring, StrokeKind::Outside);
    }
    let part = [eye.range(0), eye.range(1)];
    let whole = [wiring.rows(), wiring.columns()].map(|cells| [0, cells as u64]);
    let single = eye.cells <= f64::from(ui.ctx().pixels_per_point());
    Shown { looked_at, single, part: (part != whole).then_some(part) }
}

fn name(sheet: &Sheet<'_>, wiring: &Wiring, response: &Response) {
    let name = sheet.tell(
        &Message::new("matrix-name")
            .with("rows", count(wiring.rows()))
            .with("columns", count(wiring.columns())),
    );
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Canvas, true, name.clone())
    });
}

/// The colours of the matrix in a theme.
#[must_use]
pub fn style(palette: &Palette) -> WiringStyle {
    WiringStyle {
        paper: rgba(palette.canvas),
        used: rgba(palette.used),
        many: rgba(palette.many),
        hairline: rgba(palette.canvas),
        outside: rgba(Color32::TRANSPARENT),
        highlight: rgba(palette.identity[0]),
        palette: palette.identity.map(rgba),
        ..WiringStyle::default()
    }
}

fn picture(ui: &Ui, sheet: &mut Sheet<'_>, wiring: &Wiring, eye: &Eye) {
    let scale = ui.ctx().pixels_per_point();
    let shown = eye.shown();
    let pixels = |points: f32| ((points * scale).round().max(1.0)) as u32;
    let place = |axis: usize| {
        let first = eye.first(axis);
        CellPlace { cell: first.floor() as u64, fraction: first.fract() }
    };
    let view = WiringView {
        row: place(0),
        column: place(1),
        cells_per_pixel: eye.cells / f64::from(scale),
        width: pixels(shown.width()),
        height: pixels(shown.height()),
    };
    let parameters = &sheet.studio.scene.parameters;
    let touched = parameters.touched.and_then(|[row, column]| wiring.weight_at(row, column));
    let by_identity = parameters.by_identity;
    let mut style = WiringStyle { touched, by_identity, ..style(sheet.palette) };
    if by_identity {
        // No colour of another weight.
        style.highlight = rgba(sheet.palette.text);
    }
    if let Ok(texture) = sheet.painter.wiring(ui.ctx(), Slot::Wiring, wiring, view, style) {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter().image(texture, shown, whole, Color32::WHITE);
    }
}

/// The cell that is looked at, and the field of its unit.
fn marks(ui: &Ui, palette: &Palette, wiring: &Wiring, eye: &Eye, looked_at: LookedAt) {
    let Some(cell) = looked_at else { return };
    let painter = ui.painter_at(eye.shown().expand(1.0));
    let rect = eye.rect_of(cell);
    if 1.0 / eye.cells >= OUTLINED {
        // From the first to the last input that the unit reads of this map.
        if let Some([first, last]) = strips::span_of_row(wiring, cell) {
            let field = eye.rect_of([cell[0], first]).union(eye.rect_of([cell[0], last]));
            painter.rect_stroke(field, 0.0, Stroke::new(2.0, palette.amber), StrokeKind::Outside);
        }
        painter.rect_stroke(rect, 0.0, Stroke::new(2.0, palette.accent), StrokeKind::Outside);
    } else {
        let at = rect.center();
        painter.circle_stroke(at, 5.0, Stroke::new(1.5, palette.accent));
    }
}

/// The arrows move the touched cell, Enter goes to it.
fn walk(ui: &Ui, sheet: &mut Sheet<'_>, response: &Response) {
    let Some([down, across]) = arrows(ui, response) else { return };
    for (steps, back, on) in
        [(down, Direction::Up, Direction::Down), (across, Direction::Left, Direction::Right)]
    {
        let direction = if steps < 0 { back } else { on };
        (0..steps.unsigned_abs()).for_each(|_| sheet.act(Action::Step(direction)));
    }
    if response.clicked() && response.interact_pointer_pos().is_none() {
        sheet.act(Action::In);
    }
}

/// Dragging pans, the wheel zooms, a click touches, two fit.
fn steer(ui: &Ui, sheet: &mut Sheet<'_>, eye: &Eye, response: &Response, hovered: LookedAt) {
    if response.drag_started() {
        sheet.act(Action::BeginGesture);
    }
    let mut act = |connect| sheet.act(Action::Parameters(connect));
    if response.dragged() {
        let delta = response.drag_delta();
        let centre = [
            eye.centre[0] - f64::from(delta.y) * eye.cells,
            eye.centre[1] - f64::from(delta.x) * eye.cells,
        ];
        act(Connect::Camera(MatrixCamera::At { centre, cells: eye.cells }));
    }
    if response.double_clicked() {
        act(Connect::Camera(MatrixCamera::Fit));
    } else if response.clicked()
        && let Some(cell) = hovered
    {
        // The cell that is told of and marked under the pointer, no other.
        act(Connect::Touch(Some(cell)));
    }
    let Some(pos) = response.hover_pos() else { return };
    let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    if scroll == 0.0 && pinch == 1.0 {
        return;
    }
    let factor = (-f64::from(scroll) * WHEEL).exp() / f64::from(pinch);
    let whole = fitting(eye.size, eye.rect);
    let cells = (eye.cells * factor).clamp(1.0 / LARGEST_CELL, whole);
    if cells >= whole {
        act(Connect::Camera(MatrixCamera::Fit));
        return;
    }
    // What is under the pointer stays there.
    let offset = pos - eye.rect.center();
    let moved =
        |axis: usize, points: f32| eye.centre[axis] + f64::from(points) * (eye.cells - cells);
    let centre = [moved(0, offset.y), moved(1, offset.x)];
    act(Connect::Camera(MatrixCamera::At { centre, cells }));
}
