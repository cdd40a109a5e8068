//! The tokens with which a client comes back as the member it was: files for each server,
//! room and slot, readable by this user only. The token for a new member is chosen and kept
//! here before the client connects: if the welcome is lost, the client comes back as the member
//! whom the server made meanwhile.
//!
//! A running client locks the slot it uses, so that two windows on one machine are two
//! members. The lock ends with the process, however that ends. Tokens are never logged.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::app::room_tokens::RoomTokens;
use crate::private_files;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Visibility;

/// The most windows in one room on one machine whose tokens are kept (judgement).
const SLOTS: u32 = 64;
/// The longest token that is read back, in bytes; real ones have a few dozen.
const MAX_TOKEN: u64 = 1024;

/// The tokens below one folder, and the slot that this client uses.
#[derive(Debug)]
pub(super) struct TokenStore {
    folder: Option<PathBuf>,
    slot: Option<Slot>,
}

/// The files of one client in one room, which are ours while the lock is held.
#[derive(Debug)]
struct Slot {
    room: PathBuf,
    number: u32,
    _lock: File,
}

impl Slot {
    /// The token of the last welcome.
    fn token(&self) -> PathBuf {
        self.file("token")
    }

    /// The token that was chosen for the next new member.
    fn chosen(&self) -> PathBuf {
        self.file("chosen")
    }

    /// The room's visibility at the last welcome.
    fn visibility(&self) -> PathBuf {
        self.file("visibility")
    }

    fn file(&self, kind: &str) -> PathBuf {
        self.room.join(format!("{}.{kind}", self.number))
    }
}

impl TokenStore {
    /// The tokens kept below `state`; with no such folder none are kept.
    #[must_use]
    pub(super) fn new(state: Option<PathBuf>) -> Self {
        Self {
            folder: state.map(|state| state.join("tokens")),
            slot: None,
        }
    }

    /// The content of the first slot of this room that no other client uses; the slot becomes
    /// ours. It always has a chosen token, which is on the disk before it is returned if the disk
    /// takes it.
    ///
    /// # Errors
    /// If the folder cannot be made or read, or every slot is in use.
    pub(super) fn find(&mut self, server: &str, room: &RoomId) -> io::Result<RoomTokens> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(RoomTokens {
                chosen: Some(new_token()),
                ..RoomTokens::default()
            });
        };
        let resume = read(&slot.token())?;
        // Neither of these may cost a member the token that they have.
        let chosen = match read(&slot.chosen()) {
            Ok(Some(chosen)) => chosen,
            kept => {
                let chosen = new_token();
                if let Err(cause) = kept.and_then(|_| write(&slot.chosen(), &chosen)) {
                    tracing::warn!("the chosen token could not be kept: {cause}");
                }
                chosen
            }
        };
        let visibility = read(&slot.visibility()).unwrap_or_else(|cause| {
            tracing::warn!("the room's visibility could not be looked up: {cause}");
            None
        });
        Ok(RoomTokens {
            resume,
            chosen: Some(chosen),
            visibility: visibility.and_then(|word| parse_visibility(&word)),
        })
    }

    /// Keeps the token of a welcome and the room's visibility in our slot of this room.
    ///
    /// # Errors
    /// If a file in the slot cannot be written.
    pub(super) fn keep(
        &mut self,
        server: &str,
        room: &RoomId,
        token: &str,
        visibility: Visibility,
    ) -> io::Result<()> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(());
        };
        write(&slot.token(), token)?;
        write(&slot.visibility(), &serde_json::to_string(&visibility)?)?;
        if read(&slot.chosen())?.as_deref() == Some(token) {
            std::fs::remove_file(slot.chosen())?;
        }
        Ok(())
    }

    /// Forgets the token of the last welcome, but not the room's visibility.
    ///
    /// # Errors
    /// If the token's file is there and cannot be removed.
    pub(super) fn forget(&mut self, server: &str, room: &RoomId) -> io::Result<()> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(());
        };
        match std::fs::remove_file(slot.token()) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            _ => Ok(()),
        }
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

/// The visibility that was kept. One that only a later version knows is no reason to stay away.
fn parse_visibility(word: &str) -> Option<Visibility> {
    serde_json::from_str(word)
        .inspect_err(|cause| tracing::warn!("the room's visibility is not understood: {cause}"))
        .ok()
}

/// A token that nobody guesses, in the form that servers take: 128 random bits.
fn new_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// What a file holds, without the blanks around it; `None` if it is not there or empty.
fn read(path: &Path) -> io::Result<Option<String>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(cause),
    };
    let mut text = String::new();
    file.take(MAX_TOKEN).read_to_string(&mut text)?;
    let text = text.trim();
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Writes a file whole or not at all. The lock on the slot makes the name of the temporary
/// file ours.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = private_file(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}

/// The folder of a room: its name for people, and a hash that distinguishes servers.
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
    private_files::create_folder(&room)?;
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

/// Opens an empty file for writing, for this user only where the system knows users.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = private_files::open_options();
    options.write(true).create(true).truncate(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::TokenStore;
    use crate::protocol::ids::RoomId;
    use crate::protocol::member::Visibility;
    use crate::wire::codec::is_chosen_token;

    const SERVER: &str = "https://watch.example.org";

    fn room() -> RoomId {
        RoomId::parse("movie-night").unwrap()
    }

    impl TokenStore {
        fn resume(&mut self) -> Option<String> {
            self.find(SERVER, &room()).unwrap().resume
        }

        fn chosen(&mut self) -> String {
            self.find(SERVER, &room()).unwrap().chosen.unwrap()
        }

        fn keep_public(&mut self, token: &str) {
            self.keep(SERVER, &room(), token, Visibility::Public)
                .unwrap();
        }
    }

    #[test]
    fn a_token_outlives_its_client() {
        let state = tempfile::tempdir().unwrap();
        let open = || TokenStore::new(Some(state.path().to_owned()));
        let mut first = open();
        assert_eq!(first.resume(), None);
        first.keep_public("one");
        first.keep_public("two");
        drop(first);
        assert_eq!(open().resume().as_deref(), Some("two"));
    }

    #[test]
    fn a_token_is_chosen_before_the_first_hello_and_stays_until_it_is_used() {
        let state = tempfile::tempdir().unwrap();
        let open = || TokenStore::new(Some(state.path().to_owned()));
        let chosen = open().chosen();
        assert!(is_chosen_token(&chosen), "{chosen}");
        // The welcome was lost, or the client killed before it: the same again.
        assert_eq!(open().chosen(), chosen);
        let mut welcomed = open();
        welcomed.keep_public(&chosen);
        let found = welcomed.find(SERVER, &room()).unwrap();
        assert_eq!(found.resume.as_ref(), Some(&chosen));
        assert_ne!(found.chosen, Some(chosen), "another one, should it be void");
        // A welcome with another token leaves the chosen one for later.
        let next = welcomed.chosen();
        welcomed.keep_public("the server's own");
        assert_eq!(welcomed.chosen(), next);
    }

    #[test]
    fn who_cannot_choose_a_token_is_recognised_all_the_same() {
        let state = tempfile::tempdir().unwrap();
        let mut tokens = TokenStore::new(Some(state.path().to_owned()));
        tokens.keep_public("one");
        let slot = tokens.slot.as_ref().unwrap();
        // As on a full disk: neither can be read or written.
        for place in [slot.chosen(), slot.visibility()] {
            let _gone = std::fs::remove_file(&place);
            std::fs::create_dir(&place).unwrap();
        }
        let found = tokens.find(SERVER, &room()).unwrap();
        assert_eq!(found.resume.as_deref(), Some("one"));
        assert!(found.chosen.is_some_and(|chosen| is_chosen_token(&chosen)));
    }

    #[test]
    fn a_room_that_is_gone_is_remembered_as_it_was() {
        let state = tempfile::tempdir().unwrap();
        let open = || TokenStore::new(Some(state.path().to_owned()));
        let mut tokens = open();
        tokens.forget(SERVER, &room()).unwrap();
        tokens
            .keep(SERVER, &room(), "secret", Visibility::Private)
            .unwrap();
        tokens.forget(SERVER, &room()).unwrap();
        drop(tokens);
        let found = open().find(SERVER, &room()).unwrap();
        assert_eq!(found.resume, None);
        assert_eq!(found.visibility, Some(Visibility::Private));
        assert!(!format!("{found:?}").contains(&found.chosen.unwrap()));
    }

    #[test]
    fn a_token_of_an_older_version_is_found() {
        let state = tempfile::tempdir().unwrap();
        let mut tokens = TokenStore::new(Some(state.path().to_owned()));
        tokens.keep_public("old");
        let slot = tokens.slot.as_ref().unwrap();
        std::fs::remove_file(slot.visibility()).unwrap();
        let found = tokens.find(SERVER, &room()).unwrap();
        assert_eq!(found.resume.as_deref(), Some("old"));
        assert_eq!(found.visibility, None);
    }

    #[test]
    fn two_windows_are_two_members() {
        let state = tempfile::tempdir().unwrap();
        let open = || TokenStore::new(Some(state.path().to_owned()));
        let (mut first, mut second) = (open(), open());
        first.keep_public("first");
        assert_eq!(second.resume(), None);
        assert_ne!(first.chosen(), second.chosen());
        second.keep_public("second");
        assert_eq!(first.resume().as_deref(), Some("first"), "its own slot");
        drop(first);
        assert_eq!(open().resume().as_deref(), Some("first"), "the free slot");
    }

    #[test]
    fn servers_and_rooms_are_distinguished() {
        let state = tempfile::tempdir().unwrap();
        let mut tokens = TokenStore::new(Some(state.path().to_owned()));
        tokens.keep_public("secret");
        let elsewhere = "http://watch.example.org";
        assert_eq!(tokens.find(elsewhere, &room()).unwrap().resume, None);
        let other = RoomId::parse("other-room").unwrap();
        assert_eq!(tokens.find(SERVER, &other).unwrap().resume, None);
        assert_eq!(tokens.resume().as_deref(), Some("secret"));
    }

    #[test]
    #[cfg(unix)]
    fn only_this_user_can_read_them() {
        use std::os::unix::fs::PermissionsExt;

        let state = tempfile::tempdir().unwrap();
        let mut tokens = TokenStore::new(Some(state.path().to_owned()));
        tokens.keep_public("secret");
        tokens.chosen();
        let slot = tokens.slot.as_ref().unwrap();
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&slot.token()), 0o600);
        assert_eq!(mode(&slot.chosen()), 0o600);
        assert_eq!(mode(&slot.room), 0o700);
    }

    #[test]
    fn without_a_folder_nothing_is_kept_and_nothing_fails() {
        let mut tokens = TokenStore::new(None);
        tokens.keep_public("secret");
        assert_eq!(tokens.resume(), None);
        assert!(is_chosen_token(&tokens.chosen()));
        tokens.forget(SERVER, &room()).unwrap();
    }
}
