//! Rooms that Redis lost, and that come back from the nodes that have them.
//!
//! After each start of Redis, and when its data are older than what a node has seen, nobody appends for
//! a moment. Each node compares its rooms with what Redis has, and writes those back of which Redis has
//! less; of several nodes the one wins whose room was made last, and then the one that has most of it.
//! A node that comes later can still bring a room that is missing, but replaces none.
//!
//! A room that was written back counts as made then. So a node that was cut off during a loss cannot
//! win at the next one with events that were lost at the first, in place of what was appended since.

use super::fault::ANSWERS_WITHIN;
use super::record::{self, RoomAnswer};
use super::rooms::{Head, Place};
use super::tip::Tip;
use super::{LogError, Redis, json, news, unread};
use crate::protocol::ids::Rev;
use crate::room::committed::Room;
use crate::server::metrics::store::StoreIncident;

/// How many rooms are written back at once (judgement: the longest, 3 MiB each, make 96 MiB).
pub(super) const AT_ONCE: usize = 32;

impl Redis {
    /// Writes a room back as this node has it, unless Redis has it from another by now.
    pub(in crate::server::log) async fn write_back(&self, room: &Room) -> Result<(), LogError> {
        let (shared, id, rev) = (&self.shared, &room.state.id, room.state.rev);
        let Ok(_turn) = shared.writes_back.acquire().await else {
            return Err(LogError::Closed);
        };
        let link = shared.mending_link()?;
        if !shared.known().is_lost(id) {
            return Ok(());
        }
        let tip = shared.known().tip_at(id, rev).unwrap_or_else(Tip::random);
        let epoch = &link.greeting.log_id;
        let before = shared.known().made_before(id, epoch);
        let snapshot = json(id, room)?;
        let keys = shared.keys.room(id);
        let mut script = shared.scripts.write_back.key(keys.head);
        script
            .key(keys.log)
            .key(keys.snapshot)
            .key(keys.removed)
            .key(shared.keys.rooms())
            .arg(rev.0.to_string())
            .arg(tip.to_string())
            .arg(snapshot)
            .arg(link.greeting.window_ends.to_string())
            .arg(shared.keys.events())
            .arg(news::imported(id))
            .arg(before.0.to_string())
            .arg(id.as_str())
            .arg(&epoch.0);
        let answer = link.run(&script, ANSWERS_WITHIN).await;
        shared.note_full(answer.as_ref().err());
        let answer = answer.map_err(|fault| unread(&fault))?;
        let answer = record::read(id, Rev(0), answer)?;
        let taken = if let RoomAnswer::Agreed { made, .. } = answer {
            shared.counts.written_back();
            let place = Place { rev, tip };
            Some(Head { made, place })
        } else {
            shared.counts.count(StoreIncident::WriteBacksRefused);
            None
        };
        shared.known().written_back(id, epoch, taken);
        Ok(())
    }
}
