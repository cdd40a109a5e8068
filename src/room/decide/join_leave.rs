//! Members join and leave: one presence event for a whole batch, and its consequences.

use std::collections::{BTreeMap, BTreeSet};

use super::unique_names::Names;
use super::{
    AdmittedMember, Decided, JoinLeaveOutcome, Moment, PresenceChange, acting_admin, eligibility,
    gate, slow,
};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{InviteId, MemberId, NodeId};
use crate::protocol::member::{LeaveCause, Member, MemberFlags, Presence, Role};
use crate::protocol::playback::{HoldEnd, Retime};
use crate::protocol::time::RoomTime;
use crate::room::committed::Room;
use crate::room::invites::InviteCount;
use crate::room::roster::Roster;
use crate::room::secrets::{AddressHash, SecretEvent, TokenHash};
use crate::room::state::RoomState;

/// Members join and leave; see [`super::join_leave`].
pub(super) fn join_leave(
    room: &Room,
    change: PresenceChange<'_>,
    moment: Moment,
) -> JoinLeaveOutcome {
    let state = &room.state;
    let count = room.secrets.invites().counting(moment.now);
    let mut batch = Batch::new(&state.roster, count);
    batch.node = change.node;
    for arrival in change.arrivals {
        batch.arrive(room, arrival, moment.now);
    }
    batch.depart(change.departures);
    let private = batch.secrets();
    let Batch {
        joined,
        left,
        members,
        ..
    } = batch;
    if joined.is_empty() && left.is_empty() {
        let decided = Vec::new();
        return JoinLeaveOutcome { decided, members };
    }

    let joined: Vec<Member> = joined.into_values().collect();
    let mut after = state.roster.clone();
    after.remove_left(&left, moment.now);
    after.add_joined(&joined);
    after.count = u32::try_from(after.here().count()).unwrap_or(u32::MAX);

    let consequences = consequences(state, &after, &left, moment);
    let mut decided = vec![Decided::Event {
        private,
        public: Box::new(RoomEvent::Presence {
            joined,
            left,
            count: after.count,
            large: Some(eligibility::is_large(room, &after, moment.now)),
        }),
    }];
    decided.extend(consequences);
    JoinLeaveOutcome { decided, members }
}

/// Makes somebody known to the room who is not here: a member who is gone already.
pub(super) fn guest(
    room: &Room,
    arrival: &AdmittedMember,
    moment: Moment,
) -> (MemberId, Vec<Decided>) {
    let state = &room.state;
    let count = room.secrets.invites().counting(moment.now);
    let mut batch = Batch::new(&state.roster, count);
    let newcomer = batch.newcomer(arrival, moment.now);
    let id = newcomer.id;
    batch.from.extend(arrival.from.map(|from| (id, from)));
    let guest = Member {
        presence: Presence::Gone(moment.now),
        has_player: false,
        ..newcomer
    };
    let known = Decided::Event {
        private: batch.secrets(),
        public: Box::new(RoomEvent::Presence {
            joined: vec![guest],
            left: Vec::new(),
            count: state.roster.count,
            large: state.large,
        }),
    };
    (id, vec![known])
}

/// The joins and departures collected so far.
struct Batch<'a> {
    before: &'a Roster,
    names: Option<Names>,
    next: MemberId,
    joined: BTreeMap<MemberId, Member>,
    left: Vec<Departure>,
    tokens: Vec<(MemberId, TokenHash)>,
    from: Vec<(MemberId, AddressHash)>,
    without_address: Vec<MemberId>,
    invites: InviteCount<'a>,
    invited: Vec<(MemberId, InviteId)>,
    /// The node at which they join.
    node: Option<&'a NodeId>,
    /// Those who join, with that node.
    nodes: Vec<(MemberId, NodeId)>,
    members: Vec<(MemberId, bool)>,
}

impl<'a> Batch<'a> {
    fn new(before: &'a Roster, invites: InviteCount<'a>) -> Self {
        Self {
            before,
            names: None,
            next: before.next_id(),
            joined: BTreeMap::new(),
            left: Vec::new(),
            tokens: Vec::new(),
            from: Vec::new(),
            without_address: Vec::new(),
            invites,
            invited: Vec::new(),
            node: None,
            nodes: Vec::new(),
            members: Vec::new(),
        }
    }

    /// Adds a joining client. A token brings a member back as they were; everyone else is new.
    fn arrive(&mut self, room: &Room, arrival: &AdmittedMember, now: RoomTime) {
        let owner = arrival.owner(&room.secrets);
        let owner = owner.or_else(|| self.joined_in_batch(&arrival.token));
        let known = owner.and_then(|owner| self.joined.get(&owner).or(self.before.get(owner)));
        let (member, returned) = match known {
            Some(known) => {
                let acting = known.acting || self.before.acts_again(known.id);
                (returning(known, acting, arrival, now), true)
            }
            None => (self.newcomer(arrival, now), false),
        };
        let known_from = room.secrets.address(member.id);
        self.members.push((member.id, returned));
        self.nodes
            .extend(self.node.map(|node| (member.id, node.clone())));
        match arrival.from {
            Some(from) if known_from != Some(from) => self.from.push((member.id, from)),
            // Somebody else may have the earlier address by now, and a ban must not affect them.
            None if known_from.is_some() => self.without_address.push(member.id),
            // Reconnected before the departure was committed: there is nothing to announce. Where
            // several nodes share the log, all have to learn where the member is connected; and a
            // node that cannot tell them may itself have missed that.
            _ if self.node.is_none() && self.is_as_before(&member) => return,
            _ => {}
        }
        self.joined.insert(member.id, member);
    }

    /// Whether nothing changes for the others.
    fn is_as_before(&self, member: &Member) -> bool {
        let before = self.before.get(member.id).map(Member::for_others);
        !self.joined.contains_key(&member.id) && before == Some(member.for_others())
    }

    /// The member who got this token in the same batch: a client that lost its connection at once.
    fn joined_in_batch(&self, token: &TokenHash) -> Option<MemberId> {
        let mut given = self.tokens.iter();
        given
            .find(|(_, known)| known == token)
            .map(|(member, _)| *member)
    }

    fn newcomer(&mut self, arrival: &AdmittedMember, now: RoomTime) -> Member {
        let id = self.next;
        self.next = id.next();
        self.tokens.push((id, arrival.token));
        let invite = arrival.invite.and_then(|token| self.invites.take(&token));
        self.invited.extend(invite.map(|(invite, _)| (id, invite)));
        let role = invite.map(|(_, role)| role).unwrap_or_default();
        let names = self.names.get_or_insert_with(|| Names::of(self.before));
        Member {
            id,
            name: names.take(&arrival.name),
            // The first member of a room is the one who created it.
            role: if id == MemberId::default().next() {
                Role::Admin
            } else {
                role
            },
            acting: false,
            presence: Presence::Here(now),
            has_player: arrival.has_player,
            flags: MemberFlags::default(),
            answered: Vec::new(),
        }
    }

    /// Adds departures of members who are here and do not return in the same batch.
    fn depart(&mut self, departures: &[Departure]) {
        let mut seen = BTreeSet::new();
        for departure in departures {
            let here = self
                .before
                .get(departure.member)
                .is_some_and(Member::is_here);
            let mut came = self.members.iter();
            let stays = came.any(|(member, _)| *member == departure.member);
            if here && !stays && seen.insert(departure.member) {
                self.left.push(*departure);
            }
        }
    }

    /// The private half of the event: tokens and addresses of those who joined, or the void tokens
    /// of kicked members.
    fn secrets(&mut self) -> Option<SecretEvent> {
        let came = [
            self.tokens.len(),
            self.from.len(),
            self.without_address.len(),
            self.nodes.len(),
        ];
        if came.iter().any(|count| *count > 0) {
            // The roster forgets kicked members, and their tokens with them.
            return Some(SecretEvent::Tokens {
                added: std::mem::take(&mut self.tokens),
                from: std::mem::take(&mut self.from),
                without_address: std::mem::take(&mut self.without_address),
                invited: std::mem::take(&mut self.invited),
                nodes: std::mem::take(&mut self.nodes),
            });
        }
        let kicked = |departure: &&Departure| departure.cause == LeaveCause::Kicked;
        let members = self.left.iter().filter(kicked);
        let members: Vec<MemberId> = members.map(|departure| departure.member).collect();
        (!members.is_empty()).then_some(SecretEvent::TokensVoid { members })
    }
}

/// A member who is still here, on a connection that broke unnoticed, keeps their time of arrival.
fn returning(known: &Member, acting: bool, arrival: &AdmittedMember, now: RoomTime) -> Member {
    let presence = match known.presence {
        Presence::Here(since) => Presence::Here(since),
        Presence::Gone(_) => Presence::Here(now),
    };
    Member {
        acting,
        presence,
        has_player: arrival.has_player,
        answered: Vec::new(),
        ..known.clone()
    }
}

/// The consequences of who is here now.
fn consequences(
    state: &RoomState,
    after: &Roster,
    left: &[Departure],
    moment: Moment,
) -> Vec<Decided> {
    let mut decided = Vec::new();
    if after.here().any(|member| member.role == Role::Admin) {
        decided.extend(acting_admin::revoke_acting(after));
    } else if left.iter().any(|gone| is_admin_gone_for_good(state, gone)) {
        decided.extend(acting_admin::succeed(after));
    } else {
        decided.extend(acting_admin::hand_over(after, None));
    }
    let emptied = after.count == 0;
    let on_purpose = left.iter().any(|gone| gone.cause != LeaveCause::Lost);
    let timeline = &state.timeline;
    if emptied && on_purpose && timeline.wants_playing() {
        decided.push(
            RoomEvent::Retimed {
                segment: timeline.paused_at(moment.now),
                retime: Retime::Emptied,
                in_player: false,
                countdown: false,
            }
            .into(),
        );
    } else if let Some(opened) = gate::open_without(state, left, moment).filter(|_| !emptied) {
        decided.push(opened);
    } else if left.iter().any(|gone| slow::waits_for(state, gone.member)) {
        decided.push(slow::release(state, HoldEnd::Gone, moment));
    }
    decided
}

/// Whether an admin left on purpose or was kicked.
fn is_admin_gone_for_good(state: &RoomState, gone: &Departure) -> bool {
    let member = state.roster.get(gone.member);
    gone.cause != LeaveCause::Lost && member.is_some_and(|member| member.power() == Role::Admin)
}
