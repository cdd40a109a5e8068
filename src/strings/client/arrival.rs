//! Texts for the notices that follow a join.

use super::why;
use crate::app::output::Notice;
use crate::protocol::text::MemberName;
use crate::texts::language::Language;

/// The text of a notice that follows a join; `None` for others.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::OnlyHere { .. } => "THIS ROOM EXISTS ONLY ON THIS COMPUTER: nobody elsewhere can \
             join it. If you were given an invite, paste it here: /join LINK"
            .to_owned(),
        Notice::OnLan { invites } => format!(
            "This room is on your local network. Others there join with: watchtogether join {}",
            invites.join("  or  ")
        ),
        Notice::TokensOverdue => "The disk that keeps who you are in this room does not answer. \
             Connecting without it: you may come in as somebody new."
            .to_owned(),
        Notice::RoomCreated { invite } => {
            format!("You created this room. Others join with: watchtogether join {invite}")
        }
        Notice::MadePrivate => {
            "The room is private: it asks everybody for the password that you gave.".to_owned()
        }
        Notice::AlreadyExists => "This room exists already: the title and the visibility that \
             you asked for were left aside."
            .to_owned(),
        Notice::PasswordUnused => {
            "This room is open to everybody: it has no password, and the one \
             that you gave was not used."
                .to_owned()
        }
        Notice::NameChanged { name } => changed(language, name),
        Notice::NameKept { name, why: cause } => kept(language, name, &why(language, cause)),
        _ => return None,
    };
    Some(text)
}

/// The room gave another name than the one wished for.
fn changed(language: Language, name: &MemberName) -> String {
    format!("You are called {name} in this room. /nick NAME changes that.")
}

/// The name chosen at the start was not taken.
fn kept(language: Language, name: &MemberName, why: &str) -> String {
    format!("You are still called {name} in this room. {why}")
}
