//! Scenarios about joining and leaving, empty rooms, restarts, and the gallery.

use super::story::{PAUSE, Story, called, seek_to};
use super::world::{BEGINNING, World, token};
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::event::{Departure, RoomEvent};
use crate::protocol::ids::{MemberId, RoomId};
use crate::protocol::member::{LeaveCause, Presence, Role, Visibility};
use crate::protocol::time::{Position, Span};
use crate::room::committed::Room;
use crate::room::deadline::{self, DeadlineReason};
use crate::room::decide::{self, AdmittedMember, Creation, PresenceChange, RoomSettings};
use crate::room::listing::{abridged, card_by_name, listing};
use crate::room::roster::Roster;
use crate::room::secrets::{PasswordHash, SecretEvent};
use crate::test_support::public_creation;

fn arrival(name: &str, resume: Option<u16>, new: u16) -> AdmittedMember {
    AdmittedMember {
        name: called(name),
        resume: resume.map(token),
        token: token(new),
        has_player: true,
        from: None,
        invite: None,
    }
}

#[test]
fn the_first_who_comes_is_admin() {
    Story::new()
        .joins("Alice")
        .led_to(&["presence"])
        .joins("Bob")
        .joins_to_chat("Carol")
        .here_are(&["Alice*", "Bob", "Carol"])
        .sees(|story| {
            assert_eq!(story.state().roster.count, 3);
            assert!(!story.member("Carol").has_player);
        })
        .end();
}

#[test]
fn a_private_room_keeps_its_password_to_itself() {
    let creation = Creation {
        visibility: Visibility::Private,
        password: Some(PasswordHash("hidden".into())),
        ..public_creation()
    };
    let created = decide::create(&creation, RoomSettings::default());
    let [decide::Decided::Event { public, private }] = &created[..] else {
        panic!("{created:?}");
    };
    assert!(!serde_json::to_string(public).unwrap().contains("hidden"));
    let expected = SecretEvent::Created {
        password: Some(PasswordHash("hidden".into())),
        address_key: creation.address_key,
    };
    assert_eq!(private.as_ref(), Some(&expected));
}

#[test]
fn a_room_begins_with_its_creator_as_admin() {
    let room = Room::new(RoomId::parse("den").unwrap());
    let mut world = World::new(Visibility::Public);
    let arrivals = [world.newcomer("Ada", true), world.newcomer("Bob", true)];
    let change = PresenceChange {
        arrivals: &arrivals,
        ..PresenceChange::default()
    };
    let asked = (&public_creation(), RoomSettings::default());
    let first = decide::create_for(&room, asked, change, world.moment());
    assert_eq!(first.members, [(MemberId(1), false), (MemberId(2), false)]);
    let events: Vec<&RoomEvent> = (first.decided.iter())
        .filter_map(|decided| match decided {
            decide::Decided::Event { public, .. } => Some(&**public),
            _ => None,
        })
        .collect();
    let [
        RoomEvent::Created { .. },
        RoomEvent::Presence { joined, .. },
    ] = events[..]
    else {
        panic!("{events:?}");
    };
    let roles: Vec<Role> = joined.iter().map(|member| member.role).collect();
    assert_eq!(roles, [Role::Admin, Role::Viewer]);
}

#[test]
fn who_left_long_before_a_room_became_private_needs_its_password() {
    let mut world = World::new(Visibility::Public);
    let names = ["Ada", "Bob", "Cleo", "Dan", "Eve"];
    let [ada, bob, cleo, dan, eve] = names.map(|name| world.arrive(name, true));
    let moderator = Command::SetRole {
        who: MemberRef::Id(cleo),
        role: Role::Moderator,
    };
    world.command(ada, &moderator).unwrap();
    let who = MemberRef::Id(dan);
    world.command(ada, &Command::SetHeir { who }).unwrap();
    for gone in [bob, cleo, dan] {
        world.go(gone, LeaveCause::Left);
    }
    world.wait(Span::seconds(600));
    world.go(eve, LeaveCause::Lost);
    let public = [ada, bob, cleo, dan, eve].map(|member| world.token_of(member).is_some());
    assert_eq!(public, [true; 5]);
    let private = Command::SetVisibility {
        visibility: Visibility::Private,
        password: Some("secret".into()),
    };
    world.command(ada, &private).unwrap();
    let returning = [ada, bob, cleo, dan, eve].map(|member| world.token_of(member).is_some());
    assert_eq!(returning, [true, false, true, true, true]);
}

#[test]
fn the_same_hello_again_is_the_same_member() {
    let mut world = World::new(Visibility::Public);
    let ada = world.newcomer("Ada", true);
    // Twice before the first welcome, once after it.
    let both = world.join_leave(&[ada.clone(), ada.clone()], &[]);
    assert_eq!(both, [(MemberId(1), false), (MemberId(1), true)]);
    let void = AdmittedMember {
        resume: Some(token(900)),
        ..ada
    };
    assert_eq!(world.join_leave(&[void], &[]), [(MemberId(1), true)]);
    let roster = &world.room.state.roster;
    let names: Vec<&str> = roster.here().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["Ada"]);
    assert_eq!(roster.get(MemberId(1)).unwrap().role, Role::Admin);
}

#[test]
fn an_empty_room_does_not_crown_the_next_who_comes() {
    Story::new()
        .joins("Alice")
        .leaves("Alice")
        .joins("Mallory")
        .here_are(&["Mallory"])
        .end();
}

#[test]
fn a_batch_is_one_event_and_everyone_in_it_is_distinguished() {
    let mut story = Story::alice_and_bob();
    let bob = story.id("Bob");
    let arrivals = [arrival("Guest", None, 100), arrival("guest", None, 101)];
    let left = Departure {
        member: bob,
        cause: LeaveCause::Left,
    };
    let members = story.world.join_leave(&arrivals, &[left, left]);
    assert_eq!(
        members.iter().map(|(_, back)| *back).collect::<Vec<_>>(),
        [false, false]
    );
    story
        .led_to(&["presence"])
        .here_are(&["Alice*", "Guest", "guest 2"])
        .sees(|story| assert_eq!(story.state().roster.count, 3))
        .end();
}

#[test]
fn a_token_brings_back_the_same_member_with_the_same_role() {
    Story::alice_and_bob()
        .makes("Alice", "Bob", Role::Moderator)
        .vanishes("Bob")
        .sees(|story| assert!(matches!(story.member("Bob").presence, Presence::Gone(_))))
        .after(20.0)
        .returns("Bob")
        .here_are(&["Alice*", "Bob+"])
        .end();
}

#[test]
fn an_unknown_token_makes_a_new_member() {
    let mut story = Story::alice_and_bob();
    let members = story
        .world
        .join_leave(&[arrival("Bob", Some(99), 100)], &[]);
    assert!(!members[0].1);
    story.here_are(&["Alice*", "Bob", "Bob 2"]).end();
}

#[test]
fn coming_back_before_the_loss_was_noticed_changes_nothing_else() {
    let mut story = Story::alice_and_bob().after(5.0);
    let bob = story.id("Bob");
    let lost = Departure {
        member: bob,
        cause: LeaveCause::Lost,
    };
    // Bob's was the second token of the story.
    let back = [arrival("x", Some(2), 100), arrival("y", Some(2), 101)];
    let members = story.world.join_leave(&back, &[lost]);
    assert_eq!(members, [(bob, true), (bob, true)]);
    assert_eq!(story.world.events(), [] as [&RoomEvent; 0], "it is no news");
    assert_eq!(story.member("Bob").presence, Presence::Here(BEGINNING));
    assert_eq!(story.state().roster.count, 2);
    // The old connection ends late, for a member who has left since.
    let mut story = story.leaves("Bob");
    story.world.join_leave(&[], &[lost]);
    story.led_to(&[]).here_are(&["Alice*"]).end();
}

#[test]
fn a_room_that_everyone_left_pauses_where_it_is() {
    Story::watching()
        .after(10.1)
        .leaves("Bob")
        .led_to(&["presence"])
        .leaves("Alice")
        .led_to(&["presence", "retimed:emptied"])
        .after(300.0)
        .returns("Alice")
        .position_is(10.0)
        .paused(true)
        .end();
}

#[test]
fn a_broken_connection_does_not_pause_the_media_at_once() {
    Story::watching()
        .after(10.1)
        .vanishes("Bob")
        .vanishes("Alice")
        .after(20.0)
        .returns("Alice")
        .position_is(30.0)
        .paused(false)
        .vanishes("Alice")
        .after(61.0)
        .led_to(&["retimed:emptied"])
        .returns("Alice")
        .position_is(30.0)
        .paused(true)
        .end();
}

#[test]
fn an_empty_room_lives_on_for_ten_minutes() {
    Story::watching()
        .adds("Bob", "b")
        .leaves("Bob")
        .leaves("Alice")
        .after(599.0)
        .queue_is(&["#1 b ?"])
        .returns("Alice")
        .after(900.0)
        .leaves("Alice")
        .after(601.0)
        .led_to(&["closed"])
        .sees(|story| {
            assert!(story.state().closed);
            assert_eq!(deadline::next(&story.world.room), None);
        })
        .end();
}

#[test]
fn a_room_that_nobody_enters_is_closed() {
    Story::new()
        .sees(|story| {
            let due = (BEGINNING + Span::seconds(600), DeadlineReason::Expiry);
            assert_eq!(deadline::next(&story.world.room), Some(due));
        })
        .after(601.0)
        .sees(|story| assert!(story.state().closed))
        .end();
}

#[test]
fn after_a_short_restart_the_media_has_run_on() {
    Story::watching()
        .after(200.1)
        .restarts_after(5)
        .led_to(&["reopened"])
        .here_are(&[])
        .after(1.0)
        .returns("Alice")
        .returns("Bob")
        .here_are(&["Alice*", "Bob"])
        .position_is(206.0)
        .paused(false)
        .end();
}

#[test]
fn after_a_long_absence_it_stands_where_it_was() {
    Story::watching()
        .after(200.1)
        .restarts_after(3_600)
        .position_is(200.0)
        .paused(true)
        .end();
}

#[test]
fn without_a_word_of_the_time_between_the_last_event_counts() {
    let story = Story::watching()
        .after(10.1)
        .does("Alice", &seek_to(100))
        .after(300.0);
    let reopened = decide::reopened(
        &story.world.room,
        None,
        RoomSettings::default(),
        story.world.moment(),
    );
    let [decide::Decided::Event { public, .. }] = &reopened[..] else {
        panic!("{reopened:?}");
    };
    let RoomEvent::Reopened {
        segment: Some(segment),
        ..
    } = **public
    else {
        panic!("{public:?}");
    };
    assert!(segment.paused);
    assert_eq!(segment.anchor, Position::seconds(100));
}

#[test]
fn a_room_to_which_nobody_returns_pauses_where_it_was_reopened() {
    Story::watching()
        .after(10.1)
        .restarts_after(5)
        .after(120.0)
        .led_to(&["retimed:emptied"])
        .position_is(15.0)
        .end();
}

#[test]
fn media_that_ended_during_a_restart_is_followed_by_the_next() {
    Story::watching()
        .adds("Alice", "b")
        .after(590.0)
        .restarts_after(20)
        .after(0.0)
        .led_to(&["loaded:next"])
        .shows("b")
        .end();
}

#[test]
fn paused_media_stays_as_it_is_over_a_restart() {
    Story::watching()
        .after(10.1)
        .does("Alice", &PAUSE)
        .restarts_after(3_600)
        .position_is(10.0)
        .paused(true)
        .end();
}

#[test]
fn the_gallery_shows_public_rooms_with_somebody_in_them() {
    let card = |story: &Story| listing(story.state(), story.world.now);
    assert_eq!(card(&Story::new()), None);
    for visibility in [Visibility::Unlisted, Visibility::Private] {
        assert_eq!(card(&Story::of(visibility).joins("Alice")), None);
    }
    let story = Story::watching().after(60.1);
    let shown = card(&story).unwrap();
    assert_eq!((shown.viewers, shown.since), (2, BEGINNING));
    let playing = shown.playing.unwrap();
    assert_eq!(
        (playing.kind.as_str(), playing.position.to_string()),
        ("MP4", "1:00".into())
    );
    let title = playing.title.map(|title| title.to_string());
    assert_eq!(title.as_deref(), Some("a"), "of the file in the link");
    assert!(!playing.paused && playing.duration == Some(Span::seconds(600)));
    assert_eq!(shown.admin.unwrap().as_str(), "Alice");
    assert_eq!((shown.next, shown.waits), (None, Some(true)));
    // The title and length of interrupted media are still known.
    let story = story.adds("Bob", "proposed").plays("Alice", "other");
    let shown = card(&story).unwrap();
    let next = shown.next.clone().unwrap();
    let length = Some(Span::seconds(600));
    assert_eq!((next.kind.as_str(), next.duration), ("MP4", length));
    let short = abridged(story.state());
    assert_eq!(listing(&short, story.world.now), Some(shown));
    assert_eq!(
        (short.roster.all().count(), short.queue.entries().len()),
        (1, 1)
    );
    // Who knows an unlisted room's name learns nothing of its links.
    let mut unlisted = story.state().clone();
    unlisted.visibility = Visibility::Unlisted;
    let known = card_by_name(&unlisted, story.world.now).unwrap();
    assert_eq!(known.playing.unwrap().title, None);
    let written = serde_json::to_string(&short).unwrap();
    assert!(
        !written.contains("Bob") && !written.contains("proposed"),
        "{written}"
    );
    assert_eq!(card(&story.leaves("Bob").leaves("Alice")), None);
}

#[test]
fn passers_by_displace_nobody_who_stayed() {
    let mut story = Story::alice_and_bob().after(61.0).leaves("Bob");
    for number in 0..=Roster::GONE_KEPT {
        let name = format!("Fake {number}");
        story = story.joins(&name).after(1.0).leaves(&name);
    }
    assert!(story.knows("Bob"));
    let kept = story
        .state()
        .roster
        .all()
        .filter(|member| !member.is_here());
    assert_eq!(kept.count(), Roster::GONE_KEPT);
    story.end();
}

#[test]
fn a_break_of_all_connections_makes_nobody_a_stranger() {
    let crowd = Roster::GONE_KEPT + 50;
    let mut story = Story::alice_and_bob();
    let names: Vec<_> = (0..crowd)
        .map(|number| format!("Friend {number}"))
        .collect();
    for name in &names {
        story = story.joins(name);
    }
    story = story.after(61.0);
    for name in &names {
        story = story.leaves(name);
    }
    assert!(names.iter().all(|name| story.knows(name)));
    // Ten minutes later the usual number is kept.
    let story = story.after(600.0).leaves("Bob");
    let gone = story.state().roster.all().filter(|it| !it.is_here());
    assert_eq!(gone.count(), Roster::GONE_KEPT);
    assert!(story.knows("Bob"));
    story.end();
}
