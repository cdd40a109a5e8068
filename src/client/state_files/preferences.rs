//! What the member chose of the screen, kept for the next time.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::app::preferences::ScreenPreferences;
use crate::private_files;

/// The file, in the state folder.
const FILE: &str = "screen.json";
/// The file that takes its place once it is written whole.
const NEW_FILE: &str = "screen.json.new";

/// The longest file that is read, in bytes: some twenty times what is written.
const LONGEST: u64 = 4_096;

/// Keeps what was chosen. Whoever reads meanwhile finds the old file or the new one.
///
/// # Errors
/// If the folder cannot be made or the file not written.
pub(super) fn keep(folder: &Path, chosen: &ScreenPreferences) -> io::Result<()> {
    private_files::create_folder(folder)?;
    let text = serde_json::to_vec(chosen)?;
    let new = folder.join(NEW_FILE);
    let mut file = private_files::open_options()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&new)?;
    file.write_all(&text)?;
    drop(file);
    fs::rename(new, folder.join(FILE))
}

/// What was chosen before. A file that cannot be read is logged and no error: then all is as at first.
#[must_use]
pub fn kept(folder: &Path) -> ScreenPreferences {
    match read(&folder.join(FILE)) {
        Ok(chosen) => chosen,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => ScreenPreferences::default(),
        Err(cause) => {
            tracing::warn!("what was chosen of the screen cannot be read: {cause}");
            ScreenPreferences::default()
        }
    }
}

fn read(path: &Path) -> io::Result<ScreenPreferences> {
    // The reading of a pipe would wait for whoever writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file of ours"));
    }
    let mut text = String::new();
    let file = fs::File::open(path)?;
    file.take(LONGEST).read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text)?)
}

#[cfg(test)]
mod tests {
    use super::{FILE, keep, kept};
    use crate::app::preferences::AlertMode;
    use crate::app::preferences::ScreenPreferences;

    #[test]
    fn what_was_chosen_comes_back_and_what_is_no_choice_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("state");
        assert_eq!(kept(&within), ScreenPreferences::default());
        let mut chosen = ScreenPreferences::default();
        chosen.layout.is_cinema = true;
        chosen.alerts.set(None, AlertMode::Off);
        keep(&within, &chosen).unwrap();
        assert_eq!(kept(&within), chosen);
        for text in ["", "{", r#"{"layout": 7}"#, &"x".repeat(9_000)] {
            std::fs::write(within.join(FILE), text).unwrap();
            assert_eq!(kept(&within), ScreenPreferences::default(), "{text}");
        }
        keep(&within, &chosen).unwrap();
        assert_eq!(kept(&within), chosen);
    }
}
