//! One room and its members in one true time.

use std::collections::BTreeMap;

use super::orders::member;
use crate::protocol::command::Report;
use crate::protocol::text::MemberName;
use crate::protocol::time::{LocalTime, RoomTime, Span};
use crate::room::decide::{AdmittedMember, Moment};
use crate::room::secrets::TokenHash;
use crate::room::timeline::Timeline;
use crate::sim::fake_player::FakePlayer;
use crate::sim::hosted::HostedRoom;
use crate::sim::link::{Link, Weather, micros, seconds};
use crate::sim::machine::Machine;
use crate::sim::random::Random;
use crate::sim::traits::Traits;
use crate::sync::PongTimes;
use crate::sync::follow::{
    FollowConfig, FollowInput, FollowOutput, Follower, PlayerOrder, SyncState, UserAction,
};
use crate::sync::player::{CloseCause, PlayerCommand, PlayerEvent, ProcessState};

/// Room time at true time zero.
const ROOM_ZERO: i64 = 1_760_000_000_000_000;

/// How far ahead moves are scheduled beyond the slowest way: as the room does it.
const LEAD_MARGIN: f64 = 0.02;

/// What arrives at a member or at the server.
#[expect(clippy::large_enum_variant, reason = "a handful at a time")]
enum Parcel {
    ToMember(usize, FollowInput),
    Ping(usize, LocalTime),
    Act(usize, UserAction),
    Report(usize, Report),
}

pub(super) struct Member {
    pub(super) follower: Follower,
    pub(super) player: FakePlayer,
    pub(super) machine: Machine,
    pub(super) admin: bool,
    pub(super) acts: Vec<UserAction>,
    pub(super) orders: Vec<PlayerCommand>,
    pub(super) reports: Vec<Report>,
    pub(super) states: Vec<(i64, SyncState)>,
    pub(super) pings: u32,
    there: Link,
    back: Link,
    ipc: Link,
    online: bool,
    asleep: bool,
    deadline_calls: (LocalTime, u32),
}

pub(super) struct World {
    pub(super) now: i64,
    pub(super) hosted: HostedRoom,
    /// How many changes of the timeline were fed to the followers.
    changes_fed: usize,
    pub(super) members: Vec<Member>,
    pub(super) lead: f64,
    room_zero: i64,
    post: BTreeMap<(i64, u64), Parcel>,
    posted: u64,
    random: Random,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let now = 1_000_000;
        let moment = Moment {
            now: RoomTime(ROOM_ZERO + now),
            lead: Span::from_seconds(LEAD_MARGIN),
        };
        Self {
            now,
            hosted: HostedRoom::new(moment),
            changes_fed: 0,
            members: Vec::new(),
            lead: LEAD_MARGIN,
            room_zero: ROOM_ZERO,
            post: BTreeMap::new(),
            posted: 0,
            random: Random::new(seed),
        }
    }

    /// Someone joins; the first is the admin.
    pub(super) fn join(&mut self, traits: Traits, weather: Weather) -> usize {
        let machine = Machine {
            offset: micros(self.random.between(0.0, 1e6)),
            skew: self.random.between(-200e-6, 200e-6),
        };
        let index = self.members.len();
        let mut player = FakePlayer::new(traits, machine, self.random.fork());
        player.advance(self.now);
        self.lead = self.lead.max(weather.back + weather.jitter + LEAD_MARGIN);
        self.members.push(Member {
            follower: Follower::new(FollowConfig::default()),
            player,
            machine,
            admin: index == 0,
            acts: Vec::new(),
            orders: Vec::new(),
            reports: Vec::new(),
            states: Vec::new(),
            pings: 0,
            there: Link::new(weather.there, weather, self.random.fork()),
            back: Link::new(weather.back, weather, self.random.fork()),
            ipc: Link::new(
                0.000_5,
                Weather {
                    jitter: 0.002,
                    loss: 0.0,
                    ..weather
                },
                self.random.fork(),
            ),
            online: true,
            asleep: false,
            deadline_calls: (LocalTime(0), 0),
        });
        let token = TokenHash([u8::try_from(index).unwrap(); 32]);
        let arrival = AdmittedMember {
            name: MemberName::parse(&format!("Member {index}")).unwrap(),
            resume: None,
            token,
            has_player: true,
            from: None,
            invite: None,
        };
        let moment = self.moment();
        self.hosted.join_leave(&[arrival], &[], moment);
        self.feed_changes();
        self.open_player(index);
        self.feed(index, FollowInput::Connected { same_node: false });
        let timeline = self.timeline().clone();
        self.feed(
            index,
            FollowInput::Timeline {
                timeline,
                own: false,
            },
        );
        index
    }

    /// Lets `for_seconds` pass.
    pub(super) fn run(&mut self, for_seconds: f64) {
        let until = self.now + micros(for_seconds);
        while let Some(next) = self.next().filter(|next| *next <= until) {
            self.now = next.max(self.now);
            self.step();
        }
        self.now = until;
        for member in self.members.iter_mut().filter(|member| !member.asleep) {
            member.player.advance(until);
        }
        self.collect();
    }

    /// Player minus timeline, in seconds, seen from outside.
    pub(super) fn error(&self, index: usize) -> f64 {
        let player = &self.members[index].player;
        player.place() - self.timeline().position(self.room_now()).as_seconds()
    }

    /// By how much a member's clock is off, in seconds: what no player can make good.
    pub(super) fn clock_error(&self, index: usize) -> f64 {
        let member = &self.members[index];
        let local = member.machine.local(self.now);
        let estimate = member.follower.room_time(local).unwrap();
        (estimate - self.room_now()).as_seconds().abs()
    }

    /// The greatest error of a member over the next seconds.
    pub(super) fn worst_error(&mut self, index: usize, for_seconds: f64) -> f64 {
        let until = self.now + micros(for_seconds);
        let mut worst: f64 = 0.0;
        while self.now < until {
            self.run(0.05);
            worst = worst.max(self.error(index).abs());
        }
        worst
    }

    pub(super) fn room_now(&self) -> RoomTime {
        RoomTime(self.room_zero + self.now)
    }

    /// The network of a member goes or comes back.
    pub(super) fn online(&mut self, index: usize, online: bool) {
        self.members[index].online = online;
        self.reconnected(index);
        self.feed(
            index,
            if online {
                FollowInput::Connected { same_node: true }
            } else {
                FollowInput::Disconnected
            },
        );
        if online {
            let timeline = self.timeline().clone();
            self.feed(
                index,
                FollowInput::Timeline {
                    timeline,
                    own: false,
                },
            );
        }
    }

    /// What was on its way to the member on the old connection is lost; what they sent on it
    /// may arrive after what they send on the new one.
    fn reconnected(&mut self, index: usize) {
        let member = &mut self.members[index];
        member.there.forget_order();
        member.back.forget_order();
        self.post.retain(|_, parcel| match parcel {
            Parcel::ToMember(to, input) => *to != index || matches!(input, FollowInput::Player(_)),
            _ => true,
        });
    }

    /// A member's machine sleeps: its monotonic clock and its player stand meanwhile.
    pub(super) fn suspend(&mut self, index: usize, for_seconds: f64) {
        self.members[index].asleep = true;
        self.run(for_seconds);
        let slept = micros(for_seconds);
        let member = &mut self.members[index];
        member.asleep = false;
        member.machine.offset -= slept;
        member.player.slept(slept, member.machine);
        self.feed(index, FollowInput::Suspended);
    }

    /// The server is another process, whose clock differs; positions go on from it.
    pub(super) fn restart_server(&mut self, by_seconds: f64) {
        let shift = micros(by_seconds);
        self.room_zero += shift;
        let state = &mut self.hosted.room.state;
        state.at = state.at + Span(shift);
        let segment = &mut state.timeline.segment;
        segment.start = segment.start + Span(shift);
        for index in 0..self.members.len() {
            self.feed(index, FollowInput::Disconnected);
            self.feed(index, FollowInput::Connected { same_node: false });
        }
        self.broadcast();
    }

    /// Gives a follower an input now and carries out what it wants.
    pub(super) fn feed(&mut self, index: usize, mut input: FollowInput) {
        let member = &mut self.members[index];
        let local = member.machine.local(self.now);
        if let FollowInput::Pong(PongTimes { t3, .. }) = &mut input {
            *t3 = local;
        }
        for output in member.follower.handle(input, local) {
            self.carry_out(index, output);
        }
        let member = &mut self.members[index];
        let state = member.follower.status().state;
        if member.states.last().is_none_or(|(_, last)| *last != state) {
            member.states.push((self.now, state));
        }
    }

    fn carry_out(&mut self, index: usize, output: FollowOutput) {
        let member = &mut self.members[index];
        let local = member.machine.local(self.now);
        match output {
            FollowOutput::Order(PlayerOrder { what: order, .. }) => {
                member.player.advance(self.now);
                member.orders.push(order.clone());
                member.player.order(order);
            }
            FollowOutput::Report(report) => {
                member.reports.push(report.clone());
                let at_once = matches!(report, Report::Learned { .. }) && member.admin;
                if at_once {
                    self.on_report(index, report);
                } else {
                    self.send_up(index, Parcel::Report(index, report));
                }
            }
            FollowOutput::Ping => {
                member.pings += 1;
                self.send_up(index, Parcel::Ping(index, local));
            }
            FollowOutput::Decided(_) => {}
            FollowOutput::Acted(act) => {
                member.acts.push(act);
                self.send_up(index, Parcel::Act(index, act));
            }
        }
    }

    fn send_up(&mut self, index: usize, parcel: Parcel) {
        let member = &mut self.members[index];
        if member.online {
            let at = member.there.arrival(self.now);
            self.put(at, parcel);
        }
    }

    fn send_down(&mut self, index: usize, input: FollowInput) {
        let member = &mut self.members[index];
        if member.online {
            let at = member.back.arrival(self.now);
            self.put(at, Parcel::ToMember(index, input));
        }
    }

    fn put(&mut self, at: i64, parcel: Parcel) {
        self.posted += 1;
        self.post.insert((at, self.posted), parcel);
    }

    pub(super) fn soon(&self) -> RoomTime {
        self.room_now() + Span::from_seconds(self.lead)
    }

    pub(super) fn moment(&self) -> Moment {
        Moment {
            now: self.room_now(),
            lead: Span::from_seconds(self.lead),
        }
    }

    pub(super) fn timeline(&self) -> &Timeline {
        &self.hosted.room.state.timeline
    }

    /// The timeline, for what a story says of its media itself.
    pub(super) fn timeline_mut(&mut self) -> &mut Timeline {
        &mut self.hosted.room.state.timeline
    }

    /// Feeds everybody how the timeline has changed since this was last done.
    pub(super) fn feed_changes(&mut self) {
        let changes = self
            .hosted
            .changes
            .get(self.changes_fed..)
            .unwrap_or_default();
        let changes: Vec<_> = changes
            .iter()
            .map(|change| (change.after.clone(), change.made_in_player_of()))
            .collect();
        self.changes_fed += changes.len();
        for (timeline, by) in changes {
            for index in 0..self.members.len() {
                let timeline = timeline.clone();
                let own = by == Some(member(index));
                self.send_down(index, FollowInput::Timeline { timeline, own });
            }
        }
    }

    /// Feeds everybody the timeline as it is.
    pub(super) fn broadcast(&mut self) {
        self.changes_fed = self.hosted.changes.len();
        for index in 0..self.members.len() {
            let timeline = self.timeline().clone();
            let own = false;
            self.send_down(index, FollowInput::Timeline { timeline, own });
        }
    }

    /// The next true time at which something happens.
    fn next(&self) -> Option<i64> {
        let awake = || self.members.iter().filter(|member| !member.asleep);
        let deadlines = awake().filter_map(|member| {
            let deadline = member.follower.next_deadline()?;
            Some(member.machine.reaches(deadline))
        });
        let players = awake().map(|member| member.player.next());
        let post = self.post.keys().next().map(|(at, _)| *at);
        let room = self.hosted.next_due().map(|due| due.0 - self.room_zero);
        deadlines.chain(players).chain(post).chain(room).min()
    }

    /// Lets happen what is due now.
    fn step(&mut self) {
        for index in 0..self.members.len() {
            if self.members[index].asleep {
                continue;
            }
            self.members[index].player.advance(self.now);
            let local = self.members[index].machine.local(self.now);
            let deadline = self.members[index].follower.next_deadline();
            if deadline.is_some_and(|deadline| deadline <= local) {
                self.count_deadline(index, local);
                self.feed(index, FollowInput::Deadline);
            }
        }
        self.collect();
        while let Some(entry) = self
            .post
            .first_entry()
            .filter(|entry| entry.key().0 <= self.now)
        {
            let parcel = entry.remove();
            self.deliver(parcel);
        }
        if self
            .hosted
            .next_due()
            .is_some_and(|due| due <= self.room_now())
        {
            let moment = self.moment();
            self.hosted.on_time(moment);
            self.feed_changes();
        }
        self.collect();
    }

    /// A deadline must move on once it was handled: no follower may spin.
    fn count_deadline(&mut self, index: usize, local: LocalTime) {
        let calls = &mut self.members[index].deadline_calls;
        *calls = if local - calls.0 < Span::millis(1) {
            (calls.0, calls.1 + 1)
        } else {
            (local, 1)
        };
        assert!(
            calls.1 < 10,
            "member {index} spins at {}",
            seconds(self.now)
        );
    }

    /// Takes the players' reports to their followers, by the ways of one machine.
    fn collect(&mut self) {
        for index in 0..self.members.len() {
            let member = &mut self.members[index];
            let now = self.now;
            for event in std::mem::take(&mut member.player.events) {
                let at = self.members[index].ipc.arrival(now);
                self.put(at, Parcel::ToMember(index, FollowInput::Player(event)));
            }
        }
    }

    fn deliver(&mut self, parcel: Parcel) {
        match parcel {
            Parcel::ToMember(index, _) if self.members[index].asleep => {
                // Sent again until someone is awake to take it.
                self.put(self.now + 200_000, parcel);
            }
            Parcel::ToMember(index, input) => self.feed(index, input),
            Parcel::Ping(index, t0) => {
                let t = self.room_now();
                // `feed` stamps it at its arrival.
                let (t1, t2, t3) = (t, t, t0);
                let times = PongTimes { t0, t1, t2, t3 };
                self.send_down(index, FollowInput::Pong(times));
            }
            Parcel::Report(index, report) => self.on_report(index, report),
            Parcel::Act(index, act) if self.members[index].admin => {
                let answer = if self.obey(act) {
                    FollowInput::Accepted
                } else {
                    FollowInput::Undo
                };
                self.send_down(index, answer);
            }
            Parcel::Act(index, _) => self.send_down(index, FollowInput::Undo),
        }
    }
}

impl World {
    /// A member closes their player.
    pub(super) fn close_player(&mut self, index: usize) {
        let closed = PlayerEvent::Process(ProcessState::Closed(CloseCause::Quit));
        self.members[index].player.order(PlayerCommand::Unload);
        self.feed(index, FollowInput::Player(closed));
    }

    /// A member's player is ready.
    pub(super) fn open_player(&mut self, index: usize) {
        let ready = ProcessState::Ready {
            version: "0.35.1".into(),
            lacks: None,
        };
        self.feed(index, FollowInput::Player(PlayerEvent::Process(ready)));
    }
}
