//! The texts of the web page behind an invite link.

use crate::texts::language::Language;
use crate::texts::tr;

/// The page of a room; `link` is its invite link.
#[must_use]
pub fn invite_page(language: Language, room: &str, link: &str) -> InvitePage {
    InvitePage {
        language,
        title: tr!(language, "invite-title", room = room),
        before: tr!(language, "invite-before"),
        command: format!("watchtogether join {link}"),
        after: tr!(language, "invite-after"),
    }
}

/// The texts of the page behind an invite link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitePage {
    /// The language in which it is written.
    pub language: Language,
    /// The heading, and the title of the browser's window.
    pub title: String,
    /// The sentence above the command.
    pub before: String,
    /// The command that joins the room.
    pub command: String,
    /// The sentence below the command.
    pub after: String,
}
