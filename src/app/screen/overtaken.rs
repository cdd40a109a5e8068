//! What is shown already and gives way to a notice that says more.

use super::chat_log::LogContent;
use super::state::ScreenState;
use super::view::ClientView;
use crate::app::output::{Notice, Output, PlayerView};
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::StandstillCause;

/// Changes what is shown already, before the notice itself is.
pub(super) fn give_way(screen: &mut ScreenState, notice: &Notice) {
    if matches!(notice, Notice::Asked { who, .. } if who.is_you) {
        // That an admin is needed was said before they were asked.
        screen.forget_error();
    }
    screen.log.correct(notice);
}

/// Whether a notice says only that nobody plays the media, to a member who is alone: their player's
/// own line says that, and why.
pub(super) fn is_own_failure(screen: &ScreenState, view: &ClientView<'_>, notice: &Notice) -> bool {
    let says_less = matches!(
        notice,
        Notice::NobodyPlays {
            cause: StandstillCause::Failed {
                code: FailureCode::Other
            },
            next_in: None,
        }
    );
    let is_alone = view.room.is_some_and(|room| room.roster.count <= 1);
    if !says_less || !is_alone {
        return false;
    }
    let mut newest = screen.log.lines().rev();
    let last = newest.find_map(|line| match &line.content {
        LogContent::MediaBegan(_) => Some(false),
        LogContent::Output(Output::Player(player)) => Some(matches!(
            player,
            PlayerView::Failed(_) | PlayerView::Refused(_)
        )),
        _ => None,
    });
    last == Some(true)
}
