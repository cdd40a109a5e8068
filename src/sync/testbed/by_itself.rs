//! What a player does by itself after our loads and seeks, and is nobody's act.

use super::stories::{ADMIN, VIEWER, two_in_step};
use super::world::World;
use crate::protocol::time::{Position, Span};
use crate::sim::traits::Traits;
use crate::sync::follow::{FollowInput, SyncState, Unsynced, UserAction};

/// Media of ten minutes, as the room knows, of which the viewer's player has so much.
fn ten_minutes(traits: Traits) -> World {
    let mut world = two_in_step(traits);
    world.timeline_mut().playing.as_mut().unwrap().duration = Some(Span::seconds(600));
    world.broadcast();
    world.run(1.0);
    world
}

/// The header says ten minutes, the data ends sooner, and the way back from beyond it is reported
/// like a member's jump.
fn cut_off() -> Traits {
    Traits {
        cut_at: Some(150.0),
        reports_way_back: true,
        ..Traits::default()
    }
}

fn assert_no_acts(world: &World) {
    for member in &world.members {
        assert_eq!(member.acts, [], "nobody touched anything");
    }
}

#[test]
fn the_way_back_from_beyond_a_copys_data_is_nobodys_action() {
    let mut world = ten_minutes(cut_off());
    world.seek(360.0);
    world.run(30.0);
    assert_no_acts(&world);
    let state = world.members[VIEWER].follower.status().state;
    assert_eq!(state, SyncState::Unsynced(Unsynced::EndsEarly));
    assert!(world.timeline().segment.anchor > Position::seconds(150));
    for paused in [false, true] {
        if paused {
            world.pause();
        }
        world.members[VIEWER].player.seeks.clear();
        world.feed(VIEWER, FollowInput::Reopen);
        world.run(30.0);
        assert_no_acts(&world);
        let seeks = &world.members[VIEWER].player.seeks;
        assert!(seeks.len() <= 3, "{seeks:?}");
    }
}

#[test]
fn the_way_back_from_just_beyond_the_data_is_nobodys_action() {
    let mut world = ten_minutes(Traits {
        cut_at: Some(40.0),
        ..cut_off()
    });
    world.seek(36.0);
    world.run(30.0);
    assert_no_acts(&world);
}

#[test]
fn a_seek_of_ours_that_is_reported_as_two_is_nobodys_action() {
    let mut world = ten_minutes(Traits {
        doubles_seeks: true,
        ..Traits::default()
    });
    for to in [300.0, 100.0, 104.0] {
        world.seek(to);
        world.run(4.0);
        assert_no_acts(&world);
        assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    }
    world.pause();
    world.run(1.0);
    world.seek(200.0);
    world.run(2.0);
    assert_no_acts(&world);
    super::stories::assert_same_frame(&world);
}

/// What the player did by itself ends where it was: taken for our seek it was started there, or
/// sought again where it had waited for data.
#[test]
fn a_seek_of_ours_that_is_told_as_two_is_made_once_and_nothing_plays_before_it_arrives() {
    for waits in [false, true] {
        let mut world = ten_minutes(Traits {
            doubles_seeks: true,
            seek_cost: (0.3, 0.4),
            ..Traits::default()
        });
        if waits {
            world.members[VIEWER].player.stall(0.5);
            world.run(0.2);
        }
        world.members[VIEWER].player.seeks.clear();
        world.seek(300.0);
        for _ in 0..30 {
            world.run(0.01);
            let viewer = &world.members[VIEWER].player;
            assert!(viewer.seeks.is_empty() || viewer.paused, "it plays");
        }
        let sought = world.members[VIEWER].player.seeks.len();
        assert_eq!(sought, 1, "{waits}");
        world.run(4.0);
        assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
        assert_no_acts(&world);
    }
}

#[test]
fn a_seek_that_is_told_as_two_is_not_told_to_the_room_as_a_missing_part() {
    let mut world = ten_minutes(Traits {
        doubles_seeks: true,
        ..Traits::default()
    });
    world.seek(300.0);
    world.run(4.0);
    world.members[VIEWER].reports.clear();
    world.seek(280.0);
    world.run(4.0);
    assert_eq!(world.members[VIEWER].reports, []);
}

#[test]
fn a_members_jump_soon_after_the_rooms_is_still_theirs() {
    for (index, by) in [(VIEWER, -5.0), (VIEWER, 5.0), (ADMIN, -5.0), (ADMIN, 5.0)] {
        let mut world = ten_minutes(Traits::default());
        world.seek(100.0);
        world.run(1.0);
        let player = &mut world.members[index].player;
        let to = player.place() + by;
        player.jump(to);
        world.run(0.6);
        let acts = &world.members[index].acts;
        assert!(
            matches!(acts[..], [UserAction::Seek { .. }]),
            "{index}: {acts:?}"
        );
        world.run(4.0);
        assert!(world.error(index).abs() < 0.04, "{}", world.error(index));
    }
}

/// FFmpeg goes to the end of the file where the data of a place cannot be had.
#[test]
fn a_player_that_never_landed_is_not_called_ahead() {
    let mut world = ten_minutes(Traits {
        breaks_to_end: true,
        ..Traits::default()
    });
    world.members[VIEWER].player.lose_server(8.0, 1.0);
    world.seek(300.0);
    for _ in 0..2_000 {
        world.run(0.002);
        let error = world.members[VIEWER].follower.status().error;
        assert!(error.is_none_or(|off| off < Span::seconds(1)), "{error:?}");
    }
    world.run(20.0);
    assert!(world.error(VIEWER).abs() < 0.04, "{}", world.error(VIEWER));
    assert_no_acts(&world);
}
