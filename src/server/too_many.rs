//! The answer to a connection that is one too many: a status and a sentence for browsers and
//! scripts, and in a header the code that our clients word in their own language.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::protocol::denied::Refused;
use crate::texts::denied::refused;
use crate::texts::language::Language;
use crate::wire::codec::{REFUSED_HEADER, close_reason};

/// After how many seconds it may be tried again (judgement: connections that broke are noticed
/// within 45).
const AGAIN_AFTER: &str = "30";

/// The answer.
pub(super) fn response(why: &Refused) -> Response {
    let code = HeaderValue::from_str(&close_reason(why));
    let code = code.unwrap_or_else(|_| HeaderValue::from_static(""));
    let headers = [
        (HeaderName::from_static(REFUSED_HEADER), code),
        (header::RETRY_AFTER, HeaderValue::from_static(AGAIN_AFTER)),
    ];
    (status(why), headers, refused(Language::English, why)).into_response()
}

/// The answer as it stands on the wire, for a socket that nobody serves.
pub(super) fn bytes(why: &Refused) -> Vec<u8> {
    let text = refused(Language::English, why);
    let answer = response(why);
    let (status, length) = (answer.status(), text.len());
    let first = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n");
    let mut bytes = first.into_bytes();
    for (name, value) in answer.headers() {
        let line = [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"];
        bytes.extend(line.concat());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// 429 if it is for the address, 503 if it is for all.
const fn status(why: &Refused) -> StatusCode {
    match why {
        Refused::TooManyConnections { .. } => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::response;
    use crate::protocol::denied::Refused;
    use crate::wire::codec::{REFUSED_HEADER, parse_close};

    #[test]
    fn the_answer_says_the_code_and_its_status() {
        let all = [
            (Refused::TooManyConnections { limit: 64 }, 429),
            (Refused::ServerBusy { limit: 10_000 }, 503),
        ];
        for (why, status) in all {
            let answer = response(&why);
            assert_eq!(answer.status().as_u16(), status);
            let code = answer.headers().get(REFUSED_HEADER).unwrap();
            assert_eq!(parse_close(code.to_str().unwrap()), Some(why));
        }
    }
}
