//! The scripts that Redis runs: each is one step that no other client comes between.

use redis::Script;

/// The scripts, ready to be called by their digests.
#[derive(Debug, Clone)]
pub(super) struct Scripts {
    pub(super) append: Script,
    /// As `append`, for events after which the room takes less memory.
    pub(super) append_if_full: Script,
    pub(super) missed: Script,
    pub(super) open: Script,
    pub(super) forget: Script,
    pub(super) prune: Script,
    pub(super) greet: Script,
    pub(super) renew: Script,
    pub(super) note: Script,
    pub(super) import: Script,
    pub(super) take: Script,
    pub(super) write_back: Script,
}

/// A script of these parts that writes: a Redis without memory left refuses it before it begins.
macro_rules! writing {
    ($($part:literal),+) => {
        script!("#!lua", $($part),+)
    };
}

/// A script that a Redis without memory left runs as well, since it needs little or none.
macro_rules! writing_if_full {
    ($($part:literal),+) => {
        script!("#!lua flags=allow-oom", $($part),+)
    };
}

/// A script that writes nothing.
macro_rules! reading {
    ($($part:literal),+) => {
        script!("#!lua flags=no-writes", $($part),+)
    };
}

/// A script of these parts after the line that says how Redis may run it.
macro_rules! script {
    ($flags:literal, $($part:literal),+) => {
        Script::new(concat!($flags, "\n", $(include_str!(concat!("scripts/", $part, ".lua"))),+))
    };
}

impl Scripts {
    /// Reads the scripts; Redis gets each when it first lacks it.
    pub(super) fn new() -> Self {
        Self {
            append: writing!("rights", "removed", "lacking", "append"),
            append_if_full: writing_if_full!("rights", "removed", "lacking", "append"),
            missed: reading!("removed", "lacking", "missed"),
            open: reading!("removed", "lacking", "open"),
            forget: writing_if_full!("rights", "forget"),
            prune: writing_if_full!("prune"),
            greet: writing_if_full!("greet"),
            renew: writing_if_full!("renew"),
            note: writing!("note"),
            import: writing!("rights", "removed", "import"),
            take: writing!("take"),
            write_back: writing!("rights", "removed", "write_back"),
        }
    }
}
