//! What the member does in the window of their own player: an admin's act goes to the room,
//! anybody else's is undone and answered.

use super::App;
use super::effect::Effect;
use super::lines::CommandSource;
use super::told::{Notice, Why};
use crate::protocol::command::{Command, Mark, SeekTarget};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::ids::Epoch;
use crate::protocol::member::{Member, Role};
use crate::protocol::time::{RoomTime, Span};
use crate::sync::follow::{Act, Input};

/// How soon the same refusal of what is done in the window is said again (judgement: held
/// keys come thirty times a second, and a person has read it by then).
const SAID_AGAIN: Span = Span::seconds(2);

impl App {
    /// The member did something in the window of their player.
    pub(super) fn act(&mut self, act: Act) {
        if !self.connection.is_joined() {
            self.undo(Notice::NotConnected);
        } else if self.me().map(Member::power) == Some(Role::Admin) {
            let room = self.room();
            let epoch = room.map(|room| room.timeline.epoch).unwrap_or_default();
            self.command(command(act, epoch), CommandSource::PlayerWindow);
        } else {
            let needs = Role::Admin;
            let action = action(act);
            let denied = Denied::NotAllowed { action, needs };
            self.undo(Notice::ActUndone(Why::Denied(denied)));
        }
    }

    /// The room did not take the act of an admin.
    pub(super) fn act_refused(&mut self, why: Why) {
        match why {
            Why::NotConnected { .. } | Why::Unanswered => self.undo(Notice::NotConnected),
            // The room is there already, and so is the player once it follows again.
            Why::Denied(Denied::NothingChanges) => self.follow(Input::Undo),
            why => self.undo(Notice::ActUndone(why)),
        }
    }

    /// Brings the player back to the room's time and says why, here and over the video; the
    /// same is not said over and over.
    fn undo(&mut self, notice: Notice) {
        let now = self.now.local;
        let told = self.playback.undone.as_ref();
        let told = told.filter(|_| matches!(notice, Notice::ActUndone(_)));
        let repeats = told.is_some_and(|(told, at)| *told == notice && now - *at < SAID_AGAIN);
        if !repeats {
            self.notice(notice.clone());
            self.effects.push(Effect::Osd(notice.clone()));
            self.playback.undone = Some((notice, now));
        }
        self.follow(Input::Undo);
    }
}

/// What an act in the video of `epoch` asks of the room.
fn command(act: Act, epoch: Epoch) -> Command {
    let mark = |position, at: Option<RoomTime>| {
        at.map(|at| Mark {
            epoch,
            position,
            at,
        })
    };
    match act {
        Act::Pause { position, at } => Command::Pause {
            mark: mark(position, at),
        },
        Act::Resume { position, at } => Command::Resume {
            mark: mark(position, at),
        },
        Act::Seek { position, at } => Command::Seek {
            target: SeekTarget::To(position),
            mark: mark(position, at),
        },
        Act::Speed(rate) => Command::SetRate { rate },
    }
}

fn action(act: Act) -> Action {
    match act {
        Act::Pause { .. } => Action::Pause,
        Act::Resume { .. } => Action::Resume,
        Act::Seek { .. } => Action::Seek,
        Act::Speed(_) => Action::SetRate,
    }
}
