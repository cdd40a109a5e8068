//! Many small rooms, in some of which media plays that is paused and resumed: what several jobs have
//! in common.

use std::thread::sleep;
use std::time::Duration;

use super::Rig;
use super::commands::{Delays, Rooms};
use crate::crowd::{Crowd, Members};
use crate::orders::Life;

/// How many members a room has.
pub(super) const ROOM_SIZE: u32 = 10;

/// In how many rooms media plays that is paused and resumed.
const LIVELY: u32 = 200;

/// After media was put on: the first bursts of exchanges are over.
const QUIET_AFTER: Duration = Duration::from_secs(5);

/// How many pauses of all there are in a second, each followed by a resume.
const PAUSES_A_SECOND: u32 = 5;

/// So many members, in such rooms.
pub(super) fn members(rig: &Rig, count: u32, life: Life) -> Members {
    Members {
        count: rig.members(count),
        room_size: ROOM_SIZE,
        life,
    }
}

/// The rooms in which something happens, of which each has media on by now.
pub(super) fn lively(rig: &Rig, crowd: &mut Crowd) -> Rooms {
    let rooms = Rooms {
        numbers: (0..rig.members(LIVELY)).collect(),
        size: ROOM_SIZE,
        readers: ROOM_SIZE,
        every: Duration::from_secs(1) / (2 * PAUSES_A_SECOND),
    };
    rooms.put_on(crowd);
    sleep(QUIET_AFTER);
    rooms
}

/// Pauses and resumes in these rooms for so many seconds.
pub(super) fn pauses(rooms: &Rooms, crowd: &mut Crowd, seconds: u32) -> Delays {
    rooms.pauses(crowd, seconds * PAUSES_A_SECOND)
}
