//! Scenarios about holds for slow viewers.

use super::story::{PAUSE, RESUME, Story, seek_to};
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::failure::FailureCode;
use crate::protocol::member::LeaveCause;
use crate::protocol::time::Span;

#[test]
fn the_media_waits_for_a_slow_viewer_and_goes_on() {
    Story::watching()
        .after(10.1)
        .stalls("Bob")
        .led_to(&["held"])
        .after(4.0)
        .position_is(10.0)
        .recovers("Bob")
        .led_to(&["released:recovered"])
        .position_is(10.0)
        .after(1.1)
        .position_is(11.0)
        .end();
}

#[test]
fn it_waits_for_the_next_who_ran_dry_meanwhile() {
    Story::watching()
        .joins("Carol")
        .after(10.1)
        .stalls("Bob")
        .after(1.0)
        .stalls("Carol")
        .led_to(&[])
        .after(1.0)
        .recovers("Bob")
        .led_to(&["released:recovered", "held"])
        .sees(|story| {
            let hold = story.state().timeline.hold.unwrap();
            assert_eq!(hold.member, story.id("Carol"));
        })
        .after(1.0)
        .position_is(10.0)
        .recovers("Carol")
        .led_to(&["released:recovered"])
        .after(1.1)
        .position_is(11.0)
        .end();
}

#[test]
fn who_ran_dry_long_ago_or_went_is_not_waited_for() {
    Story::watching()
        .joins("Carol")
        .joins("Dave")
        .stalls("Bob")
        .stalls("Carol")
        .stalls("Dave")
        .vanishes("Dave")
        .after(10.1)
        .led_to(&["released:timed_out"])
        .stalls("Bob")
        .recovers("Bob")
        .led_to(&["released:recovered"])
        .end();
}

#[test]
fn it_waits_ten_seconds_at_most() {
    Story::watching()
        .after(10.1)
        .stalls("Bob")
        .after(9.9)
        .position_is(10.0)
        .after(0.2)
        .led_to(&["released:timed_out"])
        .after(1.0)
        .position_is(11.0)
        .end();
}

#[test]
fn it_waits_thirty_seconds_in_five_minutes_and_then_again() {
    let mut story = Story::watching().joins("Carol");
    for name in ["Bob", "Carol", "Bob"] {
        story = story.stalls(name).led_to(&["held"]).after(15.0);
    }
    story
        .stalls("Carol")
        .led_to(&[])
        .after(300.0)
        .stalls("Carol")
        .led_to(&["held"])
        .end();
}

#[test]
fn players_that_flicker_cannot_stop_the_media_for_long() {
    let mut story = Story::watching().joins("Carol").joins("Dave").joins("Eve");
    let mut stood = 0.0;
    let position = |story: &Story| {
        story
            .state()
            .timeline
            .position(story.world.now)
            .as_seconds()
    };
    for _ in 0..40 {
        for name in ["Bob", "Carol", "Dave", "Eve"] {
            let before = position(&story);
            story = story.stalls(name).after(3.0).recovers(name).after(0.1);
            stood += 3.1 - (position(&story) - before);
        }
    }
    // In nearly 500 s; each release takes the lead of a tenth, which counts as well.
    assert!((50.0..60.001).contains(&stood), "it stood for {stood} s");
}

#[test]
fn nobody_waits_for_one_without_a_player_or_in_media_that_stands() {
    Story::watching()
        .joins_to_chat("Carol")
        .stalls("Carol")
        .led_to(&[])
        .does("Alice", &PAUSE)
        .stalls("Bob")
        .led_to(&[])
        .does("Alice", &RESUME)
        .stalls("Bob")
        .led_to(&["held"])
        // Nobody plays any more, which is recorded.
        .stalls("Alice")
        .led_to(&["nobody_plays:failed"])
        .recovers("Alice")
        .led_to(&["somebody_plays"])
        .end();
}

#[test]
fn a_stall_in_other_media_counts_for_nothing() {
    let story = Story::watching();
    let stalled = crate::protocol::command::Report::Stalled {
        epoch: story.state().timeline.epoch,
        stalled: true,
        place: None,
    };
    story
        .plays("Alice", "b")
        .reports("Bob", &stalled)
        .led_to(&[])
        .end();
}

#[test]
fn an_admin_ends_the_wait() {
    let ends = [
        (Command::Go, vec!["released:overridden"]),
        (RESUME, vec!["released:overridden"]),
        (
            Command::SetWait { wait: false },
            vec!["wait_chosen", "released:overridden"],
        ),
        (seek_to(100), vec!["retimed:sought"]),
        (PAUSE, vec!["retimed:paused"]),
    ];
    for (command, events) in ends {
        Story::watching()
            .after(10.1)
            .stalls("Bob")
            .after(2.0)
            .does("Alice", &command)
            .led_to(&events)
            .sees(|story| assert_eq!(story.state().timeline.hold, None))
            .denied("Alice", &Command::Go, &Denied::NotWaiting)
            .end();
    }
}

#[test]
fn a_rate_chosen_meanwhile_holds_from_where_the_media_stands() {
    let rate = crate::protocol::time::Rate::from_factor(2.0).unwrap();
    Story::watching()
        .after(10.1)
        .stalls("Bob")
        .after(2.0)
        .does("Alice", &Command::SetRate { rate })
        .after(1.1)
        .position_is(12.0)
        .end();
}

/// The segment of held media began long ago: playback does not continue by it.
#[test]
fn a_rate_chosen_while_the_room_waits_lets_nobody_jump() {
    let rate = |factor| crate::protocol::time::Rate::from_factor(factor).unwrap();
    for next in [PAUSE, Command::SetRate { rate: rate(1.0) }] {
        Story::watching()
            .after(60.1)
            .stalls("Bob")
            .after(2.0)
            .does("Alice", &Command::SetRate { rate: rate(2.0) })
            .after(0.02)
            .position_is(60.0)
            .does("Alice", &next)
            .position_is(60.0)
            .end();
    }
}

#[test]
fn who_leaves_is_not_waited_for() {
    for cause in [LeaveCause::Left, LeaveCause::Lost] {
        let mut story = Story::watching().after(10.1).stalls("Bob").after(1.0);
        let bob = story.id("Bob");
        story.world.go(bob, cause);
        story
            .led_to(&["presence", "released:gone"])
            .after(1.1)
            .position_is(11.0)
            .end();
    }
    Story::watching()
        .stalls("Bob")
        .does(
            "Alice",
            &Command::Kick {
                who: super::story::who("Bob"),
            },
        )
        .led_to(&["presence", "released:gone"])
        .end();
}

#[test]
fn small_rooms_wait_by_default_and_larger_ones_go() {
    let mut story = Story::watching();
    for number in 3..=10 {
        story = story.joins(&format!("Guest {number}"));
    }
    assert!(story.state().waits());
    story
        .joins("Eleventh")
        .stalls("Bob")
        .led_to(&[])
        .does("Alice", &Command::SetWait { wait: true })
        .stalls("Bob")
        .led_to(&["held"])
        .end();
}

#[test]
fn a_restart_ends_the_wait_where_the_media_stands() {
    Story::watching()
        .after(10.1)
        .stalls("Bob")
        .after(3.0)
        .restarts_after(2)
        .position_is(10.0)
        .after(1.1)
        .position_is(11.0)
        .sees(|story| assert_eq!(story.state().timeline.hold, None))
        .end();
}

#[test]
fn what_was_waited_is_on_record() {
    Story::watching()
        .stalls("Bob")
        .after(4.0)
        .recovers("Bob")
        .sees(|story| {
            let held = story
                .state()
                .holds
                .total_ending_after(story.world.now - Span::seconds(300));
            assert_eq!(held, Span::millis(4_100));
        })
        .end();
}

#[test]
fn a_player_that_flickers_stops_the_media_seldom() {
    let mut story = Story::watching().joins("Carol");
    let mut held = Vec::new();
    for _ in 0..3_000 {
        for name in ["Bob", "Carol"] {
            story = story.stalls(name);
            let now = story.world.now;
            held.extend(story.world.events().first().map(|_| (name, now)));
            story = story.recovers(name).after(0.05);
        }
    }
    // Each counts for two seconds of the thirty.
    assert_eq!(held.len(), 15, "in five minutes");
    for name in ["Bob", "Carol"] {
        let times: Vec<_> = held.iter().filter(|(who, _)| *who == name).collect();
        for pair in times.windows(2) {
            assert!(pair[1].1 - pair[0].1 >= Span::seconds(10), "{name}");
        }
    }
}

#[test]
fn who_is_slow_again_after_a_while_is_waited_for_again() {
    Story::watching()
        .stalls("Bob")
        .after(3.0)
        .recovers("Bob")
        .after(2.0)
        .stalls("Bob")
        .led_to(&[])
        .recovers("Bob")
        .after(5.0)
        .stalls("Bob")
        .led_to(&["held"])
        .end();
}

#[test]
fn who_gives_the_media_up_is_not_waited_for_any_more() {
    Story::watching()
        .after(10.1)
        .stalls("Bob")
        .led_to(&["held"])
        .after(4.0)
        .fails("Bob", FailureCode::Gone)
        .led_to(&["released:gone"])
        .after(1.1)
        .position_is(11.0)
        .end();
    // Nor is one who gave up before it was their turn.
    Story::watching()
        .joins("Carol")
        .after(10.1)
        .stalls("Bob")
        .stalls("Carol")
        .fails("Carol", FailureCode::Gone)
        .recovers("Bob")
        .led_to(&["released:recovered"])
        .end();
}

#[test]
fn one_member_is_waited_for_30_s_then_15_and_then_not_in_this_media() {
    // Media that is not over before the scenario is.
    let mut story = Story::watching().learns("Alice", 7_200);
    let hold = |mut story: Story, times: usize| {
        let mut stood = 0;
        for _ in 0..times {
            story = story.stalls("Bob");
            stood += usize::from(story.state().timeline.hold.is_some());
            story = story.after(10.1).recovers("Bob").after(10.0);
        }
        (story, stood)
    };
    for expected in [3, 2, 0] {
        let (next, stood) = hold(story, 5);
        assert_eq!(stood, expected);
        // The budget of the last minutes is whole again.
        story = next.after(301.0);
    }
    story.end();
}

#[test]
fn who_came_after_the_media_did_is_not_waited_for_until_their_word_counts() {
    Story::watching()
        .after(5.0)
        .joins("Carol")
        .learns("Carol", 3_600)
        .stalls("Carol")
        .led_to(&[])
        .recovers("Carol")
        .after(61.0)
        .stalls("Carol")
        .led_to(&["held"])
        .end();
}

#[test]
fn newcomers_and_many_from_one_address_make_no_room_large() {
    let mut story = Story::watching().after(5.0);
    for number in 0..12 {
        story = story.joins_from(&format!("Fake {number}"), 7);
    }
    assert!(story.state().waits(), "they have only just come");
    story = story.after(61.0).joins("Carol");
    assert!(story.state().waits(), "they are from one address");
    for number in 0..9 {
        story = story.joins_from(&format!("Guest {number}"), 100 + number);
    }
    story = story.after(61.0).joins("Dave");
    assert!(!story.state().waits());
    // An admin's choice stays.
    story = story.does("Alice", &Command::SetWait { wait: true });
    story = story.joins_from("Last", 200).after(61.0).joins("Eve");
    assert!(story.state().waits());
    story.end();
}

#[test]
fn whose_time_is_used_up_stands_in_nobodys_way() {
    let mut story = Story::watching().joins("Carol").joins("Dave");
    for rest in [301.0, 20.0] {
        for _ in 0..3 {
            story = story.stalls("Bob").after(10.1).recovers("Bob").after(10.0);
        }
        story = story.after(rest);
    }
    story
        .stalls("Dave")
        .led_to(&["held"])
        .stalls("Bob")
        .stalls("Carol")
        .after(1.0)
        .recovers("Dave")
        .led_to(&["released:recovered", "held"])
        .sees(|story| {
            let hold = story.state().timeline.hold.unwrap();
            assert_eq!(hold.member, story.id("Carol"), "Bob has had his time");
        })
        .end();
}
