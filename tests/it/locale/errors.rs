//! One example of every error, with what its sentence must say in both languages.

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use convscope::array::{ShapeError, TensorFileError};
use convscope::cli::{CliError, Panicked};
use convscope::data::idx::Content;
use convscope::data::labelled::CountError;
use convscope::data::{DataError, DrawingError, FileError, IdxError, PictureError, PipelineError};
use convscope::engine::{CheckpointProblem, Counted, Demand, EngineError, Misfit, Setting};
use convscope::explain::ExplainError;
use convscope::network::connect::{Quantity, SettingError};
use convscope::network::formula::TooLarge;
use convscope::network::stack::{StackError, StackPart};
use convscope::network::wiring::NotDrawn;
use convscope::network::{Arity, NetworkError, ReadError, ShapeProblem};
use convscope::paper::PaperError;
use convscope::render::{LayoutError, NoGpu, RenderError, Status};
use convscope::ui::input::InputError;
use convscope::ui::platform::Broken;
use convscope::ui::platform::offscreen::OffscreenError;
use convscope::ui::scene::{FieldSceneError, SceneError};
use convscope::ui::studio::StudioError;
use convscope::ui::{FileProblem, NoWindow};
use convscope::worker::WorkerError;

pub const PATH: &str = "/there/it is.bin";

pub struct Example {
    pub error: Box<dyn Error>,
    pub says: &'static [&'static str],
}

fn of(error: impl Error + 'static, says: &'static [&'static str]) -> Example {
    Example { error: Box::new(error), says }
}

/// With a file, which must be named.
fn at(error: impl Error + 'static) -> Example {
    of(error, &[PATH])
}

fn path() -> PathBuf {
    PATH.into()
}

fn full() -> io::Error {
    io::ErrorKind::StorageFull.into()
}

fn checkpoint(problem: CheckpointProblem) -> EngineError {
    EngineError::Checkpoint { problem }
}

pub fn examples() -> Vec<Example> {
    [array(), network(), data(), engine(), render(), paper(), ui(), cli(), system()]
        .into_iter()
        .flatten()
        .collect()
}

fn system() -> Vec<Example> {
    use io::ErrorKind as Kind;
    let read = |source| TensorFileError::Read { source, path: path() };
    let kinds = [
        Kind::NotFound,
        Kind::PermissionDenied,
        Kind::AlreadyExists,
        Kind::StorageFull,
        Kind::ReadOnlyFilesystem,
        Kind::IsADirectory,
        Kind::NotADirectory,
        Kind::InvalidData,
    ];
    let mut all: Vec<Example> = kinds.into_iter().map(|kind| at(read(kind.into()))).collect();
    all.push(of(read(io::Error::other("odd noise")), &["odd noise", PATH]));
    all.push(of(std::fmt::Error, &[]));
    all
}

fn array() -> Vec<Example> {
    vec![
        at(TensorFileError::Write { source: full(), path: path() }),
        of(
            TensorFileError::TooLarge { bytes: 321, limit: 320, path: path() },
            &["321", "320", PATH],
        ),
        at(TensorFileError::Folder { path: path() }),
        of(
            TensorFileError::Format { reason: "HeaderTooLarge".into(), path: path() },
            &["HeaderTooLarge", PATH],
        ),
        of(
            TensorFileError::Type { tensor: "C1.bias".into(), dtype: "I64".into(), path: path() },
            &["C1.bias", "I64", PATH],
        ),
        of(ShapeError { shape: vec![3, 28], values: 85 }, &["85", "[3, 28]"]),
    ]
}

fn network() -> Vec<Example> {
    let shape = |problem| NetworkError::Shape { node: "C9".into(), problem };
    let arity = |needed| NetworkError::Arity { node: "C9".into(), kind: "add", found: 5, needed };
    let ranges = Quantity::ALL.map(|what| {
        of(SettingError::Range { what, value: 0, most: 1_000_000 }, &["0", "1,000,000"])
    });
    let others = vec![
        of(
            SettingError::NoNumber { what: Quantity::Rows, text: "−3.5".into(), most: 77 },
            &["−3.5", "77"],
        ),
        of(
            SettingError::Field { field: [9, 9], image: [8, 8], most: [8, 8] },
            &["9×9", "8×8", "8"],
        ),
        of(SettingError::Stride { stride: 3, legal: vec![1, 2, 4] }, &["3", "1", "2", "4"]),
        of(StackError::OnlyLayer, &[]),
        of(
            StackError::Range { part: StackPart::Side, value: 600, least: 1, most: 512 },
            &["600", "1", "512"],
        ),
        of(
            StackError::OfLayer { layer: 2, part: StackPart::Stride, value: 0, least: 1, most: 16 },
            &["2", "0", "1", "16"],
        ),
        of(
            StackError::OfLayer { layer: 2, part: StackPart::Kernel, value: 0, least: 1, most: 64 },
            &["2", "0", "1", "64"],
        ),
        of(
            StackError::OfLayer { layer: 1, part: StackPart::Padding, value: 3, least: 0, most: 2 },
            &["1", "3", "0", "2"],
        ),
        of(
            StackError::OfLayer {
                layer: 4,
                part: StackPart::Dilation,
                value: 0,
                least: 1,
                most: 16,
            },
            &["4", "0", "1", "16"],
        ),
        of(
            StackError::Range { part: StackPart::Layers, value: 65, least: 1, most: 64 },
            &["65", "64"],
        ),
        of(StackError::Window { layer: 3, span: 9, room: 7, most: 4 }, &["3", "9", "7", "4"]),
        of(StackError::Network(NetworkError::NoInput), &[]),
        of(
            SettingError::Groups { groups: 4, channels: 6, kernels: 16, legal: vec![1, 2] },
            &["4", "6", "16"],
        ),
        of(SettingError::Tile { tile: [9, 3], most: [8, 7] }, &["9×3", "8", "7"]),
        of(SettingError::Table { kernels: 16, channels: 6 }, &["16", "6"]),
        of(SettingError::TablePlaces, &["same", "valid"]),
        of(SettingError::TooLarge(TooLarge), &[]),
        of(NetworkError::NoInput, &["input"]),
        of(NetworkError::TooManyNodes(5000), &["5000", "4096"]),
        of(NetworkError::Duplicate("C9".into()), &["C9"]),
        of(NetworkError::Slide { node: "C9".into() }, &["C9"]),
        of(NetworkError::UnknownInput { node: "C9".into(), input: "Q7".into() }, &["C9", "Q7"]),
        of(arity(Arity::None), &["C9", "add", "5"]),
        of(arity(Arity::One), &["C9", "add", "5"]),
        of(arity(Arity::TwoOrMore), &["C9", "add", "5"]),
        of(ReadError::Json { reason: "EOF at line 3".into() }, &["EOF at line 3"]),
        of(ReadError::Network(NetworkError::Duplicate("C9".into())), &["C9"]),
        of(ShapeProblem::Padding, &[]),
        of(shape(ShapeProblem::Vanishes { shape: [6, 0, 4] }), &["C9", "6 @ 0×4"]),
        of(shape(ShapeProblem::TooLarge { shape: [6, 9, 4] }), &["C9", "6 @ 9×4"]),
        of(shape(ShapeProblem::Window { window: 7, input: 5 }), &["C9", "7", "5"]),
        of(shape(ShapeProblem::WindowRange), &["C9", "65536"]),
        of(
            shape(ShapeProblem::Groups { arriving: 7, maps: 16, groups: 3 }),
            &["C9", "7", "16", "3"],
        ),
        of(shape(ShapeProblem::TableRows { rows: 15, maps: 16 }), &["C9", "15", "16"]),
        of(shape(ShapeProblem::TableRow { arriving: 6 }), &["C9", "6"]),
        of(
            shape(ShapeProblem::Bitmaps { arriving: 80, rows: 12, columns: 7 }),
            &["C9", "80", "12×7"],
        ),
        of(
            shape(ShapeProblem::Add { first: [1, 2, 3], other: [4, 5, 6] }),
            &["1 @ 2×3", "4 @ 5×6"],
        ),
        of(
            shape(ShapeProblem::Concat { first: [1, 2, 3], other: [4, 5, 6] }),
            &["1 @ 2×3", "4 @ 5×6"],
        ),
        of(shape(ShapeProblem::Epsilon { value: 2.5 }), &["C9", "ε", "2.5"]),
        of(shape(ShapeProblem::Dropout { value: 1.5 }), &["C9", "1.5", "0.99"]),
        of(shape(ShapeProblem::Normalisation), &["C9"]),
        of(shape(ShapeProblem::Reach), &["C9", "1099511627776"]),
        of(TooLarge, &["10"]),
        of(NotDrawn::TooLarge { rows: 1 << 33, columns: 77 }, &["2³²", "8589934592", "77"]),
        of(NotDrawn::Pairs { units: 65_536, kernel: 65_537 }, &["65536", "65537"]),
        of(NotDrawn::Reach, &["2³⁰"]),
        of(NotDrawn::Kernel { weights: 1 << 33 }, &["2³²", "8589934592"]),
        of(NotDrawn::Links { maps: 4096, inputs: 1025 }, &["4194304", "4096", "1025"]),
        of(
            ExplainError::Outside {
                layer: "C3".into(),
                unit: [16, 4, 6],
                maps: 16,
                rows: 10,
                columns: 11,
            },
            &["C3", "[16, 4, 6]", "16", "10×11"],
        ),
        of(ExplainError::Input { layer: "input".into() }, &[]),
        of(ExplainError::NoContrast { layer: "N1".into(), kind: "lrn" }, &["N1", "lrn"]),
        of(ExplainError::NoWeight { tensor: "C1.bias".into() }, &["C1.bias"]),
        of(ExplainError::NoParameter { tensor: "C1.bias".into(), index: 99 }, &["C1.bias", "99"]),
    ];
    ranges.into_iter().chain(others).collect()
}

fn data() -> Vec<Example> {
    vec![
        at(FileError::Missing { path: path() }),
        at(FileError::Permission { path: path() }),
        at(FileError::Folder { path: path() }),
        at(FileError::Special { path: path() }),
        of(FileError::TooLarge { bytes: 321, path: path() }, &["321", PATH]),
        of(FileError::Failed { reason: "odd noise".into(), path: path() }, &["odd noise", PATH]),
        at(IdxError::File(FileError::Missing { path: path() })),
        at(IdxError::NoFolder { path: path() }),
        at(IdxError::NotAFolder { path: path() }),
        at(IdxError::NoFiles { path: path() }),
        of(
            IdxError::HalfPair { missing: "train-labels".into(), path: path() },
            &["train-labels", PATH],
        ),
        at(IdxError::NotIdx { expected: Content::Images, path: path() }),
        at(IdxError::NotIdx { expected: Content::Labels, path: path() }),
        of(IdxError::Truncated { expected: 784, found: 312, path: path() }, &["784", "312", PATH]),
        of(IdxError::Trailing { expected: 784, path: path() }, &["784", PATH]),
        of(
            IdxError::TooLarge { count: 77, height: 28, width: 29, path: path() },
            &["77", "28×29", PATH],
        ),
        at(IdxError::NoImages { path: path() }),
        of(IdxError::CountMismatch { images: 60, labels: 59, path: path() }, &["60", "59", PATH]),
        of(IdxError::Label { label: 12, index: 345, path: path() }, &["12", "345", "9", PATH]),
        of(IdxError::Gzip { reason: "bad header".into(), path: path() }, &["bad header", PATH]),
        of(
            CountError { pixels: 783, labels: 2, channels: 3, height: 28, width: 29 },
            &["783", "2", "3 × 28×29"],
        ),
        at(DataError::Idx(IdxError::NoImages { path: path() })),
        at(DataError::File(FileError::Permission { path: path() })),
        at(DataError::Picture(PictureError::Truncated { path: path() })),
        of(DataError::Pipeline(PipelineError::NoPixels), &[]),
        of(DataError::NoClasses { path: path() }, &["idx", PATH]),
        of(DataError::OneClass { class: "odd cats".into(), path: path() }, &["odd cats", PATH]),
        of(DataError::EmptyClass { class: "odd cats".into(), path: path() }, &["odd cats", PATH]),
        of(DataError::TooManyClasses { classes: 300, path: path() }, &["300", "256", PATH]),
        of(DataError::TooManyImages { path: path() }, &["200000", PATH]),
        of(DataError::ImageTooLarge { bytes: 321, path: path() }, &["321", PATH]),
        of(
            DataError::TooLarge { images: 777, shape: [3, 28, 29], path: path() },
            &["777", "3 × 28×29", PATH],
        ),
        of(
            DataError::UnknownTestClass { class: "odd cats".into(), path: path() },
            &["odd cats", PATH],
        ),
        of(DataError::Shape { shape: [2, 28, 29] }, &["2 × 28×29", "4096×4096"]),
        of(DataError::NoFashion { path: path() }, &["apt install dataset-fashion-mnist", PATH]),
        of(DataError::Stopped, &[]),
        at(PictureError::File(FileError::Missing { path: path() })),
        at(PictureError::Empty { path: path() }),
        at(PictureError::NotAPicture { path: path() }),
        of(PictureError::Unsupported { format: "AVIF".into(), path: path() }, &["AVIF", PATH]),
        of(PictureError::UnsupportedKind { format: "TIFF", path: path() }, &["TIFF", PATH]),
        of(
            PictureError::TooManyPixels { width: 9000, height: 8000, path: path() },
            &["9000×8000", PATH],
        ),
        of(PictureError::TooMuchMemory { path: path() }, &["512 MB", PATH]),
        at(PictureError::Truncated { path: path() }),
        of(
            PictureError::Damaged { reason: "bad Huffman code".into(), path: path() },
            &["bad Huffman code", PATH],
        ),
        of(DrawingError::Width { width: 777 }, &["777", "512"]),
        of(DrawingError::Points { points: 123_456 }, &["123456", "100000"]),
        of(DrawingError::Point { stroke: 17 }, &["17"]),
        of(DrawingError::Length { length: 234_567 }, &["234567", "200000"]),
        of(
            PipelineError::TooWide {
                stage: "scale_to_height",
                height: 20,
                width: 987,
                widest: 512,
            },
            &["scale_to_height", "20×987", "512"],
        ),
        of(
            PipelineError::TooHigh { stage: "pad_rows", rows: 32, height: 44, width: 99 },
            &["pad_rows", "32", "44×99"],
        ),
        of(
            PipelineError::Channels { stage: "level_light", needed: 1, found: 3 },
            &["level_light", "1", "3", "grey"],
        ),
        of(
            PipelineError::Channels { stage: "mean_scale", needed: 3, found: 1 },
            &["mean_scale", "3", "1", "grey"],
        ),
        of(
            PipelineError::TooLarge { stage: "pad_to", sheet: [32, 33], height: 40, width: 41 },
            &["pad_to", "32×33", "40×41"],
        ),
        of(
            PipelineError::TooSmall { stage: "centre_crop", side: 224, height: 40, width: 41 },
            &["centre_crop", "224×224", "40×41"],
        ),
        of(
            PipelineError::Parameter { stage: "resize", value: 0, limit: 2048 },
            &["resize", "0", "2048"],
        ),
        of(
            PipelineError::TooNarrow { stage: "resize", height: 1, width: 2000 },
            &["resize", "1×2000"],
        ),
        of(PipelineError::NoStages, &[]),
        of(PipelineError::TooMuch { stage: "pad" }, &["pad"]),
        of(PipelineError::NoPixels, &[]),
    ]
}

fn engine() -> Vec<Example> {
    let misfit = Misfit::Missing { tensor: "C5.bias".into(), expected: vec![120] };
    let count = |what| EngineError::Count { what, expected: 64, found: 63 };
    let large = |what| EngineError::TooLarge { what, bytes: 999, limit: 998 };
    let setting = |name| EngineError::Setting { name, value: "-0.25".into() };
    vec![
        of(EngineError::Misfit(misfit.clone()), &["C5.bias", "[120]"]),
        of(
            EngineError::WeightFile { misfit: misfit.clone(), path: path() },
            &["C5.bias", "[120]", PATH],
        ),
        of(misfit, &["C5.bias", "[120]"]),
        of(
            Misfit::Shape { tensor: "F6.bias".into(), expected: vec![84], found: vec![85] },
            &["F6.bias", "[84]", "[85]"],
        ),
        of(
            Misfit::NegativeVariance { tensor: "N1.running_variance".into(), position: 3 },
            &["N1.running_variance", "3"],
        ),
        of(Misfit::NotFinite { tensor: "F6.bias".into(), position: 17 }, &["F6.bias", "17"]),
        of(
            Misfit::Unlinked { tensor: "C3.weight".into(), map: 12, input: 3 },
            &["C3.weight", "12", "3"],
        ),
        of(Misfit::Unknown { tensor: "C7.weight".into() }, &["C7.weight"]),
        at(EngineError::TensorFile(TensorFileError::Folder { path: path() })),
        of(
            EngineError::Input { expected: vec![1, 32, 32], found: vec![3, 9, 9] },
            &["[1, 32, 32]", "[3, 9, 9]"],
        ),
        of(count(Counted::Blocks), &["64", "63"]),
        of(count(Counted::Examples), &["64", "63"]),
        of(count(Counted::Pixels), &["64", "63"]),
        of(large(Demand::Pass { images: 77 }), &["77", "999", "998"]),
        of(
            large(Demand::Tensor { tensor: "F1.weight".into(), shape: vec![9, 8] }),
            &["F1.weight", "[9, 8]", "999", "998"],
        ),
        of(EngineError::Label { label: 12, classes: 10 }, &["12", "10"]),
        of(EngineError::Class { class: 12, classes: 10 }, &["12", "10"]),
        of(EngineError::TooManyClasses { classes: 60_000, most: 4096 }, &["60000", "4096"]),
        of(
            EngineError::Unit { node: "C9".into(), unit: [16, 4, 6], shape: [16, 10, 11] },
            &["C9", "[16, 4, 6]", "[16, 10, 11]"],
        ),
        of(EngineError::NoImages, &[]),
        of(setting(Setting::Epochs), &["-0.25", "1", "1,000,000"]),
        of(setting(Setting::Batch), &["-0.25", "1", "1,000,000"]),
        of(setting(Setting::LearningRate), &["-0.25", "0"]),
        of(setting(Setting::Averaging), &["-0.25", "0", "1"]),
        of(setting(Setting::WeightDecay), &["-0.25", "0"]),
        of(setting(Setting::Momentum), &["-0.25", "0", "1"]),
        of(setting(Setting::Beta1), &["beta1", "-0.25", "0", "1"]),
        of(setting(Setting::Beta2), &["beta2", "-0.25", "0", "1"]),
        of(setting(Setting::Epsilon), &["epsilon", "-0.25", "0"]),
        of(setting(Setting::Rotation), &["affine.rotation", "-0.25", "0", "π"]),
        of(setting(Setting::Scale), &["affine.scale", "-0.25", "0", "1"]),
        of(setting(Setting::Shear), &["affine.shear", "-0.25", "0", "10"]),
        of(setting(Setting::Shift), &["affine.shift", "-0.25", "0", "4,096"]),
        of(setting(Setting::Amplitude), &["elastic.amplitude", "-0.25", "0", "1,000"]),
        of(setting(Setting::Sigma), &["elastic.sigma", "-0.25", "0", "100"]),
        of(setting(Setting::Crop), &["crop", "-0.25", "0", "4,096"]),
        of(setting(Setting::Frozen), &["-0.25"]),
        of(
            checkpoint(CheckpointProblem::Differs {
                key: "examples".into(),
                found: "4000".into(),
                expected: "3000".into(),
            }),
            &["examples", "4000", "3000"],
        ),
        of(
            checkpoint(CheckpointProblem::NoState { state: "state-7.safetensors".into() }),
            &["state-7.safetensors"],
        ),
        of(checkpoint(CheckpointProblem::Missing { key: "epoch".into() }), &["epoch"]),
        of(checkpoint(CheckpointProblem::NoNumber { key: "epoch".into() }), &["epoch"]),
        of(
            checkpoint(CheckpointProblem::Tensor { tensor: "weights/C1.bias".into() }),
            &["weights/C1.bias"],
        ),
        of(checkpoint(CheckpointProblem::Sidecar { reason: "odd noise".into() }), &["odd noise"]),
        of(checkpoint(CheckpointProblem::Moments), &[]),
        of(CheckpointProblem::Counters, &[]),
        at(EngineError::CheckpointFile { source: full(), path: path() }),
        of(EngineError::Threads { reason: "odd noise".into() }, &["odd noise"]),
        of(EngineError::Cancelled, &[]),
        of(EngineError::Diverged { epoch: 3, images: 640, loss: f64::NAN }, &["3", "640", "NaN"]),
        of(EngineError::from(candle_core::Error::Msg("odd noise".into())), &["odd noise"]),
        of(WorkerError::NothingOpen, &[]),
        of(WorkerError::Slide(NetworkError::Duplicate("C1".into())), &["C1"]),
        of(WorkerError::Engine(EngineError::Label { label: 12, classes: 10 }), &["12", "10"]),
    ]
}

fn render() -> Vec<Example> {
    let name = || String::from("Radeon 9");
    let (gpu, cpu) = (Duration::from_micros(1500), Duration::from_micros(2500));
    vec![
        of(NoGpu::NoAdapter("odd noise".into()), &["odd noise"]),
        of(NoGpu::NoWindowDevice, &["wgpu"]),
        of(NoGpu::NoCompute { name: name() }, &["Radeon 9"]),
        of(
            NoGpu::NoDevice { name: name(), reason: "odd noise".into() },
            &["Radeon 9", "odd noise"],
        ),
        of(RenderError::DeviceLost("odd noise".into()), &["odd noise"]),
        of(RenderError::NoAnswer { seconds: 17 }, &["17"]),
        of(RenderError::Refused("odd noise".into()), &["odd noise"]),
        of(RenderError::DoesNotFit { bytes: 999, limit: 998 }, &["999", "998"]),
        of(RenderError::Layout(LayoutError::Empty), &[]),
        of(LayoutError::NoPixels, &["1"]),
        of(LayoutError::Zoom, &[]),
        of(LayoutError::NotDrawn(NotDrawn::Reach), &["2³⁰"]),
        of(
            LayoutError::TooLarge { width: 901, height: 902, max_side: 800 },
            &["901×902", "800×800"],
        ),
        of(Status::Gpu { name: name() }, &["GPU", "Radeon 9"]),
        of(Status::Cpu, &["CPU"]),
        of(Status::NoGpu(NoGpu::NoCompute { name: name() }), &["CPU", "Radeon 9"]),
        of(Status::GpuFailed(RenderError::NoAnswer { seconds: 17 }), &["CPU", "17"]),
        of(Status::GpuFaster { name: name(), gpu, cpu }, &["Radeon 9", "1.5ms", "2.5ms"]),
        of(Status::CpuFaster { name: name(), gpu, cpu }, &["Radeon 9", "1.5ms", "2.5ms"]),
    ]
}

fn paper() -> Vec<Example> {
    vec![
        of(PaperError::Nothing { layer: "cat".into(), kind: "concat" }, &["cat", "concat"]),
        of(
            PaperError::Window { layer: "P9".into(), rows: 15, columns: 16, limit: 12 },
            &["P9", "15×16", "12×12"],
        ),
        of(PaperError::Pdf { reason: "odd noise".into() }, &["odd noise"]),
    ]
}

fn ui() -> Vec<Example> {
    let scene = SceneError::Empty { path: path() };
    vec![
        of(InputError::NoDigit { index: 7654 }, &["7654", "4999"]),
        at(InputError::Picture(PictureError::Empty { path: path() })),
        of(InputError::Pipeline(PipelineError::NoStages), &[]),
        at(SceneError::File(FileError::Missing { path: path() })),
        of(SceneError::TooLarge { bytes: 321, path: path() }, &["321", PATH]),
        of(
            SceneError::Format { reason: "EOF at line 3".into(), path: path() },
            &["EOF at line 3", PATH],
        ),
        at(SceneError::NoScene { path: path() }),
        of(SceneError::Version { found: 77, path: path() }, &["77", "1", PATH]),
        at(FileProblem::File(FileError::Missing { path: path() })),
        of(FileProblem::TooLarge { bytes: 321, path: path() }, &["321", PATH]),
        of(
            FileProblem::Network {
                source: ReadError::Network(NetworkError::Duplicate("C9".into())),
                path: path(),
            },
            &["C9", PATH],
        ),
        at(FileProblem::Write { source: full(), path: path() }),
        of(FileProblem::Serialise { reason: "odd noise".into() }, &["odd noise"]),
        of(StudioError::UnknownNetwork { name: "lenet6".into() }, &["lenet6"]),
        of(StudioError::IllegalDesign, &["LeNet-5 modern"]),
        of(StudioError::Scrambled, &[]),
        of(
            StudioError::NoUnit { unit: "C9[1](2,3)".into(), network: "LeNet-5".into() },
            &["C9[1](2,3)", "LeNet-5"],
        ),
        of(
            StackError::NoNumber {
                part: StackPart::Kernel,
                text: "many".into(),
                least: 1,
                most: 64,
            },
            &["many", "1", "64"],
        ),
        of(FieldSceneError::Stacks { stacks: 5 }, &["5"]),
        of(
            FieldSceneError::Stack(StackError::Range {
                part: StackPart::Side,
                value: 900,
                least: 1,
                most: 512,
            }),
            &["900", "512"],
        ),
        of(FieldSceneError::Active { active: 7, stacks: 2 }, &["7", "2"]),
        of(FieldSceneError::Weight { weight: 512.5 }, &["512.5", "99"]),
        of(StudioError::SeveralFiles { count: 42 }, &["42"]),
        of(StudioError::NoPictureInClipboard, &[]),
        of(StudioError::Busy, &[]),
        of(StudioError::TooManyWeights, &[]),
        of(
            StudioError::SomeScenes {
                count: 2,
                files: 5,
                first: Box::new(SceneError::NoScene { path: path() }),
            },
            &["2", "5", PATH],
        ),
        of(StudioError::NothingPinned, &[]),
        of(StudioError::NumbersHidden, &[]),
        of(StudioError::NoShift { text: "99".into(), furthest: 8 }, &["99", "8"]),
        of(StudioError::NoTurn { text: "1e30".into(), most: 3.0 }, &["1e30", "3"]),
        of(StudioError::Clipboard { reason: "odd noise".into() }, &["odd noise"]),
        of(SceneError::Document { document: "0123ab".into(), path: path() }, &["0123ab", PATH]),
        of(InputError::NoDocument { document: "0123ab".into() }, &["0123ab"]),
        of(OffscreenError::NoGpu(NoGpu::NoAdapter("odd noise".into())), &["odd noise"]),
        of(OffscreenError::Render(RenderError::NoAnswer { seconds: 17 }), &["17"]),
        of(
            OffscreenError::Size { width: 10, height: 9000, scale: 1.5 },
            &["10×9000", "1.5", "200", "8192", "0.5", "8"],
        ),
        at(OffscreenError::Scene(Arc::new(scene))),
        of(OffscreenError::Late, &[]),
        of(Broken, &[]),
        of(NoWindow { reason: "odd noise".into() }, &["odd noise", "convscope render window"]),
    ]
}

fn cli() -> Vec<Example> {
    let names = |count: usize| (0..count).map(|i| format!("net{i}")).collect::<Vec<_>>();
    let network = || String::from("lenet5");
    vec![
        of(
            CliError::UnknownNetwork { name: "lenet6".into(), nearest: names(2) },
            &["lenet6", "net0", "net1", ".json"],
        ),
        of(
            CliError::UnknownLayer { network: network(), name: "C9".into(), nearest: names(30) },
            &["lenet5", "C9", "net23", "6"],
        ),
        of(
            CliError::UnitOutside {
                layer: "C3".into(),
                unit: "16,4,6".into(),
                shape: [16, 11, 12],
            },
            &["C3", "16,4,6", "15", "10", "11"],
        ),
        of(
            CliError::NoMatrix { layer: "S2".into(), kind: "subsample", nearest: names(2) },
            &["S2", "subsample"],
        ),
        of(
            CliError::CellOutside { row: 84, column: 3, rows: 84, columns: 120 },
            &["84,3", "83", "119"],
        ),
        of(CliError::CellUnused { row: 84, column: 3 }, &["84,3"]),
        of(
            CliError::UnknownScene { name: "stp".into(), nearest: names(2) },
            &["stp", "net0", "net1", ".json"],
        ),
        of(CliError::NoCommand { word: "zo".into(), command: "zoo".into() }, &["zo", "zoo"]),
        at(CliError::NoFile { path: path() }),
        of(CliError::NetworkTooLarge { limit: 321, path: path() }, &["321", PATH]),
        of(
            CliError::NotANetwork {
                source: ReadError::Json { reason: "EOF at line 3".into() },
                path: path(),
            },
            &["EOF at line 3", PATH],
        ),
        at(CliError::File(FileError::Missing { path: path() })),
        at(CliError::Picture(PictureError::Empty { path: path() })),
        at(CliError::Data(IdxError::NoImages { path: path() }.into())),
        of(
            CliError::Classes { network: network(), outputs: 10, classes: 3, path: path() },
            &["lenet5", "10", "3", PATH],
        ),
        of(CliError::SplitsDiffer { train: [28, 29], test: [30, 31] }, &["28×29", "30×31"]),
        of(CliError::NoGpu(NoGpu::NoAdapter("odd noise".into())), &["odd noise"]),
        of(CliError::Pipeline(PipelineError::NoStages), &[]),
        of(CliError::NoDigit { digit: "7654".into(), last: 4999 }, &["7654", "4999"]),
        of(
            CliError::Prepared { network: network(), found: [1, 28, 28], needed: [1, 32, 32] },
            &["lenet5", "1×28×28", "1×32×32"],
        ),
        of(CliError::Preprocessing { reason: "odd noise".into() }, &["odd noise"]),
        of(CliError::EffectiveWithoutMap { layer: "C9".into() }, &["C9", "--unit 0,2,2"]),
        of(CliError::AverageOfDigits { network: network() }, &["lenet5", "--average"]),
        of(
            CliError::TooManyImages { images: 7777, shape: [1, 28, 29] },
            &["7777", "1×28×29", "268435456"],
        ),
        of(CliError::Untrained { network: network() }, &["lenet5", "--weights"]),
        of(CliError::HoldOut { hold_out: 500, images: 400 }, &["500", "400"]),
        of(CliError::NoFolder { folder: "/nowhere".into(), path: path() }, &["/nowhere", PATH]),
        at(CliError::OutIsFolder { path: path() }),
        at(CliError::NoOutFolder { path: path() }),
        at(CliError::OutNoFolder { path: path() }),
        of(CliError::OutExists { path: path() }, &["--force", PATH]),
        of(CliError::OutDiffers { path: path() }, &["--resume", "--force", PATH]),
        of(CliError::LogIsOut { path: path() }, &["--log", PATH]),
        of(CliError::LogForeign { path: path() }, &["--resume", "--force", PATH]),
        of(
            CliError::Checkpoint {
                source: checkpoint(CheckpointProblem::Sidecar { reason: "odd noise".into() }),
                path: path(),
            },
            &["odd noise", "--resume", "--force", PATH],
        ),
        of(CliError::CheckpointExists { path: path() }, &["--resume", "--force", PATH]),
        at(CliError::Write { source: full(), path: path() }),
        of(
            CliError::Input {
                network: network(),
                input: [1, 3, 4],
                source: Box::new(NetworkError::Shape {
                    node: "C3".into(),
                    problem: ShapeProblem::Window { window: 5, input: 3 },
                }),
            },
            &["lenet5", "1×3×4", "C3", "5", "3"],
        ),
        of(CliError::Count { node: "C3".into(), source: TooLarge }, &["C3"]),
        of(CliError::Output { source: full() }, &[]),
        of(CliError::HiddenIsGiven, &["--hidden", "--padding ignore"]),
        of(
            CliError::Setting { source: SettingError::Stride { stride: 3, legal: vec![1, 2, 4] } },
            &["3", "2", "4"],
        ),
        of(CliError::TrainingInterrupted { path: path() }, &["--resume", PATH]),
        of(Panicked, &["Convscope"]),
    ]
}
