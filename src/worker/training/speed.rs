//! How fast a training goes.

use std::time::Duration;

/// How fast it is, measured over the last moments in which it was going.
#[derive(Default)]
pub struct Speed {
    images: usize,
    time: Duration,
    /// All of it, ever.
    whole: Duration,
}

impl Speed {
    pub fn took(&mut self, images: usize, time: Duration) {
        // Old moments count less and less.
        if self.time > Duration::from_secs(1) {
            (self.images, self.time) = (self.images / 2, self.time / 2);
        }
        self.images += images;
        self.time += time;
        self.whole += time;
    }

    pub fn images_per_second(&self) -> Option<f64> {
        (self.images > 0 && !self.time.is_zero())
            .then(|| self.images as f64 / self.time.as_secs_f64())
    }

    /// Seconds that all steps took.
    pub fn seconds(&self) -> f64 {
        self.whole.as_secs_f64()
    }
}
