//! Whether a member's health, or the digest of everyone's, has changed so much that it is worth a
//! message.

use super::message::{Health, HealthDigest, HealthState};
use crate::protocol::ids::MemberId;
use crate::protocol::time::Span;

/// The least change of an error that is noticeable (judgement: an eighth of a frame; a player that is
/// steered well stays within it).
const ERROR: Span = Span::millis(5);

/// The same for round trips, beside a quarter of the shorter one (judgement: changes are scheduled
/// ahead by half of a round trip and 20 ms).
const ROUND_TRIP: Span = Span::millis(20);

/// The same for the own place in a live broadcast (judgement: how far apart players are is shown in
/// tenths of a second).
const LIVE: Span = Span::millis(100);

/// Buffers above this are long, and how long is no news (judgement).
const LONG_BUFFER: Span = Span::seconds(10);

/// The trouble of a player whose beginning and end the others learn at once: it stalls, freezes, or
/// fails.
#[must_use]
pub const fn urgent_trouble(state: HealthState) -> Option<HealthState> {
    use HealthState::{Buffering, Failed, Frozen};
    match state {
        Buffering | Failed | Frozen => Some(state),
        _ => None,
    }
}

/// Whether others would notice the difference between what was reported before and now.
#[must_use]
pub fn is_noticeable(before: &Health, now: &Health) -> bool {
    before.state != now.state
        || before.bound.is_some() != now.bound.is_some()
        || changed(before.error, now.error, |a, b| (a - b).abs() >= ERROR)
        || changed(before.round_trip, now.round_trip, round_trip_changed)
        || changed(before.buffered, now.buffered, buffer_changed)
        || changed(before.live, now.live, |a, b| {
            a.epoch != b.epoch || (a.offset - b.offset).abs() >= LIVE
        })
}

/// Whether a value came, went, or became another by this measure.
fn changed<T>(before: Option<T>, now: Option<T>, differ: impl Fn(T, T) -> bool) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => differ(before, now),
        (before, now) => before.is_some() != now.is_some(),
    }
}

fn round_trip_changed(before: Span, now: Span) -> bool {
    let quarter = Span(before.min(now).0.max(0) / 4);
    (before - now).abs() >= ROUND_TRIP.max(quarter)
}

/// A buffer that is not long has doubled or halved, beside a second.
fn buffer_changed(before: Span, now: Span) -> bool {
    let (less, more) = (before.min(now), before.max(now));
    less < LONG_BUFFER && more >= Span(less.0.saturating_mul(2)) + Span::seconds(1)
}

/// Whether a member's urgent trouble has begun, ended or become another, by these digests.
#[must_use]
pub fn is_digest_urgent(before: &HealthDigest, now: &HealthDigest) -> bool {
    let differs = |(member, health): &(MemberId, Health), other: &HealthDigest| {
        let other = of(other, *member).and_then(|health| urgent_trouble(health.state));
        urgent_trouble(health.state) != other
    };
    now.worst.iter().any(|named| differs(named, before))
        || before.worst.iter().any(|named| differs(named, now))
}

/// What a digest says of a member; `None` if it does not name them.
fn of(digest: &HealthDigest, member: MemberId) -> Option<&Health> {
    let named = digest.worst.iter().find(|(named, _)| *named == member);
    named.map(|(_, health)| health)
}

/// Whether those who were told the digest `before` would notice that it is `now` another.
#[must_use]
pub fn is_digest_noticeable(before: &HealthDigest, now: &HealthDigest) -> bool {
    let (all_before, all_now) = (counts(before), counts(now));
    // In a room of hundreds somebody always catches up: one in a hundred is no news.
    let least = all_now.iter().sum::<u32>() / 100 + 1;
    let moved = |(before, now): (&u32, &u32)| before.abs_diff(*now) >= least;
    all_before.iter().zip(&all_now).any(moved)
        || before.observers.abs_diff(now.observers) > now.observers / 100
        || now.worst.iter().any(|(member, health)| match of(before, *member) {
            Some(before) => is_noticeable(before, health),
            // Those in step come and go in the digest of a large room, whose end they are.
            None => is_complete(now) || !is_well(health.state),
        })
        // Whoever has no trouble any more may not be named at all.
        || is_digest_urgent(before, now)
}

const fn counts(digest: &HealthDigest) -> [u32; 4] {
    [
        digest.in_step,
        digest.catching_up,
        digest.in_trouble,
        digest.chat_only,
    ]
}

/// Whether a digest names everyone.
fn is_complete(digest: &HealthDigest) -> bool {
    let all: u32 = counts(digest).iter().sum();
    u32::try_from(digest.worst.len()).is_ok_and(|named| named >= all)
}

const fn is_well(state: HealthState) -> bool {
    matches!(
        state,
        HealthState::InStep | HealthState::ChatOnly | HealthState::Away
    )
}

#[cfg(test)]
mod tests {
    use super::{is_digest_noticeable, is_digest_urgent, is_noticeable};
    use crate::protocol::ids::MemberId;
    use crate::protocol::time::Span;
    use crate::wire::message::{Health, HealthDigest, HealthState};

    fn in_step() -> Health {
        Health {
            state: HealthState::InStep,
            error: Some(Span::millis(1)),
            bound: Some(Span::millis(20)),
            buffered: Some(Span::seconds(30)),
            round_trip: Some(Span::millis(60)),
            live: None,
        }
    }

    #[test]
    fn the_noise_of_good_health_is_not_noticeable_and_trouble_is() {
        let before = in_step();
        let same = Health {
            error: Some(Span::millis(-2)),
            bound: Some(Span::millis(19)),
            buffered: Some(Span::seconds(45)),
            round_trip: Some(Span::millis(70)),
            ..before
        };
        assert!(!is_noticeable(&before, &same));
        for changed in [
            Health {
                state: HealthState::Buffering,
                ..before
            },
            Health {
                error: None,
                ..before
            },
            Health {
                error: Some(Span::millis(40)),
                ..before
            },
            Health {
                buffered: Some(Span::seconds(3)),
                ..before
            },
            Health {
                round_trip: Some(Span::millis(200)),
                ..before
            },
        ] {
            assert!(is_noticeable(&before, &changed), "{changed:?}");
        }
    }

    #[test]
    fn hostile_health_does_no_harm() {
        let extreme = |value| Health {
            error: Some(Span(value)),
            buffered: Some(Span(value)),
            round_trip: Some(Span(value)),
            ..in_step()
        };
        assert!(is_noticeable(&extreme(i64::MIN), &extreme(i64::MAX)));
        assert!(!is_noticeable(&extreme(i64::MIN), &extreme(i64::MIN)));
        assert!(!is_noticeable(&extreme(i64::MAX), &extreme(i64::MAX)));
    }

    #[test]
    fn a_digest_changes_with_a_member_of_a_small_room_and_with_trouble_in_a_large_one() {
        let digest = |in_step: u32, worst: &[(u64, Health)]| HealthDigest {
            in_step,
            worst: worst
                .iter()
                .map(|(id, health)| (MemberId(*id), *health))
                .collect(),
            ..HealthDigest::default()
        };
        let well = in_step();
        let frozen = Health {
            state: HealthState::Frozen,
            ..well
        };
        let small = digest(1, &[(1, well)]);
        assert!(!is_digest_noticeable(&small, &small));
        assert!(
            is_digest_noticeable(&small, &digest(1, &[(2, well)])),
            "another member"
        );
        assert!(is_digest_noticeable(
            &small,
            &digest(2, &[(1, well), (2, well)])
        ));
        let large = digest(900, &[(1, well), (2, well)]);
        assert!(!is_digest_noticeable(
            &large,
            &digest(905, &[(3, well), (1, well)])
        ));
        assert!(is_digest_noticeable(&large, &digest(920, &[(1, well)])));
        assert!(is_digest_noticeable(
            &large,
            &digest(899, &[(7, frozen), (1, well)])
        ));
        assert!(
            is_digest_noticeable(&digest(899, &[(7, frozen), (1, well)]), &large),
            "the trouble is over"
        );
    }

    #[test]
    fn trouble_that_begins_ends_or_becomes_another_is_urgent_and_nothing_else() {
        use HealthState::{Buffering, CatchingUp, ChatOnly, Frozen, InStep};
        let of = |id, state| HealthDigest {
            worst: vec![(MemberId(id), Health { state, ..in_step() })],
            ..HealthDigest::default()
        };
        for (before, now, is_urgent) in [
            (of(1, InStep), of(1, Buffering), true),
            (of(1, Buffering), of(1, InStep), true),
            (of(1, Buffering), of(1, Frozen), true),
            (of(1, Buffering), of(2, InStep), true),
            (HealthDigest::default(), of(1, Frozen), true),
            (of(1, Frozen), of(1, Frozen), false),
            (of(1, InStep), of(1, CatchingUp), false),
            (of(1, InStep), of(2, ChatOnly), false),
        ] {
            assert_eq!(
                is_digest_urgent(&before, &now),
                is_urgent,
                "{before:?} {now:?}"
            );
        }
    }
}
