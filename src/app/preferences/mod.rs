//! What a member chooses on their own screen.
//!
//! One rule holds for all of it: what is chosen with a command, or with its key, is kept for the
//! next time ([`OwnChoice`]), and what a flag, a variable or the configuration file says goes before
//! it. What concerns a film or the player, such as the volume or the quality, is chosen for one run
//! and is none of it.

use serde::{Deserialize, Serialize};

mod alerts;
mod layout;

pub use alerts::{AlertKind, AlertMode, Alerts};
pub use layout::{Layout, LayoutChange};

use super::appearance::ThemeChoice;
use super::osd_level::OsdLevel;
use super::own_reactions::OwnReactions;
use crate::texts::language::Language;

/// One thing that a member chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnChoice {
    /// How the screen is divided.
    Layout(Layout),
    /// How they are alerted to this; to everything, if nothing is named.
    Alert(Option<AlertKind>, AlertMode),
    /// How the screen looks.
    Theme(ThemeChoice),
    /// How much is shown over the picture.
    Osd(OsdLevel),
    /// The language of everything that they read.
    Language(Language),
    /// The emoji on their keys.
    Reactions(OwnReactions),
}

/// All that a member chose, as the client keeps it. `None` is what nobody chose.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnChoices {
    /// How the screen is divided, and what flashes and what rings.
    #[serde(flatten)]
    pub screen: ScreenPreferences,
    /// How the screen looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<ThemeChoice>,
    /// How much is shown over the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub osd: Option<OsdLevel>,
    /// The language of everything that they read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The emoji on their keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reactions: Option<OwnReactions>,
}

impl OwnChoices {
    /// Takes a choice in; the others stay.
    pub fn set(&mut self, choice: OwnChoice) {
        match choice {
            OwnChoice::Layout(layout) => self.screen.layout = layout,
            OwnChoice::Alert(kind, mode) => self.screen.alerts.set(kind, mode),
            OwnChoice::Theme(theme) => self.theme = Some(theme),
            OwnChoice::Osd(level) => self.osd = Some(level),
            OwnChoice::Language(language) => self.language = Some(language),
            OwnChoice::Reactions(own) => self.reactions = Some(own),
        }
    }
}

/// What a member chose of the screen's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScreenPreferences {
    /// How the screen is divided.
    pub layout: Layout,
    /// What flashes and what rings.
    pub alerts: Alerts,
}

/// What a typed command asks of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreferenceCommand {
    /// Divide the screen otherwise.
    Layout(LayoutChange),
    /// Say what flashes and what rings.
    ShowAlerts,
    /// Alert the member so to this, or to everything.
    Alert(Option<AlertKind>, AlertMode),
}
