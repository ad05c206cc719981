//! Slides: the strip under the view, and the title over a presentation.

use egui::{
    Align, CornerRadius, Frame, Label, Layout, Margin, Panel, Response, RichText, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, style::ScrollAnimation, vec2,
};

use crate::locale::Message;
use crate::ui::action::{Action, Dialog, Slides};
use crate::ui::scene::Scene;
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Icon, cell, icon_button, text};

const CARD: egui::Vec2 = egui::vec2(138.0, 44.0);

/// The title of the slide that is shown, which its card may cut; and every slide as a card, with buttons to
/// change the shown one.
pub fn strip(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let deck = &sheet.studio.deck;
    if let Some(slide) = deck.slide() {
        let place = format!("{} / {}", deck.current() + 1, deck.slides().len());
        let title = title_of(sheet, slide, deck.current());
        let palette = sheet.palette;
        ui.scope(|ui| {
            // A line of text, not of buttons.
            ui.spacing_mut().interact_size.y = 18.0;
            ui.horizontal(|ui| {
                cell(ui, place, Type::SmallNumber, palette.muted);
                let words = RichText::new(title).font(Type::Strong.font()).color(palette.text);
                ui.add(Label::new(words).truncate());
            });
        });
    }
    ui.horizontal_centered(|ui| {
        let layout = Layout::right_to_left(Align::Center);
        ui.with_layout(layout, |ui| {
            buttons(ui, sheet);
            let room = vec2(ui.available_width(), CARD.y);
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                ScrollArea::horizontal().id_salt("slides").auto_shrink([false, true]).show(
                    ui,
                    |ui| {
                        ui.horizontal(|ui| cards(ui, sheet));
                    },
                );
            });
        });
    });
}

fn cards(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let deck = &sheet.studio.deck;
    let id = ui.scope_id().with("shown-slide");
    let last = ui.data_mut(|data| {
        let last = data.get_temp::<usize>(id);
        data.insert_temp(id, deck.current());
        last
    });
    for (place, slide) in deck.slides().iter().enumerate() {
        let shown = place == deck.current();
        let card = card(ui, sheet, place, slide, shown);
        // Another slide comes into sight, whoever chose it; after that a person may scroll as they like.
        if shown && last != Some(place) {
            card.scroll_to_me_animation(Some(Align::Center), ScrollAnimation::none());
        }
    }
}

fn card(ui: &mut Ui, sheet: &mut Sheet<'_>, place: usize, slide: &Scene, shown: bool) -> Response {
    let palette = sheet.palette;
    let (rect, response) = ui.allocate_exact_size(CARD, Sense::click_and_drag());
    let edge = if shown || response.has_focus() {
        Stroke::new(2.0, palette.accent)
    } else {
        Stroke::new(1.0, palette.hairline)
    };
    let radius = CornerRadius::same(size::BUTTON_RADIUS);
    ui.painter().rect(rect, radius, palette.panel, edge, StrokeKind::Inside);
    let title = title_of(sheet, slide, place);
    let ink = if shown { palette.accent } else { palette.text };
    let inner = rect.shrink2(vec2(8.0, 5.0));
    let painter = ui.painter_at(inner);
    let number = (place + 1).to_string();
    let number = painter.layout_no_wrap(number, Type::SmallNumber.font(), palette.muted);
    painter.galley(inner.min, number.clone(), palette.muted);
    let room = inner.width() - number.size().x - 6.0;
    let mut job = egui::text::LayoutJob::simple(title.clone(), Type::Caption.font(), ink, room);
    job.wrap.max_rows = 2;
    let words = painter.layout_job(job);
    painter.galley(inner.min + vec2(number.size().x + 6.0, 0.0), words, ink);
    let changed = shown && sheet.studio.differs_from_slide();
    if changed {
        ui.painter().circle_filled(rect.right_top() + vec2(-9.0, 9.0), 3.0, palette.amber);
    }
    let message = Message::new("slide-name").with("number", place + 1).with("title", &title);
    let name = sheet.tell(&message);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, shown, name.clone())
    });
    response.dnd_set_drag_payload(place);
    if let Some(from) = response.dnd_release_payload::<usize>() {
        sheet.act(Action::Slides(Slides::Reorder { from: *from, to: place }));
    } else if response.clicked() {
        sheet.act(Action::Slides(Slides::Go(place)));
    }
    if shown && sheet.studio.playing { response } else { response.on_hover_text(name) }
}

/// The title in the person's language; a missing one falls back to the other, marked.
pub fn title_of(sheet: &Sheet<'_>, slide: &Scene, place: usize) -> String {
    match slide.title.in_language(sheet.lang) {
        ("", _) => sheet.tell(&Message::new("slide-untitled").with("number", place + 1)),
        (title, false) => title.to_owned(),
        (title, true) => sheet.tell(&Message::new("in-other-language").with("text", title)),
    }
}

/// From right to left.
fn buttons(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let deck = &sheet.studio.deck;
    let (current, last) = (deck.current(), deck.slides().len().saturating_sub(1));
    let palette = sheet.palette;
    ui.spacing_mut().item_spacing.x = 4.0;
    let close = sheet.say("slides-close");
    if icon_button(ui, palette, Icon::Close, &close).clicked() {
        sheet.act(Action::Slides(Slides::Close));
    }
    let label = sheet.say("slide-edit");
    ui.menu_button(label, |ui| {
        let mut entry = |ui: &mut Ui, key, action: Action| {
            let label = sheet.say(key);
            if ui.button(label).clicked() {
                sheet.act(action);
            }
        };
        entry(ui, "slide-words", Action::Open(Dialog::Notes));
        entry(ui, "slide-add", Action::Slides(Slides::Add));
        entry(ui, "slide-duplicate", Action::Slides(Slides::Duplicate(current)));
        entry(ui, "slide-remove", Action::Slides(Slides::Remove(current)));
        entry(ui, "save-scene", Action::Open(Dialog::Save));
    });
    if sheet.studio.differs_from_slide() {
        let label = sheet.say("slide-update");
        if ui.button(label).on_hover_text(sheet.say("slide-update-hint")).clicked() {
            sheet.act(Action::Slides(Slides::Update));
        }
    }
    let later = sheet.say("slide-later");
    if current < last && icon_button(ui, palette, Icon::Right, &later).clicked() {
        let to = current + 1;
        sheet.act(Action::Slides(Slides::Reorder { from: current, to }));
    }
    let earlier = sheet.say("slide-earlier");
    if current > 0 && icon_button(ui, palette, Icon::Left, &earlier).clicked() {
        let to = current - 1;
        sheet.act(Action::Slides(Slides::Reorder { from: current, to }));
    }
}

/// The title of the slide over a presentation.
pub fn title(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let deck = &sheet.studio.deck;
    let Some(slide) = deck.slide() else { return };
    if slide.title.is_empty() {
        return;
    }
    let palette = sheet.palette;
    let words = title_of(sheet, slide, deck.current());
    let place = format!("{} / {}", deck.current() + 1, deck.slides().len());
    let other = slide.title.in_language(sheet.lang.other());
    Panel::top("title")
        .exact_size(34.0)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(palette.canvas).inner_margin(Margin::symmetric(18, 6)))
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                text(ui, words, Type::Title, palette.text);
                if let (other, false) = other
                    && sheet.studio.settings.both
                {
                    text(ui, other, Type::Caption, palette.muted);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    text(ui, place, Type::SmallNumber, palette.muted);
                });
            });
        });
}
