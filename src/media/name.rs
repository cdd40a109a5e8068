//! The name in a link, shown while no title is known.

use percent_encoding::percent_decode_str;

/// The most characters of a name: as many as in a title.
pub(super) const MAX_CHARS: usize = 120;

/// The name of the file in a path, without its extension and with blanks for separators; `None` if
/// nothing remains. It contains no control or direction characters.
pub(super) fn of_path(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let file = path.rsplit('/').next()?;
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let spaced = spaced(stem);
    let shown: String = spaced
        .chars()
        .filter(|char| !is_hidden(*char))
        .take(MAX_CHARS)
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Replaces separators by blanks. `_` and `+` always are separators; dots only if there are none of
/// those, and not between digits (`2.0`); dashes only if dots are none either, so that
/// `Spider-Man.mp4` and `Dr. No - Trailer.mp4` stay as they are.
fn spaced(stem: &str) -> String {
    let mut chars: Vec<char> = stem
        .chars()
        .map(|char| {
            if matches!(char, '_' | '+') || char.is_whitespace() {
                ' '
            } else {
                char
            }
        })
        .collect();
    for separator in ['.', '-'] {
        if chars.contains(&' ') {
            break;
        }
        chars = without(&chars, separator);
    }
    chars.into_iter().collect()
}

/// Replaces one separator by blanks, except between digits. A single dash between words
/// (`Spider-Man`) is not a separator: it takes two of them.
fn without(chars: &[char], separator: char) -> Vec<char> {
    let digit = |place: Option<usize>| {
        let char = place.and_then(|place| chars.get(place));
        char.is_some_and(char::is_ascii_digit)
    };
    let separates = |place: usize, char: char| {
        char == separator && !(digit(place.checked_sub(1)) && digit(place.checked_add(1)))
    };
    let places = chars.iter().enumerate();
    let count = places
        .filter(|(place, char)| separates(*place, **char))
        .count();
    if separator == '-' && count < 2 {
        return chars.to_vec();
    }
    let spaced = |(place, char): (usize, &char)| {
        if separates(place, *char) { ' ' } else { *char }
    };
    chars.iter().enumerate().map(spaced).collect()
}

/// Characters that could steer a terminal, reorder a line or hide in it, and the replacement
/// character of bytes that are not text.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || char == char::REPLACEMENT_CHARACTER
        || matches!(char, '\u{061C}' | '\u{00AD}' | '\u{200B}'..='\u{200F}')
        || matches!(char, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use crate::media::Media;

    #[track_caller]
    fn name(link: &str) -> String {
        Media::parse(link).unwrap().name()
    }

    #[test]
    fn a_name_is_read_as_a_person_wrote_it() {
        let cases = [
            ("film.mp4", "film"),
            (
                "A%20film%20with%20a%20name%20%D0%9A%D0%B8%D0%BD%D0%BE.mp4?sig=1#t=5",
                "A film with a name Кино",
            ),
            ("a/b/Big_Buck_Bunny.webm", "Big Buck Bunny"),
            ("Big.Buck.Bunny.2008.MP4", "Big Buck Bunny 2008"),
            ("big-buck-bunny.mp4", "big buck bunny"),
            ("Spider-Man.mp4", "Spider-Man"),
            ("Spider-Man.2.mp4", "Spider-Man 2"),
            ("Dr.%20No%20-%20Trailer.mp4", "Dr. No - Trailer"),
            ("Some+film+2.0.mkv", "Some film 2.0"),
            ("Blender-2.80.mkv", "Blender-2.80"),
            ("%E6%98%A0%E7%94%BB.mp4", "映画"),
            ("folder%2Ffilm.mp4", "film"),
            ("__film__.mp4", "film"),
        ];
        for (path, expected) in cases {
            assert_eq!(
                name(&format!("https://a.example/{path}")),
                expected,
                "{path}"
            );
        }
    }

    #[test]
    fn a_name_is_never_empty_or_hostile_or_long() {
        for path in [
            ".mp4",
            "%20.mp4",
            "%1B%07.mp4",
            "%E2%80%AE.mp4",
            "%FF.mp4",
            "_.mp4",
        ] {
            assert_eq!(
                name(&format!("https://a.example/{path}")),
                "a.example",
                "{path}"
            );
        }
        let hostile = name("https://a.example/x%1B%5B2J%E2%80%AE%0Ay%C2%9B.mp4");
        assert_eq!(hostile, "x[2J y");
        let long = name(&format!("https://a.example/{}.mp4", "a".repeat(500)));
        assert_eq!(long.chars().count(), super::MAX_CHARS);
    }

    #[test]
    fn a_youtube_link_is_its_own_name() {
        let link = "https://youtu.be/dQw4w9WgXcQ?t=5";
        assert_eq!(name(link), "youtube.com/watch?v=dQw4w9WgXcQ");
    }
}
