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
            Ok(Some(room)) if room.state.closed => {
                forget(log, id).await;
                return None;
            }
            Ok(room) => return room,
            Err(LogError::Away | LogError::Unsettled) => sleep(AGAIN).await,
            Err(LogError::Closed) => return None,
            Err(error) => {
                // The log has told of it, once.
                tracing::debug!(room = %id, %error, "a room of another node cannot be read");
                return None;
            }
        }
    }
}

/// Removes a room that was closed and is still there: whoever closed it could not do that.
async fn forget(log: &RoomLog, id: &RoomId) {
    match log.forget(id).await {
        Ok(()) => tracing::info!(room = %id, "a closed room was left and is removed"),
        Err(error) => tracing::debug!(room = %id, %error, "a closed room is still there"),
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::Searches;
    use crate::protocol::event::RoomEvent;
    use crate::protocol::ids::{Rev, RoomId};
    use crate::server::log::{RedisSettings, RoomLog, test_events::titled};
    use crate::server::shutdown::shutdown;
    use crate::test_support::patience::PATIENCE;
    use crate::test_support::redis_server::{Keeps, RedisServer};

    #[tokio::test]
    async fn a_closed_room_that_its_node_did_not_remove_is_removed_by_another() {
        let redis = RedisServer::start(Keeps::Nothing);
        let settings = || RedisSettings {
            url: redis.url().parse().unwrap(),
            prefix: "cinema".parse().unwrap(),
            authorities: None,
            node_name: "web-1".parse().unwrap(),
        };
        let one = RoomLog::redis(settings()).await.unwrap();
        let two = RoomLog::redis(settings()).await.unwrap();
        let (found, _nothing) = mpsc::channel(1);
        let (_down, signal) = shutdown();
        let appeared = two.nodes().appeared;
        let _searches = Searches::start(appeared, two.clone(), found, signal);
        let den = RoomId::parse("den").unwrap();
        let mut closing = titled(2, "");
        closing.fact.event = RoomEvent::Closed;
        let events = vec![titled(1, "den"), closing];
        one.append(&den, Rev(0), events, None).await.unwrap();
        let removed = async {
            while one.open(&den).await.unwrap().is_some() {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        let removed = tokio::time::timeout(PATIENCE, removed).await;
        assert!(removed.is_ok(), "it stays");
    }
}
