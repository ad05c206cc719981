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

/// The key of what a factor of a count counts, by its name in the formula.
#[must_use]
pub fn factor(name: &str) -> &'static str {
    match name {
        "image rows" => "factor-image-rows",
        "image columns" => "factor-image-columns",
        "field rows" => "factor-field-rows",
        "field columns" => "factor-field-columns",
        "channels" => "factor-channels",
        "hidden units" => "factor-hidden",
        "rows" => "factor-rows",
        "columns" => "factor-columns",
        "maps" => "factor-maps",
        "kernels" => "factor-kernels",
        "tiles down" => "factor-tiles-down",
        "tiles across" => "factor-tiles-across",
        "bias" => "factor-bias",
        "bytes per weight" => "factor-bytes",
        _ => "factor-number",
    }
}
