//! Shows text from elsewhere, such as a path or a key, within a message about it.

use super::cleaning::{clean, is_hostile};

/// The text on one line, with every character that could steer a terminal, reorder the line or hide
/// in it written as an escape such as `\u{1b}`, so that two paths that differ in one look
/// different. At most `max_chars` code points, escapes included; `…` at the end marks a cut.
#[must_use]
pub fn visible(text: &str, max_chars: usize) -> String {
    let mut written = String::new();
    let mut chars = 0;
    // The length up to which there is still room for the `…`.
    let mut kept = 0;
    for c in text.chars() {
        if is_hostile(c) {
            let code = c.escape_default();
            chars += code.len();
            written.extend(code);
        } else {
            chars += 1;
            written.push(c);
        }
        if chars < max_chars {
            kept = written.len();
        } else if chars > max_chars {
            written.truncate(kept);
            written.push('…');
            break;
        }
    }
    clean(&written, max_chars)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_could_steer_a_terminal_is_written_out() {
        let rows = [
            ("/tmp/a\u{1b}]0;x\u{7}b", "/tmp/a\\u{1b}]0;x\\u{7}b"),
            ("one\nerror: two\r", "one\\nerror: two\\r"),
            (
                "a\u{9b}2J\u{202e}b\u{200b}",
                "a\\u{9b}2J\\u{202e}b\\u{200b}",
            ),
            ("/home/Лена/映画 🍿", "/home/Лена/映画 🍿"),
        ];
        for (text, shown) in rows {
            assert_eq!(visible(text, 100), shown);
        }
    }

    #[test]
    fn what_is_too_long_is_cut_and_says_so() {
        let rows = [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("abc", 0, ""),
            ("a\u{1b}b", 8, "a\\u{1b}b"),
            // No escape is cut in half.
            ("a\u{1b}bc", 8, "a\\u{1b}…"),
            ("a\u{1b}b", 7, "a…"),
        ];
        for (text, most, shown) in rows {
            assert_eq!(visible(text, most), shown, "{text:?} {most}");
        }
        let codes = visible(&"\u{202e}".repeat(100_000), 2_000);
        assert!(codes.chars().count() <= 2_000, "as they are written out");
    }
}
