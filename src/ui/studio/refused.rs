//! Errors about a number that was typed, or a layer that there is not: told until they are put right.

use super::{Notice, SharedError, Studio, StudioError};
use crate::network::connect::SettingError;
use crate::network::stack::StackError;

impl Studio {
    /// A good entry, or a step back: what was refused before has been put right.
    pub(super) fn put_right(&mut self) {
        if matches!(&self.notice, Some(Notice::Failed(error)) if of_an_entry(error)) {
            self.notice = None;
        }
    }
}

fn of_an_entry(error: &SharedError) -> bool {
    let of_trial = matches!(
        error.downcast_ref::<StudioError>(),
        Some(StudioError::NoShift { .. } | StudioError::NoTurn { .. })
    );
    of_trial || error.is::<SettingError>() || error.is::<StackError>()
}
