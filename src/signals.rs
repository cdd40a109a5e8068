//! The signals of the system: those that ask this process to end, and the one that stops it.
//!
//! A server listens for those that people and service managers send. A client listens for every
//! signal that would end it, also one that a script sends by mistake: ended by the system, it
//! would leave the terminal as its screen needs it. `KILL` cannot be caught. `SEGV`, `BUS`, `ILL`
//! and `FPE` are faults of the program itself, after which it cannot go on, so they end it.

use std::io;

#[cfg(unix)]
use std::future::poll_fn;
#[cfg(unix)]
use std::task::Poll;
#[cfg(unix)]
use std::time::Duration;

#[cfg(unix)]
use rustix::process::Signal as Number;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The signals that end a server: Ctrl-C, what `kill` and service managers send, Ctrl-\.
#[cfg(unix)]
const OF_SERVER: [Number; 3] = [Number::INT, Number::TERM, Number::QUIT];

/// Besides Ctrl-C, the signals that people and systems send so that a program ends, and those
/// whose default action it is on Linux and on the BSDs (signal(7), sigaction(2)).
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

/// Listens for the signals that ask this process to end.
#[derive(Debug)]
pub(crate) struct EndSignals {
    #[cfg(unix)]
    ending: Vec<(i32, Signal)>,
}

#[cfg(unix)]
impl EndSignals {
    /// Begins to listen for the signals that end a server; from here on they do not end the
    /// process by themselves.
    ///
    /// # Errors
    /// If the system does not let us listen for one of them.
    pub(crate) fn of_server() -> io::Result<Self> {
        let ending = OF_SERVER.map(Number::as_raw).map(|number| {
            let signal = signal(SignalKind::from_raw(number))?;
            Ok((number, signal))
        });
        let ending = ending.into_iter().collect::<io::Result<_>>()?;
        Ok(Self { ending })
    }

    /// Begins to listen for every signal that would end a client; from here on they do not end
    /// the process by themselves.
    ///
    /// # Errors
    /// If the system does not let us listen for Ctrl-C, or for any of them.
    pub(crate) fn of_client() -> io::Result<Self> {
        let interrupt = SignalKind::interrupt();
        let mut ending = vec![(interrupt.as_raw_value(), signal(interrupt)?)];
        for number in numbers() {
            match signal(SignalKind::from_raw(number)) {
                Ok(signal) => ending.push((number, signal)),
                // This system has no such signal, or needs it for itself.
                Err(cause) => tracing::debug!(number, "a signal cannot be listened for: {cause}"),
            }
        }
        Ok(Self { ending })
    }

    /// Waits for the next of them and returns its name, such as `SIGTERM`. Cancel safe.
    pub(crate) async fn next(&mut self) -> String {
        let number = poll_fn(|context| {
            let mut came = None;
            // Each is polled, so that each wakes us.
            for (number, signal) in &mut self.ending {
                if signal.poll_recv(context).is_ready() {
                    came = Some(*number);
                }
            }
            came.map_or(Poll::Pending, Poll::Ready)
        })
        .await;
        name(number)
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signatures as on Unix")]
impl EndSignals {
    /// Begins to listen.
    pub(crate) fn of_server() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Begins to listen.
    pub(crate) fn of_client() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next Ctrl-C. Cancel safe.
    pub(crate) async fn next(&mut self) -> String {
        if let Err(cause) = tokio::signal::ctrl_c().await {
            tracing::warn!("Ctrl-C cannot be listened for: {cause}");
            std::future::pending::<()>().await;
        }
        "Ctrl-C".to_owned()
    }
}

/// Listens for the signal that asks a server to read its settings again.
#[derive(Debug)]
pub(crate) struct ReloadSignal {
    #[cfg(unix)]
    hangups: Signal,
}

impl ReloadSignal {
    /// Begins to listen; from here on SIGHUP does not end the process.
    ///
    /// # Errors
    /// If the system does not let us listen for it.
    #[cfg_attr(
        not(unix),
        expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")
    )]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            hangups: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next one. Cancel safe.
    pub(crate) async fn next(&mut self) {
        #[cfg(unix)]
        if self.hangups.recv().await.is_some() {
            return;
        }
        std::future::pending::<()>().await;
    }
}

/// Stops the whole process group, as the terminal itself does on Ctrl-Z, and returns once it was
/// continued. A group without a shell that could continue it is not stopped (the system throws
/// the signal away), and this returns soon after.
///
/// # Errors
/// If the signal cannot be sent.
#[cfg(unix)]
pub(crate) async fn stop_process_group() -> io::Result<()> {
    // How long a signal to ourselves may take to stop us, on a busy machine (judgement). While
    // we are stopped no time of ours passes: the signal that continues us is there first.
    const STOPS_WITHIN: Duration = Duration::from_millis(500);
    let mut continued = signal(SignalKind::from_raw(Number::CONT.as_raw()))?;
    rustix::process::kill_current_process_group(Number::TSTP)?;
    if tokio::time::timeout(STOPS_WITHIN, continued.recv())
        .await
        .is_err()
    {
        tracing::debug!("the process was not stopped");
    }
    Ok(())
}

/// The numbers of the signals that end a client, besides Ctrl-C.
#[cfg(unix)]
fn numbers() -> impl Iterator<Item = i32> {
    let named = ENDING.iter().map(|number| number.as_raw());
    #[cfg(target_os = "linux")]
    return named.chain(REAL_TIME);
    #[cfg(not(target_os = "linux"))]
    named
}

/// The name of a signal, as manuals write those that people know.
#[cfg(unix)]
fn name(number: i32) -> String {
    let known = [
        (Number::INT, "SIGINT"),
        (Number::TERM, "SIGTERM"),
        (Number::QUIT, "SIGQUIT"),
        (Number::HUP, "SIGHUP"),
    ];
    let found = known.iter().find(|(known, _)| known.as_raw() == number);
    found.map_or_else(
        || format!("signal {number}"),
        |(_, name)| (*name).to_owned(),
    )
}
