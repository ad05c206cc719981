//! What lies on the image: the theoretical box, the ways that lead from each pixel, the gradient.

use egui::text::LayoutJob;
use egui::{
    Align2, Color32, Mesh, Painter, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::words;
use crate::array::Array;
use crate::locale::{Message, count};
use crate::network::receptive::energy::{maximum, profiles, share_in_half};
use crate::network::receptive::{Bounds, Paths};
use crate::render::{Field, FieldBox, FieldOverlayStyle, Heat, Rgba};
use crate::ui::platform::painter::Slot;
use crate::ui::scene::Subject;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Seer, Studio};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Grey, framed, ink_on, rgba, text};
use crate::worker::Origin;

/// Words under a picture.
const CAPTION: f32 = 60.0;
/// Pictures with more cells on a side are drawn from blocks of cells.
const FINEST: usize = 96;

/// One small picture.
enum Picture<'a> {
    Boxed(&'a Seer),
    Heat(&'a Seer),
    HeatProfile(&'a Seer),
    Ways(&'a Seer, Option<String>),
    Profile(&'a Seer),
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let subject = studio.scene.field.subject;
    let pictures: Vec<Picture<'_>> = match subject {
        Subject::Stacks => {
            let stacks = &studio.scene.field.stacks;
            let title = |place: usize| stacks.get(place).map(|s| words::stack(s, sheet.lang));
            let ways = studio.field.stacks().enumerate().map(|(i, s)| match s.paths_of(0) {
                Some(_) => Picture::Ways(s, title(i)),
                None => Picture::Boxed(s),
            });
            let counted = studio.field.stacks().filter(|s| s.paths_of(0).is_some());
            ways.chain(counted.map(Picture::Profile)).collect()
        }
        Subject::Network => {
            let Some(seer) = studio.seer() else { return };
            vec![
                Picture::Boxed(seer),
                Picture::Heat(seer),
                Picture::Ways(seer, None),
                Picture::HeatProfile(seer),
            ]
        }
        Subject::Branches | Subject::Neocognitron => {
            let Some(seer) = studio.seer() else { return };
            vec![Picture::Boxed(seer), Picture::Ways(seer, None), Picture::Profile(seer)]
        }
    };
    let room = ui.available_rect_before_wrap();
    let frames =
        frames(room, pictures.len(), matches!(pictures[..], [Picture::Boxed(_), _, _, ..]));
    if let [large, .., last] = frames[..]
        && large.width() > last.width()
    {
        // The place that is left over says why.
        let hole = last.translate(vec2(last.width() + 2.0 * size::SECTION, 0.0));
        let hole = hole.with_max_x(hole.right().min(room.right()));
        if hole.width() > 160.0 {
            ui.scope_builder(egui::UiBuilder::new().max_rect(hole), |ui| {
                text(ui, super::why(sheet), Type::Body, sheet.palette.muted);
            });
        }
    }
    for (picture, rect) in pictures.iter().zip(frames) {
        let side = rect.width();
        let caption = match picture {
            Picture::Boxed(seer) => boxed(ui, sheet, seer, rect),
            Picture::Heat(seer) => heated(ui, sheet, seer, rect),
            Picture::HeatProfile(seer) => heat_profile(ui, sheet, seer, rect),
            Picture::Ways(seer, title) => ways(ui, sheet, seer, title.as_deref(), rect),
            Picture::Profile(seer) => profile(ui, sheet, seer, rect),
        };
        let under = Rect::from_min_size(rect.left_bottom() + vec2(0.0, 4.0), vec2(side, CAPTION));
        ui.scope_builder(egui::UiBuilder::new().max_rect(under), |ui| {
            let caption = words::hidden(sheet.studio).map_or(caption, str::to_owned);
            captioned(ui, sheet, caption, side);
        });
    }
    ui.allocate_rect(room, Sense::hover());
}

/// Words under a picture, in its column: as many lines as there is room for, all of them in the tooltip.
fn captioned(ui: &mut Ui, sheet: &Sheet<'_>, caption: String, wide: f32) {
    let (font, ink) = (Type::Caption.font(), sheet.palette.text);
    let mut job = LayoutJob::simple(caption.clone(), font.clone(), ink, wide);
    let line = ui.fonts_mut(|fonts| fonts.row_height(&font)).max(1.0);
    job.wrap.max_rows = (CAPTION / line).floor().max(1.0) as usize;
    let galley = ui.painter().layout_job(job);
    let elided = galley.elided;
    let response = ui.add(egui::Label::new(galley).wrap());
    if elided {
        response.on_hover_text(caption);
    }
}

/// In more room than this the first of several pictures is a large one.
const ROOM_FOR_A_LARGE_ONE: [f32; 2] = [900.0, 420.0];

/// Square places for so many pictures; `leading` says that the first one matters most.
fn frames(room: Rect, pictures: usize, leading: bool) -> Vec<Rect> {
    let gap = size::SECTION;
    let [width, height] = ROOM_FOR_A_LARGE_ONE;
    if leading && room.width() >= width && room.height() >= height {
        let side = (room.height() - CAPTION).min(room.width() * 0.52);
        let large = Rect::from_min_size(room.min, vec2(side, side));
        let beside = room.with_min_x(large.right() + 2.0 * gap);
        let mut all = vec![large];
        all.extend(frames(beside, pictures - 1, false));
        return all;
    }
    let columns = columns(room, pictures);
    let rows = pictures.div_ceil(columns);
    let across = (room.width() - gap * (columns as f32 - 1.0)) / columns as f32;
    let down = (room.height() - gap * (rows as f32 - 1.0)) / rows as f32 - CAPTION;
    let side = across.min(down).clamp(40.0, 420.0);
    let step = side.max(across.min(side + 24.0)) + gap;
    let place = |i: usize| {
        let (row, column) = ((i / columns) as f32, (i % columns) as f32);
        let min = room.min + vec2(column * step, row * (side + CAPTION + gap * 0.5));
        Rect::from_min_size(min, vec2(side, side))
    };
    (0..pictures).map(place).collect()
}

/// As many beside each other as make the pictures largest.
fn columns(room: Rect, pictures: usize) -> usize {
    let side = |columns: &usize| {
        let rows = pictures.div_ceil(*columns);
        (room.width() / *columns as f32).min(room.height() / rows as f32 - CAPTION)
    };
    (1..=pictures.max(1)).max_by(|a, b| side(a).total_cmp(&side(b))).unwrap_or(1)
}

/// The square of pixels around everything that the units of a comparison see.
fn surroundings(seer: &Seer) -> Option<Bounds> {
    let b = seer.paths_of(0)?.paths.bounds;
    let [_, rows, columns] = seer.network.input();
    let most = rows.min(columns) as i64;
    let side = ((b.y1 - b.y0).max(b.x1 - b.x0) + 2).min(most);
    let first = |a: i64, z: i64, all: usize| {
        (i64::midpoint(a, z - 1) - (side - 1) / 2).clamp(0, all as i64 - side)
    };
    let (y0, x0) = (first(b.y0, b.y1, rows), first(b.x0, b.x1, columns));
    Some(Bounds { y0, x0, y1: y0 + side, x1: x0 + side })
}

/// The pixels of an image in a frame, its largest side filling it.
struct Pixels {
    rect: Rect,
    cell: f32,
    cells: [usize; 2],
}

impl Pixels {
    fn new(frame: Rect, [rows, columns]: [usize; 2]) -> Self {
        let cell = frame.width() / rows.max(columns).max(1) as f32;
        let size = vec2(columns as f32 * cell, rows as f32 * cell);
        Self { rect: Rect::from_min_size(frame.min, size), cell, cells: [rows, columns] }
    }

    /// The same with only `near` inside the frame, which is square.
    fn cut(frame: Rect, cells: [usize; 2], near: Bounds) -> Self {
        let cell = frame.width() / (near.y1 - near.y0).max(near.x1 - near.x0).max(1) as f32;
        let corner = frame.min - vec2(near.x0 as f32, near.y0 as f32) * cell;
        let size = vec2(cells[1] as f32, cells[0] as f32) * cell;
        Self { rect: Rect::from_min_size(corner, size), cell, cells }
    }

    fn boxed(&self, b: Bounds) -> Rect {
        let at = |y: i64, x: i64| self.rect.min + vec2(x as f32, y as f32) * self.cell;
        Rect::from_min_max(at(b.y0, b.x0), at(b.y1, b.x1))
    }
}

/// The image with the box of the unit, and the boxes of what it is made of.
fn boxed(ui: &mut Ui, sheet: &Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    let [_, rows, columns] = seer.network.input();
    let Some(region) = seer.region(0) else { return String::new() };
    let studio = sheet.studio;
    let there = region.bounds.clipped(seer.network.input());
    let full = region.bounds;
    let (all, exist) = (full.y1 - full.y0, there.y1 - there.y0);
    // A field larger than the image is drawn to scale around it.
    let larger = all > rows as i64 || full.x1 - full.x0 > columns as i64;
    let pixels = if larger {
        let wide = all.max(full.x1 - full.x0) as f32 * 1.04;
        let cell = frame.width() / wide;
        let corner = frame.center()
            - vec2((full.x0 + full.x1) as f32, (full.y0 + full.y1) as f32) * (cell / 2.0);
        let size = vec2(columns as f32, rows as f32) * cell;
        Pixels { rect: Rect::from_min_size(corner, size), cell, cells: [rows, columns] }
    } else {
        Pixels::new(frame, [rows, columns])
    };
    let name = sheet.say("field-picture-boxed");
    image_of(ui, frame, &name);
    let painter = ui.painter_at(frame.expand(2.0));
    let input = studio.input.as_ref().filter(|input| {
        studio.scene.field.subject == Subject::Network && input.tensor.chw() == seer.network.input()
    });
    match input {
        Some(input) => {
            framed(ui, sheet.palette, "field-image", &input.tensor, Grey::Ink, pixels.rect);
        }
        None => paper(&painter, sheet, &pixels),
    }
    let amber = sheet.palette.amber;
    let casing = Stroke::new(3.5, sheet.palette.casing.gamma_multiply(0.5));
    if full != there {
        let r = pixels.boxed(full);
        let line = [r.left_top(), r.right_top(), r.right_bottom(), r.left_bottom(), r.left_top()];
        painter.extend(Shape::dashed_line(&line, Stroke::new(1.2, amber), 4.0, 3.0));
    }
    let inner = inner_boxes(seer);
    for (_, bounds) in &inner {
        let inner = pixels.boxed(bounds.clipped(seer.network.input()));
        painter.rect_stroke(inner, 0.0, Stroke::new(1.1, amber), StrokeKind::Inside);
    }
    let rect = pixels.boxed(there);
    painter.rect_filled(rect, 0.0, amber.gamma_multiply(0.10));
    painter.rect_stroke(rect, 0.0, casing, StrokeKind::Middle);
    painter.rect_stroke(rect, 0.0, Stroke::new(2.0, amber), StrokeKind::Middle);
    let size = format!(
        "{} × {}",
        count(all.unsigned_abs().into()),
        count((full.x1 - full.x0).unsigned_abs().into())
    );
    let message = if exist < all {
        Message::new("field-theoretical-clipped")
            .with("exist", count(exist.unsigned_abs().into()))
            .with("all", count(all.unsigned_abs().into()))
    } else if seer.field.exact {
        Message::new("field-theoretical")
    } else {
        Message::new("field-theoretical-union")
    };
    let words = sheet.tell(&message.with("size", size));
    if inner.is_empty() || larger || frame.width() < ROOM_FOR_NAMES {
        return words;
    }
    let names: Vec<String> = inner
        .iter()
        .map(|(node, b)| format!("{} {}", words::layer(studio, seer, *node), b.y1 - b.y0))
        .collect();
    let inside = Message::new("field-inside").with("names", names.join(" · "));
    format!("{words}; {}", sheet.tell(&inside))
}

/// What one unit of each layer before the looked at one sees of the image, from the middle of what is seen
/// there. Only of a chain: where branches meet there is no one unit.
fn inner_boxes(seer: &Seer) -> Vec<(usize, Bounds)> {
    let chain = seer.network.nodes().iter().all(|node| node.inputs.len() <= 1);
    let before = seer.regions.iter().skip(1).filter(|region| chain && region.node > 0);
    let mut boxes: Vec<(usize, Bounds)> = before
        .filter_map(|region| {
            let shape @ [_, h, w] = seer.network.nodes()[region.node].output;
            let b = region.bounds.clipped(shape);
            let middle =
                |a: i64, z: i64, side: usize| i64::midpoint(a, z - 1).clamp(0, side as i64 - 1);
            let (y, x) = (middle(b.y0, b.y1, h), middle(b.x0, b.x1, w));
            let field = seer.fields.node(region.node);
            let first = |axis: usize, at: i64| field.start[axis] + at * field.jump[axis];
            let (y0, x0) = (first(0, y), first(1, x));
            let own = field.size != seer.field.size;
            let [rows, columns] = field.size.map(|side| side as i64);
            own.then_some((region.node, Bounds { y0, x0, y1: y0 + rows, x1: x0 + columns }))
        })
        .collect();
    boxes.reverse();
    if boxes.len() > MOST_INNER { Vec::new() } else { boxes }
}

/// Under a narrower picture the inner boxes are not named.
const ROOM_FOR_NAMES: f32 = 240.0;
/// More boxes in each other cannot be told apart.
const MOST_INNER: usize = 6;

/// A blank image.
fn paper(painter: &Painter, sheet: &Sheet<'_>, pixels: &Pixels) {
    painter.rect_filled(pixels.rect, 0.0, sheet.palette.panel);
    grid(painter, sheet, pixels);
}

fn grid(painter: &Painter, sheet: &Sheet<'_>, pixels: &Pixels) {
    let line = Stroke::new(0.75, sheet.palette.hairline);
    if pixels.cell >= 5.0 {
        for column in 1..pixels.cells[1] {
            let x = pixels.rect.left() + column as f32 * pixels.cell;
            painter.vline(x, pixels.rect.y_range(), line);
        }
        for row in 1..pixels.cells[0] {
            let y = pixels.rect.top() + row as f32 * pixels.cell;
            painter.hline(pixels.rect.x_range(), y, line);
        }
    }
    let edge = Stroke::new(1.0, sheet.palette.hairline);
    painter.rect_stroke(pixels.rect, 0.0, edge, StrokeKind::Outside);
}

/// How many ways lead from each pixel to the unit.
fn ways(ui: &mut Ui, sheet: &Sheet<'_>, seer: &Seer, title: Option<&str>, frame: Rect) -> String {
    let [_, rows, columns] = seer.network.input();
    // Of a stack only the surroundings of the field are shown, so that the numbers can be read.
    let near = title.is_some().then(|| surroundings(seer)).flatten();
    let pixels = match near {
        Some(near) => Pixels::cut(frame, [rows, columns], near),
        None => Pixels::new(frame, [rows, columns]),
    };
    image_of(ui, frame, &sheet.say("field-picture-ways"));
    let painter = ui.painter_at(frame.expand(2.0));
    paper(&painter, sheet, &pixels);
    let with_title = |words: String| match title {
        Some(title) => format!("{title}: {words}"),
        None => words,
    };
    let Some(ways) = seer.paths_of(0) else {
        return with_title(sheet.say("field-ways-too-many"));
    };
    let paths = &ways.paths;
    let most = paths.most().max(1) as f32;
    let hidden = words::hidden(sheet.studio).is_some();
    let step = rows.max(columns).div_ceil(FINEST);
    let mut mesh = Mesh::default();
    let b = paths.bounds;
    for y in (b.y0..b.y1).step_by(step) {
        for x in (b.x0..b.x1).step_by(step) {
            let ways = paths.at([y, x]);
            if ways > 0 {
                let ends = Bounds { y0: y, x0: x, y1: y + step as i64, x1: x + step as i64 };
                // How many ways there are must not show before it is told.
                let share = if hidden { 0.4 } else { share_of_most(ways, most) };
                mesh.add_colored_rect(
                    pixels.boxed(ends),
                    sheet.palette.amber.gamma_multiply(share),
                );
            }
        }
    }
    painter.add(Shape::mesh(mesh));
    grid(&painter, sheet, &pixels);
    if pixels.cell >= 17.0 && !hidden {
        numerals(&painter, sheet, &pixels, paths);
    }
    let Some(ends) = Ends::of(paths) else {
        return with_title(sheet.say("field-ways-none"));
    };
    let message = Message::new("field-ways")
        .with("corner", count(ends.corner))
        .with("most", count(ends.most));
    with_title(sheet.tell(&message))
}

/// The ways from some pixels of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The corner with the fewest.
    pub corner: u128,
    pub middle: u128,
    /// The most of a pixel on the rim, and the fewest of any.
    pub rim: u128,
    pub least: u128,
    /// The pixel with the most.
    pub most: u128,
}

impl Ends {
    /// `None` where nothing of the image is seen.
    #[must_use]
    pub fn of(paths: &Paths) -> Option<Self> {
        let b = paths.bounds;
        if b.y1 <= b.y0 || b.x1 <= b.x0 {
            return None;
        }
        let corners = [[b.y0, b.x0], [b.y0, b.x1 - 1], [b.y1 - 1, b.x0], [b.y1 - 1, b.x1 - 1]];
        let corner = corners.into_iter().map(|at| paths.at(at)).min()?;
        let middle = [i64::midpoint(b.y0, b.y1 - 1), i64::midpoint(b.x0, b.x1 - 1)];
        let on_rim = |at: usize| {
            let wide = (b.x1 - b.x0) as usize;
            let (row, column) = (at / wide, at % wide);
            row == 0 || column == 0 || column + 1 == wide || row + 1 == (b.y1 - b.y0) as usize
        };
        let ways = paths.counts.iter().copied().enumerate();
        let rim = ways.filter(|&(at, _)| on_rim(at)).map(|(_, ways)| ways).max()?;
        let least = paths.counts.iter().copied().min()?;
        Some(Self { corner, middle: paths.at(middle), rim, least, most: paths.most() })
    }

    /// Whether more ways lead from the middle than from anywhere on the rim, and from nowhere more.
    #[must_use]
    pub const fn middle_leads(self) -> bool {
        self.middle == self.most && self.middle > self.rim
    }
}

fn numerals(painter: &Painter, sheet: &Sheet<'_>, pixels: &Pixels, paths: &Paths) {
    let (b, most) = (paths.bounds, paths.most().max(1) as f32);
    for y in b.y0..b.y1 {
        for x in b.x0..b.x1 {
            let ways = paths.at([y, x]);
            let words = count(ways);
            if ways > 0 && words.len() as f32 * 7.0 < pixels.cell {
                let cell = pixels.boxed(Bounds { y0: y, x0: x, y1: y + 1, x1: x + 1 });
                let ground = sheet
                    .palette
                    .panel
                    .lerp_to_gamma(sheet.palette.amber, share_of_most(ways, most));
                let (font, ink) = (Type::SmallNumber.font(), ink_on(ground));
                painter.text(cell.center(), Align2::CENTER_CENTER, words, font, ink);
            }
        }
    }
}

/// How much amber a pixel with so many ways has; the fewest can be seen, too.
fn share_of_most(ways: u128, most: f32) -> f32 {
    0.12 + 0.88 * ways as f32 / most
}

/// The ways along the middle row.
fn profile(ui: &mut Ui, sheet: &Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    image_of(ui, frame, &sheet.say("field-picture-profile"));
    let palette = sheet.palette;
    let painter = ui.painter_at(frame.expand(2.0));
    painter.rect_stroke(frame, 0.0, Stroke::new(1.0, palette.hairline), StrokeKind::Outside);
    let Some(ways) = seer.paths_of(0) else { return sheet.say("field-ways-too-many") };
    let (paths, columns) = (&ways.paths, seer.network.input()[2]);
    let b = paths.bounds;
    let row = i64::midpoint(b.y0, (b.y1 - 1).max(b.y0));
    let values: Vec<f64> = (0..columns as i64).map(|x| paths.at([row, x]) as f64).collect();
    if words::hidden(sheet.studio).is_none() {
        curve(&painter, frame, &values, Stroke::new(2.0, palette.amber_text));
    }
    edges(&painter, sheet, frame, [b.x0, b.x1], columns);
    sheet.say("field-profile-ways")
}

/// The heat that is shown: of this image, or the mean over the digits.
fn heat_of(studio: &Studio) -> Option<&Array> {
    let effective = studio.effective()?;
    let average = effective.average.as_ref().map(|(heat, _)| heat);
    if studio.scene.field.average && studio.can_average() { average } else { Some(&effective.here) }
}

/// How much of the energy of that heat lies in the inner quarter of the box.
pub fn share_of(studio: &Studio, seer: &Seer) -> Option<f64> {
    studio.effective().filter(|effective| effective.unit == seer.unit)?;
    let bounds = seer.region(0)?.bounds.clipped(seer.network.input());
    share_in_half(heat_of(studio)?, bounds)
}

/// |gradient| of the unit by each pixel, with the theoretical box around it.
fn heated(ui: &mut Ui, sheet: &mut Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    let shape @ [_, rows, columns] = seer.network.input();
    let pixels = Pixels::new(frame, [rows, columns]);
    image_of(ui, frame, &sheet.say("field-picture-heat"));
    let painter = ui.painter_at(frame.expand(2.0));
    paper(&painter, sheet, &pixels);
    let Some(heat) = heat_of(sheet.studio) else { return waiting(sheet) };
    let maximum = maximum(heat);
    if let Some(region) = seer.region(0) {
        let b = region.bounds.clipped(shape);
        let one = FieldBox {
            y0: b.y0 as i32,
            x0: b.x0 as i32,
            y1: b.y1 as i32,
            x1: b.x1 as i32,
            dashed: false,
        };
        let field = Field { rows: rows as u32, columns: columns as u32, boxes: [Some(one), None] };
        let size = pixels.rect.size() * ui.ctx().pixels_per_point();
        let style = FieldOverlayStyle {
            width: size.x.round().max(1.0) as u32,
            height: size.y.round().max(1.0) as u32,
            dim: Rgba::TRANSPARENT,
            heat: rgba(sheet.palette.heat),
            line: rgba(sheet.palette.amber),
            casing: rgba(sheet.palette.casing).with_alpha(90),
            ..FieldOverlayStyle::default()
        };
        let heat = Heat { values: heat.clone(), maximum };
        let slot = Slot::Picture("field-heat", 0);
        if let Ok(texture) = sheet.painter.heated_field(ui.ctx(), slot, field, Some(&heat), style) {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture, pixels.rect, whole, Color32::WHITE);
        }
    }
    let untrained = sheet.studio.open.as_ref().is_some_and(|open| is_untrained(&open.origin));
    let average = sheet.studio.effective().and_then(|known| known.average.as_ref());
    let words = match average.filter(|_| sheet.studio.scene.field.average) {
        _ if maximum <= 0.0 => Message::new("field-silent"),
        Some((_, live)) => {
            Message::new("field-effective-average").with("live", count(*live as u128))
        }
        None => Message::new("field-effective-here"),
    };
    let words = sheet.tell(&words);
    if untrained { format!("{words} ({})", sheet.say("field-untrained")) } else { words }
}

fn waiting(sheet: &Sheet<'_>) -> String {
    sheet.say(if sheet.studio.is_waiting() { "status-computing" } else { "field-no-effective" })
}

/// The heat summed down the columns, and how much of its energy the inner half of the box holds.
fn heat_profile(ui: &mut Ui, sheet: &Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    image_of(ui, frame, &sheet.say("field-picture-heat-profile"));
    let painter = ui.painter_at(frame.expand(2.0));
    let line = Stroke::new(1.0, sheet.palette.hairline);
    painter.rect_stroke(frame, 0.0, line, StrokeKind::Outside);
    let (Some(heat), Some(region)) = (heat_of(sheet.studio), seer.region(0)) else {
        return waiting(sheet);
    };
    let values = profiles(heat).columns;
    curve(&painter, frame, &values, Stroke::new(2.0, sheet.palette.heat));
    let b = region.bounds.clipped(seer.network.input());
    edges(&painter, sheet, frame, [b.x0, b.x1], values.len());
    match share_of(sheet.studio, seer) {
        Some(share) => {
            let percent = (100.0 * share).round();
            sheet.tell(&Message::new("field-half").with("percent", percent))
        }
        None => sheet.say("field-silent"),
    }
}

fn is_untrained(origin: &Origin) -> bool {
    match origin {
        Origin::Random => true,
        Origin::Bundled | Origin::File(_) => false,
    }
}

/// Steps as high as the values, over the whole width.
fn curve(painter: &Painter, frame: Rect, values: &[f64], stroke: Stroke) {
    let most = values.iter().copied().fold(0.0, f64::max).max(1e-30);
    let width = frame.width() / values.len().max(1) as f32;
    let base = frame.bottom() - 6.0;
    let y_of = |value: f64| base - (value / most) as f32 * (frame.height() - 20.0);
    // Steps as separate lines: a joint of a path would swell where the curve is level.
    let mut before = base;
    for (i, &value) in values.iter().enumerate() {
        let (left, y) = (frame.left() + i as f32 * width, y_of(value));
        let reach = stroke.width / 2.0;
        painter.vline(left, before.min(y) - reach..=before.max(y) + reach, stroke);
        painter.hline(left..=left + width, y, stroke);
        before = y;
    }
}

/// Where the theoretical field begins and ends.
fn edges(painter: &Painter, sheet: &Sheet<'_>, frame: Rect, ends: [i64; 2], columns: usize) {
    for end in ends {
        let x = frame.left() + end as f32 * frame.width() / columns.max(1) as f32;
        painter.vline(x, frame.y_range(), Stroke::new(1.5, sheet.palette.amber));
    }
}

fn image_of(ui: &mut Ui, rect: Rect, name: &str) {
    let response = ui.interact(
        rect,
        ui.next_auto_id().with((name, rect.min.x as i32, rect.min.y as i32)),
        Sense::hover(),
    );
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.to_owned())
    });
}
