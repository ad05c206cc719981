//! Names that exist, nearest first: the answer to a name that does not.

/// More names than this would bury the near ones.
const SHOWN: usize = 24;

/// The `names` sorted by how many letters must change to get `wanted`; equally near ones keep their
/// order.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted: Vec<char> = folded(wanted);
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_by_cached_key(|name| distance(&wanted, &folded(name)));
    names.into_iter().map(str::to_owned).collect()
}

/// The nearest name, if it is so near that it was probably meant.
pub fn near<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let first = nearest(wanted, names).into_iter().next()?;
    (distance(&folded(wanted), &folded(&first)) <= 2).then_some(first)
}

/// The names that a sentence can list, and how many more there are.
pub fn first(names: &[String]) -> (&[String], usize) {
    let shown = names.len().min(SHOWN);
    (&names[..shown], names.len() - shown)
}

/// The names for a sentence: `C1, S2, C3 and 4 more`.
pub fn listed(names: &[String]) -> String {
    match first(names) {
        (names, 0) => names.join(", "),
        (names, more) => format!("{} and {more} more", names.join(", ")),
    }
}

/// Lower case, and no more letters than any name here has, so that a hostile name costs nothing.
fn folded(name: &str) -> Vec<char> {
    name.chars().flat_map(char::to_lowercase).take(64).collect()
}

/// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> usize {
        distance(&folded(a), &folded(b))
    }

    #[test]
    fn distances() {
        assert_eq!(between("", "abc"), 3);
        assert_eq!(between("C3", "c3"), 0);
        assert_eq!(between("lenet5", "lnet5"), 1);
        assert_eq!(between("lenet5", "lenet-5"), 1);
        assert_eq!(between("lenet", "elnet"), 1);
        assert_eq!(between("alexnet", "lenet5"), 3);
    }

    #[test]
    fn nearest_first_and_ties_in_order() {
        let names = ["C1", "S2", "C3", "S4", "OUTPUT"];
        assert_eq!(nearest("c4", names), ["C1", "C3", "S4", "S2", "OUTPUT"]);
        assert_eq!(nearest("OUTPTU", names)[0], "OUTPUT");
    }

    #[test]
    fn long_lists_are_cut() {
        let names: Vec<String> = (0..30).map(|i| format!("n{i}")).collect();
        assert!(listed(&names).ends_with("n23 and 6 more"));
        assert_eq!(listed(&names[..2]), "n0, n1");
    }
}
