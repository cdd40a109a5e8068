//! What is decided about the player and why: the actions, the causes, and which cause an input
//! begins.
//!
//! Every order carries its cause from where it was decided. An input that begins something (the
//! room paused, the player was started) gives its cause to all that follows from it until the
//! next one; what the follower decides by itself has causes of its own. Seeks stand side by side
//! in [`super::seeks`].

use strum::IntoStaticStr;

use super::sync_state::SyncState;
use super::{FollowInput, Follower};
use crate::protocol::time::{Position, Span};
use crate::room::timeline::Timeline;
use crate::sync::player::{PlayerCommand, PlayerEvent, ProcessState};

/// An order to the player, and what led to it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlayerOrder {
    /// What the player is to do.
    pub what: PlayerCommand,
    /// What led to it.
    pub why: SyncCause,
}

/// What led to an order, or to another decision about the player. The name in snake case is the
/// code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum SyncCause {
    /// The client came into the room: the first cause of all, until an input begins another.
    Joined,
    /// The room put other media on, or none.
    Loaded,
    /// The room's timeline was paused; a hold, which waits for somebody, is [`Self::RoomWaits`].
    RoomPaused,
    /// The room plays, or plays on from another moment than was announced.
    RoomPlays,
    /// An admin counts down to a start.
    RoomCounts,
    /// The room moved to another position.
    RoomJumped,
    /// The media is over.
    #[strum(serialize = "film_over")]
    MediaOver,
    /// The room changed its rate.
    RoomRate,
    /// The room waits for a member whose player has no data.
    RoomWaits,
    /// That wait is over.
    WaitOver,
    /// What the member did in the player's window was not taken by the room.
    #[strum(serialize = "act_undone")]
    ActionUndone,
    /// The player was started, or is back.
    PlayerBack,
    /// The player answers again after it was frozen.
    Thawed,
    /// The member had the media opened anew, in another quality say.
    Reopened,
    /// This computer was suspended.
    Slept,
    /// The running player was not where the timeline is. Decided in [`super::steer`].
    Drift,
    /// A load, a seek or a gap in the data brought the player ahead of the room, and it stands
    /// until the room arrives. Decided in [`super::landing`].
    Ahead,
    /// The room has arrived where the player stood ahead of it. Decided in [`super::start`].
    RoomArrived,
    /// The last seek waited for data, and the room went on meanwhile. Decided in
    /// [`super::seeks`].
    DataLate,
    /// The media broke off or did not open, and is tried again. Decided in
    /// [`super::reconcile`], as is all that follows until an input begins something else.
    TriedAgain,
    /// The room went back to a position that is cached no more, in media in which the player
    /// cannot seek: it is opened anew from its start. Decided in [`super::reading_on`].
    #[strum(serialize = "left_cache")]
    Uncached,
    /// The media does not play and is tried no more. Decided in [`super::given_up`].
    DoesNotPlay,
}

/// What is done about the player. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, Copy, PartialEq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum SyncAction {
    /// Open the media at this position.
    Load(Position),
    /// Seek to this position.
    Seek(Position),
    /// Pause the player: with the room, or to let the room arrive where the player is.
    Pause,
    /// Start the player, where it was put before the room's start or as the room arrives.
    Play,
    /// Play at the room's rate, this factor.
    #[strum(serialize = "rate")]
    SetRate(f64),
    /// Bend the speed from now on.
    #[strum(serialize = "bend")]
    BendSpeed {
        /// The factor that it begins with.
        speed: f64,
        /// The factor of the room's rate, which it is bent from.
        rate: f64,
    },
    /// Play at the room's rate, this factor, again, since the player is in step.
    #[strum(serialize = "straight")]
    RestoreSpeed(f64),
    /// Do nothing for a while, since the last seek did not help.
    BackOff,
    /// Try the media no more.
    GiveUp,
}

/// A decision about the player.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SyncDecision {
    /// What is done.
    pub action: SyncAction,
    /// What led to it.
    pub cause: SyncCause,
    /// Player minus timeline when it was decided, if that was known.
    pub error: Option<Span>,
    /// The bound of the clock's own error then, if there was an estimate.
    pub bound: Option<Span>,
    /// What the follower was doing then.
    pub state: SyncState,
}

impl Follower {
    /// What an input begins, if it begins something.
    pub(super) fn cause_of(&self, input: &FollowInput) -> Option<SyncCause> {
        match input {
            FollowInput::Timeline { timeline, .. } => cause_of_change(&self.timeline, timeline),
            FollowInput::Undo => Some(SyncCause::ActionUndone),
            FollowInput::Reopen => Some(SyncCause::Reopened),
            FollowInput::Suspended => Some(SyncCause::Slept),
            FollowInput::Player(PlayerEvent::Process(ProcessState::Ready { .. })) => {
                Some(SyncCause::PlayerBack)
            }
            FollowInput::Player(PlayerEvent::Process(ProcessState::Thawed)) => {
                Some(SyncCause::Thawed)
            }
            _ => None,
        }
    }

    /// An input began something: what is ordered from now on follows from that.
    pub(super) const fn begin_cause(&mut self, cause: SyncCause) {
        self.begun_cause = cause;
        self.cause = cause;
    }

    /// Gives orders whose cause is the follower's own.
    pub(super) fn because(&mut self, cause: SyncCause, give: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.cause, cause);
        give(self);
        self.cause = before;
    }
}

/// What a timeline is new in, the weightiest first.
fn cause_of_change(old: &Timeline, new: &Timeline) -> Option<SyncCause> {
    let is_other = old.epoch != new.epoch || old.playing.is_some() != new.playing.is_some();
    let cause = match (old.waits_for_data(), new.waits_for_data()) {
        _ if old == new => return None,
        _ if is_other => SyncCause::Loaded,
        _ if new.finished && !old.finished => SyncCause::MediaOver,
        (false, true) => SyncCause::RoomWaits,
        (true, false) => SyncCause::WaitOver,
        _ if new.countdown && !old.countdown => SyncCause::RoomCounts,
        _ if new.segment.paused && !old.segment.paused => SyncCause::RoomPaused,
        _ if old.segment.paused && !new.segment.paused => SyncCause::RoomPlays,
        _ if old.segment.rate != new.segment.rate => SyncCause::RoomRate,
        _ if old.segment.anchor != new.segment.anchor => SyncCause::RoomJumped,
        _ if old.segment != new.segment => SyncCause::RoomPlays,
        _ => return None,
    };
    Some(cause)
}

#[cfg(test)]
mod tests {
    use super::{SyncCause, cause_of_change};
    use crate::protocol::ids::{Epoch, MemberId};
    use crate::protocol::playback::{Hold, Segment};
    use crate::protocol::time::{Position, Rate, RoomTime};
    use crate::room::timeline::Timeline;

    #[test]
    fn a_timeline_is_called_new_in_the_weightiest_of_its_changes() {
        let old = Timeline::default();
        let paused = Segment {
            paused: true,
            ..Segment::default()
        };
        let hold = Some(Hold {
            member: MemberId(2),
            since: RoomTime(0),
            until: RoomTime(1),
        });
        let waiting = Timeline {
            hold,
            ..Timeline::default()
        };
        let of = |segment| Timeline {
            segment,
            ..Timeline::default()
        };
        let jumped = Segment {
            anchor: Position::seconds(9),
            ..Segment::default()
        };
        let later = Segment {
            start: RoomTime(5),
            ..Segment::default()
        };
        let faster = Segment {
            rate: Rate::from_factor(2.0).unwrap(),
            ..jumped
        };
        let counted = Timeline {
            countdown: true,
            ..of(later)
        };
        let over = Timeline {
            finished: true,
            ..of(paused)
        };
        let other = Timeline {
            epoch: Epoch(1),
            ..over.clone()
        };
        for (before, after, cause) in [
            (&old, &old, None),
            (&old, &other, Some(SyncCause::Loaded)),
            (&old, &over, Some(SyncCause::MediaOver)),
            (&old, &waiting, Some(SyncCause::RoomWaits)),
            (&waiting, &old, Some(SyncCause::WaitOver)),
            (&old, &counted, Some(SyncCause::RoomCounts)),
            (&old, &of(paused), Some(SyncCause::RoomPaused)),
            (&of(paused), &of(faster), Some(SyncCause::RoomPlays)),
            (&old, &of(faster), Some(SyncCause::RoomRate)),
            (&old, &of(jumped), Some(SyncCause::RoomJumped)),
            (&old, &of(later), Some(SyncCause::RoomPlays)),
        ] {
            assert_eq!(
                cause_of_change(before, after),
                cause,
                "{before:?} {after:?}"
            );
        }
    }
}
