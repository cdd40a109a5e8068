//! The texts of the web page behind an invite link.

use crate::texts::language::Language;
/// The page of a room; `link` is its invite link.
#[must_use]
pub fn invite_page(language: Language, room: &str, link: &str) -> InvitePage {
    InvitePage {
        title: format!("You are invited to {room}"),
        before: "This room is watched from a terminal, with mpv. To join it, run:".to_owned(),
        command: format!("watchtogether join {link}"),
        after: "If you do not have watchtogether yet, whoever invited you can tell you where \
                they got it."
            .to_owned(),
    }
}

/// The texts of the page behind an invite link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitePage {
    /// The heading, and the title of the browser's window.
    pub title: String,
    /// The sentence above the command.
    pub before: String,
    /// The command that joins the room.
    pub command: String,
    /// The sentence below the command.
    pub after: String,
}
