//! What is shown already and gives way to a notice that says more.

use super::state::ScreenState;
use crate::app::output::Notice;

/// Changes what is shown already, before the notice itself is.
pub(super) fn give_way(screen: &mut ScreenState, notice: &Notice) {
    if matches!(notice, Notice::Asked { who, .. } if who.is_you) {
        // That an admin is needed was said before they were asked.
        screen.forget_error();
    }
    screen.log.correct(notice);
}
