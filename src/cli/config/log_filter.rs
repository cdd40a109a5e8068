//! What a log level means as a filter, and which words are none.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use crate::protocol::text::nearest;

/// What is never logged but on request: a library's errors of certificates, which the client says in
/// its own words.
const QUIET: &str = "rustls_platform_verifier=off";

/// The name of this program's part of a filter.
const OURS: &str = "watchtogether";

/// The words for levels.
const LEVELS: [&str; 6] = ["error", "warn", "info", "debug", "trace", "off"];

/// A text that is neither a level nor a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InvalidFilter {
    /// The word that was probably meant where one is wrong.
    pub(super) nearest: Option<&'static str>,
}

/// The filter for a level, which speaks of this program; other crates stay at `warn`. What is no
/// level is taken for a filter.
///
/// # Errors
/// [`InvalidFilter`] if it is none. The filter's own grammar takes any word for the name of a module
/// of which everything is logged; here such a word has to be one of this program's modules, and
/// those of others are written with a level.
pub(super) fn of(text: &str) -> Result<String, InvalidFilter> {
    match text.parse::<LevelFilter>() {
        Ok(level) if level <= LevelFilter::WARN => return Ok(format!("{level},{QUIET}")),
        Ok(level) => return Ok(format!("warn,{QUIET},{OURS}={level}")),
        Err(_) => {}
    }
    let fault = directives(text).into_iter().find_map(fault);
    match fault {
        Some(nearest) => Err(InvalidFilter { nearest }),
        None if EnvFilter::try_new(text).is_ok() => Ok(text.to_owned()),
        None => Err(InvalidFilter { nearest: None }),
    }
}

/// The parts of a filter: they are separated by commas, but for those in the brackets of a span.
fn directives(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|c| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    })
    .map(str::trim)
    .collect()
}

/// What is wrong with a part of a filter, as the word that was probably meant, if one is near.
#[expect(
    clippy::option_option,
    reason = "nothing is wrong, or something is, with or without a suggestion"
)]
fn fault(directive: &str) -> Option<Option<&'static str>> {
    if directive.is_empty() || directive.contains('[') {
        return None;
    }
    let (target, level) = match directive.split_once('=') {
        Some((target, level)) => (Some(target), Some(level)),
        None if directive.parse::<LevelFilter>().is_ok() => (None, Some(directive)),
        None => (Some(directive), None),
    };
    if let Some(level) = level
        && level.parse::<LevelFilter>().is_err()
    {
        return Some(nearest(&level.to_lowercase(), LEVELS));
    }
    let target = target?;
    let of_crate = target.split("::").next().unwrap_or_default();
    if of_crate == OURS {
        return None;
    }
    if let Some(meant) = nearest(of_crate, [OURS]) {
        return Some(Some(meant));
    }
    // The name of another crate's module alone could as well be a level that is misspelled.
    level
        .is_none()
        .then(|| nearest(&target.to_lowercase(), LEVELS))
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_whole_grammar_of_filters_is_read() {
        for text in [
            "hyper=debug",
            "info,hyper::client=trace",
            "watchtogether::server",
            "watchtogether[join{room=7}]=debug",
            "[join]=trace",
            "off",
            "INFO",
        ] {
            assert!(of(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_word_that_is_no_level_is_refused_with_what_was_meant() {
        for (text, meant) in [
            ("nonsense", None),
            ("debgu", Some("debug")),
            ("wran", Some("warn")),
            ("info,nonsense", None),
            ("watchtogether=loud", None),
            ("watchtogether=inof", Some("info")),
            ("watchtogehter=debug", Some("watchtogether")),
            ("watchtogther::server", Some("watchtogether")),
        ] {
            let fault = of(text).expect_err(text);
            assert_eq!(fault.nearest, meant, "{text}");
        }
    }
}
