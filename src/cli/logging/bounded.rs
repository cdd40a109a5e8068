//! A client's log file of bounded size: when it is full it becomes the old one, and the old one
//! before it goes. Several clients of one user may write to it at once.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The most bytes of one file; of two, so that at most 10 MB are kept in all.
const MOST: u64 = 5_000_000;
const _: () = assert!(2 * MOST <= 10_000_000);

/// The file that is written.
const NEW: &str = "client.log";
/// The full one before it.
const OLD: &str = "client.old.log";

/// A log that keeps its newest lines.
#[derive(Debug)]
pub(super) struct BoundedLog {
    folder: PathBuf,
    file: File,
    most: u64,
}

impl BoundedLog {
    /// Goes on with the log in a folder, and removes those that were kept by the day.
    ///
    /// # Errors
    /// If it cannot be written there.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        remove_daily(folder);
        Self::bounded(folder, MOST)
    }

    fn bounded(folder: &Path, most: u64) -> io::Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
            file: open(&folder.join(NEW))?,
            most,
        })
    }

    /// Begins a new file, unless another client has done so since: then this one is older by
    /// now than the one of that name.
    fn rotate(&mut self, coming: u64) -> io::Result<()> {
        let newest = self.folder.join(NEW);
        let length = fs::metadata(&newest).map_or(0, |known| known.len());
        if length + coming > self.most {
            fs::rename(&newest, self.folder.join(OLD))?;
        }
        self.file = open(&newest)?;
        Ok(())
    }
}

/// Each write is a whole line, and stands whole in one file.
impl Write for BoundedLog {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let coming = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if self.file.metadata()?.len() + coming > self.most {
            self.rotate(coming)?;
        }
        self.file.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    // What is in it concerns nobody else on this machine.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes the logs `client.YEAR-MONTH-DAY.log` of versions that had no bound. If one cannot be
/// removed it stays: the log is not kept from being written for that.
fn remove_daily(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if is_daily(&entry.file_name()) {
            let _stays = fs::remove_file(entry.path());
        }
    }
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

    use super::{BoundedLog, NEW, OLD};

    fn lengths(folder: &Path) -> Vec<u64> {
        let length = |name| fs::metadata(folder.join(name)).map_or(0, |known| known.len());
        vec![length(NEW), length(OLD)]
    }

    #[test]
    fn both_files_together_keep_their_bound_and_the_newest_lines() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = BoundedLog::bounded(folder.path(), 100).unwrap();
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
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_is_there_is_kept_at_a_start() {
        let folder = tempfile::tempdir().unwrap();
        for line in ["first\n", "second\n"] {
            let mut log = BoundedLog::bounded(folder.path(), 100).unwrap();
            log.write_all(line.as_bytes()).unwrap();
        }
        let kept = fs::read_to_string(folder.path().join(NEW)).unwrap();
        assert_eq!(kept, "first\nsecond\n");
    }

    #[test]
    fn two_clients_keep_the_bound_together() {
        let folder = tempfile::tempdir().unwrap();
        let open = || BoundedLog::bounded(folder.path(), 100).unwrap();
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
        BoundedLog::open(folder.path()).unwrap();
        let there = |name: &&str| folder.path().join(name).exists();
        let left: Vec<&str> = names.into_iter().filter(there).collect();
        assert_eq!(left, ["client.old.log", "client.2026.log", "tokens.json"]);
    }
}
