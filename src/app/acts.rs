//! What the member does in the window of their own player: an admin's act goes to the room,
//! anybody else's is undone and answered.

use super::App;
use super::effect::Effect;
use super::input::Origin;
use super::told::{Notice, Why};
use crate::protocol::command::{Command, Mark, SeekTarget};
use crate::protocol::denied::{Action, Denied};
use crate::protocol::ids::Epoch;
use crate::protocol::member::{Member, Role};
use crate::protocol::time::RoomTime;
use crate::sync::follow::{Act, Input};

impl App {
    /// The member did something in the window of their player.
    pub(super) fn act(&mut self, act: Act) {
        if !self.link.is_joined() {
            self.undo(Notice::NotConnected);
        } else if self.me().map(Member::power) == Some(Role::Admin) {
            let room = self.room();
            let epoch = room.map(|room| room.timeline.epoch).unwrap_or_default();
            self.command(command(act, epoch), Origin::Act);
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
            why => self.undo(Notice::ActUndone(why)),
        }
    }

    /// Brings the player back to the room's time and says why, here and over the video.
    fn undo(&mut self, notice: Notice) {
        self.notice(notice.clone());
        self.effects.push(Effect::Osd(notice));
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
