//! New lines of chat, and erased ones.

use super::change::RoomChange;
use crate::app::output::{Output, Person};
use crate::protocol::event::{ChatLine, RoomEvent};
use crate::protocol::ids::ChatId;
use crate::protocol::moderation::Erasure;
use crate::protocol::text::MemberName;

/// The lines that have not been emitted yet.
pub(super) fn new_lines(change: &RoomChange<'_>) -> Vec<Output> {
    let emitted_chat = change.recipient.emitted_chat;
    let history = change.cause.is_none_or(|cause| cause.is_replayed);
    let newest_first = change.now.chat.lines().rev();
    let mut new: Vec<Output> = newest_first
        .take_while(|line| line.id > emitted_chat)
        .map(|line| Output::Chat {
            line: line.clone(),
            spelled: change.now.emotes.spelled(line.text.as_str()),
            history,
        })
        .collect();
    new.reverse();
    new
}

/// Lines that were emitted before and are erased now.
pub(super) fn erased(change: &RoomChange<'_>) -> Vec<Output> {
    match change.event() {
        Some(RoomEvent::Erased { line, by }) => vec![Output::Erased {
            id: *line,
            by: Person {
                name: by.clone(),
                is_you: change.by() == Some(change.recipient.me),
            },
            author: change.now.chat.get(*line).map(|line| author(change, line)),
        }],
        Some(RoomEvent::ErasedAll(erasure)) => {
            let by = eraser(change, erasure);
            let lines = change.now.chat.lines();
            let covered = lines.filter(|line| erasure.covers(line));
            let new = covered.filter(|line| !change.before.was_erased(line.id));
            new.map(|line| Output::ErasedTogether {
                id: line.id,
                by: by.clone(),
            })
            .collect()
        }
        Some(RoomEvent::Forgotten { lines, .. }) => {
            let by = Person::other(MemberName::operator());
            let erased = |id: &ChatId| Output::Erased {
                id: *id,
                by: by.clone(),
                author: change.now.chat.get(*id).map(|line| author(change, line)),
            };
            lines.iter().map(erased).collect()
        }
        Some(_) => Vec::new(),
        None => {
            let known = change.now.chat.lines();
            let known = known.filter(|line| line.id <= change.recipient.emitted_chat);
            let new = known.filter(|line| !change.before.was_erased(line.id));
            new.filter_map(|line| {
                // A state has only a name, which may be somebody else's by now.
                let by = Person::other(line.erased.clone()?);
                Some(Output::Erased {
                    id: line.id,
                    by,
                    author: Some(author(change, line)),
                })
            })
            .collect()
        }
    }
}

/// Who erased all lines of a member, as the member reads of them.
pub(super) fn eraser(change: &RoomChange<'_>, erasure: &Erasure) -> Person {
    Person {
        name: erasure.by.clone(),
        is_you: change.by() == Some(change.recipient.me),
    }
}

/// The author of a line of chat.
fn author(change: &RoomChange<'_>, line: &ChatLine) -> Person {
    Person {
        name: line.name.clone(),
        is_you: line.from == change.recipient.me,
    }
}
