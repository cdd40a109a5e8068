//! An open WebSocket for who reads and writes frames without the client's machines.

use futures_util::{Sink, Stream};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::handshake::connect;
use crate::app::event::Disconnect;
use crate::protocol::invite::ServerUrl;
use crate::traffic::Traffic;
use crate::trust::Trust;

/// Opens a WebSocket to a server as a client does: through the member's proxy, and by https where
/// the server redirects to it.
///
/// # Errors
/// [`Disconnect`] says why there is no connection, and what answers at the address instead.
pub async fn open_socket(
    server: &ServerUrl,
    trust: &Trust,
) -> Result<
    impl Stream<Item = Result<Message, Error>>
    + Sink<Message, Error = Error>
    + Send
    + Sync
    + Unpin
    + use<>,
    Disconnect,
> {
    connect(server.as_str(), trust, &Traffic::default()).await
}
