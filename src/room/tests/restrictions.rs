//! Scenarios about what viewers and strangers are restricted in: slow mode, the lock, newcomers who
//! only watch, and how many proposals wait.

use super::story::{Story, called, media, who};
use super::world::World;
use crate::protocol::command::{Command, requested};
use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::EntryId;
use crate::protocol::member::Role;
use crate::protocol::moderation::{Delay, Restriction};
use crate::protocol::text::{ChatText, Emoji};
use crate::room::decide;
use crate::room::queue::Queue;

fn delay(seconds: u32) -> Delay {
    Delay::try_from(seconds).unwrap()
}

fn slow(seconds: u32) -> Command {
    let interval = Delay::try_from(seconds).ok();
    Command::SetSlowMode { interval }
}

fn newcomers(seconds: u32) -> Command {
    let wait = Delay::try_from(seconds).ok();
    Command::SetNewcomers { wait }
}

fn lock(locked: bool) -> Command {
    Command::SetLocked { locked }
}

fn chat() -> Command {
    Command::Chat {
        text: ChatText::parse("hi").unwrap(),
    }
}

fn react() -> Command {
    Command::React {
        emoji: Emoji::parse("🔥").unwrap(),
    }
}

fn slow_denial(interval: u32, retry_ms: u32) -> Denied {
    Denied::SlowMode {
        interval: Delay::try_from(interval).unwrap(),
        retry_ms,
    }
}

/// Whether a stranger is let in.
fn admits_stranger(story: &Story) -> Result<(), Refused> {
    let world: &World = &story.world;
    let mut stranger = world.returning(story.id("Alice"));
    stranger.resume = None;
    decide::check_admission(&world.room, &stranger)
}

#[test]
fn in_slow_mode_each_viewer_writes_one_line_in_so_many_seconds() {
    Story::alice_and_bob()
        .joins("Carol")
        .joins("Mona")
        .makes("Alice", "Mona", Role::Moderator)
        .says("Bob", "before")
        .does("Mona", &slow(30))
        .led_to(&["restricted"])
        .sees(|story| {
            let interval = Some(delay(30));
            let set = RoomEvent::Restricted(Restriction::SlowMode { interval });
            assert_eq!(story.world.events(), [&set]);
        })
        .says("Bob", "one")
        .denied("Bob", &chat(), &slow_denial(30, 30_000))
        .says("Carol", "each has a time of their own")
        .after(29.5)
        .denied("Bob", &chat(), &slow_denial(30, 500))
        .does("Bob", &react())
        .after(0.5)
        .says("Bob", "two")
        .denied("Mona", &slow(30), &Denied::NothingChanges)
        .does("Mona", &slow(0))
        .says("Bob", "as fast as you like")
        .says("Bob", "again")
        .denied("Mona", &slow(0), &Denied::NothingChanges)
        .end();
}

#[test]
fn moderators_admins_and_acting_ones_are_not_slowed() {
    Story::alice_and_bob()
        .joins("Mona")
        .makes("Alice", "Mona", Role::Moderator)
        .does("Alice", &slow(60))
        .says("Alice", "one")
        .says("Alice", "two")
        .says("Mona", "one")
        .says("Mona", "two")
        .leaves("Mona")
        .says("Bob", "one")
        .leaves("Alice")
        .here_are(&["Bob~"])
        .says("Bob", "two")
        .end();
}

#[test]
fn who_leaves_and_returns_or_a_restart_does_not_shorten_slow_mode() {
    Story::alice_and_bob()
        .does("Alice", &slow(60))
        .says("Bob", "one")
        .vanishes("Bob")
        .returns("Bob")
        .denied("Bob", &chat(), &slow_denial(60, 60_000))
        .restarts_after(10)
        .returns("Alice")
        .returns("Bob")
        .denied("Bob", &chat(), &slow_denial(60, 50_000))
        .after(50.0)
        .says("Bob", "two")
        .end();
}

#[test]
fn nobody_new_comes_into_a_locked_room_and_members_return() {
    let story = Story::alice_and_bob();
    assert_eq!(admits_stranger(&story), Ok(()));
    let story = story
        .does("Alice", &lock(true))
        .led_to(&["restricted"])
        .denied("Alice", &lock(true), &Denied::NothingChanges)
        .vanishes("Bob");
    assert_eq!(admits_stranger(&story), Err(Refused::Locked));
    let bob = story.world.returning(story.id("Bob"));
    assert_eq!(decide::check_admission(&story.world.room, &bob), Ok(()));
    let token = bob.resume;
    let kick = Command::Kick { who: who("Bob") };
    let story = story.returns("Bob").does("Alice", &kick);
    assert_eq!(story.world.room.secrets.owner(&token.unwrap()), None);
    assert_eq!(
        decide::check_admission(&story.world.room, &bob),
        Err(Refused::Locked),
        "who was kicked is a stranger"
    );
    let story = story.restarts_after(5).returns("Alice");
    assert_eq!(admits_stranger(&story), Err(Refused::Locked));
    let story = story.does("Alice", &lock(false));
    assert_eq!(admits_stranger(&story), Ok(()));
    story
        .denied("Alice", &lock(false), &Denied::NothingChanges)
        .end();
}

#[test]
fn newcomers_only_watch_for_a_while() {
    let ask = Command::Ask {
        request: requested(Command::Pause { mark: None }),
    };
    let add = Command::Add { media: media("z") };
    let rename = Command::Rename {
        name: called("Other"),
    };
    let exempt = Command::ExemptFromWait {
        who: None,
        exempt: true,
    };
    let denied = |retry_ms| Denied::Newcomer { retry_ms };
    Story::watching()
        .after(10.0)
        .does("Alice", &newcomers(60))
        .led_to(&["restricted"])
        .denied("Bob", &chat(), &denied(50_000))
        .joins("Carol")
        .denied("Carol", &chat(), &denied(60_000))
        .denied("Carol", &react(), &denied(60_000))
        .denied("Carol", &add, &denied(60_000))
        .denied("Carol", &ask, &denied(60_000))
        .denied("Carol", &rename, &denied(60_000))
        .does("Carol", &exempt)
        .after(50.0)
        .says("Bob", "a minute has passed")
        .denied("Carol", &chat(), &denied(10_000))
        .vanishes("Carol")
        .returns("Carol")
        .denied("Carol", &chat(), &denied(10_000))
        .after(10.0)
        .does("Carol", &add)
        .vanishes("Carol")
        .after(10.0)
        .returns("Carol")
        .says("Carol", "who returns is not new")
        .joins("Dave")
        .denied("Dave", &chat(), &denied(60_000))
        .makes("Alice", "Dave", Role::Moderator)
        .says("Dave", "a moderator is not restricted")
        .joins("Eve")
        .does("Alice", &newcomers(0))
        .says("Eve", "hi")
        .denied("Alice", &newcomers(0), &Denied::NothingChanges)
        .end();
}

#[test]
fn who_was_sent_out_and_comes_back_is_new_again_and_a_restart_makes_nobody_old() {
    let denied = |retry_ms| Denied::Newcomer { retry_ms };
    Story::alice_and_bob()
        .after(100.0)
        .does("Alice", &newcomers(60))
        .says("Bob", "long here")
        .does("Alice", &Command::Kick { who: who("Bob") })
        .joins("Bob")
        .denied("Bob", &chat(), &denied(60_000))
        .restarts_after(20)
        .returns("Alice")
        .returns("Bob")
        .denied("Bob", &chat(), &denied(40_000))
        .end();
}

#[test]
fn a_room_forgets_who_came_when_after_a_day() {
    Story::alice_and_bob()
        .sees(|story| {
            let roster = &story.state().roster;
            assert!(roster.first_came(story.id("Bob")).is_some());
        })
        .after(86_400.0)
        .joins("Carol")
        .sees(|story| {
            let roster = &story.state().roster;
            assert_eq!(roster.first_came(story.id("Bob")), None);
            assert!(roster.first_came(story.id("Carol")).is_some());
        })
        .end();
}

#[test]
fn a_client_gets_the_restrictions_without_the_times_of_others() {
    Story::alice_and_bob()
        .joins("Carol")
        .does("Alice", &slow(60))
        .says("Bob", "one")
        .says("Carol", "one")
        .sees(|story| {
            let (bob, carol, now) = (story.id("Bob"), story.id("Carol"), story.world.now);
            let seen = story.state().for_client(bob).restrictions;
            assert_eq!(seen.slow_mode, Some(delay(60)));
            assert!(seen.slow_wait(bob, now).is_some());
            assert_eq!(seen.slow_wait(carol, now), None);
        })
        .end();
}

#[test]
fn an_acting_admin_by_presence_restricts_nobody() {
    let only_acting = |action| Denied::OnlyActing { action };
    Story::alice_and_bob()
        .leaves("Alice")
        .here_are(&["Bob~"])
        .denied("Bob", &slow(30), &only_acting(Action::SetSlowMode))
        .denied("Bob", &lock(true), &only_acting(Action::SetLocked))
        .denied("Bob", &newcomers(30), &only_acting(Action::SetNewcomers))
        .end();
}

/// Members at one address propose one after the other, as many as each may.
fn proposed(mut story: Story, name: &str, links: std::ops::Range<usize>) -> Story {
    for link in links {
        story = story.adds(name, &format!("{name}{link}"));
    }
    story
}

#[test]
fn members_at_one_address_share_a_number_of_proposals() {
    let (own, there) = (Queue::MAX_PROPOSALS, Queue::MAX_PROPOSALS_THERE);
    assert_eq!((own, there), (10, 20));
    let story = Story::new()
        .joins("Alice")
        .plays("Alice", "a")
        .joins_from("Bob", 7)
        .joins_from("Carol", 7)
        .joins_from("Dave", 7)
        .joins_from("Eve", 8);
    let story = proposed(story, "Bob", 0..9);
    let story = proposed(story, "Carol", 0..10);
    let story = story.adds("Dave", "one");
    let add = Command::Add { media: media("z") };
    let first = EntryId(1);
    story
        .denied("Carol", &add, &Denied::TooManyProposals { limit: 10 })
        .denied("Dave", &add, &Denied::TooManyProposalsThere { limit: 20 })
        .denied("Bob", &add, &Denied::TooManyProposalsThere { limit: 20 })
        .adds("Eve", "from elsewhere")
        .does("Bob", &Command::Withdraw { entry: first })
        .adds("Dave", "two")
        .denied("Bob", &add, &Denied::TooManyProposalsThere { limit: 20 })
        .makes("Alice", "Dave", Role::Moderator)
        .adds("Dave", "a moderator is not counted with strangers")
        .end();
}
