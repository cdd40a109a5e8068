//! A complete HLS list served as a live one.

use std::fmt::Write as _;

/// The wall time of the first segment of every dated list, in seconds after midnight.
const FIRST: f64 = 3_600.0;

/// The window of `list` that begins at segment `shift`; it stops moving at the list's end.
pub(super) fn window(list: &str, segments: usize, shift: usize, dated: bool) -> String {
    let mut head = Vec::new();
    let mut parts: Vec<(f64, &str)> = Vec::new();
    let mut length = None;
    for line in list.lines() {
        if let Some(reported) = line.strip_prefix("#EXTINF:") {
            length = reported
                .split(',')
                .next()
                .and_then(|reported| reported.parse().ok());
        } else if let Some(length) = length.take() {
            parts.push((length, line));
        } else if ![
            "#EXT-X-ENDLIST",
            "#EXT-X-PLAYLIST-TYPE",
            "#EXT-X-MEDIA-SEQUENCE",
        ]
        .iter()
        .any(|tag| line.starts_with(tag))
        {
            head.push(line);
        }
    }
    let from = shift.min(parts.len().saturating_sub(segments));
    let mut at = FIRST
        + parts
            .iter()
            .take(from)
            .map(|(length, _)| length)
            .sum::<f64>();
    let mut text = head.join("\n");
    let _written = write!(text, "\n#EXT-X-MEDIA-SEQUENCE:{from}\n");
    for (length, name) in parts.iter().skip(from).take(segments) {
        if dated {
            let _written = writeln!(text, "#EXT-X-PROGRAM-DATE-TIME:{}", clock(at));
        }
        let _written = write!(text, "#EXTINF:{length:.6},\n{name}\n");
        at += length;
    }
    text
}

/// A time on the day of all dated lists, as `EXT-X-PROGRAM-DATE-TIME` has it.
fn clock(seconds: f64) -> String {
    let (hours, rest) = ((seconds / 3_600.0).floor(), seconds % 3_600.0);
    let (minutes, seconds) = ((rest / 60.0).floor(), rest % 60.0);
    format!("2026-01-01T{hours:02}:{minutes:02}:{seconds:06.3}Z")
}
