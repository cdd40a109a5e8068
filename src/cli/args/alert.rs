//! What flashes and what rings, as a word on the command line or in the configuration file:
//! `mention=both`.

use std::str::FromStr;

use serde::Deserialize;

use crate::app::command::{alert_kind, alert_mode};
use crate::app::preferences::{AlertKind, AlertMode};

/// How the member is alerted to something, in the words of `/alerts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct AlertSetting {
    /// What alerts: a mention, a film's start or a reaction.
    pub kind: AlertKind,
    /// Whether it flashes, rings, does both or neither.
    pub mode: AlertMode,
}

/// The text is no `mention=both`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("give mention, film or reaction, =, and flash, ring, both or off")]
pub struct InvalidAlert;

impl FromStr for AlertSetting {
    type Err = InvalidAlert;
    fn from_str(text: &str) -> Result<Self, InvalidAlert> {
        let (kind, mode) = text.split_once('=').ok_or(InvalidAlert)?;
        Ok(Self {
            kind: alert_kind(kind).ok_or(InvalidAlert)?,
            mode: alert_mode(mode).ok_or(InvalidAlert)?,
        })
    }
}

impl TryFrom<String> for AlertSetting {
    type Error = InvalidAlert;
    fn try_from(text: String) -> Result<Self, InvalidAlert> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::{AlertKind, AlertMode, AlertSetting, InvalidAlert};

    #[test]
    fn an_alert_is_read_in_the_words_of_the_command() {
        let film = AlertSetting {
            kind: AlertKind::MediaStart,
            mode: AlertMode::Off,
        };
        assert_eq!("film=off".parse(), Ok(film));
        assert_eq!("фильм=выкл".parse(), Ok(film));
        for text in [
            "",
            "film",
            "film=",
            "=off",
            "film=on",
            "all=off",
            "film=off=off",
        ] {
            assert_eq!(text.parse::<AlertSetting>(), Err(InvalidAlert), "{text}");
        }
    }
}
