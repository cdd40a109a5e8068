//! Texts of the screen: the titles and contents of its panes.

use super::numbers::{long, milliseconds};
use super::sentences::quoted;
use super::{client, media, plain_lines};
use crate::app::output::Output;
use crate::app::screen::Focus;
use crate::app::screen::chat_log::LogContent;
use crate::protocol::member::{Role, Visibility};
use crate::protocol::playback::{Playing, QueueEntry};
use crate::protocol::text::clean;
use crate::protocol::time::{Position, Span};
use crate::sync::follow::{Status, SyncState, Unsynced};
use crate::texts::language::Language;

pub use step::{live_apart, sync};

mod step;

/// The title of the chat pane.
pub const CHAT: &str = "Chat";
/// The title of the queue pane.
pub const QUEUE: &str = "Queue";
/// The title of the members pane.
pub const MEMBERS: &str = "Members";
/// The title of the reactions pane.
pub const NOW: &str = "Now";
/// The title while no media is loaded.
pub const NOTHING_ON: &str = "Waiting for a video...";
/// The title before a room was joined.
pub const CONNECTING: &str = "Not in the room yet";
/// The notice that whoever posts a link is responsible for it.
pub const RESPONSIBLE: &str = "Whoever posts a link answers for it; this service hosts nothing.";
/// The text of an empty queue.
pub const QUEUE_EMPTY: &str = "Nothing waits. /add LINK";
/// The sign of oneself, in a column of its own.
pub const OWN: &str = "›";
/// The sign of the room's own lines, in a column of its own.
pub const ROOM: &str = "·";
/// The mark of an acting admin.
pub const ACTING: &str = "acting";
/// The mark of a member whose chat was taken away.
pub const MUTED: &str = "muted";
/// The mark of a member who could be taken for an admin by their name, and is none.
pub const NOT_ADMIN: &str = "not admin";
/// The mark of a member for whom the room does not wait.
pub const NOT_WAITED_FOR: &str = "no wait";
/// The beginning of the reactions line.
pub const REACT: &str = "React";
/// The end of the reactions line while the member types.
pub const REACT_WRITING: &str = "Alt+number while typing";
/// The hint in the empty input line while the focus is elsewhere.
pub const LINE_ELSEWHERE: &str = "(i to write, / for a command)";
/// The heading of the completions.
pub const OFFERS: &str = "Tab:";
/// The page of members, health and why.
pub const HEALTH: &str = "Members, health and why";
/// The columns of the members' figures: the offset from the room's position, the buffered media,
/// the round-trip time.
pub const HEALTH_COLUMNS: [&str; 3] = ["offset", "buffer", "ping"];
/// The heading of the decisions.
pub const WHY: &str = "Why your player did what it did, the latest first";
/// The text for an empty list of decisions.
pub const WHY_EMPTY: &str = "Nothing yet: your player was left alone.";
/// The keys of the page.
pub const HEALTH_HINT: &str = "↑↓ scroll   Esc close";
/// The unit of an offset.
pub const MEASURED: &str = " ms";
/// The word for the member against whom offsets are measured.
pub const UNKNOWN: &str = "–";

/// The text for a terminal that is too small.
#[must_use]
pub fn too_small(language: Language, columns: u16, rows: u16) -> String {
    format!("{columns}x{rows} is too small: at least 40x10, please.")
}

/// What can be done while nothing plays; the service's notice at the end.
#[must_use]
pub fn waiting(language: Language, invite: Option<&str>, is_admin: bool) -> Vec<String> {
    let add = if is_admin {
        "/play LINK puts one on: YouTube, or a link to an .mp4, .webm or .ogg"
    } else {
        "/add LINK proposes one: YouTube, or a link to an .mp4, .webm or .ogg"
    };
    let (others, more) = match invite {
        Some(invite) => (
            "Friends join with this line; Ctrl-Y copies its link:".to_owned(),
            format!("watchtogether join {invite}"),
        ),
        None => (
            "This room exists only on this computer: nobody elsewhere can join it.".to_owned(),
            "Were you given an invite? Paste it: /join LINK".to_owned(),
        ),
    };
    vec![
        NOTHING_ON.to_owned(),
        add.to_owned(),
        "F2 shows the live rooms; F1 all keys".to_owned(),
        String::new(),
        others,
        more,
        String::new(),
        RESPONSIBLE.to_owned(),
    ]
}

/// What plays, by its title or its link, with its kind.
#[must_use]
pub fn playing_title(language: Language, playing: &Playing) -> String {
    let name = media::name(language, playing.title.as_ref(), &playing.media);
    format!("{name} · {}", playing.media.kind())
}

/// The member who put media on, by their name or as "you".
#[must_use]
pub fn added_by(language: Language, who: &str) -> String {
    format!("added by {who}")
}

/// The playback rate, with as many decimals as needed: `×1.0`, `×1.25`.
#[must_use]
pub fn rate(language: Language, factor: f64) -> String {
    let two = format!("{factor:.2}");
    let short = two.strip_suffix('0').unwrap_or(&two);
    format!("×{short}")
}

/// The title of an entry.
#[must_use]
pub fn entry(language: Language, entry: &QueueEntry) -> String {
    media::name(language, entry.title.as_ref(), &entry.media)
}

/// Marks an entry as proposed, and by whom: a name or "you".
#[must_use]
pub fn proposed(language: Language, who: &str) -> String {
    format!("proposed: {who}")
}

/// The keys for a proposal.
pub const APPROVE_KEYS: &str = "⏎ yes  x no";

/// The heading of the queue.
#[must_use]
pub fn queue_heading(language: Language, approved: usize, proposed: usize) -> String {
    match (approved, proposed) {
        (0, 0) => QUEUE.to_owned(),
        (approved, 0) => format!("{QUEUE} {approved}"),
        (approved, proposed) => format!("{QUEUE} {approved} · {proposed} proposed"),
    }
}

/// How many lines are new below.
#[must_use]
pub fn new_lines(language: Language, count: usize) -> String {
    format!(" {count} new ")
}

/// A line of the log other than chat.
#[must_use]
pub fn log_line(language: Language, content: &LogContent) -> String {
    match content {
        LogContent::Chat(chat) => plain_lines::chat(&chat.line),
        LogContent::Proposed(entry, by) => plain_lines::proposed(language, entry, by),
        LogContent::Output(output) => output_words(language, output),
    }
}

/// The media that has just been loaded, with its length if known.
fn on_now(language: Language, playing: &Playing) -> String {
    let length = match playing.duration {
        Some(length) if !playing.live => format!(" · {}", Position(length.0)),
        _ => String::new(),
    };
    let name = quoted(
        language,
        &media::name(language, playing.title.as_ref(), &playing.media),
    );
    format!("On now: {name} · {}{length}", playing.media.kind())
}

fn output_words(language: Language, output: &Output) -> String {
    match output {
        Output::Member {
            who, role, change, ..
        } => plain_lines::member(language, who, *role, *change),
        Output::Renamed(renaming) => plain_lines::renamed(language, renaming),
        Output::Removed(removal) => plain_lines::sent_out(language, removal),
        Output::Media { playing, .. } => playing
            .as_ref()
            .map_or_else(String::new, |playing| on_now(language, playing)),
        Output::Timeline(view) => plain_lines::timeline(language, view),
        Output::Player(view) => client::player(language, view),
        Output::Connection(view) => client::connection(language, view),
        Output::Notice(notice) => clean(&client::notice(language, notice), 1_000),
        Output::Denied { why, .. } => client::why(language, why),
        _ => String::new(),
    }
}

/// The name of the focus, and its keys.
#[must_use]
pub const fn focus(language: Language, focus: Focus) -> (&'static str, &'static str) {
    match focus {
        Focus::Line => ("TYPING", "⏎ send  Tab panes  Ctrl-P pause  F2 gallery"),
        Focus::Chat => (
            "CHAT",
            "↑↓ choose  c copy  o open link  x remove  i write  Space pause",
        ),
        Focus::Queue => (
            "QUEUE",
            "↑↓ choose  ⏎ approve  x no  J K move  a add  Space pause",
        ),
        Focus::Members => (
            "MEMBERS",
            "↑↓ choose  ⏎ what to do  F4 health  i write  Space pause",
        ),
    }
}

/// The key of the help, at the end of the status line.
#[must_use]
pub const fn help_key(language: Language, focus: Focus) -> &'static str {
    match focus {
        Focus::Line => "F1 help",
        _ => "? help",
    }
}

/// The crown, or a word, for a role.
#[must_use]
pub const fn role_mark(language: Language, role: Role) -> &'static str {
    match role {
        Role::Admin => "👑",
        Role::Moderator => "mod",
        Role::Viewer => "",
    }
}

/// The word for a visibility.
#[must_use]
pub const fn visibility(language: Language, visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Unlisted => "unlisted",
        Visibility::Private => "private",
    }
}

/// The word for a wait policy.
#[must_use]
pub const fn waits(language: Language, waits: bool) -> &'static str {
    if waits {
        "waits for slow viewers"
    } else {
        "waits for nobody"
    }
}

/// How a member is doing who watches live media that is not steered.
pub const LIVE: &str = "live";

/// For how long the connection has been lost.
#[must_use]
pub fn reconnecting(language: Language, since: Span) -> String {
    format!("⚠ reconnecting, {}", long(language, since))
}

/// For whom the room waits, and for how long at most.
#[must_use]
pub fn held(language: Language, name: &str, left: Span) -> String {
    format!("waiting for {name}, {} at most", long(language, left))
}

/// The error bound of a measured offset, to follow it.
#[must_use]
pub fn bound(language: Language, status: &Status) -> String {
    let measured = status.error.and(status.bound);
    measured.map_or_else(String::new, |bound| {
        format!(
            " ±{}",
            milliseconds(language, bound).trim_end_matches(" ms")
        )
    })
}

/// The own player's offset, the clock's error bound, and the playback rate.
#[must_use]
pub fn own(language: Language, status: &Status) -> String {
    let off = match status.error {
        _ if status.state == SyncState::Unsynced(Unsynced::Live) => {
            let apart = status.apart.map(|apart| live_apart(language, apart));
            apart.map_or_else(|| "live".to_owned(), |apart| format!("live, {apart}"))
        }
        Some(error) if error.abs() < Span::millis(1) => "in step to the millisecond".to_owned(),
        Some(error) if error.0 < 0 => format!("{} behind the room", milliseconds(language, error)),
        Some(error) => format!("{} ahead of the room", milliseconds(language, error)),
        None => "not measured now".to_owned(),
    };
    let clock = status.bound.map_or_else(
        || "the room's clock is not known yet".to_owned(),
        |bound| {
            format!(
                "the room's clock is known to ±{}",
                milliseconds(language, bound)
            )
        },
    );
    format!("You: {off} · {clock} · speed ×{:.3}", status.speed)
}

/// The members whose players the start of new media waits for; oneself as `you`.
#[must_use]
pub fn gate(language: Language, names: &[&str], left: Span) -> String {
    match names {
        [] => format!("starts in {}", long(language, left)),
        [name] => held(language, name, left),
        [name, others @ ..] => {
            format!(
                "waiting for {name} +{}, {} at most",
                others.len(),
                long(language, left)
            )
        }
    }
}

/// The media has ended and the queue is empty.
pub const OVER: &str = "■ over, nothing follows";

/// A number of the countdown.
#[must_use]
pub fn counting(language: Language, number: u8) -> String {
    format!("starts in {number}")
}
