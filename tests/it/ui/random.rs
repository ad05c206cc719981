//! Whatever is done, it can be undone; whatever happens, nothing panics.

use convscope::data::Placement;
use convscope::engine::rng::Rng;
use convscope::network::connect::Setting;
use convscope::network::handmade::{Flip, Handmade};
use convscope::network::stack::{Stack, StackKind, StackLayer};
use convscope::ui::action::{
    Action, Connect, Direction, Edit, FieldAction, FieldPreset, Hand, HandAction, Play, Preset,
    Slides, Touch, TrainAction, UnitRef,
};
use convscope::ui::lectures::Lecture;
use convscope::ui::scene::{
    Beside, Camera, Composition, FieldPage, Handling, InputRef, MatrixCamera, NetworkRef, Pad,
    Page, Quantity, RangeChoice, Scene, Shift, Spot, TrainNetwork, TrainPage, TrainPlan, Trial,
    View, WeightRef, Worksheet,
};
use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, TouchPhase, pos2, vec2,
};

use convscope::ui::settings::Settings;
use convscope::ui::studio::Studio;
use convscope::worker::training::Pace;
use convscope::worker::{CandleEngine, Worker};

use super::{Window, first, settle_studio};

/// Random actions of the Receptive field view, sensible and not.
fn field(below: &mut dyn FnMut(usize) -> usize) -> FieldAction {
    let pages = [
        FieldPage::Figure,
        FieldPage::Growth,
        FieldPage::Table,
        FieldPage::Image,
        FieldPage::Compose,
    ];
    let layer = |below: &mut dyn FnMut(usize) -> usize| StackLayer {
        kind: StackKind::ALL[below(3)],
        kernel: below(9),
        stride: below(4),
        padding: below(4),
        dilation: below(4),
        relu: below(2) == 0,
    };
    let spot = |below: &mut dyn FnMut(usize) -> usize| {
        (below(4) > 0).then(|| Spot { layer: below(7), at: [below(30), below(30)] })
    };
    match below(12) {
        0 | 1 => FieldAction::Preset(FieldPreset::ALL[below(FieldPreset::ALL.len())]),
        2 => FieldAction::Page(pages[below(5)]),
        3 => FieldAction::Maps(below(2) == 0),
        4 => {
            let layers: Vec<StackLayer> = (0..below(5)).map(|_| layer(below)).collect();
            FieldAction::Stack(below(3), Stack { side: below(40), layers })
        }
        5 => FieldAction::Add(StackKind::ALL[below(3)]),
        6 => FieldAction::Remove((below(2) == 0).then(|| below(9))),
        7 => FieldAction::Move((below(2) == 0).then(|| below(9)), below(2) == 0),
        8 => FieldAction::Select(below(3), Some(below(9))),
        9 => FieldAction::Spot(below(3), spot(below)),
        10 => FieldAction::Branch(spot(below)),
        _ => match below(2) {
            0 => FieldAction::Compare,
            _ => FieldAction::Composition(Composition {
                relu: below(2) == 0,
                impulse: below(2) == 0,
                ..Composition::default()
            }),
        },
    }
}

/// Random actions of every kind that changes the scene or the slides.
fn action(rng: &mut Rng) -> Action {
    let mut below = |end: usize| rng.below(end);
    let unit = |below: &mut dyn FnMut(usize) -> usize| {
        let node = below(8);
        let [c, h, w] = [
            [1, 32, 32],
            [6, 28, 28],
            [6, 14, 14],
            [16, 10, 10],
            [16, 5, 5],
            [120, 1, 1],
            [84, 1, 1],
            [10, 1, 1],
        ][node];
        UnitRef { node, unit: [below(c), below(h), below(w)] }
    };
    let directions = [
        Direction::PreviousLayer,
        Direction::NextLayer,
        Direction::PreviousMap,
        Direction::NextMap,
        Direction::Up,
        Direction::Right,
    ];
    match below(42) {
        0 | 1 => Action::Pin(unit(&mut below)),
        2 => Action::Follow(unit(&mut below)),
        3 => Action::Back,
        4 => Action::Unpin,
        5 => Action::Loupe(below(2) == 0),
        6 => Action::Camera(Camera::At {
            scale: 1.0 + below(5) as f32,
            centre: [below(500) as f32, 200.0],
        }),
        7 => Action::In,
        8 => Action::Out,
        9 => Action::Range(RangeChoice::ALL[below(3)]),
        10 => Action::Diverging(below(2) == 0),
        11 => Action::Network(NetworkRef::Zoo(["lenet5", "lenet5-modern"][below(2)].into())),
        12 => Action::Input(InputRef::Digit(below(5000))),
        13 => Action::Step(directions[below(6)]),
        14 => Action::BeginGesture,
        15 => Action::Touch(Touch::Pad([Pad::Closed, Pad::Draw, Pad::Move, Pad::Paint][below(4)])),
        16 => Action::Touch(Touch::Pen {
            points: vec![[below(28) as f32, below(28) as f32]],
            erase: below(5) == 0,
            begin: below(4) == 0,
        }),
        17 => match below(4) {
            0 => Action::Hand(HandAction::Remember(below(10) as u8)),
            1 => Action::Hand(HandAction::Forget(below(3))),
            _ => Action::Touch(Touch::Clear),
        },
        18 => {
            let shift = [below(9) as f32 - 4.0, below(9) as f32 - 4.0];
            let placement = Placement { shift, turn: below(90) as f32, scale: 1.0 };
            if below(2) == 0 {
                Action::Touch(Touch::Place(placement))
            } else {
                Action::Touch(Touch::PlaceRaw(placement))
            }
        }
        19 => Action::Touch(Touch::Paint { pixel: below(2000) as u32, value: 1.0 }),
        20 => Action::Touch(Touch::StageOn { place: below(6), on: below(2) == 0 }),
        21 => Action::Touch(Touch::Sheet { digits: 1 + below(3) as u32 }),
        22 => Action::Touch(Touch::Reset),
        23 => {
            let tensor = ["C1.weight", "C3.bias", "F6.weight", "nothing.weight"][below(4)].into();
            Action::Edit(Edit::Turn { tensor, index: below(200), by: below(9) as f32 / 4.0 - 1.0 })
        }
        24 => {
            let (tensor, first, extent) = (String::from("C1.weight"), 25 * below(6), [5, 5]);
            if below(2) == 0 {
                let with = Handmade::ALL[below(Handmade::ALL.len())];
                Action::Edit(Edit::Replace { tensor, first, extent, with })
            } else {
                Action::Edit(Edit::Flip { tensor, first, extent, flip: Flip::Columns })
            }
        }
        25 => match below(3) {
            0 => Action::Edit(Edit::Reset),
            _ => Action::Edit(Edit::Mute { node: "S2".into(), map: below(6) }),
        },
        26 => match below(4) {
            0 => Action::Play(Play::Toggle),
            1 => Action::Play(Play::Tick(0.3)),
            2 => Action::Play(Play::StepBy(below(40) as i64 - 20)),
            _ => Action::Play(Play::Scrub { node: 1 + below(7), event: below(5000) as u64 }),
        },
        27 => Action::Worksheet((below(2) == 0).then(|| Worksheet { part: below(4), term: None })),
        28 => match below(2) {
            0 => Action::Question((below(3) > 0).then(|| [below(10), below(10)])),
            _ => Action::Beside((below(2) == 0).then(|| Beside {
                input: InputRef::Digit(below(5000)),
                handling: Handling::default(),
                edits: None,
            })),
        },
        29 => Action::View(View::ALL[below(View::ALL.len())]),
        30..33 => Action::Parameters(connect(&mut below)),
        33..37 => Action::Field(field(&mut below)),
        37..41 => Action::Train(train(&mut below)),
        _ => Action::Slides(match below(9) {
            0 => Slides::Lecture(Lecture::ALL[below(Lecture::ALL.len())]),
            1 => Slides::Add,
            2 => Slides::Update,
            3 => Slides::Duplicate(below(12)),
            4 => Slides::Remove(below(12)),
            5 => Slides::Reorder { from: below(12), to: below(12) },
            6 => Slides::Previous,
            7 => Slides::Title(convscope::locale::Lang::En, format!("title {}", below(9))),
            _ => Slides::Next,
        }),
    }
}

/// Something in the Train view; images, layers and weights that there are not among them. Its trainings are
/// short.
fn train(below: &mut dyn FnMut(usize) -> usize) -> TrainAction {
    let plan = |below: &mut dyn FnMut(usize) -> usize| {
        let network = ["lenet5-modern", "lenet-conv", "lenet5"][below(3)];
        let mut plan = TrainPlan {
            network: TrainNetwork::Zoo(network.into()),
            images: Some(8 + below(3) * 8),
            scrambled: below(4) == 0,
            ..TrainPlan::default()
        };
        (plan.settings.epochs, plan.settings.batch) = (1, 8);
        plan.settings.seed = below(3) as u64;
        plan
    };
    match below(18) {
        0..3 => TrainAction::Plan(plan(below)),
        3 => TrainAction::Open(plan(below)),
        4 => TrainAction::Remove(plan(below)),
        5 => TrainAction::Beside(plan(below), below(2) == 0),
        6 => TrainAction::Pace(Pace::ALL[below(Pace::ALL.len())]),
        7 => TrainAction::Page(TrainPage::ALL[below(TrainPage::ALL.len())]),
        8 => TrainAction::Quantity([Quantity::Loss, Quantity::Accuracy][below(2)]),
        9 => TrainAction::Cell((below(3) > 0).then(|| [below(12), below(12)])),
        10 => TrainAction::Probe(below(1_200)),
        11 => TrainAction::Layer(["C1", "S2", "F6", "C9"][below(4)].into()),
        12 => {
            let tensor = ["C1.weight", "C3.bias", "F6.weight", "nothing.weight"][below(4)].into();
            TrainAction::Weight(WeightRef { tensor, index: below(3_000) })
        }
        13 => TrainAction::Image(below(20)),
        14 => TrainAction::Shift([below(9) as i32 - 4, below(9) as i32 - 4]),
        15 => TrainAction::Show((below(2) == 0).then(|| below(5) as u64)),
        16 => TrainAction::Move(below(5) as i32 - 2),
        _ => TrainAction::LookInside((below(2) == 0).then(|| below(1_200))),
    }
}

/// Something in the Parameters view; layers that there are not among them.
fn connect(below: &mut dyn FnMut(usize) -> usize) -> Connect {
    match below(10) {
        0 => {
            let side = |below: &mut dyn FnMut(usize) -> usize| below(40) as u64;
            Connect::Setting(Setting {
                image: [1 + side(below) % 3, side(below), side(below)],
                field: [side(below) % 6, side(below) % 6],
                kernels: side(below),
                ..Setting::default()
            })
        }
        1 => Connect::Move(below(7) as i32 - 3),
        2 => Connect::Ask(below(4), below(2) == 0),
        3 => Connect::Page([Page::Counts, Page::Wiring, Page::Trial][below(3)]),
        4 => Connect::Camera(MatrixCamera::At {
            centre: [below(3000) as f64, below(3000) as f64],
            cells: 1.0 / (1 + below(40)) as f64,
        }),
        5 => Connect::Touch((below(2) == 0).then(|| [below(3000) as u64, below(3000) as u64])),
        6 => Connect::ByIdentity(below(2) == 0),
        7 => Connect::Trial(
            Trial {
                shift: Shift { y: below(20) as i32 - 10, x: below(20) as i32 - 10 },
                unit: [below(40), below(40)],
                weight: [below(8), below(8)],
                turned: below(5) as f32 - 2.0,
                larger: [below(99), below(99)],
            },
            [Hand::Drags, Hand::Turns, Hand::Chooses][below(3)],
        ),
        8 => Connect::FromLayer(below(12)),
        _ => Connect::Preset(Preset::ALL[below(Preset::ALL.len())]),
    }
}

#[test]
fn two_hundred_random_actions_are_undone_and_redone_bit_for_bit() {
    for seed in 0..8 {
        // With an engine that answers at once, and with one on its own thread that answers later.
        let worker = if seed % 2 == 0 {
            Worker::here(CandleEngine::default())
        } else {
            Worker::start(|| ()).expect("a thread")
        };
        let mut studio = Studio::new(Scene::default(), Settings::default(), worker);
        settle_studio(&mut studio);
        let start = studio.state();
        let mut rng = Rng::new(&[seed]);
        for _ in 0..200 {
            studio.carry_out([action(&mut rng)]);
            studio.drain();
            // Now and then the answers have time to come.
            if rng.below(20) == 0 {
                settle_studio(&mut studio);
            }
        }
        settle_studio(&mut studio);
        let end = studio.state();
        for _ in 0..200 {
            studio.carry_out([Action::Undo]);
            studio.drain();
        }
        settle_studio(&mut studio);
        assert_eq!(studio.state(), start, "seed {seed}");
        for _ in 0..200 {
            studio.carry_out([Action::Redo]);
            studio.drain();
        }
        settle_studio(&mut studio);
        assert_eq!(studio.state(), end, "seed {seed}");
    }
}

/// `make torture` asks for 100,000; another seed gives others.
const EVENTS: &str = "CONVSCOPE_TORTURE_EVENTS";
const SEED: &str = "CONVSCOPE_TORTURE_SEED";
const SHORT: usize = 1_500;

const KEYS: [Key; 35] = [
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Enter,
    Key::Escape,
    Key::Backspace,
    Key::Tab,
    Key::Space,
    Key::Comma,
    Key::Period,
    Key::OpenBracket,
    Key::CloseBracket,
    Key::D,
    Key::E,
    Key::F,
    Key::H,
    Key::K,
    Key::L,
    Key::M,
    Key::Y,
    Key::Z,
    Key::F1,
    Key::F2,
    Key::F3,
    Key::F4,
    Key::F11,
    Key::Num2,
    Key::Num7,
    Key::Plus,
    Key::Minus,
];

fn event(rng: &mut Rng, at: &mut egui::Pos2, window: &mut Window) {
    let modifiers = match rng.below(8) {
        0 => Modifiers::SHIFT,
        1 => Modifiers::COMMAND,
        _ => Modifiers::NONE,
    };
    match rng.below(10) {
        0..=3 => {
            *at = if rng.below(4) == 0 {
                pos2(rng.below(1280) as f32, rng.below(800) as f32)
            } else {
                *at + vec2(rng.below(41) as f32 - 20.0, rng.below(41) as f32 - 20.0)
            };
            window.event(Event::PointerMoved(*at));
        }
        4 | 5 => {
            let button =
                if rng.below(6) == 0 { PointerButton::Secondary } else { PointerButton::Primary };
            let pressed = rng.below(2) == 0;
            window.event(Event::PointerButton { pos: *at, button, pressed, modifiers });
        }
        6 => {
            let delta = vec2(0.0, rng.below(7) as f32 - 3.0);
            let (unit, phase) = (MouseWheelUnit::Line, TouchPhase::Move);
            window.event(Event::MouseWheel {
                unit,
                delta,
                phase,
                modifiers,
                source: MouseWheelSource::Unknown,
            });
        }
        7 if rng.below(4) == 0 => window.event(Event::Text("1c".into())),
        _ => {
            let key = KEYS[rng.below(KEYS.len())];
            for pressed in [true, false] {
                let (physical_key, repeat) = (Some(key), false);
                window.event(Event::Key { key, physical_key, pressed, repeat, modifiers });
            }
        }
    }
}

#[test]
fn random_events_do_not_make_the_window_panic() {
    let asked = |name| std::env::var(name).ok().and_then(|n| n.parse::<usize>().ok());
    let (events, seed) = (asked(EVENTS).unwrap_or(SHORT), asked(SEED).unwrap_or(11));
    let mut window = first();
    window.state_mut().studio.keep_silent();
    let mut rng = Rng::new(&[seed as u64]);
    let mut at = pos2(400.0, 300.0);
    for done in 0..events {
        event(&mut rng, &mut at, &mut window);
        window.step();
        // Who has strayed far begins anew, so that every corner is visited.
        if done % 2_000 == 1_999 {
            window = first();
            window.state_mut().studio.keep_silent();
        }
    }
    assert!(window.state().studio.open.is_some());
}
