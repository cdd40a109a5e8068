//! The objects of `--json`, one a line: their types, and their fields in order. Their docs are what
//! watchtogether-json(7) and its schema say.

use schemars::JsonSchema;
use serde::Serialize;

use crate::protocol::failure::FailureCode;
use crate::protocol::ids::{ChatId, EntryId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::Role;
use crate::protocol::playback::EntryState;
use crate::protocol::text::{ChatText, Emoji, MemberName, Title};

/// A line of `join --json`.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(in crate::client) enum Object<'a> {
    /// The client has joined a room; again after each return. First the state of the room follows:
    /// `media`, `timeline`, `queue`, and the lines of `chat` with `history`.
    Joined {
        /// The room's name in links.
        room: &'a RoomId,
        /// Who the client is in it; not there for `watch`, which joins nothing.
        #[serde(skip_serializing_if = "Option::is_none")]
        you: Option<You<'a>>,
        /// The server's address.
        server: &'a str,
        /// How long the room is kept once everyone has left, in seconds.
        kept_for: f64,
    },
    /// How many are in the room.
    Viewers {
        /// Their number, with this client.
        count: u32,
    },
    /// How many watch the room from outside, with `watchtogether watch`.
    Observers {
        /// Their number.
        count: u32,
    },
    /// Something has changed about one member.
    Member {
        /// The member's number, which commands take with a `#`.
        id: MemberId,
        /// Their name, after the change.
        name: &'a MemberName,
        /// Their role, after the change.
        role: Role,
        /// What has changed: `joined`, `left`, `removed`, `renamed`, `role`, `muted`, `unmuted`,
        /// `not_waited_for`, `waited_for`, `ready` or `not_ready`.
        change: &'static str,
        /// Who decided it, where that was somebody else.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<&'a MemberName>,
        /// The name before, if they were renamed.
        #[serde(skip_serializing_if = "Option::is_none")]
        was: Option<&'a MemberName>,
    },
    /// A line of chat.
    Chat {
        /// Its number, by which it can be erased.
        id: ChatId,
        /// Its author's name at that time.
        from: &'a MemberName,
        /// The text as it was written.
        text: &'a ChatText,
        /// The text with the room's emotes in it, if it has any.
        #[serde(skip_serializing_if = "Option::is_none")]
        spelled: Option<&'a str>,
        /// When it was sent, in seconds of room time since the Unix epoch.
        at: f64,
        /// Whether it was sent before the client joined.
        history: bool,
        /// Who erased it, if it was erased; the text is empty then.
        #[serde(skip_serializing_if = "Option::is_none")]
        removed_by: Option<&'a MemberName>,
    },
    /// A line of chat was erased.
    ChatRemoved {
        /// Its number.
        id: ChatId,
        /// Who erased it.
        by: &'a MemberName,
    },
    /// A reaction, which nobody keeps.
    Reaction {
        /// Who sent it.
        from: &'a MemberName,
        /// One emoji.
        emoji: &'a Emoji,
    },
    /// What is on; without media, only `epoch` is not null.
    Media {
        /// The kind of link in a word: `YouTube`, `MP4`.
        kind: Option<&'a str>,
        /// The link.
        url: Option<String>,
        /// The title, or else the name in the link.
        name: Option<String>,
        /// The title, once a player has told it.
        title: Option<&'a Title>,
        /// The length in seconds; null if it is live, or not known yet.
        duration: Option<f64>,
        /// The media's number in the room, one more with each that comes on.
        epoch: Epoch,
        /// Who played it right away, past the queue.
        #[serde(skip_serializing_if = "Option::is_none")]
        started_by: Option<&'a MemberName>,
        /// True while it waits for its start in the lobby.
        #[serde(skip_serializing_if = "Option::is_none")]
        in_lobby: Option<bool>,
    },
    /// How time runs in the media from now on: at room time t the position is `position` before
    /// `start`, and then `position + (t - start) * rate` unless it is paused or held.
    Timeline {
        /// The position at `start`, in seconds.
        position: f64,
        /// Whether it is paused.
        paused: bool,
        /// Whether it waits for a slow player.
        held: bool,
        /// The rate; 1 is normal speed.
        rate: f64,
        /// The number of the room's last event.
        rev: Rev,
        /// When this line holds, in seconds of room time.
        at: f64,
        /// From when the position moves, in seconds of room time.
        start: f64,
    },
    /// The whole queue, whenever it has changed.
    Queue {
        /// The entries in the order in which they would play, proposals among them.
        entries: Vec<EntryRow<'a>>,
    },
    /// What this client's player does.
    Player {
        /// `missing`, `starting`, `idle`, `loading`, `playing`, `paused`, `buffering`, `reading_on`,
        /// `frozen`, `closed`, or `refused` if it does not play the media.
        state: &'static str,
        /// Why it does not play the media: `policy` if this computer may not open the link, else
        /// what went wrong, such as `gone`, `busy`, `web_page`, `certificate`, or for yt-dlp
        /// `resolver_missing` and others that begin with `resolver_`.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<&'static str>,
        /// The same for people.
        text: String,
    },
    /// How far this client's player is from the room.
    Sync {
        /// `idle`, `loading`, `holding` (in step), `nudging` (its speed is bent a little), `seeking`,
        /// `buffering`, `reading_on`, `waiting` (for someone), `ahead` or `unsynced`.
        state: &'static str,
        /// The player's position minus the room's, in milliseconds.
        error_ms: Option<f64>,
        /// The bound on the error of the client's estimate of room time, in milliseconds.
        bound_ms: Option<f64>,
        /// The speed at which the player plays; 1 is normal.
        speed: f64,
        /// Why it is not kept in step, while it is not.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'static str>,
        /// For live media that cannot be kept in step: the largest distance between two members'
        /// players, in seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        apart: Option<f64>,
    },
    /// What was done about this client's player, and why; `/why` repeats the last hundred.
    Decision {
        /// What was done: `load`, `seek`, `pause`, `play`, `rate`, `bend`, `straight`, `back_off` or
        /// `give_up`.
        action: &'static str,
        /// Why, such as `joined`, `room_paused`, `room_jumped`, `drift` or `data_late`.
        cause: &'static str,
        /// When, in seconds of room time; null before it is known.
        at: Option<f64>,
        /// Where the room was in the media, in seconds.
        #[serde(rename = "film")]
        position: Option<f64>,
        /// A position in seconds for `load` and `seek`, a speed for `rate` and `bend`.
        to: Option<f64>,
        /// As in `sync`, at that moment.
        error_ms: Option<f64>,
        /// As in `sync`, at that moment.
        bound_ms: Option<f64>,
        /// As in `sync`, at that moment.
        state: &'static str,
        /// Whether it is an answer to `/why`.
        asked: bool,
        /// The same for people.
        text: String,
    },
    /// For whose players new media waits; for nobody once it starts.
    Gate {
        /// Their names.
        waiting_for: Vec<&'a MemberName>,
        /// How long at most, in seconds.
        at_most: f64,
    },
    /// The connection to the server.
    Connection {
        /// `connecting`, `connected`, `reconnecting`, `refused` or `closed`.
        state: &'static str,
        /// Why it is refused, such as `no_such_room` or `password_needed`.
        #[serde(skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// The same for people.
        text: String,
    },
    /// The answer to a line of standard input: it was carried out.
    Ok {
        /// The line's number, counted from 1.
        line: u64,
        /// The last event that it caused, or the room's last one.
        rev: Rev,
        /// The entry that a link of `add` became.
        #[serde(skip_serializing_if = "Option::is_none")]
        entry: Option<EntryId>,
        /// Whether that link plays, or waits as an approved or a proposed entry.
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<&'static str>,
    },
    /// The answer to a line of standard input: it has changed nothing.
    Denied {
        /// The line's number, counted from 1.
        line: u64,
        /// Why, as a code: one of the protocol's denials, or one of the client's own.
        code: String,
        /// The same for people.
        text: String,
    },
    /// Something that a person would be told in passing.
    Notice {
        /// What it is. New codes are added; ignore those that you do not know.
        code: &'static str,
        /// Why something cannot be played: `gone`, `refused`, `busy`, `unreachable`, `not_video`,
        /// `untrusted` or `other`.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<FailureCode>,
        /// The invite link that was made.
        #[serde(skip_serializing_if = "Option::is_none")]
        link: Option<&'a str>,
        /// The room time of a set start, in seconds.
        #[serde(skip_serializing_if = "Option::is_none")]
        start: Option<f64>,
        /// The same for people.
        text: String,
    },
}

/// Who the client is.
#[derive(Serialize, JsonSchema)]
pub(in crate::client) struct You<'a> {
    /// The member's number.
    pub(super) id: MemberId,
    /// The name, to which the server may have added a number.
    pub(super) name: &'a MemberName,
    /// The role.
    pub(super) role: Role,
}

/// What waits in the queue.
#[derive(Serialize, JsonSchema)]
pub(in crate::client) struct EntryRow<'a> {
    /// Its number, which `/approve #N` takes.
    pub(super) id: EntryId,
    /// The title, if one is known.
    pub(super) title: Option<&'a Title>,
    /// The title, or else the name in the link.
    pub(super) name: String,
    /// The link.
    pub(super) url: String,
    /// The kind of link in a word: `YouTube`, `MP4`.
    pub(super) kind: &'a str,
    /// The name of who added it.
    pub(super) by: &'a MemberName,
    /// How long it is, in seconds, if anyone has learned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration: Option<f64>,
    /// Whether an admin approved it.
    pub(super) state: EntryState,
}
