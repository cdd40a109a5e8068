//! Why a value on the command line, in the environment or in the configuration file is invalid.

use std::error::Error;
use std::net::AddrParseError;

use super::UnknownColourSetting;
use super::admin::{InvalidAnnouncement, InvalidDelay, InvalidMember};
use super::alert::InvalidAlert;
use super::browser::UnknownBrowser;
use super::count::InvalidCount;
use super::create_rule::UnknownCreateRule;
use super::duration::InvalidDuration;
use super::language::UnknownLanguage;
use super::listen::InvalidListen;
use super::log_format::UnknownLogFormat;
use super::osd::UnknownOsd;
use super::port::InvalidPort;
use super::seconds::InvalidSeconds;
use super::theme::UnknownTheme;
use crate::app::keys::own::KeyFault;
use crate::protocol::ids::RoomIdError;
use crate::protocol::invite::InviteError;
use crate::protocol::text::TextError;
use crate::server::InvalidProxyNetwork;
use crate::server::log::{InvalidNodeName, InvalidRedisPrefix, InvalidRedisUrl};
use crate::strings::{address, start};
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
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
    /// Not a time to wait.
    Delay,
    /// Neither `text` nor `json`.
    LogFormat,
    /// Not a level of what is shown over the picture.
    Osd,
    /// Not a whole number within the bounds.
    Count,
    /// Not a rule for who may create rooms.
    Create,
    /// Not how the member is alerted to something.
    Alert,
    /// Neither a member's name nor a number.
    Member,
    /// No text for everyone.
    Announcement,
    /// Not a language of the catalogue.
    Language,
    /// Not a word for when there are colours.
    Colour,
    /// Not a theme.
    Theme,
    /// Not a style of a theme.
    Style,
    /// Not a list of emoji, with the entry that is none if it is one.
    Reactions(Option<String>),
    /// Not a valid name of a member.
    Name(TextError),
    /// Not an address to listen on.
    Listen,
    /// Not a port.
    Port,
    /// Neither the address of a proxy nor a network of proxies.
    Proxy,
    /// Not an address of a Redis.
    Redis,
    /// Not a prefix of keys.
    RedisPrefix,
    /// Not a name of a node.
    NodeName,
    /// Neither a room nor a server.
    Target(InviteError),
    /// Neither a server's address nor the name of a profile.
    Server {
        /// What was named.
        name: String,
        /// The profile that was probably meant.
        nearest: Option<String>,
    },
    /// A profile of a server without its address.
    NoUrl,
    /// A profile whose name no command line could name.
    ProfileName,
    /// Not a browser that yt-dlp knows; with the one that was probably meant.
    Browser(Option<&'static str>),
    /// Not a key that an action can have.
    Key(KeyFault),
    /// Not a value for an option of yt-dlp.
    YtdlOption,
    /// Not a text in quotation marks.
    Text,
    /// Not a list.
    List,
    /// A value in the place of a table.
    Table,
    /// Anything else, in the words of the file's parser, which are English.
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
        } else if error.is::<InvalidDelay>() {
            Self::Delay
        } else if error.is::<UnknownLogFormat>() {
            Self::LogFormat
        } else if error.is::<UnknownOsd>() {
            Self::Osd
        } else if error.is::<InvalidCount>() {
            Self::Count
        } else if error.is::<UnknownCreateRule>() {
            Self::Create
        } else if let Some(UnknownBrowser { nearest }) = error.downcast_ref() {
            Self::Browser(*nearest)
        } else if error.is::<InvalidAlert>() {
            Self::Alert
        } else if error.is::<InvalidMember>() {
            Self::Member
        } else if error.is::<InvalidAnnouncement>() {
            Self::Announcement
        } else if let Some(error) = error.downcast_ref::<RoomIdError>() {
            Self::Target(InviteError::Room(*error))
        } else if error.is::<InvalidListen>() || error.is::<AddrParseError>() {
            Self::Listen
        } else if error.is::<InvalidPort>() {
            Self::Port
        } else if error.is::<InvalidProxyNetwork>() {
            Self::Proxy
        } else if error.is::<InvalidRedisUrl>() {
            Self::Redis
        } else if error.is::<InvalidRedisPrefix>() {
            Self::RedisPrefix
        } else if error.is::<InvalidNodeName>() {
            Self::NodeName
        } else if error.is::<UnknownLanguage>() {
            Self::Language
        } else if error.is::<UnknownColourSetting>() {
            Self::Colour
        } else if error.is::<UnknownTheme>() {
            Self::Theme
        } else {
            Self::Other(error.to_string())
        }
    }

    /// What a value is not that has the wrong type, by the words of the file's parser.
    #[must_use]
    pub fn of_type(message: &str) -> Self {
        let expected = message.rsplit_once("expected ");
        match expected.map(|(_, expected)| expected) {
            Some("a boolean") => Self::Boolean,
            Some("a string" | "a path string" | "path string") => Self::Text,
            Some("a sequence") => Self::List,
            Some(expected) if expected.starts_with("struct ") => Self::Table,
            _ => Self::Other(message.to_owned()),
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
            Self::Delay => tr!(language, "config-why-delay"),
            Self::LogFormat => tr!(language, "config-why-log-format"),
            Self::Osd => tr!(language, "config-why-osd"),
            Self::Count => tr!(language, "config-why-count"),
            Self::Create => tr!(language, "config-why-create"),
            Self::Alert => tr!(language, "config-why-alert"),
            Self::Member => tr!(language, "config-why-member"),
            Self::Announcement => tr!(language, "config-why-announcement"),
            Self::Language => tr!(language, "config-why-language"),
            Self::Colour => tr!(language, "config-why-color"),
            Self::Theme => tr!(language, "config-why-theme"),
            Self::Style => tr!(language, "config-why-style"),
            Self::Reactions(None) => tr!(language, "config-why-reactions"),
            Self::Reactions(Some(entry)) => {
                let entry = quoted(language, entry);
                tr!(language, "config-why-reaction", entry = entry)
            }
            Self::Name(why) => start::name_fault(language, *why),
            Self::Listen => tr!(language, "config-why-listen"),
            Self::Port => tr!(language, "config-why-port"),
            Self::Proxy => tr!(language, "config-why-proxy"),
            Self::Redis => tr!(language, "config-why-redis"),
            Self::NodeName => tr!(language, "config-why-node-name"),
            Self::RedisPrefix => tr!(language, "config-why-redis-prefix"),
            Self::Target(error) => address::invalid(language, *error),
            Self::Server { name, nearest } => server(language, name, nearest.as_deref()),
            Self::Browser(Some(nearest)) => {
                tr!(language, "config-why-browser-nearest", nearest = (*nearest))
            }
            Self::Browser(None) => tr!(language, "config-why-browser"),
            Self::Key(fault) => key(language, *fault),
            Self::YtdlOption => tr!(language, "config-why-ytdl-option"),
            Self::NoUrl => tr!(language, "config-why-no-url"),
            Self::ProfileName => tr!(language, "config-why-profile-name"),
            Self::Text => tr!(language, "config-why-text"),
            Self::List => tr!(language, "config-why-list"),
            Self::Table => tr!(language, "config-why-table"),
            Self::Other(message) => quoted(language, message),
        }
    }
}

fn server(language: Language, name: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => tr!(
            language,
            "config-why-server-nearest",
            name = name,
            nearest = nearest
        ),
        None => tr!(language, "config-why-server", name = name),
    }
}

fn key(language: Language, fault: KeyFault) -> String {
    match fault {
        KeyFault::NoKey => tr!(language, "config-why-key"),
        KeyFault::Reserved => tr!(language, "config-why-key-reserved"),
        KeyFault::Taken(other) => tr!(language, "config-why-key-taken", other = other),
    }
}
