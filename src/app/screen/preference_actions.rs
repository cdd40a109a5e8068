//! The commands that change what a member chose of the screen.

use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::preferences::{LayoutChange, PreferenceCommand};

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
