//! Scenarios about empty rooms: how long they are kept, and what their members find.

use super::story::{PAUSE, Story, entry, media, who};
use super::world::World;
use crate::protocol::command::Command;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::{BanScope, Role, Visibility};
use crate::protocol::time::Span;
use crate::room::decide::RoomSettings;
use crate::room::lifetime::{self, DEFAULT_TTL, KEPT_BRIEFLY, Lifetime};

const HOUR: f64 = 3_600.0;
const DAY: f64 = 24.0 * HOUR;

/// What a server sets that keeps rooms for so many days.
fn kept_for(days: f64) -> RoomSettings {
    RoomSettings {
        grace: None,
        ttl: Some(Span::from_seconds(days * DAY)),
    }
}

/// A private room on a server that keeps rooms for so many days, which nobody has entered.
fn room(days: f64) -> Story {
    Story {
        world: World::created(Visibility::Private, kept_for(days)),
    }
}

/// The server keeps rooms for so many days from now on.
fn changed(mut story: Story, days: f64) -> Story {
    story.world.follow(kept_for(days));
    story
}

fn is_closed(story: &Story) -> bool {
    story.state().closed
}

#[test]
fn the_queue_is_filled_on_thursday_for_friday() {
    room(7.0)
        .joins("Alice")
        .plays("Alice", "trailer")
        .learns("Alice", 600)
        .after(20.0)
        .does("Alice", &PAUSE)
        .adds("Alice", "film")
        .joins("Bob")
        .adds("Bob", "short")
        .makes("Alice", "Bob", Role::Moderator)
        .leaves("Bob")
        .leaves("Alice")
        .after(10.0 * HOUR)
        .restarts_after(300)
        .after(14.0 * HOUR)
        .sees(|story| assert!(!is_closed(story)))
        .returns("Alice")
        .returns("Bob")
        .here_are(&["Alice*", "Bob+"])
        .shows("trailer")
        .position_is(19.9)
        .paused(true)
        .queue_is(&["#1 film +", "#2 short ?"])
        .sees(|story| assert_eq!(story.state().visibility, Visibility::Private))
        .end();
}

#[test]
fn a_room_in_which_an_admin_queued_or_played_is_kept_for_days() {
    let queues: [fn(Story) -> Story; 3] = [
        |story| story.plays("Alice", "a"),
        |story| story.adds("Alice", "a"),
        // Bob proposes, and she agrees.
        |story| {
            let approve = Command::Approve { entry: None };
            story.joins("Bob").adds("Bob", "a").does("Alice", &approve)
        },
    ];
    for queue in queues {
        queue(room(7.0).joins("Alice"))
            .leaves("Alice")
            .sees(|story| {
                let here: Vec<_> = story.state().roster.here().map(|m| m.id).collect();
                assert!(here.len() <= 1);
            })
            .after(1.0)
            .sees(|story| assert!(story.state().lasting))
            .end();
    }
    room(7.0)
        .joins("Alice")
        .plays("Alice", "a")
        .leaves("Alice")
        .after(7.0 * DAY - 1.0)
        .sees(|story| assert!(!is_closed(story)))
        .after(2.0)
        .led_to(&["closed"])
        .end();
}

#[test]
fn a_room_that_nobody_meant_to_keep_is_kept_for_ten_minutes() {
    room(7.0)
        .joins_from("Alice", 1)
        .joins_from("Bob", 1)
        .says("Alice", "anybody?")
        .says("Bob", "only me, from the same sofa")
        .adds("Bob", "a")
        .leaves("Bob")
        .leaves("Alice")
        .after(599.0)
        .sees(|story| assert!(!is_closed(story)))
        .after(2.0)
        .led_to(&["closed"])
        .end();
}

#[test]
fn two_addresses_that_talk_keep_a_room_and_no_address_is_told() {
    let story = room(7.0)
        .joins_from("Alice", 1)
        .joins_from("Bob", 2)
        .says("Alice", "hello")
        .says("Alice", "hello?")
        .sees(|story| assert!(!story.state().lasting))
        .says("Bob", "hi")
        .sees(|story| assert!(story.state().lasting))
        .says("Alice", "there you are");
    let lines = story.state().chat.lines().map(|line| line.second_address);
    assert_eq!(lines.collect::<Vec<_>>(), [false, false, true, false]);
    story
        .leaves("Alice")
        .leaves("Bob")
        .after(6.0 * DAY)
        .sees(|story| assert!(!is_closed(story)))
        .end();
}

#[test]
fn addresses_that_cannot_be_told_apart_are_not_two() {
    room(7.0)
        .joins("Alice")
        .joins("Bob")
        .joins_from("Carol", 1)
        .says("Alice", "hello")
        .says("Bob", "hello")
        .says("Carol", "hello")
        .sees(|story| assert!(!story.state().lasting))
        .end();
}

#[test]
fn an_operator_who_changes_the_time_changes_it_for_rooms_that_exist() {
    let mut story = room(7.0).joins("Alice").plays("Alice", "a").leaves("Alice");
    story.world.settings.ttl = Some(Span::from_seconds(DAY));
    story
        .after(HOUR)
        .restarts_after(5)
        .after(22.0 * HOUR)
        .sees(|story| assert!(!is_closed(story)))
        .after(HOUR)
        .led_to(&["closed"])
        .end();
}

#[test]
fn a_time_that_is_changed_while_the_server_runs_holds_at_once() {
    let empty = || room(7.0).joins("Alice").plays("Alice", "a").leaves("Alice");
    let longer = changed(empty().after(6.0 * DAY), 14.0).led_to(&["ttl_changed"]);
    let until = longer.world.now + Span::from_seconds(8.0 * DAY);
    assert_eq!(lifetime::kept_until(longer.state()), Some(until));
    longer
        .after(8.0 * DAY - 1.0)
        .sees(|story| assert!(!is_closed(story)))
        .after(2.0)
        .led_to(&["closed"])
        .end();
    changed(empty().after(HOUR), 1.0)
        .after(23.0 * HOUR - 1.0)
        .sees(|story| assert!(!is_closed(story)))
        .after(2.0)
        .led_to(&["closed"])
        .end();
    changed(empty().after(HOUR), 7.0).led_to(&[]).end();
}

#[test]
fn an_empty_room_whose_time_is_over_by_a_change_waits_ten_minutes_more() {
    let minute = 1.0 / 1_440.0;
    let over = |days| {
        let empty = room(7.0).joins("Alice").plays("Alice", "a").leaves("Alice");
        changed(empty.after(3.0 * DAY), days)
    };
    over(1.0)
        .after(590.0)
        .returns("Alice")
        .here_are(&["Alice*"])
        .end();
    // An operator who sees the slip has that long to put it right.
    changed(over(1.0).after(590.0), 7.0)
        .after(DAY)
        .sees(|story| assert!(!is_closed(story)))
        .end();
    over(1.0).after(601.0).led_to(&["closed"]).end();
    over(minute).after(61.0).led_to(&["closed"]).end();
}

#[test]
fn a_room_that_is_kept_briefly_stays_so_when_the_time_is_changed() {
    let empty = room(7.0).joins("Alice").leaves("Alice").after(300.0);
    changed(empty, 14.0)
        .after(299.0)
        .sees(|story| assert!(!is_closed(story)))
        .after(2.0)
        .led_to(&["closed"])
        .end();
}

#[test]
fn media_that_still_runs_is_paused_where_the_last_member_left() {
    let minute = 1.0 / 1_440.0;
    let runs = room(7.0)
        .joins("Alice")
        .plays("Alice", "a")
        .learns("Alice", 600)
        .after(10.1)
        .vanishes("Alice")
        .position_is(10.0)
        .after(30.0);
    changed(runs, minute)
        .position_is(40.0)
        .after(31.0)
        .position_is(10.0)
        .end();
}

#[test]
fn a_time_of_less_than_ten_minutes_holds_for_every_room() {
    let minute = 1.0 / 1_440.0;
    for story in [
        room(minute).joins("Alice"),
        room(minute).joins("Alice").plays("Alice", "a"),
    ] {
        story
            .leaves("Alice")
            .after(61.0)
            .sees(|story| assert!(is_closed(story)))
            .end();
    }
}

#[test]
fn restarts_neither_prolong_nor_end_the_time_of_an_empty_room() {
    let mut story = room(7.0).joins("Alice").plays("Alice", "a").leaves("Alice");
    for _ in 0..6 {
        story = story.after(DAY - 5.0).restarts_after(5);
    }
    story
        .after(DAY - 10.0)
        .sees(|story| assert!(!is_closed(story)))
        .after(20.0)
        .sees(|story| assert!(is_closed(story)))
        .end();
}

#[test]
fn after_an_outage_that_outlasts_it_a_room_waits_ten_minutes_more() {
    let eight_days = 8 * 24 * 3_600;
    let back = || {
        room(7.0)
            .joins("Alice")
            .adds("Alice", "a")
            .adds("Alice", "b")
            .leaves("Alice")
            .restarts_after(eight_days)
    };
    back()
        .after(590.0)
        .returns("Alice")
        .here_are(&["Alice*"])
        .queue_is(&["#1 b +"])
        .end();
    back()
        .after(601.0)
        .sees(|story| assert!(is_closed(story)))
        .end();
}

#[test]
fn a_room_of_version_0_1_0_with_something_to_keep_is_kept() {
    for (links, is_kept) in [(&["a", "b"][..], true), (&[][..], false)] {
        let mut story = Story::new().joins("Alice");
        for link in links {
            story = story.adds("Alice", link);
        }
        assert!(!story.state().lasting, "its log does not say so");
        story.world.settings.ttl = Some(DEFAULT_TTL);
        story
            .leaves("Alice")
            .restarts_after(5)
            .after(700.0)
            .sees(|story| assert_eq!(is_closed(story), !is_kept))
            .end();
    }
}

#[test]
fn who_comes_in_and_goes_begins_the_time_anew() {
    room(7.0)
        .joins("Alice")
        .plays("Alice", "a")
        .leaves("Alice")
        .after(6.0 * DAY)
        .joins("Bob")
        .leaves("Bob")
        .after(6.0 * DAY)
        .sees(|story| assert!(!is_closed(story)))
        .end();
}

#[test]
fn who_enters_a_kept_room_alone_acts_at_most_and_takes_nothing_of_an_admins_out() {
    let only_acting = |action| Denied::OnlyActing { action };
    let who = || who("Alice");
    room(7.0)
        .joins("Alice")
        .plays("Alice", "a")
        .learns("Alice", 600)
        .adds("Alice", "b")
        .does("Alice", &PAUSE)
        .leaves("Alice")
        .after(DAY)
        .joins("Mallory")
        .here_are(&["Mallory"])
        .after(31.0)
        .here_are(&["Mallory~"])
        .denied("Mallory", &Command::Close, &only_acting(Action::Close))
        .denied(
            "Mallory",
            &Command::Ban {
                who: who(),
                scope: BanScope::Ask,
            },
            &only_acting(Action::Ban),
        )
        .denied(
            "Mallory",
            &Command::SetRole {
                who: who(),
                role: Role::Viewer,
            },
            &only_acting(Action::SetRole),
        )
        .denied(
            "Mallory",
            &Command::Remove { entry: entry(1) },
            &only_acting(Action::Remove),
        )
        .does("Mallory", &Command::Skip)
        .led_to(&["loaded:skipped", "queued"])
        .shows("b")
        .queue_is(&["#2 a +"])
        .does("Mallory", &Command::PlayNow { entry: entry(2) })
        .shows("a")
        .queue_is(&["#3 b +"])
        .returns("Alice")
        .here_are(&["Alice*", "Mallory"])
        .does("Alice", &Command::Skip)
        .shows("b")
        .queue_is(&[])
        .end();
}

#[test]
fn an_acting_admin_plays_over_what_nobody_has_opened_yet_and_it_is_kept() {
    room(7.0)
        .joins("Alice")
        .plays("Alice", "a")
        .adds("Alice", "b")
        .leaves("Alice")
        .after(DAY)
        .joins("Mallory")
        .after(31.0)
        .here_are(&["Mallory~"])
        .plays("Mallory", "c")
        .shows("c")
        .queue_is(&["#2 a +", "#1 b +"])
        .does("Mallory", &Command::Skip)
        .shows("a")
        .plays("Mallory", "d")
        .shows("d")
        .queue_is(&["#3 a +", "#1 b +"])
        .end();
}

#[test]
fn an_acting_admin_skips_what_viewers_put_on_for_good() {
    room(7.0)
        .joins("Alice")
        .joins("Mallory")
        .leaves("Alice")
        .plays("Mallory", "a")
        .adds("Mallory", "b")
        .does("Mallory", &Command::Skip)
        .shows("b")
        .queue_is(&[])
        .end();
}

#[test]
fn a_real_admin_closes_the_room_and_nothing_follows() {
    room(7.0)
        .joins("Alice")
        .joins("Bob")
        .makes("Alice", "Bob", Role::Moderator)
        .plays("Alice", "a")
        .denied(
            "Bob",
            &Command::Close,
            &Denied::NotAllowed {
                action: Action::Close,
                needs: Role::Admin,
            },
        )
        .does("Alice", &Command::Close)
        .led_to(&["closed"])
        .sees(|story| {
            assert!(is_closed(story));
            assert_eq!(crate::room::deadline::next(&story.world.room), None);
        })
        .denied(
            "Alice",
            &Command::Add { media: media("b") },
            &Denied::NotInRoom,
        )
        .end();
}

#[test]
fn members_are_told_how_long_the_room_is_kept_now_and_at_best() {
    let told = |story: &Story| lifetime::of(story.state());
    let brief = Lifetime {
        now: KEPT_BRIEFLY,
        once_lasting: DEFAULT_TTL,
    };
    let long = Lifetime {
        now: DEFAULT_TTL,
        once_lasting: DEFAULT_TTL,
    };
    let story = room(7.0).joins("Alice");
    assert_eq!(told(&story), brief);
    assert_eq!(lifetime::kept_until(story.state()), None);
    let story = story.plays("Alice", "a").leaves("Alice");
    assert_eq!(told(&story), long);
    let until = story.world.now + DEFAULT_TTL;
    assert_eq!(lifetime::kept_until(story.state()), Some(until));
    let fortnight = Span::from_seconds(14.0 * DAY);
    let longer = Lifetime {
        now: fortnight,
        once_lasting: fortnight,
    };
    assert_eq!(told(&changed(story, 14.0)), longer);
    // A server of version 0.1.0 keeps every room for ten minutes.
    let older = Story::new().joins("Alice").plays("Alice", "a");
    assert_eq!(told(&older).now, KEPT_BRIEFLY);
    assert_eq!(told(&older).once_lasting, KEPT_BRIEFLY);
}
