//! The law of large rooms: what a client builds from its events equals what the server knows, as
//! far as the client's list goes, and everything if the room is small.

use std::collections::BTreeSet;

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::{Index, select};

use super::steps::{Outcome, Step, step};
use super::world::World;
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::event::{Departure, Fact};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Member, Role, Visibility};
use crate::room::client_events::{Broadcast, ClientEvents, PendingFact};
use crate::room::decide::AdmittedMember;
use crate::room::roster::Roster;
use crate::room::state::RoomState;

/// A member's client.
struct Client {
    id: MemberId,
    state: RoomState,
    online: bool,
}

impl Client {
    fn receive(&mut self, facts: &[Fact]) {
        for fact in facts {
            assert_eq!(fact.rev, self.state.rev.next(), "no gap");
            self.state.apply(fact);
        }
    }

    /// Checks that what the client knows is true.
    fn check(&self, server: &RoomState, whole: bool) {
        let without = |state: &RoomState| RoomState {
            roster: Roster::default(),
            ..state.clone()
        };
        assert_eq!(without(&self.state), without(server));
        let (seen, real) = (&self.state.roster, &server.roster);
        assert_eq!(seen.count, real.count);
        if real.heir.is_some() {
            assert_eq!(seen.heir, real.heir);
        }
        for member in seen.all() {
            // The server keeps only some members who left long ago.
            let same = real.get(member.id).map_or(!member.is_here(), |known| {
                known.for_others() == member.for_others()
            });
            assert!(same, "{member:?} is {:?}", real.get(member.id));
        }
        let matters =
            |member: &&Member| member.power() > Role::Viewer || real.heir == Some(member.id);
        for member in real.here().filter(matters) {
            assert!(seen.get(member.id).is_some(), "{member:?} is unknown");
        }
        if whole {
            let ids = |roster: &Roster| roster.here().map(|m| m.id).collect::<BTreeSet<_>>();
            assert_eq!(ids(seen), ids(real), "nobody is missing");
        }
    }
}

/// A room, what its server sent, and its clients.
struct Hall {
    world: World,
    /// The part of the log that was sent.
    delivered: usize,
    /// The room as far as it was sent.
    state: RoomState,
    client_events: ClientEvents,
    clients: Vec<Client>,
}

impl Hall {
    /// A room of `count` members, a few of whom have clients.
    fn of(members: usize) -> Self {
        let mut world = World::new(Visibility::Public);
        world.arrive("Alice", true);
        let mut hall = Self {
            state: RoomState::new(world.room.state.id.clone()),
            world,
            delivered: 0,
            client_events: ClientEvents::default(),
            clients: Vec::new(),
        };
        hall.crowd(members);
        hall.broadcast();
        for id in [1, 2, 60].map(MemberId) {
            hall.clients.push(Client {
                id,
                state: hall.state.for_client(id),
                online: true,
            });
        }
        hall
    }

    fn crowd(&mut self, size: usize) {
        let arrivals: Vec<AdmittedMember> = (0..size)
            .map(|_| self.world.newcomer("Guest", true))
            .collect();
        self.world.join_leave(&arrivals, &[]);
    }

    /// So many members lose their connection, the newest first.
    fn lose(&mut self, size: usize) {
        let here: Vec<MemberId> = self.world.room.state.roster.here().map(|m| m.id).collect();
        let gone: Vec<Departure> = here
            .into_iter()
            .rev()
            .take(size)
            .map(|member| Departure {
                member,
                cause: LeaveCause::Lost,
            })
            .collect();
        self.world.join_leave(&[], &gone);
    }

    fn choose(&mut self, who: Index, role: Option<Role>) {
        let roster = &self.world.room.state.roster;
        let all: Vec<MemberId> = roster.all().map(|member| member.id).collect();
        let admin = roster.admins_here().next().map(|admin| admin.id);
        let chosen = all.get(who.index(all.len())).copied().map(MemberRef::Id);
        if let (Some(admin), Some(who)) = (admin, chosen) {
            let command = match role {
                Some(role) => Command::SetRole { who, role },
                None => Command::SetHeir { who },
            };
            // A command may be denied, and then changes nothing.
            let _denied = self.world.command(admin, &command);
        }
    }

    /// Sends the new events, as a server does.
    fn broadcast(&mut self) {
        let log = &self.world.log;
        for committed in log.get(self.delivered..).unwrap_or_default() {
            let news = PendingFact::of(&committed.fact, &self.state);
            self.state.apply(&committed.fact);
            let Broadcast { facts, with_state } =
                self.client_events.publish(vec![news], &self.state);
            for client in self.clients.iter_mut().filter(|client| client.online) {
                client.receive(&facts);
                if with_state {
                    client.state = self.state.for_client(client.id);
                }
            }
        }
        self.delivered = log.len();
    }

    fn take(&mut self, happening: &Happening) {
        match happening {
            Happening::Step(step) => {
                if let Some(Outcome::Restarted) = step.happen(&mut self.world) {
                    self.broadcast();
                    self.reopened();
                }
            }
            Happening::Crowd(size) => self.crowd(*size),
            Happening::Lost(size) => self.lose(*size),
            Happening::Chosen(who, role) => self.choose(*who, *role),
            Happening::Toggle(client) => self.toggle(*client),
        }
        self.broadcast();
        // A kicked member receives nothing more.
        let roster = &self.state.roster;
        self.clients
            .retain(|client| roster.get(client.id).is_some());
    }

    fn toggle(&mut self, client: Index) {
        let place = client.index(self.clients.len().max(1));
        let Some(client) = self.clients.get_mut(place) else {
            return;
        };
        client.online = !client.online;
        if client.online {
            match self
                .client_events
                .missed_since(client.state.rev, client.id, &self.state)
            {
                Some(missed) => client.receive(&missed),
                None => client.state = self.state.for_client(client.id),
            }
        }
    }

    /// A restarted server has no events, and sends everyone the state.
    fn reopened(&mut self) {
        self.client_events = ClientEvents::default();
        for client in &mut self.clients {
            client.state = self.state.for_client(client.id);
        }
    }
}

/// A step in a large room.
#[derive(Debug, Clone)]
enum Happening {
    Step(Step),
    Crowd(usize),
    Lost(usize),
    /// An admin gives somebody a role, or names them heir.
    Chosen(Index, Option<Role>),
    /// A client goes offline, or comes back and asks for what it missed.
    Toggle(Index),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => step().prop_map(Happening::Step),
        1 => (1..20_usize).prop_map(Happening::Crowd),
        1 => (1..30_usize).prop_map(Happening::Lost),
        2 => (any::<Index>(), proptest::option::of(select(Role::ALL.to_vec())))
            .prop_map(|(who, role)| Happening::Chosen(who, role)),
        2 => any::<Index>().prop_map(Happening::Toggle),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn clients_of_large_rooms_know_what_is_so(
        members in prop_oneof![80..110_usize, Just(99), Just(100)],
        happenings in proptest::collection::vec(happening(), 0..40),
    ) {
        let mut hall = Hall::of(members);
        for happening in &happenings {
            if hall.world.room.state.closed {
                break;
            }
            hall.take(happening);
            assert_eq!(hall.state, hall.world.room.state);
            for client in hall.clients.iter().filter(|client| client.online) {
                client.check(&hall.state, !hall.client_events.is_shortened());
            }
        }
    }
}
