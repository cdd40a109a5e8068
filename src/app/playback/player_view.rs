//! What the member sees of their player: the follower's word for it, and what this machine does
//! not open.

use crate::app::output::PlayerView;
use crate::media::policy::Refusal;
use crate::protocol::time::Span;
use crate::sync::follow::{Follower, PlayerState};

/// A player that reads on says so again after so much more of the media (judgement).
const READ_FARTHER: Span = Span::seconds(30);

/// What the player does, while this machine `refused` to open the room's media or did not. The
/// follower knows nothing of media that is refused.
pub(super) fn view(follower: &Follower, refused: Option<&Refusal>) -> PlayerView {
    match (follower.player_state(), refused) {
        (PlayerState::Off, _) => PlayerView::Off,
        (PlayerState::Gone(why), _) => PlayerView::Gone(why.clone()),
        (PlayerState::Starting, _) => PlayerView::Starting,
        (PlayerState::Frozen, _) => PlayerView::Frozen,
        (PlayerState::Idle, Some(refused)) => PlayerView::Refused(refused.clone()),
        (PlayerState::Idle, None) => PlayerView::Idle {
            lacks: follower.lacks(),
        },
        (PlayerState::Opening | PlayerState::GivenUp(None), _) => PlayerView::Loading,
        (PlayerState::GivenUp(Some(problem)), _) => PlayerView::Failed(problem.clone()),
        (PlayerState::NoData, _) => PlayerView::Buffering,
        (PlayerState::ReadingOn(read), _) => PlayerView::ReadingOn(read),
        (PlayerState::Paused, _) => PlayerView::Paused,
        (PlayerState::Playing, _) => PlayerView::Playing,
    }
}

/// Whether `reported` still describes the player: how far it has read is only reported again once
/// that is much farther.
pub(super) fn is_reported(reported: Option<&PlayerView>, now: &PlayerView) -> bool {
    match (reported, now) {
        (Some(PlayerView::ReadingOn(reported)), PlayerView::ReadingOn(now)) => {
            (now.read - reported.read).abs() < READ_FARTHER
        }
        (reported, now) => reported == Some(now),
    }
}

/// Whether a player runs whose state can be sent to the room.
pub(super) const fn runs(view: &PlayerView) -> bool {
    !matches!(
        view,
        PlayerView::Off | PlayerView::Gone(_) | PlayerView::Starting
    )
}

/// Whether a player that does not run does so otherwise than before: its state was sent last as it
/// ran, or is not known yet.
pub(super) fn stands_otherwise(before: &PlayerView, now: &PlayerView) -> bool {
    !runs(now) && (runs(before) || (*now == PlayerView::Starting && before != now))
}

/// Whether the media runs here, or should.
pub(super) const fn plays(view: &PlayerView) -> bool {
    matches!(
        view,
        PlayerView::Playing | PlayerView::Buffering | PlayerView::ReadingOn(_)
    )
}
