//! Laws of a room at three nodes: many clients, random commands and random faults, recorded and
//! checked. A failing seed is named and can be played again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::nodes::{created, further};
use super::{OutboxItem, RoomMessage, SeatClient, Seq, ServerMsg, Stage, den, stage_on};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::event::{Fact, RoomEvent};
use crate::protocol::ids::{MemberId, Rev};
use crate::protocol::member::{LeaveCause, Role};
use crate::protocol::text::ChatText;
use crate::room::committed::Room;
use crate::server::log::hub::{Hub, Lost};
use crate::wire::codec;
use crate::wire::message::CatchUp;

/// The nodes.
const NODES: [&str; 3] = ["a", "b", "c"];

/// How many clients there are.
const CLIENTS: usize = 7;

/// How many steps a game has.
const STEPS: usize = 150;

/// Numbers that a seed leads to (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap() % bound
    }
}

/// A client as it really behaves: one command at a time, sent again after a reconnect.
struct Player {
    name: String,
    member: MemberId,
    seat: Option<(usize, SeatClient)>,
    last: u64,
    unanswered: Option<Command>,
    /// The answered commands: with their revs those that count, without those that do not.
    answers: BTreeMap<u64, Option<Rev>>,
    /// The events since each state that it got.
    seen: Vec<Vec<Fact>>,
}

struct Game {
    hub: Hub,
    stages: Vec<Stage>,
    players: Vec<Player>,
    dice: Dice,
}

impl Game {
    async fn begin(seed: u64) -> Self {
        let hub = Hub::default();
        let mut stages = vec![stage_on(hub.node(NODES[0]), created())];
        let first = stages[0].join("player 0").await.unwrap();
        for node in &NODES[1..] {
            stages.push(further(&hub, node));
        }
        let mut players = Vec::new();
        let mut first = Some(first);
        for number in 0..CLIENTS {
            let (name, node) = (format!("player {number}"), number % NODES.len());
            let client = match first.take() {
                Some(first) => first,
                None => stages[node].join(&name).await.unwrap(),
            };
            players.push(Player {
                name,
                member: client.seated.member,
                seat: Some((node, client)),
                last: 0,
                unanswered: None,
                answers: BTreeMap::new(),
                seen: vec![Vec::new()],
            });
        }
        let dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        Self {
            hub,
            stages,
            players,
            dice,
        }
    }

    async fn step(&mut self) {
        for _ in 0..=self.dice.below(3) {
            let who = self.dice.below(CLIENTS);
            match self.dice.below(10) {
                0 => self.leave(who).await,
                1 => self.give_role(who).await,
                _ if self.players[who].seat.is_none() => self.come_back(who).await,
                _ => self.say(who).await,
            }
        }
        if self.dice.below(4) == 0 {
            self.fault();
        }
        let pause = self.dice.below(2_500);
        tokio::time::sleep(Duration::from_millis(u64::try_from(pause).unwrap())).await;
        self.read().await;
    }

    fn fault(&mut self) {
        let node = self.dice.below(NODES.len());
        let name = NODES[node];
        match self.dice.below(7) {
            0 => self.hub.cut_off(name),
            1 => self.hub.lose_next(name, Lost::Answer),
            2 => self.hub.lose_next(name, Lost::Events),
            3 => self.hub.miss_news(name, true),
            4 => {
                self.hub.cut_off(name);
                self.hub.gone(name);
            }
            5 => self.hub.trim(&den(), 3),
            _ => self.heal(),
        }
    }

    fn heal(&mut self) {
        for node in NODES {
            self.hub.join_again(node);
            self.hub.miss_news(node, false);
        }
    }

    async fn order(&mut self, who: usize, command: Command) {
        let player = &mut self.players[who];
        if player.unanswered.is_some() {
            return;
        }
        let Some((node, client)) = &player.seat else {
            return;
        };
        player.last += 1;
        player.unanswered = Some(command.clone());
        let (stage, seat) = (&self.stages[*node], client.seated.seat);
        stage.order(seat, player.last, command).await;
    }

    async fn say(&mut self, who: usize) {
        let line = format!("{who} says {}", self.players[who].last + 1);
        let text = ChatText::parse(&line).unwrap();
        self.order(who, Command::Chat { text }).await;
    }

    async fn give_role(&mut self, who: usize) {
        let to = self.dice.below(CLIENTS);
        let role = [Role::Viewer, Role::Moderator, Role::Admin][self.dice.below(3)];
        let who_gets = MemberRef::Id(self.players[to].member);
        let command = Command::SetRole {
            who: who_gets,
            role,
        };
        self.order(who, command).await;
    }

    /// Its connection breaks, of which the node learns at once.
    async fn leave(&mut self, who: usize) {
        if let Some((node, client)) = self.players[who].seat.take() {
            let seat = client.seated.seat;
            let cause = LeaveCause::Lost;
            self.stages[node]
                .send(RoomMessage::Gone { seat, cause })
                .await;
        }
    }

    /// It comes to any node, and sends again what was not answered.
    async fn come_back(&mut self, who: usize) {
        let node = self.dice.below(NODES.len());
        let player = &mut self.players[who];
        let Ok(client) = self.stages[node].come_back(&player.name).await else {
            return;
        };
        assert_eq!(client.seated.member, player.member, "the same member");
        assert!(matches!(client.seated.catch_up, CatchUp::State(_)));
        player.seen.push(Vec::new());
        if let Some(command) = player.unanswered.clone() {
            let seat = client.seated.seat;
            self.stages[node].order(seat, player.last, command).await;
        }
        player.seat = Some((node, client));
    }

    /// Everybody reads what waits for them.
    async fn read(&mut self) {
        for player in &mut self.players {
            let Some((node, mut client)) = player.seat.take() else {
                continue;
            };
            while let Some(item) = client.waiting.try_next() {
                let OutboxItem::Text(text) = item else {
                    continue;
                };
                match codec::decode(text.as_text()).expect("a message") {
                    ServerMsg::Events { events } => player.sees(events),
                    ServerMsg::State { .. } => player.seen.push(Vec::new()),
                    ServerMsg::Ok { seq, rev } => player.answered(seq, Some(rev)),
                    ServerMsg::Denied { seq, .. } => player.answered(seq, None),
                    _ => {}
                }
            }
            if client.dismissed.try_recv().is_ok() {
                let (seat, cause) = (client.seated.seat, LeaveCause::Lost);
                let gone = RoomMessage::Gone { seat, cause };
                self.stages[node].send(gone).await;
            } else {
                player.seat = Some((node, client));
            }
        }
    }

    /// All faults end, everybody is back, and every command is answered.
    async fn end(&mut self) {
        self.heal();
        for _ in 0..4 {
            tokio::time::sleep(Duration::from_secs(30)).await;
            self.read().await;
            for who in 0..CLIENTS {
                if self.players[who].seat.is_none() {
                    self.come_back(who).await;
                }
            }
        }
        tokio::time::sleep(Duration::from_secs(30)).await;
        self.read().await;
    }

    fn check(&self) {
        let events = self.hub.all_events(&den());
        let mut room = Room::new(den());
        let mut counted: BTreeMap<(MemberId, Seq), BTreeSet<Rev>> = BTreeMap::new();
        for (number, event) in events.iter().enumerate() {
            let fact = &event.fact;
            assert_eq!(fact.rev.0, u64::try_from(number).unwrap() + 1, "no gap");
            room.apply(event);
            check_admins(&room);
            if let (Some(by), Some(seq)) = (fact.by, fact.seq) {
                counted.entry((by, seq)).or_default().insert(fact.rev);
            }
        }
        assert_eq!(Some(&room), self.hub.room(&den()).as_ref());
        for stage in &self.stages {
            assert_eq!(
                stage.room.card.borrow().rev,
                room.state.rev,
                "all are as far"
            );
        }
        for player in &self.players {
            assert!(player.seat.is_some(), "{} is back", player.name);
            assert_eq!(player.unanswered, None, "{} is answered", player.name);
            player.check(&counted);
            for seen in player.seen.iter().flatten() {
                let kept = &events[usize::try_from(seen.rev.0).unwrap() - 1].fact;
                let same = (seen.by, seen.seq, said(seen)) == (kept.by, kept.seq, said(kept));
                assert!(same, "one order for all: {seen:?} {kept:?}");
            }
            for seen in &player.seen {
                let revs = seen.iter().map(|fact| fact.rev.0);
                let first = seen.first().map_or(0, |fact| fact.rev.0);
                assert!(revs.eq((first..).take(seen.len())), "each once, in order");
            }
        }
        assert_eq!(room.state.roster.count, u32::try_from(CLIENTS).unwrap());
    }
}

impl Player {
    fn sees(&mut self, events: Vec<Fact>) {
        if let Some(seen) = self.seen.last_mut() {
            seen.extend(events);
        }
    }

    fn answered(&mut self, seq: Seq, rev: Option<Rev>) {
        if seq.0 == self.last {
            self.unanswered = None;
        }
        let earlier = self.answers.insert(seq.0, rev);
        assert!(earlier.is_none_or(|earlier| earlier == rev), "two answers");
    }

    /// What was acknowledged is there once, and what was denied is not.
    fn check(&self, counted: &BTreeMap<(MemberId, Seq), BTreeSet<Rev>>) {
        for (seq, answer) in &self.answers {
            let events = counted.get(&(self.member, Seq(*seq)));
            match answer {
                // A role that somebody has already leads to no event.
                Some(rev) => {
                    let is_there = events.is_none_or(|revs| revs.last() <= Some(rev));
                    assert!(is_there, "{} {seq}: {rev} {events:?}", self.name);
                }
                None => assert_eq!(events, None, "{} {seq} was denied", self.name),
            }
        }
    }
}

/// The text of a line, if it is one.
fn said(fact: &Fact) -> Option<&str> {
    match &fact.event {
        RoomEvent::Chat(chat) => Some(chat.text.as_str()),
        _ => None,
    }
}

/// At most one acts as admin, and nobody while a real admin is here; nobody is two members.
fn check_admins(room: &Room) {
    let roster = &room.state.roster;
    let acting = roster.here().filter(|member| member.acting).count();
    assert!(acting <= 1, "{acting} act as admin at {}", room.state.rev);
    for member in roster.here() {
        let node = room.secrets.node(member.id);
        assert!(node.is_some(), "{} is somewhere", member.id);
    }
}

/// Plays the games of some seeds.
async fn play(seeds: std::ops::Range<u64>) {
    for seed in seeds {
        println!("seed {seed}");
        let mut game = Game::begin(seed).await;
        for _ in 0..STEPS {
            game.step().await;
        }
        game.end().await;
        game.check();
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_fails_there_is_one_order_and_no_command_is_lost_or_doubled() {
    play(0..12).await;
}
