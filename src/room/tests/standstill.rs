//! Scenarios about media that nobody can play, and media that ends for everybody too early.

use super::story::{PAUSE, RESUME, Story, seek_to};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::failure::FailureCode;
use crate::protocol::playback::StandstillCause;
use crate::protocol::time::Rate;
use crate::room::decide::Decided;

use FailureCode::{Busy, Gone, Other, Refused, Unreachable};

impl Story {
    /// Nobody can play the media, and the position does not move.
    #[track_caller]
    fn nobody_can_play_it(self, code: FailureCode) -> Self {
        let standstill = self.state().timeline.standstill.expect("somebody plays it");
        assert_eq!(standstill.cause, StandstillCause::Failed { code });
        assert!(self.state().timeline.is_stopped(), "some still try");
        self
    }

    /// Somebody plays it, or still tries to.
    #[track_caller]
    fn goes_on(self) -> Self {
        assert!(!self.state().timeline.is_given_up(), "nobody tries");
        self
    }
}

#[test]
fn a_dead_link_is_reported_once_and_the_next_comes_on() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .after(1.0)
        .fails("Alice", Gone)
        .goes_on()
        // Nobody plays it yet, so the admins are not notified of each player.
        .sees(|story| assert_eq!(story.world.last.len(), 1))
        .fails("Bob", Gone)
        .led_to(&["nobody_plays:failed"])
        .sees(|story| assert_eq!(story.world.last.len(), 1))
        .nobody_can_play_it(Gone)
        .position_is(0.0)
        .fails("Bob", Gone)
        .led_to(&[])
        .after(14.9)
        .shows("a")
        .position_is(0.0)
        .after(0.2)
        .shows("b")
        .goes_on()
        .queue_is(&[])
        .end();
}

#[test]
fn with_an_empty_queue_it_stands_at_its_start_until_something_follows() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .after(5.0)
        .fails("Alice", Gone)
        .fails("Bob", Gone)
        .after(3_000.0)
        .nobody_can_play_it(Gone)
        .position_is(0.0)
        .adds("Alice", "b")
        .after(0.0)
        .shows("b")
        .end();
}

#[test]
fn the_reason_is_the_one_that_most_reported() {
    Story::alice_and_bob()
        .joins("Carol")
        .plays("Alice", "a")
        .fails("Alice", Other)
        .fails("Bob", Refused)
        .fails("Carol", Refused)
        .nobody_can_play_it(Refused)
        .end();
    Story::alice_and_bob()
        .plays("Alice", "a")
        .fails("Alice", Other)
        .fails("Bob", Gone)
        .nobody_can_play_it(Gone)
        .end();
}

#[test]
fn who_tries_again_is_waited_for_as_long_as_a_minute() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .retries("Bob", Busy)
        .after(10.0)
        .fails("Alice", Gone)
        .goes_on()
        .retries("Bob", Busy)
        .after(49.9)
        .goes_on()
        .shows("a")
        .after(0.2)
        .nobody_can_play_it(Gone)
        .position_is(0.0)
        .after(15.0)
        .shows("b")
        .end();
}

#[test]
fn who_plays_it_after_all_ends_the_wait() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .retries("Bob", Busy)
        .fails("Alice", Busy)
        .after(59.0)
        .learns("Bob", 600)
        .led_to(&["learned", "somebody_plays"])
        .after(60.1)
        .goes_on()
        .shows("a")
        // From its start.
        .position_is(60.0)
        .end();
    Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .fails("Alice", Busy)
        .fails("Bob", Busy)
        .nobody_can_play_it(Busy)
        .after(14.0)
        .learns("Bob", 600)
        .led_to(&["learned", "somebody_plays"])
        .after(5.1)
        .shows("a")
        .position_is(5.0)
        .end();
}

#[test]
fn if_some_can_play_it_they_do() {
    Story::watching()
        .adds("Alice", "b")
        .fails("Bob", Gone)
        .led_to(&[])
        .after(120.0)
        .shows("a")
        .position_is(119.9)
        .end();
}

#[test]
fn whoever_is_left_when_the_last_who_plays_it_goes_can_not() {
    Story::watching()
        .fails("Bob", Gone)
        .after(30.1)
        .leaves("Alice")
        .nobody_can_play_it(Gone)
        .position_is(30.0)
        .end();
}

#[test]
fn who_never_opens_it_is_waited_for_as_long_as_a_minute() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .adds("Alice", "b")
        .fails("Alice", Gone)
        .after(59.0)
        .goes_on()
        .after(1.1)
        .nobody_can_play_it(Gone)
        .end();
}

#[test]
fn who_comes_meanwhile_may_play_it() {
    Story::new()
        .joins("Alice")
        .plays("Alice", "a")
        .fails("Alice", Gone)
        .nobody_can_play_it(Gone)
        .joins("Bob")
        .nobody_can_play_it(Gone)
        .learns("Bob", 600)
        .goes_on()
        .end();
}

#[test]
fn an_admin_need_not_wait_for_the_next() {
    let dead = || {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .adds("Alice", "b")
            .fails("Alice", Gone)
            .fails("Bob", Gone)
            .nobody_can_play_it(Gone)
    };
    for word in [Command::Skip, RESUME, Command::Go] {
        dead().does("Alice", &word).shows("b").goes_on().end();
        // A pause keeps the media until somebody resumes.
        dead()
            .does("Alice", &PAUSE)
            .after(3_000.0)
            .shows("a")
            .position_is(0.0)
            .does("Alice", &word)
            .shows("b")
            .goes_on()
            .end();
    }
    // The dead link does not go back into the queue.
    dead()
        .plays("Alice", "c")
        .shows("c")
        .queue_is(&["#1 b +"])
        .end();
}

#[test]
fn a_jump_moves_the_place_and_what_was_announced_still_comes() {
    let dead = || {
        Story::watching()
            .learns("Bob", 600)
            .adds("Alice", "b")
            .fails("Alice", Gone)
            .fails("Bob", Gone)
            .nobody_can_play_it(Gone)
            .after(5.0)
            .does("Alice", &seek_to(60))
            .nobody_can_play_it(Gone)
            .position_is(60.0)
    };
    dead()
        .after(9.9)
        .shows("a")
        .position_is(60.0)
        .after(0.2)
        .shows("b")
        .end();
    dead()
        .does("Alice", &Command::Undo)
        .position_is(0.0)
        .after(10.1)
        .shows("b")
        .end();
    dead()
        .learns("Bob", 600)
        .led_to(&["somebody_plays"])
        .after(30.1)
        .shows("a")
        .position_is(90.0)
        .end();
    let rate = Rate::from_factor(2.0).unwrap();
    dead()
        .does("Alice", &Command::SetRate { rate })
        .after(9.9)
        .position_is(60.0)
        .after(0.2)
        .shows("b")
        .end();
    dead()
        .denied("Alice", &Command::Countdown, &Denied::NobodyPlays)
        .end();
}

#[test]
fn with_an_empty_queue_an_admins_word_has_it_tried_again_without_its_running() {
    let dead = || {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .fails("Alice", Gone)
            .fails("Bob", Gone)
            .nobody_can_play_it(Gone)
            .denied("Alice", &Command::Skip, &Denied::NothingNext)
            .does("Alice", &seek_to(60))
            .nobody_can_play_it(Gone)
    };
    for word in [RESUME, Command::Go] {
        dead()
            .does("Alice", &word)
            .goes_on()
            .after(59.0)
            .position_is(60.0)
            .goes_on()
            .after(2.0)
            .nobody_can_play_it(Gone)
            .position_is(60.0)
            .end();
    }
    dead()
        .does("Alice", &PAUSE)
        .does("Alice", &RESUME)
        .paused(false)
        .learns("Bob", 600)
        .led_to(&["learned", "somebody_plays"])
        .after(100.1)
        .position_is(160.0)
        .end();
}

#[test]
fn nothing_goes_by_unseen_while_all_lack_data() {
    let stall = |wait| {
        Story::watching()
            .learns("Bob", 600)
            .adds("Alice", "b")
            .does("Alice", &Command::SetWait { wait })
            .does("Alice", &seek_to(570))
            .after(10.1)
            .stalls("Alice")
            .stalls("Bob")
            .sees(|story| assert!(story.state().timeline.waits_for_data()))
            .position_is(580.0)
            .after(50.0)
            .shows("a")
            .position_is(580.0)
    };
    for wait in [true, false] {
        stall(wait).after(25.1).shows("b").end();
    }
    // If the room waits for slow viewers, it resumes with both and without a hold.
    stall(true)
        .recovers("Alice")
        .led_to(&[])
        .after(1.9)
        .position_is(580.0)
        .recovers("Bob")
        .led_to(&["somebody_plays"])
        .after(5.1)
        .position_is(585.0)
        .end();
    stall(false)
        .recovers("Alice")
        .led_to(&["somebody_plays"])
        .recovers("Bob")
        .led_to(&[])
        .after(5.1)
        .position_is(585.0)
        .end();
    // A seek to data that is there needs no wait.
    stall(false)
        .does("Alice", &seek_to(100))
        .position_is(100.0)
        .recovers("Bob")
        .after(5.1)
        .position_is(105.0)
        .end();
    // A pause at this point keeps the media.
    stall(true)
        .does("Alice", &PAUSE)
        .recovers("Alice")
        .after(100.0)
        .position_is(580.0)
        .does("Alice", &RESUME)
        .after(5.1)
        .position_is(585.0)
        .end();
    // An admin ends the attempts.
    for word in [RESUME, Command::Go] {
        stall(true)
            .does("Alice", &word)
            .nobody_can_play_it(Other)
            .after(15.1)
            .shows("b")
            .end();
    }
    // After a reopening the position is the same.
    stall(true)
        .restarts_after(5)
        .position_is(580.0)
        .returns("Alice")
        .learns("Alice", 600)
        .after(1.1)
        .position_is(581.0)
        .end();
}

#[test]
fn who_still_lacks_data_when_the_first_has_it_again_is_waited_for_by_name_after_two_seconds() {
    let stall = || {
        Story::watching()
            .learns("Bob", 600)
            .adds("Alice", "b")
            .after(10.1)
            .stalls("Alice")
            .stalls("Bob")
            .led_to(&["nobody_plays:failed"])
            .position_is(10.0)
    };
    stall()
        .after(5.0)
        .recovers("Alice")
        .after(1.9)
        .sees(|story| assert!(story.state().timeline.waits_for_data()))
        .after(0.2)
        .sees(|story| assert!(story.state().timeline.hold.is_some()))
        .position_is(10.0)
        .after(9.8)
        .position_is(10.0)
        .after(5.2)
        .position_is(15.0)
        .end();
    // A player that lacks data again meanwhile is in the same standstill with the same deadline.
    stall()
        .recovers("Alice")
        .after(1.0)
        .stalls("Alice")
        .after(10.0)
        .sees(|story| assert!(story.state().timeline.hold.is_none()))
        .goes_on()
        .position_is(10.0)
        .recovers("Bob")
        .after(1.0)
        .recovers("Alice")
        .led_to(&["somebody_plays"])
        .end();
    // The retry limit passes meanwhile: playback resumes all the same.
    stall()
        .after(59.0)
        .recovers("Alice")
        .led_to(&[])
        .after(2.0)
        .goes_on()
        .shows("a")
        .end();
    // A member whom the room would not wait for does not delay the others.
    stall()
        .fails("Bob", Gone)
        .recovers("Alice")
        .led_to(&["somebody_plays"])
        .end();
}

#[test]
fn the_admins_are_told_who_cannot_play_it_once_somebody_can() {
    let reported = |story: &Story| {
        let last = story.world.last.iter();
        last.filter(|one| matches!(one, Decided::ToAdmins(_)))
            .count()
    };
    Story::alice_and_bob()
        .plays("Alice", "a")
        .fails("Bob", Gone)
        .sees(|story| assert_eq!(reported(story), 0))
        .learns("Alice", 600)
        .sees(|story| assert_eq!(reported(story), 1))
        .learns("Alice", 700)
        .sees(|story| assert_eq!(reported(story), 0))
        .end();
    // The standstill was shown to everybody.
    Story::alice_and_bob()
        .plays("Alice", "a")
        .fails("Bob", Gone)
        .fails("Alice", Gone)
        .nobody_can_play_it(Gone)
        .learns("Alice", 600)
        .sees(|story| assert_eq!(reported(story), 0))
        .end();
}

#[test]
fn why_all_lack_data_is_what_their_players_reported() {
    Story::watching()
        .learns("Bob", 600)
        .after(6.0)
        .stalls("Alice")
        .led_to(&["held"])
        .retries("Alice", Unreachable)
        // The room holds for her, which everybody sees.
        .sees(|story| assert!(story.world.last.is_empty(), "{:?}", story.world.last))
        .stalls("Bob")
        .retries("Bob", Unreachable)
        .after(60.1)
        .nobody_can_play_it(Unreachable)
        .position_is(5.9)
        .end();
}

#[test]
fn a_viewer_who_watches_alone_is_waited_for_longer_than_ten_seconds() {
    Story::new()
        .joins("Alice")
        .plays("Alice", "a")
        .learns("Alice", 600)
        .after(10.1)
        .stalls("Alice")
        .led_to(&["nobody_plays:failed"])
        .after(40.0)
        .position_is(10.0)
        .recovers("Alice")
        .led_to(&["somebody_plays"])
        .after(1.1)
        .position_is(11.0)
        .end();
}

#[test]
fn a_link_that_breaks_for_all_stands_where_the_last_one_stopped() {
    Story::watching()
        .learns("Bob", 600)
        .adds("Alice", "b")
        .after(100.1)
        .fails("Alice", Refused)
        .after(20.0)
        .retries("Bob", Refused)
        .led_to(&["nobody_plays:failed"])
        .after(60.1)
        .nobody_can_play_it(Refused)
        .position_is(120.0)
        .after(15.0)
        .shows("b")
        .end();
}

#[test]
fn data_that_lacks_everywhere_is_waited_for_as_long_as_a_minute() {
    Story::watching()
        .does("Alice", &Command::SetWait { wait: false })
        .after(100.0)
        .stalls("Alice")
        .stalls("Bob")
        .after(59.0)
        .goes_on()
        .position_is(99.9)
        .recovers("Bob")
        .led_to(&["somebody_plays"])
        .after(100.1)
        .goes_on()
        .position_is(199.9)
        .end();
    Story::watching()
        .does("Alice", &Command::SetWait { wait: false })
        .after(100.0)
        .stalls("Alice")
        .stalls("Bob")
        .after(60.1)
        .nobody_can_play_it(Other)
        .position_is(99.9)
        .end();
}

#[test]
fn where_all_copies_end_too_early_the_next_comes_on() {
    Story::watching()
        .learns("Bob", 600)
        .adds("Alice", "b")
        .after(14.6)
        .comes_to_the_end("Alice")
        .led_to(&[])
        .comes_to_the_end("Bob")
        .led_to(&["nobody_plays:ended"])
        .position_is(14.5)
        .after(2.9)
        .shows("a")
        .position_is(14.5)
        .after(0.2)
        .shows("b")
        .end();
    // Where nothing follows it is over.
    Story::watching()
        .learns("Bob", 600)
        .after(14.6)
        .comes_to_the_end("Alice")
        .comes_to_the_end("Bob")
        .after(3.1)
        .finished()
        .position_is(14.5)
        .end();
}

#[test]
fn an_end_just_before_the_known_one_is_that_end() {
    Story::watching()
        .learns("Bob", 600)
        .adds("Alice", "b")
        .after(599.1)
        .comes_to_the_end("Alice")
        .comes_to_the_end("Bob")
        .led_to(&[])
        .after(0.9)
        .shows("a")
        .after(0.1)
        .shows("b")
        .end();
}

#[test]
fn a_jump_back_from_where_all_copies_end_plays_on() {
    Story::watching()
        .learns("Bob", 600)
        .adds("Alice", "b")
        .after(300.0)
        .comes_to_the_end("Alice")
        .comes_to_the_end("Bob")
        .does("Alice", &seek_to(0))
        .after(290.1)
        .shows("a")
        .position_is(290.0)
        .end();
}

#[test]
fn a_room_that_was_away_still_stands() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .fails("Alice", Gone)
        .fails("Bob", Gone)
        .restarts_after(5)
        .nobody_can_play_it(Gone)
        .returns("Alice")
        .denied("Alice", &Command::Undo, &Denied::NothingToUndo)
        .learns("Alice", 600)
        .goes_on()
        .end();
    // The restart forgets who retried: nothing follows from it.
    Story::alice_and_bob()
        .plays("Alice", "a")
        .fails("Alice", Busy)
        .retries("Bob", Busy)
        .restarts_after(5)
        .after(50.0)
        .returns("Alice")
        .after(20.0)
        .goes_on()
        .end();
}

#[test]
fn who_never_reports_keeps_nothing_away_for_longer_than_a_minute() {
    Story::watching()
        .learns("Bob", 600)
        .joins("Carol")
        .after(30.0)
        .fails("Alice", Gone)
        .fails("Bob", Gone)
        .led_to(&["nobody_plays:failed"])
        .goes_on()
        .after(29.9)
        .goes_on()
        .after(0.2)
        .nobody_can_play_it(Gone)
        .end();
    // A restarted server has forgotten who played it, and gives them the retry limit.
    Story::watching()
        .joins("Carol")
        .learns("Carol", 600)
        .after(300.0)
        .restarts_after(5)
        .returns("Alice")
        .returns("Bob")
        .returns("Carol")
        .fails("Alice", Gone)
        .fails("Bob", Gone)
        .after(59.9)
        .goes_on()
        .after(0.2)
        .nobody_can_play_it(Gone)
        .learns("Carol", 600)
        .led_to(&["somebody_plays"])
        .end();
}

#[test]
fn who_comes_meanwhile_does_not_prolong_the_wait() {
    let mut story = Story::alice_and_bob()
        .plays("Alice", "a")
        .fails("Alice", Gone)
        .retries("Bob", Busy);
    for guest in 0..7 {
        story = story.after(9.0).joins(&format!("Guest {guest}"));
    }
    story.nobody_can_play_it(Gone).end();
}

#[test]
fn an_admins_word_to_try_again_outlasts_whatever_else_happens() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .fails("Alice", Gone)
        .fails("Bob", Gone)
        .nobody_can_play_it(Gone)
        .does("Alice", &RESUME)
        .joins("Carol")
        .fails("Bob", Gone)
        .goes_on()
        .after(59.0)
        .goes_on()
        .after(2.0)
        .nobody_can_play_it(Gone)
        .end();
}

#[test]
fn nobody_misses_what_went_by_until_all_had_reported_that_they_lack_data() {
    let stall = |alice: f64, bob: f64| {
        Story::watching()
            .learns("Bob", 600)
            .after(100.1)
            .stalls_at("Alice", alice)
            .led_to(&["held"])
            .position_is(100.0)
            .after(0.05)
            .stalls_at("Bob", bob)
            .led_to(&["nobody_plays:failed"])
    };
    // Playback stops at the position of the first of them, and resumes there.
    stall(99.0, 99.05)
        .position_is(99.0)
        .recovers("Alice")
        .recovers("Bob")
        .led_to(&["somebody_plays"])
        .after(1.1)
        .position_is(100.0)
        .end();
    stall(99.05, 98.0).position_is(98.0).end();
    // A player that has lacked data for long does not count, nor does a position that the timeline
    // never had.
    stall(40.0, 99.05).position_is(99.05).end();
    stall(40.0, 140.0).position_is(100.0).end();
    // Media that nobody has opened stays at its start.
    Story::new()
        .joins("Alice")
        .plays("Alice", "a")
        .after(1.1)
        .stalls_at("Alice", 0.5)
        .position_is(0.0)
        .end();
}

#[test]
fn the_wait_at_the_end_of_all_copies_counts_from_their_end() {
    let ended = |alice: f64, bob: f64| {
        Story::watching()
            .learns("Bob", 600)
            .adds("Alice", "b")
            .after(15.1)
            .ends_at("Alice", alice)
            .led_to(&[])
            .ends_at("Bob", bob)
            .led_to(&["nobody_plays:ended"])
    };
    // Each player retried once, and reported half a second later.
    ended(14.4, 14.5)
        .position_is(14.5)
        .after(2.4)
        .shows("a")
        .after(0.2)
        .shows("b")
        .end();
    // There is time to read why.
    ended(14.5, 12.1).after(2.4).shows("a").end();
    ended(12.2, 12.1)
        .position_is(12.2)
        .after(0.9)
        .shows("a")
        .after(0.2)
        .shows("b")
        .end();
    // An implausible position counts as the current one.
    ended(2.0, 40.0)
        .position_is(15.0)
        .after(2.9)
        .shows("a")
        .after(0.2)
        .shows("b")
        .end();
}
