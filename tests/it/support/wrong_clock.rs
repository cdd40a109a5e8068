//! A wall clock that is wrong, for one process: libfaketime stands between it and the system.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Has a process read a wall clock that is this many seconds ahead; its monotonic clock stays true,
/// as on a computer whose clock is set wrongly.
pub(crate) fn runs_ahead(command: &mut Command, seconds: i32) {
    command
        .env("LD_PRELOAD", library())
        .env("FAKETIME", format!("{seconds:+}s"))
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
}

/// Debian keeps it in the folder of the machine's architecture.
fn library() -> PathBuf {
    let folders = std::fs::read_dir("/usr/lib").expect("a folder");
    let mut folders = folders.flatten().map(|entry| entry.path());
    let of = |folder: &Path| folder.join("faketime/libfaketimeMT.so.1");
    let found = folders.find(|folder| of(folder).exists());
    let found = found.expect("these tests need libfaketime (scripts/setup --tests)");
    of(&found)
}
