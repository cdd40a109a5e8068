//! The slots of one server's other addresses: whose tokens the server at an address may be sent.
//! Whether it may be named at all was decided when the other address was kept
//! (`app::other_address`).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::folders::{folders_of, found_folder, one_address};
use super::{SLOTS, Slot, lock, read, slot_file, write};
use crate::app::other_address::OtherAddress;
use crate::protocol::ids::RoomId;

/// The end of the name of a slot's file with the server's other address, and below it its id.
pub(super) const OTHER_ADDRESS: &str = "other-address";

/// Asks the server at an address for its id.
type AskId = Box<dyn Fn(&str) -> Option<String> + Send>;

/// What servers answer when they are asked who they are. By default nobody is asked.
#[derive(Default)]
pub(in crate::client) struct Addresses {
    ask: Option<AskId>,
    /// What they answered, or that they did not: asked once, so that a room's tokens do not change
    /// their place while the client runs.
    asked: RefCell<BTreeMap<String, Option<String>>>,
}

/// A slot of the same server's other address, whose token is used at this one.
#[derive(Debug)]
pub(super) struct SharedSlot {
    /// The room's own folder at this address.
    of: PathBuf,
    /// The slot, which is locked.
    pub(super) slot: Slot,
    /// Its token.
    pub(super) token: String,
}

impl Addresses {
    /// With a way to ask servers for their id.
    pub(in crate::client) fn new(ask: AskId) -> Self {
        Self {
            ask: Some(ask),
            ..Self::default()
        }
    }

    /// The slots of this room with a token of the same server, by which it is known at another
    /// address: the room's folder there, the slot's number, and the token.
    pub(super) fn elsewhere(
        &self,
        all: &Path,
        server: &str,
        room: &RoomId,
    ) -> Vec<(PathBuf, u32, String)> {
        let own = found_folder(all, server, room);
        let folders = folders_of(all, room).into_iter();
        let mut slots = Vec::new();
        for folder in folders.filter(|folder| *folder != own) {
            for number in 0..SLOTS {
                if let Some(token) = self.token_for(server, &folder, number) {
                    slots.push((folder.clone(), number, token));
                }
            }
        }
        slots
    }

    /// The token of a slot, if it may be sent to this server.
    fn token_for(&self, server: &str, folder: &Path, number: u32) -> Option<String> {
        let named = kept(&slot_file(folder, number, OTHER_ADDRESS))?;
        if one_address(named.url()) != one_address(server) {
            return None;
        }
        let token = looked_up(&slot_file(folder, number, "token"))?;
        (self.id_at(server).as_deref() == Some(named.server_id())).then_some(token)
    }

    /// The first of these slots that no client uses, locked.
    pub(super) fn first(&self, all: &Path, server: &str, room: &RoomId) -> Option<SharedSlot> {
        let of = found_folder(all, server, room);
        let slots = self.elsewhere(all, server, room).into_iter();
        slots.into_iter().find_map(|(folder, number, _)| {
            let slot = lock(&folder, number).unwrap_or_else(|cause| {
                tracing::warn!("a token of another address is left alone: {cause}");
                None
            })?;
            // Who used it last may have written it just before.
            let token = self.token_for(server, &folder, number)?;
            let of = of.clone();
            Some(SharedSlot { of, slot, token })
        })
    }

    /// The id of the server that answers at an address.
    fn id_at(&self, server: &str) -> Option<String> {
        let mut asked = self.asked.borrow_mut();
        let answer = asked.entry(server.to_owned());
        let answer = answer.or_insert_with(|| self.ask.as_ref().and_then(|ask| ask(server)));
        answer.clone()
    }
}

impl SharedSlot {
    /// Whether it is used for the room with this folder.
    pub(super) fn is_for(&self, own: &Path) -> bool {
        self.of == own
    }
}

impl fmt::Debug for Addresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = self.asked.borrow();
        f.debug_struct("Addresses")
            .field("asked", &asked)
            .finish_non_exhaustive()
    }
}

/// The other address in a slot's file. One that cannot be read is none.
pub(super) fn kept(file: &Path) -> Option<OtherAddress> {
    let text = looked_up(file)?;
    let (url, id) = text.split_once('\n')?;
    OtherAddress::parse(url, id)
}

fn looked_up(file: &Path) -> Option<String> {
    read(file).unwrap_or_else(|cause| {
        tracing::warn!("what is kept of another address could not be looked up: {cause}");
        None
    })
}

/// Removes the other address in a slot's file, unless it is this one: it was for the token before.
///
/// # Errors
/// If the file cannot be removed.
pub(super) fn forget_unless(file: &Path, other: Option<&OtherAddress>) -> io::Result<()> {
    if other.is_some() && kept(file).as_ref() == other {
        return Ok(());
    }
    match std::fs::remove_file(file) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => Err(cause),
        _ => Ok(()),
    }
}

/// Keeps the other address in a slot's file.
///
/// # Errors
/// If the file cannot be written.
pub(super) fn keep(file: &Path, other: Option<&OtherAddress>) -> io::Result<()> {
    let Some(other) = other.filter(|other| kept(file).as_ref() != Some(*other)) else {
        return Ok(());
    };
    write(file, &format!("{}\n{}", other.url(), other.server_id()))
}
