//! The server's HTTP routes: the WebSocket and the health check, and those of `api` and `pages`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::{Extension, Router};

use super::peers::PeerPermit;
use super::state::ServerState;
use super::websocket::Handshake;
use super::{api, health, origin, pages, quiet, session, too_many};
use crate::traffic::Traffic;

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
    handshake: Handshake,
) -> Response {
    if !origin::is_welcome(&asked.headers, state.public_url.as_deref()) {
        tracing::debug!("a foreign web page wanted a socket");
        return StatusCode::FORBIDDEN.into_response();
    }
    if let Some(quiet) = quiet::asked_for(&asked.uri) {
        return match state.quiet.take(permit) {
            Ok(place) => {
                let shared = (state.metrics.clone(), state.shutdown.clone());
                handshake.accept(READ_FRAME_MOST, move |socket| {
                    quiet::run(socket, place, quiet, shared)
                })
            }
            Err(why) => {
                state.metrics.refused(&why);
                too_many::response(&why)
            }
        };
    }
    handshake.accept(READ_FRAME_MOST, |socket| {
        session::run(socket, state, permit, traffic)
    })
}
