//! What the member chose on their own screen, kept for the next time.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use crate::app::preferences::{OwnChoice, OwnChoices};
use crate::client::own_files;
use crate::private_files;

/// The file, in the state folder.
const FILE: &str = "screen.json";
/// The file that takes its place once it is written whole.
const NEW_FILE: &str = "screen.json.new";

/// The longest file that is read, in bytes: some twenty times what is written.
const LONGEST: u64 = 4_096;

/// Keeps a choice beside those that were kept, also by another client meanwhile. Whoever reads at
/// that moment finds the old file or the new one.
///
/// # Errors
/// If the folder cannot be made or the file not written.
pub(super) fn keep(folder: &Path, choice: OwnChoice) -> io::Result<()> {
    private_files::create_folder(folder)?;
    let mut chosen = kept(folder);
    chosen.set(choice);
    let text = serde_json::to_vec(&chosen)?;
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
pub fn kept(folder: &Path) -> OwnChoices {
    match read(&folder.join(FILE)) {
        Ok(chosen) => chosen,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => OwnChoices::default(),
        Err(cause) => {
            tracing::warn!("what was chosen of the screen cannot be read: {cause}");
            OwnChoices::default()
        }
    }
}

/// Whether what is kept can be read.
///
/// # Errors
/// If it cannot. A damaged file is set aside.
pub(super) fn check(folder: &Path) -> io::Result<()> {
    let path = folder.join(FILE);
    match read(&path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) if cause.kind() == io::ErrorKind::InvalidData => {
            Err(own_files::set_aside(&path))
        }
        read => read.map(|_| ()),
    }
}

fn read(path: &Path) -> io::Result<OwnChoices> {
    // The reading of a pipe would wait for whoever writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file of ours"));
    }
    let mut text = String::new();
    let file = fs::File::open(path)?;
    file.take(LONGEST).read_to_string(&mut text)?;
    serde_json::from_str(&text).map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, cause))
}

#[cfg(test)]
mod tests {
    use super::{FILE, OwnChoice, OwnChoices, keep, kept};
    use crate::app::appearance::ThemeChoice;
    use crate::app::osd_level::OsdLevel;
    use crate::app::own_reactions::OwnReactions;
    use crate::app::preferences::{AlertKind, AlertMode, Layout, LayoutChange};
    use crate::protocol::text::Emoji;
    use crate::texts::language::Language;

    #[test]
    fn each_choice_comes_back_and_leaves_the_others_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let within = folder.path().join("state");
        assert_eq!(kept(&within), OwnChoices::default());
        let popcorn = Emoji::parse("🍿").unwrap();
        let layout = Layout::default().changed(LayoutChange::WiderChat, 120);
        let choices = [
            OwnChoice::Layout(layout.changed(LayoutChange::Cinema, 120)),
            OwnChoice::Alert(Some(AlertKind::Mention), AlertMode::Off),
            OwnChoice::Theme(ThemeChoice::HighContrast),
            OwnChoice::Osd(OsdLevel::Quiet),
            OwnChoice::Language(Language::Russian),
            OwnChoice::Reactions(OwnReactions::beginning_with([popcorn])),
        ];
        let mut all = OwnChoices::default();
        for choice in choices {
            keep(&within, choice.clone()).unwrap();
            all.set(choice);
            assert_eq!(kept(&within), all);
        }
        assert!(all.screen.layout.is_cinema && all.theme.is_some() && all.osd.is_some());
        let alerts = all.screen.alerts;
        assert!(alerts.of(AlertKind::Reaction).flashes(), "the usual one");
    }

    #[test]
    fn what_is_no_choice_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let broken = [
            "",
            "{",
            r#"{"layout": 7}"#,
            r#"{"theme": "solarized"}"#,
            &"x".repeat(9_000),
        ];
        for text in broken {
            std::fs::write(folder.path().join(FILE), text).unwrap();
            assert_eq!(kept(folder.path()), OwnChoices::default(), "{text}");
        }
        let theme = OwnChoice::Theme(ThemeChoice::Light);
        keep(folder.path(), theme).unwrap();
        assert_eq!(kept(folder.path()).theme, Some(ThemeChoice::Light));
        let few = r#"{"reactions": ["x", "🍿", 0]}"#;
        std::fs::write(folder.path().join(FILE), few).unwrap();
        assert_eq!(kept(folder.path()), OwnChoices::default());
        let few = r#"{"reactions": ["no emoji", "🍿"], "later": 1}"#;
        std::fs::write(folder.path().join(FILE), few).unwrap();
        let first = kept(folder.path()).reactions.unwrap();
        assert_eq!(first.get(1).unwrap().as_str(), "🍿");
    }
}
