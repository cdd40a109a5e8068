//! The client's output for people without a screen: plain lines with the same facts as `--json`,
//! without what only programs need.
//!
//! What members say begins with `<` and their name. Everything else begins with `* `, or with
//! blanks in a list below such a line, so that no text, name or title passes for the room's word.

use crate::app::output::{
    ArrivalNotice, MemberChange, Notice, Output, OwnPlayerNotice, Person, TimelineView,
};
use crate::protocol::event::ChatLine;
use crate::protocol::ids::MemberId;
use crate::protocol::text::{clean, is_hostile};
use crate::protocol::time::{RoomTime, Span};
use crate::strings::{client as words, decisions, kept, plain_lines};
use crate::texts::language::Language;

/// The longest line; longer ones are cut (judgement: four lines of a wide terminal).
const MAX_LINE: usize = 1_000;

/// The beginning of the lines of the room and of this client.
const ROOM: &str = "* ";

/// The text for an output of the app, without its last line's end; `None` if people need not see
/// it. `me` is this client's member, once they are in a room.
#[must_use]
pub(super) fn line(language: Language, output: &Output, me: Option<MemberId>) -> Option<String> {
    match output {
        Output::Chat { line, spelled, .. } if line.erased.is_none() => {
            member_line(&plain_lines::chat(line, spelled.as_deref()))
        }
        Output::Reaction(reaction) => {
            member_line(&plain_lines::reaction(&reaction.name, &reaction.emoji))
        }
        // Our own words, in columns.
        Output::Notice(notice @ (Notice::Help | Notice::CommandHelp(_))) => {
            Some(words::notice(language, notice))
        }
        happened => room(language, happened, me).map(|text| format!("{ROOM}{text}")),
    }
}

/// A line of a member, which begins with `<`, as nothing else does.
fn member_line(text: &str) -> Option<String> {
    Some(clean(text, MAX_LINE)).filter(|text| !text.is_empty())
}

/// A line of the room or of this client, safe to print.
fn room(language: Language, output: &Output, me: Option<MemberId>) -> Option<String> {
    let text = worded(language, output, me)?;
    let text = if has_several_lines(output) {
        let lines: Vec<String> = text.lines().map(in_columns).collect();
        lines.join("\n")
    } else {
        clean(&text, MAX_LINE)
    };
    (!text.is_empty()).then_some(text)
}

/// The text of such a line.
fn worded(language: Language, output: &Output, me: Option<MemberId>) -> Option<String> {
    let text = match output {
        Output::Joined { .. } | Output::Member { .. } | Output::Renamed(_) | Output::Removed(_) => {
            about_members(language, output)?
        }
        Output::Chat { line, .. } => erased(language, line, me)?,
        Output::Erased { by, author, .. } => plain_lines::erased(language, by, author.as_ref()),
        Output::Media { revised: true, .. } => return None,
        Output::Media {
            playing,
            started_by,
            in_lobby,
            ..
        } => plain_lines::media(language, playing.as_ref()?, started_by.as_ref(), *in_lobby),
        Output::Timeline(view) if shows_time(view) => plain_lines::timeline(language, view),
        Output::Queue(entries) if entries.is_empty() => return None,
        Output::Queue(entries) => plain_lines::queue(language, entries, me),
        Output::Player(view) if view.is_notable() => words::player(language, view),
        Output::Observers(count) => plain_lines::observers(language, *count),
        Output::Connection(view) => words::connection(language, view),
        Output::Denied { why, .. } => words::why(language, why),
        Output::Notice(notice) => words::notice(language, notice),
        Output::Decision {
            decision,
            asked: true,
        } => decisions::line(language, decision),
        Output::WaitingForPlayers {
            missing,
            at_most,
            fresh: true,
        } if !missing.is_empty() => plain_lines::gate(language, missing, *at_most),
        Output::Decision { .. }
        | Output::WaitingForPlayers { .. }
        | Output::Timeline(_)
        | Output::Player(_)
        | Output::Reaction(_)
        | Output::QuietQueue(_)
        | Output::ErasedTogether { .. }
        | Output::Viewers(_)
        | Output::Sync(_)
        | Output::Ok { .. } => return None,
    };
    Some(text)
}

/// The text about a member who came, went or changed; `None` if another line says it.
fn about_members(language: Language, output: &Output) -> Option<String> {
    let text = match output {
        Output::Joined {
            room,
            name,
            role,
            server,
            lifetime,
            ..
        } => {
            let joined = plain_lines::joined(language, room, name, *role, server);
            format!("{joined} {}", kept::after_all_left(language, *lifetime))
        }
        Output::Member { who, change, .. } if has_own_line(who, *change) => return None,
        Output::Member {
            who,
            role,
            change,
            by,
            ..
        } => plain_lines::member(language, who, *role, *change, by.as_ref()),
        Output::Renamed(renaming) => plain_lines::renamed(language, renaming),
        // A ban has a line of its own.
        Output::Removed(removal) if removal.is_banned => return None,
        Output::Removed(removal) => plain_lines::sent_out(language, removal),
        _ => return None,
    };
    Some(text)
}

/// The line for a message that was erased earlier.
fn erased(language: Language, line: &ChatLine, me: Option<MemberId>) -> Option<String> {
    // All that is known of it is a name, which may be somebody else's by now.
    let by = Person::other(line.erased.clone()?);
    let author = Person {
        name: line.name.clone(),
        is_you: me == Some(line.from),
    };
    Some(plain_lines::removed(language, &by, &author))
}

/// Whether another line reports a member's change: the own joining, or who is acting admin.
fn has_own_line(who: &Person, change: MemberChange) -> bool {
    match change {
        MemberChange::Joined => who.is_you,
        change => change == MemberChange::ActingRole,
    }
}

/// Whether the timeline gets a line: no other line reports it, and it is not a wait. Before the
/// first media there is no position.
fn shows_time(view: &TimelineView) -> bool {
    let is_stopped = view.held || is_awaited(view);
    !view.has_notice && !is_stopped && view.start != RoomTime::default()
}

/// Whether the room waits for players before a start: a move that is only scheduled is never so
/// far ahead.
fn is_awaited(view: &TimelineView) -> bool {
    view.start - view.at > Span::seconds(1)
}

/// A list of several lines. Nothing that a stranger wrote may begin a line.
const fn has_several_lines(output: &Output) -> bool {
    matches!(
        output,
        Output::Queue(_)
            | Output::Notice(
                Notice::Who(_)
                    | Notice::Bans(_)
                    | Notice::Invites(_)
                    | Notice::Own(
                        OwnPlayerNotice::Tracks { .. } | OwnPlayerNotice::Chapters { .. }
                    )
                    | Notice::Arrival(ArrivalNotice::OnLan { .. })
            )
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
