//! How the member is told: by a line of the log, by the screen that lights up, by the bell.

use super::chat_log::LogContent;
use super::state::ScreenState;
use super::view::ClientView;
use super::want::Want;
use crate::app::effect::Alert;
use crate::app::output::Output;
use crate::app::preferences::AlertKind;
use crate::protocol::time::Span;

/// How long the lines between the panes light up (judgement: seen from the corner of an eye, gone
/// before it annoys).
const FLASH: Span = Span::millis(300);

/// Adds an output to the log, at the media's position.
pub(super) fn log(screen: &mut ScreenState, view: &ClientView<'_>, output: &Output) {
    let position = view.playing_position().map(|(position, _)| position);
    screen
        .log
        .push(position, LogContent::Output(output.clone()));
}

/// Flashes and rings for the member as they chose, except for what is there already when a room is
/// entered.
pub(super) fn alert(screen: &mut ScreenState, view: &ClientView<'_>, alert: Alert) {
    if screen.seen.is_arriving() {
        return;
    }
    let kind = match &alert {
        Alert::Mentioned(_) => AlertKind::Mention,
        Alert::Started(_) => AlertKind::MediaStart,
        Alert::Reacted(..) => AlertKind::Reaction,
    };
    flash(screen, view, kind);
    if screen.preferences.alerts.of(kind).rings() {
        screen.want(Want::Alert(alert));
    }
}

/// Lights the screen up for a moment, if the member chose that.
pub(super) fn flash(screen: &mut ScreenState, view: &ClientView<'_>, kind: AlertKind) {
    if screen.preferences.alerts.of(kind).flashes() {
        screen.flash_until = Some(view.now + FLASH);
    }
}
