//! What holds in every history: one order for all, nothing acknowledged missing or doubled, nothing
//! denied there, and every change by somebody who was allowed to make it.

use std::collections::{BTreeMap, BTreeSet};

use watchtogether::protocol::command::Command;
use watchtogether::protocol::event::{Fact, RoomEvent};
use watchtogether::protocol::ids::{MemberId, Rev, Seq};
use watchtogether::protocol::member::{LeaveCause, Member, Role};
use watchtogether::room::roles;
use watchtogether::room::roster::Roster;
use watchtogether::room::state::RoomState;

use super::record::Record;

/// Somebody who never knows the password of a private room.
pub(super) const STRANGER: &str = "Stranger";

/// Nobody: what such a client is shown is what all are shown.
const NOBODY: MemberId = MemberId(0);

/// Checks what the members of one room have recorded from its creation on.
pub(super) fn check(records: &[&Record]) {
    let creators = records.iter().map(|record| record.created).sum::<u32>();
    assert_eq!(creators, 1, "one has created the room");
    let first = records.iter().find(|record| record.created > 0);
    let first = first.map(|record| record.member);
    assert_eq!(
        first,
        Some(MemberId(1)),
        "whoever created the room is its first member"
    );
    let events = one_order(records);
    let revs = revs_of_commands(&events);
    let checked = check_fold(records, &events, &without_events(records, &revs));
    for record in records {
        check_answers(record, &revs, &checked, &events);
    }
    check_lines(&events);
}

/// The events that anybody saw: all saw the same, and none is missing.
fn one_order(records: &[&Record]) -> BTreeMap<Rev, Fact> {
    let mut events: BTreeMap<Rev, Fact> = BTreeMap::new();
    for fact in records.iter().flat_map(|record| record.events.values()) {
        let kept = events.entry(fact.rev).or_insert_with(|| fact.clone());
        assert_eq!(kept, fact, "at one rev there is one event");
    }
    let first = first_state(records).rev;
    events.retain(|rev, _| *rev > first);
    for (expected, rev) in (first.0 + 1..).zip(events.keys()) {
        assert_eq!(rev.0, expected, "no gap");
    }
    events
}

/// The earliest state that anybody got: that of the creator.
fn first_state<'a>(records: &[&'a Record]) -> &'a RoomState {
    let states = records.iter().flat_map(|record| &record.states);
    states.min_by_key(|state| state.rev).expect("a state")
}

/// Who sent a command, and its number.
type CommandId = (MemberId, Seq);

/// The revs of each command's events.
fn revs_of_commands(events: &BTreeMap<Rev, Fact>) -> BTreeMap<CommandId, Vec<Rev>> {
    let mut revs: BTreeMap<CommandId, Vec<Rev>> = BTreeMap::new();
    for fact in events.values() {
        if let Some(id) = fact.by.zip(fact.seq) {
            revs.entry(id).or_default().push(fact.rev);
        }
    }
    revs
}

/// The commands that were acknowledged and led to no event, by the rev that acknowledged them.
fn without_events<'a>(
    records: &[&'a Record],
    revs: &BTreeMap<CommandId, Vec<Rev>>,
) -> BTreeMap<Rev, Vec<(CommandId, &'a Command)>> {
    let mut without: BTreeMap<Rev, Vec<(CommandId, &Command)>> = BTreeMap::new();
    for record in records {
        for (seq, command) in &record.commands {
            let id = (record.member, *seq);
            if let (Some(Ok(rev)), None) = (record.answers.get(seq), revs.get(&id)) {
                without.entry(*rev).or_default().push((id, command));
            }
        }
    }
    without
}

/// Plays the events. Whoever was sent a state got what the events lead to; everybody who changed
/// something was allowed to. Returns which of the commands without events had nothing to change.
fn check_fold(
    records: &[&Record],
    events: &BTreeMap<Rev, Fact>,
    without: &BTreeMap<Rev, Vec<(CommandId, &Command)>>,
) -> BTreeSet<CommandId> {
    let mut room = first_state(records).clone();
    let mut states: BTreeMap<Rev, Vec<&RoomState>> = BTreeMap::new();
    for state in records.iter().flat_map(|record| &record.states) {
        states.entry(state.rev).or_default().push(state);
    }
    let records = records.iter().map(|record| (record.member, *record));
    let records: BTreeMap<MemberId, &Record> = records.collect();
    let (mut sent_out, mut checked) = (BTreeSet::new(), BTreeSet::new());
    check_states(&room, &states);
    checked.extend(with_nothing_to_change(&room, without));
    for fact in events.values() {
        let command = command_of(fact, &records);
        if let Some(by) = fact.by.filter(|_| command.is_some()) {
            check_present(&room, by);
            if is_first(fact, events) {
                check_allowed(&room, by, command.expect("it was sent"));
            }
        }
        if fact.at > room.at {
            check_acting(&room);
        }
        check_silence(&room, fact);
        check_presence(&mut sent_out, fact);
        let before = room.roster.clone();
        room.apply(fact);
        check_roles(&before, &room, command);
        check_states(&room, &states);
        checked.extend(with_nothing_to_change(&room, without));
    }
    check_acting(&room);
    checked
}

/// The command that led to an event, if one did.
fn command_of<'a>(fact: &Fact, records: &BTreeMap<MemberId, &'a Record>) -> Option<&'a Command> {
    let (by, seq) = fact.by.zip(fact.seq)?;
    let command = records
        .get(&by)
        .and_then(|record| record.commands.get(&seq));
    Some(command.expect("nobody else sends commands"))
}

/// Whether it is the first event of its command.
fn is_first(fact: &Fact, events: &BTreeMap<Rev, Fact>) -> bool {
    let mut before = events.range(..fact.rev).rev();
    before
        .next()
        .is_none_or(|(_, before)| (before.by, before.seq) != (fact.by, fact.seq))
}

/// Those of the commands that this rev acknowledged for which there was nothing to change.
fn with_nothing_to_change(
    room: &RoomState,
    without: &BTreeMap<Rev, Vec<(CommandId, &Command)>>,
) -> Vec<CommandId> {
    let here = without.get(&room.rev).into_iter().flatten();
    let unchanged = here.filter(|((by, _), command)| changes_nothing(room, *by, command));
    unchanged.map(|(id, _)| *id).collect()
}

/// Whether a command is acknowledged although it changes nothing: only to take the name that one has
/// is. Whatever else would change nothing is denied.
fn changes_nothing(room: &RoomState, by: MemberId, command: &Command) -> bool {
    let member = room.roster.get(by);
    match command {
        Command::Rename { name } => member.is_some_and(|member| member.name == *name),
        _ => false,
    }
}

fn check_states(room: &RoomState, states: &BTreeMap<Rev, Vec<&RoomState>>) {
    for state in states.get(&room.rev).into_iter().flatten() {
        let (was_sent, folded) = (state.for_client(NOBODY), room.for_client(NOBODY));
        assert_eq!(was_sent.roster, folded.roster, "at {}", room.rev);
        assert_eq!(was_sent.queue, folded.queue, "at {}", room.rev);
        assert_eq!(was_sent.chat, folded.chat, "at {}", room.rev);
        assert_eq!(was_sent, folded, "at {}", room.rev);
    }
}

/// Whoever is muted says nothing.
fn check_silence(before: &RoomState, fact: &Fact) {
    if let (RoomEvent::Chat(line), Some(by)) = (&fact.event, fact.by) {
        let member = before.roster.get(by).expect("a member");
        assert!(!member.flags.muted, "{member:?} says {line:?}");
    }
}

/// Whoever was kicked or banned never comes back as who they were, and a stranger never comes.
fn check_presence(sent_out: &mut BTreeSet<MemberId>, fact: &Fact) {
    match &fact.event {
        RoomEvent::Presence { joined, left, .. } => {
            for member in joined {
                let is_out = sent_out.contains(&member.id);
                assert!(!is_out, "{member:?} is back at {}", fact.rev);
                assert_ne!(member.name.as_str(), STRANGER, "without the password");
            }
            let kicked = left.iter().filter(|gone| gone.cause == LeaveCause::Kicked);
            sent_out.extend(kicked.map(|gone| gone.member));
        }
        RoomEvent::Banned { ban } => {
            sent_out.insert(ban.member);
        }
        _ => {}
    }
}

/// Whoever was sent out, or has left, changes nothing.
fn check_present(before: &RoomState, by: MemberId) {
    let member = before.roster.get(by);
    let is_here = member.is_some_and(Member::is_here);
    assert!(
        is_here,
        "{by} acts from outside at {}: {member:?}",
        before.rev
    );
}

fn check_allowed(before: &RoomState, by: MemberId, command: &Command) {
    let member = before.roster.get(by).expect("a member");
    let allowed = roles::check_command(command, member, &before.roster);
    assert_eq!(allowed, Ok(()), "{member:?} {command:?} at {}", before.rev);
}

/// Nobody acts as admin while an admin is there: checked between decisions, which take one moment.
fn check_acting(room: &RoomState) {
    let acting = room.roster.here().find(|member| member.acting);
    let real = room.roster.here().find(|member| member.role == Role::Admin);
    let are_both = acting.is_some() && real.is_some();
    assert!(!are_both, "{acting:?} acts beside {real:?} at {}", room.rev);
}

/// Lasting roles change by the command for it, and back when acting power ends; who comes is a
/// viewer.
fn check_roles(before: &Roster, room: &RoomState, by: Option<&Command>) {
    let acting = room.roster.here().filter(|member| member.acting).count();
    assert!(acting <= 1, "{acting} act as admin at {}", room.rev);
    for member in room.roster.all() {
        let (id, role) = (member.id, member.role);
        let had = before.get(id).map_or(Role::Viewer, |member| member.role);
        let is_ordered = matches!(by, Some(Command::SetRole { role: given, .. }) if *given == role);
        let mut given_back = before.roles_before_acting();
        let is_right =
            had == role || is_ordered || given_back.any(|(who, was)| (who.id, was) == (id, role));
        assert!(is_right, "{id} is {role:?} at {} by {by:?}", room.rev);
    }
}

/// What was acknowledged is there once, unless there was nothing to change, and what was denied is not.
fn check_answers(
    record: &Record,
    revs: &BTreeMap<CommandId, Vec<Rev>>,
    with_nothing_to_change: &BTreeSet<CommandId>,
    events: &BTreeMap<Rev, Fact>,
) {
    for (seq, command) in &record.commands {
        let Some(answer) = record.answers.get(seq) else {
            assert!(record.is_over, "{seq} {command:?} is not answered");
            continue;
        };
        let id = (record.member, *seq);
        let (member, none) = (record.member, Vec::new());
        let revs = revs.get(&id).unwrap_or(&none);
        match answer {
            Ok(rev) => {
                let is_its_last = revs.last().is_none_or(|last| last == rev);
                assert!(is_its_last, "{member} {seq} {command:?}: {rev} {revs:?}");
                let is_there = !revs.is_empty() || with_nothing_to_change.contains(&id);
                assert!(is_there, "{member} {seq} {command:?} is lost at {rev}");
                check_once(command, revs, events);
            }
            Err(denied) => assert!(
                revs.is_empty(),
                "{member} {seq} {command:?} was denied: {denied:?} {revs:?}"
            ),
        }
    }
}

/// The events of a command are those of one decision, which are appended together.
fn check_once(command: &Command, revs: &[Rev], events: &BTreeMap<Rev, Fact>) {
    let (Some(first), Some(last)) = (revs.first(), revs.last()) else {
        return;
    };
    let together = events.range(*first..=*last).count();
    assert_eq!(together, revs.len(), "{command:?} is there twice: {revs:?}");
    let of_kind = |is: fn(&RoomEvent) -> bool| {
        let facts = revs.iter().filter_map(|rev| events.get(rev));
        facts.filter(|fact| is(&fact.event)).count()
    };
    match command {
        Command::Chat { .. } => {
            assert_eq!(of_kind(|event| matches!(event, RoomEvent::Chat(_))), 1);
        }
        Command::Rename { .. } => assert_eq!(revs.len(), 1),
        _ => {}
    }
}

/// No line and no link is there twice: each is sent once.
fn check_lines(events: &BTreeMap<Rev, Fact>) {
    let (mut texts, mut links) = (BTreeSet::new(), BTreeSet::new());
    for fact in events.values() {
        match &fact.event {
            RoomEvent::Chat(line) => {
                assert!(texts.insert(line.text.as_str()), "{line:?} is there twice");
            }
            RoomEvent::Queued { entry } => {
                let link = entry.media.to_string();
                assert!(links.insert(link.clone()), "{link} is queued twice");
            }
            _ => {}
        }
    }
}

mod made_up;
mod tests;
