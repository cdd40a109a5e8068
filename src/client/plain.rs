//! The face of a client for people while there is no screen: plain lines, the same facts
//! as `--json` without what only programs want.

use crate::app::told::{Notice, PlayerView, TimelineView, Told};
use crate::protocol::text::clean;
use crate::protocol::time::{RoomTime, Span};
use crate::strings::{client as words, decisions, lines};

/// The longest line; longer ones are cut (judgement: four lines of a wide terminal).
const MAX_LINE: usize = 1_000;

/// What is told, as text without its last line's end; `None` for what people need not see.
#[must_use]
pub(super) fn line(told: &Told) -> Option<String> {
    let text = match told {
        Told::Joined {
            room,
            name,
            role,
            server,
            ..
        } => lines::joined(room, name, *role, server),
        Told::Member {
            name, role, change, ..
        } => lines::member(name, *role, *change),
        Told::Renamed(renaming) => lines::renamed(renaming),
        // A ban has a line of its own.
        Told::Removed(removal) if removal.is_banned => return None,
        Told::Removed(removal) => lines::sent_out(removal),
        Told::Chat { line, .. } => lines::chat(line),
        Told::Erased { by, .. } => lines::erased(by),
        Told::Reaction(reaction) => lines::reaction(&reaction.name, &reaction.emoji),
        Told::Media { revised: true, .. } => return None,
        Told::Media { playing, .. } => lines::media(playing.as_ref()?),
        Told::Timeline(view) if tells_time(view) => lines::timeline(view),
        Told::Queue(entries) if entries.is_empty() => return None,
        Told::Queue(entries) => lines::queue(entries),
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
        | Told::QuietQueue(_)
        | Told::Viewers(_)
        | Told::Sync(_)
        | Told::Ok { .. } => {
            return None;
        }
    };
    let text = if *told == Told::Notice(Notice::Help) {
        // Our own words, in columns.
        text
    } else if has_several_lines(told) {
        let lines: Vec<String> = text.lines().map(indented).collect();
        lines.join("\n")
    } else {
        clean(&text, MAX_LINE)
    };
    (!text.is_empty()).then_some(text)
}

/// Whether a line tells how time runs: nothing else does, and it is no wait. Before the first
/// video nothing has started, and there is no time to tell.
fn tells_time(view: &TimelineView) -> bool {
    let stands_still = view.held || is_awaited(view);
    !view.has_notice && !stands_still && view.start != RoomTime::default()
}

/// Whether the film stands until a start that is awaited: no move that is only announced in
/// time lies so far ahead.
fn is_awaited(view: &TimelineView) -> bool {
    view.start - view.at > Span::seconds(1)
}

/// Whether a state of the player is worth a line: what goes as it should is not.
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

/// What is a list by itself. Nothing that a stranger wrote may begin a line of its own.
const fn has_several_lines(told: &Told) -> bool {
    matches!(
        told,
        Told::Queue(_) | Told::Notice(Notice::Who(_) | Notice::Bans(_) | Notice::OnLan { .. })
    )
}

/// A line of a list: cleaned, its indentation kept.
fn indented(line: &str) -> String {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    format!("{}{}", " ".repeat(blanks), clean(line, MAX_LINE))
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::app::told::{Notice, TimelineView, Told, Why};
    use crate::protocol::event::ChatLine;
    use crate::protocol::ids::{ChatId, MemberId, Rev};
    use crate::protocol::text::{ChatText, MemberName};
    use crate::protocol::time::{Position, Rate, RoomTime};
    use crate::wire::message::Reason;

    #[test]
    fn chat_reads_as_people_write_it() {
        let told = Told::Chat {
            line: ChatLine {
                id: ChatId(1),
                from: MemberId(1),
                name: MemberName::parse("Alice").unwrap(),
                text: ChatText::parse("наконец-то 🍿").unwrap(),
                film: None,
                at: RoomTime(0),
                erased: None,
            },
            history: false,
        };
        assert_eq!(line(&told).as_deref(), Some("Alice: наконец-то 🍿"));
    }

    #[test]
    fn times_are_told_but_not_those_of_a_wait() {
        let mut view = TimelineView {
            position: Position::seconds(83),
            paused: true,
            held: false,
            rate: Rate::NORMAL,
            rev: Rev(3),
            at: RoomTime(9),
            start: RoomTime(9),
            has_notice: false,
        };
        let paused = line(&Told::Timeline(view)).unwrap();
        assert!(paused.contains("1:23"), "{paused}");
        view.held = true;
        assert_eq!(line(&Told::Timeline(view)), None);
        (view.held, view.start) = (false, RoomTime(0));
        assert_eq!(line(&Told::Timeline(view)), None, "nothing is on yet");
        (view.start, view.has_notice) = (RoomTime(9), true);
        assert_eq!(line(&Told::Timeline(view)), None, "a notice says it");
    }

    #[test]
    fn a_server_cannot_steer_the_terminal() {
        let reason = Reason {
            code: "from_the_future".to_owned(),
            args: serde_json::Value::Null,
            text: "\x1b[2Jbad\nAlice: I was never here\x07".to_owned(),
        };
        let told = [
            Told::Denied {
                line: 1,
                why: Why::Unknown(reason.clone()),
            },
            Told::Notice(Notice::ServerError(reason)),
        ];
        for told in told {
            let line = line(&told).unwrap();
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }

    #[test]
    fn help_keeps_its_lines_and_columns() {
        let help = line(&Told::Notice(Notice::Help)).unwrap();
        assert_eq!(help, crate::strings::help::text());
        assert!(help.lines().count() > 10, "{help}");
    }
}
