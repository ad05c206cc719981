//! Numbers that are covered until somebody clicks on them, so that a class can guess first.

/// Names the place of a number, whatever it shows.
#[must_use]
pub fn cover_place(place: impl std::hash::Hash + std::fmt::Debug) -> u64 {
    egui::Id::unique(place).value()
}
