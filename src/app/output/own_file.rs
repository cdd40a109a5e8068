//! What is wrong with a file that the client keeps for its member.

use crate::system_fault::SystemFault;

/// What is wrong with a file that the client keeps: a saved playlist, sound offsets, choices.
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
    /// It cannot be read or written.
    Unusable(SystemFault),
}
