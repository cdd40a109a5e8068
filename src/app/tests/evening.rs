//! Whole clients at one real room: the room's own rules answer, each seat has a player that
//! does what it is ordered to, and nothing takes longer than it must.

use std::collections::VecDeque;

use super::{Story, config, name};
use crate::app::effect::{Effect, Exit};
use crate::app::event::{Disconnect, Event};
use crate::app::output::Output;
use crate::protocol::event::Departure;
use crate::protocol::ids::{LogId, MemberId, NodeId};
use crate::protocol::member::LeaveCause;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::room::client_events::ClientEvents;
use crate::room::decide::{AdmittedMember, Moment};
use crate::room::secrets::TokenHash;
use crate::sim::hosted::HostedRoom;
use crate::sync::player::{Basis, PlayerEvent, ProcessState, Sample};
use crate::wire::message::{CatchUp, ClientMsg, Hello, Reason, ServerMsg, Welcome};

mod copies;
pub(crate) mod instant_player;
mod stories;

use instant_player::InstantPlayer;

/// How often a player's position is read.
const SAMPLED: Span = Span::millis(250);

/// How far ahead moves are scheduled.
const LEAD: Span = Span::millis(100);

/// Room time is local time and this.
const OFFSET: i64 = 1_700_000_000_000_000;

/// One client, where it sits, and all its outputs.
struct Seat {
    story: Story,
    member: Option<MemberId>,
    instant_player: InstantPlayer,
    outputs: Vec<Output>,
    exit: Option<Exit>,
}

/// A room and everyone in it.
struct Evening {
    hosted: HostedRoom,
    client_events: ClientEvents,
    seats: Vec<Seat>,
    /// What happens next, and to whom.
    todo: VecDeque<(usize, Event)>,
}

impl Evening {
    #[must_use]
    fn new() -> Self {
        let moment = Moment {
            now: RoomTime(OFFSET),
            lead: LEAD,
        };
        let mut hosted = HostedRoom::new(moment);
        hosted.news.clear();
        Self {
            hosted,
            client_events: ClientEvents::default(),
            seats: Vec::new(),
            todo: VecDeque::new(),
        }
    }

    /// Somebody starts a client; their number.
    fn sit_down(&mut self, called: &str) -> usize {
        let mut named = config();
        named.name = name(called);
        let (mut story, effects) = Story::start(named);
        if let Some(first) = self.seats.first() {
            story.now = first.story.now;
        }
        let seat = self.seats.len();
        self.seats.push(Seat {
            story,
            member: None,
            instant_player: InstantPlayer {
                speed: 1.0,
                ..InstantPlayer::default()
            },
            outputs: Vec::new(),
            exit: None,
        });
        self.carry_out(seat, effects);
        let ready = ProcessState::Ready {
            version: "0.35.1".into(),
            lacks: None,
        };
        self.happens(seat, Event::Player(PlayerEvent::Process(ready)));
        seat
    }

    fn types(&mut self, seat: usize, line: &str) {
        self.happens(seat, Event::Line(line.into()));
    }

    /// Something happens to a seat, and all that follows from it.
    fn happens(&mut self, seat: usize, event: Event) {
        self.todo.push_back((seat, event));
        while let Some((seat, event)) = self.todo.pop_front() {
            let effects = self.seats[seat].story.on(event);
            self.carry_out(seat, effects);
        }
    }

    /// The user of a player presses pause in its window.
    fn presses_pause(&mut self, seat: usize) {
        let now = self.local();
        let instant_player = &mut self.seats[seat].instant_player;
        let paused = !instant_player.paused;
        for event in instant_player.pause(paused, now) {
            self.happens(seat, Event::Player(event));
        }
    }

    /// Time passes for everyone; players are read, deadlines come.
    fn pass(&mut self, span: Span) {
        let end = self.local() + span;
        while self.local() < end {
            let step = (self.local() + SAMPLED).min(end);
            for seat in 0..self.seats.len() {
                self.pass_for(seat, step);
            }
        }
    }

    fn pass_for(&mut self, seat: usize, until: LocalTime) {
        loop {
            let story = &mut self.seats[seat].story;
            let Some(at) = story.app.next_deadline().filter(|at| *at <= until) else {
                break;
            };
            story.set(at.max(story.now.local));
            self.happens(seat, Event::Deadline);
        }
        let Seat {
            story,
            instant_player,
            ..
        } = &mut self.seats[seat];
        story.set(until);
        let position = instant_player.run(until);
        if let Some(event) = instant_player.end() {
            self.happens(seat, Event::Player(event));
        } else if instant_player.loaded.is_some() && !instant_player.ended {
            let sample = Sample {
                position,
                at: until,
                basis: if instant_player.paused {
                    Basis::Frame
                } else {
                    Basis::Audio
                },
                buffered: Some(Span::seconds(30)),
            };
            self.happens(seat, Event::Player(PlayerEvent::Sample(sample)));
        }
    }

    fn local(&self) -> LocalTime {
        let now = |seat: &Seat| seat.story.now.local;
        self.seats.iter().map(now).max().unwrap_or_default()
    }

    fn moment(&self) -> Moment {
        Moment {
            now: RoomTime(self.local().0 + OFFSET),
            lead: LEAD,
        }
    }

    fn carry_out(&mut self, seat: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::FindToken { .. } => self.todo.push_back((seat, Event::TokenFound(None))),
                Effect::Connect { .. } => self.todo.push_back((seat, Event::Connected)),
                Effect::Send(message) => self.serve(seat, message),
                Effect::Player(order) => {
                    let now = self.seats[seat].story.now.local;
                    let events = self.seats[seat].instant_player.obey(&order, now);
                    let events = events.into_iter().map(Event::Player);
                    self.todo.extend(events.map(|event| (seat, event)));
                }
                Effect::Output(outputs) => self.seats[seat].outputs.push(outputs),
                Effect::Exit(exit) => self.seats[seat].exit = Some(exit),
                // Windows, files and terminals: nothing that another member could see.
                _ => {}
            }
        }
    }

    fn serve(&mut self, seat: usize, message: ClientMsg) {
        match message {
            ClientMsg::Hello(hello) => self.welcome(seat, &hello),
            ClientMsg::Visit(_) => unreachable!("no app visits"),
            ClientMsg::Command { seq, command } => {
                let by = self.seats[seat].member.expect("joined");
                let moment = self.moment();
                match self.hosted.command(by, Some(seq), &command, moment) {
                    Ok(()) => {
                        self.broadcast();
                        let rev = self.hosted.room.state.rev;
                        self.say(seat, ServerMsg::Ok { seq, rev });
                    }
                    Err(denied) => {
                        let reason = Reason::new(&denied, String::new());
                        self.say(seat, ServerMsg::Denied { seq, reason });
                    }
                }
            }
            ClientMsg::Ping { t0 } => {
                let t1 = RoomTime(t0.0 + OFFSET);
                self.say(
                    seat,
                    ServerMsg::Pong {
                        t0,
                        t1,
                        t2: t1,
                        cadence: None,
                    },
                );
            }
            ClientMsg::Report { report } => {
                let by = self.seats[seat].member.expect("joined");
                let moment = self.moment();
                self.hosted.report(by, &report, moment);
                self.broadcast();
            }
            ClientMsg::Leave => self.goodbye(seat),
            ClientMsg::State => {
                let state = Box::new(self.hosted.room.state.clone());
                self.say(seat, ServerMsg::State { state });
            }
            ClientMsg::Health(_) => {}
        }
    }

    fn welcome(&mut self, seat: usize, hello: &Hello) {
        let token = TokenHash([u8::try_from(seat).unwrap(); 32]);
        let arrival = AdmittedMember {
            name: hello.name.clone(),
            resume: hello.resume.as_ref().map(|_| token),
            token,
            has_player: hello.has_player,
            from: None,
            invite: None,
        };
        let moment = self.moment();
        let members = self.hosted.join_leave(&[arrival], &[], moment);
        self.broadcast();
        let (you, _) = members[0];
        self.seats[seat].member = Some(you);
        let welcome = Welcome {
            you,
            resume: format!("token-{seat}"),
            log: LogId("log".into()),
            node: NodeId("node".into()),
            server: "0.1.0".into(),
            max_frame: 16_384,
            public_url: None,
            server_id: None,
            created: seat == 0,
            hosted: false,
            cadence: None,
            catch_up: CatchUp::State(Box::new(self.hosted.room.state.for_client(you))),
        };
        self.say(seat, ServerMsg::Welcome(Box::new(welcome)));
    }

    fn goodbye(&mut self, seat: usize) {
        let member = self.seats[seat].member.take().expect("joined");
        let cause = LeaveCause::Left;
        let moment = self.moment();
        let departure = Departure { member, cause };
        self.hosted.join_leave(&[], &[departure], moment);
        self.broadcast();
        let closed = Event::Disconnected(Disconnect::Closed(None));
        self.todo.push_back((seat, closed));
    }

    /// Everyone is sent what happened.
    fn broadcast(&mut self) {
        let news = std::mem::take(&mut self.hosted.news);
        let sent = self.client_events.publish(news, &self.hosted.room.state);
        for seat in 0..self.seats.len() {
            if self.seats[seat].member.is_some() && !sent.facts.is_empty() {
                let events = sent.facts.clone();
                self.say(seat, ServerMsg::Events { events });
            }
        }
    }

    fn say(&mut self, seat: usize, message: ServerMsg) {
        let message = Box::new(message);
        let at = self.seats[seat].story.now.local;
        self.todo.push_back((seat, Event::Message { message, at }));
    }
}
