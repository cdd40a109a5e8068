//! Readings that nobody's seek explains. Some are none of where the player is, and pass. Those that
//! last show that the media's own time stamps jump, as they may at a discontinuity of an HLS list,
//! or where two files were made one. mpv plays on and counts from the new stamps (0.35.1): no place
//! in the media follows from its time then, and a seek leads anywhere, mostly to the end. Such a
//! player is left alone until the room jumps: it is not sought in, its speed is not bent, and
//! nobody waits until it is somewhere.
//!
//! (The relay mends most such lists before they reach mpv: `relay::restamp`.)

use super::Follower;
use super::landing::LONGEST_STAND;
use super::loaded_media::LoadedMedia;
use crate::protocol::ids::Epoch;
use crate::protocol::time::{LocalTime, Position, Span};
use crate::sync::player::Sample;

/// A player of a list that is read this far before where it was seen has not gone back: where its
/// list has a gap, mpv reads as if it stood at 0 for up to 0.6 s (measured, 0.35.1).
const READ_BACK: Span = Span::seconds(1);

/// After so long such readings are believed (judgement: three times as long).
const BELIEVED_AFTER: Span = Span::seconds(2);

/// No player runs faster than this many times media's own rate (mpv is asked for at most 5).
const FASTEST: i64 = 5;

/// A player that stands and reads on, and gets nothing though nothing is wrong with its
/// connection, waits no longer than this for what its list promises (judgement: longer than a
/// server may be silent).
const NOTHING_COMES: Span = Span::seconds(15);

impl Follower {
    /// Whether a reading of a running player is none of where it is, as far as is known yet.
    pub(super) fn is_doubtful(&mut self, sample: &Sample) -> bool {
        let odd = self.goes_back(sample) || self.leaps(sample);
        let is_live = self.is_live();
        let Some(loaded) = &mut self.loaded else {
            return false;
        };
        if !odd {
            loaded.odd_since = None;
            return false;
        }
        let since = *loaded.odd_since.get_or_insert(sample.at);
        let is_doubtful = sample.at - since < BELIEVED_AFTER;
        if !is_doubtful && !is_live {
            self.leave_alone();
        }
        is_doubtful
    }

    /// Whether a player of a list was read before where it was.
    fn goes_back(&self, sample: &Sample) -> bool {
        let back = |(seen, _): (Position, LocalTime)| seen - sample.position > READ_BACK;
        let is_list = self.is_live() || self.is_made_of_parts();
        is_list && self.last_seen.is_some_and(back)
    }

    /// Whether it was read farther ahead of where it was than by any part that was skipped.
    fn leaps(&self, sample: &Sample) -> bool {
        let leaps = |(seen, at): (Position, LocalTime)| {
            let played = Span((sample.at - at).0.saturating_mul(FASTEST));
            sample.position - seen > LONGEST_STAND + played.max(Span::ZERO)
        };
        !self.is_live() && self.last_seen.is_some_and(leaps)
    }

    /// A load or a seek came out so far beyond where it was aimed, or before it: notes that the
    /// media's time jumps, if that is so.
    pub(super) fn note_astray(&mut self, beyond: Span) {
        let astray = beyond.abs() > LONGEST_STAND && self.is_made_of_parts() && !self.is_live();
        let Some(loaded) = self.loaded.as_ref().filter(|_| astray) else {
            return;
        };
        // One that cannot be jumped in begins at its start.
        if self.jumps(loaded.epoch) {
            self.leave_alone();
        }
    }

    /// A standing player reads on. Notes that its time jumps if no more comes for too long.
    pub(super) fn note_read(&mut self, now: LocalTime) {
        let until = self.reach().map(|reach| reach.until);
        let is_list = self.is_made_of_parts();
        let Some((loaded, until)) = self.loaded.as_mut().zip(until) else {
            return;
        };
        let known = loaded.read_until.filter(|(read, _)| *read == until);
        let (_, since) = known.unwrap_or((until, now));
        loaded.read_until = loaded.refetch.is_none().then_some((until, since));
        if is_list && loaded.read_until.is_some() && now - since > NOTHING_COMES {
            self.leave_alone();
        }
    }

    /// The player does not read on any more.
    pub(super) fn forget_read(&mut self) {
        if let Some(loaded) = &mut self.loaded {
            loaded.read_until = None;
        }
    }

    /// When a player that reads on waits no longer, if nothing comes.
    pub(super) fn nothing_comes_at(&self) -> Option<LocalTime> {
        let loaded = self.loaded.as_ref().filter(|loaded| loaded.reads_on)?;
        let (_, since) = loaded.read_until.filter(|_| self.is_made_of_parts())?;
        let due = since + NOTHING_COMES + Span(1);
        (due > self.seen).then_some(due)
    }

    fn leave_alone(&mut self) {
        if let Some(loaded) = &mut self.loaded {
            loaded.time_jumps = true;
        }
        self.error = None;
        self.resting = false;
        self.drift.forget_orders();
    }

    /// Whether the media's own time is known to jump.
    pub(super) fn has_jumping_time(&self) -> bool {
        self.loaded.as_ref().is_some_and(|loaded| loaded.time_jumps)
    }

    /// The room jumped: where the player lands shows again whether its time can be trusted.
    pub(super) fn trust_time_again(&mut self) {
        if let Some(loaded) = &mut self.loaded {
            loaded.time_jumps = false;
            loaded.odd_since = None;
            loaded.read_until = None;
        }
    }

    /// Whether a length is none of the media of `epoch`, but a time stamp behind a jump: a list
    /// tells the sum of its parts, and mpv what was read beyond it.
    pub(super) fn is_no_length(&self, epoch: Epoch, length: Span) -> bool {
        let loaded = self.loaded.as_ref().filter(|m| m.epoch == epoch);
        let beyond = |known: Span| length - known > LONGEST_STAND;
        self.is_made_of_parts() && loaded.and_then(|m| m.duration).is_some_and(beyond)
    }

    /// Whether it is a list of parts (HLS).
    fn is_made_of_parts(&self) -> bool {
        let begins = |loaded: &LoadedMedia| loaded.begins.is_some();
        self.loaded.as_ref().is_some_and(begins)
    }
}
