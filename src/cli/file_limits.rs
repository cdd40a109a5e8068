//! The limit of what a process may write into a file.

use super::complain;
use crate::texts::language::Language;
use crate::texts::{system, tr};

/// Makes a write beyond the file size limit (`ulimit -f`) fail like any other, instead of killing
/// the process silently.
pub(super) fn outlive(language: Language) {
    let number = rustix::process::Signal::XFSZ.as_raw();
    // The flag is never read: catching the signal is enough.
    if let Err(cause) = signal_hook::flag::register(number, Arc::default()) {
        let warning = tr!(
            language,
            "cli-file-limit",
            why = system::error(language, &cause)
        );
        complain(format_args!("watchtogether: {warning}"));
    }
}
