//! Jumps to where nothing is cached, on networks that are hardly faster than the media.

use super::stories::{ADMIN, VIEWER, seeks, two_in_step};
use crate::sim::traits::{SlowHost, Traits};

/// The distance from which on a player seeks in any case.
const FAR: f64 = 2.0;

#[test]
fn a_jump_on_a_slow_network_takes_two_seeks_at_most_and_the_rest_is_made_good_by_speed() {
    for fill in [1.25, 1.5, 1.9] {
        for keyframes in [2.0, 10.0] {
            let slow = Some(SlowHost { fill, keyframes });
            let mut world = two_in_step(Traits {
                slow,
                ..Traits::default()
            });
            world.run(20.0);
            for to in [206.0, 67.0, 303.0, 128.0, 407.0, 11.0] {
                world.members[VIEWER].player.seeks.clear();
                world.seek(to);
                world.run(45.0);
                let made = seeks(&world, VIEWER);
                assert!(made <= 2, "{fill} {keyframes} {to}: {made}");
                let error = world.error(VIEWER);
                assert!(error.abs() < FAR, "{fill} {keyframes} {to}: {error}");
                assert!(world.error(ADMIN).abs() < 0.01);
            }
            world.members[VIEWER].player.seeks.clear();
            world.run(100.0);
            let worst = world.worst_error(VIEWER, 5.0);
            assert!(worst < 0.04, "{fill} {keyframes}: {worst}");
            assert_eq!(seeks(&world, VIEWER), 0, "{fill} {keyframes}");
        }
    }
}
