//! What a log level means as a filter.

use tracing_subscriber::filter::LevelFilter;

/// What is never logged but on request: a library's errors of certificates, which the client says in
/// its own words.
const QUIET: &str = "rustls_platform_verifier=off";

/// The filter for a level, which speaks of this program; other crates stay at `warn`. What is no
/// level is taken for a filter.
pub(super) fn of(level: &str) -> String {
    match level.parse::<LevelFilter>() {
        Ok(level) if level <= LevelFilter::WARN => format!("{level},{QUIET}"),
        Ok(level) => format!("warn,{QUIET},watchtogether={level}"),
        Err(_) => level.to_owned(),
    }
}
