//! What the log has already shown of the room. Outputs are compared with it: what is there
//! already when one enters is no news, and what has not changed gets no line.

use crate::app::output::Output;
use crate::protocol::ids::{EntryId, Epoch};
use crate::protocol::playback::QueueEntry;
use crate::protocol::time::RoomTime;

/// What was seen of a room so far.
#[derive(Debug, Clone, Default)]
pub(super) struct SeenRoom {
    /// Whether the room is being entered. It ends with the event that brought the room.
    is_arriving: bool,
    /// The room's address: server and name.
    address: Option<String>,
    /// When the room was created: another room may get its name later.
    created: Option<RoomTime>,
    /// The epoch of the media that was announced last.
    epoch: Option<Epoch>,
    is_paused: Option<bool>,
    entries: Vec<EntryId>,
}

/// A start that lies ahead, and what is reported of it once it has come.
#[derive(Debug, Clone)]
pub(super) struct PendingStart {
    pub(super) start: RoomTime,
    pub(super) output: Output,
}

/// How the room that is entered relates to the one that was seen before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entered {
    /// Whether it has another address.
    pub(super) is_elsewhere: bool,
    /// Whether it is another room, of whatever name.
    pub(super) is_another: bool,
}

impl SeenRoom {
    /// A room was entered; nothing of what it holds was seen yet.
    pub(super) fn enter(&mut self, address: String, created: Option<RoomTime>) -> Entered {
        let entered = Entered {
            is_elsewhere: self.address.as_ref().is_some_and(|seen| *seen != address),
            is_another: self.created != created,
        };
        *self = Self {
            is_arriving: true,
            address: Some(address),
            created,
            ..Self::default()
        };
        entered
    }

    /// Whether the room is being entered.
    pub(super) const fn is_arriving(&self) -> bool {
        self.is_arriving
    }

    /// The event that brought the room is over: what comes from now on is news.
    pub(super) const fn end_arrival(&mut self) {
        self.is_arriving = false;
    }

    /// Notes the media's epoch; true if it was not the last one.
    pub(super) fn is_new_epoch(&mut self, epoch: Epoch) -> bool {
        self.epoch.replace(epoch) != Some(epoch)
    }

    /// Notes whether the media is paused; true if that was otherwise before.
    pub(super) fn is_pause_changed(&mut self, is_paused: bool) -> bool {
        let before = self.is_paused.replace(is_paused);
        before.is_some_and(|before| before != is_paused)
    }

    /// Notes the whole queue; the entries that were not in it before.
    pub(super) fn new_entries<'a>(&mut self, entries: &'a [QueueEntry]) -> Vec<&'a QueueEntry> {
        let new = entries
            .iter()
            .filter(|entry| !self.entries.contains(&entry.id));
        let new = new.collect();
        self.entries = entries.iter().map(|entry| entry.id).collect();
        new
    }
}
