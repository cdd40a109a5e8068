//! The film of the demo, and the web server that serves it on this computer.

use axum::Router;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::net::TcpListener;

/// A minute of moving shapes with a clock and a tone: made by `scripts/demo-film`.
const FILM: &[u8] = include_bytes!("film.mp4");

/// What the film is called: under two names, so that another one can be proposed.
#[derive(Debug)]
pub(super) struct Titles {
    /// Of what plays first.
    pub(super) first: String,
    /// Of what is proposed.
    pub(super) next: String,
}

/// The links of the film and of the one to propose.
#[derive(Debug, Clone)]
pub(super) struct Links {
    /// What plays first.
    pub(super) first: String,
    /// What is proposed.
    pub(super) next: String,
}

/// Serves the film at a free port of the loopback interface, for as long as the runtime runs.
///
/// # Errors
/// If no port is free.
pub(super) async fn serve(titles: &Titles) -> std::io::Result<Links> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let router = Router::new().route("/{name}", get(answer));
    tokio::spawn(async move {
        if let Err(cause) = axum::serve(listener, router).await {
            tracing::error!(%cause, "the film is no longer served");
        }
    });
    // A file's name is its title, as long as it has no other.
    let link = |title: &str| {
        let name = utf8_percent_encode(title, NON_ALPHANUMERIC);
        format!("http://{address}/{name}.mp4")
    };
    Ok(Links {
        first: link(&titles.first),
        next: link(&titles.next),
    })
}

async fn answer(headers: HeaderMap) -> Response {
    let kind = [
        (header::CONTENT_TYPE, "video/mp4".to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    let asked = headers.get(header::RANGE).and_then(|v| v.to_str().ok());
    let Some(asked) = asked else {
        return (kind, FILM).into_response();
    };
    let length = FILM.len();
    let part = range(asked, length);
    let Some((from, bytes)) = part.and_then(|(from, to)| Some((from, FILM.get(from..=to)?))) else {
        let whole = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
        return (StatusCode::RANGE_NOT_SATISFIABLE, whole).into_response();
    };
    let last = from + bytes.len() - 1;
    let place = [(
        header::CONTENT_RANGE,
        format!("bytes {from}-{last}/{length}"),
    )];
    (StatusCode::PARTIAL_CONTENT, kind, place, bytes).into_response()
}

/// The first and the last byte that a `Range` header asks for; `None` if there are none such.
fn range(asked: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = asked.strip_prefix("bytes=")?.split_once('-')?;
    let end = length.checked_sub(1)?;
    if from.is_empty() {
        let last: usize = to.parse().ok().filter(|count| *count > 0)?;
        return Some((length.saturating_sub(last), end));
    }
    let from: usize = from.parse().ok()?;
    let to = if to.is_empty() {
        end
    } else {
        to.parse::<usize>().ok()?.min(end)
    };
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::{FILM, range};

    #[test]
    fn parts_of_the_film_are_found() {
        assert_eq!(range("bytes=0-", 100), Some((0, 99)));
        assert_eq!(range("bytes=10-19", 100), Some((10, 19)));
        assert_eq!(range("bytes=90-300", 100), Some((90, 99)));
        assert_eq!(range("bytes=-10", 100), Some((90, 99)));
        for wrong in ["bytes=100-", "bytes=9-3", "bytes=-0", "bytes=-", "x"] {
            assert_eq!(range(wrong, 100), None, "{wrong}");
        }
    }

    #[test]
    fn the_bundled_film_is_small() {
        assert!(FILM.len() < 300_000, "{} bytes", FILM.len());
    }
}
