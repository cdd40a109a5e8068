//! The comparison of all rooms with Redis: finds what messages did not tell, such as those that were
//! sent while the node was away.

use std::collections::BTreeSet;

use redis::Value;

use super::fault::{ANSWERS_WITHIN, RedisFault};
use super::link::Link;
use super::record;
use super::rooms::{Head, Made};
use super::shared::Shared;
use super::unreadable::UnreadablePart;
use super::{LogError, Redis, lease, unread};
use crate::protocol::ids::{LogId, Rev, RoomId};
use crate::server::log::DataFault;
use crate::server::metrics::store::StoreIncident;

/// How many rooms are asked about at once (judgement: an answer is some 50 bytes).
const AT_ONCE: usize = 500;

/// Compares the heads of all rooms; those that differ check, unknown ones have appeared, and those that
/// cannot be read are left out.
pub(super) async fn compare(shared: &Shared, link: &Link) -> Result<(), RedisFault> {
    let listed: BTreeSet<RoomId> = listed(shared, link).await?.into_iter().collect();
    let mut rooms = listed.clone();
    rooms.extend(shared.known().ids().cloned());
    shared.unreadable.keep_of(&rooms);
    let rooms: Vec<RoomId> = rooms.into_iter().collect();
    for some in rooms.chunks(AT_ONCE) {
        let mut without = Vec::new();
        for (room, found) in some.iter().zip(heads(shared, link, some).await?) {
            let found = match found {
                Ok(found) => found,
                Err(reason) => {
                    shared.note_unreadable(room, UnreadablePart::Head, &reason);
                    continue;
                }
            };
            shared.unreadable.can_read(room, UnreadablePart::Head);
            if found.is_none() && listed.contains(room) {
                without.push(room);
            }
            compare_one(shared, room, found.map(|found| found.head));
        }
        prune(shared, link, &without).await?;
    }
    Ok(())
}

/// Takes names off the list whose rooms do not exist. One that was lost comes back with its room.
async fn prune(shared: &Shared, link: &Link, rooms: &[&RoomId]) -> Result<(), RedisFault> {
    if rooms.is_empty() {
        return Ok(());
    }
    let mut script = shared.scripts.prune.key(shared.keys.rooms());
    for room in rooms {
        script.key(shared.keys.room(room).head).arg(room.as_str());
    }
    let removed = record::number(link.run(&script, ANSWERS_WITHIN).await?)?;
    tracing::debug!(removed, "names without a room were taken off the list");
    Ok(())
}

/// Notes which rooms Redis has lost since this node had them, and returns how many.
pub(super) async fn find_lost(shared: &Shared, link: &Link) -> Result<usize, RedisFault> {
    let rooms: Vec<RoomId> = shared.known().ids().cloned().collect();
    let (mut lost, epoch) = (0, &link.greeting.log_id);
    for some in rooms.chunks(AT_ONCE) {
        for (room, found) in some.iter().zip(heads(shared, link, some).await?) {
            // One that cannot be read is not lost; the comparison tells of it.
            let Ok(found) = found else { continue };
            let head = found.map(|found| found.before(epoch));
            if shared.known().note_lost(room, epoch, head) {
                shared.counts.count(StoreIncident::RoomsLost);
                lost += 1;
            }
        }
    }
    Ok(lost)
}

impl Redis {
    /// Redis has less of a room than this node knows. If that is all it has lost, the room is noted.
    ///
    /// # Errors
    /// [`LogError::Away`] if it has lost more: a new connection is made, after which all nodes have
    /// time to write back what they have.
    pub(super) async fn note_lost(&self, room: &RoomId, link: &Link) -> Result<(), LogError> {
        if let Err(fault) = lease::renew(&self.shared, link).await {
            if matches!(fault, RedisFault::LostData) {
                link.give_up();
            }
            return Err(unread(&fault));
        }
        let mut known = self.shared.known();
        if known.note_lost(room, &link.greeting.log_id, None) {
            self.shared.counts.count(StoreIncident::RoomsLost);
            tracing::warn!(%room, "Redis has lost the room; it is written back");
            known.checks(room);
        }
        Ok(())
    }
}

/// How far a room is in Redis.
struct FoundHead {
    head: Head,
    /// When it counted as made before it was written back, and in which epoch that was.
    before: Option<(LogId, Made)>,
}

impl FoundHead {
    /// As nodes compare it with what they have after the loss that began this epoch: one may have written
    /// it back by then.
    fn before(self, epoch: &LogId) -> Head {
        let before = self.before.filter(|(written, _)| written == epoch);
        let made = before.map_or(self.head.made, |(_, made)| made);
        Head { made, ..self.head }
    }
}

/// How far these rooms are in Redis; `None` for each that is not there, and why for each that cannot be
/// read.
async fn heads(
    shared: &Shared,
    link: &Link,
    rooms: &[RoomId],
) -> Result<Vec<Result<Option<FoundHead>, DataFault>>, RedisFault> {
    let mut pipeline = redis::pipe();
    for room in rooms {
        let head = shared.keys.room(room).head;
        let fields = ["rev", "tip", "made", "before", "epoch"];
        pipeline.cmd("HMGET").arg(head).arg(&fields);
    }
    let heads = link.ask_each(&mut pipeline).await?;
    Ok(heads
        .into_iter()
        .map(|found| found.and_then(head))
        .collect())
}

fn head(head: Value) -> Result<Option<FoundHead>, DataFault> {
    let mut parts = record::list(head)?.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    let (rev, tip, made) = (next(), next(), next());
    if matches!(rev, Value::Nil) {
        return Ok(None);
    }
    let before = match (next(), next()) {
        (Value::Nil, _) | (_, Value::Nil) => None,
        (before, epoch) => {
            let before = Made(record::number(before)?);
            Some((LogId(record::text(epoch)?), before))
        }
    };
    let head = record::head(rev, tip, made)?;
    Ok(Some(FoundHead { head, before }))
}

fn compare_one(shared: &Shared, room: &RoomId, head: Option<Head>) {
    let mut known = shared.known();
    if !known.knows(room) {
        drop(known);
        if head.is_some() {
            shared.has_appeared(room);
        }
        return;
    }
    let is_same = match head {
        Some(head) => known.has(room, head.place) && known.made(room) == head.made,
        // One that is being created has no head yet.
        None => known.is_at(room, Rev(0)),
    };
    if !is_same {
        known.checks(room);
    }
}

/// The rooms of the list, some of which may not exist.
pub(super) async fn listed(shared: &Shared, link: &Link) -> Result<Vec<RoomId>, RedisFault> {
    let mut pipeline = redis::pipe();
    pipeline
        .cmd("ZRANGE")
        .arg(shared.keys.rooms())
        .arg(&["0", "-1"]);
    let (ids,): (Vec<String>,) = link.ask(&pipeline).await?;
    Ok(ids.iter().filter_map(|id| RoomId::parse(id).ok()).collect())
}
