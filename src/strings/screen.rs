//! Texts of the screen: the titles and contents of its panes. What the progress line says of the
//! player and of the room is in `step.rs`.

use super::media;
use super::numbers::{decimal, exact_span};
use super::own_keys;
use super::sentences::you;
use crate::app::keys::KeyAction;
use crate::app::keys::own::KeyMap;
use crate::app::output::Person;
use crate::app::screen::Focus;
use crate::protocol::moderation::Delay;
use crate::protocol::playback::{Playing, QueueEntry};
use crate::protocol::time::Position;
use crate::room::observers::may_observe;
use crate::room::state::RoomState;
use crate::texts::language::Language;
use crate::texts::tr;

pub use idle::waiting;
pub use lobby::{at as start_time, first_names, lobby, lobby_line, lobby_state, ready_count};
pub use log::{invite_link, log_line, media_began, notice_with_key};
pub use marks::{acting, muted, not_admin, not_waited_for, own_role, role_mark, visibility, waits};
pub use stage::{Stage, keys_at};
pub use step::{counting, gate, held, live, live_short, over, own, reconnecting, sync};

mod focus_keys;
mod idle;
mod lobby;
mod log;
mod marks;
mod stage;
mod step;

/// The sign of oneself, in a column of its own.
pub const OWN: &str = "›";
/// The sign of the room's own lines, in a column of its own.
pub const ROOM: &str = "·";
/// The sign of what went wrong.
pub const ERROR: &str = "✕";
/// The heading of the completions: the key that takes them.
pub const OFFERS: &str = "Tab:";
/// The sign for a figure that is not known.
pub const UNKNOWN: &str = "–";

/// The title of the chat pane.
#[must_use]
pub fn chat(language: Language) -> String {
    tr!(language, "screen-chat")
}

/// The mark of a message that waits for a connection.
#[must_use]
pub fn sending(language: Language) -> String {
    tr!(language, "screen-sending")
}

/// The title of the chat pane with what is restricted there.
#[must_use]
pub fn chat_heading(language: Language, room: &RoomState) -> String {
    let (chat, restricted) = (chat(language), restrictions(language, room));
    if restricted.is_empty() {
        chat
    } else {
        format!("{chat} · {restricted}")
    }
}

/// How many watch from outside, behind the number of those who are here; empty if nobody does.
#[must_use]
pub fn observers(language: Language, count: u32) -> String {
    if count == 0 {
        return String::new();
    }
    format!(" {}", tr!(language, "screen-observers", count = count))
}

/// What is restricted in the room, and whether its chat is seen from outside; empty if all is as
/// usual.
#[must_use]
pub fn restrictions(language: Language, room: &RoomState) -> String {
    let restrictions = &room.restrictions;
    let every = |delay: Delay| exact_span(language, delay.span());
    let slow = restrictions.slow_mode.map(every);
    let newcomers = restrictions.newcomers.map(every);
    let parts = [
        restrictions.locked.then(|| tr!(language, "screen-locked")),
        slow.map(|wait| tr!(language, "screen-slow", wait = wait)),
        newcomers.map(|wait| tr!(language, "screen-newcomers", wait = wait)),
        (restrictions.observer_chat && may_observe(room))
            .then(|| tr!(language, "screen-observers-chat")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The title of the members pane, with how many are here and how many watch from outside.
#[must_use]
pub fn members_heading(language: Language, count: u32, outside: u32) -> String {
    let members = tr!(language, "screen-members", count = count);
    members + &observers(language, outside)
}

/// The title of the reactions pane.
#[must_use]
pub fn now(language: Language) -> String {
    tr!(language, "screen-reactions")
}

/// The title while no media is loaded.
#[must_use]
pub fn nothing_on(language: Language) -> String {
    tr!(language, "screen-nothing-on")
}

/// The title before a room was joined.
#[must_use]
pub fn connecting(language: Language) -> String {
    tr!(language, "screen-no-room-yet")
}

/// The notice that whoever posts a link is responsible for it.
#[must_use]
pub fn responsible(language: Language) -> String {
    tr!(language, "screen-responsible")
}

/// The text of an empty queue.
#[must_use]
pub fn queue_empty(language: Language) -> String {
    tr!(language, "screen-queue-empty")
}

/// The beginning of the reactions line.
#[must_use]
pub fn react(language: Language) -> String {
    tr!(language, "screen-react")
}

/// The end of the reactions line while the member types.
#[must_use]
pub fn react_writing(language: Language) -> String {
    tr!(language, "screen-react-typing")
}

/// That this is the demo, and what starts a real evening.
#[must_use]
pub fn demo(language: Language) -> String {
    tr!(language, "screen-demo")
}

/// The hint in the empty input line while the focus is elsewhere.
#[must_use]
pub fn line_elsewhere(language: Language, own: &KeyMap) -> String {
    let key = |action| own_keys::name_of(language, own, action);
    let (write, command) = (key(KeyAction::Write), key(KeyAction::BeginCommand));
    tr!(
        language,
        "screen-line-elsewhere",
        write = write,
        command = command
    )
}

/// The page of members, health and why.
#[must_use]
pub fn health(language: Language) -> String {
    tr!(language, "screen-health")
}

/// The columns of the members' figures: the offset from the room's position, the buffered media,
/// the round-trip time.
#[must_use]
pub fn health_columns(language: Language) -> [String; 3] {
    [
        tr!(language, "screen-column-offset"),
        tr!(language, "screen-column-buffer"),
        tr!(language, "screen-column-ping"),
    ]
}

/// The column of how far off each player was lately.
#[must_use]
pub fn trend_column(language: Language) -> String {
    tr!(language, "screen-column-trend")
}

/// The keys of the page.
#[must_use]
pub fn health_hint(language: Language) -> String {
    tr!(language, "screen-health-keys")
}

/// The heading of the decisions.
#[must_use]
pub fn why(language: Language) -> String {
    tr!(language, "screen-why")
}

/// The text for an empty list of decisions.
#[must_use]
pub fn why_empty(language: Language) -> String {
    tr!(language, "screen-why-empty")
}

/// The text for a terminal that is too small.
#[must_use]
pub fn too_small(language: Language, columns: u16, rows: u16) -> String {
    tr!(language, "screen-too-small", columns = columns, rows = rows)
}

/// What plays, by its title or its link, with its kind.
#[must_use]
pub fn playing_title(playing: &Playing) -> String {
    let name = media::name(playing.title.as_ref(), &playing.media);
    format!("{name} · {}", playing.media.kind())
}

/// Who put the media on.
#[must_use]
pub fn added_by(language: Language, who: &Person) -> String {
    tr!(
        language,
        "screen-added-by",
        who = who.name.as_str(),
        you = you(who)
    )
}

/// The playback rate, with as many decimals as needed: `×1.0`, `×1.25`.
#[must_use]
pub fn rate(language: Language, factor: f64) -> String {
    let two = decimal(language, factor, 2);
    let short = two.strip_suffix('0').unwrap_or(&two);
    format!("×{short}")
}

/// The chapter of a number, of so many, with its title if it has one.
#[must_use]
pub fn chapter(language: Language, (number, count): (usize, usize), title: Option<&str>) -> String {
    let of = tr!(language, "screen-chapter", number = number, count = count);
    title.map_or_else(|| of.clone(), |title| format!("{of} · {title}"))
}

/// What plays next, with its length if that is known.
#[must_use]
pub fn next(language: Language, entry: &QueueEntry) -> String {
    let title = self::entry(entry);
    match entry.duration {
        Some(length) => {
            let length = Position(length.0).to_string();
            tr!(
                language,
                "screen-next-length",
                title = title,
                length = length
            )
        }
        None => tr!(language, "screen-next", title = title),
    }
}

/// The title of an entry.
#[must_use]
pub fn entry(entry: &QueueEntry) -> String {
    media::name(entry.title.as_ref(), &entry.media)
}

/// Marks an entry as proposed by a member, or by the one who reads if there is no name.
#[must_use]
pub fn proposed(language: Language, name: Option<&str>) -> String {
    match name {
        Some(name) => tr!(language, "screen-proposed", who = name),
        None => tr!(language, "screen-proposed-by-you"),
    }
}

/// The keys for a proposal while the queue has the focus; in full, and for a narrow pane.
#[must_use]
pub fn approve_keys(language: Language) -> (String, String) {
    (
        tr!(language, "screen-approve-keys"),
        tr!(language, "screen-approve-keys-short"),
    )
}

/// The same while the focus is elsewhere: with the key that moves it.
#[must_use]
pub fn approve_keys_elsewhere(language: Language) -> (String, String) {
    (
        tr!(language, "screen-approve-keys-elsewhere"),
        tr!(language, "screen-approve-keys-elsewhere-short"),
    )
}

/// The heading of the queue.
#[must_use]
pub fn queue_heading(language: Language, approved: usize, proposed: usize) -> String {
    match (approved, proposed) {
        (0, 0) => tr!(language, "screen-queue"),
        (approved, 0) => tr!(language, "screen-queue-approved", approved = approved),
        (0, proposed) => tr!(language, "screen-queue-only-proposed", proposed = proposed),
        (approved, proposed) => tr!(
            language,
            "screen-queue-proposed",
            approved = approved,
            proposed = proposed
        ),
    }
}

/// How many lines are new below.
#[must_use]
pub fn new_lines(language: Language, count: usize) -> String {
    format!(" {} ", tr!(language, "screen-new-lines", count = count))
}

/// The name of the focus.
#[must_use]
pub fn focus(language: Language, focus: Focus) -> String {
    match focus {
        Focus::Line => tr!(language, "screen-focus-line"),
        Focus::Chat => tr!(language, "screen-focus-chat"),
        Focus::Queue => tr!(language, "screen-focus-queue"),
        Focus::Members => tr!(language, "screen-focus-members"),
    }
}

/// Something that was asked of the room has no answer yet.
#[must_use]
pub fn on_its_way(language: Language) -> String {
    tr!(language, "screen-on-its-way")
}

/// The key of the help, at the end of the status line.
#[must_use]
pub fn help_key(language: Language, focus: Focus) -> String {
    match focus {
        Focus::Line => tr!(language, "screen-help-key-line"),
        _ => tr!(language, "screen-help-key"),
    }
}

#[cfg(test)]
mod tests {
    use super::{new_lines, queue_heading, rate};
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn counts_and_figures_follow_the_language() {
        let new = |count| new_lines(Russian, count);
        assert_eq!(
            [1, 3, 5, 21].map(new),
            [" 1 новое ", " 3 новых ", " 5 новых ", " 21 новое "]
        );
        assert_eq!(new_lines(English, 3), " 3 new ");
        assert_eq!(rate(Russian, 1.25), "×1,25");
        assert_eq!(rate(English, 1.0), "×1.0");
        assert_eq!(queue_heading(Russian, 2, 1), "Очередь 2 · 1 предл.");
        assert_eq!(queue_heading(English, 2, 1), "Queue 2 · 1 proposed");
    }
}
