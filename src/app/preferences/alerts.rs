//! What flashes on the screen and what rings, as the member chose. The client keeps it.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoEnumIterator};

/// What a member can be alerted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub enum AlertKind {
    /// Somebody mentions them.
    Mention,
    /// Media starts.
    MediaStart,
    /// Somebody else reacts.
    Reaction,
}

/// How a member is alerted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, EnumIter, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertMode {
    /// Not at all.
    #[default]
    Off,
    /// The lines between the panes light up.
    Flash,
    /// The terminal rings, and shows a notification.
    Ring,
    /// Both.
    Both,
}

impl AlertMode {
    /// Whether the lines between the panes light up.
    #[must_use]
    pub const fn flashes(self) -> bool {
        matches!(self, Self::Flash | Self::Both)
    }

    /// Whether the terminal rings.
    #[must_use]
    pub const fn rings(self) -> bool {
        matches!(self, Self::Ring | Self::Both)
    }
}

/// How a member is alerted to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alerts {
    mention: AlertMode,
    media_start: AlertMode,
    reaction: AlertMode,
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            mention: AlertMode::Both,
            media_start: AlertMode::Both,
            reaction: AlertMode::Flash,
        }
    }
}

impl Alerts {
    /// How the member is alerted to something.
    #[must_use]
    pub const fn of(&self, kind: AlertKind) -> AlertMode {
        match kind {
            AlertKind::Mention => self.mention,
            AlertKind::MediaStart => self.media_start,
            AlertKind::Reaction => self.reaction,
        }
    }

    /// Chooses how the member is alerted to something; to everything, if nothing is named.
    pub fn set(&mut self, kind: Option<AlertKind>, mode: AlertMode) {
        let kinds = kind.map_or_else(|| AlertKind::iter().collect(), |kind| vec![kind]);
        for kind in kinds {
            match kind {
                AlertKind::Mention => self.mention = mode,
                AlertKind::MediaStart => self.media_start = mode,
                AlertKind::Reaction => self.reaction = mode,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AlertKind, AlertMode, Alerts};

    #[test]
    fn each_kind_has_its_own_mode_and_all_can_be_set_at_once() {
        let mut alerts = Alerts::default();
        alerts.set(Some(AlertKind::Reaction), AlertMode::Ring);
        assert!(alerts.of(AlertKind::Reaction).rings());
        assert!(!alerts.of(AlertKind::Reaction).flashes());
        assert!(alerts.of(AlertKind::Mention).flashes());
        let text = serde_json::to_string(&alerts).unwrap();
        assert_eq!(serde_json::from_str::<Alerts>(&text).unwrap(), alerts);
        alerts.set(None, AlertMode::Off);
        assert_eq!(alerts.of(AlertKind::MediaStart), AlertMode::Off);
        let part: Alerts = serde_json::from_str(r#"{"mention": "off"}"#).unwrap();
        assert_eq!(part.of(AlertKind::Mention), AlertMode::Off);
        assert_eq!(part.of(AlertKind::Reaction), AlertMode::Flash);
    }
}
