//! The laws themselves: a history with one fault in it is refused.

use std::panic::{AssertUnwindSafe, catch_unwind};

use watchtogether::protocol::command::{Command, MemberRef};
use watchtogether::protocol::denied::Denied;
use watchtogether::protocol::event::RoomEvent;
use watchtogether::protocol::ids::{MemberId, Rev, Seq};
use watchtogether::protocol::member::{LeaveCause, Role};

use super::STRANGER;
use super::made_up::{ALICE, BOB, History, joins, leaves, member, name, role};
use crate::sockets::client::chat;

/// A history with this fault is refused, in words with these in them.
#[track_caller]
fn refused(words: &str, fault: impl FnOnce(&mut History)) {
    let mut history = History::new();
    history.says(ALICE, "hello");
    fault(&mut history);
    let refused = catch_unwind(AssertUnwindSafe(|| history.check()));
    let why = refused.expect_err("it is refused");
    let why = why.downcast_ref::<String>().cloned().or_else(|| {
        let why = why.downcast_ref::<&str>();
        why.map(ToString::to_string)
    });
    let why = why.expect("words");
    assert!(why.contains(words), "{why}");
}

#[test]
fn a_history_without_a_fault_is_none() {
    let mut history = History::new();
    history.says(ALICE, "hello");
    history.says(BOB, "hello Alice");
    let to_moderator = Command::SetRole {
        who: MemberRef::Id(BOB),
        role: Role::Moderator,
    };
    history.does(ALICE, to_moderator, role(BOB, Role::Moderator, false));
    // He is called so already.
    let seq = history.sends(BOB, Command::Rename { name: name("Bob") });
    let rev = history.room.rev;
    history.bob.answer(seq, &Ok(rev));
    let seq = history.sends(BOB, Command::Skip);
    history.bob.answer(seq, &Err(Denied::NothingPlays));
    history.happens(leaves(ALICE, LeaveCause::Lost));
    history.happens(role(BOB, Role::Moderator, true));
    history.says(BOB, "I act");
    history.check();
}

#[test]
fn two_creators() {
    refused("one has created the room", |history| {
        history.bob.created = 1;
    });
}

#[test]
fn an_acknowledged_line_that_is_missing() {
    refused("is lost", |history| {
        let seq = history.sends(BOB, chat("lost"));
        let rev = history.room.rev;
        history.bob.answer(seq, &Ok(rev));
    });
}

#[test]
fn an_acknowledged_pause_that_is_missing_whether_or_not_anything_plays() {
    refused("is lost", |history| {
        let seq = history.sends(ALICE, Command::Pause { mark: None });
        let rev = history.room.rev;
        history.alice.answer(seq, &Ok(rev));
    });
}

#[test]
fn an_acknowledged_name_that_is_missing() {
    refused("is lost", |history| {
        let seq = history.sends(
            BOB,
            Command::Rename {
                name: name("Robert"),
            },
        );
        let rev = history.room.rev;
        history.bob.answer(seq, &Ok(rev));
    });
}

#[test]
fn a_name_that_one_had_only_later_when_it_was_acknowledged() {
    refused("is lost", |history| {
        let command = || Command::Rename {
            name: name("Robert"),
        };
        let seq = history.sends(BOB, command());
        let rev = history.room.rev;
        history.bob.answer(seq, &Ok(rev));
        let renamed = RoomEvent::Renamed {
            member: BOB,
            name: name("Robert"),
            was: Some(name("Bob")),
        };
        history.does(BOB, command(), renamed);
    });
}

#[test]
fn an_event_that_nobody_saw() {
    refused("no gap", |history| {
        let rev = history.happens(role(BOB, Role::Viewer, false));
        history.says(ALICE, "later");
        history.alice.events.remove(&rev);
        history.bob.events.remove(&rev);
    });
}

#[test]
fn events_in_another_order_for_another_member() {
    refused("at one rev there is one event", |history| {
        history.says(ALICE, "first");
        history.says(ALICE, "second");
        let last = history.room.rev;
        let before = Rev(last.0 - 1);
        let (mut first, mut second) = (
            history.bob.events[&before].clone(),
            history.bob.events[&last].clone(),
        );
        (first.rev, second.rev) = (last, before);
        history.bob.events.insert(before, second);
        history.bob.events.insert(last, first);
    });
}

#[test]
fn an_acknowledgement_that_names_another_rev() {
    refused("Rev", |history| {
        let seq = history.sends(BOB, chat("early"));
        let before = history.room.rev;
        let line = history.line(BOB, "early");
        history.fact(Some((BOB, seq)), line);
        history.bob.answer(seq, &Ok(before));
    });
}

#[test]
fn a_command_that_counts_twice() {
    refused("is there twice", |history| {
        let seq = history.says(BOB, "twice");
        history.says(ALICE, "between");
        let line = history.line(BOB, "again");
        let rev = history.fact(Some((BOB, seq)), line);
        history.bob.answers.insert(seq, Ok(rev));
    });
}

#[test]
fn a_line_that_is_there_twice_in_one_decision() {
    refused("left == right", |history| {
        let seq = history.says(BOB, "twice");
        let line = history.line(BOB, "again");
        let rev = history.fact(Some((BOB, seq)), line);
        history.bob.answers.insert(seq, Ok(rev));
    });
}

#[test]
fn a_line_that_is_there_under_two_numbers() {
    refused("is there twice", |history| {
        history.says(BOB, "twice");
        history.says(BOB, "twice");
    });
}

#[test]
fn a_command_that_was_denied_and_is_there() {
    refused("was denied", |history| {
        let seq = history.says(BOB, "denied");
        history.bob.answers.insert(seq, Err(Denied::StorageAway));
    });
}

#[test]
fn a_command_that_was_never_answered() {
    refused("is not answered", |history| {
        history.sends(BOB, chat("?"));
    });
}

#[test]
fn a_command_that_nobody_sent() {
    refused("nobody else sends commands", |history| {
        let line = history.line(BOB, "who?");
        history.fact(Some((BOB, Seq(7))), line);
    });
}

#[test]
fn a_viewer_who_does_what_only_an_admin_may() {
    refused("NotAllowed", |history| {
        let command = Command::SetTitle { title: None };
        history.does(BOB, command, RoomEvent::Titled { title: None });
    });
}

#[test]
fn two_who_act_as_admin() {
    refused("2 act as admin", |history| {
        history.happens(joins(member(MemberId(3), "Carol", Role::Viewer), 3));
        history.happens(leaves(ALICE, LeaveCause::Lost));
        history.happens(role(BOB, Role::Viewer, true));
        history.happens(role(MemberId(3), Role::Viewer, true));
    });
}

#[test]
fn somebody_who_acts_as_admin_beside_the_real_one() {
    refused("acts beside", |history| {
        history.happens(role(BOB, Role::Viewer, true));
    });
}

#[test]
fn a_role_that_nobody_gave() {
    refused("is Admin", |history| {
        history.happens(role(BOB, Role::Admin, false));
    });
}

#[test]
fn a_newcomer_who_is_an_admin() {
    refused("is Admin", |history| {
        history.happens(joins(member(MemberId(3), "Carol", Role::Admin), 3));
    });
}

#[test]
fn somebody_who_has_left_and_acts() {
    refused("acts from outside", |history| {
        history.happens(leaves(BOB, LeaveCause::Lost));
        history.says(BOB, "still here");
    });
}

#[test]
fn somebody_banned_who_acts() {
    refused("acts from outside", |history| {
        history.bans_bob();
        history.says(BOB, "still here");
    });
}

#[test]
fn somebody_banned_who_comes_back() {
    refused("is back", |history| {
        history.bans_bob();
        history.happens(joins(member(BOB, "Bob", Role::Viewer), 2));
    });
}

#[test]
fn somebody_kicked_who_comes_back() {
    refused("is back", |history| {
        let command = Command::Kick {
            who: MemberRef::Id(BOB),
        };
        history.does(ALICE, command, leaves(BOB, LeaveCause::Kicked));
        history.happens(joins(member(BOB, "Bob", Role::Viewer), 2));
    });
}

#[test]
fn somebody_muted_who_speaks() {
    refused("says", |history| {
        let command = Command::Mute {
            who: MemberRef::Id(BOB),
            muted: true,
        };
        let muted = RoomEvent::Muted {
            member: BOB,
            muted: true,
        };
        history.does(ALICE, command, muted);
        history.says(BOB, "nevertheless");
    });
}

#[test]
fn a_stranger_who_comes_in() {
    refused("without the password", |history| {
        history.happens(joins(member(MemberId(3), STRANGER, Role::Viewer), 3));
    });
}

#[test]
fn a_state_that_the_events_do_not_lead_to() {
    refused("left == right", |history| {
        let mut other = history.room.clone();
        other.roster.count += 1;
        history.bob.states.push(other);
    });
}
