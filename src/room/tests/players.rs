//! Scenarios about what all players together mean for the media: judged as soon as anything about
//! them changes, not only when one of them reports.

use super::length::an_admin_without_a_player;
use super::story::{PAUSE, RESUME, Story, seek_to, who};
use crate::protocol::command::{Command, Report};
use crate::protocol::denied::Denied;
use crate::protocol::failure::FailureCode::{Busy, Gone};
use crate::protocol::member::Role;
use crate::room::reports::PlayerProcess::{Closed, Frozen, Runs, Stopped};

/// Two admins watch media of unknown length, of which Alice has reached the end; more media is
/// queued.
fn alice_is_at_the_end() -> Story {
    Story::alice_and_bob()
        .joins("Carol")
        .makes("Alice", "Bob", Role::Admin)
        .plays("Alice", "a")
        .adds("Alice", "b")
        .opens("Alice")
        .opens("Bob")
        .opens("Carol")
        .does("Alice", &Command::SetWait { wait: false })
        .after(60.1)
        .comes_to_the_end("Alice")
        .led_to(&[])
        .shows("a")
}

#[test]
fn the_end_is_judged_when_the_last_admin_who_plays_on_does_not() {
    alice_is_at_the_end().leaves("Bob").shows("b").end();
    alice_is_at_the_end().vanishes("Bob").shows("b").end();
    alice_is_at_the_end().fails("Bob", Gone).shows("b").end();
    alice_is_at_the_end()
        .players_process("Bob", Closed)
        .shows("b")
        .end();
    alice_is_at_the_end()
        .makes("Alice", "Bob", Role::Viewer)
        .shows("b")
        .end();
    let kick = Command::Kick { who: who("Bob") };
    alice_is_at_the_end().does("Alice", &kick).shows("b").end();
}

#[test]
fn an_admin_who_goes_leaves_the_end_to_the_others() {
    let mut story = an_admin_without_a_player()
        .makes("Alice", "Eve", Role::Admin)
        .adds("Alice", "b");
    for name in ["Bob", "Carol", "Dave", "Eve"] {
        story = story.opens(name);
    }
    story = story.after(60.0);
    for name in ["Bob", "Carol"] {
        story = story.comes_to_the_end(name).led_to(&[]);
    }
    story.shows("a").leaves("Eve").shows("b").end();
}

#[test]
fn who_becomes_a_voter_brings_the_end_about() {
    Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .plays("Alice", "a")
        .opens("Bob")
        .after(100.0)
        .joins("Carol")
        .joins("Dave")
        .opens("Carol")
        .opens("Dave")
        .after(5.0)
        .comes_to_the_end("Carol")
        .comes_to_the_end("Dave")
        .after(54.9)
        .shows("a")
        .after(0.2)
        .finished()
        .end();
}

#[test]
fn an_admins_player_that_hangs_blocks_the_end_for_a_minute_at_most() {
    let stuck: [fn(Story) -> Story; 3] = [
        |story| story.stalls("Bob"),
        |story| story.retries("Bob", Busy),
        |story| story.players_process("Bob", Frozen),
    ];
    for stuck in stuck {
        stuck(alice_is_at_the_end())
            .shows("a")
            .after(59.9)
            .shows("a")
            .after(0.2)
            .shows("b")
            .end();
    }
    // A player that plays again is waited for.
    alice_is_at_the_end()
        .players_process("Bob", Frozen)
        .after(50.0)
        .players_process("Bob", Runs)
        .after(50.0)
        .shows("a")
        .comes_to_the_end("Bob")
        .shows("b")
        .end();
}

#[test]
fn where_no_admin_plays_any_more_most_viewers_end_it() {
    Story::alice_and_bob()
        .joins("Carol")
        .joins("Dave")
        .plays("Alice", "a")
        .does("Alice", &Command::SetWait { wait: false })
        .opens("Alice")
        .opens("Bob")
        .opens("Carol")
        .opens("Dave")
        .after(60.0)
        .stalls("Alice")
        .comes_to_the_end("Bob")
        .comes_to_the_end("Carol")
        .after(59.9)
        .shows("a")
        .after(0.2)
        .finished()
        .end();
}

#[test]
fn an_end_before_a_jump_back_is_still_to_come() {
    alice_is_at_the_end()
        .does("Alice", &seek_to(10))
        .comes_to_the_end("Bob")
        .after(120.0)
        // The file has grown meanwhile, and Alice's player plays on.
        .shows("a")
        .end();
}

#[test]
fn whose_player_is_closed_only_chats() {
    // The remaining member decides whether anybody plays it.
    Story::watching()
        .learns("Bob", 600)
        .players_process("Alice", Closed)
        .fails("Bob", Gone)
        .led_to(&["nobody_plays:failed"])
        .learns("Alice", 600)
        .led_to(&["somebody_plays"])
        .end();
}

#[test]
fn players_that_all_freeze_are_waited_for_as_long_as_a_minute() {
    Story::watching()
        .learns("Bob", 600)
        .adds("Alice", "b")
        .players_process("Alice", Frozen)
        .players_process("Bob", Frozen)
        .led_to(&["nobody_plays:failed"])
        .after(59.0)
        .players_process("Bob", Runs)
        .led_to(&["somebody_plays"])
        .after(60.0)
        .shows("a")
        .end();
}

#[test]
fn who_is_sent_out_may_have_been_the_last_who_plays_it() {
    let kick = Command::Kick { who: who("Bob") };
    Story::watching()
        .learns("Bob", 600)
        .fails("Alice", Gone)
        .led_to(&[])
        .does("Alice", &kick)
        .led_to(&["presence", "nobody_plays:failed"])
        .end();
}

/// Alice and Bob have watched for 100 s, and more media is queued.
fn both_watch() -> Story {
    Story::watching()
        .learns("Bob", 600)
        .adds("Alice", "b")
        .after(100.1)
}

/// Both have closed their players.
fn both_closed() -> Story {
    both_watch()
        .players_process("Alice", Closed)
        .led_to(&[])
        .players_process("Bob", Closed)
        .led_to(&["nobody_plays:closed"])
        .position_is(100.0)
}

#[test]
fn media_whose_players_are_all_closed_stands_until_one_is_opened() {
    both_closed()
        .after(3_000.0)
        .shows("a")
        .position_is(100.0)
        .players_process("Bob", Runs)
        .led_to(&[])
        .after(2.0)
        .position_is(100.0)
        .learns("Bob", 600)
        .led_to(&["somebody_plays"])
        .after(5.1)
        .position_is(105.0)
        .end();
    // The same if the media is stopped in the window, or no machine can open it.
    both_watch()
        .players_process("Alice", Stopped)
        .players_process("Bob", Closed)
        .led_to(&["nobody_plays:closed"])
        .end();
    // And if the last member who plays it leaves.
    both_watch()
        .players_process("Alice", Closed)
        .leaves("Bob")
        .after(60.0)
        .position_is(100.0)
        .end();
    // A player that never opened it does not play it either.
    Story::watching()
        .after(30.1)
        .players_process("Alice", Closed)
        .led_to(&[])
        .after(60.0)
        .shows("a")
        .sees(|story| assert!(story.state().timeline.is_given_up()))
        .end();
}

#[test]
fn a_player_that_was_started_again_is_waited_for_until_it_has_opened_the_media() {
    let started_again = || {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .adds("Alice", "b")
            .opens("Alice")
            .opens("Bob")
            .after(100.1)
            .players_process("Alice", Closed)
            .after(100.0)
            .players_process("Alice", Runs)
            .after(1.0)
            .players_process("Alice", Runs)
            .comes_to_the_end("Bob")
            .led_to(&["nobody_plays:ended"])
            .after(50.0)
            .shows("a")
    };
    started_again()
        .opens("Alice")
        .led_to(&["somebody_plays"])
        .after(60.0)
        .shows("a")
        .end();
    // For a minute at most.
    started_again().after(15.0).shows("b").end();
}

#[test]
fn no_admins_word_runs_media_unseen() {
    for word in [RESUME, Command::Go, Command::Countdown] {
        both_closed()
            .denied("Alice", &word, &Denied::NobodyPlays)
            .end();
    }
    both_closed()
        .does("Alice", &seek_to(50))
        .after(60.0)
        .position_is(50.0)
        .does("Alice", &Command::Skip)
        .shows("b")
        .end();
    both_closed()
        .does("Alice", &PAUSE)
        .learns("Bob", 600)
        .led_to(&["somebody_plays"])
        .after(60.0)
        .position_is(100.0)
        .does("Alice", &RESUME)
        .after(5.1)
        .position_is(105.0)
        .end();
    both_closed()
        .does("Alice", &PAUSE)
        .does("Alice", &RESUME)
        .led_to(&["retimed:resumed", "nobody_plays:closed"])
        .after(60.0)
        .position_is(100.0)
        .end();
}

#[test]
fn who_closes_the_player_of_paused_media_is_no_news_until_it_is_to_run() {
    both_watch()
        .does("Alice", &PAUSE)
        .players_process("Alice", Closed)
        .players_process("Bob", Closed)
        .led_to(&[])
        .does("Alice", &RESUME)
        .led_to(&["retimed:resumed", "nobody_plays:closed"])
        .after(60.0)
        .position_is(100.0)
        .end();
}

#[test]
fn a_closed_player_counts_as_one_that_fails_where_others_do() {
    both_watch()
        .players_process("Alice", Closed)
        .fails("Bob", Gone)
        .led_to(&["nobody_plays:failed"])
        .after(15.1)
        .shows("b")
        .end();
    both_watch()
        .players_process("Alice", Closed)
        .comes_to_the_end("Bob")
        .led_to(&["nobody_plays:ended"])
        .after(3.1)
        .shows("b")
        .end();
    // Also if the player was opened once more, in vain.
    both_closed()
        .players_process("Bob", Runs)
        .fails("Bob", Gone)
        .led_to(&["nobody_plays:failed"])
        .position_is(100.0)
        .after(15.1)
        .shows("b")
        .end();
    both_closed()
        .players_process("Bob", Runs)
        .retries("Bob", Busy)
        .led_to(&["nobody_plays:failed"])
        .after(59.0)
        .learns("Bob", 600)
        .led_to(&["somebody_plays"])
        .after(5.1)
        .position_is(105.0)
        .end();
}

#[test]
fn members_without_a_player_have_the_media_run_by_the_clock() {
    Story::new()
        .joins_to_chat("Alice")
        .joins_to_chat("Bob")
        .plays("Alice", "a")
        .after(100.1)
        .position_is(100.0)
        .end();
}

#[test]
fn media_that_failed_says_nothing_about_the_players_of_the_next() {
    let story = Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .joins("Carol")
        .plays("Alice", "a")
        .does("Alice", &Command::SetWait { wait: false })
        .fails("Bob", Gone)
        .players_process("Bob", Stopped)
        .fails("Carol", Gone)
        .players_process("Carol", Stopped)
        .plays("Alice", "b");
    let ready = Report::Ready {
        epoch: story.state().timeline.epoch,
    };
    story
        .reports("Bob", &ready)
        .led_to(&[])
        .learns("Carol", 600)
        .led_to(&["learned"])
        .end();
}
