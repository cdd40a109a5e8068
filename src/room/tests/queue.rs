//! Scenarios about the queue, chat and requests.

use super::story::{Story, entry, media, who, written};
use crate::protocol::command::Command;
use crate::protocol::command::requested;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::event::RoomEvent;
use crate::protocol::member::Role;
use crate::protocol::time::Position;
use crate::room::decide::Decided;

fn approve(number: Option<u64>) -> Command {
    let entry = number.map(entry);
    Command::Approve { entry }
}

fn add(name: &str) -> Command {
    Command::Add { media: media(name) }
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
fn who_acts_by_presence_alone_takes_out_nothing_that_an_admin_queued() {
    let reject = |number| Command::Reject {
        entry: Some(entry(number)),
    };
    let remove = |number| Command::Remove {
        entry: entry(number),
    };
    let left_to_admins = |action| Denied::OnlyActing { action };
    Story::watching()
        .joins("Carol")
        .adds("Alice", "b")
        .adds("Carol", "c")
        .does("Alice", &approve(Some(2)))
        .adds("Carol", "d")
        .adds("Carol", "e")
        .adds("Carol", "f")
        .leaves("Alice")
        .adds("Bob", "g")
        .does("Bob", &approve(Some(5)))
        .queue_is(&["#1 b +", "#2 c +", "#3 d ?", "#4 e ?", "#5 f +", "#6 g +"])
        .denied("Bob", &remove(1), &left_to_admins(Action::Remove))
        .denied("Bob", &remove(2), &left_to_admins(Action::Remove))
        .does("Bob", &reject(3))
        .does("Bob", &remove(4))
        .does("Bob", &remove(5))
        .does("Bob", &remove(6))
        .queue_is(&["#1 b +", "#2 c +"])
        // What they interrupt counts as an admin's as well.
        .plays("Bob", "h")
        .queue_is(&["#7 a +", "#1 b +", "#2 c +"])
        .denied("Bob", &remove(7), &left_to_admins(Action::Remove))
        .returns("Alice")
        .does("Alice", &remove(1))
        .end();
}

#[test]
fn a_proposal_of_somebody_who_became_admin_is_an_admins() {
    let reject = Command::Reject {
        entry: Some(entry(1)),
    };
    Story::watching()
        .joins("Carol")
        .adds("Carol", "c")
        .makes("Alice", "Carol", Role::Admin)
        .leaves("Carol")
        .leaves("Alice")
        .denied(
            "Bob",
            &reject,
            &Denied::OnlyActing {
                action: Action::Reject,
            },
        )
        .end();
}

#[test]
fn an_acting_moderator_orders_the_whole_queue() {
    let remove = Command::Remove { entry: entry(1) };
    Story::watching()
        .makes("Alice", "Bob", Role::Moderator)
        .adds("Alice", "b")
        .leaves("Alice")
        .does("Bob", &remove)
        .queue_is(&[])
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
fn an_entry_is_played_now_or_nothing_changes() {
    let now = |number| Command::PlayNow {
        entry: entry(number),
    };
    Story::watching()
        .adds("Alice", "b")
        .adds("Alice", "c")
        .adds("Bob", "d")
        .denied("Alice", &now(8), &Denied::NoSuchEntry { entry: entry(8) })
        .shows("a")
        .queue_is(&["#1 b +", "#2 c +", "#3 d ?"])
        // Earlier entries stay, and the current media is dropped, as by a skip.
        .does("Alice", &now(2))
        .led_to(&["loaded:skipped"])
        .shows("c")
        .queue_is(&["#1 b +", "#3 d ?"])
        // It approves a proposal.
        .does("Alice", &now(3))
        .shows("d")
        .queue_is(&["#1 b +"])
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
fn admins_have_bounds_of_their_own() {
    let mut story = Story::watching();
    for number in 0..10 {
        story = story.adds("Bob", &format!("b{number}"));
    }
    story = story.denied("Bob", &add("more"), &Denied::TooManyProposals { limit: 10 });
    for number in 0..100 {
        story = story.adds("Alice", &format!("a{number}"));
    }
    let full = |limit| Denied::QueueFull { limit };
    story =
        story
            .denied("Alice", &add("more"), &full(100))
            .denied("Alice", &approve(None), &full(100));
    for number in 0..20 {
        let link = format!("z{number}");
        story = story.plays("Alice", &link).opens("Alice");
    }
    let last = Command::Play {
        media: media("z20"),
    };
    story
        .denied("Alice", &last, &full(120))
        .shows("z19")
        .sees(|story| {
            let first = &story.state().queue.entries()[0];
            assert_eq!(first.media, media("z18"), "what was interrupted last");
        })
        // A queued entry gives its place to what it interrupts.
        .plays("Alice", "a0")
        .shows("a0")
        .sees(|story| {
            let first = &story.state().queue.entries()[0];
            assert_eq!(first.media, media("z19"));
        })
        .end();
}

/// Alice and Bob watch, and ten guests have proposed ten links each.
fn full_of_proposals() -> Story {
    let mut story = Story::watching();
    for guest in 0..10 {
        let name = format!("Guest {guest}");
        story = story.joins(&name);
        for number in 0..10 {
            story = story.adds(&name, &format!("g{guest}-{number}"));
        }
    }
    story
}

#[test]
fn there_is_room_for_admins_however_much_is_proposed() {
    full_of_proposals()
        .denied("Bob", &add("b"), &Denied::QueueFull { limit: 100 })
        .adds("Alice", "mine")
        .led_to(&["queued"])
        .after(60.0)
        .plays("Alice", "z")
        .led_to(&["loaded:played"])
        .sees(|story| {
            let queue = &story.state().queue;
            let first = &queue.entries()[0];
            assert_eq!(first.media, media("a"), "the film that was on");
            assert!(first.start > Position::seconds(59), "where it was");
            assert_eq!(queue.next_approved(), Some(first));
            assert!(queue.find(&media("mine")).is_some());
            assert_eq!(queue.entries().len(), 102, "and nobody lost a proposal");
        })
        .end();
}

#[test]
fn proposals_of_those_who_are_gone_make_room_the_oldest_first() {
    let waits = |story: &Story, number| story.state().queue.get(entry(number)).is_some();
    let mut story = full_of_proposals()
        .leaves("Guest 3")
        .vanishes("Guest 1")
        .adds("Bob", "b0")
        .led_to(&["unqueued:removed", "queued"])
        .sees(|story| assert!(!waits(story, 11) && waits(story, 12)))
        .adds("Alice", "mine")
        .sees(|story| assert!(!waits(story, 12) && waits(story, 13)))
        .after(60.0)
        .plays("Alice", "z")
        .led_to(&["unqueued:removed", "loaded:played"])
        .sees(|story| assert!(!waits(story, 13) && waits(story, 14)));
    for number in 1..10 {
        story = story.adds("Bob", &format!("b{number}"));
    }
    story = story.joins("Carol");
    for number in 0..8 {
        story = story.adds("Carol", &format!("c{number}"));
    }
    story
        .sees(|story| assert!(!waits(story, 20) && !waits(story, 40) && waits(story, 41)))
        .denied("Carol", &add("c8"), &Denied::QueueFull { limit: 100 })
        .end();
}

#[test]
fn proposals_of_one_who_was_sent_out_make_room_as_well() {
    full_of_proposals()
        .denied("Bob", &add("b"), &Denied::QueueFull { limit: 100 })
        .does(
            "Alice",
            &Command::Kick {
                who: who("Guest 1"),
            },
        )
        .adds("Bob", "b")
        .led_to(&["unqueued:removed", "queued"])
        .sees(|story| assert!(story.state().queue.get(entry(11)).is_none()))
        .end();
}

fn reject_all(of: Option<&str>) -> Command {
    Command::RejectAll { of: of.map(who) }
}

#[test]
fn proposals_are_turned_down_together() {
    let together = |story: &Story| -> Vec<Option<u32>> {
        let events = story.world.events().into_iter();
        let reported = events.map(|event| match event {
            RoomEvent::Unqueued { together, .. } => *together,
            event => panic!("{event:?}"),
        });
        reported.collect()
    };
    Story::watching()
        .joins("Carol")
        .adds("Bob", "b")
        .adds("Carol", "c")
        .adds("Bob", "d")
        .adds("Bob", "e")
        .adds("Alice", "f")
        .does("Alice", &reject_all(Some("bob")))
        .led_to(&["unqueued:rejected"; 3])
        .sees(|story| assert_eq!(together(story), [Some(0), Some(0), Some(3)]))
        .queue_is(&["#2 c ?", "#5 f +"])
        .denied("Alice", &reject_all(Some("Bob")), &Denied::NothingProposed)
        .does("Alice", &reject_all(None))
        .sees(|story| assert_eq!(together(story), [None]))
        .queue_is(&["#5 f +"])
        .denied("Alice", &reject_all(None), &Denied::NothingProposed)
        .end();
}

#[test]
fn who_was_sent_out_is_still_known_by_what_they_proposed() {
    let name = written("Zed");
    Story::watching()
        .adds("Bob", "b")
        .does("Alice", &Command::Kick { who: who("Bob") })
        .joins("Zed 2")
        .denied(
            "Alice",
            &reject_all(Some("Zed")),
            &Denied::NoSuchMember { name },
        )
        .does("Alice", &reject_all(Some("Bob")))
        .queue_is(&[])
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
fn a_line_of_chat_remembers_where_the_media_was() {
    Story::alice_and_bob()
        .says("Bob", "hello")
        .plays("Alice", "a")
        .after(65.1)
        .says("Alice", "look!")
        .sees(|story| {
            let lines: Vec<_> = story.state().chat.lines().collect();
            assert_eq!((lines[0].name.as_str(), lines[0].position), ("Bob", None));
            assert_eq!(lines[1].position, Some(Position::seconds(65)));
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
        .does(
            "Bob",
            &Command::Ask {
                request: requested(Command::Pause { mark: None }),
            },
        )
        .led_to(&["asked"])
        .paused(false)
        .end();
}
