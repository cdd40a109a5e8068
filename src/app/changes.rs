//! What an event of the room, or a whole new state of it, tells the member. Pure functions
//! of the room before and after it.

use super::told::{MemberChange, Notice, Person, Removal, Renaming, TimelineView, Told};
use crate::protocol::event::{Departure, Fact, RoomEvent};
use crate::protocol::film::{Entry, Playing};
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Member};
use crate::protocol::text::MemberName;
use crate::protocol::time::{RoomTime, Span};
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

mod notices;
mod whole;

pub(super) use notices::is_muted_proposal;
pub(super) use whole::whole;

/// What an event changes or takes away, noted before it is applied.
#[derive(Debug, Clone)]
pub(super) struct Before {
    /// How time ran.
    pub(super) timeline: Timeline,
    /// The members it is about, as they were.
    members: Vec<Member>,
    /// The entry it is about.
    entry: Option<Entry>,
    /// Whose ban it lifts.
    unbanned: Option<MemberName>,
    count: u32,
    waits: bool,
    /// What an admin chose about waiting, if one did.
    wait: Option<bool>,
    /// Who is told.
    me: MemberId,
}

impl Before {
    /// Takes note of what `fact` is about, to tell `me`.
    pub(super) fn of(state: &RoomState, fact: &Fact, me: MemberId) -> Self {
        let roster = &state.roster;
        let members = match &fact.event {
            RoomEvent::Presence { joined, left, .. } => {
                let came = joined.iter().map(|member| member.id);
                let went = left.iter().map(|departure| departure.member);
                came.chain(went)
                    .filter_map(|id| roster.get(id).cloned())
                    .collect()
            }
            RoomEvent::Reopened { .. } => roster.here().cloned().collect(),
            RoomEvent::RoleChanged { member, .. } | RoomEvent::Renamed { member, .. } => {
                roster.get(*member).into_iter().cloned().collect()
            }
            _ => Vec::new(),
        };
        let entry = match &fact.event {
            RoomEvent::Unqueued { entry, .. } => state.queue.get(*entry).cloned(),
            _ => None,
        };
        let unbanned = match &fact.event {
            RoomEvent::Unbanned { member } => state.bans.iter().find(|ban| ban.member == *member),
            _ => None,
        };
        Self {
            timeline: state.timeline.clone(),
            members,
            entry,
            unbanned: unbanned.map(|ban| ban.name.clone()),
            count: roster.count,
            waits: state.waits(),
            wait: state.wait,
            me,
        }
    }

    /// What is told of `fact`, which made the room `state`. `replayed`: it happened while
    /// the connection was away.
    pub(super) fn told(&self, fact: &Fact, state: &RoomState, replayed: bool) -> Vec<Told> {
        let mut told = Vec::new();
        match &fact.event {
            RoomEvent::Presence { .. } | RoomEvent::Reopened { .. } => {
                self.attendance(fact, state, &mut told);
            }
            RoomEvent::Renamed { member, was, .. } => {
                let then = self.known(*member).map(|then| &then.name);
                let renaming = |now| Renaming::of(was.as_ref().or(then), now, self.me);
                told.extend(of(state, *member).map(renaming).map(Told::Renamed));
            }
            RoomEvent::RoleChanged {
                member: id, acting, ..
            } => {
                self.role(*id, *acting, state, &mut told);
            }
            RoomEvent::Muted { .. } | RoomEvent::Spared { .. } => {
                told.extend(marked(&fact.event, state, self.me));
            }
            RoomEvent::Erased { line, by } => told.push(Told::Erased {
                id: *line,
                by: Person {
                    name: by.clone(),
                    is_you: fact.by == Some(self.me),
                },
            }),
            RoomEvent::Chat(line) => told.push(Told::Chat {
                line: line.clone(),
                history: replayed,
            }),
            _ => told.extend(self.notice(fact, state).map(Told::Notice)),
        }
        self.film(fact, state, &mut told);
        if changes_queue(&fact.event) {
            let entries = state.queue.entries().to_vec();
            told.push(if self.is_quiet(fact, state) {
                Told::QuietQueue(entries)
            } else {
                Told::Queue(entries)
            });
        }
        told
    }

    fn member(&self, now: &Member, change: MemberChange) -> Told {
        member(now, change, self.me)
    }

    fn known(&self, id: MemberId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    fn attendance(&self, fact: &Fact, state: &RoomState, told: &mut Vec<Told>) {
        if let RoomEvent::Presence { joined, left, .. } = &fact.event {
            told.extend(
                left.iter()
                    .filter_map(|gone| self.departed(*gone, fact, state)),
            );
            for came in joined {
                let was_here = self.known(came.id).is_some_and(Member::is_here);
                if !was_here {
                    told.push(self.member(came, MemberChange::Joined));
                }
            }
        } else {
            let here = self.members.iter().filter(|member| member.is_here());
            told.extend(here.map(|gone| self.member(gone, MemberChange::Left)));
        }
        if state.roster.count != self.count {
            told.push(Told::Viewers(state.roster.count));
        }
        if state.waits() != self.waits && state.roster.count > 0 {
            told.push(Told::Notice(Notice::WaitPolicy {
                waits: state.waits(),
                chosen: false,
            }));
        }
    }

    /// What is told of somebody who went: a departure of one who was gone already only if they
    /// were sent out.
    fn departed(&self, gone: Departure, fact: &Fact, state: &RoomState) -> Option<Told> {
        let then = self.known(gone.member)?;
        if gone.cause != LeaveCause::Kicked {
            return then
                .is_here()
                .then(|| self.member(then, MemberChange::Left));
        }
        Some(Told::Removed(Removal {
            id: then.id,
            name: then.name.clone(),
            role: then.power(),
            by: fact.by.and_then(|by| person(state, by, self.me)),
            was_here: then.is_here(),
            is_banned: state.bans.iter().any(|ban| ban.member == then.id),
        }))
    }

    fn role(&self, id: MemberId, acting: bool, state: &RoomState, told: &mut Vec<Told>) {
        let Some(now) = of(state, id) else {
            return;
        };
        if self
            .known(id)
            .is_none_or(|then| then.power() != now.power())
        {
            told.push(self.member(now, MemberChange::Role));
        }
        let acted = self.known(id).is_some_and(|then| then.acting);
        if acting && !acted {
            told.push(Told::Notice(Notice::ActingAdmin {
                who: Person::of(now, self.me),
            }));
        }
    }

    /// What is told of the film: another one, its title, how time runs.
    fn film(&self, fact: &Fact, state: &RoomState, told: &mut Vec<Told>) {
        let (then, now) = (&self.timeline, &state.timeline);
        if then.epoch != now.epoch || shown(then) != shown(now) {
            told.push(Told::Media {
                playing: now.playing.clone(),
                epoch: now.epoch,
                revised: then.epoch == now.epoch && is_revised(then, now),
            });
        }
        let moved = then.epoch != now.epoch
            || then.segment != now.segment
            || then.hold != now.hold
            || then.finished != now.finished
            || then.stands() != now.stands()
            || then.is_given_up() != now.is_given_up();
        if moved {
            let has_notice = match fact.event {
                RoomEvent::NobodyPlays { .. } | RoomEvent::Finished { .. } => true,
                // Else it has skipped a part, and the time is told as after a jump.
                RoomEvent::SomebodyPlays { .. } => then.standstill.is_some(),
                _ => false,
            };
            told.push(timeline_view(state, fact.at, has_notice));
        }
        if then.gate != now.gate {
            told.push(gate(state, fact.at, then.epoch != now.epoch, self.me));
        }
    }
}

/// A change of what was decided about a member.
fn marked(event: &RoomEvent, state: &RoomState, me: MemberId) -> Option<Told> {
    let (id, change) = match event {
        RoomEvent::Muted {
            member,
            muted: true,
        } => (*member, MemberChange::Muted),
        RoomEvent::Muted { member, .. } => (*member, MemberChange::Unmuted),
        RoomEvent::Spared {
            member,
            spared: true,
        } => (*member, MemberChange::Spared),
        RoomEvent::Spared { member, .. } => (*member, MemberChange::Unspared),
        _ => return None,
    };
    of(state, id).map(|now| member(now, change, me))
}

/// A change of a member.
fn member(member: &Member, change: MemberChange, me: MemberId) -> Told {
    Told::Member {
        id: member.id,
        who: Person::of(member, me),
        role: member.power(),
        change,
    }
}

/// What plays, as far as it is shown: by whose word its length is and who has opened it is not.
fn shown(timeline: &Timeline) -> Option<Playing> {
    timeline.playing.clone().map(|playing| Playing {
        length_is_set: false,
        length_by_viewers: false,
        title_by_viewers: false,
        players_length: None,
        unopened: false,
        begins: None,
        ..playing
    })
}

/// Whether only the length of what plays has changed, and was known before.
fn is_revised(then: &Timeline, now: &Timeline) -> bool {
    let length = now.playing.as_ref().and_then(|playing| playing.duration);
    let before = shown(then).filter(|playing| playing.duration.is_some());
    let with_length = before.map(|playing| Playing {
        duration: length,
        ..playing
    });
    with_length.is_some() && with_length == shown(now)
}

/// How time runs, seen at a room time.
fn timeline_view(state: &RoomState, at: RoomTime, has_notice: bool) -> Told {
    let timeline = &state.timeline;
    Told::Timeline(TimelineView {
        position: timeline.position(at),
        paused: timeline.segment.paused || timeline.is_given_up(),
        held: timeline.waits_for_data(),
        rate: timeline.segment.rate,
        rev: state.rev,
        at,
        start: timeline.segment.start,
        has_notice,
    })
}

/// Whose players the video waits for at a room time.
fn gate(state: &RoomState, at: RoomTime, fresh: bool, me: MemberId) -> Told {
    Told::Gate {
        missing: people(state, &state.timeline.gate, me),
        at_most: (state.timeline.segment.start - at).max(Span::ZERO),
        fresh,
    }
}

fn people(state: &RoomState, members: &[MemberId], me: MemberId) -> Vec<Person> {
    let members = members.iter();
    members.filter_map(|id| person(state, *id, me)).collect()
}

fn person(state: &RoomState, id: MemberId, me: MemberId) -> Option<Person> {
    of(state, id).map(|member| Person::of(member, me))
}

fn of(state: &RoomState, id: MemberId) -> Option<&Member> {
    state.roster.get(id)
}

fn changes_queue(event: &RoomEvent) -> bool {
    match event {
        RoomEvent::Queued { .. }
        | RoomEvent::Approved { .. }
        | RoomEvent::Unqueued { .. }
        | RoomEvent::QueueMoved { .. } => true,
        RoomEvent::Loaded {
            entry, interrupted, ..
        } => entry.is_some() || interrupted.is_some(),
        _ => false,
    }
}
