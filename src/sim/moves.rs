//! What may move the timeline, and where to.

use super::hosted::{Change, Origin};
use super::laws::Verdict;
use super::world::World;
use crate::protocol::event::RoomEvent;
use crate::protocol::member::Role;
use crate::protocol::playback::Retime;
use crate::protocol::time::{Position, Span};
use crate::room::deadline::DeadlineReason;
use crate::room::timeline::Timeline;

/// Room times are whole microseconds, and positions are rounded at each move.
const ROUNDING: Span = Span::millis(1);

/// How late a task is woken for a deadline: timers have a granularity of a millisecond, and the nodes
/// of a simulated server are woken a little after that (`sim/server/nodes.rs`).
const WOKEN_WITHIN: Span = Span::millis(5);

/// For how long the timeline stands at a length until it is over or longer: `ENDS_WITHIN` in
/// `room/deadline.rs`.
pub(crate) const AT_THE_END: Span = Span::seconds(1);

/// Whatever viewers and their players do, the timeline moves only by an admin's command, a
/// deadline, or a wait.
pub(crate) fn only_admins_move(world: &World) -> Verdict {
    first_wrong(&world.server.hosted.changes)
}

fn first_wrong(changes: &[Change]) -> Verdict {
    let wrong = (0..changes.len()).find(|index| !is_lawful(&changes[*index], &changes[..*index]));
    wrong.map_or(Ok(()), |index| Err(format!("moved: {:#?}", changes[index])))
}

fn is_lawful(change: &Change, earlier: &[Change]) -> bool {
    if change.origin == Origin::Command(Role::Admin) {
        return true;
    }
    let Change {
        at, before, after, ..
    } = change;
    let moved = after.position(*at) - before.position(*at);
    let stays = moved.abs() <= ROUNDING && after.epoch == before.epoch;
    match &change.event {
        // Media that is over, or that nobody can play, is followed by the next. Of unknown length it
        // is over where the admins' players are at the end of their copies.
        RoomEvent::Loaded { .. } | RoomEvent::Finished { .. } => {
            let left = length(before).map(|end| Position(end.0) - before.position(*at));
            let over = left.map_or(change.backed, |left| left <= Span::seconds(2));
            over || before.standstill.is_some() || before.playing.is_none()
        }
        RoomEvent::Learned { .. } => is_lawful_length(change, earlier),
        RoomEvent::NobodyPlays { .. } => after.epoch == before.epoch && moved <= ROUNDING,
        RoomEvent::Retimed {
            retime: Retime::Emptied,
            ..
        } => is_lawful_pause(change),
        RoomEvent::Retimed {
            retime: Retime::Started { .. },
            ..
        } => stays && change.origin == Origin::Deadline(DeadlineReason::LobbyStart),
        // All players that count wait behind a part that their copies lack.
        RoomEvent::SomebodyPlays { .. } => {
            let jumps = moved > ROUNDING;
            after.epoch == before.epoch && moved >= Span(-ROUNDING.0) && (!jumps || change.backed)
        }
        RoomEvent::Reopened { .. } => after.epoch == before.epoch,
        RoomEvent::Held { hold, .. } => stays && hold.until - hold.since <= Span::seconds(10),
        _ => stays && after.segment.paused == before.segment.paused,
    }
}

/// A room that stayed empty stands where it was when the last member was here
/// (`room/decide/deadlines.rs`).
fn is_lawful_pause(change: &Change) -> bool {
    let Change { before, after, .. } = change;
    let since = change.empty_since.filter(|_| after.segment.paused);
    let moved = since.map(|since| after.position(change.at) - before.position(since));
    let back = moved.is_some_and(|moved| moved.abs() <= ROUNDING);
    let by_deadline = change.origin == Origin::Deadline(DeadlineReason::Abandoned);
    by_deadline && back && after.epoch == before.epoch
}

/// A length is where the timeline stands until it is over, and its segment stays whatever length is
/// learned (`room/decide/length.rs`, `end.rs`). Where the media turns out to be longer the timeline
/// goes on where it would be: players that played on are there. That is a moment ahead, or where it
/// was a moment ago. Only the first length that an admin's player tells may have been passed.
fn is_lawful_length(change: &Change, earlier: &[Change]) -> bool {
    let Change {
        at, before, after, ..
    } = change;
    let only_length = Timeline {
        playing: after.playing.clone(),
        ..before.clone()
    };
    let here = after.position(*at);
    let moved = here - before.position(*at);
    let is_near = moved <= before.segment.rate.over(AT_THE_END + WOKEN_WITHIN) + ROUNDING;
    let recent = earlier.iter().rev();
    let mut recent = recent.take_while(|earlier| *at - earlier.at <= AT_THE_END + WOKEN_WITHIN);
    let was_here = |earlier: &Change| {
        let moved = here - earlier.before.position(*at);
        earlier.before.segment == after.segment && moved.abs() <= ROUNDING
    };
    let goes_back = moved < Span(-ROUNDING.0);
    *after == only_length
        && (is_near || recent.any(was_here))
        && (!goes_back || length(before).is_none())
}

fn length(timeline: &Timeline) -> Option<Span> {
    timeline.playing.as_ref().and_then(|media| media.duration)
}

mod tests {
    use super::{first_wrong, length};
    use crate::protocol::event::RoomEvent;
    use crate::protocol::ids::Epoch;
    use crate::protocol::playback::{Playing, Retime, Segment};
    use crate::protocol::time::{Position, RoomTime, Span};
    use crate::room::deadline::DeadlineReason;
    use crate::room::timeline::Timeline;
    use crate::sim::hosted::{Change, Origin};
    use crate::test_support::{learned, playing};

    const NOW: RoomTime = RoomTime(100_000_000);

    /// Media of this length that plays since room time zero.
    fn running(seconds: Option<i64>) -> Timeline {
        Timeline {
            playing: Some(Playing {
                duration: seconds.map(Span::seconds),
                ..playing("https://example.org/a.mp4")
            }),
            ..Timeline::default()
        }
    }

    fn change(event: RoomEvent, before: &Timeline, after: &Timeline) -> Change {
        Change {
            at: NOW,
            origin: Origin::Report,
            by: None,
            event,
            before: before.clone(),
            after: after.clone(),
            empty_since: None,
            backed: true,
        }
    }

    fn is_lawful(change: Change) -> bool {
        first_wrong(&[change]).is_ok()
    }

    fn learns(before: Option<i64>, after: Option<i64>) -> Change {
        let (before, after) = (running(before), running(after));
        let event = learned(Epoch::default(), None, length(&after));
        change(event, &before, &after)
    }

    #[test]
    fn a_length_moves_nothing_but_what_stood_at_its_end_for_a_moment() {
        assert!(is_lawful(learns(None, Some(600))));
        assert!(is_lawful(learns(Some(99), None)), "it stood there for 1 s");
        assert!(is_lawful(learns(Some(99), Some(600))));
        assert!(!is_lawful(learns(Some(98), None)), "for 2 s");
        assert!(is_lawful(learns(None, Some(50))), "the first one");
        assert!(!is_lawful(learns(Some(600), Some(50))), "taken back");
        let taken_back = [learns(None, Some(50)), learns(Some(50), None)];
        assert_eq!(first_wrong(&taken_back), Ok(()));
        let mut sought = learns(None, Some(600));
        sought.after.segment.anchor = Position::seconds(1);
        assert!(!is_lawful(sought));
        let mut paused = learns(None, Some(600));
        paused.after = Timeline {
            segment: paused.before.paused_at(NOW),
            ..paused.after
        };
        assert!(!is_lawful(paused));
    }

    #[test]
    fn a_room_that_stayed_empty_stands_where_it_was_when_the_last_member_was_here() {
        let since = RoomTime(40_000_000);
        let before = running(Some(600));
        let pauses = |segment: Segment| {
            let retimed = RoomEvent::Retimed {
                segment,
                retime: Retime::Emptied,
                in_player: false,
                countdown: false,
            };
            let after = Timeline {
                segment,
                ..before.clone()
            };
            Change {
                origin: Origin::Deadline(DeadlineReason::Abandoned),
                empty_since: Some(since),
                ..change(retimed, &before, &after)
            }
        };
        let there = pauses(before.paused_at(since));
        assert!(is_lawful(there.clone()));
        let somebody_here = Change {
            empty_since: None,
            ..there.clone()
        };
        assert!(!is_lawful(somebody_here));
        let origin = Origin::Report;
        assert!(!is_lawful(Change { origin, ..there }));
        assert!(!is_lawful(pauses(before.paused_at(NOW))));
        let start = NOW;
        let runs = before.resumed_at(since, start);
        assert!(!is_lawful(pauses(runs)));
    }

    #[test]
    fn media_of_unknown_length_is_over_where_the_admins_players_are_at_their_end() {
        let ends = |before: Timeline, backed: bool| {
            let finished = RoomEvent::Finished {
                epoch: Epoch::default(),
                position: Position::seconds(100),
            };
            let after = Timeline {
                finished: true,
                ..before.clone()
            };
            Change {
                backed,
                ..change(finished, &before, &after)
            }
        };
        assert!(is_lawful(ends(running(None), true)));
        assert!(!is_lawful(ends(running(None), false)));
        assert!(is_lawful(ends(running(Some(101)), false)));
        assert!(!is_lawful(ends(running(Some(600)), true)));
    }
}
