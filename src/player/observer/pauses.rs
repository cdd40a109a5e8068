//! Pauses, and the frames that a member goes on in a paused window.
//!
//! To go a frame on (the key `.`) mpv 0.35.1 plays on and pauses again at the next frame: it
//! tells `pause: false`, the frame's time and `pause: true` within 10 to 41 ms, or, where that
//! is faster than it tells, the time alone or nothing. To go a frame back (`,`) it seeks. So a
//! pause that ends without an order of ours is held back until a second frame shows that it
//! really ended; that is 40 to 80 ms later at 25 frames a second. And a paused picture is read
//! every 250 ms: after a load, a seek or a pause it never changes by itself (125 of 125), but
//! where a copy ends before a seek's target: there mpv first names the target, and 40 to 50 ms
//! later the last picture, which lies before it (7 of 7).

use serde_json::json;

use super::{MILLIONTH, Observer};
use crate::player::actions::{Actions, Purpose};
use crate::player::event::Observed;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{Basis, PlayerEvent, Sample};

/// Frames that a film shows that plays on.
const FRAMES: u8 = 2;

/// Calls of [`Observer::sample`] after which a pause has ended, whatever the frames say: 250 to
/// 500 ms.
const TICKS: u8 = 2;

/// How many orders may wait for mpv's word. The follower waits for each.
const MOST_ORDERED: usize = 8;

/// A seek of this little in a paused window is the way a frame back.
const A_FRAME: Span = Span::millis(150);

/// A change of the picture by more than this is a seek of which mpv tells next.
const A_JUMP: Span = Span::seconds(1);

/// What is known of pauses.
#[derive(Debug, Default)]
pub(super) struct Pauses {
    paused: bool,
    /// What was ordered and is not yet so, in its order.
    ordered: Vec<bool>,
    /// A pause that ended without an order, and may go on after a frame.
    held: Option<Held>,
    /// Where the picture rests.
    rests: Option<Position>,
    /// Whether the picture's time is observed.
    watched: bool,
}

/// A pause that may go on after a frame.
#[derive(Debug, Clone, Copy)]
struct Held {
    /// Where it stood.
    stood: Position,
    /// When it ended.
    at: LocalTime,
    /// The picture that it shows.
    shown: Position,
    frames: u8,
    ticks: u8,
}

impl Pauses {
    /// Whether it stands, as mpv says.
    pub(super) const fn is_paused(&self) -> bool {
        self.paused
    }

    /// The picture's time may change by other means than a step.
    pub(super) fn picture_changes(&mut self) {
        self.rests = None;
    }

    /// Forgets the picture: another medium is coming.
    pub(super) fn reset(&mut self, steps: &mut Actions) {
        (self.held, self.rests) = (None, None);
        self.ordered.clear();
        self.unwatch(steps);
    }

    /// Notes an order.
    fn order(&mut self, paused: bool) {
        let last = self.ordered.last().copied().unwrap_or(self.paused);
        if last != paused && self.ordered.len() < MOST_ORDERED {
            self.ordered.push(paused);
        }
    }

    /// Whether it is `paused` now because of an order. Of two orders in a row mpv may tell the
    /// last one only.
    fn is_ordered(&mut self, paused: bool) -> bool {
        let found = self.ordered.iter().position(|ordered| *ordered == paused);
        if let Some(found) = found {
            self.ordered.drain(..=found);
        }
        found.is_some()
    }

    /// The picture rests no more.
    fn play_on(&mut self, steps: &mut Actions) {
        self.rests = None;
        self.unwatch(steps);
    }

    fn watch(&mut self, steps: &mut Actions) {
        if !std::mem::replace(&mut self.watched, true) {
            steps.observe(Observed::Still);
        }
    }

    fn unwatch(&mut self, steps: &mut Actions) {
        if std::mem::take(&mut self.watched) {
            steps.unobserve(Observed::Still);
        }
    }
}

impl Observer {
    /// Pauses, or plays on.
    pub(super) fn order_pause(&mut self, paused: bool, steps: &mut Actions) {
        self.release_pause(steps);
        self.pauses.order(paused);
        steps.set("pause", &json!(paused));
    }

    /// `pause` is now `paused`.
    pub(super) fn pause_changed(&mut self, paused: bool, at: LocalTime, steps: &mut Actions) {
        if self.pauses.paused == paused {
            return;
        }
        self.pauses.paused = paused;
        let ordered = self.pauses.is_ordered(paused);
        if !self.is_running() {
            steps.tell(PlayerEvent::Paused {
                paused,
                position: None,
                at,
            });
            return;
        }
        if self.pauses.held.take().is_some() {
            return steps.get(Purpose::SteppedTo, "time-pos");
        }
        match self.pauses.rests {
            Some(stood) if !paused && !ordered && self.has_picture => {
                self.pauses.held = Some(Held {
                    stood,
                    at,
                    shown: stood,
                    frames: 0,
                    ticks: 0,
                });
            }
            _ => {
                if !paused {
                    self.pauses.play_on(steps);
                }
                steps.get(Purpose::PausedAt(paused), "time-pos");
            }
        }
    }

    /// A pause that was held back has ended.
    pub(super) fn release_pause(&mut self, steps: &mut Actions) {
        if let Some(held) = self.pauses.held.take() {
            self.pauses.play_on(steps);
            steps.tell(PlayerEvent::Paused {
                paused: false,
                position: Some(held.stood),
                at: held.at,
            });
        }
    }

    /// The same if it was held for long enough.
    pub(super) fn release_old_pause(&mut self, steps: &mut Actions) {
        if let Some(held) = &mut self.pauses.held {
            held.ticks = held.ticks.saturating_add(1);
            if held.ticks >= TICKS {
                self.release_pause(steps);
            }
        }
    }

    /// Where it stands after its pause began or ended.
    pub(super) fn paused_at(
        &mut self,
        paused: bool,
        position: Option<Position>,
        at: LocalTime,
        steps: &mut Actions,
    ) {
        steps.tell(PlayerEvent::Paused {
            paused,
            position,
            at,
        });
        self.settle(position, at, steps);
    }

    /// Tells a standing player's position, which is the frame's, and watches it from then on.
    pub(super) fn settle(
        &mut self,
        position: Option<Position>,
        at: LocalTime,
        steps: &mut Actions,
    ) {
        if let Some(position) = position.filter(|_| self.pauses.paused) {
            self.rest(position, at, steps);
            self.pauses.watch(steps);
        }
    }

    fn rest(&mut self, position: Position, at: LocalTime, steps: &mut Actions) {
        self.pauses.rests = Some(position);
        steps.tell(PlayerEvent::Sample(Sample {
            position,
            at,
            basis: Basis::Frame,
            buffered: None,
        }));
    }

    /// The time of the picture changed while it was paused, or after it was.
    pub(super) fn picture_changed(&mut self, seconds: Option<f64>, steps: &mut Actions) {
        let Some(position) = seconds.map(Position::from_seconds) else {
            return;
        };
        if let Some(held) = &mut self.pauses.held {
            // The picture that it stood at may be told late.
            let is_new = !is_same(held.shown, position);
            held.frames = held.frames.saturating_add(u8::from(is_new));
            held.shown = position;
            if held.frames >= FRAMES {
                self.release_pause(steps);
            }
            return;
        }
        if self
            .pauses
            .rests
            .is_some_and(|rested| !is_same(rested, position))
        {
            self.ask_picture(steps);
        }
    }

    /// Asks where the picture is, if it should rest.
    pub(super) fn ask_picture(&self, steps: &mut Actions) {
        if self.pauses.paused && self.rests() {
            steps.get(Purpose::SteppedTo, "time-pos");
        }
    }

    /// Whether nothing of ours or mpv's changes the picture of a pause.
    fn rests(&self) -> bool {
        let load = self.load.as_ref().filter(|load| load.moves());
        load.is_some_and(|load| load.seeking.is_none() && load.seek_ordered.is_none())
    }

    /// Where the picture of a pause is.
    pub(super) fn stepped_to(
        &mut self,
        position: Option<Position>,
        at: LocalTime,
        steps: &mut Actions,
    ) {
        let is_still = self.pauses.paused && self.pauses.held.is_none() && self.rests();
        let Some(position) = position.filter(|_| is_still) else {
            return;
        };
        match self.pauses.rests {
            Some(rested) if is_same(rested, position) => {}
            Some(rested) if (position - rested).abs() > A_JUMP => {}
            // A member who goes back seeks.
            Some(rested) if position < rested => self.rest(position, at, steps),
            Some(_) => {
                steps.tell(PlayerEvent::Stepped { position, at });
                self.rest(position, at, steps);
            }
            None => self.rest(position, at, steps),
        }
    }

    /// A paused window was sought in by its member, and now shows `position`: whether that is
    /// the way a frame back.
    pub(super) fn is_a_step(&self, position: Position) -> bool {
        self.pauses.paused
            && self.pauses.rests.is_some_and(|rested| {
                !is_same(rested, position) && (position - rested).abs() < A_FRAME
            })
    }
}

/// Whether two times of a picture are one, told in millionths.
fn is_same(one: Position, other: Position) -> bool {
    (one - other).abs() <= Span::from_seconds(2.0 * MILLIONTH)
}
