//! Random numbers from a seed (splitmix64), the same on every machine.

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// An independent stream, which does not depend on how much this one is used later.
    pub(crate) fn fork(&mut self) -> Self {
        Self(self.next())
    }

    /// A seed for numbers of another kind.
    pub(crate) fn seed(&mut self) -> u64 {
        self.next()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number between `low` and `high`, uniformly distributed.
    #[expect(
        clippy::cast_precision_loss,
        reason = "53 bits are left, which an f64 holds"
    )]
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        low + (high - low) * unit
    }

    /// A whole number below `limit`.
    pub(crate) fn below(&mut self, limit: u8) -> usize {
        usize::try_from(self.next() % u64::from(limit)).unwrap()
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.between(0.0, 1.0) < probability
    }
}
