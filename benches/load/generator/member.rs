//! One member: a connection of its own, from an address of its own.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};

use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use socket2::{Domain, Socket, Type};

use super::frames;
use super::messages::Cadence;
use crate::orders::Life;

/// How many addresses the members share (judgement: a port of each of them is free again before it
/// is needed).
const ADDRESSES: u32 = 250;

/// The receive buffer of a member who reads nothing, in bytes: the least that Linux gives. So the
/// server soon has what it cannot send.
const SMALL_BUFFER: usize = 2_304;

/// How often clocks are exchanged and health is reported without a word in the welcome.
const AS_BEFORE: Cadence = Cadence {
    clock_ms: 1_000,
    burst: 1,
    health_ms: 2_000,
};

/// How many exchanges follow each other after the welcome.
pub(super) const FIRST_BURST: u32 = 8;

/// How far a member has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// It has no connection, and none is begun.
    Away,
    /// The connection is being made.
    Connecting,
    /// It has asked for a WebSocket.
    Upgrading,
    /// It has sent its hello.
    Greeting,
    /// It has its welcome.
    Present,
}

/// What came of reading.
pub(super) enum Arrived<'a> {
    /// These bytes, and whether there may be more.
    Bytes(&'a [u8], bool),
    /// Nothing now.
    Nothing,
    /// The end.
    End(String),
}

/// A member.
#[derive(Debug)]
pub(super) struct Member {
    /// Its number among all members of the bench.
    pub(super) number: u32,
    /// Its room.
    pub(super) room: u32,
    /// What it does between commands.
    pub(super) life: Life,
    /// How far it has come.
    pub(super) phase: Phase,
    /// Which connection of its it is, so that what was planned for an earlier one is left.
    pub(super) session: u32,
    /// The last event it has.
    pub(super) rev: u64,
    /// The log that this rev is of; empty before the first welcome.
    pub(super) log: String,
    /// The number of its last command.
    pub(super) seq: u32,
    /// When the connection was begun.
    pub(super) connected_at: u64,
    /// When the hello was sent.
    pub(super) greeted_at: u64,
    /// Exchanges that are still to follow in this burst.
    pub(super) burst_left: u32,
    /// Waits since the last welcome.
    pub(super) waits: u32,
    cadence: Option<Cadence>,
    socket: Option<TcpStream>,
    /// The beginning of a frame.
    pub(super) rest: Vec<u8>,
    unsent: Vec<u8>,
}

impl Member {
    /// A member without a connection.
    pub(super) fn new(number: u32, room: u32, life: Life) -> Self {
        Self {
            number,
            room,
            life,
            phase: Phase::Away,
            session: 0,
            rev: 0,
            log: String::new(),
            seq: 0,
            connected_at: 0,
            greeted_at: 0,
            burst_left: 0,
            waits: 0,
            cadence: None,
            socket: None,
            rest: Vec::new(),
            unsent: Vec::new(),
        }
    }

    /// Its secret, with which it returns.
    pub(super) fn token(&self) -> String {
        format!("{:032x}", self.number + 1)
    }

    /// How often it exchanges clocks and reports.
    pub(super) fn cadence(&self) -> Cadence {
        let told = self.cadence.filter(|_| self.life != Life::WatchesAsBefore);
        told.unwrap_or(AS_BEFORE)
    }

    /// Takes the server's word for it, within what a client would believe.
    pub(super) fn obey(&mut self, told: Option<Cadence>) {
        self.cadence = told.map(|told| Cadence {
            clock_ms: told.clock_ms.clamp(250, 15_000),
            burst: told.burst.clamp(1, 16),
            health_ms: told.health_ms.clamp(500, 60_000),
        });
    }

    /// Begins a connection.
    pub(super) fn connect(
        &mut self,
        server: SocketAddr,
        registry: &Registry,
        token: Token,
        now: u64,
    ) -> std::io::Result<()> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        if self.life == Life::ReadsNothing {
            socket.set_recv_buffer_size(SMALL_BUFFER)?;
        }
        let host = u8::try_from(2 + self.number % ADDRESSES).unwrap_or(2);
        let own = SocketAddr::from((Ipv4Addr::new(127, 0, 0, host), 0));
        socket.bind(&own.into())?;
        match socket.connect(&server.into()) {
            Ok(()) => {}
            Err(error) if is_under_way(&error) => {}
            Err(error) => return Err(error),
        }
        socket.set_tcp_nodelay(true)?;
        let mut socket = TcpStream::from_std(socket.into());
        registry.register(&mut socket, token, Interest::READABLE | Interest::WRITABLE)?;
        self.socket = Some(socket);
        self.phase = Phase::Connecting;
        self.session += 1;
        self.connected_at = now;
        self.rest.clear();
        self.unsent.clear();
        Ok(())
    }

    /// Once the connection is made, asks for a WebSocket; whether it is made.
    pub(super) fn upgrade(&mut self, server: SocketAddr) -> std::io::Result<bool> {
        let Some(socket) = &self.socket else {
            return Ok(false);
        };
        if let Some(error) = socket.take_error()? {
            return Err(error);
        }
        if let Err(error) = socket.peer_addr() {
            return if error.kind() == ErrorKind::NotConnected {
                Ok(false)
            } else {
                Err(error)
            };
        }
        self.phase = Phase::Upgrading;
        self.put(frames::upgrade(&server.to_string()).as_bytes())?;
        Ok(true)
    }

    /// From now on only what arrives is told, not that something can be sent.
    pub(super) fn only_read(&mut self, registry: &Registry, token: Token) -> std::io::Result<()> {
        let Some(socket) = &mut self.socket else {
            return Ok(());
        };
        registry.reregister(socket, token, Interest::READABLE)
    }

    /// From now on nothing is read.
    pub(super) fn read_no_more(&mut self, registry: &Registry) -> std::io::Result<()> {
        let Some(socket) = &mut self.socket else {
            return Ok(());
        };
        registry.deregister(socket)
    }

    /// Reads once. Fewer bytes than the buffer has are all there are.
    pub(super) fn read<'a>(&mut self, buffer: &'a mut [u8]) -> Arrived<'a> {
        let Some(socket) = &mut self.socket else {
            return Arrived::Nothing;
        };
        let room = buffer.len();
        loop {
            return match socket.read(buffer) {
                Ok(0) => Arrived::End("closed".to_owned()),
                Ok(read) => Arrived::Bytes(buffer.get(..read).unwrap_or_default(), read == room),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) if error.kind() == ErrorKind::WouldBlock => Arrived::Nothing,
                Err(error) => Arrived::End(error.kind().to_string()),
            };
        }
    }

    /// Sends a text message.
    pub(super) fn send(&mut self, text: &str, scratch: &mut Vec<u8>) -> std::io::Result<()> {
        self.frame(frames::TEXT, text.as_bytes(), scratch)
    }

    /// Sends a frame.
    pub(super) fn frame(
        &mut self,
        kind: u8,
        payload: &[u8],
        scratch: &mut Vec<u8>,
    ) -> std::io::Result<()> {
        scratch.clear();
        let key = (self.number ^ self.seq ^ 0x5EED_1234).to_le_bytes();
        frames::write(scratch, kind, payload, key);
        self.put(scratch)
    }

    /// Sends bytes; what the socket does not take waits for the next call.
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let Some(socket) = &mut self.socket else {
            return Ok(());
        };
        if self.unsent.is_empty() {
            match socket.write(bytes) {
                Ok(sent) => self.unsent.extend(bytes.get(sent..).unwrap_or_default()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.unsent.extend(bytes),
                Err(error) => return Err(error),
            }
            return Ok(());
        }
        self.unsent.extend(bytes);
        match socket.write(&self.unsent) {
            Ok(sent) => drop(self.unsent.drain(..sent)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Closes the connection, if there is one.
    pub(super) fn close(&mut self) {
        self.socket = None;
        self.phase = Phase::Away;
    }
}

/// Whether a connection that does not block is being made.
fn is_under_way(error: &std::io::Error) -> bool {
    let raw = error.raw_os_error();
    error.kind() == ErrorKind::WouldBlock
        || raw == Some(rustix::io::Errno::INPROGRESS.raw_os_error())
}
