//! Finds the yt-dlp that mpv would use, which it needs for YouTube.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::PlayerConfig;

/// The programs that mpv's `ytdl_hook` looks for (its option `ytdl_path`, mpv 0.35 to 0.40).
const NAMES: [&str; 3] = ["yt-dlp", "yt-dlp_x86", "youtube-dl"];

/// Whether mpv would find its program for YouTube: the one that the member named, otherwise one of
/// the usual names in `PATH` or in mpv's configuration folder.
#[must_use]
pub fn finds_ytdl(config: &PlayerConfig) -> bool {
    program(config).is_some()
}

/// The program for YouTube that mpv would find. It looks into its own configuration folder first.
#[must_use]
pub fn program(config: &PlayerConfig) -> Option<PathBuf> {
    let home = std::env::home_dir().map(|home| home.join(".config/mpv"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = home
        .into_iter()
        .chain(std::env::split_paths(&path))
        .collect();
    let of_mpv = config.resolver.program();
    let named = config.ytdl_path.as_ref().or(of_mpv);
    found(named.map(PathBuf::as_path), &folders)
}

fn found(named: Option<&Path>, folders: &[PathBuf]) -> Option<PathBuf> {
    let in_folders = |name: &OsStr| {
        let mut paths = folders.iter().map(|folder| folder.join(name));
        paths.find(|path| path.is_file())
    };
    match named {
        // A bare name is searched in `PATH`, as the system does.
        Some(path) if path.components().count() == 1 => in_folders(path.as_os_str()),
        Some(path) => path.is_file().then(|| path.to_owned()),
        None => NAMES.iter().find_map(|name| in_folders(OsStr::new(name))),
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
        assert_eq!(found(None, &folders), None);
        let own = folder.path().join("my-dlp");
        std::fs::write(&own, "").unwrap();
        assert_eq!(found(None, &folders), None, "not by a name of its own");
        assert_eq!(found(Some(&own), &[]), Some(own.clone()));
        assert_eq!(found(Some(Path::new("my-dlp")), &folders), Some(own));
        std::fs::write(folder.path().join("yt-dlp"), "").unwrap();
        assert!(found(None, &folders).is_some());
        let nowhere = found(Some(Path::new("/nowhere/yt-dlp")), &folders);
        assert_eq!(nowhere, None);
    }
}
