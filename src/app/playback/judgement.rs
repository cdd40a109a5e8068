//! Actions of the member in their player's window: those of an admin become commands to the room,
//! those of others are denied, and the same denial is not repeated over and over.

use super::input::PlaybackView;
use crate::app::output::{Notice, Why};
use crate::protocol::command::Command;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::{Member, Role};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::follow::UserAction;

/// The shortest time between two equal denials of actions in the window (judgement: a held key
/// repeats thirty times a second, and a person has read the notice by then).
const REPEATED_AFTER: Span = Span::seconds(2);

/// The last notice about an action that was undone.
#[derive(Debug, Default)]
pub(super) struct UndoneNotice {
    last: Option<(Notice, LocalTime)>,
}

impl UndoneNotice {
    /// Whether to emit a notice: not if the same one was emitted a moment ago.
    pub(super) fn take(&mut self, notice: &Notice, now: LocalTime) -> bool {
        let last = self.last.as_ref();
        let last = last.filter(|_| matches!(notice, Notice::ActionUndone(_)));
        let repeats = last.is_some_and(|(last, at)| last == notice && now - *at < REPEATED_AFTER);
        if !repeats {
            self.last = Some((notice.clone(), now));
        }
        !repeats
    }
}

/// What is done about an action.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Judgement {
    /// It goes to the room.
    Ask(Command),
    /// The player returns to the timeline, with this notice.
    Undo(Notice),
}

/// What is done about an action of this member: an admin's goes to the room.
pub(super) fn judge(action: UserAction, view: &PlaybackView<'_>) -> Judgement {
    let room = view.room;
    let me = room.zip(view.me).and_then(|(room, me)| room.roster.get(me));
    if !view.is_joined {
        Judgement::Undo(Notice::NotConnected)
    } else if me.map(Member::power) == Some(Role::Admin) {
        let epoch = room.map(|room| room.timeline.epoch).unwrap_or_default();
        Judgement::Ask(action.command(epoch))
    } else {
        Judgement::Undo(Notice::ActionUndone(Why::Denied(Denied::NotAllowed {
            action: denied(action),
            needs: Role::Admin,
        })))
    }
}

/// The notice about an action that the room denied; `None` if the room is already as the action
/// wanted.
pub(super) fn refusal(why: Why) -> Option<Notice> {
    match why {
        Why::NotConnected { .. } | Why::Unanswered => Some(Notice::NotConnected),
        Why::Denied(Denied::NothingChanges) => None,
        why => Some(Notice::ActionUndone(why)),
    }
}

/// What is denied to somebody who is no admin.
const fn denied(action: UserAction) -> Action {
    match action {
        UserAction::Pause { .. } => Action::Pause,
        UserAction::Resume { .. } => Action::Resume,
        UserAction::Seek { .. } => Action::Seek,
        UserAction::Speed(_) => Action::SetRate,
    }
}
