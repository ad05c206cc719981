//! What leaves the window: pictures, numbers, formulas, exercises; into the clipboard or a file.

use std::path::PathBuf;
use std::sync::Arc;

use super::loading::{FileProblem, write};
use super::platform::offscreen::{Options, Part, SIDES, render_window};
use super::platform::{clipboard, dialog};
use super::scene::{Opened, Varied, View};
use super::studio::{SharedError, Studio};
use super::{views, widgets};
use crate::array::{TensorFile, Weights};
use crate::paper::{self, Exercise};
use crate::render::Image;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The window, at so many pixels per point.
    View(u8),
    /// The figure with its caption.
    Figure(u8),
    /// The pinned map as a table.
    Map,
    /// All terms of the pinned unit as a table.
    Terms,
    SumText,
    SumLatex,
    /// All counts of the Parameters view as a table.
    Counts,
    /// What of that view is made of lines and words.
    CountsSvg,
    /// A count's formula, as text or as LaTeX.
    Count {
        opened: Opened,
        latex: bool,
    },
    /// The figure of the Receptive field view as marks.
    FieldSvg,
    /// The curves of the present training.
    TrainSvg,
    TrainCsv,
    /// The sweep, or the three ways, that the page shows.
    SeriesSvg,
    SeriesCsv,
    /// The weights of the moment that is shown, and a PyTorch module that loads them.
    TrainWeights,
    TrainScript,
    /// Its table, and the recurrence with its numbers.
    FieldCsv,
    FieldLatex,
    /// The pinned unit as an exercise on paper, for the student with this seed.
    Exercise(u64),
}

/// Where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    Clipboard,
    /// A file that the person is asked for.
    Ask,
    Path(PathBuf),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub what: What,
    pub to: To,
}

/// What was made.
enum Payload {
    Text(String),
    Picture(Image),
    Bytes(Vec<u8>),
}

/// An export that can be carried out on another thread.
pub struct Job {
    /// The name of the file that is suggested.
    name: String,
    to: To,
    make: Box<dyn FnOnce() -> Result<Payload, SharedError> + Send>,
}

impl Job {
    /// Makes it and brings it where it is to go; `None` if the person has changed their mind.
    #[must_use]
    pub fn run(self) -> Option<Result<Option<PathBuf>, SharedError>> {
        let path = match self.to {
            To::Clipboard => return Some((self.make)().and_then(copy).map(|()| None)),
            To::Ask => dialog::choose_where_to_save(&self.name)?,
            To::Path(path) => path,
        };
        let saved = (self.make)().and_then(Payload::into_bytes).and_then(|b| write(&b, &path));
        Some(saved.map(|()| Some(path)))
    }
}

impl Payload {
    fn into_bytes(self) -> Result<Vec<u8>, SharedError> {
        match self {
            Self::Text(text) => Ok(text.into_bytes()),
            Self::Bytes(bytes) => Ok(bytes),
            Self::Picture(image) => png(image),
        }
    }
}

fn png(image: Image) -> Result<Vec<u8>, SharedError> {
    let fail = |reason: String| -> SharedError { Arc::new(FileProblem::Serialise { reason }) };
    let Image { width, height, rgba } = image;
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbaImage::from_raw(width, height, rgba)
        .ok_or_else(|| fail(format!("{width}×{height}")))?
        .write_to(&mut png, image::ImageFormat::Png)
        .map_err(|error| fail(error.to_string()))?;
    Ok(png.into_inner())
}

fn copy(payload: Payload) -> Result<(), SharedError> {
    match payload {
        Payload::Text(text) => clipboard::put_text(text),
        Payload::Picture(image) => clipboard::put_picture(image),
        // Nothing that is only bytes is offered for copying.
        Payload::Bytes(bytes) => clipboard::put_text(String::from_utf8_lossy(&bytes).into_owned()),
    }
}

/// The name of the file that is suggested for an export.
#[must_use]
pub fn file_name(studio: &Studio, what: What) -> String {
    let pin = studio.pin().zip(studio.open.as_ref());
    let unit = pin.map_or_else(String::new, |(pin, open)| {
        let [c, y, x] = pin.unit;
        format!("{}-{c}-{y}-{x}", open.network.nodes()[pin.node].name.replace('/', "_"))
    });
    match what {
        What::View(_) => "convscope.png".into(),
        What::Figure(_) => "figure.png".into(),
        What::Map => format!("{unit}-map.csv"),
        What::Terms => format!("{unit}-terms.csv"),
        What::Counts => "counts.csv".into(),
        What::CountsSvg => "counts.svg".into(),
        What::Count { latex: false, .. } => "count.txt".into(),
        What::Count { latex: true, .. } => "count.tex".into(),
        What::SumText => format!("{unit}.txt"),
        What::SumLatex => format!("{unit}.tex"),
        What::FieldSvg => "field.svg".into(),
        What::FieldCsv => "field.csv".into(),
        What::TrainSvg => "training.svg".into(),
        What::TrainCsv => "training.csv".into(),
        What::SeriesSvg => format!("{}.svg", series_name(studio)),
        What::SeriesCsv => format!("{}.csv", series_name(studio)),
        What::TrainWeights => paper::pytorch::WEIGHTS.into(),
        What::TrainScript => paper::pytorch::SCRIPT.into(),
        What::FieldLatex => "field.tex".into(),
        What::Exercise(seed) => format!("{unit}-exercise-{seed}.pdf"),
    }
}

fn series_name(studio: &Studio) -> &'static str {
    match views::train::shown_series(studio) {
        Some(Varied::Ways) => "three-ways",
        Some(_) | None => "sweep",
    }
}

/// Gathers what an export needs; `None` where nothing is pinned that could be exported.
#[must_use]
pub fn prepare(studio: &Studio, Export { what, to }: Export) -> Option<Job> {
    let name = file_name(studio, what);
    let text = |text: String| -> Box<dyn FnOnce() -> Result<Payload, SharedError> + Send> {
        Box::new(move || Ok(Payload::Text(text)))
    };
    // Counts leave from the view that shows them.
    let connected = || studio.connected.as_ref().filter(|_| studio.scene.view == View::Parameters);
    // Fields need no engine: they are there before a network is open.
    let of_fields = || studio.seer().filter(|_| views::field::has_table(studio));
    let open = || studio.open.as_ref();
    let explanation = || studio.story.as_ref().and_then(|story| story.explanation());
    let make = match what {
        What::View(scale) => picture(studio, scale, Part::Window),
        What::Figure(scale) => picture(studio, scale, Part::Figure),
        What::Map => {
            let (seen, pin) = (studio.seen.as_ref()?, studio.pin()?);
            text(paper::csv::map(seen.trace.output(pin.node), pin.unit[0]))
        }
        What::CountsSvg => {
            connected()?;
            let title = super::frame::narrate(studio).text(studio.settings.lang);
            let figure = views::parameters::as_sketch(studio);
            text(widgets::sketch::svg(&figure, &title, studio.settings.theme.palette()))
        }
        What::Counts => {
            text(paper::csv::counts(connected()?.columns.each_ref().map(|column| &column.counts)))
        }
        What::Count { opened, latex } => {
            let formula = opened.count.of(&connected()?.columns.get(opened.way)?.counts);
            let value = formula.value().ok()?;
            let formula = if latex { formula.latex() } else { formula.text() };
            text(format!("{formula} = {value}\n"))
        }
        What::FieldSvg => {
            let figure = views::field::as_sketch(studio).filter(|_| of_fields().is_some())?;
            let title = views::field::title_of(studio);
            text(widgets::sketch::svg(&figure, &title, studio.settings.theme.palette()))
        }
        What::TrainSvg => {
            studio.training()?;
            let figure = views::train::as_sketch(studio);
            let title = super::frame::narrate(studio).text(studio.settings.lang);
            text(widgets::sketch::svg(&figure, &title, studio.settings.theme.palette()))
        }
        What::SeriesSvg => {
            let figure = views::train::series_sketch(studio)?;
            let title = views::train::series_title(studio)?;
            text(widgets::sketch::svg(&figure, &title, studio.settings.theme.palette()))
        }
        What::SeriesCsv => {
            views::train::shown_series(studio)?;
            text(views::train::series_table(studio)?)
        }
        What::TrainWeights => {
            let Weights { tensors, metadata } = studio.trained()?;
            let file = TensorFile { tensors, metadata };
            Box::new(move || Ok(Payload::Bytes(file.to_bytes())))
        }
        What::TrainScript => text(paper::pytorch::script(&studio.training()?.network)),
        What::TrainCsv => text(paper::training::csv(&views::train::rows(studio.training()?))),
        What::FieldCsv => {
            let seer = of_fields()?;
            text(paper::fields::csv(&seer.network, &seer.growth))
        }
        What::FieldLatex => {
            let seer = of_fields()?;
            text(paper::fields::latex(&seer.network, &seer.growth))
        }
        What::Terms => text(paper::csv::explanation(&open()?.network, explanation()?)),
        What::SumText => text(paper::sum::text(&open()?.network, explanation()?)),
        // Whole, so that it can be pasted into a paper that uses amsmath.
        What::SumLatex => {
            let body = paper::sum::latex(&open()?.network, explanation()?);
            text(format!("\\begin{{align*}}\n{}\n\\end{{align*}}\n", body.trim_end()))
        }
        What::Exercise(seed) => {
            let (network, explanation) = (Arc::clone(&open()?.network), explanation()?.clone());
            let lang = studio.settings.lang;
            Box::new(move || {
                let fail = |error: paper::PaperError| -> SharedError { Arc::new(error) };
                let exercise = Exercise::of(&network, &explanation, seed, lang).map_err(fail)?;
                exercise.pdf().map(Payload::Bytes).map_err(fail)
            })
        }
    };
    Some(Job { name, to, make })
}

fn picture(
    studio: &Studio,
    scale: u8,
    part: Part,
) -> Box<dyn FnOnce() -> Result<Payload, SharedError> + Send> {
    let longest = studio.window[0].max(studio.window[1]).max(1);
    let options = Options {
        scene: studio.scene.clone(),
        documents: studio.documents.clone(),
        deck: studio.deck.clone(),
        trainings: studio.trainings_so_far(),
        settings: studio.settings,
        covered: studio.covered.clone(),
        size: studio.window,
        // No picture is larger than what is drawn off screen.
        scale: f32::from(scale).min(*SIDES.end() as f32 / longest as f32),
        part,
        ..Options::default()
    };
    Box::new(move || {
        render_window(options)
            .map(Payload::Picture)
            .map_err(|error| -> SharedError { Arc::new(error) })
    })
}
