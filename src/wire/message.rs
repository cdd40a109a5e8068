//! The messages, as serde enums tagged by `type`: one JSON text frame each.
//!
//! The client opens with [`ClientMsg::Hello`]. The server answers with [`ServerMsg::Welcome`], or
//! with [`ServerMsg::Refused`] and closes. It answers every [`ClientMsg::Command`], even an invalid
//! one, with [`ServerMsg::Ok`] or [`ServerMsg::Denied`]. Unknown fields are ignored, and a message
//! of an unknown type is answered with [`ServerMsg::Error`], so that versions may differ by one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::protocol::cadence::Cadence;
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::{LivePlace, MemberNotice, Reaction};
use crate::protocol::event::Fact;
use crate::protocol::ids::{LogId, MemberId, NodeId, Rev, Seq};
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::room::state::RoomState;
use crate::wire::visit::Visit;

use super::hello::is_false;
pub use super::hello::{Create, Hello};

/// A message from a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMsg {
    /// The first message of a connection, due within 10 s.
    Hello(Box<Hello>),
    /// The first message of a connection that is no member's presence, instead of a hello.
    Visit(Box<Visit>),
    /// A command to the room, sent again under the same number until it is answered.
    Command {
        /// Its number among all commands of this member; a number that was answered is not carried
        /// out again.
        seq: Seq,
        /// What the member wants done.
        command: Command,
    },
    /// A request of the clock exchange.
    Ping {
        /// The client's local time of sending; the server echoes it without reading it.
        t0: LocalTime,
    },
    /// What the member's player says of the media, by itself. Never answered.
    Report {
        /// The facts, or the state of the player, as they are now.
        #[serde(flatten)]
        report: Report,
    },
    /// The member's playback health while a player runs: when it changes noticeably, and again as
    /// often as the [`Welcome::cadence`] says.
    Health(Health),
    /// Requests the whole state, after a gap in the revs. Answered with [`ServerMsg::State`].
    State,
    /// Leaves on purpose; the server closes the connection.
    Leave,
}

/// A member's playback health. Ephemeral, never in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Health {
    /// What the player does, as the client sees it.
    pub state: HealthState,
    /// The player's position minus the room's; `None` while it is not measured.
    #[serde(default)]
    pub error: Option<Span>,
    /// The bound on the error of the client's estimate of room time; `None` before the first
    /// exchange.
    #[serde(default)]
    pub bound: Option<Span>,
    /// How much media is buffered beyond the player's position; `None` if the player does not say.
    #[serde(default)]
    pub buffered: Option<Span>,
    /// The round-trip time to the server; the room schedules changes by it.
    #[serde(default)]
    pub round_trip: Option<Span>,
    /// The player's place in the broadcast, for live media that is not steered and whose time
    /// stamps are common to all (HLS without wall times). Omitted by versions up to 0.1.0, and by
    /// players that do not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LivePlace>,
}

/// The state of a member's playback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// There is no player, or it is not running.
    #[default]
    ChatOnly,
    /// The player's process is being started.
    Starting,
    /// Opening the media, not yet at its start position.
    Loading,
    /// In step: the measured error is within what the client tolerates.
    InStep,
    /// At the room's position, but the copy lacks its beginning or has more of it, and so shows
    /// other pictures at the same position.
    OtherPictures,
    /// At the end of a copy that is shorter than the room's position.
    CopyOver,
    /// Waiting for data that has not arrived in time.
    Buffering,
    /// The player's process does not answer.
    Frozen,
    /// The player cannot play this media; a [`Report::Failed`] has the reason.
    Failed,
    /// The member says that they are away from their screen.
    Away,
    /// Getting in step; also any state from a newer version that this one does not know.
    #[serde(other)]
    CatchingUp,
}

/// A message from a server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMsg {
    /// The client has joined the room. Where it created the room, that is durable.
    Welcome(Box<Welcome>),
    /// The hello was refused; the connection closes. A member who is sent away later finds the same
    /// code in the close frame's reason only.
    Refused(Reason),
    /// Events in the order of the log, without gaps.
    Events {
        /// Facts whose revs follow each other; the first follows the last one sent.
        events: Vec<Fact>,
    },
    /// The whole state: requested by the client, or sent because the member lists, which are
    /// shortened while a room is large, are complete again.
    State {
        /// The state as this member may see it.
        state: Box<RoomState>,
    },
    /// A command was carried out and committed.
    Ok {
        /// The number under which the command was sent.
        seq: Seq,
        /// The last event that it caused, or the room's last one if it caused none.
        rev: Rev,
    },
    /// A command was denied and changed nothing.
    Denied {
        /// The number under which the command was sent.
        seq: Seq,
        /// A [`Denied`] code, and the server's wording.
        #[serde(flatten)]
        reason: Reason,
    },
    /// The answer of the clock exchange.
    Pong {
        /// The time from the ping, unchanged.
        t0: LocalTime,
        /// The room time at which the ping arrived.
        t1: RoomTime,
        /// The room time at which the pong was sent.
        t2: RoomTime,
        /// The cadence from now on, in place of that of the welcome or of an earlier pong. Absent
        /// where it stays as it was, which is nearly always.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cadence: Option<Cadence>,
    },
    /// The reactions of the last 100 ms.
    Reactions {
        /// The reactions, each with its sender.
        reactions: Vec<Reaction>,
    },
    /// Everyone's playback health, sent when it has changed noticeably, but no more often than every
    /// 2 s, and again after 10 s; also to whoever has just joined. That a player stalls, freezes or
    /// fails, or does so no longer, is told at once, but no more often than every 250 ms, in rooms of
    /// more than 250 members less often.
    Health(HealthDigest),
    /// A message for some members only.
    Notice(MemberNotice),
    /// A frame was invalid: a [`FrameError`]. Too many of them close the connection.
    Error(Reason),
}

/// What a client needs to start in the room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Welcome {
    /// The member that the client is.
    pub you: MemberId,
    /// The token with which it can return as the same member.
    pub resume: String,
    /// The log to which the revs belong.
    pub log: LogId,
    /// The node that answers. Each node reads room time by a clock of its own, so a client measures it
    /// anew at another node.
    pub node: NodeId,
    /// The server's release, such as `0.1.0`.
    pub server: String,
    /// The largest frame that the server accepts, in bytes.
    pub max_frame: u32,
    /// The public address of the server's web page and invites, if configured.
    #[serde(default)]
    pub public_url: Option<String>,
    /// The server's own id, the same at each of its addresses and after a restart that keeps its
    /// rooms; at most 64 ASCII letters and digits. Anybody can repeat it, so alone it proves nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server_id: Option<String>,
    /// Whether this join created the room.
    #[serde(default)]
    pub created: bool,
    /// Whether the server runs in a member's own client and ends with it. Omitted by versions up to
    /// 0.1.0.
    #[serde(default, skip_serializing_if = "is_false")]
    pub hosted: bool,
    /// How often the client is to exchange clock times and to repeat its health, and how it comes back
    /// if the server loses it, until a [`ServerMsg::Pong`] says otherwise or it is welcomed again.
    /// Omitted by versions up to 0.1.0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<Cadence>,
    /// What the client lacks of the room, which it needs before any event.
    pub catch_up: CatchUp,
}

/// How a client that joins gets the room's state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CatchUp {
    /// Everything: the whole state.
    State(Box<RoomState>),
    /// The events after its `since`.
    Events(Vec<Fact>),
}

/// A code with its arguments, and the server's wording for clients that do not know the code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// The code: a [`Denied`], a [`Refused`] or a [`FrameError`].
    pub code: String,
    /// The code's arguments as JSON; null if it has none.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub args: Value,
    /// The server's wording, in English.
    pub text: String,
}

impl Reason {
    /// The code of a reason whose own code could not be serialised. All of ours can be. If one ever
    /// cannot, this code travels with the error as its argument, so that it appears in logs and
    /// clients still have the text.
    pub const UNWRITABLE: &str = "unwritable";

    /// Creates a reason from its code and text.
    #[must_use]
    pub fn new(code: &impl Serialize, text: String) -> Self {
        match serde_json::to_value(code).and_then(serde_json::from_value::<Coded>) {
            Ok(Coded { code, args }) => Self { code, args, text },
            Err(error) => Self {
                code: Self::UNWRITABLE.to_owned(),
                args: Value::from(error.to_string()),
                text,
            },
        }
    }

    /// The code as a [`Denied`]; `None` if this version does not know it.
    #[must_use]
    pub fn denied(&self) -> Option<Denied> {
        serde_json::from_value(self.as_value()).ok()
    }

    /// The code as a [`Refused`]; `None` if this version does not know it.
    #[must_use]
    pub fn refused(&self) -> Option<Refused> {
        serde_json::from_value(self.as_value()).ok()
    }

    /// The code as a [`FrameError`]; `None` if this version does not know it.
    #[must_use]
    pub fn frame_error(&self) -> Option<FrameError> {
        serde_json::from_value(self.as_value()).ok()
    }

    fn as_value(&self) -> Value {
        if self.args.is_null() {
            serde_json::json!({"code": self.code})
        } else {
            serde_json::json!({"code": self.code, "args": self.args})
        }
    }
}

/// A code in the form in which serde writes it.
#[derive(Deserialize)]
struct Coded {
    code: String,
    #[serde(default)]
    args: Value,
}

/// Why a frame was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum FrameError {
    /// It is larger than the server accepts.
    FrameTooLarge {
        /// The largest size accepted, in bytes.
        limit: u32,
    },
    /// It is not JSON, not a known message, or a field is invalid.
    BadFrame,
    /// A second `hello` on a connection that has joined.
    AlreadyHere,
}

/// How everyone's playback is doing: counts, and the members worst off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct HealthDigest {
    /// How many are in step.
    pub in_step: u32,
    /// How many are getting in step or opening the media.
    pub catching_up: u32,
    /// How many have trouble: buffering, frozen, failed, or with a copy that differs from the
    /// room's.
    pub in_trouble: u32,
    /// How many have no player, are away, or reported nothing for two and a half times as long as they
    /// were told.
    pub chat_only: u32,
    /// The twenty members with the worst health, worst first; in small rooms everyone.
    pub worst: Vec<(MemberId, Health)>,
    /// How many watch the room from outside.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub observers: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use serde::ser::Error as _;
    use serde::{Serialize, Serializer};

    use super::{FrameError, Reason};

    struct Broken;

    impl Serialize for Broken {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(S::Error::custom("it has no form"))
        }
    }

    #[test]
    fn a_code_that_cannot_be_written_shows_and_keeps_its_words() {
        for reason in [
            Reason::new(&Broken, "words".to_owned()),
            Reason::new(&7, "words".to_owned()),
        ] {
            assert_eq!(reason.code, Reason::UNWRITABLE);
            assert!(reason.args.is_string() && reason.text == "words");
            assert_eq!((reason.denied(), reason.refused()), (None, None));
        }
        let known = Reason::new(&FrameError::FrameTooLarge { limit: 9 }, String::new());
        assert_eq!(known.code, "frame_too_large");
        assert_eq!(known.args, serde_json::json!({"limit": 9}));
    }
}
