//! The plainest client: messages on a socket, one after the other, and why it ended.

use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use watchtogether::protocol::denied::Refused;
use watchtogether::wire::codec;
use watchtogether::wire::message::{ClientMsg, ServerMsg};

use super::patience::PATIENCE;

/// A client's socket.
pub(crate) type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The connection is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gone {
    /// Why the server closed it, if it said so.
    pub(crate) why: Option<Refused>,
}

impl Gone {
    /// It broke.
    pub(crate) const LOST: Self = Self { why: None };
}

/// Sends a message.
pub(crate) async fn send(socket: &mut Stream, message: &ClientMsg) -> Result<(), Gone> {
    let text = codec::encode(message).expect("JSON");
    socket.send(text.into()).await.map_err(|_| Gone::LOST)
}

/// Waits for the next message.
pub(crate) async fn receive(socket: &mut Stream) -> Result<ServerMsg, Gone> {
    let next = timeout(PATIENCE, async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Text(text))) => {
                    return Ok(codec::decode(&text).expect("a message"));
                }
                Some(Ok(Message::Close(frame))) => {
                    let why = frame.and_then(|frame| codec::parse_close(&frame.reason));
                    return Err(Gone { why });
                }
                Some(Err(_)) | None => return Err(Gone::LOST),
                Some(Ok(_)) => {}
            }
        }
    });
    next.await.expect("a message in time")
}
