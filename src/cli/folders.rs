//! The folders that the platform sets aside for a program of this name.
//!
//! Where there is no home folder there are none; whoever asks says what to do then.

use std::path::PathBuf;

use directories::ProjectDirs;

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "watchtogether")
}

/// Where `config.toml` is looked for; on Linux `~/.config/watchtogether`.
#[must_use]
pub fn config() -> Option<PathBuf> {
    project().map(|dirs| dirs.config_dir().to_owned())
}

/// Where a server keeps its rooms; on Linux `~/.local/share/watchtogether`.
#[must_use]
pub fn data() -> Option<PathBuf> {
    project().map(|dirs| dirs.data_local_dir().to_owned())
}

/// Names another state folder, for where there is no home folder.
const STATE_OVERRIDE: &str = "WATCHTOGETHER_STATE_DIR";

/// Where a client keeps its log and what it remembers of its rooms: the folder that
/// `WATCHTOGETHER_STATE_DIR` names, else on Linux `~/.local/state/watchtogether` and
/// elsewhere the data folder.
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
