//! The comparison of all rooms with Redis: finds what messages did not tell, such as those that were
//! sent while the node was away.

use std::collections::BTreeSet;

use redis::Value;

use super::link::{Link, RedisFault};
use super::record;
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
        let mut pipeline = redis::pipe();
        for room in some {
            let head = shared.keys.room(room).head;
            pipeline.cmd("HMGET").arg(head).arg(&["rev", "tip"]);
        }
        let heads: Vec<Value> = link.ask(&pipeline).await?;
        for (room, head) in some.iter().zip(heads) {
            compare_one(shared, room, head)?;
        }
    }
    Ok(())
}

fn compare_one(shared: &Shared, room: &RoomId, head: Value) -> Result<(), RedisFault> {
    let mut parts = record::list(head)?.into_iter();
    let (rev, tip) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let is_there = rev != Value::Nil;
    let mut known = shared.known();
    if !known.knows(room) {
        drop(known);
        if is_there {
            shared.has_appeared(room);
        }
        return Ok(());
    }
    let is_same = if is_there {
        known.has(room, record::place(rev, tip)?)
    } else {
        // One that is being created has no head yet.
        known.is_at(room, Rev(0))
    };
    if !is_same {
        known.check(room);
    }
    Ok(())
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
