//! Sets of images are loaded beside everything else, for whoever waits for them, and no longer than that.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use convscope::data::{DataError, DataRef};
use convscope::network::design::Design;
use convscope::worker::training::{Pace, Plan, RunState, TrainingOrder, Trainings};
use convscope::worker::{Event, RunId, WorkerError};

use super::{Line, Told, begin, plan, settings, work};

#[test]
fn a_set_that_cannot_be_loaded_fails_with_its_sentence() {
    let mut line = Line::here();
    let data = DataRef::Folder("no/such/set".into());
    line.begin(1, Plan { data, ..plan(settings()) });
    let told = line.listen();
    let said = told.error().to_string();
    assert!(matches!(told.error(), WorkerError::Data(_)), "{said}");
    assert!(said.contains("set"), "{said}");
    line.go(1, u64::MAX, Pace::Full);
    assert!(line.worker.reports().0.is_empty(), "there is no such training");
}

/// A folder with so many pictures of each of two classes.
fn pictures(each: u8) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for class in ["dark", "light"] {
        let inside = folder.path().join(class);
        std::fs::create_dir(&inside).expect("made");
        for number in 0..each {
            let value = if class == "dark" { number } else { 255 - number };
            let picture = image::GrayImage::from_pixel(32, 32, image::Luma([value]));
            picture.save(inside.join(format!("{number}.png"))).expect("saved");
        }
    }
    folder
}

#[test]
fn loading_a_set_can_be_stopped() {
    let mut trainings = Trainings::default();
    let mut told = BTreeMap::new();
    trainings.carry_out(RunId(1), begin(), &mut drop);
    trainings.carry_out(RunId(1), TrainingOrder::StopLoading, &mut drop);
    assert!(!trainings.want_to_go_on(), "nobody waits for the set");
    for report in trainings.reports().take().unwrap_or_default().0 {
        told.entry(report.run.0).or_insert_with(Told::default).hear(report);
    }
    let error = told[&1].error();
    assert!(matches!(error, WorkerError::Data(DataError::Stopped)), "{error:?}");
    // Stopped for one, it is loaded for the other.
    for run in [2, 3] {
        trainings.carry_out(RunId(run), begin(), &mut drop);
    }
    trainings.carry_out(RunId(2), TrainingOrder::StopLoading, &mut drop);
    while work(&mut trainings, &mut told) {}
    assert!(matches!(told[&2].error(), WorkerError::Data(DataError::Stopped)));
    assert!(told[&3].now.is_some() && matches!(told[&3].state, RunState::Paused));
}

#[test]
fn while_a_set_is_loaded_the_others_go_on_and_orders_wait_for_it() {
    let mut trainings = Trainings::default();
    let mut told = BTreeMap::new();
    trainings.carry_out(RunId(1), begin(), &mut drop);
    while work(&mut trainings, &mut told) {}
    let go = |until| TrainingOrder::Go { until, pace: Pace::Full };
    let folder = pictures(100);
    let data = DataRef::Folder(folder.path().into());
    let mut design = Design::of("lenet5-modern").expect("a design");
    design.classes = 2;
    let network = Arc::new(design.network().expect("legal"));
    let other = Arc::new(Plan { data, network, ..plan(settings()) });
    trainings.carry_out(RunId(2), TrainingOrder::Begin { plan: other, probe: 0 }, &mut drop);
    trainings.carry_out(RunId(2), go(2), &mut drop);
    trainings.carry_out(RunId(1), go(1), &mut drop);
    while told[&1].steps_done < 1 {
        assert!(work(&mut trainings, &mut told));
    }
    assert!(told.get(&2).is_none_or(|told| told.now.is_none()), "200 pictures take longer");
    let mut loading = 0;
    while trainings.want_to_go_on() {
        trainings.go_on(Some(Instant::now()), &mut |event| {
            loading += usize::from(matches!(event, Event::Loading { run: RunId(2), .. }));
        });
    }
    for report in trainings.reports().take().unwrap_or_default().0 {
        told.entry(report.run.0).or_default().hear(report);
    }
    assert_eq!((told[&2].steps_done, loading > 0), (2, true));
}

#[test]
fn a_handful_of_images_is_enough_and_one_is_refused() {
    let begun = |each: u8| {
        let folder = pictures(each);
        let mut line = Line::here();
        let data = DataRef::Folder(folder.path().into());
        let mut design = Design::of("lenet5-modern").expect("a design");
        design.classes = 2;
        let network = Arc::new(design.network().expect("legal"));
        line.begin(1, Plan { data, network, images: None, ..plan(settings()) });
        line.go(1, 1, Pace::Full);
        line.listen();
        line.told.remove(&1).expect("told")
    };
    // Two or four pictures: one of them is kept to judge on.
    for each in [1, 2] {
        let told = begun(each);
        let images = told.marks.last().map(|mark| (mark.test.images, mark.train.images));
        assert_eq!(images, Some((1, 2 * usize::from(each) - 1)));
    }
}
