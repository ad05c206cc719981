//! Labels along a vertical axis that never overlap: they move apart and keep a line to their mark.

/// A mark: where it belongs and where its label has room, both in points from the top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    pub at: f32,
    pub label: f32,
}

/// Places labels at least `pitch` apart within 0..`height`, as near to their marks as that allows.
/// `at` must be ascending; the marks come in the same order.
#[must_use]
pub fn axis(at: &[f32], pitch: f32, height: f32) -> Vec<Mark> {
    // Neighbours that collide form a group around the mean of its marks; groups merge until none does.
    struct Group {
        first: usize,
        len: usize,
        centre: f32,
    }
    let half = |len: usize| pitch * (len as f32 - 1.0) / 2.0;
    let mut groups: Vec<Group> = Vec::new();
    for (index, &position) in at.iter().enumerate() {
        groups.push(Group { first: index, len: 1, centre: position });
        while let [.., a, b] = groups.as_slice()
            && b.centre - half(b.len) - (a.centre + half(a.len)) < pitch
        {
            let (first, len) = (a.first, a.len + b.len);
            let centre = at[first..first + len].iter().sum::<f32>() / len as f32;
            let centre = centre.min(height - half(len)).max(half(len));
            groups.truncate(groups.len() - 2);
            groups.push(Group { first, len, centre });
        }
    }
    groups
        .iter()
        .flat_map(|group| {
            let top = group.centre - half(group.len);
            (0..group.len).map(move |i| (group.first + i, top + i as f32 * pitch))
        })
        .map(|(index, label)| Mark { at: at[index], label })
        .collect()
}
