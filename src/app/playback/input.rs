//! The inputs of the playback machine, and the view that it may read.

use super::own_request::OwnRequest;
use crate::app::output::Why;
use crate::media::Media;
use crate::protocol::cadence::Cadence;
use crate::protocol::ids::MemberId;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::room::state::RoomState;
use crate::sync::PongTimes;
use crate::sync::player::PlayerEvent;
use crate::wire::message::HealthDigest;

/// Something that happened, or that the member asks of the own player.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) enum PlaybackInput {
    /// The client begins: says what the player does.
    Begin,
    /// The player reports something.
    Player(PlayerEvent),
    /// The room's timeline may have changed; it is read from the view.
    TimelineChanged {
        /// Whether the change was made in this very player's window, which is left alone.
        own: bool,
    },
    /// There is no room any more, or another one is about to be known.
    LeftRoom,
    /// The server let the client in; nothing is known yet of what happened meanwhile.
    Connected {
        /// Whether it is the same node as before: another one has another clock.
        same_node: bool,
    },
    /// The server lets the client in, and says how often to exchange clock times and to repeat the
    /// member's health.
    Cadence(Cadence),
    /// The room is known again, and the member's health is sent to it from now on.
    Joined,
    /// What was looked up of the room that is entered next.
    TrustFound {
        /// Whether the member trusts its links.
        trusted: bool,
        /// When the room was created of which the member said so; `None` if that is not known.
        created: Option<RoomTime>,
    },
    /// The member trusts the links of this room from now on, or no longer.
    Trust(bool),
    /// The member brings this link into the room.
    Brought(Media),
    /// The connection is gone.
    Disconnected,
    /// The answer to a ping.
    Pong(PongTimes),
    /// The machine was suspended.
    Suspended,
    /// The room answered the oldest `PlaybackOutput::Command`, or will not.
    Answered(Result<(), Why>),
    /// The line of this number wants another try (`/retry`).
    Retry {
        /// The line's number.
        line: u64,
        /// Whether the client connects again because of it.
        reconnects: bool,
    },
    /// The line of this number asks something of what is the member's own in the player.
    Own {
        /// The line's number.
        line: u64,
        /// What it asks.
        request: OwnRequest,
    },
    /// What is kept as the offset of this sound device; `None` if nothing is.
    OffsetFound {
        /// The device, as the player names it.
        device: String,
        /// How late it is (negative: early).
        offset: Option<Span>,
    },
    /// The member goes away, or comes back (`/away`).
    ToggleAway,
    /// The member wants to read all decisions once more (`/why`).
    RepeatDecisions,
    /// The member reads another language from now on: what stands in the empty window is worded
    /// anew.
    LanguageChanged,
    /// An event was handled: says the number that is due, if the room counts down.
    CountDown,
    /// The time that the machine named as its next deadline has come.
    Deadline,
}

/// What the playback machine reads of the rest of the client.
#[derive(Debug, Clone, Copy)]
pub(in crate::app) struct PlaybackView<'a> {
    /// The time of the event that is being handled.
    pub(in crate::app) now: LocalTime,
    /// The room as it is known, also while the connection is away.
    pub(in crate::app) room: Option<&'a RoomState>,
    /// The own number in it.
    pub(in crate::app) me: Option<MemberId>,
    /// Everybody's playback health, as the server last reported it.
    pub(in crate::app) health: Option<&'a HealthDigest>,
    /// Whether the server takes messages.
    pub(in crate::app) is_joined: bool,
}
