//! Scenarios about reports: the end, failures, and what is kept of them.

use super::length::an_admin_without_a_player;
use super::story::{Story, seek_to};
use crate::protocol::command::{Command, Report};
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::failure::FailureCode;
use crate::protocol::member::Role;
use crate::protocol::time::Span;
use crate::room::decide::Decided;
use crate::room::reports::PlayerProcess;

#[test]
fn reports_are_of_those_whom_the_room_knows() {
    let mut story = Story::watching();
    for _ in 0..50 {
        story = story.joins("Guest").learns("Guest", 600).stalls("Guest");
        let who = crate::protocol::command::MemberRef::Id(story.id("Guest"));
        story = story.does("Alice", &crate::protocol::command::Command::Kick { who });
    }
    story = story.learns("Bob", 600);
    // Bob's facts, and that he has it open; the same for Alice.
    assert_eq!(kept(&story), 4);
}

#[test]
fn where_nothing_plays_reports_are_of_those_whom_the_room_knows_too() {
    let mut story = Story::alice_and_bob();
    for _ in 0..50 {
        story = story
            .joins("Guest")
            .players_process("Guest", PlayerProcess::Closed)
            .leaves("Guest");
    }
    assert_eq!(kept(&story), 0);
}

/// How many entries are kept of all that players reported.
fn kept(story: &Story) -> usize {
    let lengths = story.world.reports.lengths(0);
    lengths.iter().map(|length| length.held).sum()
}

#[test]
fn an_early_report_of_the_end_skips_nothing() {
    Story::watching()
        .adds("Alice", "b")
        .after(300.0)
        .learns("Bob", 600)
        .comes_to_the_end("Alice")
        .comes_to_the_end("Alice")
        .led_to(&[])
        .after(100.0)
        .shows("a")
        .end();
}

#[test]
fn media_of_unknown_length_ends_when_all_admins_players_do() {
    Story::alice_and_bob()
        .joins("Carol")
        .makes("Alice", "Bob", Role::Admin)
        .plays("Alice", "a")
        .adds("Alice", "b")
        .opens("Bob")
        .after(60.0)
        .comes_to_the_end("Carol")
        .comes_to_the_end("Alice")
        .shows("a")
        .comes_to_the_end("Bob")
        .led_to(&["loaded:next"])
        .shows("b")
        .after(5.0)
        .comes_to_the_end("Alice")
        .comes_to_the_end("Bob")
        .finished()
        .end();
}

#[test]
fn an_admins_copy_that_ends_where_the_others_have_long_been_ends_nothing() {
    let opened_again = |place| {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .adds("Alice", "b")
            .opens("Alice")
            .opens("Bob")
            .after(60.0)
            .ends_at("Alice", place)
    };
    opened_again(58.0).shows("b").end();
    let short = || opened_again(40.0).led_to(&[]).after(30.0).shows("a");
    short().comes_to_the_end("Bob").shows("b").end();
    short().stalls("Bob").after(30.0).shows("a").end();
    // Nobody can play a longer copy any more.
    short().fails("Bob", FailureCode::Gone).shows("b").end();
    short().leaves("Bob").shows("b").end();
}

#[test]
fn an_end_before_a_jump_back_counts_for_nothing() {
    Story::alice_and_bob()
        .makes("Alice", "Bob", Role::Admin)
        .plays("Alice", "a")
        .after(60.0)
        .comes_to_the_end("Alice")
        .does("Alice", &seek_to(10))
        .after(5.0)
        .comes_to_the_end("Bob")
        .shows("a")
        .after(45.0)
        .comes_to_the_end("Alice")
        .finished()
        .end();
}

/// The players of the four viewers have the media open.
fn all_open(story: Story) -> Story {
    ["Bob", "Carol", "Dave", "Eve"]
        .into_iter()
        .fold(story, Story::opens)
}

#[test]
fn without_an_admins_player_most_players_end_media() {
    all_open(an_admin_without_a_player())
        .after(60.0)
        .comes_to_the_end("Bob")
        .comes_to_the_end("Bob")
        .comes_to_the_end("Carol")
        .shows("a")
        .comes_to_the_end("Dave")
        .finished()
        .end();
}

#[test]
fn while_a_vanished_admin_may_return_media_of_unknown_length_is_not_over() {
    let vanished = || {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .adds("Alice", "b")
            .opens("Alice")
            .opens("Bob")
            .after(60.0)
            .comes_to_the_end("Bob")
            .vanishes("Alice")
            .led_to(&["presence", "nobody_plays:ended"])
            .after(20.0)
            .shows("a")
    };
    vanished()
        .returns("Alice")
        .opens("Alice")
        .led_to(&["somebody_plays"])
        .shows("a")
        .end();
    vanished().after(10.0).shows("b").end();
}

#[test]
fn an_admin_who_is_just_back_still_has_a_vote_about_the_end() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .opens("Alice")
        .opens("Bob")
        .after(20.0)
        .comes_to_the_end("Bob")
        .vanishes("Alice")
        .after(5.0)
        .returns("Alice")
        .shows("a")
        .opens("Alice")
        .after(60.0)
        .shows("a")
        .comes_to_the_end("Alice")
        .shows("b")
        .end();
}

#[test]
fn reports_about_other_media_or_from_nobody_count_for_nothing() {
    let story = Story::watching();
    let ended = Report::Ended {
        epoch: story.state().timeline.epoch,
        place: None,
    };
    let mut story = story.plays("Alice", "b").after(5.0);
    let bob = story.id("Bob");
    story = story.reports("Alice", &ended).shows("b").leaves("Bob");
    let stalled = Report::Stalled {
        epoch: story.state().timeline.epoch,
        stalled: true,
        place: None,
    };
    story.world.report(bob, &stalled);
    story.led_to(&[]).end();
}

#[test]
fn the_admins_are_told_once_whose_player_fails() {
    let story = Story::watching();
    let failed = Report::Failed {
        epoch: story.state().timeline.epoch,
        code: FailureCode::Refused,
        retrying: false,
    };
    story
        .reports("Bob", &failed)
        .sees(|story| {
            let [Decided::ToAdmins(MemberNotice::PlaybackFailed { name, code, .. })] =
                &story.world.last[..]
            else {
                panic!("{:?}", story.world.last);
            };
            assert_eq!((name.as_str(), *code), ("Bob", FailureCode::Refused));
        })
        .learns("Bob", 600)
        .sees(|story| {
            let recovered = story.world.last.first();
            let Some(Decided::ToAdmins(MemberNotice::PlaybackRecovered { name, .. })) = recovered
            else {
                panic!("{:?}", story.world.last);
            };
            assert_eq!(name.as_str(), "Bob");
        })
        .reports("Bob", &failed)
        .sees(|story| assert!(story.world.last.is_empty()))
        .learns("Bob", 601)
        .sees(|story| assert!(!is_recovery(story), "told once"))
        .end();
}

/// Whether it was told last that somebody's player plays after all.
fn is_recovery(story: &Story) -> bool {
    let is_told = |decided: &Decided| {
        matches!(
            decided,
            Decided::ToAdmins(MemberNotice::PlaybackRecovered { .. })
        )
    };
    story.world.last.iter().any(is_told)
}

#[test]
fn who_was_not_named_when_nobody_could_play_it_is_not_named_when_somebody_can() {
    let story = Story::alice_and_bob().plays("Alice", "a");
    story
        .fails("Alice", FailureCode::Gone)
        .fails("Bob", FailureCode::Gone)
        .after(20.0)
        .recovers("Bob")
        .sees(|story| assert!(!is_recovery(story), "{:?}", story.world.last))
        .end();
}

#[test]
fn the_admins_are_told_who_tries_again_and_that_it_was_in_vain() {
    let reported = |story: &Story| match &story.world.last[..] {
        [
            Decided::ToAdmins(MemberNotice::PlaybackFailed { retrying, .. }),
            ..,
        ] => Some(*retrying),
        _ => None,
    };
    Story::watching()
        .retries("Bob", FailureCode::Busy)
        .sees(|story| assert_eq!(reported(story), Some(true)))
        .retries("Bob", FailureCode::Busy)
        .sees(|story| assert_eq!(reported(story), None))
        .fails("Bob", FailureCode::Busy)
        .sees(|story| assert_eq!(reported(story), Some(false)))
        .learns("Bob", 600)
        .retries("Bob", FailureCode::Busy)
        .sees(|story| assert_eq!(reported(story), None))
        .end();
}

#[test]
fn one_address_has_one_vote_about_the_end() {
    Story::new()
        .joins_to_chat("Alice")
        .joins_from("Bob", 7)
        .joins_from("Bea", 7)
        .joins_from("Ben", 7)
        .joins_from("Carol", 8)
        .joins_from("Dave", 9)
        .plays("Alice", "a")
        .opens("Carol")
        .opens("Dave")
        .after(60.0)
        .comes_to_the_end("Bob")
        .comes_to_the_end("Bea")
        .comes_to_the_end("Ben")
        .shows("a")
        .comes_to_the_end("Carol")
        .finished()
        .end();
}

#[test]
fn who_has_just_come_has_no_vote_about_the_end() {
    Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .plays("Alice", "a")
        .learns("Bob", 3)
        .after(60.0)
        .joins("Mallory")
        .joins("Trudy")
        .comes_to_the_end("Mallory")
        .comes_to_the_end("Trudy")
        .led_to(&[])
        .shows("a")
        .comes_to_the_end("Bob")
        .finished()
        .end();
}

#[test]
fn who_comes_back_after_a_restart_still_has_a_vote_about_the_end() {
    let mut story = an_admin_without_a_player()
        .after(300.0)
        .restarts_after(5)
        .returns("Alice");
    for name in ["Bob", "Carol", "Dave", "Eve"] {
        story = story.returns(name);
    }
    all_open(story)
        .after(300.0)
        .joins("Mallory")
        .comes_to_the_end("Bob")
        .comes_to_the_end("Carol")
        .comes_to_the_end("Mallory")
        .shows("a")
        .comes_to_the_end("Dave")
        .finished()
        .end();
}

/// Alice, an admin, and Bob watch a file that claims to last 30 s, and play on beyond that.
fn a_length_that_is_too_short() -> Story {
    let mut story = Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .learns("Alice", 30)
        .learns("Bob", 30);
    story.world.players_end = false;
    story
}

#[test]
fn media_whose_players_play_on_is_longer_than_they_reported() {
    a_length_that_is_too_short()
        .after(30.2)
        .position_is(30.0)
        .after(1.0)
        .lasts(None)
        .position_is(31.1)
        // Repeating the report changes nothing.
        .learns("Alice", 30)
        .led_to(&[])
        .learns("Bob", 31)
        .after(20.0)
        .position_is(51.1)
        .comes_to_the_end("Bob")
        .shows("a")
        .comes_to_the_end("Alice")
        .shows("b")
        .end();
    // A longer one is believed.
    a_length_that_is_too_short()
        .after(31.2)
        .learns("Alice", 60)
        .lasts(Some(60))
        .end();
}

#[test]
fn media_ends_when_its_players_do_and_a_moment_later_without_the_last_of_them() {
    a_length_that_is_too_short()
        .after(30.05)
        .comes_to_the_end("Alice")
        .after(0.1)
        .shows("b")
        .end();
    a_length_that_is_too_short()
        .after(30.2)
        .shows("a")
        .comes_to_the_end("Alice")
        .shows("b")
        .end();
    // Another admin's player hangs behind.
    a_length_that_is_too_short()
        .makes("Alice", "Bob", Role::Admin)
        .after(30.2)
        .comes_to_the_end("Alice")
        .shows("a")
        .after(1.0)
        .shows("b")
        .end();
    // A length set by hand needs no report.
    let length = Some(Span::seconds(20));
    a_length_that_is_too_short()
        .does("Alice", &Command::SetLength { length })
        .after(20.2)
        .shows("b")
        .end();
    // A copy that ended long before says nothing about the end.
    a_length_that_is_too_short()
        .after(10.1)
        .ends_at("Bob", 10.0)
        .after(21.1)
        .shows("a")
        .lasts(None)
        .end();
}
