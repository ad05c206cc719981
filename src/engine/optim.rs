//! Optimizers with a state that can be taken out and put back: candle's `AdamW` hides its moments, and
//! its `SGD` has no momentum. Gradients come end to end, as [`crate::engine::Model::learn`] gives them.

use std::cell::RefCell;

use candle_core::backprop::GradStore;
use candle_core::{CpuStorage, InplaceOp1, Layout, Result, Var};
use candle_nn::Optimizer;
use fearless_simd::{Level, dispatch};
use serde::{Deserialize, Serialize};

use super::in_range::is_in_range;
use super::ops::values;

/// Adam with decoupled weight decay (Kingma, Ba 2015, algorithm 1; Loshchilov, Hutter 2019).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdamSettings {
    pub beta1: f64,
    pub beta2: f64,
    pub epsilon: f64,
    pub weight_decay: f64,
}

impl Default for AdamSettings {
    fn default() -> Self {
        Self { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.0 }
    }
}

/// Stochastic gradient descent with momentum, as PyTorch has it: v ← μv + g + λw, w ← w − ηv.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SgdSettings {
    pub momentum: f64,
    pub weight_decay: f64,
}

impl Default for SgdSettings {
    fn default() -> Self {
        Self { momentum: 0.9, weight_decay: 0.0 }
    }
}

/// Which optimizer, and how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Adam(AdamSettings),
    Sgd(SgdSettings),
}

impl Method {
    /// How many numbers it remembers for each parameter, and their names.
    #[must_use]
    pub const fn moments(self) -> &'static [&'static str] {
        match self {
            Self::Adam(_) => &["first_moment", "second_moment"],
            Self::Sgd(_) => &["velocity"],
        }
    }
}

/// Parameters, and what the optimizer remembers of each, in one order.
#[derive(Debug)]
pub struct Stepper {
    method: Method,
    learning_rate: f64,
    /// Steps taken.
    steps: u64,
    vars: Vec<Var>,
    /// For each parameter one list per moment.
    moments: Vec<Vec<Vec<f32>>>,
}

impl Stepper {
    /// No step is taken yet; all moments are 0.
    #[must_use]
    pub fn new(vars: Vec<Var>, method: Method, learning_rate: f64) -> Self {
        let zeros = |var: &Var| vec![vec![0.0; var.elem_count()]; method.moments().len()];
        let moments = vars.iter().map(zeros).collect();
        Self { method, learning_rate, steps: 0, vars, moments }
    }

    /// Steps taken, and the moments of each parameter.
    #[must_use]
    pub fn state(&self) -> (u64, &[Vec<Vec<f32>>]) {
        (self.steps, &self.moments)
    }

    /// Goes on from a state; false, and nothing changes, if it is of other parameters.
    #[must_use]
    pub fn restore(&mut self, steps: u64, moments: Vec<Vec<Vec<f32>>>) -> bool {
        let sizes = |moments: &[Vec<Vec<f32>>]| -> Vec<Vec<usize>> {
            moments.iter().map(|of_one| of_one.iter().map(Vec::len).collect()).collect()
        };
        let fits = sizes(&moments) == sizes(&self.moments);
        if fits {
            (self.steps, self.moments) = (steps, moments);
        }
        fits
    }

    /// One step against the gradient by all parameters, end to end in their order; those that `moves`
    /// denies stay as they are. False, and nothing changes, if a weight or a moment would leave the range of
    /// single precision.
    ///
    /// # Errors
    /// A gradient of another length.
    pub fn descend(&mut self, gradient: &[f32], moves: &dyn Fn(usize) -> bool) -> Result<bool> {
        let expected: usize = self.vars.iter().map(|var| var.elem_count()).sum();
        if gradient.len() != expected {
            candle_core::bail!("a gradient of {} numbers for {expected}", gradient.len());
        }
        let mut moving = Vec::with_capacity(self.vars.len());
        let mut rest = gradient;
        for (index, var) in self.vars.iter().enumerate() {
            let (own, others) = rest.split_at(var.elem_count());
            rest = others;
            if moves(index) {
                moving.push((index, own));
            }
        }
        // Worked out twice, which is quick: what has left the range could not be taken back, and a copy of
        // everything that a step changes would be as large as it.
        let rule = self.rule(self.steps + 1);
        for &(index, own) in &moving {
            if !self.stays_in_range(rule, index, own)? {
                return Ok(false);
            }
        }
        self.steps += 1;
        for (index, own) in moving {
            self.update(rule, index, own)?;
        }
        Ok(true)
    }

    /// What step number `steps`, from 1, does.
    fn rule(&self, steps: u64) -> Rule {
        let rate = self.learning_rate;
        match self.method {
            Method::Adam(settings) => Rule::Adam(Adam::new(settings, rate, steps)),
            Method::Sgd(settings) => Rule::Sgd(Sgd::new(settings, rate)),
        }
    }

    /// Whether a step leaves the numbers of one parameter in the range of single precision.
    fn stays_in_range(&self, rule: Rule, index: usize, gradient: &[f32]) -> Result<bool> {
        let (level, weights) = (Level::new(), &*values(&self.vars[index])?);
        match (rule, self.moments[index].as_slice()) {
            (Rule::Adam(adam), [first, second]) => Ok(dispatch!(
                level, _ => adam.stays_in_range(weights, gradient, first, second)
            )),
            (Rule::Sgd(sgd), [velocity]) => {
                Ok(dispatch!(level, _ => sgd.stays_in_range(weights, gradient, velocity)))
            }
            (Rule::Adam(_) | Rule::Sgd(_), _) => other_moments(),
        }
    }

    /// Changes one parameter where it stands.
    fn update(&mut self, rule: Rule, index: usize, gradient: &[f32]) -> Result<()> {
        let moments = RefCell::new(self.moments[index].as_mut_slice());
        self.vars[index].inplace_op1(&Update { rule, gradient, moments })
    }
}

/// Networks that are built of candle's own operations are trained by the same steps.
impl Optimizer for Stepper {
    type Config = (Method, f64);

    fn new(vars: Vec<Var>, (method, learning_rate): Self::Config) -> Result<Self> {
        Ok(Self::new(vars, method, learning_rate))
    }

    /// One step against the gradients; a parameter without one stays as it is.
    fn step(&mut self, gradients: &GradStore) -> Result<()> {
        let found: Vec<_> = self.vars.iter().map(|var| gradients.get(var)).collect();
        let has_one: Vec<bool> = found.iter().map(Option::is_some).collect();
        let mut all = Vec::new();
        for (var, gradient) in self.vars.iter().zip(found) {
            match gradient {
                Some(gradient) => all.extend(gradient.flatten_all()?.to_vec1::<f32>()?),
                None => all.resize(all.len() + var.elem_count(), 0.0),
            }
        }
        if !self.descend(&all, &|index| has_one[index])? {
            candle_core::bail!("a weight would leave the range of single precision");
        }
        Ok(())
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn set_learning_rate(&mut self, learning_rate: f64) {
        self.learning_rate = learning_rate;
    }
}

/// What is done to every weight of a parameter.
#[derive(Clone, Copy)]
enum Rule {
    Adam(Adam),
    Sgd(Sgd),
}

fn other_moments<T>() -> Result<T> {
    candle_core::bail!("the optimizer's moments are not those of its method")
}

/// The step of one parameter.
struct Update<'a> {
    rule: Rule,
    gradient: &'a [f32],
    moments: RefCell<&'a mut [Vec<f32>]>,
}

impl InplaceOp1 for Update<'_> {
    fn name(&self) -> &'static str {
        "optimizer_step"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let (CpuStorage::F32(weights), Some((start, end))) = (storage, layout.contiguous_offsets())
        else {
            candle_core::bail!("parameters are contiguous and single precision");
        };
        let (level, weights) = (Level::new(), &mut weights[start..end]);
        match (self.rule, &mut **self.moments.borrow_mut()) {
            (Rule::Adam(adam), [first, second]) => {
                dispatch!(level, _ => adam.step(weights, self.gradient, first, second));
            }
            (Rule::Sgd(sgd), [velocity]) => {
                dispatch!(level, _ => sgd.step(weights, self.gradient, velocity));
            }
            (Rule::Adam(_) | Rule::Sgd(_), _) => return other_moments(),
        }
        Ok(())
    }
}

/// The numbers of one Adam step, the same for every weight.
#[derive(Clone, Copy)]
struct Adam {
    beta1: f32,
    beta2: f32,
    epsilon: f32,
    /// 1/(1 − β₁ᵗ) and 1/(1 − β₂ᵗ): the moments begin at 0.
    correct1: f32,
    correct2: f32,
    rate: f32,
    keep: f32,
}

impl Adam {
    fn new(settings: AdamSettings, rate: f64, steps: u64) -> Self {
        let AdamSettings { beta1, beta2, epsilon, weight_decay } = settings;
        let correct = |beta: f64| (1.0 / (1.0 - beta.powf(steps as f64))) as f32;
        Self {
            beta1: beta1 as f32,
            beta2: beta2 as f32,
            epsilon: epsilon as f32,
            correct1: correct(beta1),
            correct2: correct(beta2),
            rate: rate as f32,
            keep: (1.0 - rate * weight_decay) as f32,
        }
    }

    /// The weight and its two moments after the step.
    #[inline(always)]
    fn next(self, w: f32, g: f32, m: f32, v: f32) -> [f32; 3] {
        let m = self.beta1 * m + (1.0 - self.beta1) * g;
        let v = self.beta2 * v + (1.0 - self.beta2) * g * g;
        let step = m * self.correct1 / ((v * self.correct2).sqrt() + self.epsilon);
        [self.keep * w - self.rate * step, m, v]
    }

    #[inline(always)]
    fn step(self, weights: &mut [f32], gradient: &[f32], first: &mut [f32], second: &mut [f32]) {
        let moments = first.iter_mut().zip(second);
        for ((w, &g), (m, v)) in weights.iter_mut().zip(gradient).zip(moments) {
            [*w, *m, *v] = self.next(*w, g, *m, *v);
        }
    }

    #[inline(always)]
    fn stays_in_range(
        self,
        weights: &[f32],
        gradient: &[f32],
        first: &[f32],
        second: &[f32],
    ) -> bool {
        let mut all = true;
        for ((&w, &g), (&m, &v)) in weights.iter().zip(gradient).zip(first.iter().zip(second)) {
            let [w, m, v] = self.next(w, g, m, v);
            all &= is_in_range(w) & is_in_range(m) & is_in_range(v);
        }
        all
    }
}

/// The numbers of one step of gradient descent, the same for every weight.
#[derive(Clone, Copy)]
struct Sgd {
    momentum: f32,
    decay: f32,
    rate: f32,
}

impl Sgd {
    fn new(SgdSettings { momentum, weight_decay }: SgdSettings, rate: f64) -> Self {
        Self { momentum: momentum as f32, decay: weight_decay as f32, rate: rate as f32 }
    }

    /// The weight and its velocity after the step.
    #[inline(always)]
    fn next(self, w: f32, g: f32, v: f32) -> [f32; 2] {
        let v = self.momentum * v + g + self.decay * w;
        [w - self.rate * v, v]
    }

    #[inline(always)]
    fn step(self, weights: &mut [f32], gradient: &[f32], velocity: &mut [f32]) {
        for ((w, &g), v) in weights.iter_mut().zip(gradient).zip(velocity) {
            [*w, *v] = self.next(*w, g, *v);
        }
    }

    #[inline(always)]
    fn stays_in_range(self, weights: &[f32], gradient: &[f32], velocity: &[f32]) -> bool {
        let mut all = true;
        for ((&w, &g), &v) in weights.iter().zip(gradient).zip(velocity) {
            let [w, v] = self.next(w, g, v);
            all &= is_in_range(w) & is_in_range(v);
        }
        all
    }
}
