//! Who becomes acting admin when no admin is here, and when. They act until a real admin returns:
//! `decide/acting_admin.rs`.

use super::roster::Roster;
use super::state::RoomState;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{Member, Presence, Role};
use crate::protocol::time::{RoomTime, Span};

/// The grace period for a vanished admin, unless the server says otherwise (judgement: a reconnect
/// takes less).
const GRACE: Span = Span::seconds(30);
/// In rooms of up to this many members the member present longest may follow; in a larger one,
/// patience alone should not give power (judgement).
const MAX_MEMBERS_FOR_PRESENCE: u32 = 20;

/// When the successor takes over: the grace period after the last admin left or the first member
/// came (back), whichever is later. `None` if an admin is here or nobody can follow.
pub(super) fn due(state: &RoomState) -> Option<RoomTime> {
    let occupied = state.occupied_since?;
    successor(&state.roster)?;
    let missed = state.roster.last_admin_gone().unwrap_or(occupied);
    Some(occupied.max(missed) + state.grace.unwrap_or(GRACE))
}

/// Whether an admin who vanished may still return: nobody leads the room meanwhile.
pub(super) fn is_awaited(state: &RoomState) -> bool {
    due(state).is_some()
}

/// The successor, if no admin is here.
pub(super) fn successor(roster: &Roster) -> Option<&Member> {
    if roster.admins_here().next().is_some() {
        return None;
    }
    first_in_line(roster, None)
}

/// The acting admin present, and a member of a higher rank who has come (back). `unmuted` is about
/// to be unmuted, and counts as not muted.
pub(super) fn replacement(
    roster: &Roster,
    unmuted: Option<MemberId>,
) -> Option<(&Member, &Member)> {
    let acting = roster.here().find(|member| member.acting)?;
    let first = first_in_line(roster, unmuted)?;
    (rank(roster, first) > rank(roster, acting)).then_some((acting, first))
}

/// The ranks of successors, lowest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SuccessionRank {
    Presence,
    Moderator,
    Heir,
}

fn rank(roster: &Roster, member: &Member) -> SuccessionRank {
    if roster.heir == Some(member.id) {
        SuccessionRank::Heir
    } else if member.role == Role::Moderator {
        SuccessionRank::Moderator
    } else {
        SuccessionRank::Presence
    }
}

/// The heir, else the moderator present longest, else in small rooms the member present longest;
/// never a muted member.
fn first_in_line(roster: &Roster, unmuted: Option<MemberId>) -> Option<&Member> {
    let eligible = || not_muted(roster, unmuted);
    let heir = eligible().find(|member| Some(member.id) == roster.heir);
    let small = roster.count <= MAX_MEMBERS_FOR_PRESENCE;
    heir.or_else(|| longest(eligible().filter(|m| m.role == Role::Moderator)))
        .or_else(|| longest(eligible().filter(|_| small)))
}

/// Members present who are not muted: a muted member does not get power over the room, neither by
/// waiting nor by an earlier role.
fn not_muted(roster: &Roster, unmuted: Option<MemberId>) -> impl Iterator<Item = &Member> {
    let counts = move |member: &&Member| !member.flags.muted || Some(member.id) == unmuted;
    roster.here().filter(counts)
}

fn longest<'a>(members: impl Iterator<Item = &'a Member>) -> Option<&'a Member> {
    members.min_by_key(|member| {
        let (Presence::Here(since) | Presence::Gone(since)) = member.presence;
        (since, member.id)
    })
}
