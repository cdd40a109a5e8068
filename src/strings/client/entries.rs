//! Texts about what members do with the entries of the queue.

use super::batches;
use crate::app::output::{Notice, Person, UnqueuedEntry};
use crate::protocol::playback::{QueueEntry, UnqueueCause};
use crate::strings::media;
use crate::strings::sentences::{quoted, you};
use crate::texts::language::Language;
use crate::texts::tr;

/// The text about an entry; `None` for other notices.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::Approved { entry, who } => {
            let entry = called(language, entry);
            let (name, you) = (who.name.as_str(), you(who));
            tr!(
                language,
                "notice-approved",
                who = name,
                you = you,
                entry = entry
            )
        }
        Notice::Moved { entry, who, place } => moved(language, entry, who, *place),
        Notice::Unqueued(UnqueuedEntry {
            entry,
            by,
            actor,
            cause,
        }) => match cause {
            UnqueueCause::Rejected => rejected(language, entry, by, actor.as_ref()),
            UnqueueCause::Withdrawn => withdrawn(language, entry, by),
            UnqueueCause::Removed => removed(language, entry, actor.as_ref()),
        },
        Notice::RejectedTogether { who, count } => {
            let (name, you) = (who.name.as_str(), you(who));
            tr!(
                language,
                "notice-rejected-together",
                who = name,
                you = you,
                count = (*count)
            )
        }
        Notice::Batch(notice) => batches::text(language, notice),
        Notice::GaveWay { entry, by } => {
            let entry = called(language, entry);
            let (by, own) = (by.name.as_str(), you(by));
            tr!(
                language,
                "notice-gave-way",
                entry = entry,
                by = by,
                own = own
            )
        }
        _ => return None,
    };
    Some(text)
}

/// A member moved an entry to another place.
fn moved(language: Language, entry: &QueueEntry, who: &Person, place: u32) -> String {
    let entry = called(language, entry);
    let (name, you) = (who.name.as_str(), you(who));
    tr!(
        language,
        "notice-moved",
        who = name,
        you = you,
        entry = entry,
        place = place.to_string()
    )
}

/// An admin rejected a proposal of `by`.
fn rejected(language: Language, entry: &QueueEntry, by: &Person, actor: Option<&Person>) -> String {
    let entry = called(language, entry);
    let (by, own) = (by.name.as_str(), you(by));
    let Some(actor) = actor else {
        return tr!(
            language,
            "notice-rejected",
            entry = entry,
            by = by,
            own = own
        );
    };
    let (who, you) = (actor.name.as_str(), you(actor));
    tr!(
        language,
        "notice-rejected-by",
        who = who,
        you = you,
        entry = entry,
        by = by,
        own = own
    )
}

/// A member withdrew their own proposal.
fn withdrawn(language: Language, entry: &QueueEntry, by: &Person) -> String {
    let entry = called(language, entry);
    let (who, you) = (by.name.as_str(), you(by));
    tr!(
        language,
        "notice-withdrawn",
        who = who,
        you = you,
        entry = entry
    )
}

/// An admin removed an entry.
fn removed(language: Language, entry: &QueueEntry, actor: Option<&Person>) -> String {
    let entry = called(language, entry);
    let Some(actor) = actor else {
        return tr!(language, "notice-removed", entry = entry);
    };
    let (who, you) = (actor.name.as_str(), you(actor));
    tr!(
        language,
        "notice-removed-by",
        who = who,
        you = you,
        entry = entry
    )
}

/// A queue entry: its number and its title.
fn called(language: Language, entry: &QueueEntry) -> String {
    let name = media::name(entry.title.as_ref(), &entry.media);
    format!("#{} {}", entry.id, quoted(language, &name))
}
