//! The rules for member names.
//!
//! A name is shown beside the room's own texts, so it must not contain parts of them: no symbol
//! that the interface draws, no end of a sentence, no number that a command would read as a member,
//! no word for a role (`reserved.rs`). Letters and digits of every script, emoji and some
//! punctuation are allowed. `likeness.rs` says which names look alike.

use std::fmt;

use emojis::Group;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;
use unicode_segmentation::UnicodeSegmentation;

use super::likeness::{PUNCTUATION, alike, fold_name, likenesses};
use super::{TextError, WrittenName, bounded, clean};
use reserved::{is_reserved, without_reserved};

mod reserved;

/// Emoji to which the screen gives a meaning: an admin's crown, and the number of members.
const TAKEN_EMOJI: [char; 2] = ['👑', '👥'];

/// Characters that letters must not look like, by Unicode's table of confusables: those that begin
/// the room's own lines or separate their words. Letters like a hyphen or a slash are allowed: `ノ`
/// is one.
const VOICE: [char; 9] = [':', '·', '*', '(', ')', '!', '=', '#', '@'];

/// See [`MemberName::operator`].
const OPERATOR: &str = "the server's operator";

/// Replaces characters that older names contain and that are no longer allowed.
const REPLACEMENT: &str = "_";

/// Why a text is not a valid member name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// It contains a character that is not allowed in names, or not at their beginning.
    #[error("names do not have {sign:?} there")]
    Sign {
        /// The first such character, for the message.
        sign: char,
    },
    /// It reads as a number: it has neither letter nor emoji.
    #[error("a name has a letter or an emoji")]
    NoLetter,
    /// It is, ends in or contains a reserved word, one that stands for everybody or for a role.
    #[error("that word is not a name")]
    Reserved,
}

/// A member's display name.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into, extend("minLength" = 1, "maxLength" = MemberName::MAX_CHARS))]
pub struct MemberName(String);

impl MemberName {
    /// The maximum length, in code points (judgement).
    pub const MAX_CHARS: usize = 24;

    /// The name of somebody whose own name has nothing valid in it.
    pub const NAMELESS: &str = "Guest";

    /// Cleans a text and accepts it if it is a valid new name.
    ///
    /// # Errors
    /// [`TextError`] if nothing visible remains, too much, or something that is not allowed in
    /// names.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let name = bounded(text, Self::MAX_CHARS)?;
        match fault(&name) {
            Some(fault) => Err(fault.into()),
            None => Ok(Self(name)),
        }
    }

    /// Makes a text into a valid name: removes characters and words that are not allowed and
    /// truncates it to the maximum length. `None` if nothing remains.
    #[must_use]
    pub fn truncated(text: &str) -> Option<Self> {
        let mut name = without_signs(text);
        loop {
            match fault(&name) {
                None => return Some(Self(name)),
                Some(NameFault::NoLetter) => return None,
                Some(NameFault::Sign { .. }) => {
                    let less = without_signs(&name);
                    if less == name {
                        return None;
                    }
                    name = less;
                }
                Some(NameFault::Reserved) => name = without_signs(&without_reserved(&name)?),
            }
        }
    }

    /// A name as a room recorded it or as somebody wrote it. Some rooms have members whose names
    /// are older than the rules. Disallowed characters are replaced rather than removed, so that
    /// names that differed by them still differ.
    ///
    /// # Errors
    /// [`TextError`] if nothing visible remains, or too much.
    pub fn recorded(text: &str) -> Result<Self, TextError> {
        let mut name = bounded(text, Self::MAX_CHARS)?;
        for _ in 0..Self::MAX_CHARS {
            if !name.graphemes(true).any(is_sign) {
                return Ok(Self(name));
            }
            let kept = |grapheme| {
                if is_sign(grapheme) {
                    REPLACEMENT
                } else {
                    grapheme
                }
            };
            name = clean(
                &name.graphemes(true).map(kept).collect::<String>(),
                Self::MAX_CHARS,
            );
        }
        Ok(Self(REPLACEMENT.to_owned()))
    }

    /// What stands where a member's name is expected for the server's operator. No member can have
    /// it, since it contains a reserved word; `strings` words it in the reader's language.
    #[must_use]
    pub fn operator() -> Self {
        Self(OPERATOR.to_owned())
    }

    /// Whether it stands for the server's operator.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.0 == OPERATOR
    }

    /// The fallback name, [`Self::NAMELESS`].
    #[must_use]
    pub fn nameless() -> Self {
        Self(Self::NAMELESS.to_owned())
    }

    /// The name as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MemberName {
    /// The form in which names are compared: case, the encoding of accents and variation selectors
    /// are ignored.
    #[must_use]
    pub fn folded(&self) -> String {
        fold_name(self.as_str())
    }

    /// The forms of the name that are compared for likeness: the folded one, and the skeletons of
    /// the name as written and in capitals. Two names look alike if any form is equal.
    #[must_use]
    pub fn likenesses(&self) -> [String; 3] {
        likenesses(self.as_str())
    }

    /// The same forms without the number that a room added. Two names share one if either [could
    /// pass for](Self::could_pass_for) the other.
    #[must_use]
    pub fn likenesses_without_number(&self) -> [String; 3] {
        likenesses(self.without_number())
    }

    /// Whether the two names look alike.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        alike(self.as_str(), other.as_str())
    }

    /// Whether the names look alike, ignoring the numbers that the room added to them.
    #[must_use]
    pub fn could_pass_for(&self, other: &Self) -> bool {
        alike(self.without_number(), other.without_number())
    }

    /// The name without the number that a room added.
    #[must_use]
    pub fn without_number(&self) -> &str {
        match self.as_str().rsplit_once(' ') {
            Some((stem, number)) if !stem.is_empty() && number.parse::<u32>().is_ok() => stem,
            _ => self.as_str(),
        }
    }
}

/// Reads the wished name of somebody who joins. An invalid name is made valid instead of refused.
///
/// # Errors
/// If nothing visible remains of it, or too much.
pub(crate) fn deserialize_wished<'de, D>(deserializer: D) -> Result<MemberName, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    bounded(&text, MemberName::MAX_CHARS).map_err(serde::de::Error::custom)?;
    Ok(MemberName::truncated(&text).unwrap_or_else(MemberName::nameless))
}

/// Reads a name that a member chooses. An invalid one is refused, since they can choose another.
///
/// # Errors
/// If it is not a valid name.
pub(crate) fn deserialize_chosen<'de, D>(deserializer: D) -> Result<MemberName, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    MemberName::parse(&text).map_err(serde::de::Error::custom)
}

/// Why a cleaned text is not a valid name; `None` if it is one.
fn fault(name: &str) -> Option<NameFault> {
    let is_lead = |grapheme: &str| {
        let first = grapheme.chars().next();
        let letter = first.is_some_and(|c| c.is_alphanumeric() || c == '_');
        letter || emojis::get(grapheme).is_some()
    };
    let mut graphemes = name.graphemes(true).enumerate();
    let wrong = graphemes.find(|(at, one)| is_sign(one) || *at == 0 && !is_lead(one));
    if let Some(sign) = wrong.and_then(|(_, grapheme)| grapheme.chars().next()) {
        return Some(NameFault::Sign { sign });
    }
    let words = name.rsplit(' ');
    if words.skip(1).any(ends_sentence) {
        return Some(NameFault::Sign { sign: '.' });
    }
    if !is_spoken(name) {
        return Some(NameFault::NoLetter);
    }
    is_reserved(name).then_some(NameFault::Reserved)
}

/// Whether a text contains a letter or an emoji.
fn is_spoken(text: &str) -> bool {
    text.contains(char::is_alphabetic) || text.graphemes(true).any(|one| emojis::get(one).is_some())
}

/// Whether a word followed by another one ends a sentence: `Ada left. Eve` is not a valid name. One
/// or two letters before the full stop are an initial or an abbreviation: `J. R.`, `St. John`.
fn ends_sentence(word: &str) -> bool {
    let stem = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let end = word.strip_prefix(stem).unwrap_or_default();
    let letters = stem.chars().rev().take_while(|c| c.is_alphabetic());
    end.contains('.') && !(1..=2).contains(&letters.count())
}

/// The text with a blank for each full stop that ends a sentence before another word.
fn without_sentences(text: &str) -> String {
    let Some((before, last)) = text.rsplit_once(' ') else {
        return text.to_owned();
    };
    let mut kept = String::with_capacity(text.len());
    for word in before.split(' ') {
        if ends_sentence(word) {
            kept.push_str(&word.replace('.', " "));
        } else {
            kept.push_str(word);
        }
        kept.push(' ');
    }
    kept + last
}

/// The text with a blank for each disallowed character and full stop, and without leading ones.
fn without_signs(text: &str) -> String {
    let cleaned = clean(text, usize::MAX);
    let kept = |grapheme| if is_sign(grapheme) { " " } else { grapheme };
    let kept: String = cleaned.graphemes(true).map(kept).collect();
    let begin = kept.trim_start_matches(|c| c == ' ' || c != '_' && PUNCTUATION.contains(&c));
    let begin = clean(begin, usize::MAX);
    clean(&without_sentences(&begin), MemberName::MAX_CHARS)
}

/// Whether a grapheme is not allowed in names.
fn is_sign(grapheme: &str) -> bool {
    match emojis::get(grapheme) {
        Some(emoji) => emoji.group() == Group::Symbols || grapheme.contains(TAKEN_EMOJI),
        None => !grapheme.chars().all(is_plain),
    }
}

/// Whether a character is a letter, a digit, a mark of one, a blank or allowed punctuation.
fn is_plain(c: char) -> bool {
    match c {
        // Click letters that look like bars, Korean letters that look like the dot of the room's
        // lines, and marks that enclose a letter in a circle or a frame.
        'ǀ'..='ǂ' | '\u{318D}' | '\u{119E}' | '\u{11A2}' | '\u{20D0}'..='\u{20FF}' => false,
        ' ' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' => true,
        _ if PUNCTUATION.contains(&c) || is_combining_mark(c) => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric() && !looks_like_sign(c),
    }
}

/// Whether a letter is drawn entirely as punctuation, or is a number or letter in brackets. The dot
/// beside a letter of Cree (`ᐌ`) is part of it.
fn looks_like_sign(c: char) -> bool {
    let seen: String = skeleton(c.encode_utf8(&mut [0; 4])).collect();
    seen.contains('(') || seen.chars().all(|like| VOICE.contains(&like))
}

impl fmt::Display for MemberName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MemberName {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        Self::recorded(&text)
    }
}

impl From<MemberName> for String {
    fn from(name: MemberName) -> Self {
        name.0
    }
}

impl From<&MemberName> for WrittenName {
    fn from(name: &MemberName) -> Self {
        Self(name.0.clone())
    }
}

#[cfg(test)]
pub(super) mod tests;
