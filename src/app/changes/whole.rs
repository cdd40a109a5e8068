//! What a whole new state of the room tells, compared with what was known before.

use super::notices::stands_for_nobody;
use super::{gate, member, timeline_view};
use crate::app::told::{MemberChange, Person, Renaming, Told};
use crate::protocol::ids::{ChatId, MemberId};
use crate::protocol::member::Member;
use crate::room::state::RoomState;

/// What a whole state tells, compared with what was known before: who is here, what was said
/// after `told_chat`, what plays, how time runs, what waits.
pub(in crate::app) fn whole(
    state: &RoomState,
    before: Option<&RoomState>,
    told_chat: ChatId,
    me: MemberId,
) -> Vec<Told> {
    let mut told = Vec::new();
    if before.is_none_or(|before| before.roster.count != state.roster.count) {
        told.push(Told::Viewers(state.roster.count));
    }
    attendance(state, before, me, &mut told);
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
    let nobody = stands_for_nobody(state, before);
    told.push(timeline_view(state, state.at, nobody.is_some()));
    told.extend(nobody.map(Told::Notice));
    if state.timeline.awaits_start(state.at) && !state.timeline.gate.is_empty() {
        told.push(gate(state, state.at, true, me));
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
                // A state has only a name, which may be somebody else's by now.
                by: Person::other(line.erased.clone()?),
            })
        })
        .collect()
}

/// What was decided about a member between two states.
fn marks(then: &Member, now: &Member, me: MemberId) -> impl Iterator<Item = Told> {
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
    changes.map(move |change| member(now, change, me))
}

/// Who came, went or changed between two states.
fn attendance(state: &RoomState, before: Option<&RoomState>, me: MemberId, told: &mut Vec<Told>) {
    let known = |id| {
        before
            .and_then(|b| b.roster.get(id))
            .filter(|m| m.is_here())
    };
    for now in state.roster.here() {
        match known(now.id) {
            None => told.push(member(now, MemberChange::Joined, me)),
            Some(then) => {
                if then.name != now.name {
                    told.push(Told::Renamed(Renaming::of(Some(&then.name), now, me)));
                }
                if then.power() != now.power() {
                    told.push(member(now, MemberChange::Role, me));
                }
                told.extend(marks(then, now, me));
            }
        }
    }
    let gone = before.into_iter().flat_map(|before| before.roster.here());
    for then in gone {
        let here = state.roster.get(then.id).is_some_and(Member::is_here);
        if !here {
            told.push(member(then, MemberChange::Left, me));
        }
    }
}
