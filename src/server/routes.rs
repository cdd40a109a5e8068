//! The server's HTTP routes: the WebSocket and the health check, and those of `api` and `pages`.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};

use super::peers::PeerPermit;
use super::state::ServerState;
use super::{api, health, origin, pages, quiet, session, too_many};
use crate::traffic::Traffic;

/// The socket's read buffer in bytes. The library's 128 KiB would cost more than a gigabyte
/// for 10,000 idle sockets; most frames have some hundred bytes.
const READ_BUFFER: usize = 4 * 1024;

/// How many bytes are buffered before they are written: most frames fit (judgement).
const WRITE_BUFFER: usize = 4 * 1024;

/// The most bytes that wait to be written: the largest message is a welcome, below the 8 MiB that
/// clients accept.
const WRITE_BUFFER_MOST: usize = 8 * 1024 * 1024 + 64 * 1024;

/// The largest frame that is read, in bytes. More than the 16 KiB that are accepted, so that a
/// client that sends more can be told why; beyond this the socket closes.
const READ_FRAME_MOST: usize = 64 * 1024;

/// The routes of a server with this state. Any other path is answered with 404, in words.
pub(super) fn routes(state: Arc<ServerState>) -> Router {
    Router::new()
        .route("/ws", any(socket))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .merge(api::routes())
        .merge(pages::routes())
        .fallback(api::not_found)
        .with_state(state)
}

async fn socket(
    State(state): State<Arc<ServerState>>,
    Extension(permit): Extension<PeerPermit>,
    Extension(traffic): Extension<Traffic>,
    asked: Parts,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !origin::is_welcome(&asked.headers, state.public_url.as_deref()) {
        tracing::debug!("a foreign web page wanted a socket");
        return StatusCode::FORBIDDEN.into_response();
    }
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(WRITE_BUFFER_MOST)
        .max_message_size(READ_FRAME_MOST)
        .max_frame_size(READ_FRAME_MOST);
    if let Some(quiet) = quiet::asked_for(&asked.uri) {
        return match state.quiet.take(permit) {
            Ok(place) => {
                let shared = (state.metrics.clone(), state.shutdown.clone());
                upgrade.on_upgrade(move |socket| quiet::run(socket, place, quiet, shared))
            }
            Err(why) => {
                state.metrics.refused(&why);
                too_many::response(&why)
            }
        };
    }
    upgrade.on_upgrade(|socket| session::run(socket, state, permit, traffic))
}
