//! How far apart the players of live media are that names no wall times: their parts carry
//! the broadcast's own time stamps, which are the same for everybody.

use crate::protocol::ephemeral::LivePlace;
use crate::protocol::time::Span;

/// Places farther apart than this are not of one broadcast: its server counts anew for each
/// viewer, say (judgement: live lists reach back for minutes at most).
const MOST: Span = Span::seconds(600);

/// The largest distance between any two players, ours at `own` among them; `None` if no other
/// can be compared with ours.
#[must_use]
pub fn apart(own: LivePlace, others: impl IntoIterator<Item = LivePlace>) -> Option<Span> {
    let (mut first, mut last) = (own.offset, own.offset);
    let mut compared = false;
    for other in others {
        let is_near = (other.offset - own.offset).abs() <= MOST;
        if other.epoch == own.epoch && is_near {
            compared = true;
            first = first.min(other.offset);
            last = last.max(other.offset);
        }
    }
    compared.then_some(last - first)
}

#[cfg(test)]
mod tests {
    use super::apart;
    use crate::protocol::ephemeral::LivePlace;
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::Span;

    fn place(epoch: u64, seconds: i64) -> LivePlace {
        LivePlace {
            epoch: Epoch(epoch),
            offset: Span::seconds(seconds),
        }
    }

    #[test]
    fn the_largest_distance_is_reported_wherever_one_stands_oneself() {
        let others = [place(1, 7), place(1, 11)];
        assert_eq!(apart(place(1, 9), others), Some(Span::seconds(4)));
        assert_eq!(apart(place(1, 20), others), Some(Span::seconds(13)));
    }

    #[test]
    fn only_what_is_of_one_broadcast_is_compared() {
        assert_eq!(apart(place(1, 9), []), None);
        assert_eq!(apart(place(1, 9), [place(2, 9)]), None, "other media");
        let elsewhere = [place(1, i64::MAX / 1_000_000), place(1, -95_000)];
        assert_eq!(apart(place(1, 9), elsewhere), None);
    }
}
