//! The signals that ask the program to end: Ctrl-C, a `kill`, a closed terminal.
//!
//! Every signal that would end the process counts, also one that a script sends by mistake: a
//! client that the system ends leaves the terminal in raw mode. `KILL` cannot be caught. `SEGV`,
//! `BUS`, `ILL` and `FPE` tell of faults of the program itself, which cannot go on after them, so
//! they end it.

use std::io;

#[cfg(unix)]
use std::future::poll_fn;
#[cfg(unix)]
use std::task::Poll;

#[cfg(unix)]
use rustix::process::Signal as Number;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Besides Ctrl-C, the signals that people and systems send so that a program ends, and those
/// whose usual effect it is on Linux and on the BSDs (signal(7), sigaction(2)).
#[cfg(unix)]
const ENDING: &[Number] = &[
    Number::TERM,
    Number::HUP,
    Number::QUIT,
    Number::ABORT,
    Number::USR1,
    Number::USR2,
    Number::ALARM,
    Number::VTALARM,
    Number::PROF,
    Number::XCPU,
    Number::SYS,
    Number::TRAP,
    // The BSDs do not have the first two, and ignore the third.
    #[cfg(target_os = "linux")]
    Number::POWER,
    #[cfg(all(
        target_os = "linux",
        not(any(
            target_arch = "mips",
            target_arch = "mips32r6",
            target_arch = "mips64",
            target_arch = "mips64r6",
            target_arch = "sparc",
            target_arch = "sparc64",
        ))
    ))]
    Number::STKFLT,
    #[cfg(target_os = "linux")]
    Number::IO,
];

/// The real-time signals of Linux, which end a process too (signal(7)). The C library keeps
/// the lower two to itself, and some libraries a third, which is then left out.
#[cfg(target_os = "linux")]
const REAL_TIME: std::ops::RangeInclusive<i32> = 34..=64;

/// Listens for the signals that ask the program to end.
#[derive(Debug)]
pub(super) struct TerminationSignals {
    #[cfg(unix)]
    ending: Vec<Signal>,
}

impl TerminationSignals {
    /// Begins to listen; from here on the signals do not end the process by themselves.
    ///
    /// # Errors
    /// If the system does not let us listen for Ctrl-C, or for any of them.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        let mut ending = vec![signal(SignalKind::interrupt())?];
        for number in numbers() {
            match signal(SignalKind::from_raw(number)) {
                Ok(signal) => ending.push(signal),
                // This system has no such signal, or needs it for itself.
                Err(cause) => tracing::debug!(number, "a signal cannot be listened for: {cause}"),
            }
        }
        Ok(Self { ending })
    }

    /// Begins to listen.
    ///
    /// # Errors
    /// None on this system.
    #[cfg(not(unix))]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next one. Cancel safe.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) {
        poll_fn(|context| {
            let mut came = false;
            // Each is asked, so that each wakes us.
            for signal in &mut self.ending {
                came |= signal.poll_recv(context).is_ready();
            }
            if came { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Waits for the next one. Cancel safe.
    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) {
        if let Err(cause) = tokio::signal::ctrl_c().await {
            tracing::warn!("Ctrl-C cannot be listened for: {cause}");
            std::future::pending::<()>().await;
        }
    }
}

/// The numbers of the signals that end a process here.
#[cfg(unix)]
fn numbers() -> impl Iterator<Item = i32> {
    let named = ENDING.iter().map(|number| number.as_raw());
    #[cfg(target_os = "linux")]
    return named.chain(REAL_TIME);
    #[cfg(not(target_os = "linux"))]
    named
}
