//! Names of classes where there is room for three letters.

use std::collections::BTreeSet;

const LETTERS: usize = 3;

/// Names of at most three letters that differ: the beginnings, or the beginnings without what all names have in
/// common; where that does not tell them apart, their numbers.
pub fn short_names(names: &[String]) -> Vec<String> {
    let beginnings = |skip: usize| -> Vec<String> {
        names.iter().map(|name| name.chars().skip(skip).take(LETTERS).collect()).collect()
    };
    let differ = |short: &[String]| {
        let different: BTreeSet<&String> = short.iter().collect();
        different.len() == short.len() && !short.iter().any(|name| name.trim().is_empty())
    };
    let tried = [beginnings(0), beginnings(common(names))];
    let found = tried.into_iter().find(|short| differ(short));
    found.unwrap_or_else(|| (0..names.len()).map(|number| number.to_string()).collect())
}

/// Letters that all names begin with.
fn common(names: &[String]) -> usize {
    let Some(first) = names.first() else { return 0 };
    let alike = |name: &String| first.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    names.iter().map(alike).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::short_names;

    fn short(names: &[&str]) -> Vec<String> {
        short_names(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn short_names_tell_classes_apart() {
        assert_eq!(short(&["0", "1", "2"]), ["0", "1", "2"]);
        assert_eq!(short(&["Trouser", "T-shirt/top"]), ["Tro", "T-s"]);
        assert_eq!(short(&["class-07", "class-08", "class-19"]), ["07", "08", "19"]);
        // Nothing of three letters tells these apart.
        assert_eq!(short(&["north-east", "north-eastern", "south"]), ["0", "1", "2"]);
        assert_eq!(short(&["a", "ab"]), ["a", "ab"]);
    }
}
