//! Title and notes of the slide that is shown, in both languages.

use egui::{Grid, TextEdit, Ui};

use crate::locale::Lang;
use crate::ui::action::{Action, Slides};
use crate::ui::scene::Words;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

const WIDTH: f32 = 330.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let scene = &sheet.studio.scene;
    let (title, notes) = (scene.title.clone(), scene.notes.clone());
    Grid::new("slide-words").num_columns(2).spacing([16.0, 6.0]).show(ui, |ui| {
        for lang in Lang::ALL {
            field(ui, sheet, lang, &title, "slide-title", 1, Slides::Title);
        }
        ui.end_row();
        for lang in Lang::ALL {
            field(ui, sheet, lang, &notes, "slide-notes", 8, Slides::Notes);
        }
        ui.end_row();
    });
}

fn field(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    lang: Lang,
    words: &Words,
    key: &'static str,
    rows: usize,
    change: fn(Lang, String) -> Slides,
) {
    let known = match lang {
        Lang::En => &words.en,
        Lang::Zh => &words.zh,
    };
    ui.vertical(|ui| {
        ui.set_width(WIDTH);
        let name = format!("{} · {}", sheet.say(key), language_name(lang));
        let label = text(ui, name, Type::Caption, sheet.palette.muted);
        let mut typed = known.clone();
        let edit = if rows == 1 {
            TextEdit::singleline(&mut typed)
        } else {
            TextEdit::multiline(&mut typed).desired_rows(rows)
        };
        ui.add(edit.desired_width(WIDTH)).labelled_by(label.id);
        if typed != *known {
            sheet.act(Action::Slides(change(lang, typed)));
        }
    });
}

/// A language calls itself.
const fn language_name(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "English",
        Lang::Zh => "中文",
    }
}
