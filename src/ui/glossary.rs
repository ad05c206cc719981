//! Terms that are explained where they are met first: at the heads of sections.

/// The key of what the term in a heading means.
#[must_use]
pub fn meaning_of(heading: &str) -> Option<&'static str> {
    let meaning = match heading {
        "section-patch-kernel" => "term-kernel",
        "section-window" => "term-max-pooling",
        "section-window-sum" => "term-subsampling",
        "section-values-weights" => "term-fully-connected",
        "section-distance" => "term-rbf",
        "section-exponentials" => "term-softmax",
        "section-sum" => "term-bias",
        "section-activation" => "term-activation",
        "section-links" => "term-channel",
        "section-field" => "term-receptive-field",
        "section-knob" => "term-weight",
        "section-gradient" => "term-gradient",
        "section-map-histogram" | "section-layer-histogram" => "term-feature-map",
        _ => return None,
    };
    Some(meaning)
}
