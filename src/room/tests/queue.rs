//! Stories about the playlist, and what is said beside it.

use super::story::{Story, entry, film};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::time::Position;
use crate::protocol::wish::Wish;
use crate::room::decide::Decided;

fn approve(number: Option<u64>) -> Command {
    let entry = number.map(entry);
    Command::Approve { entry }
}

fn add(name: &str) -> Command {
    Command::Add { media: film(name) }
}

#[test]
fn a_viewer_proposes_and_an_admin_approves() {
    Story::watching()
        .adds("Bob", "b")
        .adds("Bob", "c")
        .adds("Alice", "d")
        .queue_is(&["#1 b ?", "#2 c ?", "#3 d +"])
        .does("Alice", &approve(Some(2)))
        .does("Alice", &approve(None))
        .queue_is(&["#1 b +", "#2 c +", "#3 d +"])
        .denied("Alice", &approve(None), &Denied::NothingProposed)
        .denied(
            "Alice",
            &approve(Some(3)),
            &Denied::AlreadyApproved { entry: entry(3) },
        )
        .denied(
            "Alice",
            &approve(Some(9)),
            &Denied::NoSuchEntry { entry: entry(9) },
        )
        .end();
}

#[test]
fn a_proposal_that_is_approved_where_nothing_plays_starts() {
    Story::alice_and_bob()
        .adds("Bob", "b")
        .does("Alice", &approve(None))
        .led_to(&["loaded:idle"])
        .shows("b")
        .queue_is(&[])
        .sees(|story| {
            let playing = story.state().timeline.playing.as_ref().unwrap();
            assert_eq!(playing.by_name.as_str(), "Bob");
        })
        .end();
}

#[test]
fn proposals_are_rejected_withdrawn_and_removed() {
    let reject = |number: Option<u64>| Command::Reject {
        entry: number.map(entry),
    };
    let withdraw = |number| Command::Withdraw {
        entry: entry(number),
    };
    let remove = |number| Command::Remove {
        entry: entry(number),
    };
    Story::watching()
        .joins("Carol")
        .adds("Bob", "b")
        .adds("Carol", "c")
        .adds("Bob", "d")
        .adds("Alice", "e")
        .denied("Carol", &withdraw(1), &Denied::NotYours { entry: entry(1) })
        .does("Bob", &withdraw(1))
        .led_to(&["unqueued:withdrawn"])
        .does("Alice", &reject(None))
        .led_to(&["unqueued:rejected"])
        .queue_is(&["#3 d ?", "#4 e +"])
        .denied(
            "Alice",
            &reject(Some(4)),
            &Denied::AlreadyApproved { entry: entry(4) },
        )
        .does("Alice", &remove(4))
        .led_to(&["unqueued:removed"])
        .denied(
            "Alice",
            &remove(4),
            &Denied::NoSuchEntry { entry: entry(4) },
        )
        .does("Alice", &approve(Some(3)))
        .denied(
            "Bob",
            &withdraw(3),
            &Denied::AlreadyApproved { entry: entry(3) },
        )
        .queue_is(&["#3 d +"])
        .end();
}

#[test]
fn entries_change_places() {
    let move_to = |number, place| Command::Move {
        entry: entry(number),
        place,
    };
    Story::watching()
        .adds("Alice", "b")
        .adds("Alice", "c")
        .adds("Alice", "d")
        .does("Alice", &move_to(3, 1))
        .queue_is(&["#3 d +", "#1 b +", "#2 c +"])
        .does("Alice", &move_to(3, 99))
        .queue_is(&["#1 b +", "#2 c +", "#3 d +"])
        .does("Alice", &move_to(2, 0))
        .queue_is(&["#2 c +", "#1 b +", "#3 d +"])
        .denied(
            "Alice",
            &move_to(8, 1),
            &Denied::NoSuchEntry { entry: entry(8) },
        )
        .end();
}

#[test]
fn a_link_waits_once() {
    Story::watching()
        .adds("Bob", "b")
        .denied("Bob", &add("b"), &Denied::AlreadyQueued { entry: entry(1) })
        .denied(
            "Alice",
            &add("b"),
            &Denied::AlreadyQueued { entry: entry(1) },
        )
        .end();
}

#[test]
fn proposals_and_entries_have_limits() {
    let mut story = Story::watching();
    for number in 0..10 {
        story = story.adds("Bob", &format!("b{number}"));
    }
    story = story.denied("Bob", &add("more"), &Denied::TooManyProposals { limit: 10 });
    for number in 10..100 {
        story = story.adds("Alice", &format!("a{number}"));
    }
    story
        .denied("Alice", &add("more"), &Denied::QueueFull { limit: 100 })
        .plays("Alice", "z")
        .sees(|story| assert_eq!(story.state().queue.entries().len(), 100))
        .end();
}

#[test]
fn numbers_are_never_given_twice() {
    Story::watching()
        .adds("Bob", "b")
        .does("Bob", &Command::Withdraw { entry: entry(1) })
        .adds("Bob", "b")
        .queue_is(&["#2 b ?"])
        .end();
}

#[test]
fn a_line_of_chat_remembers_where_the_film_was() {
    Story::alice_and_bob()
        .says("Bob", "hello")
        .plays("Alice", "a")
        .after(65.1)
        .says("Alice", "look!")
        .sees(|story| {
            let lines: Vec<_> = story.state().chat.lines().collect();
            assert_eq!((lines[0].name.as_str(), lines[0].film), ("Bob", None));
            assert_eq!(lines[1].film, Some(Position::seconds(65)));
            assert_eq!(lines[1].id.0, 2);
        })
        .end();
}

#[test]
fn a_reaction_floats_by_and_leaves_no_trace() {
    let emoji = crate::protocol::text::Emoji::parse("🔥").unwrap();
    let story = Story::watching();
    let before = story.state().clone();
    story
        .does("Bob", &Command::React { emoji })
        .sees(|story| {
            assert!(
                matches!(&story.world.last[..], [Decided::Reaction(r)] if r.name.as_str() == "Bob")
            );
            assert_eq!(*story.state(), before);
        })
        .end();
}

#[test]
fn a_viewer_asks_for_a_pause() {
    Story::watching()
        .does("Bob", &Command::Ask { wish: Wish::Pause })
        .led_to(&["asked"])
        .paused(false)
        .end();
}
