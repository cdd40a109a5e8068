//! Text from outside, such as titles and what mpv complains about, made safe to show.

/// Text from outside in a form that is safe to show: one line, without control characters
/// and marks that turn the direction of writing, at most `longest` characters.
pub(super) fn clean(text: &str, longest: usize) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if c.is_control() || c == '\u{2028}' || c == '\u{2029}' {
                ' '
            } else {
                c
            }
        })
        .filter(|c| !turns_direction(*c))
        .collect();
    let mut words = spaced.split_whitespace();
    let mut line = words.next().unwrap_or_default().to_owned();
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
    if line.chars().count() <= longest {
        return line;
    }
    let mut short: String = line.chars().take(longest.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// Unicode's marks that turn or isolate the direction of writing.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn text_from_outside_is_one_harmless_line() {
        let hostile = "a\u{1b}[31mb\r\nc\u{202e}d\u{9b}e\u{2028}f";
        assert_eq!(clean(hostile, 100), "a [31mb cd e f");
        assert_eq!(clean("кино кино", 6), "кино …");
        assert_eq!(clean("  ", 6), "");
    }
}
