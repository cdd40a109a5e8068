//! The size of parts of a room on the wire, and its limit.

use serde::Serialize;

/// The most bytes of JSON of a room's state as one client gets it. With up to 2 KiB around it the
/// whole frame has 256 KiB: 4 s at 64 kB/s (judgement: a slow mobile connection).
pub const MAX_STATE: usize = 254 * 1024;

/// The most bytes of JSON of a room as its server keeps it in a snapshot, with a thousand members
/// present (by the longest names, texts and links).
pub const MAX_KEPT: usize = 3 * 1024 * 1024;

/// The bytes of a value as JSON. A value that cannot be serialised counts as too large; none of
/// ours is such.
pub(super) fn of(value: &impl Serialize) -> usize {
    serde_json::to_vec(value).map_or(usize::MAX, |bytes| bytes.len())
}

/// The bytes of a value in a JSON list, including its comma.
pub(super) fn of_item(value: &impl Serialize) -> usize {
    of(value).saturating_add(1)
}
