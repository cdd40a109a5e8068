//! Scenarios about a length that an admin sets by hand, and about seeking beyond a known one.

use super::length::an_admin_without_a_player;
use super::story::{Story, seek_to};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::time::{Position, Span};

fn set_length(seconds: Option<i64>) -> Command {
    Command::SetLength {
        length: seconds.map(Span::seconds),
    }
}

const fn passed(seconds: i64) -> Denied {
    Denied::LengthPassed {
        position: Position::seconds(seconds),
    }
}

#[test]
fn an_admin_goes_beyond_what_only_viewers_reported() {
    let story = an_admin_without_a_player()
        .learns("Bob", 100)
        .learns("Carol", 100)
        .lasts(Some(100));
    let mark = |story: &Story| {
        let mark = story.mark(300.0, 0.0);
        Command::Pause { mark: Some(mark) }
    };
    let paused = mark(&story);
    story
        .does("Alice", &seek_to(90))
        .lasts(Some(100))
        .does("Alice", &seek_to(200))
        .lasts(None)
        .after(5.1)
        .position_is(205.0)
        // The same report is not believed again: the timeline has passed it.
        .learns("Bob", 100)
        .lasts(None)
        .does("Alice", &Command::Undo)
        .position_is(90.0)
        .end();
    an_admin_without_a_player()
        .learns("Bob", 100)
        .learns("Carol", 100)
        .does("Alice", &paused)
        .lasts(None)
        .position_is(300.0)
        .end();
    // A report of an admin's player limits it.
    Story::watching()
        .does("Alice", &seek_to(700))
        .lasts(Some(600))
        .finished_after(0.2)
        .end();
}

#[test]
fn what_was_taken_for_live_gets_a_length_by_hand() {
    let live = |story: &Story| story.state().timeline.playing.as_ref().unwrap().live;
    Story::alice_and_bob()
        .plays("Alice", "a")
        .reports_facts("Alice", None, None)
        .sees(|story| assert!(live(story)))
        .does("Alice", &set_length(Some(5_720)))
        .lasts(Some(5_720))
        .sees(|story| assert!(!live(story)))
        .reports_facts("Alice", None, None)
        .sees(|story| assert!(!live(story)))
        .does("Alice", &seek_to(300))
        .end();
}

#[test]
fn a_length_set_by_hand_goes_before_every_players() {
    Story::watching()
        .adds("Alice", "b")
        .does("Alice", &set_length(Some(5_720)))
        .led_to(&["learned"])
        .lasts(Some(5_720))
        .learns("Alice", 700)
        .lasts(Some(5_720))
        .does("Alice", &seek_to(5_000))
        .after(0.2)
        .shows("a")
        .does("Alice", &set_length(Some(6_000)))
        .lasts(Some(6_000))
        .after(999.8)
        .shows("a")
        .after(0.2)
        .shows("b")
        .end();
}

#[test]
fn the_players_word_comes_back() {
    Story::watching()
        .does("Alice", &set_length(Some(5_720)))
        .learns("Alice", 700)
        .does("Alice", &set_length(None))
        .lasts(Some(700))
        .does("Alice", &set_length(Some(5_720)))
        .does("Alice", &seek_to(1_000))
        // It would end the media at once.
        .denied("Alice", &set_length(None), &passed(1_000))
        .after(60.0)
        .shows("a")
        .does("Alice", &seek_to(100))
        .does("Alice", &set_length(None))
        .lasts(Some(700))
        .end();
}

#[test]
fn media_that_ended_too_early_goes_on_with_its_length_by_hand() {
    let over = || {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .learns("Alice", 4)
            .learns("Bob", 30)
            .after(4.2)
            .finished()
            .position_is(4.0)
    };
    over()
        .denied("Alice", &set_length(Some(4)), &passed(4))
        .does("Alice", &set_length(Some(30)))
        .led_to(&["learned", "retimed:resumed"])
        .after(6.1)
        .shows("a")
        .position_is(10.0)
        .denied("Alice", &set_length(None), &passed(10))
        .after(20.0)
        .finished()
        .position_is(30.0)
        .does("Alice", &set_length(None))
        .lasts(Some(4))
        .finished()
        .end();
    // Nothing was set, and nothing is taken back.
    over()
        .denied("Alice", &set_length(None), &Denied::NothingChanges)
        .lasts(Some(4))
        .finished()
        .end();
}

#[test]
fn a_length_that_lies_behind_is_denied_and_so_is_one_of_nothing() {
    Story::alice_and_bob()
        .denied("Alice", &set_length(Some(60)), &Denied::NothingPlays)
        .plays("Alice", "a")
        .denied("Alice", &set_length(Some(0)), &passed(0))
        .denied("Alice", &set_length(Some(-5)), &passed(0))
        .after(100.1)
        .denied("Alice", &set_length(Some(100)), &passed(100))
        .does("Alice", &set_length(Some(101)))
        .reports_facts("Alice", None, None)
        .finished_after(1.0)
        .end();
}
