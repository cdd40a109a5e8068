//! Pauses, and single-frame steps in a paused window.
//!
//! To step one frame forward (the key `.`) mpv 0.35.1 resumes and pauses again at the next frame:
//! it reports `pause: false`, the frame's time and `pause: true` within 10 to 41 ms, or, if that is
//! faster than its reports, the time alone or nothing. To step back (`,`) it seeks. So the end of a
//! pause without an order of ours is held back until a second frame shows that it really ended;
//! that is 40 to 80 ms later at 25 frames a second. And while paused the picture's time is read
//! every 250 ms: after a load, a seek or a pause it never changes by itself (125 of 125), except
//! where the media ends before a seek's target: there mpv first reports the target, and 40 to 50 ms
//! later the last picture, which is before it (7 of 7).

use serde_json::json;

use super::{MILLIONTH, Observer};
use crate::player::actions::{Actions, Purpose};
use crate::player::event::Observed;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::{Basis, PlayerEvent, Sample};

/// How many frames prove that playback resumed: a step shows one.
const RESUMED_FRAMES: u8 = 2;

/// Calls of [`Observer::sample`] after which a pause counts as ended, regardless of frames: 250 to
/// 500 ms (judgement: media without a picture has none).
const RESUMED_TICKS: u8 = 2;

/// The most orders that are remembered as unconfirmed (judgement: the follower waits for each).
const MAX_UNCONFIRMED: usize = 8;

/// A seek of less than this in a paused window is a step one frame back (judgement: a frame lasts
/// some 40 ms, and the shortest seek of mpv's own keys is 1 s).
const FRAME_STEP: Span = Span::millis(150);

/// A larger change of the picture's time is a seek, which mpv reports next (judgement).
const SEEK_JUMP: Span = Span::seconds(1);

/// What is known of pauses, and of the frame shown during one.
#[derive(Debug, Default)]
pub(super) struct Pauses {
    paused: bool,
    /// Ordered values of `pause` that mpv has not reported yet, oldest first.
    ordered: Vec<bool>,
    /// The end of a pause without an order, which may be a frame step.
    held_resume: Option<HeldResume>,
    /// The position of the resting picture.
    resting_at: Option<Position>,
    /// Whether mpv reports the picture's time (`time-pos`) now.
    watched: bool,
}

/// The end of a pause that may be a frame step.
#[derive(Debug, Clone, Copy)]
struct HeldResume {
    /// The position of the pause.
    paused_at: Position,
    /// The local time at which the pause ended.
    at: LocalTime,
    /// The position of the last reported picture.
    shown: Position,
    frames: u8,
    ticks: u8,
}

impl Pauses {
    /// Whether mpv is paused, by its last report.
    pub(super) const fn is_paused(&self) -> bool {
        self.paused
    }

    /// Call when the picture's time may change other than by a frame step.
    pub(super) fn picture_changes(&mut self) {
        self.resting_at = None;
    }

    /// Resets the picture, since other media is opened.
    pub(super) fn reset(&mut self, actions: &mut Actions) {
        (self.held_resume, self.resting_at) = (None, None);
        self.ordered.clear();
        self.unwatch(actions);
    }

    /// Records an order, so that mpv's report of it is recognised.
    fn order(&mut self, paused: bool) {
        let last = self.ordered.last().copied().unwrap_or(self.paused);
        if last != paused && self.ordered.len() < MAX_UNCONFIRMED {
            self.ordered.push(paused);
        }
    }

    /// Whether `paused` is the result of an order. Of two consecutive orders mpv may report only
    /// the last.
    fn is_ordered(&mut self, paused: bool) -> bool {
        let found = self.ordered.iter().position(|ordered| *ordered == paused);
        if let Some(found) = found {
            self.ordered.drain(..=found);
        }
        found.is_some()
    }

    /// Playback goes on: stops observing the picture's time.
    fn play_on(&mut self, actions: &mut Actions) {
        self.resting_at = None;
        self.unwatch(actions);
    }

    fn watch(&mut self, actions: &mut Actions) {
        if !std::mem::replace(&mut self.watched, true) {
            actions.observe(Observed::Still);
        }
    }

    fn unwatch(&mut self, actions: &mut Actions) {
        if std::mem::take(&mut self.watched) {
            actions.unobserve(Observed::Still);
        }
    }
}

impl Observer {
    /// Orders a pause or its end.
    pub(super) fn order_pause(&mut self, paused: bool, actions: &mut Actions) {
        self.release_pause(actions);
        self.pauses.order(paused);
        actions.set("pause", &json!(paused));
    }

    /// Handles a new value of `pause`.
    pub(super) fn pause_changed(&mut self, paused: bool, at: LocalTime, actions: &mut Actions) {
        if self.pauses.paused == paused {
            return;
        }
        self.pauses.paused = paused;
        let ordered = self.pauses.is_ordered(paused);
        if !self.is_running() {
            actions.emit(PlayerEvent::Paused {
                paused,
                position: None,
                at,
            });
            return;
        }
        if self.pauses.held_resume.take().is_some() {
            return actions.get(Purpose::SteppedTo, "time-pos");
        }
        match self.pauses.resting_at {
            Some(paused_at) if !paused && !ordered && self.has_picture => {
                self.pauses.held_resume = Some(HeldResume {
                    paused_at,
                    at,
                    shown: paused_at,
                    frames: 0,
                    ticks: 0,
                });
            }
            _ => {
                if !paused {
                    self.pauses.play_on(actions);
                }
                actions.get(Purpose::PausedAt(paused), "time-pos");
            }
        }
    }

    /// Reports the end of a pause that was held back.
    pub(super) fn release_pause(&mut self, actions: &mut Actions) {
        if let Some(held_resume) = self.pauses.held_resume.take() {
            self.pauses.play_on(actions);
            actions.emit(PlayerEvent::Paused {
                paused: false,
                position: Some(held_resume.paused_at),
                at: held_resume.at,
            });
        }
    }

    /// Reports it if it was held back for long enough.
    pub(super) fn release_old_pause(&mut self, actions: &mut Actions) {
        if let Some(held_resume) = &mut self.pauses.held_resume {
            held_resume.ticks = held_resume.ticks.saturating_add(1);
            if held_resume.ticks >= RESUMED_TICKS {
                self.release_pause(actions);
            }
        }
    }

    /// Handles the position after a pause began or ended.
    pub(super) fn paused_at(
        &mut self,
        paused: bool,
        position: Option<Position>,
        at: LocalTime,
        actions: &mut Actions,
    ) {
        actions.emit(PlayerEvent::Paused {
            paused,
            position,
            at,
        });
        self.report_if_paused(position, at, actions);
    }

    /// Reports the position of a paused player, which is the frame's, and observes it from then on.
    pub(super) fn report_if_paused(
        &mut self,
        position: Option<Position>,
        at: LocalTime,
        actions: &mut Actions,
    ) {
        if let Some(position) = position.filter(|_| self.pauses.paused) {
            self.report_rest(position, at, actions);
            self.pauses.watch(actions);
        }
    }

    fn report_rest(&mut self, position: Position, at: LocalTime, actions: &mut Actions) {
        self.pauses.resting_at = Some(position);
        actions.emit(PlayerEvent::Sample(Sample {
            position,
            at,
            basis: Basis::Frame,
            buffered: None,
        }));
    }

    /// Handles a change of the picture's time during or after a pause.
    pub(super) fn picture_changed(&mut self, seconds: Option<f64>, actions: &mut Actions) {
        let Some(position) = seconds.map(Position::from_seconds) else {
            return;
        };
        if let Some(held_resume) = &mut self.pauses.held_resume {
            // The time of the paused picture may be reported late.
            let is_new = !is_same(held_resume.shown, position);
            held_resume.frames = held_resume.frames.saturating_add(u8::from(is_new));
            held_resume.shown = position;
            if held_resume.frames >= RESUMED_FRAMES {
                self.release_pause(actions);
            }
            return;
        }
        if self
            .pauses
            .resting_at
            .is_some_and(|rested| !is_same(rested, position))
        {
            self.ask_picture(actions);
        }
    }

    /// Asks for the picture's position, if it should be at rest.
    pub(super) fn ask_picture(&self, actions: &mut Actions) {
        if self.pauses.paused && self.is_at_rest() {
            actions.get(Purpose::SteppedTo, "time-pos");
        }
    }

    /// Whether the picture of a pause should not change by itself.
    fn is_at_rest(&self) -> bool {
        let load = self.load.as_ref().filter(|load| load.moves());
        load.is_some_and(|load| load.seeking.is_none() && load.seek_ordered.is_none())
    }

    /// Handles the position of a paused picture.
    pub(super) fn stepped_to(
        &mut self,
        position: Option<Position>,
        at: LocalTime,
        actions: &mut Actions,
    ) {
        let is_still = self.pauses.paused && self.pauses.held_resume.is_none() && self.is_at_rest();
        let Some(position) = position.filter(|_| is_still) else {
            return;
        };
        match self.pauses.resting_at {
            Some(rested) if is_same(rested, position) => {}
            Some(rested) if (position - rested).abs() > SEEK_JUMP => {}
            // Backwards, a step is a seek, which mpv reports by itself.
            Some(rested) if position < rested => self.report_rest(position, at, actions),
            Some(_) => {
                actions.emit(PlayerEvent::Stepped { position, at });
                self.report_rest(position, at, actions);
            }
            None => self.report_rest(position, at, actions),
        }
    }

    /// Whether the member's seek to `position` in a paused window is a step one frame back.
    pub(super) fn is_frame_step_back(&self, position: Position) -> bool {
        self.pauses.paused
            && self.pauses.resting_at.is_some_and(|rested| {
                !is_same(rested, position) && (position - rested).abs() < FRAME_STEP
            })
    }
}

/// Whether two positions in millionths of a second are the same.
fn is_same(one: Position, other: Position) -> bool {
    (one - other).abs() <= Span::from_seconds(2.0 * MILLIONTH)
}
