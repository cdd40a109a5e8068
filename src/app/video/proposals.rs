//! Proposals that are news to a member who may approve them.

use super::Video;
use super::content::Shown;
use super::input::VideoView;
use super::scene::LineContent;
use crate::protocol::ids::EntryId;
use crate::protocol::playback::{EntryState, QueueEntry};

impl Video {
    /// A room was entered: what waits in its queue by now is no news.
    pub(super) fn queue_known(&mut self, view: &VideoView<'_>) {
        self.next_entry = view.room.map(|room| room.queue.next_id());
    }

    /// The queue has changed: an admin is told of what others propose. What is `quiet` is told in
    /// another way, or is not to be told.
    pub(super) fn on_queue(&mut self, entries: &[QueueEntry], quiet: bool, view: &VideoView<'_>) {
        let next = view.room.map(|room| room.queue.next_id());
        let since = std::mem::replace(&mut self.next_entry, next);
        if quiet || !view.is_admin() {
            return;
        }
        let is_new = |id: EntryId| since.is_some_and(|since| id >= since);
        let others = entries.iter().filter(|entry| {
            entry.state == EntryState::Proposed && !view.is_me(entry.by) && is_new(entry.id)
        });
        for entry in others {
            let content = LineContent::Proposed(Box::new(entry.clone()));
            self.add(Shown::own(content), view.now);
        }
    }
}
