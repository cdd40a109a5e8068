//! The limit of what a process may write into a file.

#[cfg(unix)]
use super::complain;
use crate::texts::language::Language;
#[cfg(unix)]
use crate::texts::{system, tr};

/// Makes a write beyond the file size limit (`ulimit -f`) fail like any other, instead of killing
/// the process silently.
#[cfg(unix)]
pub(super) fn outlive(language: Language) {
    let number = rustix::process::Signal::XFSZ.as_raw();
    // The flag is never read: catching the signal is enough.
    if let Err(cause) = signal_hook::flag::register(number, std::sync::Arc::default()) {
        let warning = tr!(
            language,
            "cli-file-limit",
            why = system::error(language, &cause)
        );
        complain(format_args!("watchtogether: {warning}"));
    }
}

/// Nothing, where there is no such limit.
#[cfg(not(unix))]
pub(super) const fn outlive(_: Language) {}
