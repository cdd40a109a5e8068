//! What moderators and admins do about many lines or many members at once, and reports to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::chat_line::ChatLine;
use super::ids::{ChatId, MemberId};
use super::target::MemberRef;
use super::text::{MemberName, Title};
use super::time::{RoomTime, Span};

/// How long members have to wait for something, in whole seconds: from one second to a day.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "u32", into = "u32")]
#[schemars(!try_from, !into)]
pub struct Delay(u32);

/// The number of seconds is 0, or more than a day has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a delay has 1 to {} seconds", Delay::MAX_SECONDS)]
pub struct DelayError;

impl Delay {
    /// The longest delay: a day (judgement: a longer one is a mute or a lock).
    pub const MAX_SECONDS: u32 = 86_400;

    /// The delay as a span of time.
    #[must_use]
    pub fn span(self) -> Span {
        Span::seconds(i64::from(self.0))
    }
}

impl TryFrom<u32> for Delay {
    type Error = DelayError;
    fn try_from(seconds: u32) -> Result<Self, DelayError> {
        if (1..=Self::MAX_SECONDS).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(DelayError)
        }
    }
}

impl From<Delay> for u32 {
    fn from(delay: Delay) -> Self {
        delay.0
    }
}

/// A restriction that was set or lifted. It does not apply to moderators and admins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Restriction {
    /// Slow mode: how long a viewer waits between two lines of chat.
    SlowMode {
        /// The least time between two lines; `None` ends slow mode.
        interval: Option<Delay>,
    },
    /// Whether the room is locked: only members whom it knows come in.
    Lock {
        /// True locks, false unlocks.
        locked: bool,
    },
    /// How long newcomers may only watch.
    Newcomers {
        /// The time from their first coming; `None` lets them take part at once.
        wait: Option<Delay>,
    },
    /// Whether those who watch a public room from outside see its chat. This one is off unless an
    /// admin allows it.
    ObserverChat {
        /// True if they see the lines from now on.
        shown: bool,
    },
}

/// All lines of chat of a member were erased at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Erasure {
    /// The author, by number; several if members of the same name were forgotten one after another.
    pub authors: Vec<MemberId>,
    /// The last line that is affected: the author may write again.
    pub last: ChatId,
    /// How many lines the room erased.
    pub count: u32,
    /// The author's name at the time.
    pub name: MemberName,
    /// The name, at the time, of the member who erased them.
    pub by: MemberName,
}

impl Erasure {
    /// Whether it erases a line, which may have been erased before.
    #[must_use]
    pub fn covers(&self, line: &ChatLine) -> bool {
        line.id <= self.last && self.authors.contains(&line.from)
    }
}

/// What a report to the moderators is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportSubject {
    /// A member, present or absent.
    Member(MemberRef),
    /// A line of chat, and so its author.
    Line(ChatId),
}

/// A member's report to the moderators. It carries no text of the chat, which may be erased later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MemberReport {
    /// The member who reports, by number.
    pub by: MemberId,
    /// Their name at the time.
    pub by_name: MemberName,
    /// The reported member, by number.
    pub of: MemberId,
    /// Their name at the time; of a line's author, the name on it.
    pub name: MemberName,
    /// The line of chat that is reported; `None` if it is the member as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<ChatId>,
    /// Why, in the words of the member who reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Title>,
    /// The room time at which it was made.
    pub at: RoomTime,
}

#[cfg(test)]
mod tests {
    use super::{Delay, Restriction};
    use crate::protocol::event::RoomEvent;

    #[test]
    fn a_delay_has_a_second_at_least_and_a_day_at_most() {
        for (seconds, is_one) in [(0, false), (1, true), (86_400, true), (86_401, false)] {
            assert_eq!(Delay::try_from(seconds).is_ok(), is_one, "{seconds}");
            let read = serde_json::from_str::<Delay>(&seconds.to_string());
            assert_eq!(read.is_ok(), is_one, "{seconds}");
        }
    }

    #[test]
    fn a_restriction_travels_flat() {
        let interval = Delay::try_from(30).ok();
        let rows = [
            (
                Restriction::SlowMode { interval },
                r#"{"type":"restricted","what":"slow_mode","interval":30}"#,
            ),
            (
                Restriction::Lock { locked: true },
                r#"{"type":"restricted","what":"lock","locked":true}"#,
            ),
            (
                Restriction::Newcomers { wait: None },
                r#"{"type":"restricted","what":"newcomers","wait":null}"#,
            ),
            (
                Restriction::ObserverChat { shown: true },
                r#"{"type":"restricted","what":"observer_chat","shown":true}"#,
            ),
        ];
        for (restriction, text) in rows {
            let event = RoomEvent::Restricted(restriction);
            assert_eq!(serde_json::to_string(&event).unwrap(), text);
            assert_eq!(serde_json::from_str::<RoomEvent>(text).unwrap(), event);
        }
    }
}
