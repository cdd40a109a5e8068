//! Checks whether mpv would find a yt-dlp, which it needs for YouTube.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::PlayerConfig;

/// The programs that mpv's `ytdl_hook` looks for (its option `ytdl_path`, mpv 0.35 to 0.40).
const NAMES: [&str; 3] = ["yt-dlp", "yt-dlp_x86", "youtube-dl"];

/// Whether mpv would find its program for YouTube: the one that the member named, otherwise one of
/// the usual names in `PATH` or in mpv's configuration folder.
#[must_use]
pub fn finds_ytdl(config: &PlayerConfig) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.extend(std::env::home_dir().map(|home| home.join(".config/mpv")));
    found(config.ytdl_path.as_deref(), &folders)
}

fn found(named: Option<&Path>, folders: &[PathBuf]) -> bool {
    let in_folders = |name: &OsStr| folders.iter().any(|folder| folder.join(name).is_file());
    match named {
        // A bare name is searched in `PATH`, as the system does.
        Some(path) if path.components().count() == 1 => in_folders(path.as_os_str()),
        Some(path) => path.is_file(),
        None => NAMES.iter().any(|name| in_folders(OsStr::new(name))),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::found;

    #[test]
    fn the_named_program_counts_or_one_of_the_usual_names() {
        let folder = tempfile::tempdir().unwrap();
        let folders = [folder.path().to_owned()];
        assert!(!found(None, &folders));
        let own = folder.path().join("my-dlp");
        std::fs::write(&own, "").unwrap();
        assert!(!found(None, &folders), "not by a name of its own");
        assert!(found(Some(&own), &[]));
        assert!(found(Some(Path::new("my-dlp")), &folders));
        std::fs::write(folder.path().join("yt-dlp"), "").unwrap();
        assert!(found(None, &folders));
        assert!(!found(Some(Path::new("/nowhere/yt-dlp")), &folders));
    }
}
