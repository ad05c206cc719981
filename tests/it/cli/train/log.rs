//! `--log`: what stands in such a file already is not lost.

use super::*;

const HEADER: &str = "epoch,images,loss,learning_rate,seconds\r\n";

fn text(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path(name)).expect("was written")
}

#[test]
fn a_file_that_is_no_log_of_the_training_is_replaced_only_with_force() {
    let place = Place::new();
    // Of a training of three epochs, which one that begins from nothing cannot have written.
    let other = format!("{HEADER}1,200,2,0.1,1\r\n2,200,1,0.1,2\r\n3,200,1,0.1,3\r\n");
    let line = format!("{TRAIN} -o @/t.safetensors --log @/old.csv");
    for old in ["precious", "", "epoch,loss\r\n1,0.5\r\n", other.as_str()] {
        std::fs::write(place.path("old.csv"), old).unwrap();
        assert!(place.run(&line).refused().contains("--force"));
        let ran = place.run(&format!("{line} --resume"));
        let said = ran.refused();
        assert!(
            said.contains("not the log of this training") && said.contains("old.csv"),
            "{said}"
        );
        assert_eq!(text(&place, "old.csv"), old);
    }
    std::fs::write(place.path("old.csv"), [0xFF, 0xFE, 0x00]).unwrap();
    place.run(&format!("{line} --resume")).refused();
    assert!(!place.path("t.safetensors").exists());
    for flags in ["--force", "--resume --force"] {
        std::fs::write(place.path("old.csv"), "precious").unwrap();
        let _ = std::fs::remove_file(place.path("t.safetensors"));
        assert_eq!(place.run(&format!("{line} {flags}")).code, Some(0));
        let log = text(&place, "old.csv");
        assert!(log.starts_with(HEADER) && log.lines().count() == 3, "{log}");
    }
}

/// The line of an epoch is written before its checkpoint.
#[test]
fn a_log_of_an_epoch_without_a_checkpoint_is_begun_anew() {
    let place = Place::new();
    std::fs::write(place.path("t.csv"), format!("{HEADER}1,200,77,0.1,1\r\n2,20")).unwrap();
    let ran = place.run(&format!("{TRAIN} --resume -o @/t.safetensors --log @/t.csv"));
    assert!(ran.code == Some(0) && ran.stderr.contains("anew"), "{ran:?}");
    let log = text(&place, "t.csv");
    assert!(log.lines().count() == 3 && !log.contains(",77,"), "{log}");
}

/// A kill in the middle of it leaves the old lines or the new ones: the file is not emptied to be written.
#[cfg(unix)]
#[test]
fn a_log_is_replaced_as_a_whole() {
    let place = Place::new();
    let old = format!("{HEADER}1,200,77,0.1,1\r\n");
    std::fs::write(place.path("t.csv"), &old).unwrap();
    let seen = std::fs::File::open(place.path("t.csv")).unwrap();
    let ran = place.run(&format!("{TRAIN} --resume -o @/t.safetensors --log @/t.csv"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(std::io::read_to_string(seen).unwrap(), old, "whoever has it open");
    assert_ne!(text(&place, "t.csv"), old);
}

#[test]
fn weights_and_log_are_two_files_however_they_are_spelt() {
    let place = Place::new();
    std::fs::create_dir(place.path("sub")).unwrap();
    for log in ["@/t.safetensors", "@/./t.safetensors", "@/sub/../t.safetensors"] {
        let ran = place.run(&format!("{TRAIN} -o @/t.safetensors --log {log}"));
        let said = ran.refused();
        assert!(said.contains("--log another name") && !said.contains("--force"), "{said}");
    }
    assert!(!place.path("t.safetensors").exists());
    let ran = place.run(&format!("{TRAIN} -o @/t.safetensors --log @/sub/t.safetensors"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
