//! Notices about the start of the media that waits in the lobby.

use strum::IntoStaticStr;

use super::person::Person;
use crate::app::time_of_day::ClockTime;
use crate::protocol::lobby::{StartCause, StartRule};

/// A notice about a start. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum LobbyNotice {
    /// The media starts, after a countdown.
    Starts {
        /// The admin who said so; `None` if the room starts it by itself.
        who: Option<Person>,
        /// Whether an admin said so, members are ready or the time has come.
        why: StartCause,
        /// Whether the reader may stop it.
        may_pause: bool,
    },
    /// Media waits for a start in the room that the reader enters, or the next one will.
    Waits {
        /// The rule that holds.
        start: StartRule,
        /// What the reader's clock shows at the time that the rule names. The app adds it.
        clock: Option<ClockTime>,
        /// How many are ready.
        ready: usize,
        /// Whether nothing is on: the rule is for what comes on next.
        for_next: bool,
    },
    /// When the media starts was set.
    StartSet {
        /// The admin who set it.
        who: Person,
        /// The rule that holds now.
        start: StartRule,
        /// What the reader's clock shows at the time that the rule names. The app adds it.
        clock: Option<ClockTime>,
        /// Whether nothing is on: the rule is for what comes on next.
        for_next: bool,
        /// Whether the reader may put something on.
        may_play: bool,
    },
    /// The start that was set was called off, and nothing waits for one any more.
    StartOff {
        /// The admin who called it off.
        who: Person,
        /// Whether media waited in the lobby; it is paused now.
        waited: bool,
        /// Whether the reader may play it.
        may_resume: bool,
    },
    /// Other media came into the lobby: who was ready for the one before says so again.
    ReadyAgain,
    /// The time of a start has passed, with nobody here or nothing on.
    StartMissed {
        /// Whether the reader may start the media.
        may_start: bool,
    },
}
