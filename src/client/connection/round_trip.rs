//! How long an answer takes on an open WebSocket, without joining a room.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::{Bytes, Message};

use super::handshake::{Socket, connect};
use crate::app::event::Disconnect;
use crate::traffic::Traffic;
use crate::trust::Trust;

/// How often it is asked: the quickest answer says what the way takes (judgement).
const EXCHANGES: u8 = 5;

/// How long an answer may take; a server waits 10 s for somebody to join.
const PATIENCE: Duration = Duration::from_secs(2);

/// The quickest round trip to a server by WebSocket; `None` if no answer came.
///
/// # Errors
/// [`Disconnect`] if no WebSocket opens.
pub async fn round_trip(server: &str, trust: &Trust) -> Result<Option<Duration>, Disconnect> {
    let mut socket = connect(server, trust, &Traffic::default()).await?;
    let mut quickest = None;
    for number in 0..EXCHANGES {
        let Some(took) = exchange(&mut socket, number).await else {
            break;
        };
        quickest = Some(quickest.map_or(took, |known: Duration| known.min(took)));
    }
    Ok(quickest)
}

/// Sends a ping, and waits for its answer.
async fn exchange(socket: &mut Socket, number: u8) -> Option<Duration> {
    let content = Bytes::copy_from_slice(&[number]);
    let asked = Instant::now();
    let answered = async {
        socket.send(Message::Ping(content.clone())).await.ok()?;
        loop {
            match socket.next().await? {
                Ok(Message::Pong(answer)) if answer == content => return Some(asked.elapsed()),
                Ok(_) => {}
                Err(cause) => {
                    tracing::debug!("a WebSocket broke: {cause}");
                    return None;
                }
            }
        }
    };
    timeout(PATIENCE, answered).await.ok().flatten()
}
