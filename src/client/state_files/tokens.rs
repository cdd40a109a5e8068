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

use crate::app::room_tokens::{KeptRoom, RoomTokens};
use crate::private_files;
use crate::protocol::ids::RoomId;
use crate::protocol::member::Visibility;
use crate::protocol::time::RoomTime;

use addresses::{OTHER_ADDRESS, SharedSlot};
use folders::{found_folder, has_token, slot_file};

mod addresses;
mod folders;

pub(in crate::client) use addresses::Addresses;
pub use folders::visited;

/// The most windows in one room on one machine whose tokens are kept (judgement).
const SLOTS: u32 = 64;
/// The longest token that is read back, in bytes; real ones have a few dozen.
const MAX_TOKEN: u64 = 1024;

/// The tokens below one folder, and the slot that this client uses.
#[derive(Debug)]
pub(in crate::client) struct TokenStore {
    folder: Option<PathBuf>,
    slot: Option<Slot>,
    /// The slot of the same server's other address, while its token is used here.
    shared: Option<SharedSlot>,
    addresses: Addresses,
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
        slot_file(&self.room, self.number, kind)
    }

    /// What is kept in it beside this token.
    fn found(&self, resume: Option<String>) -> RoomTokens {
        let visibility = read(&self.visibility()).unwrap_or_else(|cause| {
            tracing::warn!("the room's visibility could not be looked up: {cause}");
            None
        });
        RoomTokens {
            resume,
            visibility: visibility.and_then(|word| parse_visibility(&word)),
            created: self.creation(),
            other: addresses::kept(&self.file(OTHER_ADDRESS)),
            ..RoomTokens::default()
        }
    }

    /// Keeps the token of a welcome, and the other address at which it counts.
    fn keep(&self, kept: &KeptRoom) -> io::Result<()> {
        let file = self.file(OTHER_ADDRESS);
        // Never is a token beside the other address of another one.
        addresses::forget_unless(&file, kept.other.as_ref())?;
        write(&self.token(), &kept.token)?;
        self.keep_room(kept)?;
        addresses::keep(&file, kept.other.as_ref())?;
        if read(&self.chosen())?.as_ref() == Some(&kept.token) {
            std::fs::remove_file(self.chosen())?;
        }
        Ok(())
    }

    /// Keeps how the room is.
    fn keep_room(&self, kept: &KeptRoom) -> io::Result<()> {
        write(
            &self.visibility(),
            &serde_json::to_string(&kept.visibility)?,
        )?;
        write(&self.created(), &kept.created.0.to_string())
    }

    /// Forgets the token.
    fn forget(&self) -> io::Result<()> {
        match std::fs::remove_file(self.token()) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
            _ => Ok(()),
        }
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
            shared: None,
            addresses: Addresses::default(),
        }
    }

    /// Asks servers for their id in this way.
    #[must_use]
    pub(in crate::client) fn with_addresses(self, addresses: Addresses) -> Self {
        Self { addresses, ..self }
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
        let (own, resume) = (slot.room.clone(), read(&slot.token())?);
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
        let trusts_links = slot.trust().is_file();
        if resume.is_some() {
            let found = slot.found(resume);
            self.shared = None;
            return Ok(RoomTokens {
                chosen: Some(chosen),
                trusts_links,
                ..found
            });
        }
        // Only the token that the server gave elsewhere is used here too: the one that is chosen for
        // a new member stays this address' own.
        let slot_found = slot.found(None);
        self.share_slot(server, room, &own);
        let found = self
            .shared
            .as_ref()
            .map_or(slot_found, |shared| RoomTokens {
                // What is kept there names this very address.
                other: None,
                ..shared.slot.found(Some(shared.token.clone()))
            });
        Ok(RoomTokens {
            chosen: Some(chosen),
            trusts_links,
            ..found
        })
    }

    /// Takes the first slot that no client uses among those of the same server's other address.
    fn share_slot(&mut self, server: &str, room: &RoomId, own: &Path) {
        if !self.shared.as_ref().is_some_and(|it| it.is_for(own)) {
            self.shared = None;
            let all = self.folder.as_ref();
            self.shared = all.and_then(|all| self.addresses.first(all, server, room));
        }
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
        let own = found_folder(folder, server, room);
        for number in 0..SLOTS {
            let token = read(&slot_file(&own, number, "token"))?;
            if token.is_some() {
                return Ok(token);
            }
        }
        let elsewhere = self.addresses.elsewhere(folder, server, room);
        Ok(elsewhere.into_iter().next().map(|(_, _, token)| token))
    }

    /// Whether the token of a welcome of this room is kept, in whichever slot. A folder that cannot
    /// be read keeps none.
    pub(super) fn knows(&self, server: &str, room: &RoomId) -> bool {
        let Some(folder) = &self.folder else {
            return false;
        };
        has_token(&found_folder(folder, server, room))
            || !self.addresses.elsewhere(folder, server, room).is_empty()
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
        let own = slot.room.clone();
        // The server knew the token that it gave at its other address: that stays there alone.
        let is_there = |shared: &&SharedSlot| shared.is_for(&own) && shared.token == kept.token;
        if let Some(shared) = self.shared.as_ref().filter(is_there) {
            return shared.slot.keep_room(kept);
        }
        self.shared = None;
        self.slot.as_ref().map_or(Ok(()), |slot| slot.keep(kept))
    }

    /// Forgets the token of the last welcome, but not how the room was.
    ///
    /// # Errors
    /// If the token's file is there and cannot be removed.
    pub(super) fn forget(&mut self, server: &str, room: &RoomId) -> io::Result<()> {
        let Some(slot) = self.take_slot(server, room)? else {
            return Ok(());
        };
        slot.forget()?;
        self.shared
            .take()
            .map_or(Ok(()), |shared| shared.slot.forget())
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
            self.shared = None;
            self.slot = Some(lock_first(&folder)?);
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

/// Locks the first slot of a room that nobody uses.
fn lock_first(room: &Path) -> io::Result<Slot> {
    private_files::create_folder(room)?;
    for number in 0..SLOTS {
        if let Some(slot) = lock(room, number)? {
            return Ok(slot);
        }
    }
    Err(io::Error::other("too many clients are in this room here"))
}

/// Locks a slot; `None` if a client uses it.
fn lock(room: &Path, number: u32) -> io::Result<Option<Slot>> {
    let lock = private_file(&slot_file(room, number, "lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(Slot {
            room: room.to_owned(),
            number,
            _lock: lock,
        })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(cause)) => Err(cause),
    }
}

/// Opens an empty file for writing, for this user only where the system knows users.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = private_files::open_options();
    options.write(true).create(true).truncate(true).open(path)
}

#[cfg(test)]
mod tests;
