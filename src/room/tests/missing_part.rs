//! Scenarios about a part of the media that is missing.

use super::story::{PAUSE, Story, seek_to};
use crate::protocol::failure::FailureCode;
use crate::room::reports::PlayerProcess;

/// Alice and Bob watch, and the timeline is at 12 s, where 6 s are missing.
fn at_the_gap() -> Story {
    Story::watching()
        .learns("Bob", 600)
        .after(12.1)
        .position_is(12.0)
}

#[test]
fn what_is_missing_for_all_goes_by_at_once() {
    at_the_gap()
        .set_ahead("Alice", 18.1)
        .led_to(&[])
        .after(0.05)
        .set_ahead("Bob", 18.05)
        .led_to(&["somebody_plays"])
        .position_is(18.05)
        .after(1.1)
        .position_is(19.05)
        // The next one.
        .set_ahead("Alice", 25.0)
        .led_to(&[])
        .set_ahead("Bob", 25.0)
        .led_to(&["somebody_plays"])
        .position_is(25.0)
        .end();
    // A member who watches alone.
    Story::new()
        .joins("Alice")
        .plays("Alice", "a")
        .learns("Alice", 600)
        .after(12.1)
        .set_ahead("Alice", 18.0)
        .led_to(&["somebody_plays"])
        .position_is(18.0)
        .end();
}

#[test]
fn as_long_as_one_plays_it_or_waits_for_its_data_nothing_moves() {
    at_the_gap()
        .set_ahead("Alice", 18.0)
        .after(3.0)
        .position_is(15.0)
        .end();
    at_the_gap()
        .set_ahead("Alice", 18.0)
        .stalls("Bob")
        .led_to(&["held"])
        .recovers("Bob")
        .led_to(&["released:recovered"])
        .end();
    // The one who plays it leaves, or closes the player.
    at_the_gap()
        .set_ahead("Alice", 18.0)
        .leaves("Bob")
        .position_is(18.0)
        .end();
    at_the_gap()
        .set_ahead("Alice", 18.0)
        .players_process("Bob", PlayerProcess::Closed)
        .led_to(&["somebody_plays"])
        .end();
    // One who was here from the start is still opening it.
    Story::watching()
        .after(12.1)
        .set_ahead("Alice", 18.0)
        .led_to(&[])
        .end();
    at_the_gap()
        .set_ahead("Alice", 18.0)
        .retries("Bob", FailureCode::Busy)
        .led_to(&[])
        .end();
    // A member who only chats, and one who joins during it, have no say.
    at_the_gap()
        .joins_to_chat("Carol")
        .joins("Dora")
        .set_ahead("Alice", 18.0)
        .set_ahead("Bob", 18.0)
        .led_to(&["somebody_plays"])
        .end();
}

#[test]
fn what_was_reported_of_another_place_counts_for_nothing() {
    at_the_gap()
        .set_ahead("Bob", 18.0)
        .does("Alice", &seek_to(10))
        .set_ahead("Alice", 18.0)
        .led_to(&[])
        .set_ahead("Bob", 18.0)
        .led_to(&["somebody_plays"])
        .end();
    for place in [11.0, 12.05, 43.0, 100_000.0] {
        at_the_gap()
            .set_ahead("Bob", place)
            .set_ahead("Alice", place)
            .led_to(&[])
            .end();
    }
    at_the_gap()
        .does("Alice", &PAUSE)
        .set_ahead("Alice", 18.0)
        .set_ahead("Bob", 18.0)
        .led_to(&[])
        .position_is(12.0)
        .end();
}

/// Alice is admin and only chats; the others watch, each from their own address, and the timeline
/// is at 12 s.
fn only_viewers(names: &[&str]) -> Story {
    let mut story = Story::new().joins_to_chat("Alice");
    for (name, address) in names.iter().zip(1..) {
        story = story.joins_from(name, address);
    }
    story = story.plays("Alice", "a");
    for name in names {
        story = story.opens(name);
    }
    story.after(12.1).position_is(12.0)
}

#[test]
fn without_an_admins_player_two_addresses_are_believed() {
    only_viewers(&["Bob", "Carol"])
        .set_ahead("Bob", 18.0)
        .led_to(&[])
        .set_ahead("Carol", 18.0)
        .led_to(&["somebody_plays"])
        .position_is(18.0)
        .end();
    // The third plays it.
    only_viewers(&["Bob", "Carol", "Dora"])
        .set_ahead("Bob", 18.0)
        .set_ahead("Carol", 18.0)
        .led_to(&[])
        .end();
    // One of two is closed, and so is not alone.
    only_viewers(&["Bob", "Carol"])
        .players_process("Carol", PlayerProcess::Closed)
        .after(30.0)
        .set_ahead("Bob", 48.0)
        .led_to(&[])
        .end();
}

#[test]
fn a_viewer_who_watches_alone_skips_seldom() {
    only_viewers(&["Bob"])
        .set_ahead("Bob", 18.0)
        .led_to(&[])
        .after(18.0)
        .position_is(30.0)
        .set_ahead("Bob", 60.0)
        .led_to(&["somebody_plays"])
        .after(29.0)
        .set_ahead("Bob", 100.0)
        .led_to(&[])
        .after(1.1)
        .set_ahead("Bob", 100.0)
        .led_to(&["somebody_plays"])
        .end();
}

#[test]
fn nothing_is_skipped_while_a_vanished_admin_may_return() {
    // Bob seems to watch alone.
    let first_back = || {
        Story::watching()
            .learns("Bob", 600)
            .after(32.1)
            .restarts_after(5)
            .returns("Bob")
            .learns("Bob", 600)
    };
    first_back().set_ahead("Bob", 45.0).led_to(&[]).end();
    // The admin's player plays what Bob's lacks.
    first_back()
        .set_ahead("Bob", 60.0)
        .after(3.0)
        .returns("Alice")
        .learns("Alice", 600)
        .led_to(&[])
        .end();
    only_viewers(&["Bob", "Carol"])
        .vanishes("Alice")
        .set_ahead("Bob", 18.0)
        .set_ahead("Carol", 18.0)
        .led_to(&[])
        .end();
    // Bob acts as admin then.
    first_back()
        .after(20.0)
        .set_ahead("Bob", 72.0)
        .led_to(&[])
        .after(10.0)
        .position_is(72.0)
        .end();
}

#[test]
fn the_end_is_not_skipped() {
    let near_end = || at_the_gap().does("Alice", &seek_to(590)).after(1.1);
    near_end()
        .set_ahead("Bob", 605.0)
        .set_ahead("Alice", 610.0)
        .led_to(&["somebody_plays"])
        .position_is(599.0)
        .end();
    near_end()
        .after(8.0)
        .position_is(599.0)
        .set_ahead("Bob", 605.0)
        .set_ahead("Alice", 605.0)
        .led_to(&[])
        .end();
}

#[test]
fn whatever_else_a_player_reports_takes_back_that_it_stands_ahead() {
    let other: [fn(Story) -> Story; 5] = [
        |story| story.recovers("Bob"),
        |story| story.learns("Bob", 600),
        |story| story.retries("Bob", FailureCode::Busy).recovers("Bob"),
        |story| story.fails("Bob", FailureCode::Gone).learns("Bob", 600),
        |story| {
            let closed = story.players_process("Bob", PlayerProcess::Closed);
            let runs = closed.players_process("Bob", PlayerProcess::Runs);
            runs.learns("Bob", 600)
        },
    ];
    for reports_other in other {
        reports_other(at_the_gap().set_ahead("Bob", 18.0))
            .set_ahead("Alice", 18.0)
            .led_to(&[])
            .end();
    }
}
