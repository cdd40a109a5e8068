//! The comparison of all rooms with Redis: finds what messages did not tell, such as those that were
//! sent while the node was away.

use std::collections::BTreeSet;

use redis::Value;

use super::link::{Link, RedisFault};
use super::record;
use super::rooms::Place;
use super::shared::Shared;
use crate::protocol::ids::{Rev, RoomId};

/// How many rooms are asked about at once (judgement: an answer is some 50 bytes).
const AT_ONCE: usize = 500;

/// Compares the heads of all rooms; those that differ check, and unknown ones have appeared.
pub(super) async fn compare(shared: &Shared, link: &Link) -> Result<(), RedisFault> {
    let mut rooms: BTreeSet<RoomId> = listed(shared, link).await?.into_iter().collect();
    rooms.extend(shared.known().ids().cloned());
    let rooms: Vec<RoomId> = rooms.into_iter().collect();
    for some in rooms.chunks(AT_ONCE) {
        for (room, head) in some.iter().zip(heads(shared, link, some).await?) {
            compare_one(shared, room, head);
        }
    }
    Ok(())
}

/// Notes which rooms Redis has lost since this node had them, and returns how many.
pub(super) async fn find_lost(shared: &Shared, link: &Link) -> Result<usize, RedisFault> {
    let rooms: Vec<RoomId> = shared.known().ids().cloned().collect();
    let mut lost = 0;
    for some in rooms.chunks(AT_ONCE) {
        for (room, head) in some.iter().zip(heads(shared, link, some).await?) {
            lost += usize::from(shared.known().note_lost(room, head));
        }
    }
    Ok(lost)
}

/// How far these rooms are in Redis; `None` for each that is not there.
async fn heads(
    shared: &Shared,
    link: &Link,
    rooms: &[RoomId],
) -> Result<Vec<Option<Place>>, RedisFault> {
    let mut pipeline = redis::pipe();
    for room in rooms {
        let head = shared.keys.room(room).head;
        pipeline.cmd("HMGET").arg(head).arg(&["rev", "tip"]);
    }
    let heads: Vec<Value> = link.ask(&pipeline).await?;
    heads.into_iter().map(place).collect()
}

fn place(head: Value) -> Result<Option<Place>, RedisFault> {
    let mut parts = record::list(head)?.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    match (next(), next()) {
        (Value::Nil, _) => Ok(None),
        (rev, tip) => Ok(Some(record::place(rev, tip)?)),
    }
}

fn compare_one(shared: &Shared, room: &RoomId, head: Option<Place>) {
    let mut known = shared.known();
    if !known.knows(room) {
        drop(known);
        if head.is_some() {
            shared.has_appeared(room);
        }
        return;
    }
    let is_same = match head {
        Some(head) => known.has(room, head),
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
