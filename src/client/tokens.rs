//! The tokens with which a client comes back as the member it was: one file for each
//! server, room and slot, readable by this user only.
//!
//! A running client locks the slot it uses, so that two windows on one machine are two
//! members. The lock ends with the process, however that ends. Tokens are never logged.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::protocol::ids::RoomId;

/// The most windows in one room on one machine whose tokens are kept (judgement).
const SLOTS: u32 = 64;
/// The longest token that is read back, in bytes; real ones have a few dozen.
const MAX_TOKEN: u64 = 1024;

/// The tokens below one folder, and the slot that this client uses.
#[derive(Debug)]
pub(super) struct Tokens {
    folder: Option<PathBuf>,
    slot: Option<Slot>,
}

/// A slot that is ours while its lock is held.
#[derive(Debug)]
struct Slot {
    room: PathBuf,
    number: u32,
    _lock: File,
}

impl Slot {
    fn token(&self) -> PathBuf {
        self.room.join(format!("{}.token", self.number))
    }
}

impl Tokens {
    /// The tokens kept below `state`; with no such folder none are kept.
    #[must_use]
    pub(super) fn new(state: Option<PathBuf>) -> Self {
        Self {
            folder: state.map(|state| state.join("tokens")),
            slot: None,
        }
    }

    /// The token of the first slot of this room that no other client uses, which becomes
    /// ours. `None` if it has none yet.
    ///
    /// # Errors
    /// If the folder cannot be made or read, or every slot is in use.
    pub(super) fn find(&mut self, server: &str, room: &RoomId) -> io::Result<Option<String>> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(None);
        };
        match File::open(slot.token()) {
            Ok(file) => {
                let mut token = String::new();
                file.take(MAX_TOKEN).read_to_string(&mut token)?;
                let token = token.trim();
                Ok((!token.is_empty()).then(|| token.to_owned()))
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(cause),
        }
    }

    /// Keeps a token in our slot of this room, replacing the one before whole or not at all.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(super) fn keep(&mut self, server: &str, room: &RoomId, token: &str) -> io::Result<()> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(());
        };
        let path = slot.token();
        // The lock on the slot makes the name of the temporary file ours.
        let new = path.with_extension("new");
        let mut file = private_file(&new)?;
        file.write_all(token.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, &path)
    }

    /// Our slot of this room, locked now unless it was already.
    fn take_slot(&mut self, server: &str, room: &RoomId) -> io::Result<Option<&Slot>> {
        let Some(folder) = &self.folder else {
            return Ok(None);
        };
        let folder = folder.join(room_folder(server, room));
        if self.slot.as_ref().is_none_or(|slot| slot.room != folder) {
            self.slot = Some(lock_first(folder)?);
        }
        Ok(self.slot.as_ref())
    }
}

/// The folder of a room: its name for people, and a hash that tells servers apart.
fn room_folder(server: &str, room: &RoomId) -> String {
    let digest = Sha256::digest(format!("{server}\n{room}"));
    let hash = digest
        .iter()
        .take(8)
        .fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
    format!("{room}-{hash:016x}")
}

/// Locks the first slot of a room that nobody uses.
fn lock_first(room: PathBuf) -> io::Result<Slot> {
    private_folder(&room)?;
    for number in 0..SLOTS {
        let lock = private_file(&room.join(format!("{number}.lock")))?;
        match lock.try_lock() {
            Ok(()) => {
                return Ok(Slot {
                    room,
                    number,
                    _lock: lock,
                });
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(cause)) => return Err(cause),
        }
    }
    Err(io::Error::other("too many clients are in this room here"))
}

/// Makes a folder and those above it, for this user only where the system knows users.
fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens an empty file for writing, for this user only where the system knows users.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::Tokens;
    use crate::protocol::ids::RoomId;

    const SERVER: &str = "https://watch.example.org";

    fn room() -> RoomId {
        RoomId::parse("movie-night").unwrap()
    }

    #[test]
    fn a_token_outlives_its_client() {
        let state = tempfile::tempdir().unwrap();
        let open = || Tokens::new(Some(state.path().to_owned()));
        let mut first = open();
        assert_eq!(first.find(SERVER, &room()).unwrap(), None);
        first.keep(SERVER, &room(), "one").unwrap();
        first.keep(SERVER, &room(), "two").unwrap();
        drop(first);
        assert_eq!(
            open().find(SERVER, &room()).unwrap().as_deref(),
            Some("two")
        );
    }

    #[test]
    fn two_windows_are_two_members() {
        let state = tempfile::tempdir().unwrap();
        let open = || Tokens::new(Some(state.path().to_owned()));
        let (mut first, mut second) = (open(), open());
        first.keep(SERVER, &room(), "first").unwrap();
        assert_eq!(second.find(SERVER, &room()).unwrap(), None);
        second.keep(SERVER, &room(), "second").unwrap();
        let again = first.find(SERVER, &room()).unwrap();
        assert_eq!(again.as_deref(), Some("first"), "its own slot");
        drop(first);
        let freed = open().find(SERVER, &room()).unwrap();
        assert_eq!(freed.as_deref(), Some("first"), "the free slot");
    }

    #[test]
    fn servers_and_rooms_are_told_apart() {
        let state = tempfile::tempdir().unwrap();
        let mut tokens = Tokens::new(Some(state.path().to_owned()));
        tokens.keep(SERVER, &room(), "secret").unwrap();
        let elsewhere = "http://watch.example.org";
        assert_eq!(tokens.find(elsewhere, &room()).unwrap(), None);
        let other = RoomId::parse("other-room").unwrap();
        assert_eq!(tokens.find(SERVER, &other).unwrap(), None);
        let back = tokens.find(SERVER, &room()).unwrap();
        assert_eq!(back.as_deref(), Some("secret"));
    }

    #[test]
    #[cfg(unix)]
    fn only_this_user_can_read_them() {
        use std::os::unix::fs::PermissionsExt;

        let state = tempfile::tempdir().unwrap();
        let mut tokens = Tokens::new(Some(state.path().to_owned()));
        tokens.keep(SERVER, &room(), "secret").unwrap();
        let slot = tokens.slot.as_ref().unwrap();
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&slot.token()), 0o600);
        assert_eq!(mode(&slot.room), 0o700);
    }

    #[test]
    fn without_a_folder_nothing_is_kept_and_nothing_fails() {
        let mut tokens = Tokens::new(None);
        tokens.keep(SERVER, &room(), "secret").unwrap();
        assert_eq!(tokens.find(SERVER, &room()).unwrap(), None);
    }
}
