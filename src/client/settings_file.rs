//! Watches the configuration file of a client with a screen, and tells the app what changed in it.
//!
//! A thread of its own waits for the system to report a change in the file's folder (inotify), or that
//! the folder is made, so that nothing runs while nothing changes; where there is no inotify it looks
//! once a second. It looks once at the beginning: the file may have changed since the client read it.
//! Only an ordinary file is read again: one that an editor is about to replace is gone for a moment.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::mpsc;

use crate::app::event::Event;
use crate::app::own_settings::{OwnSettings, SettingsFault};

#[cfg(target_os = "linux")]
mod inotify_watch;

/// How long a change rests before the file is read (judgement: whoever saves twice, or empties the file
/// before it is written, is done by then).
const REST: Duration = Duration::from_millis(50);

/// Reads the file again; `None` if it is not there.
pub type ReadSettings = Box<dyn Fn() -> Result<Option<OwnSettings>, SettingsFault> + Send>;

/// A configuration file, and how it is read.
pub struct SettingsFile {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// What the client was started with.
    pub now: OwnSettings,
    /// Reads it again.
    pub read: ReadSettings,
}

impl fmt::Debug for SettingsFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SettingsFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// Watches the file until nobody hears of it any more. A client whose file cannot be watched runs
/// with the settings that it started with.
pub(super) fn watch(file: SettingsFile, news: mpsc::Sender<Event>) {
    // A device or a pipe has no second version.
    if file.path.exists() && !file.path.is_file() {
        return;
    }
    let watching = move || {
        let path = file.path.clone();
        let mut reader = Reader {
            file,
            news,
            fault: None,
        };
        if let Err(cause) = each_change(&path, &mut || reader.look()) {
            tracing::info!(%cause, "the configuration file is not watched");
        }
    };
    let started = std::thread::Builder::new()
        .name("settings".to_owned())
        .spawn(watching);
    if let Err(cause) = started {
        tracing::warn!(%cause, "the configuration file is not watched");
    }
}

/// Reads the file after each change.
struct Reader {
    file: SettingsFile,
    news: mpsc::Sender<Event>,
    /// What was wrong with it when it was last read.
    fault: Option<SettingsFault>,
}

impl Reader {
    /// Tells what changed; false if nobody hears of it any more.
    fn look(&mut self) -> bool {
        std::thread::sleep(REST);
        let news = if self.file.path.is_file() {
            self.read()
        } else {
            None
        };
        match news {
            Some(news) => self.news.blocking_send(news).is_ok(),
            None => !self.news.is_closed(),
        }
    }

    /// What is new in the file. The same fault is told once.
    fn read(&mut self) -> Option<Event> {
        match (self.file.read)() {
            Ok(settings) => {
                self.fault = None;
                let settings = settings?;
                let changed = settings.changes(&self.file.now)?;
                self.file.now = settings;
                Some(Event::Settings(Ok(Box::new(changed))))
            }
            Err(fault) if self.fault.as_ref() == Some(&fault) => None,
            Err(fault) => {
                self.fault = Some(fault.clone());
                Some(Event::Settings(Err(fault)))
            }
        }
    }
}

/// Calls back at the beginning and after each change of a file, while that answers true.
///
/// # Errors
/// If its folder cannot be watched, or not any more.
#[cfg(target_os = "linux")]
fn each_change(path: &Path, changed: &mut dyn FnMut() -> bool) -> io::Result<()> {
    while let Some(events) = inotify_watch::Watch::begin(path)? {
        if !changed() || !events.each(changed)? {
            break;
        }
    }
    Ok(())
}

/// Calls back at the beginning and after each change of a file, while that answers true.
#[cfg(not(target_os = "linux"))]
fn each_change(path: &Path, changed: &mut dyn FnMut() -> bool) -> io::Result<()> {
    // How often the file is looked at (judgement: a person waits that long for what they saved).
    const EVERY: Duration = Duration::from_secs(1);
    let state = || {
        let data = std::fs::metadata(path).ok()?;
        Some((data.modified().ok()?, data.len()))
    };
    let mut before = state();
    let mut goes_on = changed();
    while goes_on {
        std::thread::sleep(EVERY);
        let now = state();
        if now != before {
            before = now;
            goes_on = changed();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tokio::sync::mpsc;

    use super::{SettingsFile, watch};
    use crate::app::appearance::ThemeChoice;
    use crate::app::event::Event;
    use crate::app::own_settings::{OwnSettings, SettingsFault};
    use crate::texts::language::Language;

    /// A theme is all that the file has.
    fn read(path: &Path) -> Result<Option<OwnSettings>, SettingsFault> {
        // It may be gone since it was looked for.
        let Ok(text) = std::fs::read_to_string(path) else {
            return Ok(None);
        };
        let theme = ThemeChoice::of_code(&text);
        let fault = || SettingsFault::worded([Language::English], |_| format!("{text}?"));
        let theme = theme.ok_or_else(fault)?;
        Ok(Some(OwnSettings {
            theme,
            ..OwnSettings::default()
        }))
    }

    fn watched(path: &Path) -> mpsc::Receiver<Event> {
        let (news, events) = mpsc::channel(4);
        let of_file = path.to_owned();
        let file = SettingsFile {
            path: path.to_owned(),
            now: OwnSettings::default(),
            read: Box::new(move || read(&of_file)),
        };
        watch(file, news);
        events
    }

    fn theme(event: Event) -> Result<ThemeChoice, String> {
        match event {
            Event::Settings(Ok(changed)) => Ok(changed.theme.unwrap()),
            Event::Settings(Err(fault)) => Err(fault.words(Language::English).to_owned()),
            other => panic!("{other:?}"),
        }
    }

    /// Puts a file in the place of another one, as editors do.
    fn put(path: &Path, text: &str) {
        let other = path.with_extension("new");
        std::fs::write(&other, text).unwrap();
        std::fs::rename(&other, path).unwrap();
    }

    async fn told(events: &mut mpsc::Receiver<Event>, path: &Path, text: &str) -> Event {
        put(path, text);
        events.recv().await.unwrap()
    }

    #[tokio::test]
    async fn a_change_is_told_once_and_so_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, "auto").unwrap();
        let mut events = watched(&path);
        let dark = told(&mut events, &path, "dark").await;
        assert_eq!(theme(dark), Ok(ThemeChoice::Dark));
        // The same again is no news; a wrong one is, once.
        put(&path, "drak");
        assert_eq!(theme(events.recv().await.unwrap()), Err("drak?".to_owned()));
        put(&path, "drak");
        put(&path, "mono");
        assert_eq!(theme(events.recv().await.unwrap()), Ok(ThemeChoice::Mono));
        // Written in its place it is read as well.
        std::fs::write(&path, "light").unwrap();
        assert_eq!(theme(events.recv().await.unwrap()), Ok(ThemeChoice::Light));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_file_behind_a_link_is_watched_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let elsewhere = tempfile::tempdir().unwrap();
        let real = elsewhere.path().join("dotfile");
        std::fs::write(&real, "auto").unwrap();
        std::os::unix::fs::symlink(&real, &path).unwrap();
        let mut events = watched(&path);
        let light = told(&mut events, &real, "light").await;
        assert_eq!(theme(light), Ok(ThemeChoice::Light));
    }

    #[tokio::test]
    async fn a_folder_that_is_made_later_is_watched_and_so_is_one_that_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("dotfiles").join("watchtogether");
        let path = own.join("config.toml");
        let mut events = watched(&path);
        for (text, choice) in [
            ("dark", ThemeChoice::Dark),
            ("light", ThemeChoice::Light),
            ("mono", ThemeChoice::Mono),
        ] {
            std::fs::create_dir_all(&own).unwrap();
            let event = told(&mut events, &path, text).await;
            assert_eq!(theme(event), Ok(choice));
            std::fs::remove_dir_all(own.parent().unwrap()).unwrap();
        }
    }
}
