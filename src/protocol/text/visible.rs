//! Text that others gave, such as a path or a key, in a message about it.

use super::cleaning::{clean, is_hostile};

/// A text on one line in which everything that could steer a terminal, reorder the line or
/// hide in it is written out, such as `\u{1b}`: so that two paths that differ in it look
/// different. At most `max_chars` code points.
#[must_use]
pub fn visible(text: &str, max_chars: usize) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hostile(c) {
            written.extend(c.escape_default());
        } else {
            written.push(c);
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
        assert_eq!(visible("abc", 2), "ab");
    }
}
