//! The messages that the nodes of a server send each other about a room.

use serde::{Deserialize, Serialize};

use crate::protocol::command::Report;
use crate::protocol::ephemeral::{MemberNotice, Reaction};
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::time::Span;
use crate::room::reports::{PlayerProcess, Reports};
use crate::wire::message::HealthDigest;

/// The most observers of a room (judgement: some status bars and bots; each costs as much as a
/// member).
pub(super) const MOST_OBSERVERS: u32 = 100;

/// A message to the other nodes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NodeMessage {
    /// Reactions of the node's members, as its own get them.
    Reactions(Vec<Reaction>),
    /// What a player of one of its members reports.
    Report {
        /// The member.
        member: MemberId,
        /// What is reported.
        report: Report,
        /// The last event that the node knows: the report may be about what that brought.
        rev: Rev,
    },
    /// Whether a player of one of its members runs.
    Process {
        /// The member.
        member: MemberId,
        /// The state of the player's process.
        process: PlayerProcess,
    },
    /// How its members are doing.
    Health(NodeHealth),
    /// Asks for [`Self::Health`]: the node was cut off, and has missed what was told.
    AskHealth,
    /// A notice to members who are connected elsewhere.
    Notice {
        /// The members.
        to: Vec<MemberId>,
        /// What they are told.
        notice: MemberNotice,
    },
    /// What the server's operator has to say to everyone.
    Announcement(MemberNotice),
    /// Somebody tried a password or an invite, for which all addresses together are counted.
    Guess,
    /// The one who tried was right.
    GuessWasRight,
    /// Asks for [`Self::Reports`]: the node has just begun to run the room.
    AskReports,
    /// What all players have reported.
    Reports(Box<Reports>),
}

/// How the members of one node are doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NodeHealth {
    /// The digest of the node's own members.
    pub(super) digest: HealthDigest,
    /// The round trip that nine of ten of them do not exceed, if any is known.
    pub(super) round_trip: Option<Span>,
    /// Whether any of them reports, or anybody watches from outside: else the digest only counts
    /// them, and keeps no other node telling.
    pub(super) reports: bool,
}
