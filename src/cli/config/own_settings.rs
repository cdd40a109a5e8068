//! What of the file a running client reads again: theme, keys and reactions.

use std::path::PathBuf;

use super::file::{self, Settings};
use super::{ConfigError, Sources, theme};
use crate::app::appearance::{OwnTheme, ThemeChoice};
use crate::app::keys::own::KeyMap;
use crate::app::own_reactions::OwnReactions;

/// The file of a client, to be read again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnFile {
    /// Where it is, or would be; `None` without a home folder.
    pub path: Option<PathBuf>,
    /// The theme that a flag or a variable sets, which goes before the one of the file.
    theme: Option<ThemeChoice>,
}

/// What a file says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnLayer {
    /// The theme.
    pub theme: Option<ThemeChoice>,
    /// The styles of the member's own theme.
    pub own_theme: Option<OwnTheme>,
    /// The keys.
    pub keys: KeyMap,
    /// The emoji.
    pub reactions: Option<OwnReactions>,
}

impl OwnFile {
    /// The theme that the layers set, with this one as the file.
    pub(super) fn theme_over(&self, file: &Settings) -> Option<ThemeChoice> {
        self.theme.or(file.ui.theme.map(|theme| theme.0))
    }

    /// Reads the file again; `None` if it is not there.
    ///
    /// # Errors
    /// [`ConfigError`] names the file, and the faulty line if there is one.
    pub fn read(&self) -> Result<Option<OwnLayer>, ConfigError> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let read = file::read(path)?;
        Ok(read.map(|settings| OwnLayer {
            theme: self.theme_over(&settings),
            own_theme: theme::own(&settings),
            keys: settings.key_map.clone(),
            reactions: settings.reactions(),
        }))
    }
}

impl Sources {
    /// The file, to be read again by a client with this theme of a flag or a variable.
    pub(super) fn own_file(&self, theme: Option<ThemeChoice>) -> OwnFile {
        OwnFile {
            path: self.place.clone(),
            theme,
        }
    }
}
