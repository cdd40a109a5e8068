//! Scenarios about errands: commands of somebody who is not in the room for them.

use super::story::{Story, media, who};
use super::world::World;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::ids::MemberId;
use crate::protocol::member::{LeaveCause, Role};
use crate::protocol::moderation::Delay;
use crate::protocol::playback::EntryState;
use crate::protocol::text::ChatText;
use crate::protocol::time::Span;
use crate::room::decide;

fn chat() -> Command {
    Command::Chat {
        text: ChatText::parse("hi").unwrap(),
    }
}

fn add() -> Command {
    Command::Add {
        media: media("film"),
    }
}

/// Somebody whom the room does not know begins an errand.
fn guest(world: &mut World, name: &str) -> MemberId {
    let arrival = world.newcomer(name, true);
    let (guest, decided) = decide::errand_member(&world.room, &arrival, world.moment());
    world.commit(decided, None);
    // The next time they are known.
    let again = decide::errand_member(&world.room, &arrival, world.moment());
    assert_eq!(again, (guest, Vec::new()));
    guest
}

fn errand(world: &mut World, by: MemberId, command: &Command) -> Result<(), Denied> {
    let decided = decide::errand(&world.room, by, command, world.moment())?;
    world.commit(decided, Some(by));
    Ok(())
}

#[test]
fn a_guest_is_known_but_not_here() {
    let mut story = Story::new().joins("Alice");
    let world = &mut story.world;
    let bot = guest(world, "Bot");
    let known = world.room.state.roster.get(bot).unwrap();
    assert!(!known.is_here() && !known.has_player);
    assert_eq!((known.role, known.name.as_str()), (Role::Viewer, "Bot"));
    assert_eq!(world.room.state.roster.count, 1);
    assert_eq!(errand(world, bot, &chat()), Ok(()));
    assert_eq!(errand(world, bot, &add()), Ok(()));
    let entry = &world.room.state.queue.entries()[0];
    assert_eq!((entry.by, entry.state), (bot, EntryState::Proposed));
    assert_eq!(errand(world, bot, &Command::Skip), Err(Denied::NotInRoom));
    // A real visit makes the same member present.
    assert_eq!(world.come_back(bot), (bot, true));
    assert_eq!(world.room.state.roster.count, 2);
}

#[test]
fn a_guest_is_no_admin_of_an_empty_room_and_what_an_admin_queues_there_waits() {
    let mut story = Story::new().joins("Alice");
    let alice = story.id("Alice");
    let world = &mut story.world;
    world.go(alice, LeaveCause::Left);
    let since = world.room.state.empty_since;
    world.wait(Span::seconds(60));
    let bot = guest(world, "Bot");
    assert_eq!(
        world.room.state.roster.get(bot).unwrap().power(),
        Role::Viewer
    );
    assert_eq!(
        world.room.state.empty_since, since,
        "it stays as empty as it was"
    );
    assert_eq!(errand(world, alice, &add()), Ok(()));
    let state = &world.room.state;
    assert!(state.timeline.playing.is_none(), "nobody would see it");
    assert_eq!(state.queue.entries()[0].state, EntryState::Approved);
}

#[test]
fn a_guest_is_as_new_as_anybody() {
    let mut story = Story::new().joins("Alice");
    let alice = story.id("Alice");
    let world = &mut story.world;
    let wait = Delay::try_from(60).ok();
    world
        .command(alice, &Command::SetNewcomers { wait })
        .unwrap();
    let bot = guest(world, "Bot");
    let denied = errand(world, bot, &chat());
    assert!(matches!(denied, Err(Denied::Newcomer { .. })), "{denied:?}");
    world.wait(Span::seconds(61));
    assert_eq!(errand(world, bot, &chat()), Ok(()));
    world
        .command(
            alice,
            &Command::Mute {
                who: who("Bot"),
                muted: true,
            },
        )
        .unwrap();
    assert_eq!(errand(world, bot, &chat()), Err(Denied::Muted));
}
