//! The emoji on the member's keys 1 to 5, kept for the next time.

use std::fs;
use std::io;
use std::path::Path;

use crate::app::own_reactions::OwnReactions;
use crate::private_files;
use crate::protocol::text::Emoji;

/// The file, in the state folder: an emoji a line.
const FILE: &str = "reactions";

/// Keeps them.
///
/// # Errors
/// If the folder cannot be made or the file not written.
pub(super) fn keep(folder: &Path, own: &OwnReactions) -> io::Result<()> {
    private_files::create_folder(folder)?;
    let lines: Vec<&str> = own.iter().map(Emoji::as_str).collect();
    fs::write(folder.join(FILE), lines.join("\n") + "\n")
}

/// Those that were kept, if any were. A file that cannot be read is logged and no error.
#[must_use]
pub fn kept(folder: &Path) -> Option<OwnReactions> {
    let text = match super::name::read(&folder.join(FILE)) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return None,
        Err(cause) => {
            tracing::warn!("the emoji that were kept cannot be read: {cause}");
            return None;
        }
    };
    let emoji = text.lines().filter_map(|line| Emoji::parse(line).ok());
    Some(OwnReactions::beginning_with(emoji))
}

#[cfg(test)]
mod tests {
    use super::{Emoji, OwnReactions, keep, kept};

    #[test]
    fn emoji_come_back() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(kept(folder.path()), None);
        let own = OwnReactions::beginning_with([Emoji::parse("🍿").unwrap()]);
        keep(folder.path(), &own).unwrap();
        assert_eq!(kept(folder.path()), Some(own));
    }
}
