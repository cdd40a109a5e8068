//! What the players of the members who are here tell: this node's own knowledge, no part of
//! the room's log. What follows from it is decided like everything else, in `decide/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::Member;
use crate::protocol::playback::Segment;
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::learned::{Learned, Occasion, SAME_LENGTH, VideoFacts};
use crate::room::roster::Roster;

/// A film this little before the place where a player came to the end has not gone back from
/// there (judgement: a pause in a player's window lands a few frames off, and a client tells
/// an end anew only once it stood more than 1 s before it).
const SAME_PLACE: Span = Span::seconds(2);

/// What the players of the members who are here tell: reports about the video that is on, and
/// whether they run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reports {
    epoch: Epoch,
    learned: BTreeMap<MemberId, Learned>,
    /// Whose players have opened the video.
    opened: BTreeSet<MemberId>,
    ended: BTreeMap<MemberId, CopyEnd>,
    stalled: BTreeMap<MemberId, Dry>,
    /// Whose players stand ahead of the film, in which movement of it, and where.
    ahead: BTreeMap<MemberId, (Segment, Position)>,
    /// Whose players cannot play it and do not try any more, since when, and why.
    failed: BTreeMap<MemberId, (RoomTime, FailureCode)>,
    /// Whose players have tried again, since when without success, and why.
    retrying: BTreeMap<MemberId, (RoomTime, FailureCode)>,
    /// Of whose failure the admins have heard, and whether it was said to be final.
    complained: BTreeMap<MemberId, bool>,
    /// The farthest place at which the film was seen to be.
    farthest: Position,
    /// The longest length beyond which players played on.
    outlived: Option<Span>,
    /// Whose players do not run, whatever is on, and why.
    stopped: BTreeMap<MemberId, Halt>,
    /// Since when a film that nobody could play stands only for those who still lack data:
    /// somebody can play it again.
    pub(super) stands_for_others: Option<RoomTime>,
}

/// Why a member's player does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Halt {
    /// It has not answered since this time.
    Frozen(RoomTime),
    /// Its member stopped the video that is on, or their machine does not open it.
    Stopped,
    /// There is none.
    Closed,
}

impl Halt {
    /// Whether both are the same, whenever they began.
    fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// Whether it has nothing open.
    const fn is_closed(self) -> bool {
        matches!(self, Self::Stopped | Self::Closed)
    }
}

/// Where and when a player came to the end of its copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CopyEnd {
    /// Where its data ends, or where the film was if the player did not tell.
    pub(super) place: Position,
    /// When the film was there.
    pub(super) at: RoomTime,
}

/// A player that has run dry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dry {
    /// Since when, as far as the room has heard.
    since: RoomTime,
    /// Where it stands, if it told.
    place: Option<Position>,
}

/// Whether a member's player runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayerProcess {
    /// It does.
    Runs,
    /// It does not answer.
    Frozen,
    /// Its member stopped the video in its window, or their machine does not open it.
    Stopped,
    /// There is none: its member closed it, or it could not be started.
    Closed,
}

/// How a member's player is doing with the video.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Playback {
    /// It opens the video, as far as is known.
    Unknown,
    /// It plays, or would.
    Plays,
    /// It came to the end of its copy.
    Ended,
    /// It lacks data, or tries again, since this time.
    Tries(RoomTime, Option<FailureCode>),
    /// It has not been able to play the video since this time, and does not try.
    Failed(RoomTime, FailureCode),
    /// It is closed or stopped: its member only chats.
    Closed,
}

impl Reports {
    /// Forgets what was told of another video.
    pub(super) fn turn_to(&mut self, epoch: Epoch) {
        if self.epoch != epoch {
            let mut stopped = std::mem::take(&mut self.stopped);
            stopped.retain(|_, halt| *halt != Halt::Stopped);
            *self = Self {
                epoch,
                stopped,
                ..Self::default()
            };
        }
    }

    /// Which video they are about.
    pub(super) const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// How much is kept.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        let kept = [
            self.learned.len(),
            self.opened.len(),
            self.ended.len(),
            self.stalled.len(),
            self.ahead.len(),
            self.failed.len(),
            self.retrying.len(),
            self.complained.len(),
            self.stopped.len(),
        ];
        kept.iter().sum()
    }

    /// Forgets what is of no use any more: of those who are not here, whether their players
    /// run; of those whom the room no longer knows, everything.
    pub(super) fn keep_up_with(&mut self, roster: &Roster) {
        let known = |id: MemberId| roster.get(id).is_some();
        let here = |id: MemberId| roster.get(id).is_some_and(Member::is_here);
        self.opened.retain(|id| here(*id));
        self.ended.retain(|id, _| here(*id));
        self.stalled.retain(|id, _| here(*id));
        self.ahead.retain(|id, _| here(*id));
        self.failed.retain(|id, _| here(*id));
        self.retrying.retain(|id, _| here(*id));
        self.stopped.retain(|id, _| here(*id));
        self.learned.retain(|id, _| known(*id));
        self.complained.retain(|id, _| known(*id));
    }

    /// Takes in what a member's player tells of the video. To tell the same again changes
    /// nothing, so that what could not be agreed on can be decided anew.
    pub(super) fn learn(
        &mut self,
        member: MemberId,
        facts: VideoFacts,
        is_admin: bool,
        occasion: Occasion,
    ) {
        self.plays(member);
        let learned = self
            .learned
            .entry(member)
            .or_insert_with(|| Learned::first(facts.clone(), is_admin, occasion.now));
        learned.by_admin |= is_admin;
        learned.correct(facts, occasion);
    }

    /// Takes in where the film is: corrections whose turn has come count, and ends beyond that
    /// place are still to come.
    pub(super) fn come_to(&mut self, position: Position, occasion: Occasion) {
        self.farthest = self.farthest.max(position);
        self.ended
            .retain(|_, end| end.place <= position + SAME_PLACE);
        for learned in self.learned.values_mut() {
            learned.count_waiting(occasion);
        }
    }

    /// The farthest place at which the film was seen to be: it is no shorter.
    pub(super) const fn farthest(&self) -> Position {
        self.farthest
    }

    /// What each member's player has told, by the members' numbers.
    pub(super) fn learned(&self) -> impl Iterator<Item = (MemberId, &Learned)> {
        let learned = self.learned.iter();
        learned.map(|(member, learned)| (*member, learned))
    }

    /// What a member's player has told.
    pub(super) fn learned_by(&self, member: MemberId) -> Option<&Learned> {
        self.learned.get(&member)
    }

    /// Takes in whether a member's player runs; answers whether that is new.
    pub fn note_process(
        &mut self,
        member: MemberId,
        process: PlayerProcess,
        now: RoomTime,
    ) -> bool {
        let halt = match process {
            PlayerProcess::Runs => return self.stopped.remove(&member).is_some(),
            PlayerProcess::Frozen => Halt::Frozen(now),
            PlayerProcess::Stopped => Halt::Stopped,
            PlayerProcess::Closed => Halt::Closed,
        };
        let known = self.stopped.get(&member);
        if known.is_some_and(|known| known.is_like(halt)) {
            return false;
        }
        self.stopped.insert(member, halt);
        if halt.is_closed() {
            // What was open is not, should the player be started again.
            self.opened.remove(&member);
            self.ended.remove(&member);
            self.stalled.remove(&member);
            self.ahead.remove(&member);
            self.retrying.remove(&member);
        }
        true
    }

    /// Takes in that a member's player has the video open and can play it.
    fn plays(&mut self, member: MemberId) {
        self.opened.insert(member);
        self.ahead.remove(&member);
        self.failed.remove(&member);
        self.retrying.remove(&member);
        self.stopped.remove(&member);
    }

    /// Takes in that a member's player came to the end.
    pub(super) fn end(&mut self, member: MemberId, end: CopyEnd) {
        self.opened.insert(member);
        self.ahead.remove(&member);
        self.ended.insert(member, end);
    }

    /// Where and when a member's player came to the end of its copy.
    pub(super) fn end_of(&self, member: MemberId) -> Option<CopyEnd> {
        self.ended.get(&member).copied()
    }

    /// Takes in that players play on beyond a length: it is believed of nobody any more.
    pub(super) fn outlive(&mut self, length: Span) {
        self.outlived = self.outlived.max(Some(length));
        for learned in self.learned.values_mut() {
            learned.outlive(length);
        }
    }

    /// Whether players played on beyond a length, or one like it.
    pub(super) fn is_outlived(&self, length: Span) -> bool {
        let outlived = self.outlived;
        outlived.is_some_and(|outlived| length <= outlived + SAME_LENGTH)
    }

    /// Where and when players came to the end of their copies.
    pub(super) fn ends(&self) -> impl Iterator<Item = CopyEnd> {
        self.ended.values().copied()
    }

    /// Whether a member's player has come to the end, and the film has not gone back since.
    pub(super) fn has_ended(&self, member: MemberId, position: Position) -> bool {
        let ended = self.ended.get(&member);
        ended.is_some_and(|end| end.place <= position + SAME_PLACE)
    }

    /// Takes in that a member's player has run dry, and where it stands, if it told.
    pub(super) fn stall(&mut self, member: MemberId, place: Option<Position>, now: RoomTime) {
        self.opened.insert(member);
        self.ahead.remove(&member);
        self.stalled
            .entry(member)
            .or_insert(Dry { since: now, place });
    }

    /// Where players stand that have run dry, as far as they told.
    pub(super) fn dry_places(&self) -> impl Iterator<Item = Position> {
        self.stalled.values().filter_map(|dry| dry.place)
    }

    /// Takes in that a member's player goes on.
    pub(super) fn recover(&mut self, member: MemberId) {
        self.plays(member);
        self.stalled.remove(&member);
    }

    /// Takes in that a member's player stands ahead of the film as it moves now, at a place
    /// before which its copy lacks a part. Whatever else it tells takes that back.
    pub(super) fn stands_ahead(&mut self, member: MemberId, movement: Segment, place: Position) {
        self.ahead.insert(member, (movement, place));
    }

    /// Where a member's player stands ahead of the film as it moves now, if it does.
    pub(super) fn ahead(&self, member: MemberId, movement: Segment) -> Option<Position> {
        let (then, place) = self.ahead.get(&member)?;
        (*then == movement).then_some(*place)
    }

    /// Whose players have run dry since a time and not gone on, by number.
    pub(super) fn stalled_since(&self, time: RoomTime) -> impl Iterator<Item = MemberId> {
        let stalled = self.stalled.iter();
        stalled
            .filter(move |(_, dry)| dry.since >= time)
            .map(|(member, _)| *member)
    }

    /// Takes in that a member's player cannot play the video.
    pub(super) fn fail(&mut self, member: MemberId, code: FailureCode, now: RoomTime) {
        self.failed.insert(member, (now, code));
        self.stalled.remove(&member);
        self.ahead.remove(&member);
    }

    /// Takes in that a member's player cannot play the video now and tries again, or why one
    /// that has run dry has. How long it tries counts from the first time since it played.
    pub(super) fn retry(&mut self, member: MemberId, code: FailureCode, now: RoomTime) {
        self.failed.remove(&member);
        self.ahead.remove(&member);
        let (since, _) = self.retrying.get(&member).copied().unwrap_or((now, code));
        self.retrying.insert(member, (since, code));
    }

    /// Whose players fail of whom the admins have not heard, why, and whether they try again:
    /// each member once, and once more when it was in vain. Whoever has run dry is no news, as
    /// the room's waiting tells of that.
    pub(super) fn take_untold(&mut self) -> Vec<(MemberId, FailureCode, bool)> {
        let failed = self.failed.iter();
        let failed = failed.map(|(member, (_, code))| (*member, *code, false));
        let retrying = self.retrying.iter();
        let retrying = retrying.filter(|(member, _)| !self.stalled.contains_key(member));
        let retrying = retrying.map(|(member, (_, code))| (*member, *code, true));
        let complained = &self.complained;
        let is_news = |member: &MemberId, retrying: bool| match complained.get(member) {
            Some(in_vain) => !retrying && !in_vain,
            None => true,
        };
        let untold: Vec<_> = failed
            .chain(retrying)
            .filter(|(member, _, retrying)| is_news(member, *retrying))
            .collect();
        let told = untold
            .iter()
            .map(|(member, _, retrying)| (*member, !retrying));
        self.complained.extend(told);
        untold
    }

    /// How a member's player is doing while the film is at `position`.
    pub(super) fn playback(&self, member: MemberId, position: Position) -> Playback {
        let stalled = self.stalled.get(&member).map(|dry| dry.since);
        let halt = self.stopped.get(&member).copied();
        let frozen = match halt {
            Some(Halt::Frozen(since)) => Some(since),
            _ => None,
        };
        if let Some((since, code)) = self.failed.get(&member) {
            Playback::Failed(*since, *code)
        } else if halt.is_some_and(Halt::is_closed) {
            Playback::Closed
        } else if let Some((since, code)) = self.retrying.get(&member) {
            let since = stalled.map_or(*since, |stalled| stalled.min(*since));
            Playback::Tries(since, Some(*code))
        } else if let Some(since) = stalled.or(frozen) {
            Playback::Tries(since, None)
        } else if self.has_ended(member, position) {
            Playback::Ended
        } else if self.opened.contains(&member) {
            Playback::Plays
        } else {
            Playback::Unknown
        }
    }
}
