//! Who follows when no admin is here, and when. They are *acting* admin until a real one
//! returns: `decide/acting.rs`.

use super::roster::Roster;
use super::state::RoomState;
use crate::protocol::member::{Member, Presence, Role};
use crate::protocol::time::{RoomTime, Span};

/// How long a room waits for a vanished admin, unless its server says otherwise (judgement: a
/// reconnect takes less).
const GRACE: Span = Span::seconds(30);
/// In rooms of up to this many the longest-present member may follow; nobody is crowned for
/// patience in a larger one.
const CROWNED_UP_TO: u32 = 20;

/// When somebody follows: after the grace period, counted from when the last admin went or
/// the first member came (back), whichever is later. `None` if an admin is here or nobody
/// can follow.
pub(super) fn due(state: &RoomState) -> Option<RoomTime> {
    let attended = state.attended_since?;
    successor(&state.roster)?;
    let missed = state.roster.last_admin_gone().unwrap_or(attended);
    Some(attended.max(missed) + state.grace.unwrap_or(GRACE))
}

/// Who follows now that no admin is here.
pub(super) fn successor(roster: &Roster) -> Option<&Member> {
    if roster.admins_here().next().is_some() {
        return None;
    }
    first_in_line(roster)
}

/// The acting admin who is here, and whoever has come (back) with a better claim than theirs.
pub(super) fn replacement(roster: &Roster) -> Option<(&Member, &Member)> {
    let acting = roster.here().find(|member| member.acting)?;
    let first = first_in_line(roster)?;
    (claim(roster, first) > claim(roster, acting)).then_some((acting, first))
}

/// By what somebody follows, the weakest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Presence,
    Moderator,
    Heir,
}

fn claim(roster: &Roster, member: &Member) -> Claim {
    if roster.heir == Some(member.id) {
        Claim::Heir
    } else if member.role == Role::Moderator {
        Claim::Moderator
    } else {
        Claim::Presence
    }
}

/// The heir, else the longest-present moderator, else in small rooms the longest-present
/// member; never somebody who was muted.
fn first_in_line(roster: &Roster) -> Option<&Member> {
    let heir = heard(roster).find(|member| Some(member.id) == roster.heir);
    let small = roster.count <= CROWNED_UP_TO;
    heir.or_else(|| longest(heard(roster).filter(|m| m.role == Role::Moderator)))
        .or_else(|| longest(heard(roster).filter(|_| small)))
}

/// Those who are here and whose voice was not taken away: who was muted does not get the room,
/// neither by waiting nor by what they were named before.
fn heard(roster: &Roster) -> impl Iterator<Item = &Member> {
    roster.here().filter(|member| !member.flags.muted)
}

fn longest<'a>(members: impl Iterator<Item = &'a Member>) -> Option<&'a Member> {
    members.min_by_key(|member| {
        let (Presence::Here(since) | Presence::Gone(since)) = member.presence;
        (since, member.id)
    })
}
