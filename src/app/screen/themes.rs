//! The theme that the member chooses while the screen is shown.

use super::state::ScreenState;
use super::toast::ToastContent;
use super::view::ClientView;
use super::want::Want;
use crate::app::appearance::ThemeChoice;
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

fn show(screen: &mut ScreenState, view: &ClientView<'_>) {
    let appearance = &screen.appearance;
    let shown = ToastContent::Theme(appearance.theme, appearance.depth);
    screen.show(shown, view.now);
}
