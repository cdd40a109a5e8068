//! How far to shift the time stamps of each section of an HLS list, so that they continue from one
//! section to the next. Fetches the beginnings of the segments on both sides of each discontinuity.
//!
//! All members get the same result from the same list, wherever they join, unless its segments
//! cannot be fetched. A load computes the shifts once and applies them to all its lists.

use std::time::Duration;

use bytes::BytesMut;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use http_body_util::BodyExt as _;
use tokio::time::timeout;
use url::Url;

use super::byte_stream::FetchSource;
use super::fetch::FetchedResponse;
use super::hls::Discontinuity;
use super::restamp::{difference, first_stamp, is_jump, ticks};
use super::sniff::HEAD;
use super::status;
use crate::media::fault::FaultKind;

/// The most discontinuities that are examined: each costs two requests for a few KiB (judgement:
/// more than the advertisements in any media).
const MOST: usize = 32;

/// How many requests run at once; browsers open as many connections to one server.
const AT_ONCE: usize = 6;

/// The time limit for all requests (judgement: playback starts that much later).
const LIMIT: Duration = Duration::from_secs(5);

/// The shift of each section in ticks, the first one included; `None` if no shift is needed or the
/// time stamps cannot be read.
pub(super) async fn shifts(source: &FetchSource, between: &[Discontinuity]) -> Option<Vec<i64>> {
    if between.is_empty() || between.len() > MOST {
        return None;
    }
    let known = source.load.shifts.borrow().clone();
    let shifts = if let Some(shifts) = known {
        shifts
    } else {
        let found = shifts_from_segments(source, between)
            .await
            .unwrap_or_default();
        source.load.shifts.send_replace(Some(found.clone()));
        found
    };
    let fits = shifts.len() == between.len() + 1;
    (fits && shifts.iter().any(|shift| *shift != 0)).then_some(shifts)
}

/// Why the first time stamp of a segment is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum StampError {
    /// The segment could not be fetched.
    #[error("a segment was not fetched: {0:?}")]
    NotFetched(FaultKind),
    /// The connection broke within the examined bytes.
    #[error("a segment broke off")]
    BrokeOff,
    /// The examined bytes contain no time stamp: not a transport stream, or an encrypted one.
    #[error("a segment has no time stamp in its first bytes")]
    NoStamp,
    /// The requests took longer than [`LIMIT`].
    #[error("the segments took too long")]
    TookTooLong,
}

/// Reads the time stamps on both sides of each discontinuity.
async fn shifts_from_segments(source: &FetchSource, between: &[Discontinuity]) -> Option<Vec<i64>> {
    let places = between.iter().flat_map(|it| [&it.last, &it.first]);
    let segments: Vec<FetchSource> = places.map(|place| segment(source, place)).collect();
    let stamps = stream::iter(segments).map(stamp).buffered(AT_ONCE);
    let stamps = timeout(LIMIT, stamps.try_collect::<Vec<_>>()).await;
    match stamps.unwrap_or(Err(StampError::TookTooLong)) {
        Ok(stamps) => Some(follow_on(between, &stamps)),
        Err(error) => {
            let load = source.load.id.0;
            tracing::info!(load, %error, "the time stamps of a list are not known");
            None
        }
    }
}

/// The shift of each section. `stamps` has two for each discontinuity: of the segments before and
/// after it.
fn follow_on(between: &[Discontinuity], stamps: &[i64]) -> Vec<i64> {
    let mut shift = 0;
    let mut shifts = vec![shift];
    for (it, ends) in between.iter().zip(stamps.chunks(2)) {
        if let [last, first] = *ends {
            let jump = difference(last + ticks(it.length), first);
            if is_jump(jump) {
                shift += jump;
            }
        }
        shifts.push(shift);
    }
    shifts
}

/// The segment at `place` of the list that `source` fetches.
fn segment(source: &FetchSource, place: &Url) -> FetchSource {
    FetchSource {
        is_link: false,
        url: place.clone(),
        ..source.clone()
    }
}

/// The first time stamp of a segment, in ticks.
async fn stamp(segment: FetchSource) -> Result<i64, StampError> {
    let last = u64::try_from(HEAD).unwrap_or(u64::MAX) - 1;
    let mut answer = ask(&segment, Some((0, last))).await?;
    let mut head = BytesMut::new();
    while head.len() < HEAD
        && let Some(frame) = answer.body.frame().await
    {
        let data = frame.map_err(|_| StampError::BrokeOff)?.into_data();
        head.extend_from_slice(&data.unwrap_or_default());
    }
    first_stamp(&head).ok_or(StampError::NoStamp)
}

/// One request that is not counted: the player will request the segment itself.
async fn ask(
    segment: &FetchSource,
    range: Option<(u64, u64)>,
) -> Result<FetchedResponse, StampError> {
    let (load, url, headers) = (&segment.load, &segment.url, &segment.headers);
    let answer = match segment.fetcher.get(load, url, range, headers).await {
        Err(failure) if status::may_be_the_range(failure.fault.kind) => {
            segment.fetcher.get(load, url, None, headers).await
        }
        answer => answer,
    };
    answer.map_err(|failure| StampError::NotFetched(failure.fault.kind))
}

#[cfg(test)]
mod tests {
    use super::{Discontinuity, follow_on};

    const SECOND: i64 = 90_000;

    fn between(count: usize) -> Vec<Discontinuity> {
        let place: url::Url = "http://films.example/a.ts".parse().unwrap();
        let one = Discontinuity {
            last: place.clone(),
            length: 2_000_000,
            first: place,
        };
        vec![one; count]
    }

    #[test]
    fn sections_follow_on_each_other_whatever_their_stamps_are() {
        let seconds = |stamps: &[i64]| {
            let stamps: Vec<i64> = stamps.iter().map(|stamp| stamp * SECOND).collect();
            let shifts = follow_on(&between(stamps.len() / 2), &stamps);
            shifts
                .into_iter()
                .map(|shift| shift / SECOND)
                .collect::<Vec<_>>()
        };
        assert_eq!(seconds(&[18, 20]), [0, 0], "no jump");
        assert_eq!(seconds(&[18, 0]), [0, 20], "back to 0");
        assert_eq!(seconds(&[18, 500]), [0, -480], "on by 480 s");
        // An advertisement of 4 s, after which the media continues with its own time stamps.
        assert_eq!(seconds(&[18, 0, 2, 20]), [0, 20, 4]);
        // The same, but its time stamps continue those of the media.
        assert_eq!(seconds(&[18, 20, 22, 20]), [0, 0, 4]);
    }
}
