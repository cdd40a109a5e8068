//! Words as a shell takes them, for command lines that people copy.

use std::ffi::OsString;

/// A command line.
pub(super) fn line(words: &[OsString]) -> String {
    let words = words.iter().map(|word| quoted(&word.to_string_lossy()));
    words.collect::<Vec<_>>().join(" ")
}

/// A word, in quotation marks where a shell would make something else of it.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else if word.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", word.replace('\'', "'\\''"))
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::{line, quoted};

    #[test]
    fn only_what_a_shell_would_change_is_in_quotation_marks() {
        for (word, expected) in [
            ("movie-night", "movie-night"),
            ("кино", "кино"),
            ("https://h.example/film.mp4", "https://h.example/film.mp4"),
            (
                "https://h.example/w?v=1&t=2",
                "\"https://h.example/w?v=1&t=2\"",
            ),
            ("Movie Night", "\"Movie Night\""),
            ("it's", "\"it's\""),
            ("$HOME", "'$HOME'"),
            ("it's $5", "'it'\\''s $5'"),
            ("", "\"\""),
        ] {
            assert_eq!(quoted(word), expected);
        }
        let words = ["watchtogether", "join", "Movie Night"].map(Into::into);
        assert_eq!(line(&words), "watchtogether join \"Movie Night\"");
    }
}
