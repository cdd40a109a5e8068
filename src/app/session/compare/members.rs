//! Who came and went, and what changed about those who are here.

use super::change::RoomChange;
use crate::app::output::{MemberChange, Notice, Output, Person, Removal, Renaming};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Member, MemberFlags, Role};

/// How many are here, if that changed.
pub(super) fn count(change: &RoomChange<'_>) -> Option<Output> {
    let count = change.now.roster.count;
    (change.before.count() != Some(count)).then_some(Output::Viewers(count))
}

/// That the room began or ceased to wait for slow viewers because of its size.
pub(super) fn wait_policy(change: &RoomChange<'_>) -> Option<Notice> {
    let is_by_size = matches!(
        change.event(),
        Some(RoomEvent::Presence { .. } | RoomEvent::Reopened { .. })
    );
    let waits = change.now.waits();
    let is_new = change.before.waits() != Some(waits);
    (is_by_size && is_new && change.now.roster.count > 0).then_some(Notice::WaitPolicy {
        waits,
        chosen: false,
        by: None,
    })
}

/// What changed about the members: about those whom the event names, else about everyone.
pub(super) fn changes(change: &RoomChange<'_>) -> Vec<Output> {
    match change.event() {
        None => of_everyone(change),
        Some(RoomEvent::Presence { joined, left, .. }) => {
            let gone = left
                .iter()
                .filter_map(|departure| gone(change, departure.member, departure.cause));
            let came = joined.iter().filter_map(|member| came(change, member));
            gone.chain(came).collect()
        }
        Some(RoomEvent::Reopened { .. }) => {
            let here = change.before.here().into_iter();
            here.filter_map(|member| gone(change, member.id, LeaveCause::Lost))
                .collect()
        }
        Some(RoomEvent::Renamed { member, was, .. }) => {
            let now = change.member(*member);
            now.map(|now| {
                let then = change.before.member(now.id).map(|then| &then.name);
                Output::Renamed(Renaming::of(
                    was.as_ref().or(then),
                    now,
                    change.recipient.me,
                ))
            })
            .into_iter()
            .collect()
        }
        Some(RoomEvent::RoleChanged { member, .. }) => {
            let now = change.member(*member);
            now.map_or_else(Vec::new, |now| {
                let acting = acting(change, now).map(Output::Notice);
                let what = match acting {
                    Some(_) => MemberChange::ActingRole,
                    None => MemberChange::Role,
                };
                let role = role(change, now, what);
                role.into_iter().chain(acting).collect()
            })
        }
        Some(event) => marked(change, event).into_iter().collect(),
    }
}

/// What changed about everyone between two states.
fn of_everyone(change: &RoomChange<'_>) -> Vec<Output> {
    let mut outputs = Vec::new();
    for now in change.now.roster.here() {
        let then = change.before.member(now.id).filter(|then| then.is_here());
        let Some(then) = then else {
            outputs.extend(came(change, now));
            continue;
        };
        if then.name != now.name {
            let renaming = Renaming::of(Some(&then.name), now, change.recipient.me);
            outputs.push(Output::Renamed(renaming));
        }
        outputs.extend(role(change, now, MemberChange::Role));
        outputs.extend(marks(change, then.flags, now));
    }
    let gone = change.before.here().into_iter().filter(|then| {
        let now = change.member(then.id);
        !now.is_some_and(Member::is_here)
    });
    outputs.extend(gone.filter_map(|then| self::gone(change, then.id, LeaveCause::Lost)));
    outputs
}

/// That a member came who was not here. One who is only on an errand has not come.
fn came(change: &RoomChange<'_>, now: &Member) -> Option<Output> {
    let then = change.before.member(now.id);
    let was_here = then.is_some_and(Member::is_here);
    (now.is_here() && !was_here).then(|| member(change, now, MemberChange::Joined, None))
}

/// That a member went: one who was gone already only if they were sent out.
fn gone(change: &RoomChange<'_>, id: MemberId, cause: LeaveCause) -> Option<Output> {
    let then = change.before.member(id)?;
    if cause != LeaveCause::Kicked {
        let was_here = then.is_here();
        return was_here.then(|| member(change, then, MemberChange::Left, None));
    }
    Some(Output::Removed(Removal {
        id,
        name: then.name.clone(),
        role: then.power(),
        by: change.by_whom(),
        was_here: then.is_here(),
        is_banned: change.now.bans.iter().any(|ban| ban.member == id),
    }))
}

/// That a member has another power, reported as `what`. Acting power comes and goes by itself, so
/// only a lasting role names who gave it.
fn role(change: &RoomChange<'_>, now: &Member, what: MemberChange) -> Option<Output> {
    let then = change.before.member(now.id);
    let is_new = then.is_none_or(|then| then.power() != now.power());
    let is_given = then.is_some_and(|then| then.role != now.role);
    let by = change.by_another(now.id).filter(|_| is_given);
    is_new.then(|| member(change, now, what, by))
}

/// That a member has the power of an admin for now.
fn acting(change: &RoomChange<'_>, now: &Member) -> Option<Notice> {
    let acted = change.before.member(now.id).is_some_and(|then| then.acting);
    (now.acting && !acted).then(|| Notice::ActingAdmin {
        who: Person::of(now, change.recipient.me),
        until: only_absent_admin(change).map(|admin| admin.name.clone()),
    })
}

/// The admin who is away, if there is exactly one.
fn only_absent_admin<'a>(change: &RoomChange<'a>) -> Option<&'a Member> {
    let members = change.now.roster.all();
    let mut absent = members.filter(|member| member.role == Role::Admin && !member.is_here());
    let admin = absent.next()?;
    absent.next().is_none().then_some(admin)
}

/// What an event decided about a member.
fn marked(change: &RoomChange<'_>, event: &RoomEvent) -> Option<Output> {
    if let RoomEvent::ReadyChanged { member: id, ready } = event {
        let what = if *ready {
            MemberChange::Ready
        } else {
            MemberChange::NotReady
        };
        return change
            .member(*id)
            .map(|now| member(change, now, what, None));
    }
    let id = match event {
        RoomEvent::Muted { member, .. } | RoomEvent::WaitExempted { member, .. } => *member,
        _ => return None,
    };
    let now = change.member(id)?;
    // An event reports a change, whatever was known of the member before.
    let then = match event {
        RoomEvent::Muted { muted, .. } => MemberFlags {
            muted: !muted,
            ..now.flags
        },
        _ => MemberFlags {
            wait_exempt: !now.flags.wait_exempt,
            ..now.flags
        },
    };
    marks(change, then, now).next()
}

/// What was decided about a member.
fn marks(change: &RoomChange<'_>, then: MemberFlags, now: &Member) -> impl Iterator<Item = Output> {
    let muted = match (then.muted, now.flags.muted) {
        (false, true) => Some(MemberChange::Muted),
        (true, false) => Some(MemberChange::Unmuted),
        _ => None,
    };
    let wait_exempt = match (then.wait_exempt, now.flags.wait_exempt) {
        (false, true) => Some(MemberChange::WaitExempt),
        (true, false) => Some(MemberChange::WaitCounted),
        _ => None,
    };
    let changes = muted.into_iter().chain(wait_exempt);
    changes.map(|what| member(change, now, what, change.by_another(now.id)))
}

fn member(
    change: &RoomChange<'_>,
    member: &Member,
    what: MemberChange,
    by: Option<Person>,
) -> Output {
    Output::Member {
        id: member.id,
        who: Person::of(member, change.recipient.me),
        role: member.power(),
        change: what,
        by,
    }
}
