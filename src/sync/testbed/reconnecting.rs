//! A client that comes back: its server may have forgotten what its player reported.

use super::stories::{VIEWER, two_in_step};
use super::world::World;
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::command::Report;
use crate::protocol::failure::FailureCode;
use crate::protocol::time::Span;
use crate::sim::traits::Traits;
use crate::sync::follow::FollowInput;
use crate::sync::player::{MediaProblem, PlayerEvent};

/// Media of ten minutes, as the room knows.
fn ten_minutes() -> World {
    let mut world = two_in_step(Traits::default());
    world.timeline_mut().playing.as_mut().unwrap().duration = Some(Span::seconds(600));
    world.broadcast();
    world.run(1.0);
    world
}

/// What the viewer's client reports once it is connected again, to the same server or another.
fn reports_after_return(world: &mut World, same_node: bool) -> Vec<Report> {
    world.members[VIEWER].reports.clear();
    if same_node {
        world.online(VIEWER, false);
        world.run(0.1);
        world.online(VIEWER, true);
    } else {
        world.restart_server(3.0);
    }
    world.run(0.1);
    world.members[VIEWER].reports.clone()
}

fn is_learned(report: &Report) -> bool {
    matches!(
        report,
        Report::Learned {
            duration: Some(_),
            ..
        }
    )
}

#[test]
fn a_player_in_good_health_says_again_what_is_open() {
    for same_node in [true, false] {
        let reported = reports_after_return(&mut ten_minutes(), same_node);
        assert!(
            matches!(&reported[..], [learned] if is_learned(learned)),
            "{reported:?}"
        );
    }
}

#[test]
fn a_stall_is_reported_again() {
    let mut world = ten_minutes();
    world.members[VIEWER].player.stall(30.0);
    world.run(3.0);
    let reported = reports_after_return(&mut world, false);
    let [learned, Report::Stalled { stalled: true, .. }] = &reported[..] else {
        panic!("{reported:?}");
    };
    assert!(is_learned(learned));
}

#[test]
fn an_end_is_reported_again() {
    let mut world = two_in_step(Traits {
        duration: Some(60.0),
        ..Traits::default()
    });
    world.seek(50.0);
    world.run(20.0);
    let reported = reports_after_return(&mut world, false);
    assert!(
        matches!(&reported[..], [learned, Report::Ended { .. }] if is_learned(learned)),
        "{reported:?}"
    );
}

#[test]
fn a_failure_is_reported_again_and_who_tries_still_tries() {
    let fault = MediaFault::here(FaultKind::NobodyListens);
    let failed = |world: &World, retrying| Report::Failed {
        epoch: world.timeline().epoch,
        code: FailureCode::Unreachable,
        retrying,
    };
    let mut world = ten_minutes();
    let epoch = world.timeline().epoch;
    let problem = MediaProblem::GivenUp(fault);
    let event = PlayerEvent::Failed { epoch, problem };
    world.feed(VIEWER, FollowInput::Player(event));
    world.run(1.0);
    let reported = reports_after_return(&mut world, false);
    assert_eq!(reported, [failed(&world, false)]);

    // What broke while it played is a stall, also once it is known again, and why.
    let mut world = ten_minutes();
    world.members[VIEWER].player.lose_server(60.0, 0.5);
    world.run(8.0);
    let reported = reports_after_return(&mut world, true);
    assert!(
        matches!(&reported[..], [Report::Stalled { stalled: true, .. }, again] if *again == failed(&world, true)),
        "{reported:?}"
    );
}
