//! S-cells and C-cells beside convolution and pooling: the same plan, forty years apart.
//!
//! What the left column says is what Fukushima's papers say ("Neocognitron", Biological Cybernetics 36,
//! 1980; "Neocognitron: a hierarchical neural network capable of visual pattern recognition", Neural
//! Networks 1, 1988); the fields on the right are those of the open network.

use egui::{Align2, Painter, Rect, RichText, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{access, words};
use crate::locale::Message;
use crate::network::receptive::Bounds;
use crate::network::{Activation, Layer, Network};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::theme::{Palette, Type};
use crate::ui::widgets::{Grey, framed, text};

/// Stages that have room.
const MOST: usize = 3;

/// A convolution and the pooling after it.
struct Stage {
    convolution: usize,
    pooling: Option<usize>,
}

fn stages(network: &Network) -> Vec<Stage> {
    let is_pooling = |node: usize| {
        let Some(node) = network.nodes().get(node) else { return false };
        match node.layer {
            Layer::PoolMax(_) | Layer::PoolAvg(_) | Layer::Subsample(_) => true,
            Layer::Input { .. }
            | Layer::Conv(_)
            | Layer::Local(_)
            | Layer::Linear(_)
            | Layer::GlobalAvg
            | Layer::Rbf(_)
            | Layer::Softmax
            | Layer::BatchNorm { .. }
            | Layer::Lrn(_)
            | Layer::Dropout { .. }
            | Layer::Flatten
            | Layer::Concat
            | Layer::Add
            | Layer::PadChannels { .. } => false,
        }
    };
    let nodes = network.nodes().iter().enumerate();
    nodes
        .filter(|(_, node)| matches!(node.layer, Layer::Conv(_) | Layer::Local(_)))
        .map(|(convolution, _)| Stage {
            convolution,
            pooling: Some(convolution + 1).filter(|&next| is_pooling(next)),
        })
        .take(MOST)
        .collect()
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let Some(seer) = studio.field.network() else { return };
    let palette = sheet.palette;
    let stages = stages(&seer.network);
    let notes = 92.0;
    let room = ui.available_rect_before_wrap();
    let body = Rect::from_min_max(room.min, pos2(room.right(), room.bottom() - notes));
    let pictures = (body.height() / stages.len().max(1) as f32 - 14.0).clamp(40.0, 150.0);
    let column = (body.width() - pictures - 48.0) / 2.0;
    let head = 44.0;
    for (place, (title, role)) in
        [("field-neo-title", "field-neo-role"), ("field-net-title", "field-net-role")]
            .iter()
            .enumerate()
    {
        let at = body.min + vec2(place as f32 * (column + 24.0), 0.0);
        let above = Rect::from_min_size(at, vec2(column, head));
        ui.scope_builder(egui::UiBuilder::new().max_rect(above), |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let title = Message::new(title).with("network", &seer.network.title).text(sheet.lang);
            let role = Message::new(role).text(sheet.lang);
            for (words, kind, ink) in
                [(title, Type::Title, palette.text), (role, Type::Caption, palette.muted)]
            {
                let words = RichText::new(words).font(kind.font()).color(ink);
                ui.add(egui::Label::new(words).truncate());
            }
        });
    }
    let pitch = (body.height() - head) / stages.len().max(1) as f32;
    for (place, stage) in stages.iter().enumerate() {
        let top = body.top() + head + place as f32 * pitch;
        let row = Rect::from_min_size(pos2(body.left(), top), vec2(body.width(), pitch));
        let left = Rect::from_min_size(row.min, vec2(column, pitch));
        let right = left.translate(vec2(column + 24.0, 0.0));
        neocognitron(ui, sheet, left, place);
        network(ui, sheet, right, seer, stage);
        let side = (pitch - 14.0).min(pictures);
        let frame = Rect::from_min_size(pos2(row.right() - side, top + 2.0), vec2(side, side));
        field(ui, sheet, seer, stage, frame);
    }
    let under = Rect::from_min_max(pos2(room.left(), body.bottom() + 8.0), room.max);
    ui.scope_builder(egui::UiBuilder::new().max_rect(under), |ui| {
        text(ui, sheet.say("field-neo-activation"), Type::Body, palette.text);
        text(ui, sheet.say("field-neo-differs"), Type::Caption, palette.muted);
    });
    ui.allocate_rect(room, Sense::hover());
}

/// Two boxes and the arrow between them: what a stage does.
fn pair(
    ui: &Ui,
    palette: &Palette,
    row: Rect,
    names: [String; 2],
    does: [String; 2],
    drawn: [bool; 2],
) {
    let painter = ui.painter();
    let high = (row.height() - 14.0).clamp(34.0, 150.0);
    let wide = (row.width() - 26.0) / 2.0;
    for (i, (name, does)) in names.into_iter().zip(does).enumerate() {
        let min = row.min + vec2(i as f32 * (wide + 26.0), 2.0);
        let rect = Rect::from_min_size(min, vec2(wide, high));
        painter.rect(
            rect,
            6.0,
            palette.panel,
            Stroke::new(1.0, palette.hairline),
            StrokeKind::Inside,
        );
        access::picture(ui, rect, &name, &does);
        let at = rect.left_top() + vec2(10.0, 8.0);
        painter.text(at, Align2::LEFT_TOP, name, Type::Label.font(), palette.text);
        let words = painter.layout(does, Type::Caption.font(), palette.muted, wide - 20.0);
        let under = at.y + 19.0 + words.size().y + 10.0;
        painter.with_clip_rect(rect).galley(at + vec2(0.0, 19.0), words, palette.muted);
        let room = rect.bottom() - 8.0 - under;
        if room >= 24.0 && drawn[i] {
            sign(painter, palette, pos2(at.x, under), room.min(68.0), i == 0);
        }
        if i == 0 {
            let (from, to) =
                (rect.right_center() + vec2(4.0, 0.0), rect.right_center() + vec2(22.0, 0.0));
            painter.arrow(from, to - from, Stroke::new(1.2, palette.bar));
        }
    }
}

/// A patch of cells and the one cell that reads it: a bar that is found (S), or one found anywhere (C).
fn sign(painter: &Painter, palette: &Palette, min: egui::Pos2, side: f32, extracts: bool) {
    const CELLS: usize = 5;
    let cell = side / CELLS as f32;
    let at = |y: usize, x: usize| {
        Rect::from_min_size(min + vec2(x as f32, y as f32) * cell, vec2(cell, cell))
    };
    // The upright bar of the patch; the scattered places of the same answer.
    let lit: &[[usize; 2]] =
        if extracts { &[[1, 2], [2, 2], [3, 2]] } else { &[[1, 1], [1, 3], [2, 2], [3, 1]] };
    for y in 0..CELLS {
        for x in 0..CELLS {
            let ink = if lit.contains(&[y, x]) {
                palette.text.gamma_multiply(if extracts { 0.85 } else { 0.4 })
            } else {
                palette.canvas
            };
            let line = Stroke::new(0.75, palette.hairline);
            painter.rect(at(y, x), 0.0, ink, line, StrokeKind::Middle);
        }
    }
    let patch = at(1, 1).union(at(3, 3));
    painter.rect_stroke(patch, 0.0, Stroke::new(1.8, palette.amber), StrokeKind::Middle);
    let one = Rect::from_center_size(
        pos2(min.x + side + 44.0, patch.center().y),
        vec2(cell * 1.4, cell * 1.4),
    );
    let amber = Stroke::new(1.0, palette.amber);
    for corner in [patch.right_top(), patch.right_bottom()] {
        painter.line_segment([corner, one.left_center()], amber);
    }
    painter.rect(one, 1.0, palette.text, Stroke::new(1.8, palette.amber), StrokeKind::Outside);
}

fn neocognitron(ui: &Ui, sheet: &Sheet<'_>, row: Rect, place: usize) {
    let stage = place + 1;
    let names = [format!("S{stage}"), format!("C{stage}")];
    let does = ["field-neo-s", "field-neo-c"].map(|key| Message::new(key).text(sheet.lang));
    pair(ui, sheet.palette, row, names, does, [true, true]);
}

fn network(ui: &Ui, sheet: &Sheet<'_>, row: Rect, seer: &Seer, stage: &Stage) {
    let nodes = seer.network.nodes();
    let size = |node: usize| words::sides_of(seer.fields.node(node).size);
    let does = |node: usize, key: &'static str| {
        let applied = match nodes[node].activation {
            Activation::Identity => Message::new("field-net-linear"),
            Activation::Relu | Activation::Sigmoid | Activation::Tanh | Activation::ScaledTanh => {
                Message::new("field-net-activation")
            }
        };
        Message::new(key).with("size", size(node)).with_message("applied", applied).text(sheet.lang)
    };
    let convolution = &nodes[stage.convolution].name;
    let names = [
        convolution.clone(),
        stage.pooling.map_or_else(|| "—".into(), |node| nodes[node].name.clone()),
    ];
    let does = [
        does(stage.convolution, "field-net-conv"),
        stage
            .pooling
            .map_or_else(|| sheet.say("field-net-no-pool"), |node| does(node, "field-net-pool")),
    ];
    pair(ui, sheet.palette, row, names, does, [true, stage.pooling.is_some()]);
}

/// The image with what a unit of the stage sees, from the middle: the convolution thin, the pooling wide.
fn field(ui: &Ui, sheet: &Sheet<'_>, seer: &Seer, stage: &Stage, frame: Rect) {
    let shape @ [_, rows, columns] = seer.network.input();
    let cell = frame.width() / rows.max(columns).max(1) as f32;
    let input = sheet.studio.input.as_ref().filter(|input| input.tensor.chw() == shape);
    let painter = ui.painter();
    let names = [Some(stage.convolution), stage.pooling].into_iter().flatten().map(|node| {
        let size = words::sides_of(seer.fields.node(node).size);
        format!("{} {size}", seer.network.nodes()[node].name)
    });
    let content = names.collect::<Vec<_>>().join("; ");
    access::picture(ui, frame, &sheet.say("field-picture-boxed"), &content);
    match input {
        Some(input) => {
            framed(ui, sheet.palette, ("neo", stage.convolution), &input.tensor, Grey::Ink, frame);
        }
        None => {
            painter.rect_filled(frame, 0.0, sheet.palette.panel);
        }
    }
    for (node, width) in [(Some(stage.convolution), 1.4), (stage.pooling, 2.4)] {
        let Some(node) = node else { continue };
        let [_, h, w] = seer.network.nodes()[node].output;
        let field = seer.fields.node(node);
        let at = |axis: usize, side: usize| {
            let first = field.start[axis] + (side as i64 / 2) * field.jump[axis];
            [first, first + field.size[axis] as i64]
        };
        let ([y0, y1], [x0, x1]) = (at(0, h), at(1, w));
        let b = Bounds { y0, x0, y1, x1 }.clipped(shape);
        let corner = |y: i64, x: i64| frame.min + vec2(x as f32, y as f32) * cell;
        let rect = Rect::from_min_max(corner(b.y0, b.x0), corner(b.y1, b.x1));
        let casing = sheet.palette.casing.gamma_multiply(0.45);
        painter.rect_stroke(rect, 0.0, Stroke::new(width + 1.5, casing), StrokeKind::Inside);
        painter.rect_stroke(rect, 0.0, Stroke::new(width, sheet.palette.amber), StrokeKind::Inside);
    }
}
