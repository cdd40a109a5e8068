//! The lines of JSON with which `say` and `add` answer: those of `join --json`, with what became of
//! a link.

use super::object::Object;
use super::{codes, denied, json_text};
use crate::app::output::{Queued, Why};
use crate::protocol::ids::Rev;
use crate::texts::language::Language;

/// A line was carried out.
#[must_use]
pub fn ok(line: u64, rev: Rev, queued: Option<Queued>) -> String {
    let (entry, state) = match queued {
        None => (None, None),
        Some(Queued::Playing) => (None, Some("playing")),
        Some(Queued::Approved(entry)) => (Some(entry), Some("approved")),
        Some(Queued::Proposed(entry)) => (Some(entry), Some("proposed")),
    };
    text(&Object::Ok {
        line,
        rev,
        entry,
        state,
    })
}

/// A line changed nothing.
#[must_use]
pub fn not_done(language: Language, line: u64, why: &Why) -> String {
    text(&denied(language, line, why))
}

/// The server did not let us in, or is not there; in these words.
#[must_use]
pub fn refused(why: &Why, words: String) -> String {
    text(&Object::Connection {
        state: "refused",
        code: Some(codes::why(why)),
        text: words,
    })
}

/// A command ended without what was asked for, for the reason with this code; in these words.
#[must_use]
pub fn failed(code: &str, words: String) -> String {
    text(&Object::Connection {
        state: "refused",
        code: Some(code.to_owned()),
        text: words,
    })
}

fn text(object: &Object<'_>) -> String {
    json_text::line(object).unwrap_or_else(|cause| {
        tracing::error!("a line of JSON could not be written: {cause}");
        String::new()
    })
}
