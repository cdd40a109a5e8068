//! How large a part of a room is on the wire, and how large one may be.

use serde::Serialize;

/// The most bytes of JSON of a room's state as one client gets it. With up to 2 KiB around it
/// the whole frame has 256 KiB: 4 s at 64 kB/s (judgement: a slow mobile connection).
pub const MAX_STATE: usize = 254 * 1024;

/// The bytes of a value as JSON; the most there are for what cannot be serialised, which none
/// of ours is.
pub(super) fn of(value: &impl Serialize) -> usize {
    serde_json::to_vec(value).map_or(usize::MAX, |bytes| bytes.len())
}

/// The bytes of a value in a list, its comma included.
pub(super) fn of_item(value: &impl Serialize) -> usize {
    of(value).saturating_add(1)
}
