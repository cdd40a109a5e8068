//! The platform's folders for a program of this name.
//!
//! They are `None` without a home folder; the caller decides what to do then.

use std::path::PathBuf;

use directories::ProjectDirs;

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "watchtogether")
}

/// Where `config.toml` is read from; on Linux `~/.config/watchtogether`.
#[must_use]
pub fn config() -> Option<PathBuf> {
    project().map(|dirs| dirs.config_dir().to_owned())
}

/// Where a server stores its rooms; on Linux `~/.local/share/watchtogether`.
#[must_use]
pub fn data() -> Option<PathBuf> {
    project().map(|dirs| dirs.data_local_dir().to_owned())
}

/// Overrides the state folder, for machines without a home folder.
pub(super) const STATE_OVERRIDE: &str = "WATCHTOGETHER_STATE_DIR";

/// Where a client keeps its log and what it remembers of rooms: the folder named by
/// `WATCHTOGETHER_STATE_DIR`, else `~/.local/state/watchtogether` on Linux, and the data folder
/// elsewhere.
#[must_use]
pub fn state() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(STATE_OVERRIDE).filter(|folder| !folder.is_empty()) {
        return Some(PathBuf::from(folder));
    }
    project().map(|dirs| {
        dirs.state_dir()
            .unwrap_or_else(|| dirs.data_local_dir())
            .to_owned()
    })
}

/// Where the server that `join` starts in its own process keeps its rooms.
#[must_use]
pub fn hosted_rooms() -> Option<PathBuf> {
    state().map(|folder| folder.join("rooms"))
}
