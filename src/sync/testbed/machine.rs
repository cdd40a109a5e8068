//! A member's machine: its monotonic clock, and the player that is started and closed on it.

use super::link::{micros, seconds};
use super::world::World;
use crate::protocol::time::LocalTime;
use crate::sync::follow::FollowInput;
use crate::sync::player::{CloseCause, PlayerCommand, PlayerEvent, ProcessState};

/// The relation of true time to one machine's local time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Machine {
    pub(super) offset: i64,
    pub(super) skew: f64,
}

impl Machine {
    pub(super) fn local(&self, at: i64) -> LocalTime {
        LocalTime(at + self.offset + micros(seconds(at) * self.skew))
    }

    /// The first true time at which the local time has come.
    pub(super) fn reaches(&self, local: LocalTime) -> i64 {
        let mut at = micros(seconds(local.0 - self.offset) / (1.0 + self.skew)) - 2;
        while self.local(at) < local {
            at += 1;
        }
        at
    }
}

impl World {
    /// A member closes their player.
    pub(super) fn close_player(&mut self, index: usize) {
        let closed = PlayerEvent::Process(ProcessState::Closed(CloseCause::Quit));
        self.members[index].player.order(PlayerCommand::Unload);
        self.tell(index, FollowInput::Player(closed));
    }

    /// A member's player is ready.
    pub(super) fn open_player(&mut self, index: usize) {
        let ready = ProcessState::Ready {
            version: "0.35.1".into(),
            lacks: None,
        };
        self.tell(index, FollowInput::Player(PlayerEvent::Process(ready)));
    }
}
