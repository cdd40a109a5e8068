//! What the players of the members who are here tell: this node's own knowledge, no part of
//! the room's log. What follows from it is decided like everything else, in
//! `decide/report.rs`.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::ids::{Epoch, MemberId};
use crate::protocol::text::Title;
use crate::protocol::time::{Position, Span};

/// The players' reports about the video that is on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reports {
    epoch: Epoch,
    learned: BTreeMap<MemberId, Told>,
    ended: BTreeMap<MemberId, Position>,
    failed: BTreeSet<MemberId>,
    /// Of whose failure the admins have heard.
    complained: BTreeSet<MemberId>,
    /// Whose word about the video counts once and for all: the first admin's who told.
    authority: Option<MemberId>,
}

/// What a player tells of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// Its length, if it has one.
    pub(super) duration: Option<Span>,
    /// Its title.
    pub(super) title: Option<Title>,
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

    /// Takes in what a member's player tells of the video; answers whether this is the word
    /// that counts: that of the first admin, who may still name a length where there was none.
    pub(super) fn learn(&mut self, member: MemberId, told: Told, is_admin: bool) -> bool {
        self.failed.remove(&member);
        let named = told.duration.is_some();
        let before = self.learned.insert(member, told);
        let had_none = before.is_none_or(|before| before.duration.is_none());
        let counts = match self.authority {
            None => true,
            Some(authority) => authority == member && named && had_none,
        };
        if is_admin && counts {
            self.authority = Some(member);
        }
        is_admin && counts
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
            .map(|(_, told)| told)
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
