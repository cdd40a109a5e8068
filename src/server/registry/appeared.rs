//! Reads the rooms that other nodes created, so that this one has them too.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

use super::message::RegistryRequest;
use crate::protocol::ids::RoomId;
use crate::room::committed::Room;
use crate::server::log::{LogError, RoomLog};
use crate::server::shutdown::Shutdown;

/// How long until a room that cannot be read is tried again (judgement).
const AGAIN: Duration = Duration::from_secs(1);

/// How many rooms may wait that this node looks for by itself (judgement: more do not end at once).
const LOOKED_FOR: usize = 256;

/// Asks for rooms to be looked for in the log. Nothing happens in a log that no others share.
#[derive(Debug, Clone)]
pub(super) struct Searches(Option<mpsc::Sender<RoomId>>);

impl Searches {
    /// Starts looking for the rooms that `appeared`, and for those that are asked for. What is
    /// found goes to the registry.
    pub(super) fn start(
        appeared: Option<mpsc::Receiver<RoomId>>,
        log: RoomLog,
        found: mpsc::Sender<RegistryRequest>,
        shutdown: Shutdown,
    ) -> Self {
        let Some(appeared) = appeared else {
            return Self(None);
        };
        let (searches, asked) = mpsc::channel(LOOKED_FOR);
        tokio::spawn(run(appeared, asked, log, found, shutdown));
        Self(Some(searches))
    }

    /// Looks for a room that ended here: there may be another one of its name by now.
    pub(super) fn look_for(&self, room: RoomId) {
        if let Some(searches) = &self.0
            && searches.try_send(room).is_err()
        {
            tracing::warn!("too many rooms end at once to look for each of them again");
        }
    }
}

async fn run(
    mut appeared: mpsc::Receiver<RoomId>,
    mut asked: mpsc::Receiver<RoomId>,
    log: RoomLog,
    found: mpsc::Sender<RegistryRequest>,
    mut shutdown: Shutdown,
) {
    loop {
        let id = tokio::select! {
            biased;
            () = shutdown.wait() => return,
            Some(id) = appeared.recv() => id,
            Some(id) = asked.recv() => id,
            else => return,
        };
        let room = tokio::select! {
            biased;
            () = shutdown.wait() => return,
            room = read(&log, &id) => room,
        };
        if let Some(room) = room {
            let told = found.send(RegistryRequest::Appeared(id, Box::new(room)));
            if told.await.is_err() {
                return;
            }
        }
    }
}

/// Reads a room, and tries again while the log is away.
async fn read(log: &RoomLog, id: &RoomId) -> Option<Room> {
    loop {
        match log.open(id).await {
            Ok(room) => return room.filter(|room| !room.state.closed),
            Err(LogError::Away | LogError::Unsettled) => sleep(AGAIN).await,
            Err(LogError::Closed) => return None,
            Err(error) => {
                tracing::error!(room = %id, %error, "a room of another node cannot be read");
                return None;
            }
        }
    }
}
