//! Stories about a part of the video that is missing.

use super::story::{PAUSE, Story, seek_to};
use crate::room::reports::PlayerProcess;

/// Alice and Bob watch, and the film is at 12 s, where 6 s are missing.
fn at_the_gap() -> Story {
    Story::watching()
        .learns("Bob", 600)
        .after(12.1)
        .film_at(12.0)
}

#[test]
fn what_is_missing_for_all_goes_by_at_once() {
    at_the_gap()
        .stands_ahead("Alice", 18.1)
        .led_to(&[])
        .after(0.05)
        .stands_ahead("Bob", 18.05)
        .led_to(&["somebody_plays"])
        .film_at(18.05)
        .after(1.1)
        .film_at(19.05)
        // The next one.
        .stands_ahead("Alice", 25.0)
        .led_to(&[])
        .stands_ahead("Bob", 25.0)
        .led_to(&["somebody_plays"])
        .film_at(25.0)
        .end();
    // Who watches alone.
    Story::new()
        .joins("Alice")
        .plays("Alice", "a")
        .learns("Alice", 600)
        .after(12.1)
        .stands_ahead("Alice", 18.0)
        .led_to(&["somebody_plays"])
        .film_at(18.0)
        .end();
}

#[test]
fn as_long_as_one_plays_it_or_waits_for_its_data_nothing_moves() {
    at_the_gap()
        .stands_ahead("Alice", 18.0)
        .after(3.0)
        .film_at(15.0)
        .end();
    at_the_gap()
        .stands_ahead("Alice", 18.0)
        .stalls("Bob")
        .led_to(&["held"])
        .recovers("Bob")
        .led_to(&["released:recovered"])
        .end();
    // The one who plays it leaves, or closes the player.
    at_the_gap()
        .stands_ahead("Alice", 18.0)
        .leaves("Bob")
        .film_at(18.0)
        .end();
    at_the_gap()
        .stands_ahead("Alice", 18.0)
        .players_process("Bob", PlayerProcess::Closed)
        .led_to(&["somebody_plays"])
        .end();
    // Who chats only, and who opens it, sees nothing of it.
    at_the_gap()
        .joins_to_chat("Carol")
        .joins("Dora")
        .stands_ahead("Alice", 18.0)
        .stands_ahead("Bob", 18.0)
        .led_to(&["somebody_plays"])
        .end();
}

#[test]
fn what_was_told_of_another_place_counts_for_nothing() {
    at_the_gap()
        .stands_ahead("Bob", 18.0)
        .does("Alice", &seek_to(10))
        .stands_ahead("Alice", 18.0)
        .led_to(&[])
        .stands_ahead("Bob", 18.0)
        .led_to(&["somebody_plays"])
        .end();
    for place in [11.0, 12.05, 43.0, 100_000.0] {
        at_the_gap()
            .stands_ahead("Bob", place)
            .stands_ahead("Alice", place)
            .led_to(&[])
            .end();
    }
    at_the_gap()
        .does("Alice", &PAUSE)
        .stands_ahead("Alice", 18.0)
        .stands_ahead("Bob", 18.0)
        .led_to(&[])
        .film_at(12.0)
        .end();
}
