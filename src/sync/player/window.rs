//! The keys that a member presses in the player's window, and the files that they open there.

/// The keys that are taken in the window, where nothing stronger than the player's own default is
/// bound to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WindowKeys {
    /// Whether Space is taken: the member may not pause, and is told so before anything stops.
    pub takes_pause: bool,
    /// Whether a line is being written: all that is typed is its text.
    pub writes: bool,
}

/// What a member did in the window, besides pausing and seeking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowEvent {
    /// They pressed a key that is taken.
    Key(WindowKey),
    /// They opened something else, by dropping a file for example. It is not played.
    ForeignFile {
        /// Its web address; `None` if it is no link, or could not be read.
        link: Option<String>,
        /// Whether it took the place of the room's media, which has to be opened again.
        replaced: bool,
    },
    /// The room's media was opened again in its own place, by a script for example: it has to be
    /// opened once more, where the room is.
    OpenedAnew,
}

/// A key that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowKey {
    /// Space, by a member who may not pause.
    Pause,
    /// A reaction of this number, from 1 to 5.
    React(u8),
    /// Begin a line.
    Write,
    /// Show how well in step the player is.
    SyncState,
    /// A key of the line that is being written.
    Line(LineKey),
}

/// A key while a line is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineKey {
    /// This text was typed: a character, or what an input method made.
    Text(String),
    /// Erase the character before the caret.
    Erase,
    /// Erase the one behind it.
    Delete,
    /// Erase the word before it.
    EraseWord,
    /// Erase the word behind it.
    EraseNextWord,
    /// Erase everything before it.
    EraseBefore,
    /// Erase everything behind it.
    EraseAfter,
    /// Write again what was last erased as a word, or up to an end of the line.
    Restore,
    /// Move the caret back.
    Left,
    /// Move it on.
    Right,
    /// Move it to the beginning of the word before it.
    WordLeft,
    /// Move it behind the next word.
    WordRight,
    /// Move it to the beginning.
    Home,
    /// Move it to the end.
    End,
    /// Send the line.
    Send,
    /// Give the line up.
    Close,
}
