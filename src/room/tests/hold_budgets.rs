//! Scenarios about the budgets for holds: of each member, of five minutes, of each media.

use super::story::Story;
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::member::Role;

/// Media that does not end within the scenario.
fn watching_long() -> Story {
    Story::watching().learns("Alice", 7_200)
}

/// Holds playback for each of them in turn, for as long as one hold lasts.
fn held_for(mut story: Story, names: &[&str]) -> Story {
    for name in names {
        story = story
            .stalls(name)
            .led_to(&["held"])
            .after(10.1)
            .recovers(name);
    }
    story
}

/// The room waits for Dave for 9 s, and no longer when Eve has stalled meanwhile.
fn eve_is_not_waited_for_after_dave(story: Story) {
    story
        .stalls("Dave")
        .led_to(&["held"])
        .after(1.0)
        .stalls("Eve")
        .after(8.0)
        .recovers("Dave")
        .led_to(&["released:recovered"])
        .end();
}

/// Bob was waited for three times, each time for as long as one hold lasts.
fn bob_has_had_his_time() -> Story {
    let mut story = watching_long().joins("Carol");
    for _ in 0..3 {
        story = held_for(story, &["Bob"]).after(90.0);
    }
    story
}

#[test]
fn a_room_waits_90_s_in_one_media_until_an_admin_chooses_anew() {
    let mut story = watching_long().joins("Carol").joins("Dave").joins("Eve");
    for _ in 0..3 {
        story = held_for(story, &["Bob", "Carol", "Dave"]).after(301.0);
    }
    story
        .stalls("Eve")
        .led_to(&[])
        .recovers("Eve")
        .does("Alice", &Command::SetWait { wait: true })
        .stalls("Eve")
        .led_to(&["held"])
        .end();
}

#[test]
fn an_admins_player_is_waited_for_however_late_they_came() {
    let story = watching_long().after(5.0).joins("Carol");
    let carol = MemberRef::Id(story.id("Carol"));
    let role = Role::Admin;
    story
        .stalls("Carol")
        .led_to(&[])
        .recovers("Carol")
        .does("Alice", &Command::SetRole { who: carol, role })
        .stalls("Carol")
        .led_to(&["held"])
        .end();
}

#[test]
fn the_wait_that_is_just_over_counts_for_the_next() {
    let watching = || watching_long().joins("Carol").joins("Dave").joins("Eve");
    // Of the thirty seconds of five minutes.
    eve_is_not_waited_for_after_dave(held_for(watching(), &["Bob", "Carol"]));
    // Of the ninety of the media.
    let mut story = watching();
    for _ in 0..4 {
        story = held_for(story, &["Bob", "Carol"]).after(301.0);
    }
    eve_is_not_waited_for_after_dave(story);
}

#[test]
fn a_wait_that_is_over_at_once_counts_for_two_seconds() {
    let story = watching_long().joins("Carol").joins("Dave").joins("Eve");
    held_for(story.joins("Finn"), &["Bob", "Carol"])
        .stalls("Dave")
        .after(7.0)
        .recovers("Dave")
        .stalls("Eve")
        .led_to(&["held"])
        .after(0.2)
        .stalls("Finn")
        .after(0.1)
        .recovers("Eve")
        .led_to(&["released:recovered"])
        .end();
}

#[test]
fn who_has_had_their_time_is_waited_for_again_only_after_five_minutes_without() {
    let mut story = bob_has_had_his_time();
    // At 315 s: the room has budget again, and Bob has used his.
    story = story.after(15.0).stalls("Bob").led_to(&[]).recovers("Bob");
    story = story.stalls("Carol").led_to(&["held"]);
    // At 505 s: his last wait is 295 s over. It began 305 s ago.
    story = story.after(1.0).recovers("Carol").after(189.0);
    story
        .stalls("Bob")
        .led_to(&[])
        .recovers("Bob")
        .after(6.0)
        .stalls("Bob")
        .led_to(&["held"])
        .end();
}

#[test]
fn a_member_has_their_time_anew_in_the_next_media() {
    bob_has_had_his_time()
        .plays("Alice", "second")
        .after(15.0)
        .stalls("Bob")
        .led_to(&["held"])
        .end();
}
