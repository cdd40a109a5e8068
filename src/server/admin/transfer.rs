//! Carries rooms from one server to another, whatever keeps them there: `export` writes them all into
//! a file, `import` takes those of a file.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::export_file::{self, ExportWriter, Summary};
use super::message::{AdminFault, AdminReply, BackupFault, ImportFault};
use crate::private_files;
use crate::protocol::time::{RoomTime, Span};
use crate::room::committed::Room;
use crate::server::log::LogError;
use crate::server::registry::{ImportOutcome, ImportedRoom};
use crate::server::state::ServerState;

/// How far the rooms of a file may be ahead of this server's time (judgement: clocks that are set by
/// the network differ less, and a room stands still until its server has caught up).
const AHEAD_MOST: Span = Span::seconds(10);

/// How many rooms wait between the thread that reads a file and the log (judgement: each may be large).
const WAITING: usize = 4;

/// Writes all rooms into a new file.
pub(super) async fn export(file: PathBuf, state: &ServerState) -> Result<AdminReply, AdminFault> {
    match write(&file, state).await {
        Ok((rooms, bytes)) => {
            tracing::info!(?file, rooms, bytes, "the rooms were exported");
            Ok(AdminReply::Copied { file, rooms, bytes })
        }
        Err(why) => {
            tracing::warn!(?file, ?why, "the rooms were not exported");
            Err(AdminFault::Backup { file, why })
        }
    }
}

async fn write(file: &Path, state: &ServerState) -> Result<(usize, u64), BackupFault> {
    let unusable = |error: &std::io::Error| BackupFault::Unusable(error.into());
    let new = private_files::open_options()
        .write(true)
        .create_new(true)
        .open(file);
    let new = new.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => BackupFault::Exists,
        _ => unusable(&error),
    })?;
    let written = write_rooms(new, state).await;
    if written.is_err()
        && let Err(error) = std::fs::remove_file(file)
    {
        tracing::warn!(path = ?file, %error, "an unfinished export stays behind");
    }
    written
}

/// Each room is written as it is at its own moment: they have nothing in common.
async fn write_rooms(new: File, state: &ServerState) -> Result<(usize, u64), BackupFault> {
    let unusable = |error: std::io::Error| BackupFault::Unusable((&error).into());
    let away = |error: LogError| {
        tracing::warn!(%error, "the rooms cannot be read for an export");
        BackupFault::Away
    };
    let output = BufWriter::new(new);
    let mut writer = ExportWriter::begin(output, state.clock.now()).map_err(unusable)?;
    for id in state.storage.rooms().await.map_err(away)? {
        let room = state.storage.open(&id).await.map_err(away)?;
        if let Some(room) = room.filter(|room| !room.state.closed) {
            writer.room(&room).map_err(unusable)?;
        }
    }
    let (output, rooms) = writer.end().map_err(unusable)?;
    let file = output
        .into_inner()
        .map_err(|error| unusable(error.into()))?;
    file.sync_all().map_err(unusable)?;
    let bytes = file.metadata().map_err(unusable)?.len();
    Ok((rooms, bytes))
}

/// Takes the rooms of a file, once all of it was read and found good.
pub(super) async fn import(file: PathBuf, state: &ServerState) -> Result<AdminReply, AdminFault> {
    match take(&file, state).await {
        Ok(reply) => {
            tracing::info!(?file, ?reply, "rooms were imported");
            Ok(reply)
        }
        Err(why) => {
            tracing::warn!(?file, ?why, "no rooms were imported");
            Err(AdminFault::Import { file, why })
        }
    }
}

async fn take(file: &Path, state: &ServerState) -> Result<AdminReply, ImportFault> {
    let checked = check(file.to_owned()).await?;
    let ahead = checked.newest - state.clock.now();
    if ahead > AHEAD_MOST {
        return Err(ImportFault::Ahead {
            seconds: ahead.to_duration().as_secs(),
        });
    }
    let mut rooms = 0;
    let (mut existing, mut left) = (Vec::new(), 0);
    let mut found = each_room(file.to_owned());
    while let Some(room) = found.recv().await {
        if room.state.closed {
            continue;
        }
        let id = room.state.id.clone();
        let alive: RoomTime = checked.at;
        let taken = state.rooms.import(ImportedRoom { room, alive }).await;
        match taken.unwrap_or(ImportOutcome::Away) {
            ImportOutcome::Imported => rooms += 1,
            ImportOutcome::Exists => existing.push(id),
            ImportOutcome::Full => left += 1,
            ImportOutcome::Away => return Err(ImportFault::Away { rooms }),
        }
    }
    Ok(AdminReply::Imported {
        rooms,
        existing,
        left,
    })
}

/// Reads a file to its end, on a thread of its own.
async fn check(file: PathBuf) -> Result<Summary, ImportFault> {
    let read = tokio::task::spawn_blocking(move || export_file::read(&file, drop)).await;
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "reading an export failed");
        Err(ImportFault::Foreign)
    })
}

/// Reads the rooms of a file that was checked, on a thread of its own.
fn each_room(file: PathBuf) -> mpsc::Receiver<Room> {
    let (sender, rooms) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let read = export_file::read(&file, |room| {
            // Whoever takes them has given up.
            let _given_up = sender.blocking_send(room);
        });
        if let Err(why) = read {
            tracing::warn!(?why, "an export changed while it was read");
        }
    });
    rooms
}
