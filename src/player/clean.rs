//! Makes text from outside, such as titles and mpv's error messages, safe to show: cleaned like all
//! text, and marked where it was cut.

use crate::protocol::text;

/// `text` cleaned to one line of at most `longest` code points; one that was cut ends in `…`.
pub(super) fn clean(text: &str, longest: usize) -> String {
    let whole = text::clean(text, usize::MAX);
    if whole.chars().count() <= longest {
        return whole;
    }
    let mut short = text::clean(&whole, longest.saturating_sub(1));
    short.push('…');
    short
}

/// A text for the log, without what stands behind the `?` of a link: that may be a token.
pub(super) fn without_queries(text: &str) -> String {
    let words = text.split_inclusive(char::is_whitespace);
    words
        .map(|word| match word.split_once('?') {
            Some((link, query)) if link.contains("://") => {
                let blank = if query.ends_with(char::is_whitespace) {
                    " "
                } else {
                    ""
                };
                format!("{link}?…{blank}")
            }
            _ => word.to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::clean;
    use crate::player::complaints::Complaints;
    use crate::protocol::text::is_hostile;
    use crate::protocol::time::LocalTime;
    use crate::sync::player::MediaProblem;

    #[test]
    fn text_from_outside_is_one_harmless_line() {
        let hostile = "a\u{1b}[31mb\r\nc\u{202e}d\u{9b}e\u{2028}f";
        assert_eq!(clean(hostile, 100), "a[31mb cde f");
        assert_eq!(clean("кино кино", 6), "кино…");
        assert_eq!(clean("  ", 6), "");
    }

    #[test]
    fn nothing_hides_in_the_reason_that_a_server_had_a_say_in() {
        let hidden = "de\u{200b}ni\u{2060}ed\u{e0041}\u{e007f} a\u{ad}s\u{3164} s";
        let climbing = format!("o{}", "\u{301}".repeat(50));
        let mut complaints = Complaints::default();
        complaints.note("lavf", &format!("{hidden}{climbing}"), LocalTime(0));
        let MediaProblem::Player { reason } = complaints.problem("loading failed") else {
            panic!("another problem");
        };
        assert!(!reason.chars().any(is_hostile), "{reason:?}");
        assert_eq!(reason, format!("denied as so{}", "\u{301}".repeat(4)));
    }

    #[test]
    fn the_log_gets_no_query_of_a_link() {
        let said = "Failed to open https://films.example/a.mp4?token=secret now, or not?";
        let logged = "Failed to open https://films.example/a.mp4?… now, or not?";
        assert_eq!(super::without_queries(said), logged);
    }
}
