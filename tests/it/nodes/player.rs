//! A member who sends commands, records all that comes, and returns to another node by its token
//! when its connection breaks, as a real client does.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::StdRng;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_tungstenite::connect_async;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::denied::{Denied, Refused};
use watchtogether::protocol::event::Fact;
use watchtogether::protocol::ids::{LogId, MemberId, NodeId, Rev, Seq};
use watchtogether::room::state::RoomState;
use watchtogether::wire::message::{CatchUp, ClientMsg, Hello, ServerMsg, Welcome};

use super::record::Record;
use super::stage::{Phase, Stage};
use crate::sockets::client::{hello, private_hello};
use crate::support::patience::PATIENCE;
use crate::support::talk::{Gone, Stream, receive, send};

/// How many commands are on the way at most: fewer than a client may send again.
const ON_THE_WAY: usize = 4;

/// How long a player rests that was told to slow down, or that found no node.
const REST: Duration = Duration::from_millis(100);

/// What a player does next: its random numbers, the room as it knows it, and its record.
pub(super) type Act = fn(&mut StdRng, &RoomState, &Record) -> Command;

/// A member.
pub(super) struct Player {
    number: usize,
    room: String,
    name: String,
    token: String,
    act: Act,
    dice: StdRng,
    last: u64,
    open: BTreeMap<Seq, Command>,
    known: Option<(LogId, RoomState)>,
    rests_until: Option<Instant>,
    /// The password of a private room.
    password: Option<&'static str>,
    /// What was seen and promised.
    pub(super) record: Record,
    /// The same of the members that they were until each was kicked or banned.
    pub(super) earlier: Vec<Record>,
}

impl Player {
    /// Player number such and such of a room.
    pub(super) fn new(number: usize, room: &str, seed: u64, act: Act) -> Self {
        let own = seed.wrapping_mul(1_000).wrapping_add(number as u64);
        Self {
            number,
            room: room.to_owned(),
            name: format!("Player {number}"),
            token: format!("{:032x}", rand::random::<u128>()),
            act,
            dice: StdRng::seed_from_u64(own),
            last: 0,
            open: BTreeMap::new(),
            known: None,
            rests_until: None,
            password: None,
            record: Record::default(),
            earlier: Vec::new(),
        }
    }

    /// The same in a private room with this password.
    pub(super) const fn with_password(mut self, password: &'static str) -> Self {
        self.password = Some(password);
        self
    }

    /// Plays until the stage ends, at first at the node of its number.
    pub(super) async fn play(&mut self, stage: &Stage) {
        let mut node = self.number;
        let mut last_seen = Instant::now();
        loop {
            stage.until_absent(self.number, false).await;
            let (at, address) = stage.node_from(node);
            let before = self.rev();
            let Err(Gone { why }) = self.session(at, address, stage).await else {
                return;
            };
            stage.note(self.number, |own| (own.node, own.at) = (None, None));
            // Whoever is kicked knows nothing after that.
            if self.rev() > before {
                last_seen = Instant::now();
            }
            match why {
                Some(Refused::Kicked) => {
                    self.be_somebody_new();
                    stage.note(self.number, |own| own.kicked += 1);
                }
                Some(Refused::Banned) => return self.stay_out(stage).await,
                _ => {}
            }
            let waited = last_seen.elapsed();
            assert!(waited < 2 * PATIENCE, "{} finds no way back", self.name);
            node = at + 1;
            sleep(REST).await;
        }
    }

    async fn session(&mut self, at: usize, address: SocketAddr, stage: &Stage) -> Result<(), Gone> {
        let connecting = connect_async(format!("ws://{address}/ws")).await;
        let (mut socket, _) = connecting.map_err(|_| Gone::LOST)?;
        let returns = usize::from(self.known.is_some());
        let welcomed_by = self.enter(&mut socket).await?;
        stage.note(self.number, |own| {
            (own.node, own.at) = (Some(at), Some(welcomed_by));
            own.returns += returns;
        });
        for (seq, command) in self.open.clone() {
            send(&mut socket, &ClientMsg::Command { seq, command }).await?;
        }
        let mut phase = stage.phase();
        loop {
            let now = *phase.borrow_and_update();
            match now {
                Phase::Playing => self.act(&mut socket).await?,
                Phase::Ending(rev) if self.rev() >= rev => return Ok(()),
                Phase::Settling | Phase::Ending(_) => {}
            }
            let settled = now != Phase::Playing && self.open.is_empty();
            let records = self.earlier.iter().chain([&self.record]);
            let acknowledged = records.map(Record::acknowledged).sum();
            let (rev, created) = (self.rev(), self.record.created > 0);
            let acting = self.acting();
            stage.note(self.number, |own| {
                (own.rev, own.acknowledged, own.settled) = (rev, acknowledged, settled);
                (own.created, own.acting) = (created, acting);
            });
            let rest = self.rests_until;
            tokio::select! {
                message = receive(&mut socket) => self.take(message?, stage),
                changed = phase.changed() => changed.expect("the stage is there"),
                () = stage.until_absent(self.number, true) => return Err(Gone::LOST),
                () = sleep_until(rest.unwrap_or_else(Instant::now)), if rest.is_some() => {
                    self.rests_until = None;
                }
            }
        }
    }

    fn hello(&self) -> Hello {
        match self.password {
            None => hello(&self.room, &self.name),
            password => private_hello(&self.room, &self.name, password),
        }
    }

    /// Their token is void: they come back as somebody new. What was on its way is not answered.
    fn be_somebody_new(&mut self) {
        self.record.is_over = true;
        self.earlier.push(std::mem::take(&mut self.record));
        self.token = format!("{:032x}", rand::random::<u128>());
        self.known = None;
        self.open.clear();
    }

    /// Tries one node after the other in vain, by the token and with the password, while the others
    /// play.
    async fn stay_out(&mut self, stage: &Stage) {
        self.record.is_over = true;
        stage.note(self.number, |own| own.is_out = true);
        let phase = stage.phase();
        let mut node = self.number;
        while *phase.borrow() == Phase::Playing {
            let (at, address) = stage.node_from(node);
            node = at + 1;
            let connecting = connect_async(format!("ws://{address}/ws")).await;
            let (mut socket, _) = connecting.expect("a connection");
            let entered = self.enter(&mut socket).await;
            let refused = entered.expect_err("a banned member is let in");
            assert_eq!(refused.why, Some(Refused::Banned), "{}", self.name);
            sleep(REST).await;
        }
    }

    /// Says hello, takes the room in, and returns which node welcomes.
    async fn enter(&mut self, socket: &mut Stream) -> Result<NodeId, Gone> {
        let mut hello = self.hello();
        hello.token = Some(self.token.clone());
        if let Some((log, room)) = &self.known {
            hello.resume = Some(self.token.clone());
            hello.log = Some(log.clone());
            hello.since = Some(room.rev);
        }
        send(socket, &ClientMsg::Hello(Box::new(hello))).await?;
        loop {
            match receive(socket).await? {
                ServerMsg::Welcome(welcome) => {
                    let node = welcome.node.clone();
                    self.welcomed(*welcome);
                    return Ok(node);
                }
                ServerMsg::Refused(reason) => match reason.refused() {
                    Some(Refused::StorageAway | Refused::TooManyJoins { .. }) => {
                        return Err(Gone::LOST);
                    }
                    Some(Refused::Banned) => {
                        let why = Some(Refused::Banned);
                        return Err(Gone { why });
                    }
                    _ => panic!("{} is not let in: {reason:?}", self.name),
                },
                _ => {}
            }
        }
    }

    fn welcomed(&mut self, welcome: Welcome) {
        if self.known.is_some() {
            assert_eq!(welcome.you, self.record.member, "{} is another", self.name);
        }
        self.record.member = welcome.you;
        self.record.created += u32::from(welcome.created);
        match welcome.catch_up {
            CatchUp::State(state) => self.take_state(*state, Some(welcome.log)),
            CatchUp::Events(facts) => {
                let same_log = self.known.as_ref().map(|(log, _)| log) == Some(&welcome.log);
                assert!(same_log, "events of a log that is not known");
                self.take_events(&facts);
            }
        }
        let room = &self.known.as_ref().expect("it has come").1;
        let me = room.roster.get(welcome.you).expect("oneself");
        assert!(me.is_here(), "{} is there by their own state", self.name);
    }

    fn take(&mut self, message: ServerMsg, stage: &Stage) {
        match message {
            ServerMsg::Events { events } => self.take_events(&events),
            ServerMsg::State { state } => self.take_state(*state, None),
            ServerMsg::Ok { seq, rev } => self.answered(seq, &Ok(rev)),
            ServerMsg::Denied { seq, reason } => {
                let denied = reason.denied().expect("a code that is known");
                if matches!(denied, Denied::TooFast { .. } | Denied::StorageAway) {
                    self.rests_until = Some(Instant::now() + REST);
                }
                if denied == Denied::StorageAway {
                    stage.note(self.number, |own| own.away += 1);
                }
                self.answered(seq, &Err(denied));
            }
            _ => {}
        }
    }

    fn answered(&mut self, seq: Seq, answer: &Result<Rev, Denied>) {
        self.open.remove(&seq);
        self.record.answer(seq, answer);
    }

    fn take_events(&mut self, facts: &[Fact]) {
        let room = &mut self.known.as_mut().expect("it has a state").1;
        for fact in facts {
            assert_eq!(fact.rev, room.rev.next(), "{} has a gap", self.name);
            room.apply(fact);
            self.record.event(fact);
        }
    }

    fn take_state(&mut self, state: RoomState, log: Option<LogId>) {
        self.record.states.push(state.clone());
        let before = self.known.take().map(|(log, _)| log);
        self.known = Some((log.or(before).expect("a log"), state));
    }

    /// Sends commands until enough are on the way.
    async fn act(&mut self, socket: &mut Stream) -> Result<(), Gone> {
        while self.open.len() < ON_THE_WAY && self.rests_until.is_none() {
            let room = &self.known.as_ref().expect("it has a state").1;
            let command = (self.act)(&mut self.dice, room, &self.record);
            self.last += 1;
            let seq = Seq(self.last);
            self.open.insert(seq, command.clone());
            self.record.commands.insert(seq, command.clone());
            send(socket, &ClientMsg::Command { seq, command }).await?;
        }
        Ok(())
    }

    fn acting(&self) -> Option<MemberId> {
        let (_, room) = self.known.as_ref()?;
        let mut here = room.roster.here();
        here.find(|member| member.acting).map(|member| member.id)
    }

    fn rev(&self) -> Rev {
        self.known.as_ref().map_or(Rev(0), |(_, room)| room.rev)
    }
}
