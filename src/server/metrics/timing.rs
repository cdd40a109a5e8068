//! How long something took, again and again.

use serde::{Deserialize, Serialize};

/// How long something took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timing {
    /// How often it happened.
    pub count: u64,
    /// All durations together, in seconds.
    pub sum_seconds: f64,
    /// How often it took at most so many seconds, for rising bounds.
    pub below: Vec<(f64, u64)>,
}

impl Timing {
    /// The bound in seconds below which this share of all durations was; `None` if there are none,
    /// or the share reaches beyond the last bound.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a count, rounded up"
        )]
        let wanted = (self.count as f64 * share).ceil() as u64;
        let mut below = self.below.iter();
        let found = below.find(|(_, count)| *count >= wanted);
        found.filter(|_| self.count > 0).map(|(bound, _)| *bound)
    }
}

#[cfg(test)]
mod tests {
    use super::Timing;

    #[test]
    fn a_share_of_durations_is_below_the_first_bound_that_covers_it() {
        let timing = Timing {
            count: 10,
            sum_seconds: 1.0,
            below: vec![(0.001, 5), (0.01, 9)],
        };
        assert_eq!(timing.quantile(0.5), Some(0.001));
        assert_eq!(timing.quantile(0.9), Some(0.01));
        assert_eq!(timing.quantile(0.99), None, "beyond the last bound");
        let none = Timing {
            count: 0,
            sum_seconds: 0.0,
            below: vec![(0.001, 0)],
        };
        assert_eq!(none.quantile(0.5), None);
    }
}
