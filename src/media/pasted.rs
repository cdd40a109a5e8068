//! Removes what surrounds a pasted link: quotes, brackets, Markdown, and the punctuation of the
//! sentence around it.

use super::address::MAX_LINK_BYTES;

/// Paired characters around a link: quotes of several languages, brackets, and what chats use for
/// code, emphasis and spoilers.
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

/// Punctuation that may follow a link in a sentence; removed if the rest is a link. It includes
/// East Asian punctuation and closing quotes.
const FOLLOWING: [char; 24] = [
    ',', '.', ';', ':', '!', '?', ')', ']', '}', '*', '>', '"', '»', '…', '”', '’', '›', '」',
    '。', '，', '、', '！', '；', '）',
];

/// The most bytes of words before a link that are removed (judgement: the beginning of a line).
const LONGEST_CAPTION: usize = 200;

/// Brackets that may be part of a link, opening and closing.
const BRACKETS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];

/// The most such characters that are removed (judgement: `**link**).` has four).
pub(super) const MOST_FOLLOWING: usize = 8;

/// The attributes before the address in an HTML tag, in lower case.
const ATTRIBUTES: [&str; 2] = ["href=", "src="];

/// The tags before a link in `BBCode`, in lower case.
const BBCODE: [&str; 5] = ["[url]", "[video]", "[media]", "[img]", "[audio]"];

/// The tag before a link in `BBCode` that has a text of its own.
const BBCODE_NAMED: &str = "[url=";

/// `text` without surrounding white space, invisible characters and pairs; of a Markdown link
/// (`[words](link)`) only the link. A pair may be followed by punctuation and may contain another
/// pair.
pub(super) fn bare(text: &str) -> &str {
    let mut text = text.trim_matches(is_wrapping);
    // Each pass removes at least two bytes; a longer text is refused in any case.
    for _ in 0..MAX_LINK_BYTES {
        match inside(text).or_else(|| inside_before_marks(text)) {
            Some(inner) => text = inner.trim_matches(is_wrapping),
            None => break,
        }
    }
    text
}

/// The link of an HTML tag (`<a href="link">words</a>`) or of `BBCode` (`[url]link[/url]`). `None`
/// if there is another link beside it.
pub(super) fn of_markup(text: &str) -> Option<String> {
    let (before, after) = text.split_at_checked(start_of_link(text)?)?;
    let before = before.to_ascii_lowercase();
    let quote = before.chars().next_back().filter(|it| "\"'".contains(*it));
    let opening = before.trim_end_matches(['"', '\'']);
    let is_html = ATTRIBUTES.iter().any(|it| opening.ends_with(it)) && opening.contains('<');
    let end = match quote {
        Some(quote) if is_html || opening.ends_with(BBCODE_NAMED) => after.find(quote),
        None if is_html => after.find(|char: char| char.is_whitespace() || char == '>'),
        None if opening.ends_with(BBCODE_NAMED) => after.find(']'),
        None if BBCODE.iter().any(|it| opening.ends_with(it)) => after.find("[/"),
        _ => None,
    };
    let (link, rest) = after.split_at_checked(end?)?;
    let is_alone = start_of_link(&rest.replace(link, "")).is_none();
    let caption = opening.rsplit_once(['<', '['])?.0;
    let link = if is_html {
        link.replace("&amp;", "&")
    } else {
        link.to_owned()
    };
    (is_alone && is_no_link(caption)).then_some(link)
}

/// The byte offset of the first `http://` or `https://`.
fn start_of_link(text: &str) -> Option<usize> {
    let mut starts = text.char_indices().map(|(at, _)| at);
    starts.find(|at| {
        let rest = text.get(*at..).unwrap_or_default();
        begins_with(rest, "http://") || begins_with(rest, "https://")
    })
}

/// Whether the words before a link are short enough to be dropped, and are not a link themselves.
fn is_no_link(caption: &str) -> bool {
    !caption.contains(['/', '\\', '@']) && caption.len() <= LONGEST_CAPTION
}

/// `text` without a list or quotation marker before it: `- link`, `1. link`, `> link`.
pub(super) fn without_bullet(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once(char::is_whitespace)?;
    let is_mark = |char: char| !char.is_alphanumeric() && !"/\\~.".contains(char);
    let number = first.strip_suffix(['.', ')']);
    let is_number = number.is_some_and(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    (is_number || first.chars().all(is_mark)).then_some(rest)
}

/// The link in `text`, without the words and opening punctuation before it and whatever follows it:
/// `Link: "https://…".`. `None` if the words may be a link, or an address that the link continues.
pub(super) fn without_caption(text: &str) -> Option<&str> {
    let (caption, _link) = text.split_at_checked(start_of_link(text)?)?;
    let touching = caption.rsplit(char::is_whitespace).next()?;
    let is_markdown = touching.trim_end_matches('<').ends_with("](");
    let is_apart = is_markdown || !touching.contains(char::is_alphabetic);
    if caption.is_empty() || !is_apart || !is_no_link(caption) {
        return None;
    }
    text.get(caption.trim_end_matches(is_opening).len()..)
}

/// `text` without unclosed opening punctuation before a link.
pub(super) fn without_opening(text: &str) -> &str {
    let rest = text.trim_start_matches(is_opening);
    if start_of_link(rest) == Some(0) {
        rest
    } else {
        text
    }
}

fn begins_with(text: &str, scheme: &str) -> bool {
    let start = text.get(..scheme.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// `text` without the last character, if that may be punctuation after the link.
pub(super) fn without_last_mark(text: &str) -> Option<&str> {
    text.strip_suffix(FOLLOWING).map(bare)
}

/// Whether the bracket at the end of `text` closes one within it, and so is part of the link.
pub(super) fn ends_with_its_own_bracket(text: &str) -> bool {
    BRACKETS.into_iter().any(|(open, close)| {
        text.ends_with(close) && text.matches(open).count() >= text.matches(close).count()
    })
}

/// The first word of `text` without the punctuation after it, if more words follow: `link, please`.
pub(super) fn before_the_rest(text: &str) -> Option<&str> {
    let (first, _rest) = text.split_once(char::is_whitespace)?;
    without_last_mark(first).map(without_opening)
}

/// The inside of a pair or of a Markdown link.
fn inside(text: &str) -> Option<&str> {
    markdown(text).or_else(|| {
        PAIRS
            .into_iter()
            .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
    })
}

/// The inside of a pair that is followed by punctuation: `"link".`
fn inside_before_marks(text: &str) -> Option<&str> {
    if !text.starts_with(is_opening) && !text.starts_with("![") {
        return None;
    }
    let mut text = text;
    for _ in 0..MOST_FOLLOWING {
        text = text.strip_suffix(FOLLOWING)?.trim_end_matches(is_wrapping);
        if let Some(inner) = inside(text) {
            return Some(inner);
        }
    }
    None
}

/// Whether a character opens a pair.
fn is_opening(char: char) -> bool {
    PAIRS.into_iter().any(|(open, _close)| open == char)
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

/// White space, zero-width and direction characters, byte order mark.
fn is_wrapping(char: char) -> bool {
    char.is_whitespace()
        || matches!(char, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}')
        || matches!(char, '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
