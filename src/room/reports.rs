//! What the players of the members who are here tell: this node's own knowledge, no part of
//! the room's log. What follows from it is decided like everything else, in
//! `decide/report.rs`.

use std::collections::{BTreeMap, BTreeSet};

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
    learned: BTreeMap<MemberId, Word>,
    ended: BTreeMap<MemberId, Position>,
    stalled: BTreeMap<MemberId, RoomTime>,
    failed: BTreeSet<MemberId>,
    /// Of whose failure the admins have heard.
    complained: BTreeSet<MemberId>,
    /// Whose word about the video counts once and for all: the first admin's who told.
    authority: Option<MemberId>,
}

/// What counts of all that a player tells of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    told: Told,
    corrections: u8,
}

impl Word {
    /// Takes what is told later, if it says something new and was not corrected often.
    fn correct(&mut self, told: Told) {
        if self.corrections < CORRECTIONS && told.corrects(&self.told) {
            self.corrections += 1;
            self.told = told;
        }
    }
}

/// What a player tells of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// Its length, if it has one.
    pub(super) duration: Option<Span>,
    /// Its title.
    pub(super) title: Option<Title>,
    /// Whether it has neither a length nor can be sought in.
    pub(super) live: bool,
    /// Where its own time stamps begin, if it is made of parts.
    pub(super) begins: Option<Span>,
}

impl Told {
    /// Whether it names another length, or a title where there was none.
    fn corrects(&self, earlier: &Self) -> bool {
        let other_length = match (earlier.duration, self.duration) {
            (Some(earlier), Some(later)) => (later - earlier).abs() > SAME_LENGTH,
            (earlier, later) => earlier != later,
        };
        other_length || (earlier.title.is_none() && self.title.is_some())
    }
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

    /// How much is kept.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        let kept = [self.learned.len(), self.ended.len(), self.stalled.len()];
        kept.iter().sum::<usize>() + self.failed.len() + self.complained.len()
    }

    /// Forgets what is of no use any more: of those who are not here, whether their players
    /// run; of those whom the room no longer knows, everything. An admin who went before
    /// naming a length does not stand in the way of those who can.
    pub(super) fn keep_up_with(&mut self, roster: &Roster) {
        let known = |id: MemberId| roster.get(id).is_some();
        let here = |id: MemberId| roster.get(id).is_some_and(Member::is_here);
        self.ended.retain(|id, _| here(*id));
        self.stalled.retain(|id, _| here(*id));
        self.failed.retain(|id| here(*id));
        self.learned.retain(|id, _| known(*id));
        self.complained.retain(|id| known(*id));
        self.authority = self.authority.filter(|id| {
            let named = |word: &Word| word.told.duration.is_some();
            here(*id) || self.learned.get(id).is_some_and(named)
        });
    }

    /// Takes in what a member's player tells of the video, and answers with the word that
    /// counts if it is this member's: the first admin's, once it names a length. To tell it
    /// again changes nothing, so that what could not be agreed on can be decided anew.
    pub(super) fn learn(&mut self, member: MemberId, told: Told, is_admin: bool) -> Option<&Told> {
        self.failed.remove(&member);
        if is_admin && self.authority.is_none() {
            self.authority = Some(member);
        }
        let is_authority = self.authority == Some(member);
        let word = self.learned.entry(member).or_insert_with(|| Word {
            told: told.clone(),
            corrections: 0,
        });
        if !is_authority || word.told.duration.is_none() {
            word.correct(told);
        }
        is_authority.then_some(&word.told)
    }

    /// Whether an admin's player has told what the video is.
    pub(super) const fn is_settled(&self) -> bool {
        self.authority.is_some()
    }

    /// What those told whom `counts` lets through, in order of length, the unknown first.
    pub(super) fn told_by(&self, counts: impl Fn(MemberId) -> bool) -> Vec<&Told> {
        let mut told: Vec<&Told> = self
            .learned
            .iter()
            .filter(|(member, _)| counts(**member))
            .map(|(_, word)| &word.told)
            .collect();
        told.sort_by_key(|told| told.duration);
        told
    }

    /// Takes in that a member's player came to the end, where the film was then.
    pub(super) fn end(&mut self, member: MemberId, position: Position) {
        self.ended.insert(member, position);
    }

    /// Whether a member's player has come to the end, and the film has not gone back since.
    pub(super) fn has_ended(&self, member: MemberId, position: Position) -> bool {
        self.ended.get(&member).is_some_and(|at| *at <= position)
    }

    /// Takes in that a member's player has run dry.
    pub(super) fn stall(&mut self, member: MemberId, now: RoomTime) {
        self.stalled.entry(member).or_insert(now);
    }

    /// Takes in that a member's player goes on.
    pub(super) fn recover(&mut self, member: MemberId) {
        self.stalled.remove(&member);
    }

    /// Whose players have run dry since a time and not gone on, by number.
    pub(super) fn stalled_since(&self, time: RoomTime) -> impl Iterator<Item = MemberId> {
        let stalled = self.stalled.iter();
        stalled
            .filter(move |(_, since)| **since >= time)
            .map(|(member, _)| *member)
    }

    /// Takes in that a member's player cannot play the video; answers whether that is the
    /// first that is heard of it.
    pub(super) fn fail(&mut self, member: MemberId) -> bool {
        self.failed.insert(member);
        self.complained.insert(member)
    }

    /// Whether a member's player said that it cannot play the video.
    pub(super) fn has_failed(&self, member: MemberId) -> bool {
        self.failed.contains(&member)
    }
}
