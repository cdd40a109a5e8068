//! Which events a command, an arrival, a report or a deadline leads to. Servers only: what
//! is decided here is agreed on by the log and only then applied.

use super::committed::Room;
use super::deadline::Reason;
use super::reports::Reports;
use super::secrets::{PasswordHash, SecretEvent, TokenHash};
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::ephemeral::{MemberNotice, Reaction};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::MemberId;
use crate::protocol::member::Visibility;
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{RoomTime, Span};

/// When something is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Room time.
    pub now: RoomTime,
    /// How far ahead moves are scheduled, so that all members hear of them in time.
    pub lead: Span,
}

/// One thing that a decision leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decided {
    /// An event for the log.
    Event {
        /// What everyone may see.
        public: RoomEvent,
        /// What only servers may.
        private: Option<SecretEvent>,
    },
    /// A reaction for everyone who is here; not in the log.
    Reaction(Reaction),
    /// A word to the admins who are here; not in the log.
    ToAdmins(MemberNotice),
}

/// How a room is created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// Its title.
    pub title: Option<Title>,
    /// Who can find and enter it.
    pub visibility: Visibility,
    /// Its password's hash, for a private one.
    pub password: Option<PasswordHash>,
}

/// Someone who comes in. Passwords were checked before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The name wished for.
    pub name: MemberName,
    /// The hash of the token presented, if any.
    pub resume: Option<TokenHash>,
    /// The hash of the token that a new member gets.
    pub token: TokenHash,
    /// Whether they watch with a player.
    pub has_player: bool,
}

/// Who came in as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// What it leads to.
    pub decided: Vec<Decided>,
    /// For each arrival, in order: the member it is, and whether it returned by its token.
    pub members: Vec<(MemberId, bool)>,
}

/// The first events of a room.
#[must_use]
pub fn create(_creation: &Creation) -> Vec<Decided> {
    Vec::new()
}

/// Members come and go: one presence event for all of them, and what follows from it
/// (first admin, acting admins, succession, an emptied room that pauses).
#[must_use]
pub fn attend(
    _room: &Room,
    _arrivals: &[Arrival],
    _departures: &[Departure],
    _moment: Moment,
) -> Attendance {
    Attendance {
        decided: Vec::new(),
        members: Vec::new(),
    }
}

/// What a member's command leads to.
///
/// # Errors
/// [`Denied`] says why it changes nothing.
pub fn command(
    _room: &Room,
    _by: MemberId,
    _command: &Command,
    _moment: Moment,
) -> Result<Vec<Decided>, Denied> {
    Ok(Vec::new())
}

/// What a report of a member's player leads to.
#[must_use]
pub fn report(
    _room: &Room,
    _reports: &mut Reports,
    _by: MemberId,
    _report: &Report,
    _moment: Moment,
) -> Vec<Decided> {
    Vec::new()
}

/// What a deadline that has come leads to.
#[must_use]
pub fn deadline(_room: &Room, _reason: Reason, _moment: Moment) -> Vec<Decided> {
    Vec::new()
}

/// What it leads to that the room's log was opened anew.
#[must_use]
pub fn reopened(_room: &Room, _moment: Moment) -> Vec<Decided> {
    Vec::new()
}
