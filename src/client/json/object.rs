//! The objects of `--json`, one a line: their types, and their fields in order.

use serde::Serialize;

use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{ChatId, EntryId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::protocol::text::{ChatText, Emoji, MemberName, Title};

/// The objects, with their fields in the order in which they are written.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Object<'a> {
    Joined {
        room: &'a RoomId,
        you: You<'a>,
        server: &'a str,
        /// In seconds, once everybody has left.
        kept_for: f64,
    },
    Viewers {
        count: u32,
    },
    Member {
        id: MemberId,
        name: &'a MemberName,
        role: Role,
        change: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<&'a MemberName>,
        #[serde(skip_serializing_if = "Option::is_none")]
        was: Option<&'a MemberName>,
    },
    Chat {
        id: ChatId,
        from: &'a MemberName,
        text: &'a ChatText,
        /// The text with the room's emotes in it, if it has any.
        #[serde(skip_serializing_if = "Option::is_none")]
        spelled: Option<&'a str>,
        at: f64,
        history: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        removed_by: Option<&'a MemberName>,
    },
    ChatRemoved {
        id: ChatId,
        by: &'a MemberName,
    },
    Reaction {
        from: &'a MemberName,
        emoji: &'a Emoji,
    },
    Media {
        kind: Option<&'a str>,
        url: Option<String>,
        name: Option<String>,
        title: Option<&'a Title>,
        duration: Option<f64>,
        epoch: Epoch,
        #[serde(skip_serializing_if = "Option::is_none")]
        started_by: Option<&'a MemberName>,
        #[serde(skip_serializing_if = "Option::is_none")]
        in_lobby: Option<bool>,
    },
    Timeline {
        position: f64,
        paused: bool,
        held: bool,
        rate: f64,
        rev: Rev,
        at: f64,
        start: f64,
    },
    Queue {
        entries: Vec<EntryRow<'a>>,
    },
    Player {
        state: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<&'static str>,
        text: String,
    },
    Sync {
        state: &'static str,
        error_ms: Option<f64>,
        bound_ms: Option<f64>,
        speed: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        apart: Option<f64>,
    },
    Decision {
        action: &'static str,
        cause: &'static str,
        at: Option<f64>,
        #[serde(rename = "film")]
        position: Option<f64>,
        to: Option<f64>,
        error_ms: Option<f64>,
        bound_ms: Option<f64>,
        state: &'static str,
        asked: bool,
        text: String,
    },
    Gate {
        waiting_for: Vec<&'a MemberName>,
        at_most: f64,
    },
    Connection {
        state: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        text: String,
    },
    Ok {
        line: u64,
        rev: Rev,
        /// The entry that a link of `add` became.
        #[serde(skip_serializing_if = "Option::is_none")]
        entry: Option<EntryId>,
        /// Whether that link plays, or waits as an approved or a proposed entry.
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<&'static str>,
    },
    Denied {
        line: u64,
        code: String,
        text: String,
    },
    Notice {
        code: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<FailureCode>,
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<&'a str>,
        /// The room time of a set start, in seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        start: Option<f64>,
        text: String,
    },
}

/// Who the client is.
#[derive(Serialize)]
pub(super) struct You<'a> {
    pub(super) id: MemberId,
    pub(super) name: &'a MemberName,
    pub(super) role: Role,
}

/// What waits in the queue; `id` is what `/approve` takes.
#[derive(Serialize)]
pub(super) struct EntryRow<'a> {
    pub(super) id: EntryId,
    pub(super) title: Option<&'a Title>,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) kind: &'a str,
    pub(super) by: &'a MemberName,
    /// How long it is, in seconds, if anyone has learned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration: Option<f64>,
    pub(super) state: EntryState,
}
