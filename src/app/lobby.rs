//! The lobby as the member sees it: who is ready, and when the media starts by their own clock.

use super::output::Person;
use super::time_of_day::ClockTime;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;
use crate::wire::message::HealthState;

/// The lobby of a room, for whoever reads of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LobbyView {
    /// When the media starts; `None` if no rule says so, since nothing is on yet.
    pub start: Option<LobbyStart>,
    /// Whether media waits in it.
    pub holds_media: bool,
    /// Those who are here and ready, in the order in which members are shown.
    pub ready: Vec<Person>,
    /// Those who are here and not ready, and how their players do if that keeps them.
    pub not_yet: Vec<(Person, Option<HealthState>)>,
    /// Whether the reader is ready.
    pub is_ready: bool,
}

/// When the media starts, in the terms of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LobbyStart {
    /// When the reader says so.
    You,
    /// When an admin says so, by name if one is here.
    Admin(Option<MemberName>),
    /// When so many are ready.
    Ready(u32),
    /// When everybody is.
    AllReady,
    /// As soon as somebody's player has opened it: enough are ready.
    Opened,
    /// At a time by the reader's clock, so long from now.
    At(ClockTime, Span),
}

impl LobbyView {
    /// How many are to be ready: as many as the rule names, else everybody.
    #[must_use]
    pub fn wanted(&self) -> usize {
        let all = self.ready.len() + self.not_yet.len();
        match self.start {
            Some(LobbyStart::Ready(count)) => usize::try_from(count).unwrap_or(all),
            _ => all,
        }
    }
}
