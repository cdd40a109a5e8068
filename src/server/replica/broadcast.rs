//! What goes out to many, each thing serialised once: events and reactions.

use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use tokio::time::Instant;

use crate::protocol::ephemeral::Reaction;
use crate::protocol::event::Fact;
use crate::server::replies;
use crate::wire::message::ServerMsg;

/// For how long reactions are gathered.
const REACTIONS_EVERY: Duration = Duration::from_millis(100);

/// How many reactions one frame carries; more in 100 ms nobody can see.
const REACTIONS_MOST: usize = 64;

/// The frame that tells events to everyone; `None` if there are none.
pub(super) fn events(events: Vec<Fact>) -> Option<Utf8Bytes> {
    (!events.is_empty()).then(|| replies::frame(&ServerMsg::Events { events }))
}

/// Reactions that wait to go out together.
#[derive(Debug, Default)]
pub(super) struct Reactions {
    waiting: Vec<Reaction>,
    due: Option<Instant>,
}

impl Reactions {
    /// Adds one.
    pub(super) fn add(&mut self, reaction: Reaction, now: Instant) {
        if self.waiting.len() < REACTIONS_MOST {
            self.waiting.push(reaction);
        }
        self.due = self.due.or(Some(now + REACTIONS_EVERY));
    }

    /// When they go out.
    pub(super) const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// The frame that tells them.
    pub(super) fn take(&mut self) -> Utf8Bytes {
        self.due = None;
        let reactions = std::mem::take(&mut self.waiting);
        replies::frame(&ServerMsg::Reactions { reactions })
    }
}
