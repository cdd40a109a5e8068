//! Words that names do not have: those that stand for everybody, for a role, or for what a
//! member does, in the room's own lines and in commands.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use crate::protocol::text::likeness::{fold_name, likenesses};

/// Words that stand for everybody, for somebody or for the room itself: no whole name.
const WHOLE_WORDS: [&str; 10] = [
    "all",
    "все",
    "всё",
    "everybody",
    "everyone",
    "somebody",
    "nobody",
    "you",
    "room",
    "server",
];

/// The same, of two letters. Short names look like them too easily, so only these very words
/// are no names: `Ön` and `O.N.` are.
const SHORT_WHOLE_WORDS: [&str; 2] = ["me", "on"];

/// Roles: no name has one anywhere, since `Ada is admin now` and `admin Ada` say as much as
/// `Ada admin`.
const ROLES: [&str; 7] = [
    "admin",
    "moderator",
    "mod",
    "viewer",
    "админ",
    "модератор",
    "зритель",
];

/// Words that the faces or the commands write behind a name: a mark, a switch, coming and
/// going. No name ends in one.
const LAST_WORDS: [&str; 11] = [
    "acting",
    "muted",
    "wait",
    "off",
    "address",
    "адрес",
    "alone",
    "один",
    "одного",
    "left",
    "joined",
];

/// What words look like.
struct Forms(LazyLock<BTreeSet<String>>);

static WHOLE_FORMS: Forms = Forms(LazyLock::new(|| forms(&WHOLE_WORDS)));
static ROLE_FORMS: Forms = Forms(LazyLock::new(|| forms(&ROLES)));
static LAST_FORMS: Forms = Forms(LazyLock::new(|| forms(&LAST_WORDS)));

fn forms(words: &[&str]) -> BTreeSet<String> {
    words.iter().flat_map(|word| likenesses(word)).collect()
}

impl Forms {
    /// Whether a text looks like one of the words.
    fn has(&self, text: &str) -> bool {
        likenesses(text).iter().any(|form| self.0.contains(form))
    }
}

/// Whether a name is a reserved word, ends in one, or has a role in it.
pub(super) fn is_reserved(name: &str) -> bool {
    // A number or a sign between or behind words leaves them what they say.
    let words: Vec<&str> = name
        .split(' ')
        .filter(|word| super::is_spoken(word))
        .collect();
    let whole = words.join(" ");
    let last = words.last().copied().unwrap_or_default();
    SHORT_WHOLE_WORDS.contains(&fold_name(&whole).as_str())
        || WHOLE_FORMS.has(&whole)
        || LAST_FORMS.has(last)
        || words.into_iter().any(has_role)
}

/// What is left of a reserved name without its roles, or else without its last word; `None` if
/// that is nothing.
pub(super) fn without_reserved(name: &str) -> Option<String> {
    let parts = name.split_inclusive(parts_words);
    let less: String = parts.filter(|part| !is_role(part)).collect();
    if less != name {
        return Some(less);
    }
    let (before, _) = name.rsplit_once(' ')?;
    Some(before.to_owned())
}

/// Whether a word is a role, or has one between hyphens, dots, emoji and their like.
fn has_role(word: &str) -> bool {
    is_role(word) || word.split(parts_words).any(is_role)
}

/// Whether a text is a role, whatever numbers and signs stand around it.
fn is_role(text: &str) -> bool {
    ROLE_FORMS.has(text.trim_matches(|c: char| !c.is_alphabetic()))
}

fn parts_words(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c)
}
