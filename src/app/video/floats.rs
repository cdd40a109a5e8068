//! Reactions that float over the picture. Where one is follows from when it began.

use std::collections::VecDeque;

use super::scene::SceneFloat;
use crate::protocol::text::Emoji;
use crate::protocol::time::{LocalTime, Span};

/// How long one rises, as long as in the terminal.
const RISE: Span = Span::millis(2_500);

/// The time between two pictures while any rises: 25 a second, as many as a film has.
const FRAME: Span = Span::millis(40);

/// The most at once; the oldest go first.
const MOST: usize = 16;

/// From when on one fades, in thousandths of its way.
const FADES_FROM: i64 = 600;

/// A reaction that rises.
#[derive(Debug, Clone)]
struct Float {
    emoji: Emoji,
    began: LocalTime,
    /// Counts up with each; the column follows from it.
    number: u32,
}

/// The reactions that rise.
#[derive(Debug, Default)]
pub(super) struct Floats {
    rising: VecDeque<Float>,
    number: u32,
}

impl Floats {
    /// Another one begins to rise.
    pub(super) fn begin(&mut self, emoji: Emoji, began: LocalTime) {
        self.number = self.number.wrapping_add(1);
        let number = self.number;
        self.rising.push_back(Float {
            emoji,
            began,
            number,
        });
        while self.rising.len() > MOST {
            self.rising.pop_front();
        }
    }

    /// Drops those that are up.
    pub(super) fn expire(&mut self, now: LocalTime) {
        self.rising.retain(|float| frame(now) - float.began < RISE);
    }

    /// When the picture of them changes next: one moment for all of them, however many rise.
    pub(super) fn next_frame(&self, now: LocalTime) -> Option<LocalTime> {
        (!self.rising.is_empty()).then(|| frame(now) + FRAME)
    }

    /// Those that rise now. Between two frames nothing moves.
    pub(super) fn rising(&self, now: LocalTime) -> Vec<SceneFloat> {
        let rising = self
            .rising
            .iter()
            .filter(|float| frame(now) - float.began < RISE);
        rising.map(|float| seen(float, now)).collect()
    }
}

/// When the frame began that is seen now: the same for each that rises.
fn frame(now: LocalTime) -> LocalTime {
    LocalTime(now.0 - now.0.rem_euclid(FRAME.0))
}

fn seen(float: &Float, now: LocalTime) -> SceneFloat {
    let since = (frame(now) - float.began).max(Span::ZERO);
    let risen = (since.0 * 1_000 / RISE.0).clamp(0, 1_000);
    let left = 100 * (1_000 - risen) / (1_000 - FADES_FROM);
    // Steps of the golden ratio spread any number of them evenly.
    let column = u64::from(float.number) * 618 % 1_000;
    SceneFloat {
        emoji: float.emoji.clone(),
        column: u16::try_from(column).unwrap_or(0),
        risen: u16::try_from(risen).unwrap_or(0),
        opacity: u8::try_from(left.clamp(0, 100)).unwrap_or(100),
    }
}
