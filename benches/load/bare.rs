//! The least that a server of this protocol can do, as a measure of the machine: beside it stand the
//! program's figures for joins, for an event to all of a room, and for clock exchanges.
//!
//! As many threads as there are processors share the connections. Whoever says hello is in, a clock
//! exchange is answered, and a command is written to everybody, by one loop of each thread. There are
//! no rooms, no tasks and no timers; nothing is checked and nothing is kept.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token, Waker};
use serde_json::{Value, json};

use crate::clock;

/// The token of what other threads send.
const ORDERS: Token = Token(usize::MAX);

/// How much is read at once, in bytes.
const BUFFER: usize = 64 * 1024;

/// What a thread is sent.
enum Order {
    /// A connection to serve.
    Serve(std::net::TcpStream),
    /// A frame for all of its members.
    Write(Arc<Vec<u8>>),
}

/// The way to a thread.
#[derive(Clone)]
struct Post {
    orders: Sender<Order>,
    waker: Arc<Waker>,
}

impl Post {
    fn send(&self, order: Order) {
        self.orders.send(order).expect("the threads run on");
        self.waker.wake().expect("a thread can be woken");
    }
}

/// A connection, and what came of an unfinished frame or request.
struct Connection {
    stream: TcpStream,
    rest: Vec<u8>,
    is_upgraded: bool,
    is_member: bool,
}

/// One of the threads.
struct Worker {
    poll: Poll,
    orders: Receiver<Order>,
    connections: Vec<Option<Connection>>,
    /// The ways to all other threads.
    others: Vec<Post>,
    last_event: Arc<AtomicU64>,
}

/// Serves until the process is ended.
pub(crate) fn serve(listen: SocketAddr) -> std::io::Result<()> {
    let listener = std::net::TcpListener::bind(listen)?;
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let mut ways = Vec::new();
    let mut ends = Vec::new();
    for _ in 0..threads {
        let poll = Poll::new()?;
        let (orders, ordered) = channel();
        let waker = Arc::new(Waker::new(poll.registry(), ORDERS)?);
        ways.push(Post { orders, waker });
        ends.push((poll, ordered));
    }
    let last_event = Arc::new(AtomicU64::new(0));
    for (own, (poll, orders)) in ends.into_iter().enumerate() {
        let others = ways.iter().enumerate().filter(|(index, _)| *index != own);
        let mut worker = Worker {
            poll,
            orders,
            connections: Vec::new(),
            others: others.map(|(_, post)| post.clone()).collect(),
            last_event: Arc::clone(&last_event),
        };
        thread::spawn(move || worker.run());
    }
    println!("listening on http://{}", listener.local_addr()?);
    // There are none, but the bench waits for the line.
    println!("metrics on http://127.0.0.1:9/metrics");
    for (stream, post) in listener.incoming().zip(ways.iter().cycle()) {
        post.send(Order::Serve(stream?));
    }
    Ok(())
}

impl Worker {
    fn run(&mut self) {
        let mut events = Events::with_capacity(1_024);
        let mut buffer = vec![0; BUFFER];
        loop {
            self.poll.poll(&mut events, None).expect("it can be waited");
            let mut broadcasts = Vec::new();
            for event in &events {
                if event.token() == ORDERS {
                    while let Ok(order) = self.orders.try_recv() {
                        match order {
                            Order::Serve(stream) => self.add(stream).expect("a connection"),
                            Order::Write(frame) => broadcasts.push(frame),
                        }
                    }
                } else if let Some(place) = self.connections.get_mut(event.token().0)
                    && let Some(connection) = place
                {
                    match connection.on_ready(&mut buffer, &self.last_event) {
                        Ok(None) => {}
                        Ok(Some(frame)) => {
                            let frame = Arc::new(frame);
                            for other in &self.others {
                                other.send(Order::Write(Arc::clone(&frame)));
                            }
                            broadcasts.push(frame);
                        }
                        Err(_) => *place = None,
                    }
                }
            }
            for frame in broadcasts {
                let members = self.connections.iter_mut().flatten();
                for member in members.filter(|it| it.is_member) {
                    // It takes a few hundred bytes, and its end shows when it is read.
                    let _gone = member.stream.write(&frame);
                }
            }
        }
    }

    fn add(&mut self, stream: std::net::TcpStream) -> std::io::Result<()> {
        stream.set_nonblocking(true)?;
        stream.set_nodelay(true)?;
        let mut stream = TcpStream::from_std(stream);
        let token = Token(self.connections.len());
        self.poll
            .registry()
            .register(&mut stream, token, Interest::READABLE)?;
        self.connections.push(Some(Connection {
            stream,
            rest: Vec::new(),
            is_upgraded: false,
            is_member: false,
        }));
        Ok(())
    }
}

impl Connection {
    /// Reads once, answers what came, and returns the frame of a command for everybody.
    fn on_ready(
        &mut self,
        buffer: &mut [u8],
        last_event: &AtomicU64,
    ) -> std::io::Result<Option<Vec<u8>>> {
        let read = match self.stream.read(buffer) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            read => read?,
        };
        self.rest.extend_from_slice(&buffer[..read]);
        if !self.is_upgraded {
            return self.answer_request().map(|()| None);
        }
        let mut broadcast = None;
        while let Some((message, used)) = first_message(&self.rest) {
            self.rest.drain(..used);
            let answer = match message["type"].as_str() {
                Some("hello") => {
                    self.is_member = true;
                    json!({
                        "type": "welcome", "log": "bare", "catch_up": { "state": { "rev": 0 } },
                        "cadence": { "clock_ms": 3_000, "burst": 2, "health_ms": 10_000 },
                    })
                }
                // The fields are in the order of the program's.
                Some("ping") => {
                    let (t0, now) = (&message["t0"], clock::now());
                    let pong = format!(r#"{{"type":"pong","t0":{t0},"t1":{now},"t2":{now}}}"#);
                    self.stream.write_all(&frame(pong.as_bytes()))?;
                    continue;
                }
                Some("command") => {
                    let rev = last_event.fetch_add(1, Ordering::Relaxed) + 1;
                    let event = json!({
                        "type": "events",
                        "events": [{ "rev": rev, "at": clock::now(), "event": message["command"] }],
                    });
                    broadcast = Some(frame(event.to_string().as_bytes()));
                    json!({ "type": "ok", "seq": message["seq"], "rev": rev })
                }
                _ => continue,
            };
            self.stream
                .write_all(&frame(answer.to_string().as_bytes()))?;
        }
        Ok(broadcast)
    }

    /// Answers a request once all of it is there: for its health, or for a WebSocket.
    fn answer_request(&mut self) -> std::io::Result<()> {
        if !self.rest.ends_with(b"\r\n\r\n") {
            return Ok(());
        }
        self.is_upgraded = !self.rest.starts_with(b"GET /healthz ");
        self.rest.clear();
        self.stream.write_all(if self.is_upgraded {
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"
        } else {
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        })
    }
}

/// The first message in some bytes, and how many of them its frame takes; `None` if it is not whole.
fn first_message(bytes: &[u8]) -> Option<(Value, usize)> {
    let (head, length) = match bytes.get(1)? & 0x7f {
        126 => {
            let long = bytes.get(2..4)?.try_into().ok()?;
            (4, usize::from(u16::from_be_bytes(long)))
        }
        short => (2, usize::from(short)),
    };
    let key = bytes.get(head..head + 4)?;
    let masked = bytes.get(head + 4..head + 4 + length)?;
    let text: Vec<u8> = masked
        .iter()
        .zip(key.iter().cycle())
        .map(|(byte, key)| byte ^ key)
        .collect();
    // A pong of the WebSocket is no message.
    let message = serde_json::from_slice(&text).unwrap_or_default();
    Some((message, head + 4 + length))
}

/// A text frame, of less than 64 KiB.
fn frame(text: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x81];
    match u8::try_from(text.len()) {
        Ok(short) if short < 126 => frame.push(short),
        _ => {
            frame.push(126);
            let long = u16::try_from(text.len()).expect("less than 64 KiB");
            frame.extend(long.to_be_bytes());
        }
    }
    frame.extend_from_slice(text);
    frame
}
