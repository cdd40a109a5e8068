//! The commands that change what a member chose of the screen.

use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::preferences::{LayoutChange, OwnChoice, PreferenceCommand};

/// Carries a command out, and shows how it is now.
pub(super) fn carry_out(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    command: PreferenceCommand,
) {
    let before = screen.preferences;
    let mut chosen = None;
    let content = match command {
        PreferenceCommand::Layout(change) => {
            let columns = screen.size.0;
            let layout = before.layout.changed(change, columns);
            screen.preferences.layout = layout;
            chosen = (layout != before.layout).then_some(OwnChoice::Layout(layout));
            ToastContent::Layout(screen.preferences.layout)
        }
        PreferenceCommand::ShowAlerts => ToastContent::Alerts(before.alerts),
        PreferenceCommand::Alert(kind, mode) => {
            screen.preferences.alerts.set(kind, mode);
            chosen = Some(OwnChoice::Alert(kind, mode));
            ToastContent::Alerts(screen.preferences.alerts)
        }
    };
    let is_of_width = matches!(
        command,
        PreferenceCommand::Layout(LayoutChange::WiderChat | LayoutChange::NarrowerChat)
    );
    let is_shown = screen.toast.as_ref().map(|toast| &toast.content);
    let tells_layout = matches!(
        is_shown,
        Some(ToastContent::Layout(_) | ToastContent::WidthLimit(_))
    );
    if !is_of_width {
        screen.show(content, view.now);
    } else if screen.preferences == before {
        let is_widest = command == PreferenceCommand::Layout(LayoutChange::WiderChat);
        screen.show(ToastContent::WidthLimit(is_widest), view.now);
    } else if tells_layout {
        // That the chat is wider is seen; what was said of the layout is no longer so.
        screen.toast = None;
    }
    if let Some(chosen) = chosen {
        screen.want(Want::Keep(chosen));
    }
}
