//! Records the training curves of `tests/fixtures/curves`: small networks that learn from the bundled
//! digits in ways that everybody meets. `cargo test --test it record_the_curves -- --ignored` writes
//! those whose file has been removed (half a minute each at most).

use std::fmt::Write;

use convscope::data::{Split, digits};
use convscope::engine::examples::{ByteImages, Examples, batch};
use convscope::engine::optim::{AdamSettings, Method, SgdSettings};
use convscope::engine::schedule::Schedule;
use convscope::engine::{EngineError, Model, Settings, Trainer, evaluate, seeded};
use convscope::network::Activation;
use convscope::network::design::{Block, BlockPool, Design, Hidden};

/// One training, and how often it is judged.
pub struct Recipe {
    pub name: &'static str,
    design: Design,
    /// Digits that are learned from.
    images: usize,
    epochs: usize,
    batch: usize,
    method: Method,
    rate: f64,
    /// Epochs from one point to the next.
    every: f64,
}

fn adam() -> Method {
    Method::Adam(AdamSettings::default())
}

fn sgd() -> Method {
    Method::Sgd(SgdSettings { momentum: 0.9, weight_decay: 0.0 })
}

/// LeNet-5 modern, 1,000 digits, Adam.
fn plain(name: &'static str) -> Recipe {
    Recipe {
        name,
        design: Design::lenet5_modern(),
        images: 1000,
        epochs: 4,
        batch: 32,
        method: adam(),
        rate: 1e-3,
        every: 0.25,
    }
}

/// Six convolutions and three hidden layers of sigmoids.
fn deep_sigmoids() -> Design {
    let sigmoid = Activation::Sigmoid;
    let block = Block { padding: 1, activation: sigmoid, ..Block::conv(8, 3) };
    let blocks =
        (0..6).map(|i| Block { pool: (i % 2 == 1).then_some(BlockPool::HALVE), ..block.clone() });
    let hidden = vec![Hidden { activation: sigmoid, ..Hidden::relu(32) }; 3];
    Design { blocks: blocks.collect(), hidden, ..Design::lenet5_modern() }
}

/// One map and a coarse pooling: too few numbers for ten classes.
fn tiny() -> Design {
    let pool = Some(BlockPool { size: 4, stride: 4, ..BlockPool::HALVE });
    let blocks = vec![Block { pool, stride: 4, ..Block::conv(1, 5) }];
    Design { blocks, hidden: Vec::new(), ..Design::lenet5_modern() }
}

/// LeNet-5 modern without ReLUs, in which nothing can die.
fn linear() -> Design {
    let mut design = Design::lenet5_modern();
    design.blocks.iter_mut().for_each(|block| block.activation = Activation::Identity);
    design.hidden[0].activation = Activation::Identity;
    design
}

pub fn recipes() -> Vec<Recipe> {
    let sigmoid_lenet = || {
        let mut design = Design::lenet5_modern();
        design.blocks.iter_mut().for_each(|block| block.activation = Activation::Sigmoid);
        design.hidden[0].activation = Activation::Sigmoid;
        design
    };
    vec![
        plain("learning"),
        Recipe { epochs: 2, every: 0.1, batch: 4, rate: 2e-3, ..plain("learning-noisy") },
        Recipe { images: 4000, epochs: 16, every: 0.5, ..plain("done") },
        Recipe { images: 200, epochs: 40, every: 1.0, ..plain("overfitting") },
        Recipe { images: 100, rate: 3e-3, epochs: 60, every: 1.0, ..plain("overfitting-rising") },
        Recipe { design: tiny(), epochs: 30, every: 1.0, rate: 5e-3, ..plain("underfitting") },
        Recipe { method: sgd(), rate: 1e-4, epochs: 12, every: 0.5, ..plain("slow") },
        Recipe { method: sgd(), rate: 0.3, ..plain("rate-too-high") },
        Recipe { design: linear(), method: sgd(), rate: 0.5, ..plain("diverged") },
        Recipe { rate: 0.3, epochs: 6, ..plain("rate-too-high-adam") },
        Recipe { method: sgd(), rate: 3e-6, epochs: 6, ..plain("rate-too-low") },
        Recipe { design: deep_sigmoids(), epochs: 8, every: 0.5, ..plain("vanishing") },
        Recipe {
            design: deep_sigmoids(),
            method: sgd(),
            rate: 0.01,
            epochs: 8,
            every: 0.5,
            ..plain("vanishing-sgd")
        },
        Recipe { design: sigmoid_lenet(), epochs: 10, every: 0.5, ..plain("sigmoid") },
    ]
}

/// √ of the mean square of each weight tensor's gradient, first layer first, on one batch.
fn gradients(model: &Model, examples: &dyn Examples) -> Result<Vec<(String, f64)>, EngineError> {
    let numbers: Vec<usize> = (0..examples.len().min(64)).collect();
    let batch = batch(examples, &numbers, None)?;
    let learned = model.learn(&batch.images, &batch.labels, 1)?;
    let mut rest = learned.gradient.as_slice();
    let mut found = Vec::new();
    for parameter in model.parameters() {
        let (own, others) = rest.split_at(parameter.var.elem_count());
        rest = others;
        if let Some(node) = parameter.name.strip_suffix(".weight") {
            let squares = own.iter().map(|&g| f64::from(g).powi(2)).sum::<f64>();
            found.push((node.to_owned(), (squares / own.len() as f64).sqrt()));
        }
    }
    Ok(found)
}

/// Trains, and writes a line per point: losses and accuracies of up to 500 images that are learned from,
/// and of the test split.
pub fn record(recipe: &Recipe) -> Result<String, EngineError> {
    let bundled = digits::bundled();
    let train = bundled.subset(0..recipe.images);
    let some = bundled.subset(0..recipe.images.min(500));
    let test = bundled.subset(digits::range(Split::Test));
    let network = recipe.design.network().expect("a legal design");
    let shape = network.input();
    let [train, some, test] = [&train, &some, &test].map(|set| ByteImages::of(set, shape));
    let (train, some, test) = (train?, some?, test?);
    let settings = Settings {
        epochs: recipe.epochs,
        batch: recipe.batch,
        method: recipe.method,
        learning_rate: recipe.rate,
        schedule: Schedule::Constant,
        augment: None,
        averaging: None,
        seed: 1,
        frozen: Vec::new(),
    };
    let model = Model::new(&network, &seeded::weights(&network, 1)?)?;
    let mut trainer = Trainer::new(model, settings, train.len())?;
    let mut text = String::from("epoch,train_loss,test_loss,train_accuracy,test_accuracy\n");
    let mut next = 0.0;
    let mut epoch = 0.0;
    let mut diverged = false;
    loop {
        if epoch + 1e-9 >= next {
            let judge = |set| evaluate(trainer.model(), set, &mut |_| true);
            let (seen, unseen) = (judge(&some)?, judge(&test)?);
            let _ = writeln!(
                text,
                "{epoch:.3},{:.5},{:.5},{:.4},{:.4}",
                seen.loss, unseen.loss, seen.accuracy, unseen.accuracy
            );
            next += recipe.every;
        }
        match trainer.step(&train) {
            Ok(Some(progress)) => {
                epoch = progress.epoch as f64 + progress.images as f64 / progress.of as f64;
            }
            Ok(None) => break,
            Err(EngineError::Diverged { .. }) => {
                diverged = true;
                break;
            }
            Err(error) => return Err(error),
        }
    }
    for (node, rms) in gradients(trainer.model(), &train)? {
        let _ = writeln!(text, "# gradient,{node},{rms:.4e}");
    }
    if diverged {
        text.push_str("# diverged\n");
    }
    Ok(text)
}
