//! What an event of the room, or a whole new state of it, tells the member. Pure functions
//! of the room before and after it.

use super::told::{MemberChange, Notice, Removal, Renaming, TimelineView, Told};
use crate::protocol::event::{Departure, Fact, RoomEvent};
use crate::protocol::film::{Entry, Playing};
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::{LeaveCause, Member};
use crate::protocol::text::MemberName;
use crate::protocol::time::{RoomTime, Span};
use crate::room::state::RoomState;
use crate::room::timeline::Timeline;

mod notices;

pub(super) use notices::is_muted_proposal;

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
}

impl Before {
    /// Takes note of what `fact` is about.
    pub(super) fn of(state: &RoomState, fact: &Fact) -> Self {
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
                let renaming = |now| Renaming::of(was.as_ref().or(then), now);
                told.extend(of(state, *member).map(renaming).map(Told::Renamed));
            }
            RoomEvent::RoleChanged {
                member: id, acting, ..
            } => {
                self.role(*id, *acting, state, &mut told);
            }
            RoomEvent::Muted { .. } | RoomEvent::Spared { .. } => {
                told.extend(marked(&fact.event, state));
            }
            RoomEvent::Erased { line, by } => told.push(Told::Erased {
                id: *line,
                by: by.clone(),
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
                    told.push(member(came, MemberChange::Joined));
                }
            }
        } else {
            let here = self.members.iter().filter(|member| member.is_here());
            told.extend(here.map(|gone| member(gone, MemberChange::Left)));
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
            return then.is_here().then(|| member(then, MemberChange::Left));
        }
        Some(Told::Removed(Removal {
            id: then.id,
            name: then.name.clone(),
            role: then.power(),
            by: fact.by.and_then(|by| Some(of(state, by)?.name.clone())),
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
            told.push(member(now, MemberChange::Role));
        }
        let acted = self.known(id).is_some_and(|then| then.acting);
        if acting && !acted {
            told.push(Told::Notice(Notice::ActingAdmin {
                name: now.name.clone(),
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
            let has_notice = matches!(
                fact.event,
                RoomEvent::NobodyPlays { .. }
                    | RoomEvent::SomebodyPlays { .. }
                    | RoomEvent::Finished { .. }
            );
            told.push(timeline_view(state, fact.at, has_notice));
        }
        if then.gate != now.gate {
            told.push(gate(state, fact.at, then.epoch != now.epoch));
        }
    }
}

/// What a whole state tells, compared with what was known before: who is here, what was said
/// after `told_chat`, what plays, how time runs, what waits.
pub(super) fn whole(state: &RoomState, before: Option<&RoomState>, told_chat: ChatId) -> Vec<Told> {
    let mut told = Vec::new();
    if before.is_none_or(|before| before.roster.count != state.roster.count) {
        told.push(Told::Viewers(state.roster.count));
    }
    attendance(state, before, &mut told);
    let missed = state.chat.lines().filter(|line| line.id > told_chat);
    told.extend(missed.map(|line| Told::Chat {
        line: line.clone(),
        history: true,
    }));
    told.extend(erased(state, before, told_chat));
    told.push(Told::Media {
        playing: state.timeline.playing.clone(),
        epoch: state.timeline.epoch,
        revised: false,
    });
    let nobody = notices::stands_for_nobody(state, before);
    told.push(timeline_view(state, state.at, nobody.is_some()));
    told.extend(nobody.map(Told::Notice));
    if state.timeline.awaits_start(state.at) && !state.timeline.gate.is_empty() {
        told.push(gate(state, state.at, true));
    }
    told.push(Told::Queue(state.queue.entries().to_vec()));
    told
}

/// Lines that were told before and are gone by now.
fn erased(state: &RoomState, before: Option<&RoomState>, told_chat: ChatId) -> Vec<Told> {
    let was_there = |id| {
        let line = before.and_then(|before| before.chat.get(id));
        line.is_none_or(|line| line.erased.is_none())
    };
    state
        .chat
        .lines()
        .filter(|line| line.id <= told_chat && was_there(line.id))
        .filter_map(|line| {
            Some(Told::Erased {
                id: line.id,
                by: line.erased.clone()?,
            })
        })
        .collect()
}

/// A change of what was decided about a member.
fn marked(event: &RoomEvent, state: &RoomState) -> Option<Told> {
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
    of(state, id).map(|now| member(now, change))
}

/// What was decided about a member between two states.
fn marks(then: &Member, now: &Member) -> impl Iterator<Item = Told> {
    let muted = match (then.marks.muted, now.marks.muted) {
        (false, true) => Some(MemberChange::Muted),
        (true, false) => Some(MemberChange::Unmuted),
        _ => None,
    };
    let spared = match (then.marks.spared, now.marks.spared) {
        (false, true) => Some(MemberChange::Spared),
        (true, false) => Some(MemberChange::Unspared),
        _ => None,
    };
    let changes = muted.into_iter().chain(spared);
    changes.map(|change| member(now, change))
}

/// Who came, went or changed between two states.
fn attendance(state: &RoomState, before: Option<&RoomState>, told: &mut Vec<Told>) {
    let known = |id| {
        before
            .and_then(|b| b.roster.get(id))
            .filter(|m| m.is_here())
    };
    for now in state.roster.here() {
        match known(now.id) {
            None => told.push(member(now, MemberChange::Joined)),
            Some(then) => {
                if then.name != now.name {
                    told.push(Told::Renamed(Renaming::of(Some(&then.name), now)));
                }
                if then.power() != now.power() {
                    told.push(member(now, MemberChange::Role));
                }
                told.extend(marks(then, now));
            }
        }
    }
    let gone = before.into_iter().flat_map(|before| before.roster.here());
    for then in gone {
        let here = state.roster.get(then.id).is_some_and(Member::is_here);
        if !here {
            told.push(member(then, MemberChange::Left));
        }
    }
}

/// A change of a member.
fn member(member: &Member, change: MemberChange) -> Told {
    Told::Member {
        id: member.id,
        name: member.name.clone(),
        role: member.power(),
        change,
    }
}

/// What plays, as far as it is shown: by whose word its length is and who has opened it is not.
fn shown(timeline: &Timeline) -> Option<Playing> {
    timeline.playing.clone().map(|playing| Playing {
        length_is_set: false,
        length_by_viewers: false,
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
fn gate(state: &RoomState, at: RoomTime, fresh: bool) -> Told {
    Told::Gate {
        missing: names(state, &state.timeline.gate),
        at_most: (state.timeline.segment.start - at).max(Span::ZERO),
        fresh,
    }
}

fn names(state: &RoomState, members: &[MemberId]) -> Vec<MemberName> {
    let members = members.iter().filter_map(|id| of(state, *id));
    members.map(|member| member.name.clone()).collect()
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
