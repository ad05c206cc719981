//! `exercise`: a PDF, the same for the same seed.

use super::run;

const UNIT: &str = "exercise lenet5 digit:7 --layer C3 --unit 7,4,6";

#[test]
fn a_seed_decides_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = |options: &str, name: &str| {
        let path = folder.path().join(name);
        let ran = run(&format!("{UNIT} {options} -o {}", path.display()));
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), "", ""));
        std::fs::read(path).unwrap()
    };
    let first = pdf("", "a.pdf");
    assert!(first.starts_with(b"%PDF-"));
    assert_eq!(first, pdf("--seed 1", "b.pdf"), "1 is the default");
    assert_ne!(first, pdf("--seed 2", "c.pdf"));
    assert_ne!(first, pdf("--lang zh", "d.pdf"));
    let names = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 4, "nothing else is left behind");
}

#[test]
fn refusals_name_what_was_wrong() {
    let refused = |line: &str, text: &str| {
        let ran = run(line);
        assert!(ran.refused().contains(text), "{ran:?}");
    };
    refused(&format!("{UNIT} -o /no/such/folder/x.pdf"), "/no/such/folder");
    refused("exercise lenet5 digit:7 --layer input --unit 0,0,0 -o x.pdf", "the image itself");
    refused("exercise lenet5 digit:7 --layer C9 --unit 0,0,0 -o x.pdf", "no layer C9");
    refused("exercise lenet5 digit:7 --layer C3 --unit 16,0,0 -o x.pdf", "16,0,0");
    assert_eq!(run(UNIT).code, Some(2), "a file must be named");
    assert_eq!(run(&format!("{UNIT} --seed -1 -o x.pdf")).code, Some(2));
}

#[test]
fn help_shows_a_sheet_for_every_student() {
    let ran = run("exercise --help");
    assert_eq!(ran.code, Some(0));
    assert!(ran.stdout.contains("--seed $n") && ran.stdout.contains("for n in"), "{}", ran.stdout);
}
