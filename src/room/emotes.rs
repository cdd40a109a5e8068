//! The emotes of a room, and how a line of chat reads with them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::protocol::emote::{EmoteName, EmoteText};

/// The emotes of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(!transparent)]
pub struct Emotes(BTreeMap<EmoteName, EmoteText>);

impl Emotes {
    /// The most emotes of a room (judgement: more than anybody remembers; 8 KiB by the longest).
    pub const MOST: usize = 50;

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What stands for a name.
    #[must_use]
    pub fn get(&self, name: &EmoteName) -> Option<&EmoteText> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&EmoteName, &EmoteText)> {
        self.0.iter()
    }

    /// Sets what stands for a name, or takes it away. What is beyond the limit is left out.
    pub(super) fn set(&mut self, name: &EmoteName, text: Option<&EmoteText>) {
        match text {
            Some(text) if self.len() < Self::MOST || self.0.contains_key(name) => {
                self.0.insert(name.clone(), text.clone());
            }
            Some(_) => {}
            None => {
                self.0.remove(name);
            }
        }
    }

    /// A text as it reads with each `:name:` that stands alone as a word replaced by what it stands
    /// for: the room's own emote, else the emoji that has this name everywhere. `None` if there is
    /// no such word.
    #[must_use]
    pub fn spelled(&self, text: &str) -> Option<String> {
        if !text.contains(':') || !text.split(' ').any(|word| self.meant(word).is_some()) {
            return None;
        }
        let words = text.split(' ').map(|word| self.meant(word).unwrap_or(word));
        Some(words.collect::<Vec<_>>().join(" "))
    }

    /// What a word stands for, if it is a name between colons.
    fn meant(&self, word: &str) -> Option<&str> {
        let within = word.strip_prefix(':')?.strip_suffix(':')?;
        let own = EmoteName::parse(within).ok();
        let own = own.and_then(|name| self.get(&name));
        let usual = || {
            let name = within.to_ascii_lowercase();
            emojis::get_by_shortcode(&name).map(emojis::Emoji::as_str)
        };
        own.map(EmoteText::as_str).or_else(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::{EmoteName, EmoteText, Emotes};

    fn emotes(rows: &[(&str, &str)]) -> Emotes {
        let mut emotes = Emotes::default();
        for (name, text) in rows {
            let name = EmoteName::parse(name).unwrap();
            emotes.set(&name, Some(&EmoteText::parse(text).unwrap()));
        }
        emotes
    }

    #[test]
    fn a_name_that_stands_alone_is_replaced() {
        let emotes = emotes(&[("shrug", "¯\\_(ツ)_/¯"), ("film", "🎬")]);
        let spelled = |text| emotes.spelled(text).unwrap();
        assert_eq!(spelled("well :shrug: ok"), "well ¯\\_(ツ)_/¯ ok");
        assert_eq!(spelled(":film: :Film:"), "🎬 🎬");
        for text in [
            "a:film:", ":film:!", ":none:", "film", ": :", "::", "1:30:20",
        ] {
            assert_eq!(emotes.spelled(text), None);
        }
    }

    #[test]
    fn the_usual_names_are_emoji_unless_the_room_has_its_own() {
        let none = Emotes::default();
        let read = none.spelled("so :fire: :Fire: :+1:").unwrap();
        assert_eq!(read, "so 🔥 🔥 👍");
        assert_eq!(none.spelled("at 1:30:20 a:fire:"), None);
        let own = emotes(&[("cat", "🐈 мур")]);
        assert_eq!(own.spelled(":cat: :tada:").unwrap(), "🐈 мур 🎉");
    }

    #[test]
    fn there_is_a_limit() {
        let mut many = Emotes::default();
        let text = EmoteText::parse("🎬").unwrap();
        for number in 0..Emotes::MOST + 3 {
            many.set(
                &EmoteName::parse(&format!("e{number:02}")).unwrap(),
                Some(&text),
            );
        }
        assert_eq!(many.len(), Emotes::MOST);
        let first = EmoteName::parse("e00").unwrap();
        many.set(&first, Some(&EmoteText::parse("🍿").unwrap()));
        assert_eq!(many.get(&first).unwrap().as_str(), "🍿");
        many.set(&first, None);
        assert_eq!(many.len(), Emotes::MOST - 1);
    }
}
