//! What monitoring asks a server: whether it is healthy, whether it is ready, and its figures.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};

use super::metrics::exposition;
use super::state::ServerState;
use crate::wire::codec::PROTOCOL;
use crate::wire::pages::{SERVICE, ServerCard};

/// The routes of the listener for monitoring (`--metrics-listen`). The figures are on no other: a
/// proxy on this machine would hand them to everybody.
pub(super) fn routes(state: Arc<ServerState>) -> Router {
    Router::new()
        .route("/metrics", get(metrics))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .with_state(state)
}

/// The server's version and whether its log takes writes; the status is 503 while it does not.
pub(super) async fn healthz(State(state): State<Arc<ServerState>>) -> impl IntoResponse {
    answer(&state, state.storage.takes_writes())
}

/// The same, and not while the server is about to stop: nobody new should be sent to it.
pub(super) async fn readyz(State(state): State<Arc<ServerState>>) -> impl IntoResponse {
    answer(&state, state.is_ready())
}

async fn metrics(State(state): State<Arc<ServerState>>) -> impl IntoResponse {
    let figures = state.figures().await;
    let kind = [(header::CONTENT_TYPE, exposition::CONTENT_TYPE)];
    (kind, exposition::text(&figures))
}

fn answer(state: &ServerState, ready: bool) -> (StatusCode, Json<ServerCard>) {
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let card = ServerCard {
        service: SERVICE.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL,
        ready,
        id: Some(state.storage.server_id()),
    };
    (status, Json(card))
}
