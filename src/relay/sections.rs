//! By how much the stamps of the sections of an HLS list are to be moved, so that they go on
//! where one section follows the other: asks for the beginnings of the parts on both sides of
//! each discontinuity.
//!
//! Members get the same result from the same list, wherever they join, unless its parts cannot
//! be looked at. A load looks once, and moves all its lists alike.

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

/// The most discontinuities that are looked at: each costs two requests for a few KiB
/// (judgement: more than a film has advertisements).
const MOST: usize = 32;

/// How many of them are asked about at once, as browsers do of one server.
const AT_ONCE: usize = 6;

/// How long all of that may take (judgement: the film begins so much later).
const LIMIT: Duration = Duration::from_secs(5);

/// By how many ticks the stamps of each section are to be moved, the first one included; `None`
/// if they go on by themselves, or what they do is not to be found out.
pub(super) async fn shifts(source: &FetchSource, between: &[Discontinuity]) -> Option<Vec<i64>> {
    if between.is_empty() || between.len() > MOST {
        return None;
    }
    let known = source.load.shifts.borrow().clone();
    let shifts = if let Some(shifts) = known {
        shifts
    } else {
        let found = found(source, between).await.unwrap_or_default();
        source.load.shifts.send_replace(Some(found.clone()));
        found
    };
    let fits = shifts.len() == between.len() + 1;
    (fits && shifts.iter().any(|shift| *shift != 0)).then_some(shifts)
}

/// What a segment's first stamp is was not to be found out.
#[derive(Debug)]
struct Unknown;

/// Looks at the segments on both sides of each discontinuity.
async fn found(source: &FetchSource, between: &[Discontinuity]) -> Option<Vec<i64>> {
    let places = between.iter().flat_map(|it| [&it.last, &it.first]);
    let segments: Vec<FetchSource> = places.map(|place| segment(source, place)).collect();
    let stamps = stream::iter(segments).map(stamp).buffered(AT_ONCE);
    let stamps = timeout(LIMIT, stamps.try_collect::<Vec<_>>()).await;
    if let Ok(Ok(stamps)) = stamps {
        return Some(follow_on(between, &stamps));
    }
    tracing::info!(
        load = source.load.id.0,
        "the time stamps of a list are not known"
    );
    None
}

/// By how much each section is to be moved whose last and first stamps are these.
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

/// The segment at `place` of the list that comes from `source`.
fn segment(source: &FetchSource, place: &Url) -> FetchSource {
    FetchSource {
        is_link: false,
        url: place.clone(),
        ..source.clone()
    }
}

/// The first stamp of a segment.
async fn stamp(segment: FetchSource) -> Result<i64, Unknown> {
    let last = u64::try_from(HEAD).unwrap_or(u64::MAX) - 1;
    let mut answer = ask(&segment, Some((0, last))).await?;
    let mut head = BytesMut::new();
    while head.len() < HEAD
        && let Some(frame) = answer.body.frame().await
    {
        let data = frame.map_err(|_| Unknown)?.into_data();
        head.extend_from_slice(&data.unwrap_or_default());
    }
    first_stamp(&head).ok_or(Unknown)
}

/// One request, which counts for nothing: the player asks for the segment by itself later.
async fn ask(segment: &FetchSource, range: Option<(u64, u64)>) -> Result<FetchedResponse, Unknown> {
    let (load, url, headers) = (&segment.load, &segment.url, &segment.headers);
    match segment.fetcher.get(load, url, range, headers).await {
        Err(failure) if status::may_be_the_range(failure.fault.kind) => {
            let whole = segment.fetcher.get(load, url, None, headers).await;
            whole.map_err(|_| Unknown)
        }
        answer => answer.map_err(|_| Unknown),
    }
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
        // An advertisement of 4 s, behind which the film goes on by its own stamps.
        assert_eq!(seconds(&[18, 0, 2, 20]), [0, 20, 4]);
        // The same, whose stamps follow on the film's.
        assert_eq!(seconds(&[18, 20, 22, 20]), [0, 0, 4]);
    }
}
