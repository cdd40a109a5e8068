//! Byte ranges: what is requested and what a response contains. Pure.
//!
//! mpv asks for everything from an offset on. The relay asks the server for pieces of [`PIECE`]
//! bytes, since some servers refuse open-ended ranges.

/// The size of one requested piece, in bytes. yt-dlp requests the same size (`http_chunk_size` of
/// its YouTube extractor); at 8 Mbit/s it is one request in 10 s.
pub(super) const PIECE: u64 = 10 * 1024 * 1024;

/// The range of bytes that a player asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ByteRange {
    /// Offset of the first byte.
    pub(super) from: u64,
    /// Offset of the last byte, inclusive; `None` for the end of the file.
    pub(super) last: Option<u64>,
}

impl ByteRange {
    /// The whole file, whatever its length.
    pub(super) const ALL: Self = Self {
        from: 0,
        last: None,
    };

    /// Parses a `Range` header with one range that counts from the start. `None` for any other
    /// form, which a server may ignore (RFC 9110, 14.2).
    pub(super) fn parse(header: &str) -> Option<Self> {
        let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
        let from = first.trim().parse().ok()?;
        let last = match last.trim() {
            "" => None,
            digits => Some(digits.parse().ok()?),
        };
        (last.is_none_or(|last| last >= from)).then_some(Self { from, last })
    }

    /// Offset of the last byte of the piece that begins at `at`, in a file of `total` bytes.
    pub(super) fn piece_end(self, at: u64, total: Option<u64>) -> u64 {
        let end = at.saturating_add(PIECE - 1);
        let end = self.last.map_or(end, |last| end.min(last));
        total.map_or(end, |total| end.min(total.saturating_sub(1)))
    }

    /// Offset after the last byte, in a file of `total` bytes.
    pub(super) fn end(self, total: u64) -> u64 {
        self.last
            .map_or(total, |last| total.min(last.saturating_add(1)))
    }
}

/// A parsed `Content-Range` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ContentRange {
    /// Offset of the first byte of the response.
    pub(super) from: u64,
    /// Offset of the last byte of the response, inclusive.
    pub(super) last: u64,
    /// The length of the file in bytes, if the server names it.
    pub(super) total: Option<u64>,
}

impl ContentRange {
    /// Parses `bytes 0-99/1000` or `bytes 0-99/*`.
    pub(super) fn parse(header: &str) -> Option<Self> {
        let (range, total) = header.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (from, last) = range.trim().split_once('-')?;
        let (from, last) = (from.parse().ok()?, last.parse().ok()?);
        let total = match total.trim() {
            "*" => None,
            digits => Some(digits.parse().ok()?),
        };
        let fits = from <= last && total.is_none_or(|total| last < total);
        fits.then_some(Self { from, last, total })
    }
}

/// Whether the `Content-Range` of a 416 says that the file is empty.
pub(super) fn says_empty(header: &str) -> bool {
    header.trim() == "bytes */0"
}

#[cfg(test)]
mod tests {
    use super::{ByteRange, ContentRange, PIECE, says_empty};

    #[test]
    fn what_players_ask_for_is_read() {
        let wanted = |from, last| Some(ByteRange { from, last });
        assert_eq!(ByteRange::parse("bytes=0-"), wanted(0, None));
        assert_eq!(ByteRange::parse("bytes=700-"), wanted(700, None));
        assert_eq!(ByteRange::parse("bytes=5-9"), wanted(5, Some(9)));
        for odd in [
            "bytes=-500",
            "bytes=9-5",
            "bytes=0-1,5-6",
            "items=0-",
            "bytes=x-",
            "bytes=-",
            "",
        ] {
            assert_eq!(ByteRange::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn pieces_are_bounded_by_the_file_and_by_what_was_asked() {
        assert_eq!(ByteRange::ALL.piece_end(0, None), PIECE - 1);
        assert_eq!(ByteRange::ALL.piece_end(0, Some(100)), 99);
        assert_eq!(ByteRange::ALL.piece_end(PIECE, None), 2 * PIECE - 1);
        let part = ByteRange {
            from: 10,
            last: Some(20),
        };
        assert_eq!(part.piece_end(10, Some(1_000)), 20);
        assert_eq!((part.end(1_000), part.end(15)), (21, 15));
        assert_eq!(ByteRange::ALL.piece_end(u64::MAX, None), u64::MAX);
    }

    #[test]
    fn what_came_is_read_and_must_make_sense() {
        let came = |from, last, total| Some(ContentRange { from, last, total });
        assert_eq!(
            ContentRange::parse("bytes 0-99/1000"),
            came(0, 99, Some(1_000))
        );
        assert_eq!(ContentRange::parse("bytes 7-9/*"), came(7, 9, None));
        for odd in [
            "bytes 9-7/10",
            "bytes 0-10/10",
            "bytes */10",
            "bytes 0-9",
            "0-9/10",
            "bytes 0-9/x",
        ] {
            assert_eq!(ContentRange::parse(odd), None, "{odd}");
        }
        assert!(says_empty("bytes */0") && !says_empty("bytes */10"));
    }
}
