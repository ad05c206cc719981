//! The lectures that ship with the application.

/// A lecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lecture {
    LeNet,
    Parameters,
    Fields,
}

impl Lecture {
    pub const ALL: [Self; 3] = [Self::LeNet, Self::Parameters, Self::Fields];

    /// The key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::LeNet => "lecture-lenet",
            Self::Parameters => "lecture-parameters",
            Self::Fields => "lecture-fields",
        }
    }
}

/// A lecture as a scene file.
#[must_use]
pub const fn text(lecture: Lecture) -> &'static str {
    match lecture {
        Lecture::LeNet => include_str!("../../assets/lectures/lenet.json"),
        Lecture::Parameters => include_str!("../../assets/lectures/parameters.json"),
        Lecture::Fields => include_str!("../../assets/lectures/fields.json"),
    }
}
