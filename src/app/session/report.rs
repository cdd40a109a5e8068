//! Reports about members. What `/report` is about is read here: a line of chat by its number, or a
//! member by name, and the reason behind it. Where the name ends only the room tells, since names
//! contain blanks.

use crate::app::output::{Notice, Why};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::denied::Denied;
use crate::protocol::ids::ChatId;
use crate::protocol::moderation::{MemberReport, ReportSubject};
use crate::protocol::text::{MemberName, Title, WrittenName};
use crate::room::find_member::find_member;
use crate::room::state::RoomState;

/// The command for what was typed behind `/report`.
///
/// # Errors
/// If it names neither a line that the room keeps nor anybody whom the room knows.
pub(super) fn report(state: &RoomState, typed: &str) -> Result<Command, Why> {
    let (of, reason) = subject(state, typed).map_err(Why::Denied)?;
    let reason = Title::truncated(reason);
    Ok(Command::ReportMember { of, reason })
}

/// The notice of a report, with the text of its line if the room still has that.
pub(super) fn received(report: Box<MemberReport>, room: Option<&RoomState>) -> Notice {
    let line = report.line.and_then(|id| room?.chat.get(id));
    let line = line.filter(|line| line.erased.is_none());
    let text = line.map(|line| line.text.clone());
    Notice::Reported { report, text }
}

fn subject<'a>(state: &RoomState, typed: &'a str) -> Result<(ReportSubject, &'a str), Denied> {
    let (first, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    if let Some(number) = first.strip_prefix('#') {
        let line = number.parse().ok().map(ChatId);
        let line = line.and_then(|id| state.chat.get(id));
        let line = line.ok_or(Denied::NoSuchLine)?;
        return Ok((ReportSubject::Line(line.id), rest));
    }
    let ends = typed.match_indices(char::is_whitespace);
    let ends: Vec<usize> = ends.map(|(at, _)| at).chain([typed.len()]).collect();
    for end in ends.into_iter().rev() {
        let (name, reason) = typed.split_at(end);
        let name = name.trim();
        if let Some(of) = called(state, name.strip_prefix('@').unwrap_or(name))? {
            return Ok((of, reason));
        }
    }
    Err(WrittenName::truncated(first)
        .map_or(Denied::MemberGone, |name| Denied::NoSuchMember { name }))
}

/// The member of this name; of somebody whom the room has forgotten, their last line.
fn called(state: &RoomState, name: &str) -> Result<Option<ReportSubject>, Denied> {
    let Ok(name) = MemberName::recorded(name) else {
        return Ok(None);
    };
    let who = MemberRef::Name(name.clone());
    match find_member(&state.roster, &who) {
        Ok(member) => Ok(Some(ReportSubject::Member(MemberRef::Id(member.id)))),
        Err(alike @ Denied::NamesAlike { .. }) => Err(alike),
        Err(_) => {
            let lines = state.chat.lines().rev();
            let mut kept = lines.filter(|line| line.erased.is_none());
            let last = kept.find(|line| line.name.folded() == name.folded());
            Ok(last.map(|line| ReportSubject::Line(line.id)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::subject;
    use crate::protocol::command::MemberRef;
    use crate::protocol::denied::Denied;
    use crate::protocol::event::{Fact, RoomEvent};
    use crate::protocol::ids::{ChatId, MemberId, Rev, RoomId};
    use crate::protocol::member::Role;
    use crate::protocol::moderation::ReportSubject;
    use crate::protocol::time::RoomTime;
    use crate::room::state::RoomState;
    use crate::test_support::member;

    /// A line of somebody whom the room has forgotten.
    const LINE: &str =
        r#"{"type":"chat","id":1,"from":9,"name":"Troll","text":"hi","film":null,"at":0}"#;

    /// A room with some members, and that line.
    fn room() -> RoomState {
        let names = ["Ann", "Ann Lee", "Боб"].into_iter().zip(1..);
        let joined = names.map(|(name, id)| member(MemberId(id), name, Role::Viewer));
        let presence = RoomEvent::Presence {
            joined: joined.collect(),
            left: Vec::new(),
            count: 3,
            large: None,
        };
        let mut state = RoomState::new(RoomId::parse("den").unwrap());
        for event in [presence, serde_json::from_str(LINE).unwrap()] {
            state.apply(&Fact {
                rev: state.rev.next(),
                at: RoomTime(0),
                by: None,
                seq: None,
                event,
                about: Vec::new(),
            });
        }
        assert_eq!(state.rev, Rev(2));
        state
    }

    #[test]
    fn the_longest_name_is_meant_and_the_rest_is_the_reason() {
        let state = room();
        let id = |id| ReportSubject::Member(MemberRef::Id(MemberId(id)));
        let line = ReportSubject::Line(ChatId(1));
        let rows = [
            ("Боб", id(3), ""),
            ("@боб spams links", id(3), "spams links"),
            ("Ann Lee spams", id(2), "spams"),
            ("ann spams", id(1), "spams"),
            ("#1 rude", line.clone(), "rude"),
            ("Troll  rude", line, "rude"),
        ];
        for (typed, of, reason) in rows {
            let (found, rest) = subject(&state, typed).unwrap();
            assert_eq!((found, rest.trim()), (of, reason), "{typed}");
        }
        for typed in ["#7 rude", "#x"] {
            assert_eq!(subject(&state, typed), Err(Denied::NoSuchLine), "{typed}");
        }
        let unknown = subject(&state, "Eve is rude").unwrap_err();
        assert!(matches!(&unknown, Denied::NoSuchMember { name } if name.as_str() == "Eve"));
    }
}
