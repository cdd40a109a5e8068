//! Texts for addresses of servers and rooms that are not valid.

use crate::protocol::ids::{RoomId, RoomIdError};
use crate::protocol::invite::InviteError;
use crate::protocol::text::Title;
use crate::texts::language::Language;
use crate::texts::tr;

/// What is wrong with an address, to follow a colon or to stand in brackets.
#[must_use]
pub fn invalid(language: Language, error: InviteError) -> String {
    match error {
        InviteError::NotAnAddress => tr!(language, "config-why-no-address"),
        InviteError::NoScheme => tr!(language, "config-why-no-scheme"),
        InviteError::Scheme => tr!(language, "config-why-scheme"),
        InviteError::Credentials => tr!(language, "config-why-credentials"),
        InviteError::TooLong => tr!(language, "config-why-too-long"),
        InviteError::NotPlain => tr!(language, "config-why-not-plain"),
        InviteError::NoRoom => tr!(language, "config-why-no-room"),
        InviteError::Token => tr!(language, "config-why-invite-token"),
        InviteError::LongName => tr!(
            language,
            "config-why-room-too-long",
            name = RoomId::LONGEST,
            title = Title::MAX_CHARS
        ),
        InviteError::Room(RoomIdError) => tr!(language, "config-why-room"),
    }
}
