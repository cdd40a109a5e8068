//! A network between a client and a server: delays, jitter, outages. It keeps the order of the
//! bytes, and counts the messages of the WebSocket that it carries.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use rand::RngExt;

/// The delays of a network, uniformly distributed between a least and a most. Nothing is overtaken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Network {
    /// From the client to the server, in milliseconds.
    pub(crate) there: (f64, f64),
    /// From the server to the client, in milliseconds.
    pub(crate) back: (f64, f64),
}

impl Network {
    /// A network that adds no delay.
    pub(crate) const NONE: Self = Self {
        there: (0.0, 0.0),
        back: (0.0, 0.0),
    };
    /// A distant server: 70 to 130 ms each way.
    pub(crate) const FAR: Self = Self {
        there: (70.0, 130.0),
        back: (70.0, 130.0),
    };
    /// A distant server on a bad line: 50 to 150 ms each way.
    pub(crate) const UNEVEN: Self = Self {
        there: (50.0, 150.0),
        back: (50.0, 150.0),
    };
    /// 20 ms there, 120 ms back.
    pub(crate) const ASYMMETRIC: Self = Self {
        there: (20.0, 20.0),
        back: (120.0, 120.0),
    };
}

/// A running proxy, whose threads end with the bench.
#[derive(Debug, Clone)]
pub(crate) struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    hole: AtomicBool,
    up: Way,
    down: Way,
}

/// One direction of the proxy, as its threads see it.
#[derive(Debug, Default)]
struct Way {
    messages: AtomicU64,
    /// The longest delay since it was last marked, in microseconds.
    longest: AtomicU64,
}

/// Bytes on their way.
struct Parcel {
    due: Instant,
    bytes: Vec<u8>,
}

impl Proxy {
    /// Starts a proxy in front of the server at `target`.
    pub(crate) fn before(target: SocketAddr, network: Network) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback has a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let shared = Arc::new(Shared::default());
        let proxy = Self { address, shared };
        let carrier = proxy.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                carrier.carry(client, target, network);
            }
        });
        proxy
    }

    /// The address that a client connects to.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Holds everything back, or passes it on again. What was held back arrives late, as after an
    /// outage that TCP survives.
    pub(crate) fn black_hole(&self, on: bool) {
        self.shared.hole.store(on, Ordering::SeqCst);
    }

    /// How many messages have passed so far: to the server, and to the client.
    pub(crate) fn messages(&self) -> (u64, u64) {
        let read = |way: &Way| way.messages.load(Ordering::SeqCst);
        (read(&self.shared.up), read(&self.shared.down))
    }

    /// Starts to measure the longest delays from now on.
    pub(crate) fn mark(&self) {
        for way in [&self.shared.up, &self.shared.down] {
            way.longest.store(0, Ordering::SeqCst);
        }
    }

    /// The longest delay to the server since the last mark, in milliseconds.
    pub(crate) fn longest_there(&self) -> f64 {
        self.shared.up.longest_millis()
    }

    /// The longest delay to the client since the last mark, in milliseconds.
    pub(crate) fn longest_back(&self) -> f64 {
        self.shared.down.longest_millis()
    }

    fn carry(&self, client: TcpStream, target: SocketAddr, network: Network) {
        let Ok(server) = TcpStream::connect(target) else {
            return;
        };
        for stream in [&client, &server] {
            stream.set_nodelay(true).expect("a socket takes options");
        }
        let (Ok(from_client), Ok(from_server)) = (client.try_clone(), server.try_clone()) else {
            return;
        };
        self.way(from_client, server, network.there, true);
        self.way(from_server, client, network.back, false);
    }

    /// One direction: a thread reads, another writes when it is time.
    fn way(&self, from: TcpStream, to: TcpStream, delay: (f64, f64), up: bool) {
        // Few parcels may be on their way at once, so that a receiver that stops reading blocks the
        // sender.
        let (sender, parcels) = sync_channel(64);
        let shared = Arc::clone(&self.shared);
        thread::spawn(move || {
            let way = if up { &shared.up } else { &shared.down };
            read(from, &sender, delay, way);
        });
        let shared = Arc::clone(&self.shared);
        thread::spawn(move || write(to, &parcels, &shared.hole));
    }
}

fn read(mut from: TcpStream, parcels: &SyncSender<Parcel>, delay: (f64, f64), way: &Way) {
    let mut frames = Frames::default();
    let mut buffer = vec![0; 64 * 1024];
    let mut last = Instant::now();
    while let Ok(size) = from.read(&mut buffer) {
        let Some(bytes) = buffer.get(..size).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        way.messages.fetch_add(frames.take(bytes), Ordering::SeqCst);
        let millis = rand::rng().random_range(delay.0..=delay.1);
        let arrived = Instant::now();
        let due = arrived + Duration::from_secs_f64(millis / 1_000.0);
        last = due.max(last);
        way.longest
            .fetch_max(micros(last - arrived), Ordering::SeqCst);
        let bytes = bytes.to_vec();
        if parcels.send(Parcel { due: last, bytes }).is_err() {
            break;
        }
    }
}

fn write(mut to: TcpStream, parcels: &Receiver<Parcel>, hole: &AtomicBool) {
    while let Ok(parcel) = parcels.recv() {
        let wait = parcel.due.saturating_duration_since(Instant::now());
        if !wait.is_zero() {
            thread::sleep(wait);
        }
        while hole.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
        if to.write_all(&parcel.bytes).is_err() {
            break;
        }
    }
    // The other side may be gone already.
    let _gone = to.shutdown(std::net::Shutdown::Write);
}

impl Way {
    fn longest_millis(&self) -> f64 {
        Duration::from_micros(self.longest.load(Ordering::SeqCst)).as_secs_f64() * 1_000.0
    }
}

fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

/// Counts the data frames of a WebSocket (RFC 6455, section 5.2) after the HTTP head.
#[derive(Debug, Default)]
struct Frames {
    seen: Vec<u8>,
    open: bool,
    skip: usize,
}

impl Frames {
    /// Takes the next bytes, and returns how many messages began in them.
    fn take(&mut self, bytes: &[u8]) -> u64 {
        self.seen.extend_from_slice(bytes);
        if !self.open {
            let head = self.seen.windows(4).position(|four| four == b"\r\n\r\n");
            let Some(end) = head else {
                return 0;
            };
            self.open = true;
            self.seen.drain(..end + 4);
        }
        let mut messages = 0;
        loop {
            let skipped = self.skip.min(self.seen.len());
            self.seen.drain(..skipped);
            self.skip -= skipped;
            if self.skip > 0 {
                return messages;
            }
            let Some((opcode, whole)) = header(&self.seen) else {
                return messages;
            };
            self.skip = whole;
            messages += u64::from(matches!(opcode, 1 | 2));
        }
    }
}

/// The opcode and the whole length of the frame that begins here, if its header is complete.
fn header(bytes: &[u8]) -> Option<(u8, usize)> {
    let (first, second) = (*bytes.first()?, *bytes.get(1)?);
    let (size, extended) = match second & 0x7f {
        126 => (number(bytes.get(2..4)?), 2),
        127 => (number(bytes.get(2..10)?), 8),
        short => (usize::from(short), 0),
    };
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    Some((first & 0x0f, 2 + extended + mask + size))
}

fn number(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .fold(0, |number, byte| (number << 8) | usize::from(*byte))
}
