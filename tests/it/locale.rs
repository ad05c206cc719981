//! Every error has a sentence in both languages, and every character of a sentence has a glyph.

mod errors;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use convscope::engine::EngineError;
use convscope::locale::{Arg, Lang, Message};
use convscope::{cli, locale, ui};

use errors::{Example, PATH, examples};

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_error_is_a_sentence_in_both_languages() {
    let mut wrong = Vec::new();
    for Example { error, says } in examples() {
        let en = ui::errors::sentence(Lang::En, &*error);
        let zh = cli::sentence(Lang::Zh, &*error);
        let mut check = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("{what}: {en} | {zh}"));
            }
        };
        check(en.chars().count() >= 12 && en.contains(' '), "no English sentence");
        check(!en.starts_with(char::is_lowercase), "no capital");
        check(zh.chars().filter(|&c| is_chinese(c)).count() >= 2, "no Chinese sentence");
        check(!zh.contains('{') && !zh.contains("error-"), "a variable or sentence is missing");
        for said in says {
            check(error.to_string().contains(said) && zh.contains(said), said);
        }
        for text in [&en, &zh] {
            check(!text.contains(PATH) || text.ends_with(PATH), "the path comes last");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_chinese_sentence_about_an_error_has_an_example() {
    let mut told = BTreeSet::new();
    for Example { error, .. } in examples() {
        keys_of(&cli::message(&*error), &mut told);
    }
    let source = Lang::Zh.source().lines();
    let keys: BTreeSet<&str> = source
        .filter(|line| line.starts_with("error-"))
        .filter_map(|line| line.split(' ').next())
        .collect();
    let lacking: Vec<_> = keys.symmetric_difference(&told).collect();
    assert!(lacking.is_empty(), "no example or no sentence: {lacking:#?}");
}

fn keys_of(message: &Message, keys: &mut BTreeSet<&'static str>) {
    keys.insert(message.key);
    for (_, arg) in &message.args {
        if let Arg::Message(inner) = arg {
            keys_of(inner, keys);
        }
    }
}

#[test]
fn every_error_type_is_told_and_looked_for() {
    let code = super::ui::catalogue::sources();
    let mut found = 0;
    for (at, _) in code.match_indices("thiserror::Error)]") {
        let rest = &code[at..];
        let kind = [" enum ", " struct "].into_iter().filter_map(|kind| {
            let at = rest.find(kind)?;
            Some((at, &rest[at + kind.len()..]))
        });
        let (_, rest) = kind.min().expect("what is derived for");
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        assert!(code.contains(&format!("impl Told for {name} ")), "{name} has no Chinese");
        assert!(code.contains(&format!("told::<{name}>(")), "nothing looks for {name}");
        found += 1;
    }
    assert!(found > 20, "only {found} errors were found");
}

/// What a library in between may do.
#[derive(Debug)]
struct Wrapped(EngineError);

impl fmt::Display for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it did not work out")
    }
}

impl Error for Wrapped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn errors_are_recognised_inside_others() {
    let plain = locale::sentence(Lang::Zh, &EngineError::NoImages);
    let shared: Arc<dyn Error + Send + Sync> = Arc::new(EngineError::NoImages);
    let any = anyhow::Error::from(EngineError::NoImages).context("while training");
    for error in [
        &*shared as &(dyn Error + 'static),
        &Arc::new(EngineError::NoImages),
        &Box::new(EngineError::NoImages),
        &Wrapped(EngineError::NoImages),
        any.as_ref(),
    ] {
        assert_eq!(ui::errors::sentence(Lang::Zh, error), plain);
        assert_eq!(cli::sentence(Lang::Zh, error), plain);
    }
}

#[test]
fn every_character_has_a_glyph() {
    let ctx = egui::Context::default();
    ui::prepare(&ctx);
    ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
    let said: String =
        examples().iter().map(|e| ui::errors::sentence(Lang::En, &*e.error)).collect();
    let texts = [Lang::En.source(), Lang::Zh.source(), &said];
    let characters: BTreeSet<char> =
        texts.iter().flat_map(|text| text.chars()).filter(|c| !c.is_control()).collect();
    assert!(characters.iter().filter(|&&c| is_chinese(c)).count() > 300);
    let mut missing = Vec::new();
    ctx.fonts_mut(|fonts| {
        for family in ui::theme::definitions().families.into_keys() {
            let font = egui::FontId::new(13.0, family);
            missing.extend(
                characters
                    .iter()
                    .filter(|&&c| !fonts.has_glyph(&font, c))
                    .map(|&c| format!("{c} U+{:04X} in {}", u32::from(c), font.family)),
            );
        }
    });
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn equal_is_said_only_where_it_is_seen() {
    use convscope::locale::{equals, product_equals, rounded};
    // 0.00004 + 0.00004 is shown as 0.0000 + 0.0000 and 0.0001.
    assert_eq!(equals(&[0.00004, 0.00004], 0.00008, 4), "≈");
    assert_eq!(equals(&[0.1, -0.25], -0.15, 4), "=");
    assert_eq!(equals(&[0.5, 0.0049], 0.5049, 2), "=");
    assert_eq!(equals(&[0.004, 0.004], 0.008, 2), "≈");
    // 0.33334 × 3 is shown as 0.3333 × 3.0000 and 1.0000; by hand it is 0.9999.
    assert_eq!(product_equals(0.33334, 3.0, 1.00002, 4), "≈");
    assert_eq!(product_equals(0.3333, 3.0, 0.9999, 4), "=");
    assert_eq!(equals(&[f64::NAN], f64::NAN, 4), "≈");
    assert_eq!((rounded(-0.123_46, 4), rounded(2.5, 0)), (-0.1235, 3.0));
}
