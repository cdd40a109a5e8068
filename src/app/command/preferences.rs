//! Readers of the commands that change what a member chose of the screen.

use super::argument_word::ArgumentWord;
use super::parsed_line::{ClientCommand, ParsedLine};
use super::read_error::ReadError;
use crate::app::preferences::LayoutChange;
use crate::app::preferences::PreferenceCommand;
use crate::app::preferences::{AlertKind, AlertMode};

/// How the screen is to be divided; alone, otherwise than now.
pub(super) fn layout(text: &str) -> Result<ParsedLine, ReadError> {
    let change = match ArgumentWord::read(text) {
        None if text.is_empty() => LayoutChange::Toggle,
        Some(ArgumentWord::Cinema) => LayoutChange::Cinema,
        Some(ArgumentWord::Full) => LayoutChange::Full,
        Some(ArgumentWord::Wider) => LayoutChange::WiderChat,
        Some(ArgumentWord::Narrower) => LayoutChange::NarrowerChat,
        _ => return Err(ReadError::Bad),
    };
    Ok(prefer(PreferenceCommand::Layout(change)))
}

/// How the member is to be alerted, to what is named or to everything; alone, how it is now.
pub(super) fn alerts(text: &str) -> Result<ParsedLine, ReadError> {
    if text.is_empty() {
        return Ok(prefer(PreferenceCommand::ShowAlerts));
    }
    let (kind, mode) = match text.split_once(char::is_whitespace) {
        Some((kind, mode)) => (Some(alert_kind(kind).ok_or(ReadError::Bad)?), mode.trim()),
        None => (None, text),
    };
    let mode = alert_mode(mode).ok_or(ReadError::Bad)?;
    Ok(prefer(PreferenceCommand::Alert(kind, mode)))
}

/// What a member can be alerted to, by its word in either language.
#[must_use]
pub fn alert_kind(word: &str) -> Option<AlertKind> {
    match ArgumentWord::read(word)? {
        ArgumentWord::Mention => Some(AlertKind::Mention),
        ArgumentWord::Film => Some(AlertKind::MediaStart),
        ArgumentWord::Reaction => Some(AlertKind::Reaction),
        _ => None,
    }
}

/// How a member can be alerted, by its word in either language.
#[must_use]
pub fn alert_mode(word: &str) -> Option<AlertMode> {
    match ArgumentWord::read(word)? {
        ArgumentWord::Off => Some(AlertMode::Off),
        ArgumentWord::Flash => Some(AlertMode::Flash),
        ArgumentWord::Ring => Some(AlertMode::Ring),
        ArgumentWord::Both => Some(AlertMode::Both),
        _ => None,
    }
}

const fn prefer(command: PreferenceCommand) -> ParsedLine {
    ParsedLine::Client(ClientCommand::Prefer(command))
}

#[cfg(test)]
mod tests {
    use super::{AlertKind, AlertMode, LayoutChange, PreferenceCommand, alerts, layout, prefer};

    #[test]
    fn layouts_and_alerts_are_read_in_either_language() {
        let of = |text| layout(text).unwrap();
        let change = |change| prefer(PreferenceCommand::Layout(change));
        assert_eq!(of(""), change(LayoutChange::Toggle));
        assert_eq!(of("Cinema"), change(LayoutChange::Cinema));
        assert_eq!(of("уже"), change(LayoutChange::NarrowerChat));
        let alert = |kind, mode| prefer(PreferenceCommand::Alert(kind, mode));
        let of = |text| alerts(text).unwrap();
        assert_eq!(of(""), prefer(PreferenceCommand::ShowAlerts));
        assert_eq!(of("off"), alert(None, AlertMode::Off));
        let film = alert(Some(AlertKind::MediaStart), AlertMode::Both);
        assert_eq!(of("film  both"), film);
        assert_eq!(of("фильм оба"), film);
        for text in ["film", "film on", "off film", "ring film both"] {
            assert!(alerts(text).is_err(), "{text}");
        }
        assert!(layout("cinema full").is_err());
    }
}
