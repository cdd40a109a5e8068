//! Determines the length of media as soon as it can be known.
//!
//! mpv always reports a `duration`, but if the container has none it is the last time stamp read so
//! far. What distinguishes them (measured on mpv 0.35.1, 8 plays each of WebM without a duration,
//! fragmented MP4, OGG and TS without ranges, HLS, MP3):
//!
//! - a last time stamp is never far beyond the cached end, a container's duration usually is; an
//!   OGG page read ahead of the cache was up to 5.2 s long;
//! - a last time stamp changes while data arrives, a container's duration does not: it stays the
//!   same while far more is cached than the longest page or fragment that was seen;
//! - at the end of the data both are right.
//!
//! FFmpeg estimates a duration from the size and the bitrate if it cannot read the end (an OGG of
//! 60 s, without ranges: 161 s), and says so in its log. Such a duration is never used; the end of
//! the data gives the length.
//!
//! For a WebM that begins at 5 s mpv reports the last time stamp as the duration, although its
//! playback begins at 0: the start is subtracted, unless more data appears.

use crate::protocol::time::Span;

/// A duration this far beyond the end of the cache, in seconds, is the container's: far more than
/// the longest OGG page that was seen ahead of the cache (5.2 s).
const FAR: f64 = 30.0;

/// A duration that stayed the same while this much more was cached, in seconds, is the container's:
/// longer than any last time stamp stayed. Most of those change within 0.2 s of new data; the
/// exceptions (measured, without ranges, at 60 and 100 kB/s) are fragments of 1 s with 0.8 s, and
/// fragments of 10 s, which FFmpeg's encoders write by default, with 10.06 s.
const SAME_WHILE_CACHED: f64 = 12.0;

/// Durations that differ by less than this, in seconds, are the same: HLS corrects the sum of its
/// segments by less than a millisecond at its end.
const SAME: f64 = 0.1;

/// Data cached this far beyond a length, in seconds, shows that there is more: the tracks of one
/// file end up to a frame apart.
const BEYOND: f64 = 0.5;

/// One reading of the media's data. The duration must be read before the rest: otherwise data that
/// is cached in between makes it look far beyond the cache.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct DurationReading {
    /// `duration`, in seconds.
    pub(super) duration: Option<f64>,
    /// `cache-end`: the end of the cached data, in seconds.
    pub(super) end: Option<f64>,
    /// Whether the end of the data is cached and nothing broke on the way there.
    pub(super) whole: bool,
    /// Whether the duration is estimated from the bitrate.
    pub(super) guessed: bool,
}

/// Whether a line of mpv's log says that a duration is estimated (FFmpeg's
/// `estimate_timings_from_bit_rate`).
pub(super) fn is_guess(line: &str) -> bool {
    line.contains("Estimating duration from bitrate")
}

/// Tracks the length of media while its data arrives.
#[derive(Debug, Default)]
pub(super) struct LengthWatch {
    /// The first time stamp, in seconds, if `duration` includes it and playback does not.
    start: f64,
    /// The last duration read, in seconds.
    last: Option<f64>,
    /// Whether it ever changed: then it is not the container's.
    grows: bool,
    /// The furthest cached end, in seconds.
    furthest: f64,
    /// The furthest cached end when a duration was first read.
    at_first: Option<f64>,
    /// The last reported length, in seconds.
    reported: Option<f64>,
}

impl LengthWatch {
    /// For media whose duration includes `start` seconds that playback does not.
    pub(super) fn new(start: f64) -> Self {
        Self {
            start,
            ..Self::default()
        }
    }

    /// Handles a reading; returns the length when it is first certain, and when it changes.
    pub(super) fn read(&mut self, reading: DurationReading) -> Option<Span> {
        let duration = reading
            .duration
            .filter(|seconds| seconds.is_finite() && *seconds > 0.0)?;
        if self.last.is_some_and(|last| (last - duration).abs() > SAME) {
            self.grows = true;
        }
        self.last = Some(duration);
        let end = reading.end.filter(|end| end.is_finite());
        self.furthest = self.furthest.max(end.unwrap_or(0.0));
        let at_first = *self.at_first.get_or_insert(self.furthest);
        let length = if reading.guessed {
            self.furthest
        } else {
            self.without_start(duration)
        };
        let is_far = length - self.furthest > FAR;
        let stayed_same = self.furthest - at_first > SAME_WHILE_CACHED;
        let is_containers = !self.grows && !reading.guessed && (is_far || stayed_same);
        // A length that is behind the cache was read before more data arrived.
        let is_certain = (reading.whole || is_containers) && length > self.furthest - BEYOND;
        let overtaken = self
            .reported
            .is_some_and(|reported| self.furthest > reported + BEYOND);
        if !is_certain && !overtaken {
            return None;
        }
        let length = if reading.whole || overtaken {
            length.max(self.furthest)
        } else {
            length
        };
        if self
            .reported
            .is_some_and(|reported| (reported - length).abs() <= SAME)
        {
            return None;
        }
        self.reported = Some(length);
        Some(Span::from_seconds(length))
    }

    /// The length for a duration, both in seconds.
    fn without_start(&self, duration: f64) -> f64 {
        let length = duration - self.start;
        if length <= 0.0 || self.furthest > length + BEYOND {
            duration
        } else {
            length
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DurationReading, LengthWatch};
    use crate::protocol::time::Span;

    fn reading(duration: f64, end: f64, whole: bool) -> DurationReading {
        DurationReading {
            duration: Some(duration),
            end: Some(end),
            whole,
            guessed: false,
        }
    }

    #[test]
    fn a_guess_from_the_bitrate_is_no_length() {
        assert!(super::is_guess(
            "Estimating duration from bitrate, this may be inaccurate"
        ));
        let guess = |end, whole| DurationReading {
            guessed: true,
            ..reading(161.2, end, whole)
        };
        let mut watch = LengthWatch::new(0.0);
        assert_eq!(watch.read(guess(1.5, false)), None);
        assert_eq!(watch.read(guess(59.0, false)), None);
        assert_eq!(
            watch.read(guess(59.98, true)),
            Some(Span::from_seconds(59.98))
        );
    }

    #[test]
    fn the_word_of_a_container_is_believed_at_once() {
        let mut watch = LengthWatch::new(0.0);
        let reported = watch.read(reading(5_400.0, 0.2, false));
        assert_eq!(reported, Some(Span::seconds(5_400)));
        assert_eq!(watch.read(reading(5_400.0, 8.0, false)), None, "told once");
        assert_eq!(watch.read(reading(5_400.0, 5_399.9, true)), None);
    }

    #[test]
    fn a_recording_without_a_length_has_none_until_all_of_it_was_read() {
        // rec.webm, `-live 1`, 30 s, at twice its rate.
        let mut watch = LengthWatch::new(0.0);
        for at in [0.2, 1.2, 2.3, 4.5, 12.0, 29.0] {
            assert_eq!(watch.read(reading(at, at, false)), None, "{at}");
        }
        assert_eq!(
            watch.read(reading(29.993, 29.993, true)),
            Some(Span::from_seconds(29.993))
        );
    }

    #[test]
    fn a_duration_that_rests_while_the_cache_grows_is_the_containers_word() {
        // 25 s at hardly more than its rate: it comes whole only as it ends.
        let mut watch = LengthWatch::new(0.0);
        for end in [0.2, 4.0, 8.0, 12.0] {
            assert_eq!(watch.read(reading(25.0, end, false)), None, "{end}");
        }
        let reported = watch.read(reading(25.0, 12.3, false));
        assert_eq!(reported, Some(Span::seconds(25)));
        // Whoever joins late waits for as much.
        let mut watch = LengthWatch::new(0.0);
        for end in [8.0, 12.3, 20.0] {
            assert_eq!(watch.read(reading(25.0, end, false)), None, "{end}");
        }
        let reported = watch.read(reading(25.0, 20.1, false));
        assert_eq!(reported, Some(Span::seconds(25)));
    }

    #[test]
    fn a_fragment_ahead_of_the_cache_is_no_length() {
        // Fragments of 10 s without ranges: all of the picture comes before the sound.
        let mut watch = LengthWatch::new(0.0);
        let fragments = [
            (10.031, 0.0),
            (10.031, 4.0),
            (10.031, 10.06),
            (20.031, 10.06),
        ];
        for (duration, end) in fragments {
            assert_eq!(watch.read(reading(duration, end, false)), None, "{end}");
        }
        for end in [15.0_f64, 20.03, 29.0] {
            let reported = watch.read(reading(end.max(20.031), end, false));
            assert_eq!(reported, None, "what changed once is no container's word");
        }
    }

    #[test]
    fn a_duration_that_was_read_before_much_came_does_not_rest() {
        let mut watch = LengthWatch::new(0.0);
        assert_eq!(watch.read(reading(0.04, 0.0, false)), None);
        assert_eq!(watch.read(reading(0.04, 25.0, false)), None);
        assert_eq!(watch.read(reading(27.0, 28.0, false)), None);
    }

    #[test]
    fn a_containers_lie_is_mended_while_more_is_read() {
        // An MP4 of 30 s whose header says 20 s.
        let mut watch = LengthWatch::new(0.0);
        assert_eq!(watch.read(reading(20.0, 1.0, false)), None);
        let reported = watch.read(reading(20.0, 14.0, false));
        assert_eq!(reported, Some(Span::seconds(20)), "the best that is known");
        let mut longest = reported;
        for end in [20.4, 21.0, 25.0, 29.98] {
            let reported = watch.read(reading(f64::max(20.0, end), end, false));
            assert!(reported.is_none() || reported > longest, "{reported:?}");
            longest = reported.or(longest);
        }
        assert_eq!(watch.read(reading(30.0, 30.0, true)), None, "near enough");
        assert_eq!(longest, Some(Span::from_seconds(29.98)));
    }

    #[test]
    fn an_ogg_page_ahead_of_the_cache_is_no_length() {
        let mut watch = LengthWatch::new(0.0);
        for (duration, end) in [(5.16, 1.5), (5.16, 2.0), (5.16, 5.08), (7.12, 7.12)] {
            assert_eq!(watch.read(reading(duration, end, false)), None);
        }
    }

    #[test]
    fn a_seek_back_makes_no_length_of_what_was_read() {
        let mut watch = LengthWatch::new(0.0);
        assert_eq!(watch.read(reading(1_150.0, 1_150.0, false)), None);
        assert_eq!(watch.read(reading(1_200.0, 1_200.0, false)), None);
        assert_eq!(watch.read(reading(1_200.0, 61.0, false)), None);
    }

    #[test]
    fn the_last_word_may_come_after_the_end_of_the_data() {
        let mut watch = LengthWatch::new(0.0);
        assert_eq!(watch.read(reading(18.3, 29.99, true)), None, "still behind");
        let reported = watch.read(reading(29.99, 29.99, true));
        assert_eq!(reported, Some(Span::from_seconds(29.99)));
    }

    #[test]
    fn data_that_broke_off_has_no_length() {
        let mut watch = LengthWatch::new(0.0);
        assert_eq!(watch.read(reading(7.2, 7.2, false)), None);
        assert_eq!(watch.read(reading(7.2, 7.2, false)), None);
    }

    #[test]
    fn a_start_that_playback_does_not_count_is_taken_off() {
        let mut watch = LengthWatch::new(5.0);
        let reported = watch.read(reading(95.0, 3.0, false));
        assert_eq!(reported, Some(Span::seconds(90)));
        // Another program's file, whose duration did not count the start.
        let reported = watch.read(reading(95.0, 94.9, true));
        assert_eq!(reported, Some(Span::seconds(95)));
    }

    #[test]
    fn a_length_that_proves_too_short_is_reported_anew() {
        let mut watch = LengthWatch::new(0.0);
        assert!(watch.read(reading(40.0, 0.0, false)).is_some());
        assert_eq!(watch.read(reading(40.0, 40.2, false)), None);
        let reported = watch.read(reading(41.0, 41.0, false));
        assert_eq!(reported, Some(Span::seconds(41)));
    }

    #[test]
    fn nonsense_is_no_length() {
        let mut watch = LengthWatch::new(0.0);
        for duration in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(watch.read(reading(duration, 0.0, true)), None);
        }
        assert_eq!(watch.read(DurationReading::default()), None);
    }
}
