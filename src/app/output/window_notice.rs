//! Notices about the player's window and what stands over the picture.

use strum::IntoStaticStr;

use crate::app::osd_level::OsdLevel;

/// A notice about the player's window. The name in snake case is the code in `--json`.
#[derive(Debug, Clone, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum WindowNotice {
    /// The member opened something else in the window. It is not played.
    ForeignFile {
        /// Its link, if it is one that a room can play.
        link: Option<String>,
        /// Whether the reader may put it on for all.
        may_play: bool,
    },
    /// So much is shown over the picture: the answer to `/osd`.
    OsdLevel(OsdLevel),
    /// What was written in the window is for the terminal.
    OnlyInTerminal,
    /// A line was being written in the window, which was closed: the line is kept.
    LineKept,
}
