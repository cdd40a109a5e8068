//! One direction of a connection: delay, jitter, and loss, which shows as delay. Messages stay in
//! order.

use super::random::Random;

/// How a network delays messages, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weather {
    pub(crate) there: f64,
    pub(crate) back: f64,
    pub(crate) jitter: f64,
    /// The probability that a message is lost and has to be sent again.
    pub(crate) loss: f64,
}

impl Weather {
    /// A connection within one machine.
    pub(crate) const LOOPBACK: Self = Self {
        there: 0.000_1,
        back: 0.000_1,
        jitter: 0.000_2,
        loss: 0.0,
    };
}

/// One direction of a connection. Messages arrive in the order in which they were sent.
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

    /// Starts another connection, whose messages do not wait for those of the one before.
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
