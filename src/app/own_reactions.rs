//! The five emoji that are on a member's own keys 1 to 5.

use serde::{Deserialize, Serialize};

use crate::protocol::text::Emoji;

/// A member's own five emoji; kept as a list of texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct OwnReactions(Vec<Emoji>);

impl From<Vec<String>> for OwnReactions {
    /// The emoji among the texts. A file can hold anything.
    fn from(texts: Vec<String>) -> Self {
        Self::beginning_with(texts.iter().filter_map(|text| Emoji::parse(text).ok()))
    }
}

impl Default for OwnReactions {
    fn default() -> Self {
        let usual = Emoji::FIVE.iter();
        Self(usual.filter_map(|emoji| Emoji::parse(emoji).ok()).collect())
    }
}

impl OwnReactions {
    /// How many there are, one for each key.
    pub const COUNT: usize = Emoji::FIVE.len();

    /// These, and the usual ones for the keys behind them.
    #[must_use]
    pub fn beginning_with(chosen: impl IntoIterator<Item = Emoji>) -> Self {
        let mut own = Self::default();
        for (place, emoji) in own.0.iter_mut().zip(chosen) {
            *place = emoji;
        }
        own
    }

    /// The emoji of a key, counted from 1.
    #[must_use]
    pub fn get(&self, key: u8) -> Option<&Emoji> {
        self.0.get(usize::from(key).checked_sub(1)?)
    }

    /// Puts another emoji on a key. Nothing changes if there is no such key.
    pub(super) fn set(&mut self, key: u8, emoji: Emoji) {
        let place = usize::from(key).checked_sub(1);
        if let Some(own) = place.and_then(|place| self.0.get_mut(place)) {
            *own = emoji;
        }
    }

    /// All of them, in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = &Emoji> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Emoji, OwnReactions};

    #[test]
    fn the_usual_ones_stand_for_what_was_not_chosen() {
        let popcorn = Emoji::parse("🍿").unwrap();
        let mut own = OwnReactions::beginning_with([popcorn.clone()]);
        assert_eq!(own.iter().count(), OwnReactions::COUNT);
        assert_eq!(own.get(1), Some(&popcorn));
        assert_eq!(own.get(2).unwrap().as_str(), Emoji::FIVE[1]);
        own.set(5, popcorn.clone());
        own.set(6, popcorn.clone());
        own.set(0, popcorn.clone());
        assert_eq!(own.get(5), Some(&popcorn));
        assert_eq!((own.get(0), own.get(6)), (None, None));
    }
}
