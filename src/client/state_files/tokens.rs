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
use url::Url;

use crate::app::room_tokens::{KeptRoom, RoomTokens};
use crate::private_files;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Visibility;
use crate::protocol::time::RoomTime;

/// The most windows in one room on one machine whose tokens are kept (judgement).
const SLOTS: u32 = 64;
/// The longest token that is read back, in bytes; real ones have a few dozen.
const MAX_TOKEN: u64 = 1024;

/// The tokens below one folder, and the slot that this client uses.
#[derive(Debug)]
pub(in crate::client) struct TokenStore {
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

    /// When the room of the last welcome was created, in room time.
    fn created(&self) -> PathBuf {
        self.file("created")
    }

    /// The mark of a room whose links are trusted: the same for all windows.
    fn trust(&self) -> PathBuf {
        self.room.join("links-trusted")
    }

    fn file(&self, kind: &str) -> PathBuf {
        self.room.join(format!("{}.{kind}", self.number))
    }

    /// When the room of the last welcome was created, if that is kept and can be read.
    fn creation(&self) -> Option<RoomTime> {
        let kept = read(&self.created()).unwrap_or_else(|cause| {
            tracing::warn!("the time of the room's creation could not be looked up: {cause}");
            None
        });
        kept?.parse().ok().map(RoomTime)
    }
}

impl TokenStore {
    /// The tokens kept below `state`; with no such folder none are kept.
    #[must_use]
    pub(in crate::client) fn new(state: Option<PathBuf>) -> Self {
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
    pub(in crate::client) fn find(
        &mut self,
        server: &str,
        room: &RoomId,
    ) -> io::Result<RoomTokens> {
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
            created: slot.creation(),
            trusts_links: slot.trust().is_file(),
        })
    }

    /// The token of the member that this computer is in a room: of the first slot that has one,
    /// whether a client uses it or not. It is only read.
    ///
    /// # Errors
    /// If a file of it cannot be read.
    pub(in crate::client) fn member(
        &self,
        server: &str,
        room: &RoomId,
    ) -> io::Result<Option<String>> {
        let Some(folder) = &self.folder else {
            return Ok(None);
        };
        let folder = found_folder(folder, server, room);
        for number in 0..SLOTS {
            let token = read(&folder.join(format!("{number}.token")))?;
            if token.is_some() {
                return Ok(token);
            }
        }
        Ok(None)
    }

    /// Whether the token of a welcome of this room is kept, in whichever slot. A folder that cannot
    /// be read keeps none.
    pub(super) fn knows(&self, server: &str, room: &RoomId) -> bool {
        let Some(folder) = &self.folder else {
            return false;
        };
        let Ok(files) = std::fs::read_dir(found_folder(folder, server, room)) else {
            return false;
        };
        files.flatten().any(|file| {
            let name = file.file_name();
            Path::new(&name)
                .extension()
                .is_some_and(|kind| kind == "token")
        })
    }

    /// Keeps the token of a welcome and how the room is in our slot of this room.
    ///
    /// # Errors
    /// If a file in the slot cannot be written.
    pub(in crate::client) fn keep(
        &mut self,
        server: &str,
        room: &RoomId,
        kept: &KeptRoom,
    ) -> io::Result<()> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(());
        };
        write(&slot.token(), &kept.token)?;
        write(
            &slot.visibility(),
            &serde_json::to_string(&kept.visibility)?,
        )?;
        write(&slot.created(), &kept.created.0.to_string())?;
        if read(&slot.chosen())?.as_ref() == Some(&kept.token) {
            std::fs::remove_file(slot.chosen())?;
        }
        Ok(())
    }

    /// Forgets the token of the last welcome, but not how the room was.
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

    /// Keeps whether the links of this room are trusted.
    ///
    /// # Errors
    /// If the room's folder cannot be written.
    pub(super) fn keep_trust(
        &mut self,
        server: &str,
        room: &RoomId,
        trusted: bool,
    ) -> io::Result<()> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(());
        };
        if trusted {
            return private_file(&slot.trust()).map(drop);
        }
        match std::fs::remove_file(slot.trust()) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            _ => Ok(()),
        }
    }

    /// Our slot of this room, locked now unless it was already.
    fn take_slot(&mut self, server: &str, room: &RoomId) -> io::Result<Option<&Slot>> {
        let Some(folder) = &self.folder else {
            return Ok(None);
        };
        let folder = found_folder(folder, server, room);
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

/// The folder of a room below that of all. Where an earlier version made one for each name of this
/// computer, the first that is asked for becomes the one of all.
fn found_folder(all: &Path, server: &str, room: &RoomId) -> PathBuf {
    let folder = all.join(room_folder(&one_address(server), room));
    let earlier = all.join(room_folder(server, room));
    if earlier != folder
        && !folder.exists()
        && earlier.exists()
        && let Err(cause) = std::fs::rename(&earlier, &folder)
    {
        tracing::warn!(%cause, "the tokens of a room stay where they are");
        return earlier;
    }
    folder
}

/// One address for all the names of this computer: whoever listens on one of them at a port is the
/// server of the others, as far as its members see. A token goes only to where it came from, so
/// addresses elsewhere stay apart, whatever the servers there say of themselves: who relays a
/// server's words could also relay its id, and would be sent its members' tokens. On a computer of
/// several users a port of loopback belongs to whoever took it first, by any of these names.
fn one_address(server: &str) -> String {
    let here = Url::parse(server).ok().and_then(|mut url| {
        let is_here = matches!(url.host_str()?, "localhost" | "127.0.0.1" | "[::1]");
        is_here.then(|| url.set_host(Some("127.0.0.1")))?.ok()?;
        Some(url.as_str().trim_end_matches('/').to_owned())
    });
    here.unwrap_or_else(|| server.to_owned())
}

/// The folder of a room: its name for people, and a hash that distinguishes servers.
/// The rooms of which this computer keeps who one is there, on whichever servers, below `state`. A
/// folder that cannot be read keeps none.
#[must_use]
pub fn visited(state: &Path) -> Vec<RoomId> {
    let Ok(folders) = std::fs::read_dir(state.join("tokens")) else {
        return Vec::new();
    };
    let names = folders.flatten().map(|folder| folder.file_name());
    let rooms = names.filter_map(|name| {
        let (room, _) = name.to_str()?.rsplit_once('-')?;
        RoomId::parse(room).ok()
    });
    rooms.collect()
}

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
mod tests;
