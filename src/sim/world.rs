//! Everything that moves in virtual time: the server, the clients, and what travels between
//! them.

use std::collections::BTreeMap;

use super::client::{Client, Kind};
use super::incidents::{Incident, What};
use super::link::{micros, seconds};
use super::machine::Machine;
use super::random::Random;
use super::server::{ConnectionId, Down, Server};
use crate::app::effect::Effect;
use crate::app::event::{CloseReason, Disconnect, Event};
use crate::protocol::member::LeaveCause;
use crate::protocol::time::RoomTime;
use crate::room::timeline::Timeline;
use crate::sync::player::{PlayerCommand, PlayerEvent, ProcessState};
use crate::system_fault::SystemFault;
use crate::wire::message::ClientMsg;

/// Room time at true time zero, in microseconds.
const ROOM_ZERO: i64 = 1_760_000_000_000_000;

/// How long a player takes to start, in microseconds.
const PLAYER_STARTS: i64 = 300_000;

/// Something that arrives or happens later.
#[derive(Debug)]
pub(crate) enum Parcel {
    /// A player's report to its client.
    Player(usize, PlayerEvent),
    /// The client's tokens were read from its disk.
    Tokens(usize),
    /// The connection is open, on both sides.
    Open(usize, ConnectionId),
    /// The connection could not be opened, or broke on the client's side.
    Broken(usize, ConnectionId, Disconnect),
    /// A message of a client.
    Up(usize, ConnectionId, Box<ClientMsg>),
    /// The connection's end reaches the server: the client closed it, or it broke.
    Hangup(usize, ConnectionId),
    /// A message or a close of the server.
    Down(ConnectionId, Down),
    /// An incident, or the end of one.
    Incident(Incident),
}

/// The server with its room, all clients, and everything that is on its way.
#[derive(Debug)]
pub(crate) struct World {
    /// True time, in microseconds.
    pub(crate) now: i64,
    pub(crate) server: Server,
    pub(crate) clients: Vec<Client>,
    /// Until when no server runs, in true time.
    pub(crate) server_down_until: i64,
    room_zero: i64,
    /// When the server was last known to run, in room time.
    alive_until: RoomTime,
    post: BTreeMap<(i64, u64), Parcel>,
    posted: u64,
    /// How many changes of the timeline [`World::look_at_admins`] has judged.
    pub(super) looked_at: usize,
    connections: u64,
    /// Which client made which connection.
    made_by: BTreeMap<ConnectionId, usize>,
    random: Random,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        Self::with(seed, Server::new)
    }

    /// A world whose server has several nodes.
    pub(crate) fn of_nodes(seed: u64) -> Self {
        Self::with(seed, Server::of_nodes)
    }

    fn with(seed: u64, server: impl FnOnce(Random, RoomTime) -> Server) -> Self {
        let mut random = Random::new(seed);
        let now = 1_000_000;
        Self {
            now,
            server: server(random.fork(), RoomTime(ROOM_ZERO + now)),
            clients: Vec::new(),
            server_down_until: 0,
            room_zero: ROOM_ZERO,
            alive_until: RoomTime(ROOM_ZERO),
            post: BTreeMap::new(),
            posted: 0,
            looked_at: 0,
            connections: 0,
            made_by: BTreeMap::new(),
            random,
        }
    }

    /// Starts a client on a new machine, and returns its number.
    pub(crate) fn join(&mut self, kind: &Kind) -> usize {
        let machine = Machine {
            offset: micros(self.random.between(0.0, 1e6)),
            skew: self.random.between(-200e-6, 200e-6),
        };
        let index = self.clients.len();
        let random = self.random.fork();
        let (client, effects) = Client::start(index, kind, machine, random, self.now);
        self.clients.push(client);
        self.carry_out(index, effects);
        self.start_player(index);
        index
    }

    /// Starts a client that was killed or left again, on its machine.
    pub(crate) fn start_again(&mut self, index: usize) {
        let random = self.random.fork();
        let effects = self.clients[index].start_again(index, random, self.now);
        let is_its = |parcel: &Parcel| matches!(parcel, Parcel::Player(of, _) if *of == index);
        self.post.retain(|_, parcel| !is_its(parcel));
        self.carry_out(index, effects);
        self.start_player(index);
    }

    /// Room time now.
    pub(crate) fn room_now(&self) -> RoomTime {
        RoomTime(self.room_zero + self.now)
    }

    /// A room time as true time, in seconds.
    pub(crate) fn true_time(&self, at: RoomTime) -> f64 {
        seconds(at.0 - self.room_zero)
    }

    pub(crate) fn timeline(&self) -> &Timeline {
        &self.server.hosted.room.state.timeline
    }

    /// Player minus timeline, in seconds, seen from outside.
    pub(crate) fn error(&self, index: usize) -> f64 {
        let position = self.timeline().position(self.room_now()).as_seconds();
        self.clients[index].player.place() - position
    }

    /// By how much a client's estimate of room time is off, in seconds; `None` if it has none.
    pub(crate) fn clock_error(&self, index: usize) -> Option<f64> {
        let client = &self.clients[index];
        let estimate = client.app.room_now()?;
        let truth = RoomTime(self.room_zero + client.last_input_at);
        Some((estimate - truth).as_seconds().abs())
    }

    /// Lets time pass until `until`, in microseconds.
    pub(crate) fn run_until(&mut self, until: i64) {
        while let Some(next) = self.next().filter(|next| *next <= until) {
            self.now = next.max(self.now);
            self.step();
        }
        self.now = until;
        for client in self.clients.iter_mut().filter(|client| client.is_awake()) {
            client.player.advance(until);
        }
        self.collect();
    }

    /// Lets so many seconds pass.
    pub(crate) fn run(&mut self, seconds: f64) {
        self.run_until(self.now + micros(seconds));
    }

    /// Gives a client an event now, and carries out its effects.
    pub(crate) fn feed(&mut self, index: usize, event: Event) {
        let effects = self.clients[index].update(event, self.now);
        self.carry_out(index, effects);
    }

    /// Schedules something for a true time, in microseconds.
    pub(crate) fn put(&mut self, at: i64, parcel: Parcel) {
        self.posted += 1;
        self.post.insert((at, self.posted), parcel);
    }

    /// Starts the process of a client's player.
    pub(crate) fn start_player(&mut self, index: usize) {
        let ready = ProcessState::Ready {
            version: "0.35.1".into(),
            lacks: None,
        };
        self.clients[index].has_process = true;
        let event = PlayerEvent::Process(ready);
        self.put(self.now + PLAYER_STARTS, Parcel::Player(index, event));
    }

    /// Ends the server's process. Another one starts after `away` microseconds, with a clock that
    /// differs by `shift`.
    pub(crate) fn stop_server(&mut self, away: i64, shift: i64) {
        if self.server_down_until > self.now {
            return;
        }
        self.server_down_until = self.now + away;
        self.alive_until = self.room_now();
        for (connection, index) in std::mem::take(&mut self.made_by) {
            let error = SystemFault::foreign("reset by peer").into();
            let broken = Parcel::Broken(index, connection, Disconnect::Lost { error });
            let at = self.clients[index].down.arrival(self.now);
            self.put(at, broken);
        }
        let what = What::ServerStarts(shift);
        let starts = Parcel::Incident(Incident { who: 0, what });
        self.put(self.server_down_until, starts);
    }

    /// Another process opens the log. Its room time is never before the last event.
    pub(crate) fn start_server(&mut self, shift: i64) {
        let last = self.server.hosted.room.state.at;
        self.room_zero = (self.room_zero + shift).max(last.0 - self.now);
        let now = self.room_now();
        self.server.restart(self.alive_until, now);
    }

    /// These connections break on their clients' sides, since the node they reached is no more.
    pub(super) fn break_off(&mut self, connections: Vec<ConnectionId>) {
        for connection in connections {
            if let Some(index) = self.made_by.remove(&connection) {
                let error = SystemFault::foreign("reset by peer").into();
                let broken = Parcel::Broken(index, connection, Disconnect::Lost { error });
                let at = self.clients[index].down.arrival(self.now);
                self.put(at, broken);
            }
        }
    }

    /// Breaks a client's connection: on its side, on the server's, or on both.
    pub(crate) fn reset(&mut self, index: usize, here: bool, there: bool) {
        let Some(connection) = self.clients[index].connection else {
            return;
        };
        if here {
            let error = SystemFault::foreign("reset by peer").into();
            let lost = Disconnect::Lost { error };
            self.put(self.now, Parcel::Broken(index, connection, lost));
        }
        if there {
            self.put(self.now, Parcel::Hangup(index, connection));
        }
    }

    fn carry_out(&mut self, index: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::FindToken { .. } => self.put(self.now, Parcel::Tokens(index)),
                Effect::Connect { .. } => self.connect(index),
                Effect::Disconnect => self.hang_up(index),
                Effect::Send(message) => self.send_up(index, message),
                Effect::Player(PlayerCommand::Restart) if !self.clients[index].has_process => {
                    self.start_player(index);
                }
                Effect::Player(PlayerCommand::Restart) => {}
                Effect::Player(order) => {
                    let player = &mut self.clients[index].player;
                    player.advance(self.now);
                    player.order(order);
                }
                // Effects on windows, files and terminals, which no other member can see.
                _ => {}
            }
        }
    }

    /// A client opens a connection, and its earlier one is closed.
    fn connect(&mut self, index: usize) {
        self.hang_up(index);
        self.connections += 1;
        let id = ConnectionId(self.connections);
        let client = &mut self.clients[index];
        client.connection = Some(id);
        // Messages of another connection do not wait for those of the one before.
        client.up.forget_order();
        client.down.forget_order();
        let cut = client.up_cut_until.max(client.down_cut_until);
        let there = client.up.arrival(self.now);
        let back = client.down.arrival(there);
        if cut > self.now {
            let error = SystemFault::foreign("no route to host").into();
            let nobody = Disconnect::Unreachable { error };
            // Some networks refuse a connection, others never answer.
            if self.random.chance(0.5) {
                self.put(self.now + 1_000, Parcel::Broken(index, id, nobody));
            }
        } else if self.server_down_until > there || !self.server.route(id, &mut self.random) {
            let error = SystemFault::foreign("connection refused").into();
            let nobody = Disconnect::Unreachable { error };
            self.put(back, Parcel::Broken(index, id, nobody));
        } else {
            self.made_by.insert(id, index);
            self.put(back, Parcel::Open(index, id));
        }
    }

    pub(crate) fn hang_up(&mut self, index: usize) {
        if let Some(connection) = self.clients[index].connection.take() {
            let at = self.clients[index].up.arrival(self.now);
            self.put(at, Parcel::Hangup(index, connection));
        }
    }

    fn send_up(&mut self, index: usize, message: ClientMsg) {
        let now = self.room_now();
        let client = &mut self.clients[index];
        client.note_report(&message, now);
        if let Some(connection) = client.connection {
            let at = client.up.arrival(self.now);
            self.put(at, Parcel::Up(index, connection, Box::new(message)));
        }
    }

    /// The next true time at which something happens.
    fn next(&self) -> Option<i64> {
        let clients = self.clients.iter().filter_map(Client::next);
        let post = self.post.keys().next().map(|(at, _)| *at);
        let server = self.server.next_due();
        let server = server.map(|due| (due.0 - self.room_zero).max(self.server_down_until));
        clients.chain(post).chain(server).min()
    }

    /// Handles everything that is due now.
    fn step(&mut self) {
        for index in 0..self.clients.len() {
            if !self.clients[index].is_awake() {
                continue;
            }
            self.clients[index].player.advance(self.now);
            if self.clients[index].deadline_is_due(self.now) {
                self.feed(index, Event::Deadline);
            }
        }
        self.collect();
        while let Some(entry) = self.post.first_entry().filter(|e| e.key().0 <= self.now) {
            let (key, parcel) = entry.remove_entry();
            match self.kept_until(&parcel) {
                Some(until) => {
                    self.post.insert((until, key.1), parcel);
                }
                None => self.deliver(parcel),
            }
        }
        let now = self.room_now();
        let due = self.server.next_due().is_some_and(|due| due <= now);
        if due && self.server_down_until <= self.now {
            self.server.on_time(now);
        }
        self.flush();
        self.collect();
    }

    /// Until when a parcel is held up. A cut network delivers later, if the connection outlives the
    /// cut, and a sleeping machine receives nothing.
    fn kept_until(&self, parcel: &Parcel) -> Option<i64> {
        let wakes = |index: usize| {
            let until = self.clients[index].asleep_until;
            until.map_or(0, |until| until.max(self.now + 1))
        };
        let until = match parcel {
            Parcel::Up(index, ..) | Parcel::Hangup(index, _) => self.clients[*index].up_cut_until,
            Parcel::Down(connection, _) => {
                let index = *self.made_by.get(connection)?;
                wakes(index).max(self.clients[index].down_cut_until)
            }
            Parcel::Player(index, _)
            | Parcel::Tokens(index)
            | Parcel::Open(index, _)
            | Parcel::Broken(index, ..) => wakes(*index),
            Parcel::Incident(Incident { who, what }) => {
                let awake = !what.needs_machine() || *who >= self.clients.len();
                if awake { 0 } else { wakes(*who) }
            }
        };
        (until > self.now).then_some(until)
    }

    fn deliver(&mut self, parcel: Parcel) {
        match parcel {
            Parcel::Player(index, event) => self.feed(index, Event::Player(event)),
            Parcel::Tokens(index) => {
                let found = Event::TokenFound(Some(Client::tokens(index)));
                self.feed(index, found);
            }
            Parcel::Open(index, connection) if self.is_on(index, connection) => {
                self.feed(index, Event::Connected);
            }
            Parcel::Broken(index, connection, why) if self.is_on(index, connection) => {
                self.clients[index].connection = None;
                self.feed(index, Event::Disconnected(why));
            }
            Parcel::Open(..) | Parcel::Broken(..) => {}
            Parcel::Up(_, connection, message) => {
                if self.made_by.contains_key(&connection) {
                    let now = self.room_now();
                    self.server.receive(connection, *message, now);
                }
            }
            Parcel::Hangup(_, connection) => {
                self.made_by.remove(&connection);
                let now = self.room_now();
                self.server.gone(connection, LeaveCause::Lost, now);
            }
            Parcel::Down(connection, down) => {
                if let Some(index) = self.made_by.get(&connection).copied()
                    && self.is_on(index, connection)
                {
                    self.arrive(index, down);
                }
            }
            Parcel::Incident(incident) => self.befall(incident),
        }
        self.flush();
    }

    fn arrive(&mut self, index: usize, down: Down) {
        match down {
            Down::Message(message) => {
                let at = self.clients[index].machine.local(self.now);
                self.feed(index, Event::Message { message, at });
            }
            Down::Close(why) => {
                self.clients[index].connection = None;
                let closing = why.map(CloseReason::Known);
                self.feed(index, Event::Disconnected(Disconnect::Closed(closing)));
            }
        }
    }

    fn is_on(&self, index: usize, connection: ConnectionId) -> bool {
        self.clients[index].connection == Some(connection)
    }

    /// Puts everything in the server's outbox on its way.
    fn flush(&mut self) {
        self.look_at_admins();
        for (connection, after, down) in std::mem::take(&mut self.server.outbox) {
            let Some(index) = self.made_by.get(&connection) else {
                continue;
            };
            if self.clients[*index].loses(&down) {
                continue;
            }
            let at = self.clients[*index].down.arrival(self.now + after);
            self.put(at, Parcel::Down(connection, down));
        }
    }

    /// Sends the players' events to their clients, over the IPC link of each machine.
    fn collect(&mut self) {
        let now = self.room_now();
        for index in 0..self.clients.len() {
            let client = &mut self.clients[index];
            for event in std::mem::take(&mut client.player.events) {
                self.clients[index].note_end(&event, now);
                let at = self.clients[index].ipc.arrival(self.now);
                self.put(at, Parcel::Player(index, event));
            }
        }
    }
}
