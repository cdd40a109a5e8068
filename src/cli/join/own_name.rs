//! What the member is called: as they say, as they were called before, or by their login name.

use crate::cli::config::JoinConfig;
use crate::cli::folders;
use crate::client;
use crate::protocol::text::{MemberName, TextError};
use crate::strings;
use crate::texts::language::Language;

/// What the member is called.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) struct OwnName {
    /// The name.
    pub(in crate::cli) name: MemberName,
    /// Whether it is the login name, because the member never gave one.
    pub(in crate::cli) is_guess: bool,
    /// What it was, if it was longer than names are and nobody typed it for this run.
    pub(in crate::cli) whole: Option<String>,
}

/// The member's name.
///
/// # Errors
/// The text that says why the given name is not a valid one.
pub(in crate::cli) fn of(language: Language, config: &JoinConfig) -> Result<OwnName, String> {
    if let Some(given) = &config.options.name {
        let name = given_name(language, given)?;
        return Ok(OwnName {
            name,
            is_guess: false,
            whole: None,
        });
    }
    let kept = folders::state().and_then(|folder| client::kept_name_text(&folder));
    let kept = kept.and_then(|text| fitted(&text, false));
    Ok(kept.unwrap_or_else(by_login))
}

/// Parses the given name, by the rules of `/nick`.
///
/// # Errors
/// The text that says why it is not a valid name.
fn given_name(language: Language, text: &str) -> Result<MemberName, String> {
    MemberName::parse(text).map_err(|why| strings::start::name(language, text, why))
}

/// The login name, made a valid name; but not `root`, which could be anybody.
fn by_login() -> OwnName {
    let login = whoami::username().unwrap_or_else(|cause| {
        tracing::debug!(%cause, "the system tells no login name");
        String::new()
    });
    let is_root = login.eq_ignore_ascii_case("root");
    let name = (!is_root).then(|| fitted(&login, true)).flatten();
    name.unwrap_or_else(|| OwnName {
        name: MemberName::nameless(),
        is_guess: true,
        whole: None,
    })
}

/// A text that nobody typed for this run, made a valid name; `None` if nothing of it can be one.
fn fitted(text: &str, is_guess: bool) -> Option<OwnName> {
    let name = MemberName::truncated(text)?;
    let is_long = matches!(
        MemberName::parse(text),
        Err(TextError::TooLong { .. } | TextError::TooWide { .. })
    );
    Some(OwnName {
        name,
        is_guess,
        whole: is_long.then(|| text.trim().to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn only_a_name_that_is_too_long_is_remembered_as_it_was() {
        let long = "bartholomew.featherstonehaugh";
        let own = fitted(long, true).unwrap();
        assert_eq!(own.name.as_str(), "bartholomew.featherstone");
        assert_eq!(own.whole.as_deref(), Some(long));
        assert_eq!(
            fitted(&format!("{long}\n"), false).unwrap().whole,
            own.whole
        );
        for short in ["ann", "Лена 🍿\n", "ann:lee"] {
            assert_eq!(fitted(short, false).unwrap().whole, None, "{short}");
        }
        assert_eq!(fitted("42", true), None);
    }
}
