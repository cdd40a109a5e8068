//! Brings members in: so many at a time, each from its connection to its welcome.

use std::collections::VecDeque;

use mio::Token;
use serde_json::json;
use watchtogether::wire::codec::PROTOCOL;

use super::member::{Member, Phase};
use super::messages::Welcome;
use super::schedule::Due;
use super::{Generator, answer};
use crate::clock;
use crate::orders::{Answer, Join, Joined, Life, Which};

/// Members that are being brought in.
#[derive(Debug)]
pub(super) struct Joining {
    waiting: VecDeque<usize>,
    on_their_way: u32,
    at_once: u32,
    joined: Joined,
}

impl Generator {
    /// Begins to bring members in.
    pub(super) fn begin_to_join(&mut self, join: &Join) {
        let share = self.share;
        let mut waiting = VecDeque::new();
        for number in (join.from..join.until).filter(|number| number % share.of == share.index) {
            let leads = number % join.room_size == 0;
            let is_meant = match join.which {
                Which::Leaders => leads,
                Which::Others => !leads,
                Which::All => true,
            };
            if is_meant {
                let (place, room) = (self.members.len(), number / join.room_size);
                self.members.push(Member::new(number, room, join.life));
                if join.life != Life::ReadsNothing {
                    let of_room = self.rooms.entry(room).or_default();
                    let at = if leads { 0 } else { of_room.len() };
                    of_room.insert(at, place);
                }
                waiting.push_back(place);
            }
        }
        self.joining = Some(Joining {
            waiting,
            on_their_way: 0,
            at_once: join.at_once.max(1),
            joined: Joined {
                began: clock::now(),
                ..Joined::default()
            },
        });
        self.join_more();
    }

    /// Begins as many connections as may be on their way, and answers if there are none left.
    fn join_more(&mut self) {
        while let Some(joining) = &mut self.joining {
            if joining.on_their_way >= joining.at_once {
                return;
            }
            let Some(place) = joining.waiting.pop_front() else {
                break;
            };
            joining.on_their_way += 1;
            if let Err(error) = self.connect(place) {
                self.on_failed(place, &error.to_string());
            }
        }
        if self.joining.as_ref().is_some_and(|it| it.on_their_way == 0)
            && let Some(joining) = self.joining.take()
        {
            answer(&Answer::Joined(joining.joined));
        }
    }

    /// Begins the connection of a member.
    pub(super) fn connect(&mut self, place: usize) -> std::io::Result<()> {
        let registry = self.poll.registry();
        let Some(member) = self.members.get_mut(place) else {
            return Ok(());
        };
        member.connect(&self.target, registry, Token(place), clock::now())
    }

    /// Whether a member's connection is being made.
    pub(super) fn is_connecting(&self, place: usize) -> bool {
        let member = self.members.get(place);
        member.is_some_and(|member| member.phase == Phase::Connecting)
    }

    /// Goes on with a connection; whether it is made.
    pub(super) fn try_upgrade(&mut self, place: usize) -> bool {
        let Some(member) = self.members.get_mut(place) else {
            return false;
        };
        let registry = self.poll.registry();
        let upgraded = member.upgrade(&self.target).and_then(|is_made| {
            if is_made && let Some(socket) = member.socket() {
                socket.only_read(registry, Token(place))?;
            }
            Ok(is_made)
        });
        upgraded.unwrap_or_else(|error| {
            self.on_end(place, &error.kind().to_string());
            false
        })
    }

    /// The server speaks WebSocket: says hello.
    pub(super) fn greet(&mut self, place: usize, now: u64) -> std::io::Result<()> {
        let Some(member) = self.members.get_mut(place) else {
            return Ok(());
        };
        let mut hello = json!({
            "type": "hello", "protocol": PROTOCOL, "room": format!("load-{}", member.room),
            "name": format!("m{}", member.number), "token": member.token(),
            "has_player": member.life != Life::Idles,
        });
        if !member.log.is_empty() {
            hello["resume"] = json!(member.token());
            hello["log"] = json!(member.log);
            hello["since"] = json!(member.rev);
        }
        member.phase = Phase::Greeting;
        member.greeted_at = now;
        member.send(&hello.to_string(), &mut self.scratch)?;
        self.tally.sent();
        if let Some(returning) = &mut self.returning {
            returning.greeted(now);
        }
        Ok(())
    }

    /// A member is in.
    pub(super) fn on_welcome(
        &mut self,
        place: usize,
        welcome: Welcome,
        now: u64,
    ) -> std::io::Result<()> {
        let registry = self.poll.registry();
        let Some(member) = self.members.get_mut(place) else {
            return Ok(());
        };
        let lacking = welcome.lacking(&member.log, member.rev);
        self.tally.lacks(member.number, lacking);
        member.rev = welcome.rev(member.rev);
        member.log = welcome.log;
        member.obey(welcome.cadence);
        member.phase = Phase::Present;
        member.welcomed_at = now;
        let (from_connect, from_hello) = (member.connected_at, member.greeted_at);
        let (life, session) = (member.life, member.session);
        match life {
            Life::ReadsNothing => {
                if let Some(socket) = member.socket() {
                    socket.read_no_more(registry)?;
                }
            }
            Life::Idles => {}
            Life::Watches | Life::WatchesAnew | Life::WatchesAsBefore => {
                member.first_burst(now);
                let health = u64::from(member.cadence().health_ms) * 1_000;
                let first = now + self.random.below(health);
                self.due.add(first, Due::Health(place, session));
                self.due.add(now, Due::Exchange(place, session));
            }
        }
        if let Some(returning) = &mut self.returning {
            returning.welcomed(now);
            self.answer_if_all_are_back();
        } else if let Some(joining) = &mut self.joining {
            let joined = &mut joining.joined;
            joined.from_connect.push(clock::since(from_connect, now));
            joined.from_hello.push(clock::since(from_hello, now));
            joined.ended = now;
            joining.on_their_way -= 1;
            self.join_more();
        }
        Ok(())
    }

    /// A member's connection failed before its welcome.
    pub(super) fn on_failed(&mut self, place: usize, why: &str) {
        let Some(member) = self.members.get_mut(place) else {
            return;
        };
        member.close();
        let number = member.number;
        if self.returning.is_some() {
            return self.plan_return(place);
        }
        self.tally
            .note(|| format!("member {number} did not get in: {why}"));
        if let Some(joining) = &mut self.joining {
            joining.joined.failed += 1;
            joining.on_their_way -= 1;
            self.join_more();
        }
    }
}
