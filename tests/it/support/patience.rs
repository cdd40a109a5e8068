//! How long tests wait, and the one way to wait for what no message announces. Tests within the
//! crate use this file too.

use std::time::{Duration, Instant};

/// How long a test waits for anything on a busy machine before it fails. Nothing depends on it but
/// how late a failure is noticed.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// How long to leave others the processor before the same question is asked again.
const PAUSE: Duration = Duration::from_millis(20);

/// Repeats `question` until it returns something; panics after [`PATIENCE`].
pub(crate) fn until<T>(what: &str, question: impl FnMut() -> Option<T>) -> T {
    in_time(question).unwrap_or_else(|| panic!("waited in vain: {what}"))
}

/// The same, but `None` after [`PATIENCE`].
pub(crate) fn in_time<T>(mut question: impl FnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        let answer = question();
        if answer.is_some() || begun.elapsed() > PATIENCE {
            return answer;
        }
        std::thread::sleep(PAUSE);
    }
}
