//! Texts of the list of commands and of everything.

use super::{help, keys, media, roles};
use crate::app::command::Slash;
use crate::app::keys::own::KeyMap;
use crate::app::keys::{BINDINGS, KeyContext};
use crate::protocol::playback::QueueEntry;
use crate::protocol::text::{Title, clean};
use crate::texts::language::Language;
use crate::texts::tr;
use crate::wire::pages::RoomCard;

/// The most keys of a command that are named.
const MOST_KEYS: usize = 2;

/// An item as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What is chosen: a command with its arguments, a number, a name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// The role that it takes where that is not one's own, else its key; empty if there is neither.
    pub mark: String,
    /// Whether one's role allows it.
    pub is_allowed: bool,
}

/// A command.
#[must_use]
pub fn command(language: Language, slash: Slash, is_allowed: bool, own: &KeyMap) -> Listed {
    let mark = if is_allowed {
        key(language, slash, own)
    } else {
        roles::role(language, slash.needs())
    };
    Listed {
        name: help::usage(language, slash.usage()),
        about: help::summary(language, slash),
        mark,
        is_allowed,
    }
}

/// The keys that do the same as a command, from the first part of the key map that has any.
#[must_use]
pub fn key(language: Language, slash: Slash, own: &KeyMap) -> String {
    let of = |context: KeyContext| {
        let rows = BINDINGS
            .iter()
            .filter(move |row| row.context == context && row.twin == Some(slash.name()));
        rows.filter_map(|row| own.keys(row).first())
    };
    let contexts = [KeyContext::Everywhere, KeyContext::OffLine];
    let first = contexts
        .into_iter()
        .find(|context| of(*context).next().is_some());
    let keys = first.into_iter().flat_map(of).take(MOST_KEYS);
    let names: Vec<String> = keys.map(|press| keys::key(language, *press)).collect();
    names.join(" ")
}

/// An entry of the queue.
#[must_use]
pub fn entry(language: Language, entry: &QueueEntry) -> Listed {
    Listed {
        name: format!("#{}", entry.id),
        about: media::name(entry.title.as_ref(), &entry.media),
        mark: tr!(language, "palette-queue"),
        is_allowed: true,
    }
}

/// A member.
#[must_use]
pub fn member(language: Language, name: &str) -> Listed {
    Listed {
        name: format!("@{name}"),
        about: String::new(),
        mark: tr!(language, "palette-member"),
        is_allowed: true,
    }
}

/// A live room.
#[must_use]
pub fn room(language: Language, card: &RoomCard) -> Listed {
    let playing = card.playing.as_ref();
    let playing = playing.and_then(|playing| playing.title.as_ref());
    let about = [card.title.as_ref(), playing];
    let about: Vec<&str> = about.into_iter().flatten().map(Title::as_str).collect();
    Listed {
        name: card.id.to_string(),
        about: clean(&about.join(" · "), 2 * Title::MAX_CHARS),
        mark: tr!(language, "palette-room"),
        is_allowed: true,
    }
}

/// The keys of the list over the line.
#[must_use]
pub fn line_keys(language: Language) -> String {
    tr!(language, "palette-keys-line")
}

/// The keys of the list of everything.
#[must_use]
pub fn finder_keys(language: Language) -> String {
    tr!(language, "palette-keys-finder")
}

/// What stands in the list when nothing fits.
#[must_use]
pub fn empty(language: Language) -> String {
    tr!(language, "palette-empty")
}
