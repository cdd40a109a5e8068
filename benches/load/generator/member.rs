//! One member: a connection of its own, from an address of its own.

use std::net::{IpAddr, Ipv4Addr};

use mio::{Registry, Token};
use watchtogether::app::Backoff;
use watchtogether::protocol::cadence::Cadence;
use watchtogether::protocol::time::Span;

use super::frames;
use super::socket::{Arrived, Socket, Target};
use crate::clock;
use crate::orders::Life;

/// How many addresses the members share (judgement: a port of each of them is free again before it
/// is needed).
const ADDRESSES: u32 = 250;

/// How often clocks are exchanged and health is reported without a word in the welcome.
const AS_BEFORE: Cadence = Cadence {
    clock_ms: 1_000,
    burst: 1,
    health_ms: 2_000,
    return_ms: 0,
};

/// For how long a new client exchanges clocks in pairs each second, and how often, in microseconds
/// (`src/sync/pinging.rs`).
const SETTLING: u64 = 120_000_000;
const WHILE_SETTLING: (u32, u32) = (1_000, 2);

/// How many exchanges a client has after its welcome, and between two of a burst, in microseconds
/// (`src/sync/pinging.rs`).
const FIRST_BURST: u32 = 8;
const BURST_GAP: u64 = 80_000;

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
    /// Exchanges that are still to come in this burst, and when it began.
    burst_left: u32,
    burst_began: u64,
    /// When the last welcome came.
    pub(super) welcomed_at: u64,
    /// How it comes back: as a real client does.
    pub(super) backoff: Backoff,
    cadence: Option<Cadence>,
    socket: Option<Socket>,
    /// The beginning of a frame.
    pub(super) rest: Vec<u8>,
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
            burst_began: 0,
            welcomed_at: 0,
            backoff: Backoff::new(u64::from(number) << 32),
            cadence: None,
            socket: None,
            rest: Vec::new(),
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

    /// The burst after the welcome begins.
    pub(super) fn first_burst(&mut self, now: u64) {
        (self.burst_left, self.burst_began) = (FIRST_BURST, now);
    }

    /// An exchange takes place at this time: when the next one does.
    pub(super) fn next_exchange(&mut self, at: u64) -> u64 {
        let told = self.cadence();
        let settles =
            self.life == Life::WatchesAnew && at.saturating_sub(self.welcomed_at) < SETTLING;
        let (clock_ms, burst) = if settles {
            WHILE_SETTLING
        } else {
            (told.clock_ms, told.burst)
        };
        if self.burst_left == 0 {
            (self.burst_left, self.burst_began) = (burst, at);
        }
        self.burst_left -= 1;
        if self.burst_left > 0 {
            return at + BURST_GAP;
        }
        (self.burst_began + u64::from(clock_ms) * 1_000).max(at + BURST_GAP)
    }

    /// Takes the server's word for it, within what a client would believe.
    pub(super) fn obey(&mut self, told: Option<Cadence>) {
        self.cadence = told.map(Cadence::bounded);
        let cadence = self.cadence.unwrap_or_default();
        self.backoff.spread_over(cadence.return_within());
    }

    /// For how long its connection has held, if it was welcomed.
    pub(super) fn held(&self) -> Span {
        Span(i64::from(clock::since(self.welcomed_at, clock::now())))
    }

    /// Begins a connection.
    pub(super) fn connect(
        &mut self,
        target: &Target,
        registry: &Registry,
        token: Token,
        now: u64,
    ) -> std::io::Result<()> {
        let host = u8::try_from(2 + self.number % ADDRESSES).unwrap_or(2);
        let from = IpAddr::from(Ipv4Addr::new(127, 0, 0, host));
        let reads = self.life != Life::ReadsNothing;
        self.session += 1;
        self.rest.clear();
        self.connected_at = now;
        self.socket = Some(Socket::connect(target, from, reads, (registry, token))?);
        self.phase = Phase::Connecting;
        Ok(())
    }

    /// Once the connection is made, asks for a WebSocket; whether it is made.
    pub(super) fn upgrade(&mut self, target: &Target) -> std::io::Result<bool> {
        let Some(socket) = &mut self.socket else {
            return Ok(false);
        };
        if !socket.is_made()? {
            return Ok(false);
        }
        self.phase = Phase::Upgrading;
        socket.write(frames::upgrade(&target.server.to_string()).as_bytes())?;
        Ok(true)
    }

    /// Its connection, if it has one.
    pub(super) const fn socket(&mut self) -> Option<&mut Socket> {
        self.socket.as_mut()
    }

    /// Reads once.
    pub(super) fn read<'a>(&mut self, buffer: &'a mut [u8]) -> Arrived<'a> {
        match &mut self.socket {
            Some(socket) => socket.read(buffer),
            None => Arrived::Nothing,
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
        match &mut self.socket {
            Some(socket) => socket.write(scratch),
            None => Ok(()),
        }
    }

    /// Closes the connection, if there is one.
    pub(super) fn close(&mut self) {
        self.socket = None;
        self.phase = Phase::Away;
    }
}
