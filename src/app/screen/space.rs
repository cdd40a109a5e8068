//! Space on an empty line: it pauses, or says in the lobby that one is ready, unless a text follows it
//! at once.

use super::line_state::PendingSpace;
use super::room_actions::media_action;
use super::state::ScreenState;
use super::view::ClientView;
use crate::app::key::{Key, KeyPress};
use crate::app::keys::KeyAction;
use crate::protocol::command::Action;
use crate::protocol::time::Span;

/// How soon a letter has to follow for Space to be its text (judgement: two keys of a word are
/// rarely further apart, and a pause may come that late).
const TEXT_WITHIN: Span = Span::millis(400);

/// Space on the line: on an empty one it is about to pause, if the member wants that and may pause, or
/// to say in the lobby that they are ready, which everybody may; else it writes.
pub(super) fn press(screen: &mut ScreenState, view: &ClientView<'_>) {
    let may = view.may(Action::Pause) || view.waits_in_lobby();
    if screen.line.is_empty() && screen.config.space_pauses && may {
        let before = screen.space.map_or(0, |space| space.blanks);
        screen.space = Some(PendingSpace {
            blanks: before + 1,
            until: view.now + TEXT_WITHIN,
        });
    } else {
        screen.line.insert(" ");
    }
}

/// What a key makes of a Space before it: what is written at once makes it a blank, Backspace takes
/// it back, and everything else lets it pause first. False if there is nothing left for the key to
/// do.
pub(super) fn settle(screen: &mut ScreenState, view: &ClientView<'_>, press: KeyPress) -> bool {
    let Some(space) = screen.space else {
        return true;
    };
    let is_over = space.until <= view.now;
    match press.writes() {
        // Held down it is pressed again and again, and pauses once.
        Some(' ') if !is_over => {}
        Some(_) if !is_over => become_text(screen),
        None if press.key == Key::Backspace && !is_over => {
            screen.space = None;
            return false;
        }
        _ => pause(screen, view),
    }
    true
}

/// Writes the blanks: a text comes behind them.
pub(super) fn become_text(screen: &mut ScreenState) {
    if let Some(space) = screen.space.take() {
        screen.line.insert(&" ".repeat(space.blanks));
    }
}

/// Pauses, resumes or is ready, if Space waits to.
pub(super) fn pause(screen: &mut ScreenState, view: &ClientView<'_>) {
    if screen.space.take().is_some() {
        media_action(screen, view, KeyAction::PauseOrReady);
    }
}
