//! Who asks, as this server counts them: for its operator, who sees whether a proxy in front of it
//! tells that. Nobody learns more than their own address.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};

use super::forwarded::X_FORWARDED_FOR;
use crate::wire::pages::AskerCard;

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker {
    /// By this address they are counted.
    pub(super) address: IpAddr,
    /// Whether their socket is a named proxy's, whose headers are believed.
    pub(super) by_proxy: bool,
}

/// `GET /api/you`.
pub(super) async fn you(Extension(asker): Extension<Asker>, headers: HeaderMap) -> Response {
    let is_named =
        headers.contains_key(&X_FORWARDED_FOR) || headers.contains_key(header::FORWARDED);
    let card = AskerCard {
        address: asker.address.to_canonical(),
        ignores_header: is_named && !asker.by_proxy,
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(card)).into_response()
}
