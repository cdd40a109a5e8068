//! Stories about what players tell: length and title, the end, failures.

use super::story::{Story, seek_to};
use crate::protocol::command::Report;
use crate::protocol::ephemeral::MemberNotice;
use crate::protocol::failure::FailureCode;
use crate::protocol::member::Role;
use crate::protocol::text::Title;
use crate::protocol::time::Span;
use crate::room::decide::{self, Decided};

/// Alice, who only chats, and four who watch.
fn an_admin_without_a_player() -> Story {
    ["Bob", "Carol", "Dave", "Eve"]
        .into_iter()
        .fold(Story::new().joins_to_chat("Alice"), Story::joins)
        .plays("Alice", "a")
}

fn duration(story: &Story) -> Option<Span> {
    story.state().timeline.playing.as_ref().unwrap().duration
}

#[test]
fn an_admins_player_says_what_the_video_is() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .tells("Bob", Some(1), Some("Nonsense"))
        .led_to(&[])
        .tells("Alice", Some(600), Some("Big Buck Bunny"))
        .led_to(&["learned"])
        .sees(|story| {
            let playing = story.state().timeline.playing.clone().unwrap();
            assert_eq!(playing.title, Title::parse("Big Buck Bunny").ok());
            assert_eq!(playing.duration, Some(Span::seconds(600)));
        })
        .tells("Alice", Some(600), Some("Big Buck Bunny"))
        .led_to(&[])
        .end();
}

#[test]
fn two_admins_who_differ_do_not_change_it_for_ever() {
    Story::alice_and_bob()
        .makes("Alice", "Bob", Role::Admin)
        .plays("Alice", "a")
        .learns("Bob", 601)
        .learns("Alice", 600)
        .led_to(&[])
        .sees(|story| assert_eq!(duration(story), Some(Span::seconds(601))))
        .end();
}

#[test]
fn an_admin_who_first_saw_no_length_may_still_name_one() {
    Story::alice_and_bob()
        .plays("Alice", "a")
        .tells("Alice", None, None)
        .learns("Alice", 600)
        .sees(|story| {
            let playing = story.state().timeline.playing.as_ref().unwrap();
            assert!(!playing.live && playing.duration == Some(Span::seconds(600)));
        })
        .learns("Alice", 601)
        .led_to(&[])
        .end();
}

#[test]
fn what_could_not_be_agreed_on_is_decided_alike_again() {
    let mut story = Story::alice_and_bob().plays("Alice", "a");
    let alice = story.id("Alice");
    let report = Report::Learned {
        epoch: story.state().timeline.epoch,
        duration: Some(Span::seconds(600)),
        title: None,
        live: false,
        begins: None,
    };
    let world = &mut story.world;
    let moment = world.moment();
    let mut decide = || decide::report(&world.room, &mut world.reports, alice, &report, moment);
    let first = decide();
    assert_eq!((first.len(), decide()), (1, first));
}

#[test]
fn without_an_admins_player_the_median_of_half_counts() {
    an_admin_without_a_player()
        .learns("Bob", 1)
        .led_to(&[])
        .learns("Carol", 600)
        .led_to(&["learned"])
        .sees(|story| assert_eq!(duration(story), Some(Span::seconds(600))))
        .learns("Dave", 600)
        .led_to(&[])
        .learns("Eve", 7_000)
        .led_to(&[])
        .end();
}

#[test]
fn titles_that_change_for_ever_are_told_once() {
    let mut story = Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .plays("Alice", "a");
    let before = story.world.log.len();
    for number in 0..500 {
        let title = format!("Title {number}");
        story = story.tells("Bob", Some(600), Some(&title));
    }
    assert_eq!(story.world.log.len(), before + 1);
    for number in 0..500 {
        story = story.learns("Bob", 700 + 2 * number);
    }
    assert_eq!(story.world.log.len(), before + 4);
    story.end();
}

#[test]
fn an_admin_tells_a_changing_title_a_few_times_at_most() {
    let mut story = Story::alice_and_bob().plays("Alice", "a");
    let before = story.world.log.len();
    for number in 0..500 {
        story = story.tells("Alice", None, Some(&format!("Title {number}")));
    }
    assert_eq!(story.world.log.len(), before + 1);
    story.end();
}

#[test]
fn viewers_name_no_near_end_while_an_admin_is_here() {
    let story = Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .plays("Alice", "a")
        .adds("Alice", "b")
        .after(100.1);
    story
        .learns("Bob", 160)
        .sees(|story| assert_eq!(duration(story), None))
        .learns("Bob", 103)
        .led_to(&[])
        .after(100.0)
        .shows("a")
        .learns("Bob", 261)
        .led_to(&["learned"])
        .after(62.0)
        .shows("b")
        .end();
}

#[test]
fn viewers_among_themselves_name_a_near_end() {
    Story::new()
        .joins_to_chat("Alice")
        .joins("Bob")
        .plays("Alice", "a")
        .vanishes("Alice")
        .learns("Bob", 20)
        .led_to(&["learned"])
        .end();
}

#[test]
fn an_admin_who_goes_before_naming_a_length_leaves_it_to_the_others() {
    Story::alice_and_bob()
        .joins("Carol")
        .plays("Alice", "a")
        .tells("Alice", None, None)
        .learns("Bob", 600)
        .led_to(&[])
        .vanishes("Alice")
        .learns("Carol", 600)
        .led_to(&["learned"])
        .end();
}

#[test]
fn what_an_admin_named_stays_when_they_go() {
    Story::alice_and_bob()
        .joins("Carol")
        .plays("Alice", "a")
        .learns("Alice", 600)
        .vanishes("Alice")
        .learns("Carol", 900)
        .led_to(&[])
        .end();
}

#[test]
fn reports_are_of_those_whom_the_room_knows() {
    let mut story = Story::watching();
    for _ in 0..50 {
        story = story.joins("Guest").learns("Guest", 600).stalls("Guest");
        let who = crate::protocol::command::Who::Id(story.id("Guest"));
        story = story.does("Alice", &crate::protocol::command::Command::Kick { who });
    }
    story = story.learns("Bob", 600);
    assert_eq!(story.world.reports.size(), 2);
}

#[test]
fn an_admin_who_comes_later_corrects_the_median() {
    an_admin_without_a_player()
        .learns("Bob", 500)
        .learns("Carol", 500)
        .makes("Alice", "Eve", Role::Admin)
        .learns("Eve", 600)
        .led_to(&["learned"])
        .sees(|story| assert_eq!(duration(story), Some(Span::seconds(600))))
        .end();
}

#[test]
fn viewers_are_heard_where_the_admins_player_fails() {
    let story = Story::alice_and_bob().plays("Alice", "a");
    let failed = Report::Failed {
        epoch: story.state().timeline.epoch,
        code: FailureCode::Refused,
        retrying: false,
    };
    story
        .reports("Alice", &failed)
        .learns("Bob", 600)
        .led_to(&["learned"])
        .end();
}

#[test]
fn a_length_that_the_film_has_passed_is_not_believed() {
    Story::alice_and_bob()
        .adds("Alice", "a")
        .adds("Alice", "b")
        .after(50.0)
        .tells("Alice", Some(20), Some("A title"))
        .sees(|story| {
            let playing = story.state().timeline.playing.as_ref().unwrap();
            assert_eq!((playing.duration, playing.live), (None, false));
            assert!(playing.title.is_some());
        })
        .after(60.0)
        .shows("a")
        .comes_to_the_end("Alice")
        .shows("b")
        .end();
}

#[test]
fn no_length_and_negative_lengths_are_none() {
    for seconds in [0, -5] {
        Story::alice_and_bob()
            .plays("Alice", "a")
            .learns("Alice", seconds)
            .sees(|story| assert_eq!(duration(story), None))
            .end();
    }
}

#[test]
fn an_early_report_of_the_end_skips_nothing() {
    Story::watching()
        .adds("Alice", "b")
        .after(300.0)
        .comes_to_the_end("Alice")
        .comes_to_the_end("Bob")
        .shows("a")
        .led_to(&[])
        .end();
}

#[test]
fn a_film_of_unknown_length_ends_when_all_admins_players_do() {
    Story::alice_and_bob()
        .joins("Carol")
        .makes("Alice", "Bob", Role::Admin)
        .plays("Alice", "a")
        .adds("Alice", "b")
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

#[test]
fn without_an_admins_player_most_players_end_a_film() {
    an_admin_without_a_player()
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
fn reports_about_another_film_or_from_nobody_count_for_nothing() {
    let story = Story::watching();
    let ended = Report::Ended {
        epoch: story.state().timeline.epoch,
    };
    let mut story = story.plays("Alice", "b").after(5.0);
    let bob = story.id("Bob");
    story = story.reports("Alice", &ended).shows("b").leaves("Bob");
    let stalled = Report::Stalled {
        epoch: story.state().timeline.epoch,
        stalled: true,
    };
    story.world.report(bob, &stalled);
    story.led_to(&[]).end();
}

#[test]
fn the_admins_hear_once_whose_player_fails() {
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
        .reports("Bob", &failed)
        .sees(|story| assert!(story.world.last.is_empty()))
        .end();
}
