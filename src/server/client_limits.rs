//! The limits that a client meets: rates, sizes and times. What counts them takes the figures from
//! here, and watchtogether-protocol(7) has its table of limits from [`table`].
//!
//! The rates are judgement: several times what a lively member does by hand.

use std::time::Duration;

use crate::media::MAX_LINK_BYTES;
use crate::protocol::emote::EmoteText;
use crate::protocol::member::Member;
use crate::protocol::secret::Password;
use crate::protocol::text::{ChatText, MemberName, Title};
use crate::room::queue::Queue;
use crate::wire::codec::MAX_CLIENT_FRAME;

/// So much at once, and then so much per second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The most at once.
    pub at_once: u32,
    /// How much comes back per second.
    pub per_second: f64,
}

impl Rate {
    /// So much at once, and so much per second.
    const fn new(at_once: u32, per_second: f64) -> Self {
        Self {
            at_once,
            per_second,
        }
    }

    /// The rate of so many together.
    pub(super) fn times(self, many: u32) -> Self {
        Self::new(self.at_once * many, self.per_second * f64::from(many))
    }
}

/// Commands of a connection: at once as many as a client may send again after a reconnect
/// (`Member::ANSWERED_KEPT`).
pub(super) const COMMANDS: Rate = Rate::new(32, 10.0);
/// All frames of a connection, clock exchanges and reports included.
pub(super) const FRAMES: Rate = Rate::new(100, 50.0);
/// Whole states for a connection.
pub(super) const STATES: Rate = Rate::new(4, 0.5);
/// Reports of a player, which may hold the room or become events.
pub(super) const PLAYER_REPORTS: Rate = Rate::new(4, 1.0);
/// Invalid frames that are answered. One in 10 s is forgiven, so that a newer client's rare new
/// message does no harm.
pub(super) const BAD_FRAMES: Rate = Rate::new(8, 0.1);
/// A member's lines that everybody reads.
pub(super) const LINES: Rate = Rate::new(8, 1.0);
/// A member's reactions.
pub(super) const REACTIONS: Rate = Rate::new(10, 5.0);
/// A member's reports of other members.
pub(super) const MEMBER_REPORTS: Rate = Rate::new(3, 1.0 / 60.0);
/// How many members' quotas the viewers at one address have together (judgement: a lively household
/// or office).
pub(super) const MEMBERS_AT_AN_ADDRESS: u32 = 4;
/// A member's returns, which everybody sees: as often as a bad network breaks in a minute.
pub(super) const RETURNS: Rate = Rate::new(12, 1.0 / 3.0);
/// Rooms that an address creates.
pub(super) const CREATIONS: Rate = Rate::new(10, 1.0 / 30.0);
/// New members of one room from an address.
pub(super) const JOINS: Rate = Rate::new(40, 0.5);
/// Wrong passwords from an address.
pub(super) const GUESSES: Rate = Rate::new(10, 0.1);
/// How long a new socket may take to send its hello.
pub(super) const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// A socket from which no byte came for so long is dead: it is pinged each 20 s, so two pings went
/// unanswered.
pub(super) const SILENCE: Duration = Duration::from_secs(45);

/// How much a limit allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Allowed {
    /// A rate.
    Rate(Rate),
    /// Bytes.
    Bytes(usize),
    /// Unicode code points.
    Characters(usize),
    /// A number of things.
    Count(usize),
    /// A time.
    Time(Duration),
}

/// A limit that a client meets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClientLimit {
    /// What is limited, for people.
    pub name: &'static str,
    /// How much is allowed.
    pub allowed: Allowed,
    /// What happens beyond it: mostly a code of the wire.
    pub beyond: &'static str,
    /// The field of the welcome that tells it, if one does.
    pub told_as: Option<&'static str>,
}

/// Every limit that a client meets and no operator sets, in the order of the page.
#[must_use]
pub fn table() -> Vec<ClientLimit> {
    let mut all = rates();
    all.extend(sizes());
    all
}

const fn limit(name: &'static str, allowed: Allowed, beyond: &'static str) -> ClientLimit {
    ClientLimit {
        name,
        allowed,
        beyond,
        told_as: None,
    }
}

fn rates() -> Vec<ClientLimit> {
    let rate = |name, rate, beyond| limit(name, Allowed::Rate(rate), beyond);
    let viewers = Allowed::Count(MEMBERS_AT_AN_ADDRESS as usize);
    vec![
        rate("Commands of a connection", COMMANDS, "denied as too_fast"),
        rate(
            "Lines of a member that others read",
            LINES,
            "denied as too_fast",
        ),
        rate("Reactions of a member", REACTIONS, "denied as too_fast"),
        rate(
            "Reports of other members",
            MEMBER_REPORTS,
            "denied as too_fast",
        ),
        limit(
            "Members whose lines, reactions and reports all viewers at one network address have together",
            viewers,
            "denied as too_fast",
        ),
        rate(
            "Frames of a connection, clock exchanges and reports included",
            FRAMES,
            "read later",
        ),
        rate("States on request", STATES, "answered later"),
        rate(
            "Reports of a player",
            PLAYER_REPORTS,
            "taken later, the newest of each kind",
        ),
        rate(
            "Invalid frames",
            BAD_FRAMES,
            "the connection is closed as bad_frames",
        ),
        rate("Returns of a member", RETURNS, "refused as too_many_joins"),
        rate(
            "New rooms from one network address",
            CREATIONS,
            "refused as too_many_rooms",
        ),
        rate(
            "New members of one room from one network address",
            JOINS,
            "refused as too_many_joins",
        ),
        rate(
            "Wrong passwords from one network address",
            GUESSES,
            "refused as too_many_tries",
        ),
    ]
}

fn sizes() -> Vec<ClientLimit> {
    let characters =
        |name, most| limit(name, Allowed::Characters(most), "denied as not_understood");
    let bytes = |name, most, beyond| limit(name, Allowed::Bytes(most), beyond);
    vec![
        ClientLimit {
            told_as: Some("max_frame"),
            ..bytes(
                "A frame of a client",
                MAX_CLIENT_FRAME,
                "an error, frame_too_large",
            )
        },
        characters("A member's name", MemberName::MAX_CHARS),
        characters("A line of chat", ChatText::MAX_CHARS),
        characters("A title", Title::MAX_CHARS),
        characters("What stands for an emote", EmoteText::MAX_CHARS),
        bytes("A link", MAX_LINK_BYTES, "denied as not_understood"),
        bytes(
            "A password",
            Password::MAX_BYTES,
            "refused as password_too_long",
        ),
        limit(
            "Entries of a queue beyond which none can be proposed",
            Allowed::Count(Queue::MAX_ENTRIES),
            "denied as queue_full",
        ),
        limit(
            "Proposals of a member that wait",
            Allowed::Count(Queue::MAX_PROPOSALS),
            "denied as too_many_proposals",
        ),
        limit(
            "Proposals that wait of all viewers at one network address",
            Allowed::Count(Queue::MAX_PROPOSALS_THERE),
            "denied as too_many_proposals_there",
        ),
        limit(
            "Unanswered commands that count once when they are sent again",
            Allowed::Count(Member::ANSWERED_KEPT),
            "a command may be carried out again",
        ),
        limit(
            "Until the hello",
            Allowed::Time(HELLO_WITHIN),
            "the connection is closed as no_hello",
        ),
        limit(
            "Silence of a connection",
            Allowed::Time(SILENCE),
            "the connection is closed",
        ),
    ]
}
