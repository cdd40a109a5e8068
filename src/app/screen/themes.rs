//! The theme that the member chooses while the screen is shown, and what the configuration file says
//! of theme and keys when it changes meanwhile.

use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::appearance::ThemeChoice;
use crate::app::own_settings::ChangedSettings;
use crate::app::preferences::OwnChoice;

/// Takes a theme from now on, and answers the line that chose it. One's own can be chosen only if
/// the configuration has one.
pub(super) fn choose(
    screen: &mut ScreenState,
    view: &ClientView<'_>,
    line: u64,
    theme: ThemeChoice,
) {
    if theme == ThemeChoice::Own && screen.appearance.own.is_none() {
        screen.show(ToastContent::NoOwnTheme, view.now);
    } else {
        screen.appearance.theme = theme;
        screen.want(Want::Keep(OwnChoice::Theme(theme)));
        show(screen, view);
    }
    screen.want(Want::Done(line));
}

/// Says which theme it is, and answers the line that asks.
pub(super) fn tell(screen: &mut ScreenState, view: &ClientView<'_>, line: u64) {
    show(screen, view);
    screen.want(Want::Done(line));
}

/// Takes over what changed in the configuration file, and says so.
pub(super) fn take_over(screen: &mut ScreenState, view: &ClientView<'_>, changed: ChangedSettings) {
    let ChangedSettings {
        theme,
        own_theme,
        keys,
        // They are the app's, which has taken them.
        reactions: _,
    } = changed;
    if let Some(own_theme) = own_theme {
        screen.appearance.own = own_theme;
    }
    if let Some(theme) = theme {
        screen.appearance.theme = theme;
    }
    if screen.appearance.theme == ThemeChoice::Own && screen.appearance.own.is_none() {
        screen.appearance.theme = ThemeChoice::Auto;
    }
    if let Some(keys) = keys {
        screen.config.keys = keys;
    }
    screen.show(ToastContent::SettingsTaken, view.now);
}

fn show(screen: &mut ScreenState, view: &ClientView<'_>) {
    let appearance = &screen.appearance;
    let shown = ToastContent::Theme(appearance.theme, appearance.depth);
    screen.show(shown, view.now);
}
