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

/// The answer as a response of the routes.
pub(super) fn response(why: &Refused) -> Response {
    let code = HeaderValue::from_str(&close_reason(why));
    let code = code.unwrap_or_else(|_| HeaderValue::from_static(""));
    let headers = [
        (HeaderName::from_static(REFUSED_HEADER), code),
        (header::RETRY_AFTER, HeaderValue::from_static(AGAIN_AFTER)),
    ];
    (status(why), headers, refused(Language::English, why)).into_response()
}

/// The answer as bytes, for a socket whose request is not read.
pub(super) fn plain(why: &Refused) -> String {
    let (status, code) = (status(why), close_reason(why));
    let text = refused(Language::English, why);
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\n{REFUSED_HEADER}: {code}\r\n\
         retry-after: {AGAIN_AFTER}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    )
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
    use super::{plain, response};
    use crate::protocol::denied::Refused;
    use crate::wire::codec::{REFUSED_HEADER, parse_close};

    const BOTH: [Refused; 2] = [
        Refused::TooManyConnections { limit: 64 },
        Refused::ServerBusy { limit: 10_000 },
    ];

    #[test]
    fn the_plain_answer_has_the_length_that_it_declares() {
        for why in BOTH {
            let bytes = plain(&why);
            let (head, body) = bytes.split_once("\r\n\r\n").unwrap();
            let length = format!("content-length: {}", body.len());
            assert!(head.lines().any(|line| line == length), "{bytes}");
        }
    }

    #[test]
    fn both_answers_say_the_code_and_their_status() {
        for (why, status) in BOTH.into_iter().zip([429, 503]) {
            let answer = response(&why);
            assert_eq!(answer.status().as_u16(), status);
            let code = answer.headers().get(REFUSED_HEADER).unwrap();
            let code = code.to_str().unwrap();
            assert_eq!(parse_close(code), Some(why.clone()));
            let bytes = plain(&why);
            assert!(bytes.starts_with(&format!("HTTP/1.1 {status} ")), "{bytes}");
            let header = format!("\r\n{REFUSED_HEADER}: {code}\r\n");
            assert!(bytes.contains(&header), "{bytes}");
        }
    }
}
