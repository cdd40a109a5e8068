//! How many lines are open, beside what bounds them.

use super::{Lines, MAX_WAITING, UnsentMessages};
use crate::protocol::member::Member;
use crate::test_support::length::Length;

/// What is sent beside the lines before their answers come: what a member does in the window of
/// their player, two acts in a second at most, and the commands of the screen.
const MOST_BESIDE: usize = 20;

/// How much its collections hold. A line that came too fast waits once more.
pub(in crate::app) fn of(lines: &Lines) -> [Length; 5] {
    let (waiting, in_flight) = (lines.waiting.len(), lines.in_flight.len());
    let most_waiting = MAX_WAITING + Member::ANSWERED_KEPT;
    let most_in_flight = Member::ANSWERED_KEPT + MOST_BESIDE;
    [
        Length::new("waiting lines", waiting, most_waiting),
        Length::new("commands in flight", in_flight, most_in_flight),
        Length::new(
            "typed lines",
            lines.typed.len(),
            most_waiting + most_in_flight,
        ),
        Length::new(
            "unsent messages",
            lines.unsent.len(),
            2 * UnsentMessages::MOST + most_in_flight,
        ),
        lines.pacing.length(waiting + in_flight),
    ]
}
