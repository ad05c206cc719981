//! A whole number that is typed or dragged.

use std::cell::{Cell, RefCell};

use egui::{DragValue, Response, Ui};

use crate::locale::count;

/// A field for a whole number.
pub struct NumberField<'a> {
    /// For screen readers and the tooltip.
    pub name: &'a str,
    pub value: u64,
    pub most: u64,
}

/// What came of it.
pub enum Entered {
    Nothing,
    /// Also the number that was there before, where it was typed: what was refused is put right with it.
    Number(u64),
    /// What was typed is no such number.
    Refused(String),
}

/// How much of the number one point of dragging changes.
const SPEED: f64 = 0.01;

impl NumberField<'_> {
    /// From 1 on.
    pub fn show(&self, ui: &mut Ui) -> (Response, Entered) {
        self.show_from(1, ui)
    }

    /// From another number on.
    pub fn show_from(&self, least: u64, ui: &mut Ui) -> (Response, Entered) {
        let (refused, accepted) = (RefCell::new(None), Cell::new(false));
        let mut value = self.value;
        let parse = |text: &str| {
            let plain: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '_')).collect();
            let number = plain.parse::<u64>().ok().filter(|n| (least..=self.most).contains(n));
            accepted.set(number.is_some());
            if number.is_none() {
                *refused.borrow_mut() = Some(text.trim().chars().take(40).collect());
            }
            number.map(|number| number as f64)
        };
        let field = DragValue::new(&mut value)
            .range(least..=self.most)
            // A number that a scene may hold is shown, not changed.
            .clamp_existing_to_range(false)
            .speed((self.value as f64 * SPEED).max(0.1))
            .update_while_editing(false)
            .custom_formatter(|number, _| count(number as u128))
            .custom_parser(parse);
        let response = ui.add(field);
        let name = self.name.to_owned();
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::SpinButton, true, name.clone())
        });
        let hint = format!("{} · {least} … {}", self.name, count(self.most.into()));
        let response = response.on_hover_text(hint);
        let entered = match refused.into_inner() {
            Some(text) => Entered::Refused(text),
            None if response.changed() && value != self.value => Entered::Number(value),
            None if accepted.get() => Entered::Number(value),
            None => Entered::Nothing,
        };
        (response, entered)
    }
}
