//! A small picture of numbers, one square a number: a patch, a kernel, their products.

use egui::{
    Align2, Color32, Context, EventFilter, Id, Key, Mesh, Rect, Response, Sense, Shape, Stroke,
    StrokeKind, TextureId, Ui, Vec2, vec2,
};

use super::{colour, ink_on};
use crate::array::Range;
use crate::locale::value;
use crate::render::Scale;
use crate::ui::theme::{Palette, Type};

/// Cells at least this large carry their number.
pub const NUMBERED: f32 = 30.0;

/// Decimals for which a cell of this size has room.
#[must_use]
pub fn decimals_in(cell: f32) -> usize {
    if cell < 38.0 { 1 } else { 2 }
}

/// Numbers in rows and columns.
pub struct Cells<'a> {
    /// What it is, for screen readers.
    pub name: String,
    pub columns: usize,
    pub values: &'a [f64],
    pub scale: Scale,
    pub range: Range,
    /// Side of a cell in points.
    pub cell: f32,
    /// Cells to outline.
    pub marked: Option<usize>,
    /// Cells of the padding, drawn hatched: they are no values.
    pub outside: Option<&'a [bool]>,
}

/// Where the last widget with a cursor of its own is remembered.
#[must_use]
pub fn cursor_id() -> Id {
    Id::unique("cells-with-a-cursor")
}

/// Whether the focus is on cells, which move a cursor of their own.
#[must_use]
pub fn has_cursor(ctx: &Context) -> bool {
    let cells = ctx.data(|data| data.get_temp::<Id>(cursor_id()));
    cells.is_some() && ctx.memory(egui::Memory::focused) == cells
}

/// How often the arrows were pressed, down and to the right, while a widget has the focus: it keeps them
/// from moving the focus on. `None` without the focus.
#[must_use]
pub fn arrows(ui: &Ui, response: &Response) -> Option<[isize; 2]> {
    if !response.has_focus() {
        return None;
    }
    let filter =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    ui.data_mut(|data| data.insert_temp(cursor_id(), response.id));
    Some(ui.input(|input| {
        let pressed = |key| input.num_presses(key) as isize;
        [
            pressed(Key::ArrowDown) - pressed(Key::ArrowUp),
            pressed(Key::ArrowRight) - pressed(Key::ArrowLeft),
        ]
    }))
}

/// What the pointer does with the cells.
pub struct CellsResponse {
    pub response: Response,
    pub hovered: Option<usize>,
    pub clicked: Option<usize>,
}

/// Wider pictures have no lines between their cells.
const WIDEST_GRID: usize = 16;

impl Cells<'_> {
    #[must_use]
    pub fn size(&self) -> Vec2 {
        let rows = self.values.len().div_ceil(self.columns.max(1));
        vec2(self.columns as f32, rows as f32) * self.cell
    }

    pub fn show(&self, ui: &mut Ui, palette: &Palette) -> CellsResponse {
        self.show_on(ui, palette, None)
    }

    /// The same on a picture of the cells, a texture and its part, where they are too many to be painted one
    /// by one.
    pub fn show_on(
        &self,
        ui: &mut Ui,
        palette: &Palette,
        picture: Option<(TextureId, Rect)>,
    ) -> CellsResponse {
        let (rect, response) = ui.allocate_exact_size(self.size(), Sense::click());
        let cursor = self.cursor(ui, &response);
        self.paint(ui, rect, palette, picture, cursor);
        let under_pointer = response.hover_pos().and_then(|pos| self.cell_at(pos - rect.min));
        let clicked = match response.interact_pointer_pos().filter(|_| response.clicked()) {
            Some(pos) => self.cell_at(pos - rect.min),
            // Enter on the cell under the cursor.
            None => cursor.filter(|_| response.clicked()),
        };
        let name = match cursor {
            Some(cell) => format!("{}: {}", self.name, value(self.values[cell], 4)),
            None => self.name.clone(),
        };
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
        });
        CellsResponse { response, hovered: under_pointer.or(cursor), clicked }
    }

    /// The cell that the keyboard stands on, while the cells have the focus.
    fn cursor(&self, ui: &Ui, response: &Response) -> Option<usize> {
        let [down, across] = arrows(ui, response)?;
        if self.values.is_empty() {
            return None;
        }
        let id = response.id.with("cursor");
        let at = ui.data(|data| data.get_temp::<usize>(id)).unwrap_or(0);
        let last = self.values.len() - 1;
        let at = at.saturating_add_signed(across + down * self.columns as isize).min(last);
        ui.data_mut(|data| data.insert_temp(id, at));
        Some(at)
    }

    fn cell_at(&self, at: Vec2) -> Option<usize> {
        let (x, y) = ((at.x / self.cell) as usize, (at.y / self.cell) as usize);
        let index = y * self.columns + x;
        (at.x >= 0.0 && at.y >= 0.0 && x < self.columns && index < self.values.len())
            .then_some(index)
    }

    fn paint(
        &self,
        ui: &Ui,
        rect: Rect,
        palette: &Palette,
        picture: Option<(TextureId, Rect)>,
        cursor: Option<usize>,
    ) {
        if !ui.is_rect_visible(rect) {
            return;
        }
        let painter = ui.painter();
        let cell_rect = |index: usize| {
            let place = vec2((index % self.columns) as f32, (index / self.columns) as f32);
            Rect::from_min_size(rect.min + place * self.cell, Vec2::splat(self.cell))
        };
        if let Some((texture, part)) = picture {
            painter.image(texture, rect, part, Color32::WHITE);
        } else {
            let mut mesh = Mesh::default();
            for (index, &value) in self.values.iter().enumerate() {
                let outside = self.outside.is_some_and(|outside| outside[index]);
                let fill = if outside {
                    palette.hairline
                } else {
                    colour(self.scale.value_colour(value as f32, self.range))
                };
                mesh.add_colored_rect(cell_rect(index), fill);
            }
            painter.add(Shape::mesh(mesh));
        }
        // Lines between the cells of a kernel; a whole map is a picture.
        if self.cell >= 8.0 && self.columns <= WIDEST_GRID {
            self.grid(painter, rect, palette.canvas.gamma_multiply(0.5));
        }
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, palette.hairline), StrokeKind::Outside);
        if self.cell >= NUMBERED {
            for (index, &number) in self.values.iter().enumerate() {
                let ink = ink_on(colour(self.scale.value_colour(number as f32, self.range)));
                let at = cell_rect(index).center();
                painter.text(
                    at,
                    Align2::CENTER_CENTER,
                    value(number, decimals_in(self.cell)),
                    Type::SmallNumber.font(),
                    ink,
                );
            }
        }
        if cursor.is_some() {
            let ring = Stroke::new(2.0, palette.accent);
            painter.rect_stroke(rect.expand(2.0), 2.0, ring, StrokeKind::Outside);
        }
        let marked = cursor.or(self.marked).filter(|&index| index < self.values.len());
        if let Some(index) = marked {
            let marked = cell_rect(index);
            painter.rect_stroke(marked, 0.0, Stroke::new(3.0, palette.canvas), StrokeKind::Outside);
            painter.rect_stroke(marked, 0.0, Stroke::new(2.0, palette.accent), StrokeKind::Outside);
        }
    }

    fn grid(&self, painter: &egui::Painter, rect: Rect, line: Color32) {
        let stroke = Stroke::new(0.5, line);
        for column in 1..self.columns {
            painter.vline(rect.left() + column as f32 * self.cell, rect.y_range(), stroke);
        }
        for row in 1..self.values.len().div_ceil(self.columns) {
            painter.hline(rect.x_range(), rect.top() + row as f32 * self.cell, stroke);
        }
    }
}
