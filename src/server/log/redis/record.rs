//! What the scripts about a room answer.

use redis::Value;

use super::rooms::{Head, Made, Place};
use crate::protocol::ids::{Rev, RoomId};
use crate::room::committed::{Committed, Room};
use crate::server::log::{DataFault, LogError};

/// An answer about a room.
#[derive(Debug)]
pub(super) enum RoomAnswer {
    /// The events are appended.
    Agreed {
        /// When the room was made.
        made: Made,
        /// The bytes of the events after its snapshot.
        unsaved: u64,
    },
    /// They are not: the time until which they counted was over.
    Late,
    /// There is no such room.
    Gone,
    /// Redis has less of it than it had agreed to.
    Lost,
    /// It is another room of the same name.
    Other,
    /// What follows the rev that was asked about.
    Events(Head, Vec<Committed>),
    /// The whole room.
    Whole(Head, Box<Room>),
}

/// Reads an answer about a room of which `after` is known.
pub(super) fn read(room: &RoomId, after: Rev, answer: Value) -> Result<RoomAnswer, LogError> {
    let unreadable = |reason| LogError::Unreadable {
        room: room.clone(),
        reason,
    };
    parts(room, after, answer).map_err(unreadable)
}

fn parts(room: &RoomId, after: Rev, answer: Value) -> Result<RoomAnswer, DataFault> {
    let mut parts = list(answer)?.into_iter();
    let mut next = || parts.next().ok_or(DataFault::Truncated);
    let kind = bytes(next()?)?;
    match kind.as_slice() {
        b"agreed" => {
            let made = made(next()?)?;
            // A room that was brought as a whole has no events.
            let unsaved = parts.next().map_or(Ok(0), number)?;
            let unsaved = u64::try_from(unsaved).unwrap_or_default();
            Ok(RoomAnswer::Agreed { made, unsaved })
        }
        b"late" => Ok(RoomAnswer::Late),
        b"other" => Ok(RoomAnswer::Other),
        b"gone" => Ok(RoomAnswer::Gone),
        b"lost" => Ok(RoomAnswer::Lost),
        b"events" => {
            let head = head(next()?, next()?, next()?)?;
            let events = committed(list(next()?)?, after)?;
            let last = events.last().map_or(after, |last| last.fact.rev);
            reaches(head.place, last)?;
            Ok(RoomAnswer::Events(head, events))
        }
        b"room" => {
            let head = head(next()?, next()?, next()?)?;
            let snapshot = bytes(next()?)?;
            let mut whole = match snapshot.as_slice() {
                [] => Room::new(room.clone()),
                json => serde_json::from_slice(json).map_err(|error| DataFault::other(&error))?,
            };
            if whole.state.id != *room {
                return Err(DataFault::Foreign);
            }
            for event in committed(list(next()?)?, whole.state.rev)? {
                whole.apply(&event);
            }
            reaches(head.place, whole.state.rev)?;
            Ok(RoomAnswer::Whole(head, Box::new(whole)))
        }
        // A script found that none of ours wrote it, or it is the answer of another one.
        _ => Err(DataFault::Foreign),
    }
}

/// The events of a list of JSON texts, each of which follows the one before.
pub(super) fn committed(
    records: impl IntoIterator<Item = Value>,
    after: Rev,
) -> Result<Vec<Committed>, DataFault> {
    let mut events = Vec::new();
    for (expected, record) in (after.0.saturating_add(1)..).zip(records) {
        events.push(event(&bytes(record)?, Rev(expected))?);
    }
    Ok(events)
}

/// The event of a JSON text, which has to have this rev.
pub(super) fn event(json: &[u8], expected: Rev) -> Result<Committed, DataFault> {
    let committed: Committed =
        serde_json::from_slice(json).map_err(|error| DataFault::other(&error))?;
    if committed.fact.rev == expected {
        Ok(committed)
    } else {
        Err(DataFault::MissingEvent(expected.0))
    }
}

/// The events have to lead to the rev of the head.
fn reaches(place: Place, last: Rev) -> Result<(), DataFault> {
    if last == place.rev {
        Ok(())
    } else {
        Err(DataFault::MissingEvent(place.rev.0))
    }
}

/// The rev and the tip of a head, and when its room was made.
pub(super) fn head(rev: Value, tip: Value, since: Value) -> Result<Head, DataFault> {
    let (rev, tip) = (text(rev)?, text(tip)?);
    let place = Place {
        rev: Rev(rev.parse().map_err(|error| DataFault::other(&error))?),
        tip: tip.parse().map_err(|error| DataFault::other(&error))?,
    };
    let made = match since {
        Value::Nil => Made::default(),
        since => made(since)?,
    };
    Ok(Head { made, place })
}

fn made(value: Value) -> Result<Made, DataFault> {
    number(value).map(Made)
}

/// The items of a list.
pub(super) fn list(value: Value) -> Result<Vec<Value>, DataFault> {
    match value {
        Value::Array(items) | Value::Set(items) => Ok(items),
        _ => Err(DataFault::Foreign),
    }
}

/// A text of Redis, or a number as text.
pub(super) fn text(value: Value) -> Result<String, DataFault> {
    String::from_utf8(bytes(value)?).map_err(|error| DataFault::other(&error))
}

/// A number, which a script may answer as a text.
pub(super) fn number(value: Value) -> Result<i64, DataFault> {
    text(value)?
        .parse()
        .map_err(|error| DataFault::other(&error))
}

fn bytes(value: Value) -> Result<Vec<u8>, DataFault> {
    match value {
        Value::BulkString(bytes) => Ok(bytes),
        Value::SimpleString(text) => Ok(text.into_bytes()),
        Value::Int(number) => Ok(number.to_string().into_bytes()),
        _ => Err(DataFault::Foreign),
    }
}
