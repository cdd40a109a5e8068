//! Scenarios about rooms whose admins left.

use super::story::{Story, media, who};
use super::world::World;
use crate::protocol::command::Command;
use crate::protocol::denied::{Action, Denied};
use crate::protocol::member::{Role, Visibility};
use crate::protocol::time::Span;
use crate::room::deadline;
use crate::room::decide::RoomSettings;

/// Alice, and others who joined one after another, `count` members in all.
fn crowd(count: u32) -> Story {
    (2..=count).fold(Story::new().joins("Alice"), |story, number| {
        story.after(1.0).joins(&format!("Guest {number}"))
    })
}

#[test]
fn an_admin_who_vanishes_has_thirty_seconds_to_return() {
    crowd(3)
        .vanishes("Alice")
        .after(29.0)
        .returns("Alice")
        .after(60.0)
        .here_are(&["Alice*", "Guest 2", "Guest 3"])
        .vanishes("Alice")
        .after(30.0)
        .led_to(&["role_changed"])
        .here_are(&["Guest 2~", "Guest 3"])
        .end();
}

#[test]
fn an_admin_who_leaves_on_purpose_is_followed_at_once() {
    crowd(3)
        .leaves("Alice")
        .led_to(&["presence", "role_changed"])
        .here_are(&["Guest 2~", "Guest 3"])
        .end();
}

#[test]
fn nobody_follows_while_another_admin_is_here() {
    crowd(3)
        .makes("Alice", "Guest 3", Role::Admin)
        .leaves("Alice")
        .led_to(&["presence"])
        .after(60.0)
        .here_are(&["Guest 2", "Guest 3*"])
        .end();
}

#[test]
fn the_acting_admin_decides_until_a_real_one_returns() {
    let play = Command::Play { media: media("b") };
    let denied = Denied::NotAllowed {
        action: Action::Play,
        needs: Role::Admin,
    };
    crowd(3)
        .leaves("Alice")
        .does("Guest 2", &play)
        .returns("Alice")
        .led_to(&["presence", "role_changed"])
        .here_are(&["Alice*", "Guest 2", "Guest 3"])
        .denied("Guest 2", &play, &denied)
        .end();
}

#[test]
fn the_heir_comes_first_then_moderators_then_the_longest_present() {
    let heir = Command::SetHeir {
        who: who("Guest 5"),
    };
    crowd(5)
        .makes("Alice", "Guest 4", Role::Moderator)
        .makes("Alice", "Guest 3", Role::Moderator)
        .does("Alice", &heir)
        .leaves("Alice")
        .here_are(&["Guest 2", "Guest 3+", "Guest 4+", "Guest 5~"])
        .leaves("Guest 5")
        .sees(|story| assert!(story.member("Guest 3").acting))
        .leaves("Guest 3")
        .sees(|story| assert!(story.member("Guest 4").acting))
        .leaves("Guest 4")
        .here_are(&["Guest 2~"])
        .end();
}

#[test]
fn an_heir_or_a_moderator_who_returns_replaces_whoever_acts_by_less() {
    let heir = Command::SetHeir {
        who: who("Guest 4"),
    };
    crowd(5)
        .makes("Alice", "Guest 3", Role::Moderator)
        .makes("Alice", "Guest 5", Role::Moderator)
        .does("Alice", &heir)
        .leaves("Guest 3")
        .leaves("Guest 4")
        .leaves("Guest 5")
        .leaves("Alice")
        .here_are(&["Guest 2~"])
        .returns("Guest 3")
        .led_to(&["presence", "role_changed", "role_changed"])
        .here_are(&["Guest 2", "Guest 3~"])
        .returns("Guest 5")
        .here_are(&["Guest 2", "Guest 3~", "Guest 5+"])
        .returns("Guest 4")
        .here_are(&["Guest 2", "Guest 3+", "Guest 4~", "Guest 5+"])
        .returns("Alice")
        .here_are(&["Alice*", "Guest 2", "Guest 3+", "Guest 4", "Guest 5+"])
        .end();
}

#[test]
fn who_is_back_as_acting_admin_gives_way_to_a_moderator_who_came_meanwhile() {
    crowd(3)
        .makes("Alice", "Guest 3", Role::Moderator)
        .leaves("Guest 3")
        .leaves("Alice")
        .here_are(&["Guest 2~"])
        .vanishes("Guest 2")
        .after(5.0)
        .returns("Guest 3")
        .returns("Guest 2")
        .here_are(&["Guest 2", "Guest 3~"])
        .end();
}

#[test]
fn a_muted_heir_replaces_nobody_until_they_are_unmuted() {
    let heir = Command::SetHeir {
        who: who("Guest 4"),
    };
    let mute = |muted| Command::Mute {
        who: who("Guest 4"),
        muted,
    };
    crowd(4)
        .makes("Alice", "Guest 3", Role::Moderator)
        .does("Alice", &heir)
        .does("Alice", &mute(true))
        .leaves("Alice")
        .here_are(&["Guest 2", "Guest 3~", "Guest 4"])
        .does("Guest 3", &mute(false))
        .led_to(&["muted", "role_changed", "role_changed"])
        .here_are(&["Guest 2", "Guest 3+", "Guest 4~"])
        .end();
}

#[test]
fn an_acting_admin_who_vanishes_has_the_same_grace() {
    crowd(3)
        .leaves("Alice")
        .after(100.0)
        .vanishes("Guest 2")
        .after(29.0)
        .here_are(&["Guest 3"])
        .after(1.0)
        .here_are(&["Guest 3~"])
        .end();
}

#[test]
fn an_acting_admin_who_is_back_soon_goes_on() {
    crowd(3)
        .leaves("Alice")
        .vanishes("Guest 2")
        .after(10.0)
        .returns("Guest 2")
        .here_are(&["Guest 2~", "Guest 3"])
        .restarts_after(5)
        .returns("Guest 3")
        .returns("Guest 2")
        .here_are(&["Guest 2~", "Guest 3"])
        .vanishes("Guest 2")
        .after(31.0)
        .returns("Guest 2")
        .here_are(&["Guest 2", "Guest 3~"])
        .end();
}

#[test]
fn what_was_lent_is_over_when_a_real_admin_has_been_here() {
    crowd(3)
        .leaves("Alice")
        .vanishes("Guest 2")
        .returns("Alice")
        .vanishes("Alice")
        .after(10.0)
        .returns("Guest 2")
        .here_are(&["Guest 2", "Guest 3"])
        .end();
}

#[test]
fn a_room_waits_as_long_as_its_server_said_when_it_was_created() {
    let world = World::created(
        Visibility::Public,
        RoomSettings {
            grace: Some(Span::seconds(2)),
            ttl: None,
        },
    );
    (Story { world })
        .joins("Alice")
        .joins("Bob")
        .vanishes("Alice")
        .after(1.9)
        .here_are(&["Bob"])
        .after(0.1)
        .here_are(&["Bob~"])
        .end();
}

#[test]
fn nobody_is_crowned_for_patience_in_a_large_room() {
    let small = crowd(21).vanishes("Alice").after(31.0);
    assert!(small.member("Guest 2").acting, "twenty are left");
    crowd(22)
        .vanishes("Alice")
        .sees(|story| assert_eq!(deadline::next(&story.world.room), None))
        .after(300.0)
        .sees(|story| assert_eq!(story.state().roster.admins_here().count(), 0))
        .leaves("Guest 9")
        .after(30.0)
        .sees(|story| assert!(story.member("Guest 2").acting, "the room has become small"))
        .end();
}

#[test]
fn a_large_room_without_an_admin_plays_its_queue() {
    crowd(30)
        .plays("Alice", "a")
        .learns("Alice", 60)
        .adds("Alice", "b")
        .leaves("Alice")
        // No other player has reported anything, so it ends by its length alone.
        .after(61.2)
        .shows("b")
        .end();
}

#[test]
fn who_comes_first_into_an_empty_room_waits_for_its_admin_too() {
    Story::alice_and_bob()
        .leaves("Bob")
        .vanishes("Alice")
        .after(300.0)
        .returns("Bob")
        .after(29.0)
        .here_are(&["Bob"])
        .after(1.0)
        .here_are(&["Bob~"])
        .end();
}

#[test]
fn after_a_restart_the_grace_counts_from_the_first_who_returns() {
    crowd(3)
        .after(100.0)
        .restarts_after(10)
        .after(100.0)
        .returns("Guest 3")
        .after(29.0)
        .here_are(&["Guest 3"])
        .returns("Alice")
        .after(60.0)
        .here_are(&["Alice*", "Guest 3"])
        .end();
}
