//! What a member chose of the screen. The client keeps it for the next time; `screen` goes by it.

use serde::{Deserialize, Serialize};

mod alerts;
mod layout;

pub use alerts::{AlertKind, AlertMode, Alerts};
pub use layout::{Layout, LayoutChange};

/// What a member chose of the screen.
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
