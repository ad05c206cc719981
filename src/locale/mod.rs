//! Every sentence a person reads, in English and Simplified Chinese, from one Fluent catalogue.
//!
//! Texts live in `assets/locale/{en,zh}.ftl`; code names them by key. Both files are embedded, and a
//! test checks that they hold the same keys with the same variables and that the code uses no other.

mod errors;
pub mod fonts;
mod message;
mod number;

pub use errors::{AnyError, Told, io_message, message_with, sentence, sentence_with, told};
pub use message::{Arg, Message};
pub use number::{
    bytes_of, count, equals, myriads, powers, product_equals, rounded, signed, superscript, value,
};

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    #[default]
    En,
    Zh,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::En => Self::Zh,
            Self::Zh => Self::En,
        }
    }

    /// The catalogue as it stands in `assets/locale`.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::En => include_str!("../../assets/locale/en.ftl"),
            Self::Zh => include_str!("../../assets/locale/zh.ftl"),
        }
    }

    fn id(self) -> LanguageIdentifier {
        let tag = match self {
            Self::En => "en",
            Self::Zh => "zh-CN",
        };
        tag.parse().unwrap_or_default()
    }
}

type Bundle = FluentBundle<FluentResource>;

static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::En));
static ZH: LazyLock<Bundle> = LazyLock::new(|| bundle(Lang::Zh));

fn bundle(lang: Lang) -> Bundle {
    // A line that does not parse is left out; the catalogue test names it.
    let resource = match FluentResource::try_new(lang.source().to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    let mut bundle = Bundle::new_concurrent(vec![lang.id()]);
    // Isolation marks are for mixed-direction text; fonts draw them as boxes.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The sentence of `message` in `lang`; the key itself if the catalogue lacks it.
#[must_use]
pub fn text(lang: Lang, message: &Message) -> String {
    let bundle = match lang {
        Lang::En => &*EN,
        Lang::Zh => &*ZH,
    };
    let Some(pattern) = bundle.get_message(message.key).and_then(|m| m.value()) else {
        return message.key.to_owned();
    };
    let mut args = FluentArgs::new();
    for (name, arg) in &message.args {
        args.set(*name, arg.in_language(lang));
    }
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}
