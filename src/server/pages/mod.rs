//! What a browser shows: the start page, the live rooms, a room and its badge. The pages need no
//! script, load nothing from elsewhere and set nothing on the reader's machine. A private room
//! looks like one that does not exist.
//!
//! - `layout` is what all pages share, with the headers that keep them safe
//! - `card` is a room as it stands in a list and on its own page; `door.js` keeps it up to date
//! - `visit` is what a page depends on beside the rooms: the reader's language, the address

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::Markup;

use super::registry::GoingDown;
use super::state::ServerState;
use crate::protocol::ids::RoomId;
use crate::wire::pages::RoomCard;

pub(super) use visit::Visit;

mod badge;
mod card;
mod gallery;
mod home;
mod install;
mod layout;
mod own_room;
mod room;
mod visit;
mod words_only;

/// How long a badge may be shown before it is asked for anew, in seconds (judgement: long enough
/// for a post that many people open, short enough to be true).
const BADGE_CACHE: &str = "public, max-age=15";

/// How many made-up names are tried that rooms have already (judgement: even with ten thousand
/// rooms the first one is free four times in five).
const NAME_TRIES: usize = 8;

/// The routes of all pages.
pub(super) fn routes() -> Router<Arc<ServerState>> {
    Router::new()
        .route("/", get(home))
        .route("/gallery", get(gallery))
        .route("/gallery/", get(gallery))
        .route("/r/{room}", get(room))
        .route("/r/{room}/", get(room))
        .route("/r/{room}/badge.svg", get(badge))
}

/// The answer to a path that nobody has.
pub(super) fn not_found(visit: &Visit) -> Response {
    page(StatusCode::NOT_FOUND, words_only::not_found(visit))
}

async fn home(State(state): State<Arc<ServerState>>, visit: Visit) -> Response {
    of_rooms(&state, &visit, home::page).await
}

async fn gallery(State(state): State<Arc<ServerState>>, visit: Visit) -> Response {
    of_rooms(&state, &visit, gallery::page).await
}

/// A page of the live rooms, which offers a room of the reader's own.
async fn of_rooms(
    state: &ServerState,
    visit: &Visit,
    content: fn(&Visit, &[RoomCard], &RoomId) -> Markup,
) -> Response {
    match state.rooms.list().await {
        Ok(list) => {
            let own = free_name(state).await;
            page(StatusCode::OK, content(visit, &list.cards, &own))
        }
        Err(GoingDown) => going_down(visit),
    }
}

/// A made-up name that no open room has. A private room is not told from one that does not exist;
/// that its name is made up as well is unlikely, and its password keeps others out.
async fn free_name(state: &ServerState) -> RoomId {
    let mut name = own_room::name(rand::random());
    for _ in 0..NAME_TRIES {
        if !matches!(state.card(&name).await, Ok(Some(_))) {
            break;
        }
        name = own_room::name(rand::random());
    }
    name
}

async fn room(
    State(state): State<Arc<ServerState>>,
    visit: Visit,
    name: Result<Path<String>, PathRejection>,
) -> Response {
    let Some(room) = room_of(name) else {
        return not_found(&visit);
    };
    match state.card(&room).await {
        Ok(Some(card)) => {
            let left = card.kept_until.map(|until| until - state.clock.now());
            page(StatusCode::OK, room::page(&visit, &card, left))
        }
        Ok(None) => page(StatusCode::NOT_FOUND, room::absent(&visit, &room)),
        Err(GoingDown) => going_down(&visit),
    }
}

async fn badge(
    State(state): State<Arc<ServerState>>,
    visit: Visit,
    name: Result<Path<String>, PathRejection>,
) -> Response {
    let Some(room) = room_of(name) else {
        return not_found(&visit);
    };
    let (status, svg) = match state.card(&room).await {
        Ok(Some(card)) => (StatusCode::OK, badge::of(visit.language, &card)),
        Ok(None) => (StatusCode::NOT_FOUND, badge::absent(visit.language, &room)),
        Err(GoingDown) => return going_down(&visit),
    };
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, BADGE_CACHE),
        (header::VARY, "accept-language"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    (status, headers, svg.into_string()).into_response()
}

/// The room that a path names; `None` if no room can be called that.
pub(super) fn room_of(name: Result<Path<String>, PathRejection>) -> Option<RoomId> {
    let Path(name) = name.ok()?;
    RoomId::parse(&name).ok()
}

fn going_down(visit: &Visit) -> Response {
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        words_only::going_down(visit),
    )
}

fn page(status: StatusCode, page: Markup) -> Response {
    (status, layout::headers(), page.into_string()).into_response()
}
