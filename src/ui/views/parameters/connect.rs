//! One control from fully connected through locally connected to shared, in true stops.

use egui::{Align2, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::locale::Message;
use crate::network::connect::{Setting, Stop};
use crate::ui::action::{Action, Connect};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::arrows;

pub const HEIGHT: f32 = 58.0;
/// From the edges of the widget to the first and the last stop.
const MARGIN: f32 = 46.0;
const LARGE: f32 = 6.5;
const SMALL: f32 = 4.0;
/// Points that a label takes, at least.
const LABEL: f32 = 84.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let shown = &sheet.studio.scene.parameters;
    let Some(connected) = &sheet.studio.connected else { return };
    let stops = &connected.stops;
    let Some(current) = stops.iter().position(|&stop| stop == shown.stop) else { return };
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let last = stops.len() - 1;
    let x = |place: usize| {
        let part = place as f32 / last.max(1) as f32;
        rect.left() + MARGIN + part * (rect.width() - 2.0 * MARGIN)
    };
    let y = rect.top() + 16.0;
    paint(ui, sheet, stops, current, |place| pos2(x(place), y), rect);
    if let Some([down, across]) = arrows(ui, &response)
        && across - down != 0
    {
        // Up and to the right is more, as with every slider.
        sheet.act(Action::Parameters(Connect::Move((across - down) as i32)));
    }
    if let Some(pos) = response.interact_pointer_pos() {
        if ui.input(|input| input.pointer.any_pressed()) {
            sheet.act(Action::BeginGesture);
        }
        let nearest = (0..=last)
            .min_by(|&a, &b| (x(a) - pos.x).abs().total_cmp(&(x(b) - pos.x).abs()))
            .unwrap_or(current);
        if nearest != current {
            sheet.act(Action::Parameters(Connect::Stop(stops[nearest])));
        }
    }
    let name = sheet.say("connect");
    let value = label(sheet, &shown.setting, stops[current]);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::accesskit::Role::Slider, true, name.clone());
        info.current_text_value = Some(value.clone());
        info
    });
    if response.has_focus() {
        let ring = Stroke::new(2.0, sheet.palette.accent);
        ui.painter().rect_stroke(rect, 6.0, ring, egui::StrokeKind::Inside);
    }
}

fn paint(
    ui: &Ui,
    sheet: &Sheet<'_>,
    stops: &[Stop],
    current: usize,
    at: impl Fn(usize) -> Pos2,
    rect: Rect,
) {
    let palette = sheet.palette;
    let painter = ui.painter();
    let setting = &sheet.studio.scene.parameters.setting;
    let last = stops.len() - 1;
    let hover = ui.ctx().pointer_hover_pos().filter(|pos| rect.contains(*pos));
    painter.line_segment(
        [at(0), at(last)],
        Stroke::new(3.0, palette.played.lerp_to_gamma(palette.hairline, 0.7)),
    );
    let pitch = if last > 0 { at(1).x - at(0).x } else { rect.width() };
    for (place, &stop) in stops.iter().enumerate() {
        let centre = at(place);
        let end = matches!(stop, Stop::Full | Stop::Local | Stop::Shared);
        let radius = if end { LARGE } else { SMALL };
        let ink = if place == current { palette.accent } else { palette.bar };
        let fill = if place == current { palette.accent } else { palette.canvas };
        let radius = if hover.is_some_and(|pos| (pos.x - centre.x).abs() < pitch / 2.0) {
            radius + 1.5
        } else {
            radius
        };
        painter.circle(centre, radius, fill, Stroke::new(1.8, ink));
        // Where there is no room for all, the ends and the present one are named.
        let named =
            pitch >= LABEL || place == current || end_has_room(stops, current, place, pitch);
        if !named {
            continue;
        }
        let colour = if place == current { palette.accent } else { palette.muted };
        let colour = if end && place != current { palette.text } else { colour };
        let kind = if end || place == current { Type::Strong } else { Type::Caption };
        let below = pos2(centre.x, centre.y + 13.0);
        painter.text(below, Align2::CENTER_TOP, label(sheet, setting, stop), kind.font(), colour);
    }
}

/// An end is named where no nearer neighbour's name is in its way.
fn end_has_room(stops: &[Stop], current: usize, place: usize, pitch: f32) -> bool {
    let end = matches!(stops[place], Stop::Full | Stop::Local | Stop::Shared);
    end && (place.abs_diff(current) as f32 * pitch >= LABEL * 1.25)
}

/// What a stop is called.
pub fn label(sheet: &Sheet<'_>, setting: &Setting, stop: Stop) -> String {
    let sides = |[rows, columns]: [u64; 2]| match (rows, columns) {
        (1, columns) => columns.to_string(),
        (rows, columns) => format!("{rows}×{columns}"),
    };
    match stop {
        Stop::Full => sheet.say("stop-full"),
        Stop::Field(field) => sides(field),
        Stop::Local => sheet.tell(&Message::new("stop-local").with("field", sides(setting.field))),
        Stop::Tiles(tile) => sheet.tell(&Message::new("stop-tiles").with("tile", sides(tile))),
        Stop::Shared => sheet.say("stop-shared"),
    }
}
