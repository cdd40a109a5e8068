//! What surrounds a link as people paste it: quotes, brackets, Markdown, and the punctuation
//! of the sentence in which it stood.

use super::address::MAX_LINK_BYTES;

/// Marks that come in pairs around a link: quotes of several languages, brackets, and what
/// chats take for code, emphasis and spoilers.
const PAIRS: [(char, char); 28] = [
    ('<', '>'),
    ('"', '"'),
    ('\'', '\''),
    ('`', '`'),
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('”', '”'),
    ('‘', '’'),
    ('‚', '‘'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('›', '‹'),
    ('’', '’'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('*', '*'),
    ('_', '_'),
    ('~', '~'),
    ('|', '|'),
];

/// Marks that may follow a link in a sentence. They are taken off where the rest is a link.
/// Those of East Asian texts and closing quotes are among them.
const FOLLOWING: [char; 24] = [
    ',', '.', ';', ':', '!', '?', ')', ']', '}', '*', '>', '"', '»', '…', '”', '’', '›', '」',
    '。', '，', '、', '！', '；', '）',
];

/// The most bytes of words before a link that are taken off (judgement: a line's beginning).
const LONGEST_CAPTION: usize = 200;

/// Brackets that a link may have in itself, opening and closing.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// The most of them that are taken off (judgement: `**link**).` has four).
pub(super) const MOST_FOLLOWING: usize = 8;

/// `text` without the space, the invisible marks and the pairs around it, and of a Markdown
/// link (`[words](link)`) only the link.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim_matches(is_wrapping);
    // Each pass takes at least two bytes off; a longer text is refused in any case.
    for _ in 0..MAX_LINK_BYTES {
        match inside(text) {
            Some(inner) => text = inner.trim_matches(is_wrapping),
            None => break,
        }
    }
    text
}

/// `text` without the mark of a list or a quotation before it: `- link`, `1. link`, `> link`.
pub(super) fn without_bullet(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    let is_mark = |char: char| !char.is_alphanumeric() && !"/\\~.".contains(char);
    let number = first.strip_suffix(['.', ')']);
    let is_number = number.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    (is_number || first.chars().all(is_mark)).then_some(rest)
}

/// The link in `text` and what follows it, where words come before it: `Link: https://…`.
/// `None` if what comes before it may be a link, or an address that goes on with it.
pub(super) fn without_caption(text: &str) -> Option<&str> {
    let at = |scheme| {
        let mut starts = text.char_indices().map(|(at, _)| at);
        starts.find(|at| begins_with(text.get(*at..).unwrap_or_default(), scheme))
    };
    let start = at("http://").into_iter().chain(at("https://")).min()?;
    let (caption, link) = text.split_at_checked(start)?;
    let touching = caption.rsplit(char::is_whitespace).next()?;
    let is_apart = !touching.contains(char::is_alphabetic);
    let is_caption = is_apart && !caption.is_empty() && !caption.contains(['/', '\\', '@']);
    (is_caption && caption.len() <= LONGEST_CAPTION).then_some(link)
}

fn begins_with(text: &str, scheme: &str) -> bool {
    let start = text.get(..scheme.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// `text` without the mark at its end that may have followed the link in a sentence.
pub(super) fn without_last_mark(text: &str) -> Option<&str> {
    text.strip_suffix(FOLLOWING).map(bare)
}

/// Whether the bracket at the end of `text` closes one within it, and so belongs to the link.
pub(super) fn ends_with_its_own_bracket(text: &str) -> bool {
    BRACKETS.into_iter().any(|(open, close)| {
        text.ends_with(close) && text.matches(open).count() >= text.matches(close).count()
    })
}

/// The first word of `text` without the mark that follows it, where more words come after it:
/// `link, please`.
pub(super) fn before_the_rest(text: &str) -> Option<&str> {
    let (first, _rest) = text.split_once(char::is_whitespace)?;
    without_last_mark(first)
}

/// What a pair or a Markdown link has inside.
fn inside(text: &str) -> Option<&str> {
    markdown(text).or_else(|| {
        PAIRS
            .into_iter()
            .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
    })
}

/// The link of `[words](link)`, of `![words](link)`, and of `[words](link "title")`.
fn markdown(text: &str) -> Option<&str> {
    let text = text.strip_prefix('!').unwrap_or(text);
    let (_words, link) = text.strip_prefix('[')?.split_once("](")?;
    let link = link.strip_suffix(')')?.trim();
    let titled = link
        .ends_with('"')
        .then(|| link.split_once(" \""))
        .flatten();
    Some(titled.map_or(link, |(link, _title)| link))
}

/// White space, zero-width and direction marks, byte order mark.
fn is_wrapping(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}')
        || matches!(char, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
