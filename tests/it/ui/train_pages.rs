//! What the pages of the Train view show, keep and let go.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};

use convscope::array::{Array, Trace, Weights};
use convscope::locale::Lang;
use convscope::network::{Network, Shape, Unit};
use convscope::ui::action::{Action, Dialog, TrainAction};
use convscope::ui::frame;
use convscope::ui::platform::painter::Painter;
use convscope::ui::scene::{
    Scene, Series, TrainNetwork, TrainPage, TrainPlan, TrainScene, Varied, View,
};
use convscope::ui::session::Session;
use convscope::ui::settings::Settings;
use convscope::ui::studio::Studio;
use convscope::worker::training::{AdamSettings, Affine, Augment, Method, Pace, SgdSettings};
use convscope::worker::{CandleEngine, Origin, Pass, Runner, WeightSource, Worker, WorkerError};
use egui::{Key, RawInput, Rect, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::{Window, act, open, open_file, settle};
use crate::worker::training::settings;

const SIZE: [f32; 2] = [1280.0, 800.0];

fn plan() -> TrainPlan {
    TrainPlan { images: Some(64), settings: settings(), ..TrainPlan::default() }
}

fn scene(page: TrainPage, plan: TrainPlan, steps: u64) -> Scene {
    let train = TrainScene { plan, steps, page, pace: Pace::Full, ..TrainScene::default() };
    Scene { view: View::Train, train, ..Scene::default() }
}

fn window(page: TrainPage, plan: TrainPlan, steps: u64) -> Window {
    open(scene(page, plan, steps), Settings::default(), SIZE)
}

/// All words on screen, in the order of the tree.
fn words(window: &Window) -> Vec<String> {
    let all = window.query_all(by().predicate(|_| true));
    all.filter_map(|node| node.accesskit_node().label().or_else(|| node.value())).collect()
}

/// A folder with so many classes of ten small pictures each.
fn folder(at: &Path, classes: usize) {
    for class in 0..classes {
        let place = at.join(format!("species-{class:02}"));
        std::fs::create_dir_all(&place).expect("made");
        for number in 0..10 {
            let picture = image::GrayImage::from_fn(12, 12, |x, y| {
                let bar = (x as usize + y as usize * (class + 1)).is_multiple_of(3 + class % 7);
                image::Luma([if bar { 200 } else { 20 + 5 * number as u8 }])
            });
            picture.save(place.join(format!("{number}.png"))).expect("written");
        }
    }
}

/// Numbers outside what the settings offer, as a scene from a file may hold them.
fn unusual() -> TrainPlan {
    let mut plan = plan();
    plan.images = Some(9_999);
    plan.settings.seed = 5_000_000;
    plan.settings.epochs = 500;
    plan.settings.batch = 700;
    plan.settings.learning_rate = 3e-7;
    plan.settings.method = Method::Sgd(SgdSettings { momentum: 0.995, weight_decay: 0.25 });
    plan.settings.augment = Some(Augment::default());
    plan
}

#[test]
fn settings_that_are_looked_at_stay_as_they_are() {
    let mut window = window(TrainPage::Watch, unusual(), 0);
    for dialog in [Dialog::Training, Dialog::Architecture] {
        act(&mut window, [Action::Open(dialog)]);
        window.run();
        assert_eq!(window.state().studio.scene.train.plan, unusual(), "{dialog:?}");
    }
}

/// An engine that opens no network before the test is over.
struct Busy(Receiver<()>);

impl Runner for Busy {
    fn open(
        &mut self,
        _: &Network,
        _: Option<Shape>,
        _: &WeightSource,
    ) -> Result<(Weights, Origin), WorkerError> {
        let _ = self.0.recv();
        Err(WorkerError::NothingOpen)
    }

    fn trace(&mut self, _: &Pass, _: &dyn Fn() -> bool) -> Result<Trace, WorkerError> {
        Err(WorkerError::NothingOpen)
    }

    fn gradient(&mut self, _: &Pass, _: [usize; 2]) -> Result<Array, WorkerError> {
        Err(WorkerError::NothingOpen)
    }

    fn judge(&mut self, _: &[Array]) -> Result<Vec<usize>, WorkerError> {
        Err(WorkerError::NothingOpen)
    }

    fn heats(
        &mut self,
        _: &Pass,
        _: &[Array],
        _: usize,
        _: Unit,
        _: &dyn Fn() -> bool,
    ) -> Result<Vec<Array>, WorkerError> {
        Err(WorkerError::NothingOpen)
    }
}

#[test]
fn while_images_are_loaded_their_number_is_left_alone() {
    let (_over, busy) = channel();
    let worker = Worker::start_with(Busy(busy), || ()).expect("a thread");
    // The network of the Step view is asked for first; the training waits behind it.
    let mut asked = scene(TrainPage::Watch, plan(), 0);
    asked.view = View::Step;
    let mut studio = Studio::new(asked, Settings::default(), worker);
    studio.carry_out([Action::View(View::Train), Action::Open(Dialog::Training)]);
    assert!(studio.training().is_some_and(|run| run.sets.is_none()));
    let ctx = egui::Context::default();
    convscope::ui::prepare(&ctx);
    let mut painter = Painter::cpu();
    for _ in 0..3 {
        let mut asked = Vec::new();
        let mut output = ctx.run_ui(input(), |ui| {
            asked = frame::draw(ui, &studio, &mut painter).actions;
        });
        output.textures_delta.clear();
        assert!(asked.is_empty(), "{asked:?}");
    }
}

fn input() -> RawInput {
    let rect = Rect::from_min_size(pos2(0.0, 0.0), SIZE.into());
    RawInput { screen_rect: Some(rect), ..RawInput::default() }
}

/// What a frame is made of.
struct Drawn {
    /// Textures that are sent to the GPU.
    sent: usize,
    vertices: usize,
}

/// A window of which every frame can be looked at.
struct Frames {
    ctx: egui::Context,
    session: Session,
}

impl Frames {
    fn of(scene: Scene) -> Self {
        let worker = || Worker::here(CandleEngine::default());
        let studio = Studio::new(scene, Settings::default(), worker());
        let session = Session::new(studio, Painter::cpu(), Box::new(move |_| Ok(worker())));
        let ctx = egui::Context::default();
        convscope::ui::prepare(&ctx);
        let mut frames = Self { ctx, session };
        // All that was asked for is there, and all words have been drawn.
        for _ in 0..12 {
            frames.next();
        }
        assert!(!frames.session.studio.is_waiting());
        frames
    }

    fn next(&mut self) -> Drawn {
        let mut output = self.ctx.run_ui(input(), |ui| {
            self.session.logic(ui.ctx());
            self.session.ui(ui);
        });
        let sent = output.textures_delta.set.len();
        output.textures_delta.clear();
        let vertices = |shape: &egui::Shape| match shape {
            egui::Shape::Mesh(mesh) => mesh.vertices.len(),
            _ => 4,
        };
        let vertices = output.shapes.iter().map(|clipped| vertices(&clipped.shape)).sum();
        Drawn { sent, vertices }
    }

    fn textures(&self) -> usize {
        self.ctx.tex_manager().read().num_allocated()
    }
}

/// One of the three ways, trained and measured.
fn ways() -> Scene {
    let base = TrainPlan { images: Some(32), ..plan() };
    let mut scene = scene(TrainPage::Ways, base.clone(), 0);
    scene.train.series = Some(Series { what: Varied::Ways, base, done: 1 });
    scene
}

#[test]
fn a_page_on_which_nothing_changes_sends_no_picture_anew() {
    let pages = [TrainPage::Watch, TrainPage::Apart, TrainPage::Data, TrainPage::Runs];
    let scenes = pages.map(|page| scene(page, plan(), 1)).into_iter().chain([ways()]);
    for scene in scenes {
        let page = scene.train.page;
        let mut frames = Frames::of(scene);
        for _ in 0..2 {
            assert_eq!(frames.next().sent, 0, "{page:?}");
        }
    }
}

#[test]
fn steps_that_are_taken_apart_leave_no_pictures_behind() {
    let plan = TrainPlan { images: Some(640), ..plan() };
    let mut frames = Frames::of(scene(TrainPage::Apart, plan, 1));
    let before = frames.textures();
    for _ in 0..8 {
        frames.session.studio.carry_out([Action::Train(TrainAction::OneStep)]);
        (0..6).for_each(|_| _ = frames.next());
    }
    assert_eq!(frames.session.studio.training().map(|run| run.steps_done), Some(9));
    assert!(frames.session.studio.apart().is_some_and(|apart| apart.step == 9));
    // The strip of another page is not here: the same batch of pictures, again and again.
    assert_eq!(frames.textures(), before);
}

/// A layer with its own kernel at every place has 117,600 weights; a frame is not made of as many squares.
#[test]
fn a_frame_of_many_kernels_is_made_of_few_shapes() {
    let network = TrainNetwork::Zoo("lenet-local".into());
    let mut frames = Frames::of(scene(TrainPage::Watch, TrainPlan { network, ..plan() }, 2));
    assert!(frames.session.studio.training().is_some_and(|run| run.history.marks().len() > 1));
    let all = frames.next().vertices;
    assert!(all < 60_000, "{all} vertices");
}

#[test]
fn the_keyboard_chooses_a_cell_of_the_confusion() {
    let mut window = window(TrainPage::Watch, plan(), 2);
    window.get_by_label("Confusion, test images").focus();
    window.run();
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowRight] {
        window.key_press(key);
        window.run();
    }
    assert_eq!(window.state().studio.scene.train.shown, None, "the arrows move the cursor alone");
    window.get_by_label_contains("2 read as 1");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().studio.scene.train.cell, Some([2, 1]));
}

#[test]
fn the_keyboard_moves_the_digit_of_the_three_ways() {
    let mut window = open(ways(), Settings::default(), SIZE);
    settle(&mut window);
    window.get_by_label_contains("Drag the digit, or move it with the arrows. moved").focus();
    window.run();
    for key in [Key::ArrowDown, Key::ArrowRight, Key::ArrowRight] {
        window.key_press(key);
        window.run();
    }
    assert_eq!(window.state().studio.scene.train.shift, [1, 2]);
    // One pixel is one step of undo.
    act(&mut window, [Action::Undo]);
    assert_eq!(window.state().studio.scene.train.shift, [1, 1]);
}

/// The pictures of another set, and their classes, stand there as soon as its title does.
#[test]
fn the_data_page_shows_the_set_that_it_names() {
    let places = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    folder(places[0].path(), 2);
    folder(places[1].path(), 5);
    let mut window = window(TrainPage::Data, plan(), 0);
    window.get_by_label_contains("digits · 4,000 to learn from");
    for (place, images) in [(&places[0], 16), (&places[1], 40), (&places[0], 16)] {
        open_file(&mut window, place.path());
        let title = place.path().file_name().expect("a name").to_string_lossy().into_owned();
        window.get_by_label_contains(&format!("{title} · {images} to learn from"));
    }
    let mut window = open(
        scene(TrainPage::Data, plan(), 0),
        Settings { lang: Lang::Zh, ..Settings::default() },
        SIZE,
    );
    window.run();
    window.get_by_label_contains("数字 · 4,000 幅");
}

#[test]
fn every_run_of_the_list_names_its_own_images() {
    let place = tempfile::tempdir().expect("a folder");
    folder(place.path(), 2);
    let mut window = window(TrainPage::Runs, plan(), 1);
    open_file(&mut window, place.path());
    act(&mut window, [Action::Train(TrainAction::Page(TrainPage::Runs))]);
    act(&mut window, [Action::Train(TrainAction::OneStep)]);
    let title: String =
        place.path().file_name().expect("a name").to_string_lossy().chars().take(16).collect();
    let said = words(&window);
    let of_digits = said.iter().find(|words| words.contains("64 digits"));
    let of_folder = said.iter().find(|words| words.contains(&format!("{title} · 16 images")));
    assert!(of_digits.is_some() && of_folder.is_some(), "{said:#?}");
}

/// Forty classes: their accuracy, the images of a cell and the worst mistakes stay in the left half.
#[test]
fn mistakes_among_many_classes_can_be_reached() {
    let place = tempfile::tempdir().expect("a folder");
    folder(place.path(), 40);
    let mut window = window(TrainPage::Watch, plan(), 0);
    open_file(&mut window, place.path());
    act(&mut window, [Action::Train(TrainAction::OneStep)]);
    let tiles: Vec<Rect> =
        window.query_all_by_label_contains("Test image").map(|node| node.rect()).collect();
    assert!(tiles.len() > 3, "{tiles:?}");
    for tile in tiles {
        assert!(tile.right() < 0.55 * SIZE[0] && tile.bottom() < SIZE[1] - 76.0, "{tile:?}");
    }
    let matrix = window.get_by_label("Confusion, test images").rect();
    assert!(matrix.right() < 0.4 * SIZE[0] && matrix.bottom() < SIZE[1] - 60.0, "{matrix:?}");
}

#[test]
fn an_exported_figure_names_the_network_that_is_trained() {
    let network = TrainNetwork::Zoo("lenet-conv".into());
    let window = window(TrainPage::Watch, TrainPlan { network, ..plan() }, 0);
    let studio = &window.state().studio;
    let title = studio.training().map(|run| run.network.title.clone()).expect("a training");
    assert_eq!(frame::source_of(studio), title);
    assert_ne!(studio.open.as_ref().map(|open| &open.network.title), Some(&title));
}

/// The hint tells the plan's own numbers, not those that a switch would bring.
#[test]
fn hints_tell_the_numbers_of_the_plan() {
    let mut plan = plan();
    let affine = Affine { rotation: 0.5, scale: 0.25, shear: 0.0, shift: 3.0 };
    plan.settings.augment = Some(Augment { affine: Some(affine), crop: 7, ..Augment::default() });
    let mut window = window(TrainPage::Watch, plan, 0);
    act(&mut window, [Action::Open(Dialog::Training)]);
    for (name, hint) in [("turned and shifted", "0.5 rad"), ("cropped", "7 whole pixels")] {
        window.get_by_label(name).hover();
        // A tooltip takes its time.
        (0..20).for_each(|_| window.step());
        window.get_by_label_contains(hint);
    }
}

/// What the update is made of is what the engine does, and every line can be worked out from the numbers that
/// stand in it.
#[test]
fn the_lines_of_an_update_add_up_and_are_the_engine_s() {
    let adam =
        |weight_decay| Method::Adam(AdamSettings { weight_decay, ..AdamSettings::default() });
    let methods =
        [Method::Sgd(SgdSettings { momentum: 0.9, weight_decay: 0.1 }), adam(0.0), adam(0.5)];
    for (method, lines) in methods.into_iter().zip([2, 6, 7]) {
        let mut plan = TrainPlan { images: Some(320), ..plan() };
        plan.settings.method = method;
        let mut window = window(TrainPage::Apart, plan, 2);
        for _ in 0..3 {
            settle(&mut window);
            let said = words(&window);
            let results: Vec<usize> =
                (1..said.len()).filter(|&i| is_result(&said[i]) && is_sum(&said[i - 1])).collect();
            assert_eq!(results.len(), lines, "{method:?}: {said:#?}");
            for &place in &results {
                adds_up(&said[place - 1], &said[place]);
            }
            let (tensor, index) = {
                let weight = window.state().studio.train_weight().expect("a weight");
                (weight.tensor, weight.index)
            };
            let promised = number(said[*results.last().expect("lines")].split_at(3).1.trim());
            act(&mut window, [Action::Train(TrainAction::OneStep)]);
            let now = window.state().studio.training().and_then(|run| run.now.clone());
            let learned =
                f64::from(now.expect("a moment").weights.tensors[&tensor].values()[index]);
            assert!((learned - promised).abs() < 0.6e-5, "{method:?}: {learned} and {promised}");
        }
    }
}

fn is_result(words: &str) -> bool {
    ["= ", "≈ "].iter().any(|sign| words.starts_with(sign))
}

fn is_sum(words: &str) -> bool {
    words.contains('(')
}

/// What is written at the left gives what is written at the right: `=` to the last digit, `≈` nearly.
fn adds_up(sum: &str, result: &str) {
    let found = Reader::read(sum);
    let (sign, shown) = result.split_once(' ').expect("a sign");
    let wanted = number(shown);
    let off = (found - wanted).abs();
    if sign == "=" {
        assert!(off <= 0.51 * last_place(shown), "{sum} {result}: {found}");
    } else {
        assert!(off > 0.49 * last_place(shown), "{sum} {result}: {found} is equal");
        assert!(off <= 0.01 * wanted.abs() + 2e-5, "{sum} {result}: {found}");
    }
}

/// The unit of the last digit: of three decimals before a power of ten; of five with a sign, of six without.
fn last_place(shown: &str) -> f64 {
    match shown.split_once("10⁻") {
        Some((_, power)) => 1e-3 * 10f64.powi(-raised(power)),
        None if shown.starts_with(['+', '−']) => 1e-5,
        None => 1e-6,
    }
}

fn number(shown: &str) -> f64 {
    Reader::read(shown)
}

fn raised(power: &str) -> i32 {
    let digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let of = |c: char| digits.chars().position(|digit| digit == c);
    let number = power.chars().filter_map(of).fold(0, |number, digit| 10 * number + digit as i32);
    if power.starts_with('⁻') { -number } else { number }
}

/// Reads arithmetic as it is printed: + − · / ( ) √ and raised numbers.
struct Reader {
    signs: Vec<char>,
    at: usize,
}

impl Reader {
    fn read(text: &str) -> f64 {
        let signs = text.chars().filter(|c| *c != ' ').collect();
        let mut reader = Self { signs, at: 0 };
        let value = reader.sum();
        assert_eq!(reader.at, reader.signs.len(), "{text}");
        value
    }

    fn next_is(&mut self, wanted: char) -> bool {
        let found = self.signs.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.next_is('+') {
                value += self.product();
            } else if self.next_is('−') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.power();
        loop {
            if self.next_is('·') {
                value *= self.power();
            } else if self.next_is('/') {
                value /= self.power();
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> f64 {
        let base = if self.next_is('+') {
            return self.power();
        } else if self.next_is('−') {
            return -self.power();
        } else if self.next_is('√') {
            return self.power().sqrt();
        } else if self.next_is('(') {
            let inside = self.sum();
            assert!(self.next_is(')'));
            inside
        } else {
            let digits = self.taken(|c| c.is_ascii_digit() || c == '.');
            digits.parse().unwrap_or_else(|_| panic!("{digits:?} at {}", self.at))
        };
        let power = self.taken(|c| "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(c));
        if power.is_empty() { base } else { base.powi(raised(&power)) }
    }

    fn taken(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let rest = &self.signs[self.at..];
        let taken: String = rest.iter().copied().take_while(|&c| belongs(c)).collect();
        self.at += taken.chars().count();
        taken
    }
}
