//! What a member chose of the screen, which the client keeps for the next time, and the commands
//! that change it.

use serde::{Deserialize, Serialize};

use super::alerts::{AlertKind, AlertMode, Alerts};
use super::layout::{Layout, LayoutChange};
use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;

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

/// Carries a command out, and shows how it is now.
pub(super) fn carry_out(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    command: PreferenceCommand,
) {
    let before = screen.preferences;
    let content = match command {
        PreferenceCommand::Layout(change) => {
            let columns = screen.size.0;
            screen.preferences.layout = before.layout.changed(change, columns);
            ToastContent::Layout(screen.preferences.layout)
        }
        PreferenceCommand::ShowAlerts => ToastContent::Alerts(before.alerts),
        PreferenceCommand::Alert(kind, mode) => {
            screen.preferences.alerts.set(kind, mode);
            ToastContent::Alerts(screen.preferences.alerts)
        }
    };
    let is_of_width = matches!(
        command,
        PreferenceCommand::Layout(LayoutChange::WiderChat | LayoutChange::NarrowerChat)
    );
    // That the chat is wider is seen.
    if !is_of_width {
        screen.show(content, view.now);
    }
    if screen.preferences != before {
        screen.want(Want::KeepPreferences(screen.preferences));
    }
}
