//! One direction of a connection: delays, jitter, loss that shows as delay, order kept.

use super::random::Random;

/// What a network does to messages; seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    pub(crate) there: f64,
    pub(crate) back: f64,
    pub(crate) jitter: f64,
    /// How often a message is lost and sent again.
    pub(crate) loss: f64,
}

impl Weather {
    /// The same machine.
    pub(crate) const LOOPBACK: Self = Self {
        there: 0.000_1,
        back: 0.000_1,
        jitter: 0.000_2,
        loss: 0.0,
    };
}

/// One direction.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    base: f64,
    jitter: f64,
    loss: f64,
    random: Random,
    last: i64,
}

impl Link {
    pub(crate) fn new(base: f64, weather: Weather, random: Random) -> Self {
        Self {
            base,
            jitter: weather.jitter,
            loss: weather.loss,
            random,
            last: 0,
        }
    }

    /// Another connection: what is sent on it need not wait for what was sent before.
    pub(crate) fn forget_order(&mut self) {
        self.last = 0;
    }

    /// When a message sent at `at` (microseconds) arrives.
    pub(crate) fn arrival(&mut self, at: i64) -> i64 {
        let mut delay = self.base + self.random.between(0.0, self.jitter);
        if self.random.chance(self.loss) {
            delay += self.random.between(0.2, 0.4) + self.base;
        }
        self.last = self.last.max(at + micros(delay));
        self.last
    }
}

/// Seconds as whole microseconds.
#[expect(clippy::cast_possible_truncation, reason = "test times are small")]
pub(crate) fn micros(seconds: f64) -> i64 {
    (seconds * 1e6).round() as i64
}

/// Microseconds as seconds.
#[expect(clippy::cast_precision_loss, reason = "test times are small")]
pub(crate) fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}
