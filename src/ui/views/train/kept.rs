//! What is worked out of a set of images, kept until something else is asked for: frames follow each other
//! faster than it could be worked out.

use std::hash::Hash;
use std::sync::{Arc, Weak};

use egui::{Id, Ui};

use crate::worker::training::Sets;

/// The last answer of a place. The set is held weakly: it may leave the memory, and while it is named here no
/// other set can come to lie at its address.
#[derive(Clone)]
struct Kept<K, T> {
    sets: Weak<Sets>,
    asked: K,
    made: T,
}

/// What `make` gives for `asked` of these sets; made anew when another set, or something else, is asked for.
/// A place remembers one answer, so copies of it should be cheap.
pub fn kept<K, T>(
    ui: &Ui,
    place: impl Hash + std::fmt::Debug,
    sets: &Arc<Sets>,
    asked: K,
    make: impl FnOnce() -> T,
) -> T
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    let id = Id::unique(("kept", place));
    let known = ui.data(|data| data.get_temp::<Kept<K, T>>(id));
    let of_sets =
        |kept: &Kept<K, T>| kept.sets.upgrade().is_some_and(|old| Arc::ptr_eq(&old, sets));
    if let Some(known) = known.filter(|known| of_sets(known) && known.asked == asked) {
        return known.made;
    }
    let made = make();
    let answer = Kept { sets: Arc::downgrade(sets), asked, made: made.clone() };
    ui.data_mut(|data| data.insert_temp(id, answer));
    made
}
