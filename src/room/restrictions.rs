//! What viewers and strangers are restricted in: slow mode, the lock, newcomers who only watch.
//! Which command is denied for it: `decide/restrictions.rs`.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::protocol::ids::MemberId;
use crate::protocol::moderation::{Delay, Restriction};
use crate::protocol::time::{RoomTime, Span};
#[cfg(test)]
use crate::test_support::length::Length;

/// The restrictions of a room, and what they are decided by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Restrictions {
    /// Whether the room is locked: only members whom it knows come in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub locked: bool,
    /// The least time between two lines of a viewer; `None` while slow mode is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slow_mode: Option<Delay>,
    /// How long newcomers may only watch; `None` if they take part at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newcomers: Option<Delay>,
    /// Whether those who watch a public room from outside see its chat.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub observer_chat: bool,
    /// When each member wrote last, the oldest first: those who have to wait in slow mode.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    last_lines: VecDeque<(MemberId, RoomTime)>,
}

impl Restrictions {
    /// Whether nothing is restricted.
    #[must_use]
    pub fn are_none(&self) -> bool {
        *self == Self::default()
    }

    /// Each restriction as it is now.
    #[must_use]
    pub const fn all(&self) -> [Restriction; 4] {
        [
            Restriction::Lock {
                locked: self.locked,
            },
            Restriction::SlowMode {
                interval: self.slow_mode,
            },
            Restriction::Newcomers {
                wait: self.newcomers,
            },
            Restriction::ObserverChat {
                shown: self.observer_chat,
            },
        ]
    }

    /// How long a member has to wait in slow mode before the next line; `None` if they may write.
    #[must_use]
    pub fn slow_wait(&self, member: MemberId, now: RoomTime) -> Option<Span> {
        let interval = self.slow_mode?.span();
        let (_, last) = self.last_lines.iter().find(|(id, _)| *id == member)?;
        let wait = interval - (now - *last);
        (wait > Span::ZERO).then_some(wait)
    }

    /// The restrictions as one client gets them: without the times of others.
    #[must_use]
    pub fn for_client(&self, viewer: MemberId) -> Self {
        let own = self.last_lines.iter().filter(|(id, _)| *id == viewer);
        Self {
            last_lines: own.copied().collect(),
            ..*self
        }
    }

    /// Applies a change.
    pub(super) fn apply(&mut self, restriction: Restriction) {
        match restriction {
            Restriction::SlowMode { interval } => {
                self.slow_mode = interval;
                if interval.is_none() {
                    self.last_lines.clear();
                }
            }
            Restriction::Lock { locked } => self.locked = locked,
            Restriction::Newcomers { wait } => self.newcomers = wait,
            Restriction::ObserverChat { shown } => self.observer_chat = shown,
        }
    }

    /// Records a line of chat while slow mode is on, and forgets those that nobody waits for.
    pub(super) fn record_line(&mut self, member: MemberId, at: RoomTime) {
        let Some(interval) = self.slow_mode else {
            return;
        };
        let counts = |last: RoomTime| at - last < interval.span();
        self.last_lines
            .retain(|(id, last)| *id != member && counts(*last));
        self.last_lines.push_back((member, at));
    }

    /// Drops the times of members whom the room has forgotten.
    pub(super) fn retain_members(&mut self, known: impl Fn(MemberId) -> bool) {
        self.last_lines.retain(|(member, _)| known(*member));
    }

    /// How much its collections hold, in a room that knows so many members.
    #[cfg(test)]
    pub(super) fn length(&self, members: usize) -> Length {
        Length::new("last lines", self.last_lines.len(), members)
    }
}
