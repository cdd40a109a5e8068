//! What holds in every history: one order for all, nothing acknowledged missing or doubled, nothing
//! denied there, and every change by somebody who was allowed to make it.

use std::collections::{BTreeMap, BTreeSet};

use watchtogether::protocol::command::Command;
use watchtogether::protocol::event::{Fact, RoomEvent};
use watchtogether::protocol::ids::{MemberId, Rev, Seq};
use watchtogether::protocol::member::{LeaveCause, Role};
use watchtogether::room::roles;
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
    let events = one_order(records);
    let counted = check_fold(records, &events);
    for record in records {
        check_answers(record, &counted, &events);
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

/// Plays the events, and returns the revs of each command's events. Whoever was sent a state got
/// what the events lead to; everybody who changed something was allowed to.
fn check_fold(
    records: &[&Record],
    events: &BTreeMap<Rev, Fact>,
) -> BTreeMap<(MemberId, Seq), Vec<Rev>> {
    let mut room = first_state(records).clone();
    let mut states: BTreeMap<Rev, Vec<&RoomState>> = BTreeMap::new();
    for state in records.iter().flat_map(|record| &record.states) {
        states.entry(state.rev).or_default().push(state);
    }
    let commands: BTreeMap<MemberId, &Record> = records
        .iter()
        .map(|record| (record.member, *record))
        .collect();
    let mut counted: BTreeMap<(MemberId, Seq), Vec<Rev>> = BTreeMap::new();
    let mut sent_out = BTreeSet::new();
    check_states(&room, &states);
    for fact in events.values() {
        let command = fact.by.zip(fact.seq).map(|(by, seq)| {
            let revs = counted.entry((by, seq)).or_default();
            revs.push(fact.rev);
            let command = commands[&by].commands.get(&seq);
            let command = command.expect("nobody else sends commands");
            if revs.len() == 1 {
                check_allowed(&room, by, command);
            }
            command
        });
        check_silence(&room, fact);
        check_presence(&mut sent_out, fact);
        let before = room_roles(&room);
        room.apply(fact);
        check_roles(&before, &room, command);
        check_states(&room, &states);
    }
    counted
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

fn check_allowed(before: &RoomState, by: MemberId, command: &Command) {
    let member = before.roster.get(by).expect("a member");
    let allowed = roles::check_command(command, member, &before.roster);
    assert_eq!(allowed, Ok(()), "{member:?} {command:?} at {}", before.rev);
}

fn room_roles(room: &RoomState) -> BTreeMap<MemberId, Role> {
    let members = room.roster.all();
    members.map(|member| (member.id, member.role)).collect()
}

/// Lasting roles change by the command for it only, and who comes is a viewer.
fn check_roles(before: &BTreeMap<MemberId, Role>, room: &RoomState, by: Option<&Command>) {
    let acting = room.roster.here().filter(|member| member.acting).count();
    assert!(acting <= 1, "{acting} act as admin at {}", room.rev);
    for (member, role) in room_roles(room) {
        let had = before.get(&member).copied().unwrap_or(Role::Viewer);
        let is_ordered = matches!(by, Some(Command::SetRole { role: given, .. }) if *given == role);
        assert!(
            had == role || is_ordered,
            "{member} is {role:?} at {} by {by:?}",
            room.rev
        );
    }
}

/// What was acknowledged is there once, and what was denied is not.
fn check_answers(
    record: &Record,
    counted: &BTreeMap<(MemberId, Seq), Vec<Rev>>,
    events: &BTreeMap<Rev, Fact>,
) {
    for (seq, command) in &record.commands {
        let Some(answer) = record.answers.get(seq) else {
            assert!(record.is_over, "{seq} {command:?} is not answered");
            continue;
        };
        let revs = counted.get(&(record.member, *seq));
        let (member, none) = (record.member, Vec::new());
        let revs = revs.unwrap_or(&none);
        match answer {
            Ok(rev) => {
                let in_time = revs.last().is_none_or(|last| last <= rev);
                assert!(in_time, "{member} {seq} {command:?}: {rev} {revs:?}");
                let is_there = !revs.is_empty() || may_change_nothing(command);
                assert!(is_there, "{member} {seq} {command:?} is lost");
                check_once(command, revs, events);
            }
            Err(denied) => assert!(
                revs.is_empty(),
                "{member} {seq} {command:?} was denied: {denied:?} {revs:?}"
            ),
        }
    }
}

/// Whether the room may be as wished already.
fn may_change_nothing(command: &Command) -> bool {
    matches!(
        command,
        Command::SetRole { .. }
            | Command::Rename { .. }
            | Command::Pause { .. }
            | Command::Resume { .. }
            | Command::Mute { .. }
    )
}

/// The events of a command are those of one decision: others came before or after all of them.
fn check_once(command: &Command, revs: &[Rev], events: &BTreeMap<Rev, Fact>) {
    let (Some(first), Some(last)) = (revs.first(), revs.last()) else {
        return;
    };
    let between = events.range(*first..=*last).map(|(_, fact)| fact);
    let others = between.filter(|fact| fact.by.is_some() && !revs.contains(&fact.rev));
    assert_eq!(others.count(), 0, "{command:?} is there twice: {revs:?}");
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
