//! What the players of the members who are here tell: this node's own knowledge, no part of
//! the room's log. What follows from it is decided like everything else, in `decide/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::member::Member;
use crate::protocol::text::Title;
use crate::protocol::time::{Position, RoomTime, Span};
use crate::room::roster::Roster;

/// How often one player may correct what it told of a video (judgement: a length may come
/// late, or change once when the file was still being written).
const CORRECTIONS: u8 = 3;

/// Lengths that differ by no more are one: containers round.
const SAME_LENGTH: Span = Span::seconds(1);

/// The players' reports about the video that is on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reports {
    epoch: Epoch,
    learned: BTreeMap<MemberId, Learned>,
    /// Whose players have opened the video.
    opened: BTreeSet<MemberId>,
    ended: BTreeMap<MemberId, Position>,
    stalled: BTreeMap<MemberId, RoomTime>,
    /// Whose players cannot play it and do not try any more, and why.
    failed: BTreeMap<MemberId, FailureCode>,
    /// Whose players have tried again, since when without success, and why.
    retrying: BTreeMap<MemberId, (RoomTime, FailureCode)>,
    /// Of whose failure the admins have heard, and whether it was said to be final.
    complained: BTreeMap<MemberId, bool>,
}

/// What a player tells of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VideoFacts {
    /// Its length, once that rests.
    pub(super) duration: Option<Span>,
    /// Its title.
    pub(super) title: Option<Title>,
    /// Whether it has neither a length nor can be sought in.
    pub(super) live: bool,
    /// Where its own time stamps begin, if it is made of parts.
    pub(super) begins: Option<Span>,
}

impl VideoFacts {
    /// These facts, with what is new in later ones. A player that opens the video again does
    /// not know at first what it knew before.
    fn with(&self, later: Self) -> Self {
        let other_length = match (self.duration, later.duration) {
            (Some(earlier), Some(later)) => (later - earlier).abs() > SAME_LENGTH,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let duration = if other_length {
            later.duration
        } else {
            self.duration
        };
        Self {
            duration,
            title: self.title.clone().or(later.title),
            live: later.live && duration.is_none(),
            // What is live goes on elsewhere once its list has lost what was shown.
            begins: if later.live {
                later.begins.or(self.begins)
            } else {
                self.begins.or(later.begins)
            },
        }
    }
}

/// What counts of all that one player has told of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Learned {
    /// What it is.
    pub(super) facts: VideoFacts,
    /// Since when its player has it open.
    pub(super) since: RoomTime,
    /// Whether its member was an admin when they told.
    pub(super) by_admin: bool,
    corrections: u8,
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
    /// It cannot play the video.
    Failed(FailureCode),
}

impl Reports {
    /// Forgets what was told of another video.
    pub(super) fn turn_to(&mut self, epoch: Epoch) {
        if self.epoch != epoch {
            *self = Self {
                epoch,
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
            self.failed.len(),
            self.retrying.len(),
            self.complained.len(),
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
        self.failed.retain(|id, _| here(*id));
        self.retrying.retain(|id, _| here(*id));
        self.learned.retain(|id, _| known(*id));
        self.complained.retain(|id, _| known(*id));
    }

    /// Takes in what a member's player tells of the video, as long as it does not correct
    /// itself too often. To tell the same again changes nothing, so that what could not be
    /// agreed on can be decided anew.
    pub(super) fn learn(
        &mut self,
        member: MemberId,
        facts: VideoFacts,
        is_admin: bool,
        now: RoomTime,
    ) {
        self.plays(member);
        let learned = self.learned.entry(member).or_insert_with(|| Learned {
            facts: facts.clone(),
            since: now,
            by_admin: is_admin,
            corrections: 0,
        });
        learned.by_admin |= is_admin;
        let corrected = learned.facts.with(facts);
        if corrected != learned.facts && learned.corrections < CORRECTIONS {
            learned.corrections += 1;
            learned.facts = corrected;
        }
    }

    /// What each member's player has told, by the members' numbers.
    pub(super) fn learned(&self) -> impl Iterator<Item = (MemberId, &Learned)> {
        let learned = self.learned.iter();
        learned.map(|(member, learned)| (*member, learned))
    }

    /// Since when a member's player has the video open, if it told what it is.
    pub(super) fn open_since(&self, member: MemberId) -> Option<RoomTime> {
        self.learned.get(&member).map(|learned| learned.since)
    }

    /// Takes in that a member's player has the video open and can play it.
    fn plays(&mut self, member: MemberId) {
        self.opened.insert(member);
        self.failed.remove(&member);
        self.retrying.remove(&member);
    }

    /// Takes in that a member's player came to the end, where the film was then.
    pub(super) fn end(&mut self, member: MemberId, position: Position) {
        self.opened.insert(member);
        self.ended.insert(member, position);
    }

    /// Whether a member's player has come to the end, and the film has not gone back since.
    pub(super) fn has_ended(&self, member: MemberId, position: Position) -> bool {
        self.ended.get(&member).is_some_and(|at| *at <= position)
    }

    /// Takes in that a member's player has run dry.
    pub(super) fn stall(&mut self, member: MemberId, now: RoomTime) {
        self.opened.insert(member);
        self.stalled.entry(member).or_insert(now);
    }

    /// Takes in that a member's player goes on.
    pub(super) fn recover(&mut self, member: MemberId) {
        self.plays(member);
        self.stalled.remove(&member);
    }

    /// Whose players have run dry since a time and not gone on, by number.
    pub(super) fn stalled_since(&self, time: RoomTime) -> impl Iterator<Item = MemberId> {
        let stalled = self.stalled.iter();
        stalled
            .filter(move |(_, since)| **since >= time)
            .map(|(member, _)| *member)
    }

    /// Takes in that a member's player cannot play the video; answers whether that is news
    /// for the admins: the first that is heard of it, or that it is final.
    pub(super) fn fail(&mut self, member: MemberId, code: FailureCode) -> bool {
        self.failed.insert(member, code);
        self.complained.insert(member, true) != Some(true)
    }

    /// Takes in that a member's player cannot play the video now and tries again; answers
    /// whether that is news for the admins. How long it tries counts from the first time
    /// since it played.
    pub(super) fn retry(&mut self, member: MemberId, code: FailureCode, now: RoomTime) -> bool {
        self.failed.remove(&member);
        let (since, _) = self.retrying.get(&member).copied().unwrap_or((now, code));
        self.retrying.insert(member, (since, code));
        let is_news = !self.complained.contains_key(&member);
        self.complained.entry(member).or_insert(false);
        is_news
    }

    /// Whether a member's player said that it cannot play the video.
    pub(super) fn has_failed(&self, member: MemberId) -> bool {
        self.failed.contains_key(&member)
    }

    /// How a member's player is doing while the film is at `position`.
    pub(super) fn playback(&self, member: MemberId, position: Position) -> Playback {
        let stalled = self.stalled.get(&member).copied();
        if let Some(code) = self.failed.get(&member) {
            Playback::Failed(*code)
        } else if let Some((since, code)) = self.retrying.get(&member) {
            let since = stalled.map_or(*since, |stalled| stalled.min(*since));
            Playback::Tries(since, Some(*code))
        } else if let Some(since) = stalled {
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
