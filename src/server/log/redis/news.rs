//! The messages of the nodes on the channels. Another node is not believed blindly: what does not
//! read as it should is dropped, and the room checks.

use bytes::Bytes;

use super::inbox::Published;
use super::keys::Keys;
use super::record;
use super::rooms::{Made, Place, ToldAppend};
use super::tip::Tip;
use crate::protocol::ids::{NodeId, Rev, RoomId};
use crate::room::committed::Committed;

/// The most bytes of a message that is read (judgement: several times the events of one decision, of
/// which the longest lets a thousand members in).
const MOST: usize = 1024 * 1024;

/// What a node tells all others.
#[derive(Debug)]
pub(super) enum News {
    /// It appended events to a room.
    Appended {
        room: RoomId,
        told: ToldAppend,
        /// One event a line, as JSON.
        events: Bytes,
    },
    /// It removed a room.
    Gone { room: RoomId },
    /// It brought a room from elsewhere, or wrote back one that was lost.
    Imported { room: RoomId },
    /// A node has come or gone.
    Nodes,
    /// What addresses hold at a node.
    Addresses {
        from: NodeId,
        /// Whether what it told before is void.
        all: bool,
        /// One address a line.
        counts: Bytes,
    },
    /// It told what is kept nowhere.
    Told {
        room: RoomId,
        from: NodeId,
        message: Bytes,
    },
}

/// The first line of a message about an append; the script adds when the room was made.
pub(super) fn append_head(room: &RoomId, told: ToldAppend) -> String {
    let ToldAppend { after, tip, .. } = told;
    format!("append {room} {} {} {tip}", after.rev.0, after.tip)
}

/// The first line of a message about addresses.
pub(super) fn addresses_head(from: &NodeId, all: bool) -> String {
    let kind = if all { "all" } else { "changes" };
    format!("addresses {} {kind}", from.0)
}

/// The message that a node has come or gone.
pub(super) const NODES: &str = "nodes";

/// A message about the end of a room.
pub(super) fn gone(room: &RoomId) -> String {
    format!("gone {room}")
}

/// A message about a room from elsewhere.
pub(super) fn imported(room: &RoomId) -> String {
    format!("imported {room}")
}

/// A message that is kept nowhere.
pub(super) fn told(room: &RoomId, from: &NodeId, message: &Bytes) -> Vec<u8> {
    let mut payload = format!("{room} {}\n", from.0).into_bytes();
    payload.extend_from_slice(message);
    payload
}

/// Reads a message; `None` if it is none of a node.
pub(super) fn read(published: Published, keys: &Keys) -> Option<News> {
    let Published { channel, payload } = published;
    if payload.len() > MOST {
        return None;
    }
    let payload = Bytes::from(payload);
    let end = payload.iter().position(|byte| *byte == b'\n');
    let head = payload.get(..end.unwrap_or(payload.len()))?;
    let mut words = std::str::from_utf8(head).ok()?.split(' ');
    let rest = end.map_or_else(Bytes::new, |end| payload.slice(end + 1..));
    if channel == keys.told().as_bytes() {
        let room = RoomId::parse(words.next()?).ok()?;
        let from = NodeId(words.next()?.to_owned());
        let message = rest;
        return Some(News::Told {
            room,
            from,
            message,
        });
    }
    let kind = words.next()?;
    if kind == NODES {
        return Some(News::Nodes);
    }
    if kind == "addresses" {
        let from = NodeId(words.next()?.to_owned());
        let all = words.next()? == "all";
        let counts = rest;
        return Some(News::Addresses { from, all, counts });
    }
    let room = RoomId::parse(words.next()?).ok()?;
    match kind {
        "append" => {
            let after = Place {
                rev: Rev(words.next()?.parse().ok()?),
                tip: words.next()?.parse().ok()?,
            };
            let tip: Tip = words.next()?.parse().ok()?;
            let made = Made(words.next()?.parse().ok()?);
            let told = ToldAppend { after, tip, made };
            let events = rest;
            Some(News::Appended { room, told, events })
        }
        "imported" => Some(News::Imported { room }),
        "gone" => Some(News::Gone { room }),
        _ => None,
    }
}

/// The events of a message, which follow a rev; `None` if they do not.
pub(super) fn events(lines: &[u8], after: Rev) -> Option<Vec<Committed>> {
    let lines = lines.split(|byte| *byte == b'\n');
    let numbered = (after.0.checked_add(1)?..).zip(lines);
    numbered
        .map(|(rev, line)| record::event(line, Rev(rev)).ok())
        .collect()
}
