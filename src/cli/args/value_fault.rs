//! Why a value on the command line, in the environment or in the configuration file is invalid.

use std::error::Error;
use std::net::AddrParseError;

use super::duration::InvalidDuration;
use super::language::UnknownLanguage;
use super::seconds::InvalidSeconds;
use crate::protocol::ids::RoomIdError;
use crate::protocol::invite::InviteError;
use crate::texts::language::Language;
use crate::texts::tr;

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueFault {
    /// Neither yes nor no.
    Boolean,
    /// Not UTF-8.
    Utf8,
    /// The variable of the password is empty.
    EmptyPassword,
    /// Not a duration in seconds.
    Seconds,
    /// Not a duration with a unit.
    Duration,
    /// Not a language of the catalogue.
    Language,
    /// Not an address to listen on.
    Listen,
    /// Neither a room nor a server.
    Target(InviteError),
    /// The words of the parser of the file, in English.
    Other(String),
}

impl ValueFault {
    /// What a parser of values reported.
    #[must_use]
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        if let Some(error) = error.downcast_ref::<InviteError>() {
            Self::Target(*error)
        } else if error.is::<InvalidSeconds>() {
            Self::Seconds
        } else if error.is::<InvalidDuration>() {
            Self::Duration
        } else if error.is::<AddrParseError>() {
            Self::Listen
        } else if error.is::<UnknownLanguage>() {
            Self::Language
        } else {
            Self::Other(error.to_string())
        }
    }

    /// What is wrong, to follow a colon.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        match self {
            Self::Boolean => tr!(language, "config-why-boolean"),
            Self::Utf8 => tr!(language, "config-why-not-utf8"),
            Self::EmptyPassword => tr!(language, "config-why-empty-password"),
            Self::Seconds => tr!(language, "config-why-seconds"),
            Self::Duration => tr!(language, "config-why-duration"),
            Self::Language => tr!(language, "config-why-language"),
            Self::Listen => tr!(language, "config-why-listen"),
            Self::Target(error) => target(language, *error),
            Self::Other(message) => message.clone(),
        }
    }
}

fn target(language: Language, error: InviteError) -> String {
    match error {
        InviteError::NotAnAddress => tr!(language, "config-why-no-address"),
        InviteError::NoScheme => tr!(language, "config-why-no-scheme"),
        InviteError::Scheme => tr!(language, "config-why-scheme"),
        InviteError::Credentials => tr!(language, "config-why-credentials"),
        InviteError::TooLong => tr!(language, "config-why-too-long"),
        InviteError::NotPlain => tr!(language, "config-why-not-plain"),
        InviteError::NoRoom => tr!(language, "config-why-no-room"),
        InviteError::Room(RoomIdError) => tr!(language, "config-why-room"),
    }
}
