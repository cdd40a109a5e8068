//! What a member may be called.
//!
//! A name stands beside the room's own words in every face, so it has nothing of theirs in it:
//! no sign that they are drawn with, no end of a sentence, no number that a command takes for a
//! member, no word that stands for a role (`reserved.rs`). Letters and digits of every script,
//! emoji and a few signs are left. Which names look alike is told by `likeness.rs`.

use std::fmt;

use emojis::Group;
use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::char::is_combining_mark;
use unicode_security::skeleton;
use unicode_segmentation::UnicodeSegmentation;

use super::likeness::{PUNCTUATION, alike, fold_name, likenesses};
use super::{TextError, WrittenName, bounded, clean};
use reserved::{is_reserved, without_reserved};

mod reserved;

/// Emoji that the screen has a meaning for.
const TAKEN_EMOJI: [char; 2] = ['👑', '👥'];

/// What letters may not look like, by Unicode's table of confusables: the signs that begin the
/// room's own lines or part their words. Letters like a hyphen or a slash stay: `ノ` is one.
const VOICE: [char; 9] = [':', '·', '*', '(', ')', '!', '=', '#', '@'];

/// Stands in the place of what a name that was given long ago may not have any more.
const REPLACEMENT: &str = "_";

/// Why a text is no name for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Something in it is no part of names, or none that they begin with.
    #[error("names do not have {sign:?} there")]
    Sign {
        /// Its first character.
        sign: char,
    },
    /// It reads as a number.
    #[error("a name has a letter or an emoji")]
    NoLetter,
    /// It is, ends in or has in it a word that stands for everybody or for a role.
    #[error("that word is not a name")]
    Reserved,
}

/// A member's display name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MemberName(String);

impl MemberName {
    /// The most code points it may have.
    pub const MAX_CHARS: usize = 24;

    /// What somebody is called of whose name nothing is left.
    pub const NAMELESS: &str = "Guest";

    /// Cleans a text and takes it if it is a name that a member may choose.
    ///
    /// # Errors
    /// [`TextError`] if nothing visible is left, too much, or something that names do not have.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let name = bounded(text, Self::MAX_CHARS)?;
        match fault(&name) {
            Some(fault) => Err(fault.into()),
            None => Ok(Self(name)),
        }
    }

    /// The name that is left of a text: without the signs and words that names do not have, cut
    /// to the greatest length. `None` if nothing is left.
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

    /// A name as a room knows it or somebody wrote it: rooms have members whose names are older
    /// than the rules. What names may not have any more is replaced, so that two who were told
    /// apart by it still are.
    ///
    /// # Errors
    /// [`TextError`] if nothing visible is left, or too much.
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

    /// The name of somebody of whose name nothing is left: [`Self::NAMELESS`].
    #[must_use]
    pub fn nameless() -> Self {
        Self(Self::NAMELESS.to_owned())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MemberName {
    /// The name in the form in which names are compared: without regard to case, to how its
    /// accents are written, or to characters that only choose a form.
    #[must_use]
    pub fn folded(&self) -> String {
        fold_name(self.as_str())
    }

    /// The forms of the name of which two that look alike have one in common: the folded one,
    /// and the skeletons as it is written and in capitals.
    #[must_use]
    pub fn likenesses(&self) -> [String; 3] {
        likenesses(self.as_str())
    }

    /// The same forms of the name without the number that a room once gave it: two names have
    /// one in common if either [could pass for](Self::could_pass_for) the other.
    #[must_use]
    pub fn likenesses_without_number(&self) -> [String; 3] {
        likenesses(self.without_number())
    }

    /// Whether the two names look alike.
    #[must_use]
    pub fn looks_like(&self, other: &Self) -> bool {
        alike(self.as_str(), other.as_str())
    }

    /// Whether the names look alike but for the numbers that the room added to them.
    #[must_use]
    pub fn could_pass_for(&self, other: &Self) -> bool {
        alike(self.without_number(), other.without_number())
    }

    /// The name without the number that a room once gave it.
    #[must_use]
    pub fn without_number(&self) -> &str {
        match self.as_str().rsplit_once(' ') {
            Some((stem, number)) if !stem.is_empty() && number.parse::<u32>().is_ok() => stem,
            _ => self.as_str(),
        }
    }
}

/// Reads the name of somebody who comes in, who is not turned away for it: it becomes what is
/// left of it.
///
/// # Errors
/// If nothing visible is in it, or too much.
pub(crate) fn deserialize_wished<'de, D>(deserializer: D) -> Result<MemberName, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    bounded(&text, MemberName::MAX_CHARS).map_err(serde::de::Error::custom)?;
    Ok(MemberName::truncated(&text).unwrap_or_else(MemberName::nameless))
}

/// Reads a name that a member chooses, who can choose another.
///
/// # Errors
/// If it is no name that a member may have.
pub(crate) fn deserialize_chosen<'de, D>(deserializer: D) -> Result<MemberName, D::Error>
where
    D: Deserializer<'de>,
{
    let text = String::deserialize(deserializer)?;
    MemberName::parse(&text).map_err(serde::de::Error::custom)
}

/// What keeps a cleaned text from being a name, if anything does.
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

/// Whether there is a letter or an emoji in a text.
fn is_spoken(text: &str) -> bool {
    text.contains(char::is_alphabetic) || text.graphemes(true).any(|one| emojis::get(one).is_some())
}

/// Whether a word before another ends a sentence: `Ada left. Eve` is no name. One or two letters
/// before the full stop are an initial, or short for a word: `J. R.`, `St. John`.
fn ends_sentence(word: &str) -> bool {
    let stem = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    let end = word.strip_prefix(stem).unwrap_or_default();
    let letters = stem.chars().rev().take_while(|c| c.is_alphabetic());
    end.contains('.') && !(1..=2).contains(&letters.count())
}

/// A text with a blank for each full stop of a word that ends a sentence before another.
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

/// A text with a blank for each sign and full stop that names do not have, and none at its
/// beginning.
fn without_signs(text: &str) -> String {
    let cleaned = clean(text, usize::MAX);
    let kept = |grapheme| if is_sign(grapheme) { " " } else { grapheme };
    let kept: String = cleaned.graphemes(true).map(kept).collect();
    let begin = kept.trim_start_matches(|c| c == ' ' || c != '_' && PUNCTUATION.contains(&c));
    let begin = clean(begin, usize::MAX);
    clean(&without_sentences(&begin), MemberName::MAX_CHARS)
}

/// Whether a grapheme is no part of names.
fn is_sign(grapheme: &str) -> bool {
    match emojis::get(grapheme) {
        Some(emoji) => emoji.group() == Group::Symbols || grapheme.contains(TAKEN_EMOJI),
        None => !grapheme.chars().all(is_plain),
    }
}

/// Whether a character is a letter, a digit, a mark of one, a blank or one of the few signs.
fn is_plain(c: char) -> bool {
    match c {
        // Clicks that look like bars, Korean letters that look like the dot of the room's lines,
        // and marks that put a letter into a circle or a frame.
        'ǀ'..='ǂ' | '\u{318D}' | '\u{119E}' | '\u{11A2}' | '\u{20D0}'..='\u{20FF}' => false,
        ' ' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' => true,
        _ if PUNCTUATION.contains(&c) || is_combining_mark(c) => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric() && !looks_like_sign(c),
    }
}

/// Whether a letter is drawn as signs and nothing else, or is a number or a letter in brackets.
/// The dot beside a letter of Cree (`ᐌ`) is part of it.
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
