//! Stories of a client: what happens to it, and what it orders. Time is a number, the server
//! a room that answers as the test says.

use super::App;
use super::config::AppConfig;
use super::effect::{Effect, Exit};
use super::event::{Disconnect, Event, Now};
use super::output::{Notice, Output, Person, Why};
use super::room_tokens::RoomTokens;
use super::wall_time::WallTime;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::event::{ChatLine, Fact, RoomEvent};
use crate::protocol::ids::{LogId, MemberId, NodeId, Rev, RoomId, Seq};
use crate::protocol::member::Role;
use crate::protocol::text::ChatText;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::room::state::RoomState;
use crate::system_fault::SystemFault;
use crate::wire::message::{CatchUp, ClientMsg, Hello, Reason, ServerMsg, Welcome};

pub(crate) use crate::test_support::{ALICE, client_config, member, name};

mod absent;
mod acts;
mod cadence;
mod changes;
mod chapters;
mod entry;
pub(crate) mod evening;
mod joining;
mod kept_rooms;
mod laws;
mod leaving;
mod lines;
mod lobby;
mod offered;
mod operator;
mod oversized;
pub(crate) mod playing;
mod quality;
mod reading_on;
mod reconnecting;
mod starting;
mod switching;
mod titles;
mod trouble;
mod unanswered;

/// When the stories begin: 2026-11-28 at 20:04 UTC, which is 21:04 for the client under test.
const EVENING: i64 = 1_795_896_240_000_000;

/// The member that the client under test is, unless a story says otherwise.
pub(crate) const ME: MemberId = MemberId(2);

/// Somebody else, as the client under test reads of them.
pub(crate) fn them(called: &str) -> Person {
    Person::other(name(called))
}

/// The member that the client under test is, as it reads of itself.
pub(crate) fn you(called: &str) -> Person {
    Person {
        is_you: true,
        ..them(called)
    }
}

/// The client was in the room before, and has this token of it.
pub(crate) fn kept(token: &str) -> Event {
    Event::TokenFound(Some(RoomTokens {
        resume: Some(token.to_owned()),
        ..RoomTokens::default()
    }))
}

pub(crate) fn config() -> AppConfig {
    client_config("Boris")
}

/// A server's side of a room: it makes events with the right numbers.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    room: RoomState,
    log: &'static str,
    node: &'static str,
    token: &'static str,
    you: MemberId,
}

impl Server {
    /// A room with Alice, its admin, and Boris, who is the client under test.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self::with(Role::Viewer)
    }

    /// The same room, Boris in a role.
    #[must_use]
    pub(crate) fn with(role: Role) -> Self {
        let mut server = Self {
            room: RoomState::new(RoomId::parse("movie-night").unwrap()),
            log: "log-1",
            node: "node-1",
            token: "token-1",
            you: ME,
        };
        server.room.at = RoomTime(1_000_000_000);
        server.happen(RoomEvent::Created {
            title: None,
            visibility: crate::protocol::member::Visibility::Public,
            grace: None,
            ttl: None,
        });
        server.happen(RoomEvent::Presence {
            joined: vec![
                member(ALICE, "Alice", Role::Admin),
                member(ME, "Boris", role),
            ],
            left: Vec::new(),
            count: 2,
            large: None,
        });
        server
    }

    /// The room's name belongs to a room that was created later, in another log.
    pub(crate) fn reopen_anew(&mut self) {
        self.room.created = RoomTime(2_000_000_000);
        (self.log, self.node) = ("log-2", "node-2");
    }

    /// The room as it is.
    pub(crate) fn room(&self) -> &RoomState {
        &self.room
    }

    /// Something happens a millisecond after what was before.
    pub(crate) fn happen(&mut self, event: RoomEvent) -> Fact {
        self.happen_by(None, event)
    }

    /// A member's command leads to something.
    pub(crate) fn happen_by(&mut self, by: Option<(MemberId, Seq)>, event: RoomEvent) -> Fact {
        let fact = Fact {
            rev: self.room.rev.next(),
            at: self.room.at + Span::millis(1),
            by: by.map(|(member, _)| member),
            seq: by.map(|(_, seq)| seq),
            event,
            about: Vec::new(),
        };
        self.room.apply(&fact);
        fact
    }

    /// Alice says something.
    pub(crate) fn chat(&mut self, text: &str) -> Fact {
        let line = ChatLine {
            id: self.room.chat.next_id(),
            from: ALICE,
            name: name("Alice"),
            text: ChatText::parse(text).unwrap(),
            position: None,
            at: self.room.at,
            erased: None,
            second_address: false,
        };
        self.happen(RoomEvent::Chat(line))
    }

    fn welcome(&self, catch_up: CatchUp) -> Welcome {
        Welcome {
            you: self.you,
            resume: self.token.into(),
            log: LogId(self.log.into()),
            node: NodeId(self.node.into()),
            server: "0.1.0".into(),
            max_frame: 16_384,
            public_url: None,
            server_id: None,
            created: false,
            hosted: false,
            cadence: None,
            catch_up,
        }
    }

    pub(crate) fn whole(&self) -> Welcome {
        self.welcome(CatchUp::State(Box::new(self.room.for_client(self.you))))
    }
}

/// A client and its time.
pub(crate) struct Story {
    pub(crate) app: App,
    pub(crate) now: Now,
}

impl Story {
    /// A client that was just started, and its first orders.
    #[must_use]
    pub(crate) fn start(config: AppConfig) -> (Self, Vec<Effect>) {
        let now = Now {
            local: LocalTime(5_000_000),
            boot: 86_400_000_000,
            wall: WallTime {
                since_epoch: EVENING,
                offset: 3_600,
                change: None,
            },
        };
        let (app, effects) = App::new(config, now);
        (Self { app, now }, effects)
    }

    /// A client that found no token and is connecting.
    #[must_use]
    pub(crate) fn connecting(config: AppConfig) -> Self {
        let (mut story, _) = Self::start(config);
        let effects = story.on(Event::TokenFound(None));
        assert!(connects(&effects), "{effects:?}");
        story
    }

    /// A client that is in the room.
    #[must_use]
    pub(crate) fn joined(server: &Server) -> Self {
        Self::joined_with(config(), server)
    }

    #[must_use]
    pub(crate) fn joined_with(config: AppConfig, server: &Server) -> Self {
        let mut story = Self::connecting(config);
        story.hello();
        story.receive(ServerMsg::Welcome(Box::new(server.whole())));
        story
    }

    /// The connection stands: what the client says first.
    pub(crate) fn hello(&mut self) -> Hello {
        let effects = self.on(Event::Connected);
        match effects.as_slice() {
            [Effect::Send(ClientMsg::Hello(hello))] => (**hello).clone(),
            other => panic!("no hello: {other:?}"),
        }
    }

    pub(crate) fn on(&mut self, event: Event) -> Vec<Effect> {
        self.app.update(event, self.now)
    }

    pub(crate) fn line(&mut self, text: &str) -> Vec<Effect> {
        self.on(Event::Line(text.into()))
    }

    pub(crate) fn receive(&mut self, message: ServerMsg) -> Vec<Effect> {
        self.on(Event::Message {
            message: Box::new(message),
            at: self.now.local,
        })
    }

    pub(crate) fn facts(&mut self, events: Vec<Fact>) -> Vec<Effect> {
        self.receive(ServerMsg::Events { events })
    }

    fn ok(&mut self, seq: u64, rev: u64) -> Vec<Effect> {
        let (seq, rev) = (Seq(seq), Rev(rev));
        self.receive(ServerMsg::Ok { seq, rev })
    }

    pub(crate) fn denied(&mut self, seq: u64, denied: &Denied) -> Vec<Effect> {
        let reason = Reason::new(denied, "no".into());
        let seq = Seq(seq);
        self.receive(ServerMsg::Denied { seq, reason })
    }

    pub(crate) fn lose(&mut self) -> Vec<Effect> {
        self.on(Event::Disconnected(Disconnect::Lost {
            error: SystemFault::foreign("reset").into(),
        }))
    }

    /// Time passes; the client is woken whenever it wants to be.
    pub(crate) fn pass(&mut self, span: Span) -> Vec<Effect> {
        let end = self.now.local + span;
        let mut effects = Vec::new();
        while let Some(at) = self.app.next_deadline().filter(|at| *at <= end) {
            self.set(at.max(self.now.local));
            let before = self.app.next_deadline();
            effects.extend(self.on(Event::Deadline));
            assert_ne!(self.app.next_deadline(), before, "a deadline that stays");
        }
        self.set(end);
        effects
    }

    fn set(&mut self, local: LocalTime) {
        let passed = (local - self.now.local).0;
        self.now.boot += passed;
        self.now.wall.since_epoch += passed;
        self.now.local = local;
    }

    /// The connection is lost and comes back; the room welcomes as it says.
    pub(crate) fn come_back(&mut self, welcome: Welcome) -> Vec<Effect> {
        self.lose();
        let effects = self.pass(Span::seconds(1));
        assert!(connects(&effects), "{effects:?}");
        self.hello();
        self.receive(ServerMsg::Welcome(Box::new(welcome)))
    }
}

/// What is reported to the member, in order.
fn outputs(effects: &[Effect]) -> Vec<Output> {
    let outputs = effects.iter().filter_map(|effect| match effect {
        Effect::Output(outputs) => Some(outputs.clone()),
        _ => None,
    });
    outputs.collect()
}

pub(crate) fn notices(effects: &[Effect]) -> Vec<Notice> {
    let notices = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Notice(notice) => Some(notice),
            _ => None,
        });
    notices.collect()
}

/// The commands that are sent, with their numbers.
pub(crate) fn commands(effects: &[Effect]) -> Vec<(u64, Command)> {
    let sent = effects.iter().filter_map(|effect| match effect {
        Effect::Send(ClientMsg::Command { seq, command }) => Some((seq.0, command.clone())),
        _ => None,
    });
    sent.collect()
}

/// The answers to lines: `Ok` with the rev, or why not.
fn answers(effects: &[Effect]) -> Vec<(u64, Result<u64, Why>)> {
    let answers = outputs(effects)
        .into_iter()
        .filter_map(|outputs| match outputs {
            Output::Ok { line, rev } => Some((line, Ok(rev.0))),
            Output::Denied { line, why } => Some((line, Err(why))),
            _ => None,
        });
    answers.collect()
}

pub(crate) fn exit(effects: &[Effect]) -> Option<Exit> {
    effects.iter().find_map(|effect| match effect {
        Effect::Exit(exit) => Some(*exit),
        _ => None,
    })
}

pub(crate) fn connects(effects: &[Effect]) -> bool {
    let connect = |effect: &Effect| matches!(effect, Effect::Connect { .. });
    effects.iter().any(connect)
}

pub(crate) fn sends(effects: &[Effect], message: &ClientMsg) -> bool {
    effects
        .iter()
        .any(|effect| *effect == Effect::Send(message.clone()))
}

fn chat(text: &str) -> Command {
    let text = ChatText::parse(text).unwrap();
    Command::Chat { text }
}
