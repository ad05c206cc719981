//! A number on both sides of 0 that is typed or dragged.

use std::cell::RefCell;

use egui::{DragValue, Response, Ui};

/// A field for a number from −`reach` to `reach`.
pub struct SignedField<'a> {
    /// For screen readers.
    pub name: &'a str,
    pub value: f64,
    pub reach: f64,
    /// Digits behind the point; whole numbers have none.
    pub decimals: usize,
    /// How much one point of dragging changes.
    pub speed: f64,
}

/// What came of it.
pub enum Typed {
    Nothing,
    /// Also the number that was there before, where it was typed.
    Number(f64),
    /// What was typed is no such number.
    Refused(String),
}

impl SignedField<'_> {
    pub fn show(&self, ui: &mut Ui) -> (Response, Typed) {
        let typed = RefCell::new(Typed::Nothing);
        let mut value = self.value;
        let parse = |text: &str| {
            let plain = text.trim().replace('−', "-");
            let number = plain.parse::<f64>().ok().filter(|number| {
                let whole = self.decimals > 0 || number.fract() == 0.0;
                whole && (-self.reach..=self.reach).contains(number)
            });
            *typed.borrow_mut() = match number {
                Some(number) => Typed::Number(number),
                None => Typed::Refused(text.trim().chars().take(40).collect()),
            };
            number
        };
        let field = DragValue::new(&mut value)
            .range(-self.reach..=self.reach)
            .speed(self.speed)
            .fixed_decimals(self.decimals)
            .update_while_editing(false)
            .custom_parser(parse);
        let response = ui.add(field);
        let name = self.name.to_owned();
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::SpinButton, true, name.clone())
        });
        let typed = match typed.into_inner() {
            Typed::Nothing if value != self.value => Typed::Number(value),
            typed => typed,
        };
        (response, typed)
    }
}
