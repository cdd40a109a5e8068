//! The messages, as serde enums tagged by `type`: one JSON text frame each.
//!
//! The client opens with [`ClientMsg::Hello`]; the server answers [`ServerMsg::Welcome`], or
//! [`ServerMsg::Refused`] and closes. Every [`ClientMsg::Command`] is answered by
//! [`ServerMsg::Ok`] or [`ServerMsg::Denied`], also one that is not understood. Unknown fields
//! are ignored; a message of an unknown type is answered by [`ServerMsg::Error`], so that versions may differ by one.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::protocol::command::{Command, Report};
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::ephemeral::{LivePlace, MemberNotice, Reaction};
use crate::protocol::event::Fact;
use crate::protocol::ids::{LogId, MemberId, NodeId, Rev, RoomId, Seq};
use crate::protocol::member::Visibility;
use crate::protocol::text::{self, MemberName, Title};
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::room::state::RoomState;

/// What a client sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMsg {
    /// The first frame.
    Hello(Box<Hello>),
    /// Something asked of the room.
    Command {
        /// Its number among all commands of this member.
        seq: Seq,
        /// What.
        command: Command,
    },
    /// The clock exchange.
    Ping {
        /// The client's time of sending; comes back unread.
        t0: LocalTime,
    },
    /// What the member's player tells.
    Report {
        /// What.
        #[serde(flatten)]
        report: Report,
    },
    /// How the member is doing, every two seconds while a player runs.
    Health(Health),
    /// Asks for the whole state, after a gap in the revs.
    State,
    /// Leaves on purpose; the server closes.
    Leave,
}

/// Who comes, and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The version of this protocol that the client speaks.
    pub protocol: u32,
    /// Which room. It is created if there is none, but never for who comes with `resume`.
    pub room: RoomId,
    /// The name wished for. The server leaves out what names do not have, and the room may add
    /// a number to it.
    #[serde(deserialize_with = "text::deserialize_wished")]
    pub name: MemberName,
    /// The password of a private room, or the one to create it with: a room that is created
    /// with a password is private, whatever `create` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The token of an earlier welcome, which makes the client the member it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resume: Option<String>,
    /// The token that the client chose, and kept, before it connected: a new member gets it,
    /// so that the same hello again, after a welcome that was lost, is the same member and not
    /// another. 128 random bits as 32 hexadecimal digits; versions up to 0.1.0 leave it out,
    /// and the server chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The log whose events the client has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogId>,
    /// The last event it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Rev>,
    /// How to create the room, should there be none.
    #[serde(default)]
    pub create: Create,
    /// Whether it watches with a player.
    #[serde(default)]
    pub has_player: bool,
}

/// How a room is created.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Create {
    /// Its title.
    #[serde(default)]
    pub title: Option<Title>,
    /// Who can find and enter it.
    #[serde(default)]
    pub visibility: Visibility,
}

/// How a member is doing. Ephemeral, never in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Health {
    /// What their player does.
    pub state: HealthState,
    /// Player minus timeline, if it is being measured.
    #[serde(default)]
    pub error: Option<Span>,
    /// The bound of the clock's error.
    #[serde(default)]
    pub bound: Option<Span>,
    /// What is buffered ahead.
    #[serde(default)]
    pub buffered: Option<Span>,
    /// The round trip to the server.
    #[serde(default)]
    pub round_trip: Option<Span>,
    /// Where in the broadcast their player is, of live media that is not steered and whose
    /// time stamps everybody shares (HLS without wall times). Versions up to 0.1.0 leave it
    /// out, and so does whoever cannot tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LivePlace>,
}

/// What a member's player does, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// No player, or none that runs.
    #[default]
    ChatOnly,
    /// Opening the video.
    Loading,
    /// In step with the room.
    InStep,
    /// As far as the room, but the copy of the video lacks its beginning, or has more of it: it
    /// shows other pictures at the same time.
    OtherPictures,
    /// At the end of a shorter copy, beyond which the room is.
    CopyOver,
    /// Waiting for data.
    Buffering,
    /// The player does not answer.
    Frozen,
    /// The player cannot play this video.
    Failed,
    /// The member said that they are away.
    Away,
    /// On the way to be in step; also what a newer version says and this one does not know.
    #[serde(other)]
    CatchingUp,
}

/// What a server sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerMsg {
    /// The client is in the room.
    Welcome(Box<Welcome>),
    /// The client is not let in, or let go; the connection closes.
    Refused(Reason),
    /// What happened, in the order of the log, without gaps.
    Events {
        /// The events.
        events: Vec<Fact>,
    },
    /// The whole state: as asked for, or because the lists of members, shortened while the
    /// room was large, are whole again.
    State {
        /// The room.
        state: Box<RoomState>,
    },
    /// A command was carried out, and is on record.
    Ok {
        /// Which.
        seq: Seq,
        /// The last event it led to.
        rev: Rev,
    },
    /// A command changed nothing.
    Denied {
        /// Which.
        seq: Seq,
        /// Why.
        #[serde(flatten)]
        reason: Reason,
    },
    /// The answer to a ping.
    Pong {
        /// The client's time of sending.
        t0: LocalTime,
        /// Room time of its arrival.
        t1: RoomTime,
        /// Room time of the answer.
        t2: RoomTime,
    },
    /// Reactions of the last 100 ms.
    Reactions {
        /// Who sent what.
        reactions: Vec<Reaction>,
    },
    /// How everyone is doing, every two seconds.
    Health(HealthDigest),
    /// Something that the room lets some members know.
    Notice(MemberNotice),
    /// A frame made no sense.
    Error(Reason),
}

/// What a client needs to be in the room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Welcome {
    /// Who the client is.
    pub you: MemberId,
    /// The token with which it comes back as the same member.
    pub resume: String,
    /// The log whose revs follow.
    pub log: LogId,
    /// The node whose time it is.
    pub node: NodeId,
    /// The server's version.
    pub server: String,
    /// The largest frame that the server takes, in bytes.
    pub max_frame: u32,
    /// Where the web page and invites of this server are, if it knows.
    #[serde(default)]
    pub public_url: Option<String>,
    /// Whether the room was created by this join.
    #[serde(default)]
    pub created: bool,
    /// What the client lacks.
    pub catch_up: CatchUp,
}

/// What a client lacks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatchUp {
    /// Everything.
    State(Box<RoomState>),
    /// The events after its `since`.
    Events(Vec<Fact>),
}

/// A code with its arguments, and the server's own words for clients that do not know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The code: a [`Denied`], a [`Refused`] or a [`FrameError`].
    pub code: String,
    /// Its arguments.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub args: Value,
    /// The server's words.
    pub text: String,
}

impl Reason {
    /// The code of a reason whose own could not be serialised. None of ours fails to be; should
    /// one, this code travels with the error as its argument, so that it shows in logs and
    /// clients still have the words.
    pub const UNWRITABLE: &str = "unwritable";

    /// A reason from its code and its words.
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

    /// The code as a [`Denied`], if this version knows it.
    #[must_use]
    pub fn denied(&self) -> Option<Denied> {
        serde_json::from_value(self.as_value()).ok()
    }

    /// The code as a [`Refused`], if this version knows it.
    #[must_use]
    pub fn refused(&self) -> Option<Refused> {
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

/// A code as serde writes it.
#[derive(Deserialize)]
struct Coded {
    code: String,
    #[serde(default)]
    args: Value,
}

/// Why a frame was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "args", rename_all = "snake_case")]
pub enum FrameError {
    /// It is larger than the server takes.
    FrameTooLarge {
        /// The largest, in bytes.
        limit: u32,
    },
    /// It is no valid message.
    BadFrame,
    /// A second `hello`.
    AlreadyHere,
}

/// How everyone is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HealthDigest {
    /// How many are in step.
    pub in_step: u32,
    /// How many are on the way.
    pub catching_up: u32,
    /// How many have trouble: buffering, frozen, failed, or with another copy than the room's.
    pub in_trouble: u32,
    /// How many only chat.
    pub chat_only: u32,
    /// The twenty who are worst off, the worst first; in small rooms everyone.
    pub worst: Vec<(MemberId, Health)>,
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
