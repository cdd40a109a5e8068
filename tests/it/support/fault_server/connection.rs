//! The connections: requests are read one after another, and answered according to the faults.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::sleep;

use super::fault::Fault;
use super::reply::{self, Answer, Reply};
use super::rules::{Rules, Seen};

/// The most that is written at once, in bytes: faults are checked in between.
const PIECE: usize = 16 * 1024;

/// How long a throttled body pauses between two pieces.
const BREATH: Duration = Duration::from_millis(50);

type Stream = BufReader<TcpStream>;

/// Accepts connections while the server is not away.
pub(super) async fn accept(listener: TcpListener, rules: Arc<Rules>) {
    let address = listener.local_addr().expect("a listener has an address");
    let mut listener = Some(listening(listener));
    let mut changes = rules.changes();
    loop {
        if rules.gone() {
            listener = None;
            if changes.changed().await.is_err() {
                return;
            }
            continue;
        }
        let open = listener.take();
        let open = open.unwrap_or_else(|| {
            // The port was ours, and is in no range that the system assigns ports from.
            listening(TcpListener::bind(address).expect("the port is still free"))
        });
        tokio::select! {
            taken = open.accept() => {
                if let Ok((stream, _)) = taken {
                    tokio::spawn(serve(stream, Arc::clone(&rules)));
                }
            }
            ended = changes.changed() => {
                if ended.is_err() {
                    return;
                }
            }
        }
        listener = Some(open);
    }
}

fn listening(listener: TcpListener) -> tokio::net::TcpListener {
    listener
        .set_nonblocking(true)
        .and_then(|()| tokio::net::TcpListener::from_std(listener))
        .expect("a listener can be waited for")
}

/// Serves a connection's requests until either side ends it.
async fn serve(stream: TcpStream, rules: Arc<Rules>) {
    // Pieces must arrive as they are sent.
    let _kept_as_it_is = stream.set_nodelay(true);
    let mut stream = BufReader::new(stream);
    let mut changes = rules.changes();
    loop {
        let request = tokio::select! {
            request = request(&mut stream) => request,
            () = until_gone(&rules, &mut changes) => return,
        };
        let Some((head_only, seen)) = request.ok().flatten() else {
            return;
        };
        rules.note(seen.clone());
        if rules.faults(&seen).contains(&Fault::Away) {
            return;
        }
        match reply::to(&rules, &seen) {
            Reply::Closed => return,
            Reply::Never => {
                until_off(&rules, &seen, &Fault::Hangs, &mut changes).await;
                return;
            }
            Reply::Sent(mut answer) => {
                if head_only {
                    answer.body.clear();
                }
                let closes = answer.closes;
                let sent = send(&mut stream, answer, &rules, &seen).await;
                if sent.is_err() || closes {
                    return;
                }
            }
        }
    }
}

/// Reads a request's head; `None` at the connection's end.
async fn request(stream: &mut Stream) -> io::Result<Option<(bool, Seen)>> {
    let mut first = String::new();
    if stream.read_line(&mut first).await? == 0 {
        return Ok(None);
    }
    let mut words = first.split_whitespace();
    let head_only = words.next() == Some("HEAD");
    let target = words.next().unwrap_or_default();
    let path = target.split('?').next().unwrap_or_default();
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut seen = Seen {
        path: percent_decode_str(path).decode_utf8_lossy().into_owned(),
        agent: String::new(),
        range: None,
    };
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || line.trim().is_empty() {
            return Ok(Some((head_only, seen)));
        }
        if let Some((name, value)) = line.split_once(':') {
            let value = value.trim().to_owned();
            match name.to_ascii_lowercase().as_str() {
                "user-agent" => seen.agent = value,
                "range" => seen.range = Some(value),
                _ => {}
            }
        }
    }
}

/// Sends an answer, as fast and as far as the faults permit.
async fn send(stream: &mut Stream, answer: Answer, rules: &Rules, seen: &Seen) -> io::Result<()> {
    let mut changes = rules.changes();
    write(stream, answer.head.as_bytes(), rules, &mut changes).await?;
    let mut sent = 0;
    while sent < answer.body.len() {
        let mut piece = PIECE.min(answer.body.len() - sent);
        let mut rest = Duration::ZERO;
        for fault in rules.faults(seen) {
            match fault {
                Fault::Away => return Err(io::ErrorKind::ConnectionAborted.into()),
                Fault::CutAfter(bytes) if sent >= bytes => {
                    return Err(io::ErrorKind::ConnectionAborted.into());
                }
                Fault::CutAfter(bytes) => piece = piece.min(bytes - sent),
                Fault::StallsAt(byte) => piece = piece.min(byte.saturating_sub(answer.from + sent)),
                Fault::Throttled(bytes) => {
                    let share = bytes * usize::try_from(BREATH.as_millis()).unwrap_or(1) / 1_000;
                    piece = piece.min(share.max(1));
                    rest = BREATH;
                }
                _ => {}
            }
        }
        if piece == 0 {
            // The body stalls until a fault changes.
            let gone = changes.changed().await.is_err();
            if gone {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            continue;
        }
        let bytes = &answer.body[sent..sent + piece];
        write(stream, bytes, rules, &mut changes).await?;
        sent += piece;
        if !rest.is_zero() {
            sleep(rest).await;
        }
    }
    Ok(())
}

/// Writes, unless the server goes away meanwhile.
async fn write(
    stream: &mut Stream,
    bytes: &[u8],
    rules: &Rules,
    changes: &mut watch::Receiver<()>,
) -> io::Result<()> {
    tokio::select! {
        written = stream.get_mut().write_all(bytes) => written,
        () = until_gone(rules, changes) => Err(io::ErrorKind::ConnectionAborted.into()),
    }
}

/// Returns when the server goes away for everybody, or ends.
async fn until_gone(rules: &Rules, changes: &mut watch::Receiver<()>) {
    while !rules.gone() {
        if changes.changed().await.is_err() {
            return;
        }
    }
}

/// Returns when a fault of a request is switched off, or the server goes away.
async fn until_off(rules: &Rules, seen: &Seen, fault: &Fault, changes: &mut watch::Receiver<()>) {
    while rules.faults(seen).contains(fault) && !rules.gone() {
        if changes.changed().await.is_err() {
            return;
        }
    }
}
