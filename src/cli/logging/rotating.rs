//! A client's log, bounded in size: a full file is renamed to the old file, replacing the previous
//! one. Several clients of one user may write at once. Each line is written under a lock, so that
//! no client rotates a file that another has just begun, or writes to a replaced one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::complain;
use crate::private_files;
use crate::texts::language::Language;
use crate::texts::{system, tr};

/// The most bytes of a file; there are two, so at most 10 MB are kept.
const MOST: u64 = 5_000_000;
const _: () = assert!(2 * MOST <= 10_000_000);

/// The current file.
const NEW: &str = "client.log";
/// The previous file, full.
const OLD: &str = "client.old.log";
/// An empty file whose lock is held while a line is written.
const LOCK: &str = "client.log.lock";

/// The log: the newest lines in at most two files.
#[derive(Debug)]
pub(super) struct RotatingLog {
    folder: PathBuf,
    lock: File,
    most: u64,
}

impl RotatingLog {
    /// Continues the log in a folder, and removes the daily files of earlier versions.
    ///
    /// # Errors
    /// If the folder is not writable.
    pub(super) fn open(folder: &Path, language: Language) -> io::Result<Self> {
        remove_daily(folder, language);
        Self::rotating(folder, MOST)
    }

    fn rotating(folder: &Path, most: u64) -> io::Result<Self> {
        let lock = open(&folder.join(LOCK))?;
        let log = Self {
            folder: folder.to_owned(),
            lock,
            most,
        };
        // Fails now rather than at the first line if the file is not writable.
        log.newest()?;
        Ok(log)
    }

    /// Opens the current file. Another client may have begun a new one since the last line.
    fn newest(&self) -> io::Result<File> {
        open(&self.folder.join(NEW))
    }

    /// Opens the current file, or begins a new one if a line of `coming` bytes would not fit.
    fn with_room_for(&self, coming: u64) -> io::Result<File> {
        let file = self.newest()?;
        if file.metadata()?.len() + coming <= self.most {
            return Ok(file);
        }
        drop(file);
        fs::rename(self.folder.join(NEW), self.folder.join(OLD))?;
        self.newest()
    }
}

/// Each write is one whole line, and goes into one file.
impl Write for RotatingLog {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let coming = u64::try_from(line.len()).unwrap_or(u64::MAX);
        // On a file system without locks, a line in the wrong file is better than none.
        let locked = self.lock.lock();
        let written = self
            .with_room_for(coming)
            .and_then(|mut file| file.write(line));
        if locked.is_ok() {
            self.lock.unlock()?;
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = private_files::open_options();
    options.append(true).create(true).open(path)
}

/// Removes the files `client.YEAR-MONTH-DAY.log` of versions without a bound.
fn remove_daily(folder: &Path, language: Language) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if is_daily(&entry.file_name())
            && let Err(error) = fs::remove_file(entry.path())
        {
            // Logging begins after this: errors can only go to standard error.
            complain(format_args!(
                "watchtogether: {}",
                stays_behind(language, &entry.path(), &error)
            ));
        }
    }
}

/// An old log could not be removed.
fn stays_behind(language: Language, path: &Path, error: &io::Error) -> String {
    tr!(
        language,
        "cli-old-log-stays",
        path = path.display().to_string(),
        why = system::error(language, error)
    )
}

fn is_daily(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else {
        return false;
    };
    let day = name
        .strip_prefix("client.")
        .and_then(|rest| rest.strip_suffix(".log"));
    let is_digit = |c: char| c.is_ascii_digit();
    day.is_some_and(|day| {
        let parts: Vec<&str> = day.split('-').collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        lengths == [4, 2, 2] && parts.iter().all(|part| part.chars().all(is_digit))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::path::Path;

    use super::{NEW, OLD, RotatingLog, stays_behind};
    use crate::test_support::foreign_words;
    use crate::texts::language::Language;

    fn lengths(folder: &Path) -> Vec<u64> {
        let length = |name| fs::metadata(folder.join(name)).map_or(0, |known| known.len());
        vec![length(NEW), length(OLD)]
    }

    #[test]
    fn both_files_together_keep_their_bound_and_the_newest_lines() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = RotatingLog::rotating(folder.path(), 100).unwrap();
        for number in 0..50 {
            log.write_all(format!("line {number:>4}\n").as_bytes())
                .unwrap();
            assert!(lengths(folder.path()).iter().all(|length| *length <= 100));
        }
        let kept = |name| fs::read_to_string(folder.path().join(name)).unwrap();
        let kept = kept(OLD) + &kept(NEW);
        let lines: Vec<&str> = kept.lines().collect();
        assert!(lines.len() > 10, "{kept}");
        assert_eq!(lines.last(), Some(&"line   49"));
        assert!(lines.iter().all(|line| line.len() == 9), "whole: {kept}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn what_is_there_is_kept_at_a_start() {
        let folder = tempfile::tempdir().unwrap();
        for line in ["first\n", "second\n"] {
            let mut log = RotatingLog::rotating(folder.path(), 100).unwrap();
            log.write_all(line.as_bytes()).unwrap();
        }
        let kept = fs::read_to_string(folder.path().join(NEW)).unwrap();
        assert_eq!(kept, "first\nsecond\n");
    }

    #[test]
    fn two_clients_keep_the_bound_together() {
        let folder = tempfile::tempdir().unwrap();
        let open = || RotatingLog::rotating(folder.path(), 100).unwrap();
        let mut logs = [open(), open()];
        for number in 0..100 {
            let line = format!("line {number:>4}\n");
            logs[number % 2].write_all(line.as_bytes()).unwrap();
            assert!(lengths(folder.path()).iter().all(|length| *length <= 100));
        }
        let kept = fs::read_to_string(folder.path().join(NEW)).unwrap();
        assert!(kept.ends_with("line   99\n"), "{kept}");
    }

    #[test]
    fn who_was_silent_while_others_filled_it_writes_to_the_newest() {
        let folder = tempfile::tempdir().unwrap();
        let open = || RotatingLog::rotating(folder.path(), 100).unwrap();
        let (mut silent, mut busy) = (open(), open());
        silent.write_all(b"begun\n").unwrap();
        for number in 0..50 {
            busy.write_all(format!("line {number:>4}\n").as_bytes())
                .unwrap();
        }
        silent.write_all(b"ok\n").unwrap();
        let kept = fs::read_to_string(folder.path().join(NEW)).unwrap();
        assert!(kept.ends_with("line   49\nok\n"), "{kept}");
    }

    #[test]
    fn clients_that_fill_it_at_once_throw_nothing_newer_away() {
        const CLIENTS: usize = 4;
        const LINES: usize = 500;
        const MOST: u64 = 1_000;
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for client in 0..CLIENTS {
                let mut log = RotatingLog::rotating(folder.path(), MOST).unwrap();
                scope.spawn(move || {
                    for number in 0..LINES {
                        let line = format!("{client} {number:>7}\n");
                        log.write_all(line.as_bytes()).unwrap();
                    }
                });
            }
        });
        let written = u64::try_from(CLIENTS * LINES * 10).unwrap();
        assert_eq!(lengths(folder.path()), [MOST, MOST], "of {written} bytes");
        let kept = |name| fs::read_to_string(folder.path().join(name)).unwrap();
        let kept = kept(OLD) + &kept(NEW);
        for client in 0..CLIENTS {
            let begins = format!("{client} ");
            let lines = kept.lines().filter(|line| line.starts_with(&begins));
            let numbers: Vec<usize> = lines
                .map(|line| line[2..].trim().parse().unwrap())
                .collect();
            let newest: Vec<usize> = (LINES - numbers.len()..LINES).collect();
            assert_eq!(numbers, newest, "of client {client}");
        }
    }

    #[test]
    fn an_old_log_that_stays_is_named_in_the_language() {
        let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
        let path = Path::new("/state/client.2026-11-26.log");
        let words = stays_behind(Language::Russian, path, &error);
        assert!(words.contains("client.2026-11-26.log") && words.ends_with(": нет прав"));
        assert_eq!(foreign_words(&words), [""; 0], "{words}");
    }

    #[test]
    fn logs_that_were_kept_by_the_day_go_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "client.2026-11-26.log",
            "client.old.log",
            "client.2026.log",
            "tokens.json",
        ];
        for name in names {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        RotatingLog::open(folder.path(), Language::English).unwrap();
        let there = |name: &&str| folder.path().join(name).exists();
        let left: Vec<&str> = names.into_iter().filter(there).collect();
        assert_eq!(left, ["client.old.log", "client.2026.log", "tokens.json"]);
    }
}
