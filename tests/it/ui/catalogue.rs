//! Both languages say the same things, the code says nothing else, and all of it can be read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use convscope::locale::Lang;
use convscope::ui::theme::{Theme, contrast};

/// Keys and the variables of their sentences.
fn catalogue(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in lang.source().lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            assert!(keys.insert(key.into(), BTreeSet::new()).is_none(), "{key} stands twice");
            current = key.into();
        }
        for (at, _) in line.match_indices("{ $") {
            let name: String =
                line[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            keys.get_mut(&current).expect("a key before its variables").insert(name);
        }
    }
    keys
}

#[test]
fn both_catalogues_parse_and_have_the_same_keys_and_variables() {
    for lang in Lang::ALL {
        let parsed = fluent_bundle::FluentResource::try_new(lang.source().into());
        assert!(parsed.is_ok(), "{lang:?}: {:?}", parsed.err());
    }
    let (en, zh) = (catalogue(Lang::En), catalogue(Lang::Zh));
    assert!(!en.keys().any(is_error), "an error says its English itself");
    let keys = |c: &BTreeMap<String, BTreeSet<String>>| -> BTreeSet<String> {
        c.keys().filter(|key| !is_error(key)).cloned().collect()
    };
    assert_eq!(keys(&en), keys(&zh));
    for (key, variables) in &en {
        assert_eq!(variables, &zh[key], "the variables of {key}");
    }
}

/// Errors have keys in `zh.ftl` alone.
#[expect(clippy::ptr_arg, reason = "for keys of a map")]
fn is_error(key: &String) -> bool {
    key.starts_with("error-")
}

#[test]
fn code_uses_every_key_and_no_other() {
    let (en, zh) = (catalogue(Lang::En), catalogue(Lang::Zh));
    let code = sources();
    for key in zh.keys() {
        assert!(code.contains(&format!("\"{key}\"")), "nothing uses {key}");
    }
    let key_at = |at: usize| code[at..].chars().take_while(|c| *c != '"').collect::<String>();
    for call in ["say(\"", "Message::new(\""] {
        for (at, _) in code.match_indices(call) {
            let key = key_at(at + call.len());
            let known = if is_error(&key) { &zh } else { &en };
            assert!(known.contains_key(&key), "{key} is not in its catalogue");
        }
    }
}

#[test]
fn views_say_nothing_that_is_not_in_the_catalogue() {
    // A text that a person would read has three words; names of keys are no words.
    let is_word =
        |w: &&str| !w.contains('{') && w.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let key_names = ["Ctrl", "Shift", "Home", "End"];
    for folder in ["src/ui/views", "src/ui/frame", "src/ui/dialogs", "src/ui/widgets"] {
        for (path, text) in files(folder) {
            let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
            for literal in code.flat_map(|code| code.split('"').skip(1).step_by(2)) {
                let words = literal.split(' ').filter(is_word).filter(|w| !key_names.contains(w));
                assert!(words.count() < 3, "{}: {literal}", path.display());
            }
        }
    }
}

#[test]
fn text_can_be_read_on_what_it_stands_on() {
    for theme in Theme::ALL {
        let p = theme.palette();
        for (name, ink, grounds) in [
            ("text", p.text, vec![p.canvas, p.panel, p.rail, p.hover, p.accent_soft, p.played]),
            ("muted", p.muted, vec![p.canvas, p.panel, p.rail, p.hover, p.accent_soft]),
            ("accent", p.accent, vec![p.canvas, p.panel]),
            ("on accent", p.on_accent, vec![p.accent]),
            ("amber", p.amber_text, vec![p.canvas, p.panel]),
            ("negative", p.negative, vec![p.panel, p.hover, p.accent_soft]),
            ("positive", p.positive, vec![p.panel, p.hover, p.accent_soft]),
            ("heat", p.heat, vec![p.canvas, p.panel]),
            ("error", p.error, vec![p.panel]),
        ] {
            for ground in grounds {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{theme:?}: {name} on {ground:?} has {ratio:.2}");
            }
        }
    }
}

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the package").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                found.push((path, text));
            }
        }
    }
    found
}

pub fn sources() -> String {
    files("src").into_iter().map(|(_, text)| text).collect()
}
