//! Words reserved in names: those that stand for everybody, for a role, or for something that a
//! member does, as the room's own lines and the commands use them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use crate::protocol::text::likeness::{fold_name, likenesses};

/// Words for everybody, for somebody or for the room itself. No name is one of these.
const WHOLE_WORDS: [&str; 16] = [
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
    "вас",
    "вам",
    "никто",
    "кто-то",
    "комната",
    "сервер",
];

/// The same, of two or three letters. Short names look like them too easily, so only these exact
/// words are refused: `Ön` and `O.N.` are valid.
const SHORT_WHOLE_WORDS: [&str; 4] = ["me", "on", "вы", "вас"];

/// Roles. No name contains one anywhere, since `Ada is admin now` and `admin Ada` claim as much as
/// `Ada admin`.
const ROLES: [&str; 10] = [
    "admin",
    "moderator",
    "mod",
    "viewer",
    "админ",
    "модератор",
    "мод",
    "зритель",
    "operator",
    "владелец",
];

/// Words that the interface or the commands write after a name: a flag, a switch, joining and
/// leaving. No name ends in one.
const LAST_WORDS: [&str; 19] = [
    "acting",
    "временно",
    "muted",
    "чата",
    "wait",
    "ждём",
    "ждем",
    "off",
    "выкл",
    "address",
    "адрес",
    "alone",
    "один",
    "одного",
    "left",
    "joined",
    // «Вера входит», «Вера покидает комнату»
    "входит",
    "выходит",
    "комнату",
];

/// The likeness forms of a list of words.
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

/// Whether a name is a reserved word, ends in one, or contains a role.
pub(super) fn is_reserved(name: &str) -> bool {
    // Numbers and punctuation between or after words do not change what they say.
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

/// What remains of a reserved name without its roles, or else without its last word; `None` if
/// nothing does.
pub(super) fn without_reserved(name: &str) -> Option<String> {
    let parts = name.split_inclusive(parts_words);
    let less: String = parts.filter(|part| !is_role(part)).collect();
    if less != name {
        return Some(less);
    }
    let (before, _) = name.rsplit_once(' ')?;
    Some(before.to_owned())
}

/// Whether a word is a role, or contains one between hyphens, dots, emoji and the like.
fn has_role(word: &str) -> bool {
    is_role(word) || word.split(parts_words).any(is_role)
}

/// Whether a text is a role, ignoring numbers and punctuation around it.
fn is_role(text: &str) -> bool {
    ROLE_FORMS.has(text.trim_matches(|c: char| !c.is_alphabetic()))
}

fn parts_words(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c)
}
