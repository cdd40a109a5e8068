//! The emotes of a room, and how a line of chat reads with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::protocol::emote::{EmoteName, EmoteText};

/// The emotes of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
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
    /// for; `None` if there is no such word.
    #[must_use]
    pub fn spelled(&self, text: &str) -> Option<String> {
        let emote = |word: &str| {
            let is_named = word.len() > 2 && word.starts_with(':') && word.ends_with(':');
            let name = EmoteName::parse(word).ok().filter(|_| is_named)?;
            self.get(&name)
        };
        if self.is_empty() || !text.split(' ').any(|word| emote(word).is_some()) {
            return None;
        }
        let words = text.split(' ');
        let words = words.map(|word| emote(word).map_or(word, EmoteText::as_str));
        Some(words.collect::<Vec<_>>().join(" "))
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
        for text in ["a:film:", ":film:!", ":none:", "film", ": :", "1:30:20"] {
            assert_eq!(emotes.spelled(text), None);
        }
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
