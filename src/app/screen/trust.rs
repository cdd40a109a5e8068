//! Whether this room's links into the member's own network are trusted: the question, asked once in
//! each room.

use super::overlay::{Overlay, Question};
use super::state::ScreenState;
use super::view::ClientView;
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
    let question = Overlay::Question(Question::TrustLinks);
    if !leads_home(player) {
        return screen.overlays.retain(|open| *open != question);
    }
    let is_free = screen.overlays.is_empty() && screen.line.is_empty();
    if is_free && screen.trust_asked.is_none() {
        screen.trust_asked = Some(view.now);
        screen.open(question);
    }
}

/// In another room it is asked again.
pub(super) const fn forget(screen: &mut ScreenState) {
    screen.trust_asked = None;
}

/// Whether a key comes too soon to be an answer.
pub(super) fn is_too_soon(screen: &ScreenState, view: &ClientView<'_>, asked: Question) -> bool {
    let since = screen.trust_asked;
    asked == Question::TrustLinks && since.is_some_and(|since| view.now - since < SETTLES)
}

/// Whether a link is not opened because it leads into the member's own network.
fn leads_home(player: &PlayerView) -> bool {
    match player {
        PlayerView::Refused(_) => true,
        PlayerView::Failed(MediaProblem::Fetch(fault)) => fault.kind == FaultKind::PrivateAddress,
        _ => false,
    }
}
