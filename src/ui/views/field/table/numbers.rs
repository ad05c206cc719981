//! The numbers of a stack, to be dragged and typed.

use egui::Ui;

use crate::locale::Message;
use crate::network::stack::{
    LARGEST_DILATION, LARGEST_KERNEL, LARGEST_STRIDE, Stack, StackError, StackLayer, StackPart,
};
use crate::ui::action::{Action, FieldAction};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Entered, NumberField};

/// Kernel, stride, padding and dilation of a layer, to be changed.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, stack: &Stack, place: usize, name: &str) {
    type Get = fn(&mut StackLayer) -> &mut usize;
    let layer = stack.layers[place];
    let parts: [(&'static str, StackPart, [usize; 2], Get); 4] = [
        ("field-kernel", StackPart::Kernel, [1, LARGEST_KERNEL], |layer| &mut layer.kernel),
        ("field-stride", StackPart::Stride, [1, LARGEST_STRIDE], |layer| &mut layer.stride),
        ("field-padding", StackPart::Padding, [0, layer.most_padding()], |l| &mut l.padding),
        ("field-dilation", StackPart::Dilation, [1, LARGEST_DILATION], |l| &mut l.dilation),
    ];
    for (key, part, range, get) in parts {
        let name = format!("{name}: {}", Message::new(key).text(sheet.lang));
        let mut changed = stack.clone();
        let number = get(&mut changed.layers[place]);
        let Some(typed) = entered(ui, sheet, &name, (part, range), *number) else { continue };
        *number = typed;
        send(sheet, changed);
    }
}

/// A number that can be dragged and typed; tells another one. One that is out of its range is refused with
/// the range, and one that does not go with the others by the stack.
pub fn entered(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    name: &str,
    (part, [least, most]): (StackPart, [usize; 2]),
    value: usize,
) -> Option<usize> {
    let field = NumberField { name, value: value as u64, most: most as u64 };
    let (response, entered) = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = egui::vec2(6.0, 1.0);
            ui.spacing_mut().interact_size = egui::vec2(30.0, 21.0);
            ui.style_mut().override_font_id = Some(Type::Number.font());
            field.show_from(least as u64, ui)
        })
        .inner;
    // What changes without a hand or a cursor on it is a step of its own, too.
    let by_itself = !response.dragged() && !response.has_focus() && !response.lost_focus();
    let changed = matches!(entered, Entered::Number(_));
    if response.drag_started() || response.gained_focus() || (changed && by_itself) {
        sheet.act(Action::BeginGesture);
    }
    match entered {
        Entered::Nothing => None,
        Entered::Number(number) => usize::try_from(number).ok(),
        Entered::Refused(text) => {
            let error = StackError::NoNumber { part, text, least, most };
            sheet.act(Action::Field(FieldAction::Refused(error)));
            None
        }
    }
}

pub fn send(sheet: &mut Sheet<'_>, changed: Stack) {
    let active = sheet.studio.scene.field.active;
    sheet.act(Action::Field(FieldAction::Stack(active, changed)));
}
