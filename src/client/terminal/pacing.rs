//! When the next picture is made, and how its bytes go out: at most 30 a second, each shown whole.

use std::time::{Duration, Instant};

/// What stands before and behind a picture, so that a terminal that knows it shows the whole of it
/// at once (mode 2026). The others do not mind.
pub(super) const SHOW_TOGETHER: (&str, &str) = ("\x1b[?2026h", "\x1b[?2026l");

/// At most 30 pictures a second.
const FRAME: Duration = Duration::from_millis(33);

/// The earliest time of the picture that follows one of this time.
pub(super) fn next_picture(drawn: Option<Instant>, now: Instant) -> Instant {
    drawn.map_or(now, |drawn| drawn + FRAME)
}

/// A picture as it is sent; nothing if it has no bytes.
pub(super) fn shown_together(picture: &[u8]) -> Option<Vec<u8>> {
    let (begin, end) = SHOW_TOGETHER;
    (!picture.is_empty()).then(|| [begin.as_bytes(), picture, end.as_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{next_picture, shown_together};

    #[test]
    fn each_picture_is_shown_whole_and_one_that_changes_nothing_is_not_sent() {
        let sent = [b"one".as_slice(), b"", b"two"].map(shown_together);
        let sent: Vec<u8> = sent.into_iter().flatten().flatten().collect();
        let expected = "\x1b[?2026hone\x1b[?2026l\x1b[?2026htwo\x1b[?2026l";
        assert_eq!(String::from_utf8(sent).unwrap(), expected);
    }

    #[test]
    fn there_are_at_most_thirty_pictures_a_second() {
        let start = Instant::now();
        assert_eq!(
            next_picture(None, start),
            start,
            "the first is made at once"
        );
        let mut at = start;
        let mut count = 0;
        while at < start + Duration::from_secs(1) {
            at = next_picture(Some(at), at);
            count += 1;
        }
        assert!((30..=31).contains(&count), "{count}");
    }
}
