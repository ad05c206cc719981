//! `--resume`: what is complete already, what can be gone on from, and what is neither.

use super::*;

#[test]
fn where_there_is_no_checkpoint_resume_begins_anew_and_says_so() {
    let place = Place::new();
    let ran = place.run(&format!("{TRAIN} --resume -o @/t.safetensors"));
    assert!(ran.code == Some(0) && ran.stderr.contains("anew"), "{ran:?}");
}

#[test]
fn a_folder_that_only_has_the_name_of_a_checkpoint_keeps_what_is_in_it() {
    let place = Place::new();
    let folder = place.path("t.safetensors.checkpoint");
    std::fs::create_dir(&folder).expect("can be made");
    for name in ["state-of-the-art.txt", "mine.partial", "notes"] {
        std::fs::write(folder.join(name), name).expect("can be written");
    }
    let ran = place.run(&format!("{TRAIN} -o @/t.safetensors"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(std::fs::read_dir(&folder).expect("still there").count(), 3);
}

#[test]
fn a_file_is_complete_only_for_the_same_options_and_the_same_images() {
    let place = Place::new();
    let line = format!("{TRAIN} --resume -o @/t.safetensors");
    assert_eq!(place.run(&line).code, Some(0));
    let weights = std::fs::read(place.path("t.safetensors")).unwrap();
    let complete = |line: &str| {
        let ran = place.run(line);
        assert!(ran.code == Some(0) && ran.stderr.contains("complete already"), "{line}: {ran:?}");
    };
    let refused = |line: &str| {
        let ran = place.run(line);
        assert!(ran.refused().contains("other options"), "{line}: {ran:?}");
        assert_eq!(std::fs::read(place.path("t.safetensors")).unwrap(), weights);
    };
    complete(&line);
    complete(&format!("{line} --threads 1"));
    for other in
        ["--freeze C1", "--augment elastic", "--seed 9", "--hold-out 20", "--optimizer sgd"]
    {
        refused(&format!("{line} {other}"));
    }
    // The folder and the number of its images are the same, the images are not.
    write_idx(&place.path("set"), "train", 200..400);
    refused(&line);
    // The same images in another folder.
    std::fs::create_dir(place.path("moved")).unwrap();
    write_idx(&place.path("moved"), "train", 0..200);
    complete(&line.replace("@/set", "@/moved"));
}

#[test]
fn a_checkpoint_of_no_use_is_named_with_a_way_out() {
    let place = Place::new();
    let folder = place.path("t.safetensors.checkpoint");
    std::fs::create_dir(&folder).unwrap();
    let refused = |sidecar: &str, text: &str| {
        std::fs::write(folder.join("checkpoint.json"), sidecar).unwrap();
        let ran = place.run(&format!("{TRAIN} --resume -o @/t.safetensors"));
        let said = ran.refused();
        assert!(said.contains(text) && said.contains("--force instead of --resume"), "{said}");
        assert!(said.trim_end().ends_with("t.safetensors.checkpoint"), "{said}");
        assert!(folder.join("checkpoint.json").exists());
    };
    refused("{}", "missing field");
    let options = r#""convscope_checkpoint": 1, "options": {}, "epochs_done": 0"#;
    refused(&format!(r#"{{{options}, "state": "../t.csv"}}"#), "sidecar");
    refused(&format!(r#"{{{options}, "state": "state-7.safetensors"}}"#), "data:");
    // The way out leads out.
    assert_eq!(place.run(&format!("{TRAIN} --force -o @/t.safetensors")).code, Some(0));
    assert!(!folder.exists());
}
