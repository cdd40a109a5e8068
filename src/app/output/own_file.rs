//! What is wrong with a file that the client keeps for its member.

use crate::doctor::place::PlaceFinding;
use crate::system_fault::SystemFault;

/// What is wrong with a file that the client keeps or reads: a saved playlist, sound offsets, choices,
/// settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnFileProblem {
    /// It is damaged, and was set aside whole.
    Damaged {
        /// Where it was.
        path: String,
        /// Where it is now.
        aside: String,
    },
    /// So many playlists are kept, and no more.
    TooManyLists(usize),
    /// The configuration file was changed, and is of no use: why, in the reader's language.
    Settings(String),
    /// Nothing can be kept in the folder of all these files.
    Folder(PlaceFinding),
    /// It cannot be read or written.
    Unusable(SystemFault),
}
