//! Finds what nobody has translated in a Russian text.

/// Names of programs and things that are written alike in every language.
const PROPER: [&str; 13] = [
    "Debian",
    "FFmpeg",
    "Redis",
    "Sentinel",
    "Ubuntu",
    "Valkey",
    "WebSocket",
    "YouTube",
    "macOS",
    "mpv",
    "redb",
    "ulimit",
    "watchtogether",
];

/// The words in Latin letters of a Russian text that are neither quoted nor proper there: what is
/// between «» or backticks, options, paths, addresses, abbreviations in capitals, names.
#[must_use]
pub(crate) fn foreign_words(text: &str) -> Vec<String> {
    let own = without_quotations(text);
    let words = own.split_whitespace();
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'));
    let foreign = words.filter(|word| {
        let is_plain = word.chars().all(|c| c.is_alphabetic() || c == '\'');
        let is_latin = word.chars().any(|c| c.is_ascii_lowercase());
        is_plain && is_latin && !PROPER.contains(word)
    });
    foreign.map(str::to_owned).collect()
}

fn without_quotations(text: &str) -> String {
    let mut own = String::new();
    let mut closing = None;
    for c in text.chars() {
        match (closing, c) {
            (None, '«') => closing = Some('»'),
            (None, '`') => closing = Some('`'),
            (None, c) => own.push(c),
            (Some(end), c) if c == end => closing = None,
            (Some(_), _) => {}
        }
    }
    own
}

#[test]
fn what_is_not_translated_is_found() {
    let text = "Нет связи (/tmp/no.sock): connection refused. Укажите --socket или TMPDIR.";
    assert_eq!(foreign_words(text), ["connection", "refused"]);
    let quoted = "Нет связи: «connection refused». Введите `watchtogether admin rooms`.";
    assert_eq!(foreign_words(quoted), [""; 0]);
}
