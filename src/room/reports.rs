//! What members' players have reported. This is knowledge of one node and no part of the room's
//! log. `decide/` decides what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::Member;
use crate::protocol::playback::Segment;
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::player_facts::{MediaFacts, PlayerFacts, ReportTime, SAME_LENGTH};
use crate::room::player_stop::PlayerStop;
use crate::room::roster::Roster;
use crate::room::told_failures::ToldFailures;
#[cfg(test)]
use crate::test_support::length::Length;

/// A timeline this little before the end of a player's copy has not gone back from it (judgement: a
/// pause in a player's window lands a few frames off, and a client reports an end again only once
/// it was more than 1 s before it).
const SAME_PLACE: Span = Span::seconds(2);

/// Reports about the current media, and whether each member's player runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reports {
    epoch: Epoch,
    facts: BTreeMap<MemberId, PlayerFacts>,
    /// Members whose players have opened the media.
    opened: BTreeSet<MemberId>,
    ended: BTreeMap<MemberId, CopyEnd>,
    stalled: BTreeMap<MemberId, Stall>,
    /// Members whose players wait ahead of the timeline: the segment at the time of the report, and
    /// the player's position.
    ahead: BTreeMap<MemberId, (Segment, Position)>,
    /// Members whose players have given the media up: since when, and why.
    failed: BTreeMap<MemberId, (RoomTime, FailureCode)>,
    /// Members whose players retry: since when without success, and why.
    retrying: BTreeMap<MemberId, (RoomTime, FailureCode)>,
    /// The failures that the admins were notified of.
    pub(super) told_failures: ToldFailures,
    /// The farthest position that the timeline has reached.
    farthest: Position,
    /// The longest length that players have played beyond.
    disproved_length: Option<Span>,
    /// Members whose players do not run, and why, or were started again.
    stopped: BTreeMap<MemberId, PlayerStop>,
    /// When somebody could play stopped media again; playback waits for the others from then on.
    pub(super) recovering_since: Option<RoomTime>,
}

/// The end of a player's copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CopyEnd {
    /// The position where its data ends; the timeline's position if the player did not report one.
    pub(super) place: Position,
    /// When the timeline was there, in room time.
    pub(super) at: RoomTime,
    /// Whether the player reported a position that the timeline had passed long before.
    pub(super) is_early: bool,
}

/// A player that has run out of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stall {
    /// When the room learned of it.
    since: RoomTime,
    /// The player's position, if it reported one.
    place: Option<Position>,
}

/// Whether a member's player runs, by the member's health reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlayerProcess {
    /// It runs and answers, whatever it does with the media.
    Runs,
    /// It does not answer, such as one that was stopped by a signal.
    Frozen,
    /// Its member stopped the media in the player's window, or their machine cannot open it.
    Stopped,
    /// No player is open: its member closed it, or it could not be started.
    Closed,
}

/// How a member's player is doing, by its reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReportedPlayback {
    /// No report yet: it is taken to be opening the media.
    Unknown,
    /// It has the media open and can play it, whether or not the room is paused.
    Playing,
    /// It has reached the end of its copy, and the timeline has not gone back from there.
    Ended,
    /// It lacks data or has been retrying since this time.
    Trying(RoomTime, Option<FailureCode>),
    /// It has not been able to play the media since this time, and does not retry.
    Failed(RoomTime, FailureCode),
    /// It is closed or stopped: its member only chats.
    Closed,
}

impl Reports {
    /// Drops the reports about other media.
    pub(super) fn start_epoch(&mut self, epoch: Epoch) {
        if self.epoch != epoch {
            let mut stopped = std::mem::take(&mut self.stopped);
            stopped.retain(|_, halt| *halt != PlayerStop::Stopped);
            *self = Self {
                epoch,
                stopped,
                ..Self::default()
            };
        }
    }

    /// The epoch of the media that the reports are about.
    pub(super) const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// How much is kept, in a room that knows so many members.
    #[cfg(test)]
    pub(crate) fn lengths(&self, members: usize) -> [Length; 9] {
        let kept = [
            ("facts", self.facts.len()),
            ("opened", self.opened.len()),
            ("ended", self.ended.len()),
            ("stalled", self.stalled.len()),
            ("ahead", self.ahead.len()),
            ("failed", self.failed.len()),
            ("retrying", self.retrying.len()),
            ("told failures", self.told_failures.len()),
            ("stopped", self.stopped.len()),
        ];
        kept.map(|(of, held)| Length::new(of, held, members))
    }

    /// Drops what is no longer needed: the player's condition of members who left, and everything
    /// of members whom the room has forgotten.
    pub(super) fn prune(&mut self, roster: &Roster) {
        let known = |id: MemberId| roster.get(id).is_some();
        let here = |id: MemberId| roster.get(id).is_some_and(Member::is_here);
        self.opened.retain(|id| here(*id));
        self.ended.retain(|id, _| here(*id));
        self.stalled.retain(|id, _| here(*id));
        self.ahead.retain(|id, _| here(*id));
        self.failed.retain(|id, _| here(*id));
        self.retrying.retain(|id, _| here(*id));
        self.stopped.retain(|id, _| here(*id));
        self.facts.retain(|id, _| known(*id));
        self.told_failures.retain(known);
    }

    /// Records what a member's player reports about the media. An identical report changes nothing,
    /// so that a decision that could not be committed can be made again.
    pub(super) fn learn(
        &mut self,
        member: MemberId,
        facts: MediaFacts,
        is_admin: bool,
        when: ReportTime,
    ) {
        self.mark_playing(member);
        let learned = self
            .facts
            .entry(member)
            .or_insert_with(|| PlayerFacts::first(facts.clone(), is_admin, when.now));
        learned.by_admin |= is_admin;
        learned.correct(facts, when);
    }

    /// Records the timeline's position: corrections may become due, and ends of copies beyond it
    /// are no longer valid.
    pub(super) fn advance_to(&mut self, position: Position, when: ReportTime) {
        self.farthest = self.farthest.max(position);
        self.ended
            .retain(|_, end| end.place <= position + SAME_PLACE);
        for learned in self.facts.values_mut() {
            learned.accept_pending(when);
        }
    }

    /// The farthest position that the timeline has reached: the media is no shorter.
    pub(super) const fn farthest(&self) -> Position {
        self.farthest
    }

    /// The accepted facts of each member's player, by member number.
    pub(super) fn facts(&self) -> impl Iterator<Item = (MemberId, &PlayerFacts)> {
        let learned = self.facts.iter();
        learned.map(|(member, learned)| (*member, learned))
    }

    /// The accepted facts of a member's player.
    pub(super) fn facts_of(&self, member: MemberId) -> Option<&PlayerFacts> {
        self.facts.get(&member)
    }

    /// Records whether a member's player runs. Returns whether that changed.
    pub fn note_process(
        &mut self,
        member: MemberId,
        process: PlayerProcess,
        now: RoomTime,
    ) -> bool {
        let halt = match process {
            PlayerProcess::Runs => return self.note_running(member, now),
            PlayerProcess::Frozen => PlayerStop::Frozen(now),
            PlayerProcess::Stopped => PlayerStop::Stopped,
            PlayerProcess::Closed => PlayerStop::Closed,
        };
        let known = self.stopped.get(&member);
        if known.is_some_and(|known| known.is_like(halt)) {
            return false;
        }
        self.stopped.insert(member, halt);
        if halt.is_closed() {
            // A player that is started again has to open the media first.
            self.opened.remove(&member);
            self.ended.remove(&member);
            self.stalled.remove(&member);
            self.ahead.remove(&member);
            self.retrying.remove(&member);
        }
        true
    }

    /// Records that a member's player runs. Returns whether that changed.
    fn note_running(&mut self, member: MemberId, now: RoomTime) -> bool {
        let known = self.stopped.remove(&member);
        let started = known.and_then(|known| known.started_by(now));
        self.stopped
            .extend(started.map(|started| (member, started)));
        known.is_some() && known != started
    }

    /// When a player that was closed was started again, if it has not reported the media since.
    pub(super) fn started_again_at(&self, member: MemberId) -> Option<RoomTime> {
        self.stopped.get(&member)?.started_at()
    }

    /// Records that a member's player has the media open and can play it.
    fn mark_playing(&mut self, member: MemberId) {
        self.opened.insert(member);
        self.ahead.remove(&member);
        self.failed.remove(&member);
        self.retrying.remove(&member);
        self.stopped.remove(&member);
    }

    /// Records that a member's player has reached the end of its copy.
    pub(super) fn end(&mut self, member: MemberId, end: CopyEnd) {
        self.opened.insert(member);
        self.ahead.remove(&member);
        self.ended.insert(member, end);
    }

    /// The end of a member's copy, if their player has reached it.
    pub(super) fn end_of(&self, member: MemberId) -> Option<CopyEnd> {
        self.ended.get(&member).copied()
    }

    /// Records that players play beyond a length: that length and shorter ones are wrong.
    pub(super) fn drop_lengths_up_to(&mut self, length: Span) {
        self.disproved_length = self.disproved_length.max(Some(length));
        for learned in self.facts.values_mut() {
            learned.drop_lengths_up_to(length);
        }
    }

    /// Whether players have played beyond this length or one within [`SAME_LENGTH`] of it.
    pub(super) fn is_disproved(&self, length: Span) -> bool {
        let disproved_length = self.disproved_length;
        disproved_length.is_some_and(|disproved_length| length <= disproved_length + SAME_LENGTH)
    }

    /// The ends of copies that players have reached.
    pub(super) fn ends(&self) -> impl Iterator<Item = CopyEnd> {
        self.ended.values().copied()
    }

    /// Whether a member's player has reached the end, and the timeline has not gone back since.
    pub(super) fn has_ended(&self, member: MemberId, position: Position) -> bool {
        let ended = self.ended.get(&member);
        ended.is_some_and(|end| end.place <= position + SAME_PLACE)
    }

    /// Records that a member's player has run out of data, and its position if reported.
    pub(super) fn stall(&mut self, member: MemberId, place: Option<Position>, now: RoomTime) {
        self.opened.insert(member);
        self.ahead.remove(&member);
        self.stalled
            .entry(member)
            .or_insert(Stall { since: now, place });
    }

    /// The positions of players that have run out of data, where reported.
    pub(super) fn stalled_positions(&self) -> impl Iterator<Item = Position> {
        self.stalled.values().filter_map(|stall| stall.place)
    }

    /// Records that a member's player plays again.
    pub(super) fn recover(&mut self, member: MemberId) {
        self.mark_playing(member);
        self.stalled.remove(&member);
    }

    /// Records that a member's player waits ahead of the timeline, because the part before `place`
    /// is missing from its copy. Any other report of the player cancels this.
    pub(super) fn set_ahead(&mut self, member: MemberId, movement: Segment, place: Position) {
        self.ahead.insert(member, (movement, place));
    }

    /// The position at which a member's player waits ahead of this segment.
    pub(super) fn ahead(&self, member: MemberId, movement: Segment) -> Option<Position> {
        let (then, place) = self.ahead.get(&member)?;
        (*then == movement).then_some(*place)
    }

    /// Members whose players have lacked data without a break since this time or later, by number.
    pub(super) fn stalled_since(&self, time: RoomTime) -> impl Iterator<Item = MemberId> {
        let stalled = self.stalled.iter();
        stalled
            .filter(move |(_, stall)| stall.since >= time)
            .map(|(member, _)| *member)
    }

    /// Records that a member's player has given the media up.
    pub(super) fn fail(&mut self, member: MemberId, code: FailureCode, now: RoomTime) {
        self.failed.insert(member, (now, code));
        self.stalled.remove(&member);
        self.ahead.remove(&member);
    }

    /// Records that a member's player retries, or why one lacks data. The time limit counts from
    /// the first failure since it last played.
    pub(super) fn retry(&mut self, member: MemberId, code: FailureCode, now: RoomTime) {
        self.failed.remove(&member);
        self.ahead.remove(&member);
        let (since, _) = self.retrying.get(&member).copied().unwrap_or((now, code));
        self.retrying.insert(member, (since, code));
    }

    /// Failures of which the admins have not been notified: member, reason, and whether the player
    /// retries. Each member is reported once, and once more when retrying failed. Players that lack
    /// data are left out, since the room's hold names them.
    pub(super) fn take_new_failures(&mut self) -> Vec<(MemberId, FailureCode, bool)> {
        let failed = self.failed.iter();
        let failed = failed.map(|(member, (_, code))| (*member, *code, false));
        let retrying = self.retrying.iter();
        let retrying = retrying.filter(|(member, _)| !self.stalled.contains_key(member));
        let retrying = retrying.map(|(member, (_, code))| (*member, *code, true));
        let told = &self.told_failures;
        let new_failures: Vec<_> = failed
            .chain(retrying)
            .filter(|(member, _, retrying)| told.is_news(*member, *retrying))
            .collect();
        for (member, _, retrying) in &new_failures {
            self.told_failures.note(*member, *retrying);
        }
        new_failures
    }

    /// The members whom the admins were told to be unable to play the media, and who can after all.
    pub(super) fn take_recovered(&mut self) -> Vec<MemberId> {
        let (opened, failed, retrying) = (&self.opened, &self.failed, &self.retrying);
        self.told_failures.take_recovered(|id| {
            opened.contains(&id) && !failed.contains_key(&id) && !retrying.contains_key(&id)
        })
    }

    /// How a member's player is doing while the timeline is at `position`.
    pub(super) fn playback(&self, member: MemberId, position: Position) -> ReportedPlayback {
        let stalled = self.stalled.get(&member).map(|stall| stall.since);
        let halt = self.stopped.get(&member).copied();
        let frozen = match halt {
            Some(PlayerStop::Frozen(since)) => Some(since),
            _ => None,
        };
        if let Some((since, code)) = self.failed.get(&member) {
            ReportedPlayback::Failed(*since, *code)
        } else if halt.is_some_and(PlayerStop::is_closed) {
            ReportedPlayback::Closed
        } else if let Some((since, code)) = self.retrying.get(&member) {
            let since = stalled.map_or(*since, |stalled| stalled.min(*since));
            ReportedPlayback::Trying(since, Some(*code))
        } else if let Some(since) = stalled.or(frozen) {
            ReportedPlayback::Trying(since, None)
        } else if self.has_ended(member, position) {
            ReportedPlayback::Ended
        } else if self.opened.contains(&member) {
            ReportedPlayback::Playing
        } else {
            ReportedPlayback::Unknown
        }
    }
}
