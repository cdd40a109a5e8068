//! What programs read of the live rooms. `wire::pages` says what each answer is.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};

use super::asker::you;
use super::feed::{Unheard, stream};
use super::pages::Visit;
use super::peers::PeerPermit;
use super::registry::GoingDown;
use super::socket_time::SocketTime;
use super::state::ServerState;
use super::{pages, registry};
use crate::texts::tr;
use crate::wire::pages::{ApiError, ApiErrorCode};

/// After how many seconds a listener that was refused may try again (judgement).
const TRY_AGAIN: &str = "30";

/// The routes for programs.
pub(super) fn routes() -> Router<Arc<ServerState>> {
    Router::new()
        .route("/api/rooms", get(rooms))
        .route("/api/rooms/{room}", get(room))
        .route("/api/gallery/events", get(events))
        .route("/api/you", get(you))
}

/// The answer to a path that nobody has: words for people, a code for programs.
pub(super) async fn not_found(visit: Visit, uri: Uri) -> Response {
    if uri.path().starts_with("/api/") {
        let text = tr!(visit.language, "door-nothing");
        error(StatusCode::NOT_FOUND, ApiErrorCode::NoSuchPage, text)
    } else {
        pages::not_found(&visit)
    }
}

async fn rooms(State(state): State<Arc<ServerState>>, visit: Visit) -> Response {
    match state.rooms.list().await {
        Ok(registry::RoomList { json, .. }) => {
            ([(header::CONTENT_TYPE, "application/json")], FRESH, json).into_response()
        }
        Err(GoingDown) => going_down(&visit),
    }
}

async fn room(
    State(state): State<Arc<ServerState>>,
    visit: Visit,
    name: Result<Path<String>, PathRejection>,
) -> Response {
    let card = match pages::room_of(name) {
        Some(room) => state.card(&room).await,
        None => Ok(None),
    };
    match card {
        Ok(Some(card)) => (FRESH, Json(card)).into_response(),
        Ok(None) => {
            let text = tr!(visit.language, "door-absent");
            error(StatusCode::NOT_FOUND, ApiErrorCode::NoSuchRoom, text)
        }
        Err(GoingDown) => going_down(&visit),
    }
}

/// The stream of live rooms and of what changes.
async fn events(
    State(state): State<Arc<ServerState>>,
    Extension(permit): Extension<PeerPermit>,
    Extension(time): Extension<SocketTime>,
    method: Method,
    visit: Visit,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        // nginx would keep events until they fill a buffer.
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    if method == Method::HEAD {
        return headers.into_response();
    }
    match state.feed.listen(permit.address()).await {
        Ok(subscription) => {
            time.becomes_stream();
            let frames = stream::frames(subscription, permit, state.shutdown.clone());
            (headers, Body::from_stream(frames)).into_response()
        }
        Err(Unheard::GoingDown) => going_down(&visit),
        Err(full) => {
            let status = match full {
                Unheard::AddressFull => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::SERVICE_UNAVAILABLE,
            };
            let text = tr!(visit.language, "door-many-listeners");
            let refused = error(status, ApiErrorCode::TooManyListeners, text);
            ([(header::RETRY_AFTER, TRY_AGAIN)], refused).into_response()
        }
    }
}

/// What is told is true for a moment.
const FRESH: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-cache")];

fn going_down(visit: &Visit) -> Response {
    let text = tr!(visit.language, "door-going-down");
    error(
        StatusCode::SERVICE_UNAVAILABLE,
        ApiErrorCode::ShuttingDown,
        text,
    )
}

fn error(status: StatusCode, code: ApiErrorCode, text: String) -> Response {
    (status, Json(ApiError { code, text })).into_response()
}
