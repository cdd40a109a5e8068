//! The scripts that Redis runs: each is one step that no other client comes between.

use redis::Script;

/// The scripts, ready to be called by their digests.
#[derive(Debug, Clone)]
pub(super) struct Scripts {
    pub(super) append: Script,
    pub(super) missed: Script,
    pub(super) open: Script,
    pub(super) forget: Script,
    pub(super) greet: Script,
    pub(super) renew: Script,
    pub(super) note: Script,
    pub(super) import: Script,
    pub(super) take: Script,
    pub(super) write_back: Script,
}

/// A script after the functions that those about a room share.
macro_rules! of_room {
    ($file:literal) => {
        Script::new(concat!(
            include_str!("scripts/removed.lua"),
            include_str!("scripts/lacking.lua"),
            include_str!($file)
        ))
    };
}

/// A script after the functions about rooms that were removed.
macro_rules! after_removed {
    ($file:literal) => {
        Script::new(concat!(
            include_str!("scripts/removed.lua"),
            include_str!($file)
        ))
    };
}

impl Scripts {
    /// Reads the scripts; Redis gets each when it first lacks it.
    pub(super) fn new() -> Self {
        Self {
            append: of_room!("scripts/append.lua"),
            missed: of_room!("scripts/missed.lua"),
            open: of_room!("scripts/open.lua"),
            forget: Script::new(include_str!("scripts/forget.lua")),
            greet: Script::new(include_str!("scripts/greet.lua")),
            renew: Script::new(include_str!("scripts/renew.lua")),
            note: Script::new(include_str!("scripts/note.lua")),
            import: after_removed!("scripts/import.lua"),
            take: Script::new(include_str!("scripts/take.lua")),
            write_back: after_removed!("scripts/write_back.lua"),
        }
    }
}
