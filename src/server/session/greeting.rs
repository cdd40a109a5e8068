//! The first frame of a connection: who comes, and for what.

use serde::Deserialize;

use super::admission_error::AdmissionError;
use crate::protocol::denied::Refused;
use crate::server::replies;
use crate::server::websocket::{ClientStream, ReadError, Received, WebSocket};
use crate::wire::codec::{self, MAX_CLIENT_FRAME, PROTOCOL};
use crate::wire::message::{ClientMsg, FrameError, Hello, ServerMsg};
use crate::wire::visit::{Visit, VisitPurpose};

/// Who comes, and for what.
#[derive(Debug)]
pub(super) struct Greeting {
    /// Who comes, and to which room.
    pub(super) hello: Hello,
    /// What the client visits for; `None` if it joins.
    pub(super) visit: Option<VisitPurpose>,
}

/// The fields that a greeting has in every version of the protocol.
#[derive(Deserialize)]
struct FirstFrame {
    #[serde(rename = "type")]
    kind: String,
    protocol: u32,
}

/// Reads the first frame of a socket, which may take as long as it wants.
pub(super) async fn read(socket: &mut WebSocket<ClientStream>) -> Result<Greeting, AdmissionError> {
    let text = match socket.receive().await {
        Ok(Received::Text(text)) => text,
        Ok(Received::Close(_)) | Err(ReadError::Ended) => return Err(AdmissionError::Gone),
        Ok(_) => return Err(Refused::NoHello.into()),
        Err(error) => {
            tracing::debug!(%error, "no first frame could be read");
            return Err(AdmissionError::Gone);
        }
    };
    match first_frame(&text) {
        Ok(greeting) => Ok(greeting),
        Err((answer, why)) => {
            if let Some(answer) = answer {
                let sent = socket.send(replies::frame(&answer)).await;
                sent.map_err(|_| AdmissionError::Gone)?;
            }
            Err(why.into())
        }
    }
}

/// Parses the first frame. The error is an answer to send first, if there is one, and the refusal.
fn first_frame(text: &str) -> Result<Greeting, (Option<ServerMsg>, Refused)> {
    if text.len() > MAX_CLIENT_FRAME {
        return Err((Some(replies::too_large()), Refused::NoHello));
    }
    if let Ok(opening) = codec::decode::<FirstFrame>(text)
        && matches!(opening.kind.as_str(), "hello" | "visit")
        && !codec::compatible(opening.protocol, PROTOCOL)
    {
        let version = Refused::Version {
            server: PROTOCOL,
            client: opening.protocol,
        };
        return Err((None, version));
    }
    match codec::decode::<ClientMsg>(text) {
        Ok(ClientMsg::Hello(hello)) => Ok(Greeting {
            hello: *hello,
            visit: None,
        }),
        Ok(ClientMsg::Visit(visit)) => {
            let Visit { purpose, hello } = *visit;
            let visit = Some(purpose);
            Ok(Greeting { hello, visit })
        }
        Ok(_) => Err((None, Refused::NoHello)),
        Err(error) => {
            let answer = replies::frame_error(FrameError::BadFrame, Some(&error));
            Err((Some(answer), Refused::NoHello))
        }
    }
}
