//! What moves the picture without a seek.

use super::FakePlayer;
use crate::protocol::time::Span;

impl FakePlayer {
    /// The sound is to come sooner by this: the picture, whose place follows from the sound's,
    /// falls back by as much as that changes.
    pub(super) fn offset_output(&mut self, offset: Span) {
        let change = offset.as_seconds() - self.offset;
        self.offset = offset.as_seconds();
        if self.moves() {
            self.position -= change;
        }
    }

    /// The offset that the player makes up for, in seconds.
    pub(crate) const fn offset(&self) -> f64 {
        self.offset
    }

    /// Something that nobody ordered and no event tells of. Before the first picture there is
    /// nothing to slip to.
    pub(crate) fn slip(&mut self, by: f64) {
        self.position = (self.position + by).max(self.traits.first);
    }
}
