//! Whether this room's links into the member's own network are trusted: the question, asked once in
//! each room.

use super::overlay::{Overlay, Question};
use super::panes::Focus;
use super::state::ScreenState;
use super::trust_asked::TrustAsked;
use super::view::ClientView;
use crate::app::key::KeyPress;
use crate::app::output::PlayerView;
use crate::media::fault::FaultKind;
use crate::protocol::time::Span;
use crate::sync::player::MediaProblem;

/// For how long keys are no answer: the question comes by somebody else's doing, and a message may be
/// under way to the keyboard (judgement).
const SETTLES: Span = Span::millis(1_000);

/// Asks once a link leads into the member's own network, unless something is being written or read;
/// takes the question back if the link is not on any more.
pub(super) fn on_player(screen: &mut ScreenState, view: &ClientView<'_>, player: &PlayerView) {
    if !leads_home(player) {
        if screen.trust == TrustAsked::Waits {
            screen.trust = TrustAsked::No;
        }
        return take_back(screen);
    }
    if screen.trust == TrustAsked::No {
        screen.trust = TrustAsked::Waits;
    }
    ask_when_free(screen, view);
}

/// Asks what waits to be asked, once nothing is being written or read.
pub(super) fn ask_when_free(screen: &mut ScreenState, view: &ClientView<'_>) {
    let is_free = screen.overlays.is_empty() && screen.line.is_empty();
    if is_free && screen.trust == TrustAsked::Waits {
        screen.trust = TrustAsked::At(view.now);
        screen.open(Overlay::Question(Question::TrustLinks));
    }
}

/// In another room it is asked again.
pub(super) const fn forget(screen: &mut ScreenState) {
    screen.trust = TrustAsked::No;
}

/// Whether a key comes too soon to be an answer.
pub(super) fn is_too_soon(screen: &ScreenState, view: &ClientView<'_>, asked: Question) -> bool {
    let is_new = matches!(screen.trust, TrustAsked::At(since) if view.now - since < SETTLES);
    asked == Question::TrustLinks && is_new
}

/// Makes way for a letter that is no answer: it belongs to a message, as may those that follow,
/// whichever they are. The question comes back once the line is empty. Returns whether it did.
pub(super) fn steps_aside(screen: &mut ScreenState, press: KeyPress, asked: Question) -> bool {
    let writes = press.writes().is_some_and(|letter| letter != ' ');
    let is_message = writes && screen.panes.focus() == Focus::Line;
    if asked != Question::TrustLinks || !is_message {
        return false;
    }
    take_back(screen);
    screen.trust = TrustAsked::Waits;
    true
}

fn take_back(screen: &mut ScreenState) {
    let question = Overlay::Question(Question::TrustLinks);
    screen.overlays.retain(|open| *open != question);
}

/// Whether a link is not opened because it leads into the member's own network.
fn leads_home(player: &PlayerView) -> bool {
    match player {
        PlayerView::Refused(_) => true,
        PlayerView::Failed(MediaProblem::Fetch(fault)) => fault.kind == FaultKind::PrivateAddress,
        _ => false,
    }
}
