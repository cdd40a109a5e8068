//! Frames for all sockets of a room, each serialised once: events and reactions.

use std::time::Duration;

use tokio::time::Instant;

use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::Fact;
use crate::server::replies;
use crate::server::websocket::ServerFrame;
use crate::wire::message::ServerMsg;

/// How long reactions are gathered into one frame (judgement: nobody notices the delay).
const REACTIONS_EVERY: Duration = Duration::from_millis(100);

/// The most reactions in one frame (judgement: nobody could see more in 100 ms).
pub(super) const REACTIONS_MOST: usize = 64;

/// The frame of these events.
pub(super) fn events(events: &[Fact]) -> ServerFrame {
    let events = events.to_vec();
    replies::frame(&ServerMsg::Events { events })
}

/// Reactions that wait for their frame.
#[derive(Debug, Default)]
pub(super) struct Reactions {
    waiting: Vec<Reaction>,
    due: Option<Instant>,
}

impl Reactions {
    /// Adds a reaction; one beyond [`REACTIONS_MOST`] is dropped.
    pub(super) fn add(&mut self, reaction: Reaction, now: Instant) {
        if self.waiting.len() < REACTIONS_MOST {
            self.waiting.push(reaction);
        }
        self.due = self.due.or(Some(now + REACTIONS_EVERY));
    }

    /// When their frame is due; `None` while none wait.
    pub(super) const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Takes those gathered so far.
    pub(super) fn take(&mut self) -> Vec<Reaction> {
        self.due = None;
        std::mem::take(&mut self.waiting)
    }
}
