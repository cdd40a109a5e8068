//! Asks the server for its health meanwhile, as monitoring does, over a connection that is kept.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::server::millis;
use crate::stats::quantile;

/// Between the times at which two requests are due. One that cannot be sent then, since the one before
/// has no answer yet, counts from then all the same: else a server that hangs would be asked less often.
const EVERY: Duration = Duration::from_millis(20);

/// How long an answer may take; one that takes longer counts as infinite.
const ANSWERED_WITHIN: Duration = Duration::from_secs(5);

/// A thread that asks until it is stopped.
pub(crate) struct Probe {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Vec<f64>>,
}

impl Probe {
    /// Begins to ask.
    pub(crate) fn start(server: SocketAddr) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut times = Vec::new();
            let mut connection = None;
            let mut due = Instant::now();
            while !stopped.load(Ordering::Relaxed) {
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                let time = if ask(&mut connection, server).is_ok() {
                    millis(due.elapsed())
                } else {
                    connection = None;
                    f64::INFINITY
                };
                times.push(time);
                due += EVERY;
            }
            times
        });
        Self { stop, thread }
    }

    /// Stops, and returns the 99th percentile of the answers in milliseconds.
    pub(crate) fn p99(self) -> f64 {
        self.stop.store(true, Ordering::Relaxed);
        let times = self.thread.join().expect("the probe ends");
        quantile(&times, 0.99)
    }
}

/// One request; the answer's status is 200.
fn ask(connection: &mut Option<TcpStream>, server: SocketAddr) -> std::io::Result<()> {
    if connection.is_none() {
        let stream = TcpStream::connect_timeout(&server, ANSWERED_WITHIN)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWERED_WITHIN))?;
        *connection = Some(stream);
    }
    let Some(stream) = connection else {
        return Err(ErrorKind::NotConnected.into());
    };
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {server}\r\n\r\n")?;
    let mut answer = [0; 2_048];
    // It is one small packet.
    let read = stream.read(&mut answer)?;
    let answer = answer.get(..read).unwrap_or_default();
    if answer.starts_with(b"HTTP/1.1 200 ") {
        Ok(())
    } else {
        Err(ErrorKind::InvalidData.into())
    }
}
