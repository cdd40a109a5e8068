//! The folders of the rooms: one for each room at each server, whichever of this computer's names
//! the server is asked by.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use url::Url;

use crate::protocol::ids::RoomId;

/// The folder of a room below that of all. Where an earlier version made one for each name of this
/// computer, the first that is asked for becomes the one of all.
pub(super) fn found_folder(all: &Path, server: &str, room: &RoomId) -> PathBuf {
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
/// server of the others, as far as its members see. Addresses elsewhere stay apart, whatever the
/// servers there say of themselves: who relays a server's words could also relay its id, and would be
/// sent its members' tokens. Only a server on this computer names another address for its tokens
/// (`app::other_address`). On a computer of several users a port of loopback belongs to whoever took it first, by any of these names.
pub(super) fn one_address(server: &str) -> String {
    let here = Url::parse(server).ok().and_then(|mut url| {
        let is_here = matches!(url.host_str()?, "localhost" | "127.0.0.1" | "[::1]");
        is_here.then(|| url.set_host(Some("127.0.0.1")))?.ok()?;
        Some(url.as_str().trim_end_matches('/').to_owned())
    });
    here.unwrap_or_else(|| server.to_owned())
}

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

/// The folder of a room: its name for people, and a hash that distinguishes servers.
pub(super) fn room_folder(server: &str, room: &RoomId) -> String {
    let digest = Sha256::digest(format!("{server}\n{room}"));
    let hash = digest
        .iter()
        .take(8)
        .fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
    format!("{room}-{hash:016x}")
}

/// All folders of rooms of this name, at whichever servers, in their order.
pub(super) fn folders_of(all: &Path, room: &RoomId) -> Vec<PathBuf> {
    let Ok(files) = std::fs::read_dir(all) else {
        return Vec::new();
    };
    let is_of_room = |name: &str| {
        name.rsplit_once('-')
            .is_some_and(|(it, _)| it == room.as_str())
    };
    let files = files.flatten();
    let files = files.filter(|file| file.file_name().to_str().is_some_and(is_of_room));
    let mut folders: Vec<PathBuf> = files.map(|file| file.path()).collect();
    folders.sort();
    folders
}

/// Whether some slot in a room's folder has a token.
pub(super) fn has_token(folder: &Path) -> bool {
    let Ok(files) = std::fs::read_dir(folder) else {
        return false;
    };
    files.flatten().any(|file| {
        let name = file.file_name();
        let kind = Path::new(&name).extension();
        kind.is_some_and(|kind| kind == "token")
    })
}

/// A file of a slot.
pub(super) fn slot_file(room: &Path, number: u32, kind: &str) -> PathBuf {
    room.join(format!("{number}.{kind}"))
}
