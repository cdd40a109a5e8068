//! Which names are equal, and which look alike.
//!
//! Names are looked up by their folded form. Nobody gets a name that looks like another member's:
//! the skeletons of Unicode's table of confusables (Technical Standard 39) are compared, for the
//! name as written and in capitals, without accents and punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// The punctuation allowed in names beside letters, digits and emoji: what people's names contain,
/// and the underscore of login names. Comparison ignores it. After the common ones come the
/// apostrophe of Uzbek and Hawaiian, the hyphen, geresh and gershayim of Hebrew, the hyphen and
/// apostrophe of Armenian, and the syllable separator of Tibetan.
pub(super) const PUNCTUATION: [char; 13] = [
    '-', '_', '.', '\'', '’', '&', '‘', '\u{5BE}', '\u{5F3}', '\u{5F4}', '\u{58A}', '\u{55A}',
    '\u{F0B}',
];

/// Whether two texts look alike: any of their [`likenesses`] is equal.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let mut pairs = likenesses(one).into_iter().zip(likenesses(other));
    pairs.any(|(one, other)| one == other)
}

/// The form in which names are compared: case, the encoding of accents and variation selectors are
/// ignored.
#[must_use]
pub fn fold_name(text: &str) -> String {
    // Lower case may come apart again, as that of a capital I with a dot does.
    plain(&plain(&visible(text)).to_lowercase())
}

/// The forms whose equality means that two names look alike. The forms of each kind begin with a
/// character of their own, so that only forms of one kind are equal: a written `I` looks like a
/// written `l`, but `ian` does not look like `Lan`.
pub(super) fn likenesses(text: &str) -> [String; 3] {
    let plain = plain(&visible(text));
    let letters: String = plain
        .chars()
        .filter(|c| *c != ' ' && !PUNCTUATION.contains(c))
        .collect();
    let seen = if letters.is_empty() { &plain } else { &letters };
    [
        format!("={}", fold_name(text)),
        format!("~{}", outline(seen)),
        format!("^{}", outline(&seen.to_uppercase())),
    ]
}

/// The skeleton without accents. A join compares all names of a room, so the ASCII letters, which
/// most names consist of, skip the table.
fn outline(text: &str) -> String {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return skeleton(text).filter(|c| !is_accent(*c)).collect();
    }
    let mut outline = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'm' => outline.push_str("rn"),
            'I' | '1' => outline.push('l'),
            '0' => outline.push('O'),
            c => outline.push(c),
        }
    }
    outline
}

/// Combining marks used with letters of any script. Marks of a single script, such as the vowels of
/// Hindi, are letters of their own.
const fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{FE20}'..='\u{FE2F}')
}

fn plain(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        text.nfkc().collect()
    }
}

/// The text without variation selectors and the like.
fn visible(text: &str) -> String {
    let chars = text.chars();
    chars
        .filter(|c| !matches!(c, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use unicode_security::skeleton;

    use super::outline;

    #[test]
    fn plain_letters_have_the_outline_that_the_table_gives_them() {
        for c in ('0'..='z').filter(char::is_ascii_alphanumeric) {
            let text = c.to_string();
            assert_eq!(outline(&text), skeleton(&text).collect::<String>());
        }
    }
}
