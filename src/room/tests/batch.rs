//! Several entries at once, and what their proposers' clients say of entries.

use super::story::{Story, batch, entry, media};
use crate::protocol::batch::{Batch, NewEntry};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::event::RoomEvent;
use crate::protocol::playback::QueueEntry;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::room::decide::Decided;
use crate::room::queue::Queue;

fn add_all(names: &[&str]) -> Command {
    let batch = batch(names);
    Command::AddAll { batch }
}

fn take_back(first: u64, last: u64) -> Command {
    let (first, last) = (entry(first), entry(last));
    Command::TakeBack { first, last }
}

fn title(text: &str) -> Option<Title> {
    Title::parse(text).ok()
}

fn describe(number: u64, name: &str, seconds: i64) -> Command {
    Command::Describe {
        entry: entry(number),
        title: title(name),
        duration: (seconds > 0).then(|| Span::seconds(seconds)),
    }
}

fn waiting(story: &Story, number: u64) -> &QueueEntry {
    story.state().queue.get(entry(number)).unwrap()
}

/// How many links the last batch brought, knew already and left out.
fn counts(story: &Story) -> (usize, u32, u32) {
    let events = story.world.last.iter().filter_map(|decided| match decided {
        Decided::Event { public, .. } => Some(&**public),
        _ => None,
    });
    let mut counts = events.filter_map(|event| match event {
        RoomEvent::QueuedTogether {
            entries,
            known,
            left_out,
        } => Some((entries.len(), *known, *left_out)),
        _ => None,
    });
    counts.next().unwrap_or_default()
}

#[test]
fn an_admin_adds_several_and_takes_them_back_at_once() {
    Story::watching()
        .adds("Bob", "x")
        .does("Alice", &add_all(&["b", "c", "x", "c", "d"]))
        .sees(|story| assert_eq!(counts(story), (3, 2, 0)))
        .queue_is(&["#1 x ?", "#2 b +", "#3 c +", "#4 d +"])
        .denied(
            "Alice",
            &add_all(&["b", "c"]),
            &Denied::AlreadyQueued { entry: entry(2) },
        )
        .does("Alice", &take_back(2, 4))
        .queue_is(&["#1 x ?"])
        .denied(
            "Alice",
            &take_back(2, 4),
            &Denied::NoSuchEntry { entry: entry(2) },
        )
        .end();
}

#[test]
fn a_viewer_proposes_as_many_as_they_may() {
    let names: Vec<String> = (0..14).map(|number| format!("v{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Story::watching()
        .adds("Alice", "b")
        .does("Bob", &add_all(&names))
        .sees(|story| assert_eq!(counts(story), (Queue::MAX_PROPOSALS, 0, 4)))
        .does(
            "Alice",
            &Command::Approve {
                entry: Some(entry(3)),
            },
        )
        // What an admin has approved, and what others queued, is not theirs.
        .does("Bob", &take_back(1, 90))
        .queue_is(&["#1 b +", "#3 v1 +"])
        .denied(
            "Bob",
            &take_back(1, 1),
            &Denied::NotYours { entry: entry(1) },
        )
        .denied(
            "Bob",
            &take_back(3, 3),
            &Denied::AlreadyApproved { entry: entry(3) },
        )
        .end();
}

#[test]
fn what_an_admin_queued_is_not_taken_back_by_who_acts_for_them() {
    Story::watching()
        .does("Alice", &add_all(&["b", "c"]))
        .leaves("Alice")
        .adds("Bob", "d")
        .does("Bob", &take_back(1, 3))
        .queue_is(&["#1 b +", "#2 c +"])
        .end();
}

#[test]
fn the_first_of_several_starts_where_nothing_plays() {
    let named = |name: &str, called: &str| NewEntry {
        media: media(name),
        title: title(called),
        duration: Some(Span::seconds(90)),
    };
    let entries = [named("b", "Bees"), named("c", "Cats")];
    let (batch, _) = Batch::fitting(entries).unwrap();
    Story::alice_and_bob()
        .does("Alice", &Command::AddAll { batch })
        .shows("b")
        .sees(|story| {
            let playing = story.state().timeline.playing.as_ref().unwrap();
            assert_eq!((&playing.title, playing.duration), (&title("Bees"), None));
            let waiting = waiting(story, 1);
            assert_eq!(waiting.title, title("Cats"));
            assert!(!waiting.title_by_viewers);
        })
        .queue_is(&["#1 c +"])
        .end();
}

#[test]
fn a_full_queue_takes_no_more_of_a_batch() {
    let names =
        |from: usize| -> Vec<String> { (from..from + 50).map(|n| format!("n{n}")).collect() };
    let add = |from: usize| {
        let names = names(from);
        add_all(&names.iter().map(String::as_str).collect::<Vec<_>>())
    };
    Story::watching()
        .adds("Alice", "b")
        .does("Alice", &add(0))
        .does("Alice", &add(50))
        .sees(|story| assert_eq!(counts(story), (49, 0, 1)))
        .denied("Alice", &add(100), &Denied::QueueFull { limit: 100 })
        .end();
}

#[test]
fn whoever_queued_an_entry_says_once_what_it_is() {
    Story::watching()
        .joins("Carol")
        .adds("Bob", "b")
        .denied(
            "Carol",
            &describe(1, "Lies", 5),
            &Denied::NotYours { entry: entry(1) },
        )
        .does("Bob", &describe(1, "Bees", 90))
        .does("Bob", &describe(1, "Bees again", 95))
        .sees(|story| {
            let waiting = waiting(story, 1);
            assert_eq!(waiting.title, title("Bees"));
            assert_eq!(waiting.duration, Some(Span::seconds(90)));
            assert!(waiting.title_by_viewers);
        })
        .denied(
            "Bob",
            &describe(7, "Bees", 90),
            &Denied::NoSuchEntry { entry: entry(7) },
        )
        .end();
}

#[test]
fn an_admin_names_what_nobody_else_did_and_no_length_is_absurd() {
    Story::watching()
        .adds("Bob", "b")
        .does("Alice", &describe(1, "Bees", i64::from(u32::MAX)))
        .sees(|story| {
            let waiting = waiting(story, 1);
            assert_eq!((&waiting.title, waiting.duration), (&title("Bees"), None));
            assert!(!waiting.title_by_viewers);
        })
        .end();
}

#[test]
fn a_title_that_comes_late_reaches_what_plays_but_not_over_a_players_word() {
    let playing_title = |story: &Story| {
        let playing = story.state().timeline.playing.as_ref().unwrap();
        (playing.title.clone(), playing.title_by_viewers)
    };
    Story::watching()
        .adds("Bob", "b")
        .does("Alice", &Command::PlayNow { entry: entry(1) })
        .does("Bob", &describe(1, "Bees", 90))
        .sees(|story| assert_eq!(playing_title(story), (title("Bees"), true)))
        .does("Bob", &describe(1, "Wasps", 90))
        .sees(|story| assert_eq!(playing_title(story), (title("Bees"), true)))
        .end();
}

#[test]
fn a_muted_member_names_nothing() {
    Story::watching()
        .adds("Bob", "b")
        .does(
            "Alice",
            &Command::Mute {
                who: super::story::who("Bob"),
                muted: true,
            },
        )
        .denied("Bob", &describe(1, "Bees", 90), &Denied::Muted)
        .denied("Bob", &add_all(&["c"]), &Denied::Muted)
        .end();
}
