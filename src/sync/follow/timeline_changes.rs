//! The timeline changes: what that means for the player, and where the player should be.

use super::Follower;
use super::ahead::LastStand;
use super::loaded_media::LoadedMedia;
use super::media_retry::EARLY;
use crate::protocol::time::{LocalTime, Position, RoomTime, Span};
use crate::room::timeline::Timeline;
use crate::sync::drift::DELAY;

/// Two positions closer than this are one even movement, not a jump: one frame at 24 frames
/// a second, rounded up.
const EVEN: Span = Span::millis(50);

/// How near the end a player is still sent: at the very end there is no picture.
const BEFORE_END: Span = Span::millis(100);

impl Follower {
    /// Notes a timeline. Its moves are followed unless they were made in this player.
    pub(super) fn on_timeline(&mut self, new: Timeline, own: bool) {
        let old = std::mem::replace(&mut self.timeline, new);
        let same_media = is_same_media(&old, &self.timeline);
        let on_timeline = old.segment != self.timeline.segment
            || old.is_stopped() != self.timeline.is_stopped()
            || old.hold.is_some() != self.timeline.hold.is_some()
            || old.finished != self.timeline.finished;
        if same_media && !on_timeline {
            return;
        }
        if !same_media {
            self.reported_ready = None;
            self.no_jumps = None;
        }
        self.before = None;
        self.caught_up_at = None;
        self.last_stand = LastStand::default();
        self.resting = false;
        // Another rate, also one that was chosen in this player, leaves a jump before it to be
        // followed.
        self.pending.jump &= same_media && goes_on_evenly(&old, &self.timeline);
        self.pending.frame = !own || !same_media;
        self.pending.start_seek = !own || self.pending.jump;
        self.pending.again = false;
        self.pending.second_seek = true;
        if jumps(&old, &self.timeline) {
            self.trust_time_again();
            // Where it stands is not where a seek to the new place came out.
            self.last_seek.strayed |= !own;
        }
        if own || !same_media {
            self.drift.forget_orders();
            return;
        }
        if let Some(before) = movement_before(&old, &self.timeline) {
            self.before = Some(before);
        } else if goes_on_evenly(&old, &self.timeline) {
            self.before = Some(old);
        } else {
            // A player at the end of its data was left running when the room stood still.
            let runs = !old.is_stopped() || self.has_ended();
            self.pending.jump = runs && !self.timeline.is_stopped();
        }
    }

    /// Where the timeline is at a room time, old movement included.
    pub(super) fn target(&self, at: RoomTime) -> Position {
        match &self.before {
            Some(before) if at < self.timeline.segment.start => before.position(at),
            _ => self.timeline.position(at),
        }
    }

    /// The room's rate at a room time.
    pub(super) fn rate(&self, at: Option<RoomTime>) -> f64 {
        let timeline = match (&self.before, at) {
            (Some(before), Some(at)) if at < self.timeline.segment.start => before,
            _ => &self.timeline,
        };
        timeline.segment.rate.factor()
    }

    /// When the rate changes, as long as that lies ahead.
    fn rate_change_at(&self) -> Option<LocalTime> {
        self.before.as_ref()?;
        self.clock.local(self.timeline.segment.start)
    }

    /// When the next rate is to be ordered, or the old one is to be forgotten.
    pub(super) fn rate_deadline(&self, now: LocalTime) -> Option<LocalTime> {
        let change = self.rate_change_at()?;
        let order = change - self.speed_delay();
        Some(if order > now { order } else { change })
    }

    /// The rate to order now, so that it is heard when it holds. Uses the same clock as the
    /// deadline: converting a time there and back may lose more than is left.
    pub(super) fn rate_to_order(&self, now: LocalTime) -> f64 {
        let due = self
            .rate_change_at()
            .map(|change| change - self.speed_delay());
        match (&self.before, due) {
            (Some(before), Some(due)) if now < due => before.segment.rate.factor(),
            _ => self.timeline.segment.rate.factor(),
        }
    }

    /// How long the player takes to let a speed be heard.
    fn speed_delay(&self) -> Span {
        let audio = self.loaded.as_ref().is_some_and(|loaded| loaded.has_audio);
        if audio { DELAY } else { Span::ZERO }
    }

    /// Drops the old movement once the new one has begun.
    pub(super) fn retire_before(&mut self, now: LocalTime) {
        if self.rate_change_at().is_none_or(|change| change <= now) {
            self.before = None;
        }
    }

    /// A position that has a picture.
    pub(super) fn within(&self, position: Position) -> Position {
        let position = position.clamped(self.end().map(|end| end - BEFORE_END));
        let last = self.reach().filter(|reach| reach.whole);
        last.map_or(position, |last| position.min(last.until - BEFORE_END))
    }

    /// The length of the media, if it has one: the room's word goes before the player's. A length
    /// beyond which the player was seen is that of a file which still grows.
    pub(super) fn end(&self) -> Option<Span> {
        let room = self.timeline.playing.as_ref()?.duration;
        let own = self.loaded.as_ref().and_then(|loaded| loaded.duration);
        let is_beyond = |length: Span| {
            let seen = self.last_seen.map(|(position, _)| position);
            seen.is_some_and(|seen| seen > Position(length.0) + EARLY)
        };
        room.or(own.filter(|length| !is_beyond(*length)))
    }

    /// Whether a seek can be ordered at all.
    pub(super) fn can_seek(&self) -> bool {
        let seekable = |loaded: &LoadedMedia| loaded.seekable && !loaded.time_jumps;
        !self.is_live() && self.loaded.as_ref().is_some_and(seekable)
    }
}

/// Whether both are about the same media: a room that was made anew counts its media from the
/// start again, so that the number alone does not identify it.
fn is_same_media(old: &Timeline, new: &Timeline) -> bool {
    let media = |timeline: &Timeline| timeline.playing.as_ref().map(|p| p.media.clone());
    old.epoch == new.epoch && media(old) == media(new)
}

/// The movement up to the new start, as the room has it, if that is the old one's.
fn movement_before(old: &Timeline, new: &Timeline) -> Option<Timeline> {
    let before = new.before?;
    let known = old.segment == before || old.before == Some(before);
    (known && !old.is_stopped() && !new.is_stopped()).then(|| Timeline {
        segment: before,
        before: None,
        ..new.clone()
    })
}

/// Whether the new movement begins elsewhere than where the old one was.
fn jumps(old: &Timeline, new: &Timeline) -> bool {
    let start = new.segment.start;
    (old.position(start) - new.segment.anchor).abs() >= EVEN
}

/// Whether the new movement begins where the old one will be.
fn goes_on_evenly(old: &Timeline, new: &Timeline) -> bool {
    !old.is_stopped() && !new.is_stopped() && !jumps(old, new)
}
