//! Whether this room's links into the member's own network are trusted: the question, asked once in
//! each room. What is typed meanwhile goes to the line as ever: only a line that says yes or no and
//! nothing else is an answer.

use super::overlay::{Overlay, Question};
use super::state::ScreenState;
use super::view::ClientView;
use crate::app::key::{Key, KeyPress};
use crate::app::output::PlayerView;
use crate::protocol::time::Span;

/// For how long nothing is an answer: the question comes by somebody else's doing, and a line may be
/// on its way to the chat (judgement).
const SETTLES: Span = Span::millis(1_000);

/// What a key means while it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrustKey {
    /// It answers the question.
    Answers(bool),
    /// It sends a line that is empty.
    SaysNothing,
    /// It is for the line, as ever.
    Writes,
}

/// Notes whether there is something to ask. Takes the question back if the link is not on any more.
pub(super) fn on_player(screen: &mut ScreenState, player: &PlayerView) {
    screen.trust.is_due = player.leads_home();
    if !screen.trust.is_due {
        close(screen);
    }
}

/// Asks what there is to ask, unless something is being written or read.
pub(super) fn ask(screen: &mut ScreenState, view: &ClientView<'_>) {
    let trust = screen.trust;
    let is_free = screen.overlays.is_empty() && screen.line.is_empty();
    if is_free && trust.is_due && !trust.is_answered {
        screen.trust.asked = Some(view.now);
        screen.open(Overlay::Question(Question::TrustLinks));
    }
}

/// In another room it is asked again.
pub(super) fn forget(screen: &mut ScreenState) {
    close(screen);
    screen.trust.is_answered = false;
}

/// What a key means while it is asked, and the line reads so.
pub(super) fn key(screen: &ScreenState, view: &ClientView<'_>, press: KeyPress) -> TrustKey {
    let line = screen.line.text();
    let answer = match press.key {
        Key::Enter => said(line),
        Key::Esc if line.is_empty() => Some(false),
        _ => None,
    };
    match answer.filter(|_| is_settled(screen, view)) {
        Some(is_yes) => TrustKey::Answers(is_yes),
        None if press.key == Key::Enter && line.is_empty() => TrustKey::SaysNothing,
        None => TrustKey::Writes,
    }
}

/// It was answered: it is not asked again in this room.
pub(super) const fn answered(screen: &mut ScreenState) {
    screen.trust.asked = None;
    screen.trust.is_answered = true;
}

/// Whether an answer counts by now.
pub(super) fn is_settled(screen: &ScreenState, view: &ClientView<'_>) -> bool {
    let asked = screen.trust.asked;
    asked.is_none_or(|asked| view.now - asked >= SETTLES)
}

/// What a line answers, in either language.
fn said(line: &str) -> Option<bool> {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" | "д" | "да" => Some(true),
        "n" | "no" | "н" | "нет" => Some(false),
        _ => None,
    }
}

fn close(screen: &mut ScreenState) {
    let question = Overlay::Question(Question::TrustLinks);
    screen.overlays.retain(|open| *open != question);
    screen.trust.asked = None;
}
