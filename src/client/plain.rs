//! The client's output for people without a screen: plain lines with the same facts as `--json`,
//! without what only programs need.
//!
//! What members say begins with `<` and their name. Everything else begins with `* `, or with
//! blanks in a list below such a line, so that no text, name or title passes for the room's word.

use crate::app::told::{MemberChange, Notice, Person, PlayerView, TimelineView, Told};
use crate::protocol::ids::MemberId;
use crate::protocol::text::{clean, is_hostile};
use crate::protocol::time::{RoomTime, Span};
use crate::strings::{client as words, decisions, lines};

/// The longest line; longer ones are cut (judgement: four lines of a wide terminal).
const MAX_LINE: usize = 1_000;

/// The beginning of the lines of the room and of this client.
const ROOM: &str = "* ";

/// The text for an output of the app, without its last line's end; `None` if people need not see
/// it. `me` is this client's member, once they are in a room.
#[must_use]
pub(super) fn line(told: &Told, me: Option<MemberId>) -> Option<String> {
    match told {
        Told::Chat { line, .. } if line.erased.is_none() => said(&lines::chat(line)),
        Told::Reaction(reaction) => said(&lines::reaction(&reaction.name, &reaction.emoji)),
        // Our own words, in columns.
        Told::Notice(Notice::Help) => Some(words::notice(&Notice::Help)),
        happened => room(happened, me).map(|text| format!("{ROOM}{text}")),
    }
}

/// A line of a member, which begins with `<`, as nothing else does.
fn said(text: &str) -> Option<String> {
    Some(clean(text, MAX_LINE)).filter(|text| !text.is_empty())
}

/// A line of the room or of this client, safe to print.
fn room(told: &Told, me: Option<MemberId>) -> Option<String> {
    let text = worded(told, me)?;
    let text = if has_several_lines(told) {
        let lines: Vec<String> = text.lines().map(in_columns).collect();
        lines.join("\n")
    } else {
        clean(&text, MAX_LINE)
    };
    (!text.is_empty()).then_some(text)
}

/// The text of such a line.
fn worded(told: &Told, me: Option<MemberId>) -> Option<String> {
    let text = match told {
        Told::Joined {
            room,
            name,
            role,
            server,
            ..
        } => lines::joined(room, name, *role, server),
        // How one came in has a line of its own.
        Told::Member { who, change, .. } if who.is_you && *change == MemberChange::Joined => {
            return None;
        }
        Told::Member {
            who, role, change, ..
        } => lines::member(who, *role, *change),
        Told::Renamed(renaming) => lines::renamed(renaming),
        // A ban has a line of its own.
        Told::Removed(removal) if removal.is_banned => return None,
        Told::Removed(removal) => lines::sent_out(removal),
        Told::Chat { line, .. } => {
            // All that is known of it is a name, which may be somebody else's by now.
            let by = Person::other(line.erased.clone()?);
            let author = Person {
                name: line.name.clone(),
                is_you: me == Some(line.from),
            };
            lines::removed(&by, &author)
        }
        Told::Erased { by, .. } => lines::erased(by),
        Told::Media { revised: true, .. } => return None,
        Told::Media { playing, .. } => lines::media(playing.as_ref()?),
        Told::Timeline(view) if tells_time(view) => lines::timeline(view),
        Told::Queue(entries) if entries.is_empty() => return None,
        Told::Queue(entries) => lines::queue(entries, me),
        Told::Player(view) if is_news(view) => words::player(view),
        Told::Connection(view) => words::connection(view),
        Told::Denied { why, .. } => words::why(why),
        Told::Notice(notice) => words::notice(notice),
        Told::Decision {
            decision,
            asked: true,
        } => decisions::line(decision),
        Told::Gate {
            missing,
            at_most,
            fresh: true,
        } if !missing.is_empty() => lines::gate(missing, *at_most),
        Told::Decision { .. }
        | Told::Gate { .. }
        | Told::Timeline(_)
        | Told::Player(_)
        | Told::Reaction(_)
        | Told::QuietQueue(_)
        | Told::Viewers(_)
        | Told::Sync(_)
        | Told::Ok { .. } => return None,
    };
    Some(text)
}

/// Whether the timeline is worth a line: no other line tells of it, and it is no wait. Before the
/// first media there is no position to tell.
fn tells_time(view: &TimelineView) -> bool {
    let stands_still = view.held || is_awaited(view);
    !view.has_notice && !stands_still && view.start != RoomTime::default()
}

/// Whether the room waits for players before a start: a move that is only scheduled is never so
/// far ahead.
fn is_awaited(view: &TimelineView) -> bool {
    view.start - view.at > Span::seconds(1)
}

/// Whether the player's state is worth a line: one that is as expected is not.
const fn is_news(view: &PlayerView) -> bool {
    match view {
        PlayerView::Frozen
        | PlayerView::ReadingOn(_)
        | PlayerView::Gone(_)
        | PlayerView::Failed(_)
        | PlayerView::Refused(_) => true,
        PlayerView::Idle { lacks } => lacks.is_some(),
        PlayerView::Off
        | PlayerView::Starting
        | PlayerView::Loading
        | PlayerView::Playing
        | PlayerView::Paused
        | PlayerView::Buffering => false,
    }
}

/// A list of several lines. Nothing that a stranger wrote may begin a line.
const fn has_several_lines(told: &Told) -> bool {
    matches!(
        told,
        Told::Queue(_) | Told::Notice(Notice::Who(_) | Notice::Bans(_) | Notice::OnLan { .. })
    )
}

/// A line of a list, made safe with its columns kept. What people wrote in it was cleaned on
/// arrival.
fn in_columns(line: &str) -> String {
    line.chars()
        .filter(|c| !is_hostile(*c))
        .take(MAX_LINE)
        .collect()
}

#[cfg(test)]
mod tests;
