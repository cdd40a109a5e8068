//! Texts for the notices that follow a join.

use super::why;
use crate::app::config::Unkept;
use crate::app::output::Notice;
use crate::protocol::text::clean;
use crate::texts::language::Language;
use crate::texts::tr;

/// The most characters of a system error that are shown.
const SYSTEM_WORDS: usize = 200;

/// The text of a notice that follows a join; `None` for others.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::OnlyHere { .. } => tr!(language, "notice-only-here"),
        Notice::OnLan { invites } => {
            // A wide gap, so that no link runs into the next.
            let invites = invites.join("  ·  ");
            tr!(language, "notice-on-lan", invites = invites)
        }
        Notice::RoomsUnkept(Unkept::InUse) => tr!(language, "notice-rooms-unkept-in-use"),
        Notice::RoomsUnkept(Unkept::NoFolder) => tr!(language, "notice-rooms-unkept-no-folder"),
        Notice::RoomsUnkept(Unkept::Unusable { reason }) => {
            let reason = clean(reason, SYSTEM_WORDS);
            tr!(language, "notice-rooms-unkept", reason = reason)
        }
        Notice::NewRoomOfSameName => tr!(language, "notice-new-room-of-same-name"),
        Notice::TokensOverdue => tr!(language, "notice-tokens-overdue"),
        Notice::RoomCreated { invite } => {
            tr!(language, "notice-room-created", invite = invite.as_str())
        }
        Notice::MadePrivate => tr!(language, "notice-made-private"),
        Notice::AlreadyExists => tr!(language, "notice-already-exists"),
        Notice::PasswordUnused => tr!(language, "notice-password-unused"),
        Notice::NameChanged { name } => {
            tr!(language, "notice-name-changed", name = name.as_str())
        }
        Notice::NameKept { name, why: cause } => {
            let why = why(language, cause);
            tr!(
                language,
                "notice-name-kept",
                name = name.as_str(),
                why = why
            )
        }
        _ => return None,
    };
    Some(text)
}
