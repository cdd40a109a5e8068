//! How a command is called, and what its usage says of its arguments.

use super::argument_word::ArgumentWord;
use super::table::Slash;
use crate::app::key::latin;
use crate::texts::language::Language;

/// Whether a command takes an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arity {
    /// It takes none.
    None,
    /// It does something without one, too.
    Optional,
    /// It makes no sense without one.
    Needed,
}

impl Slash {
    /// What is typed after the slash in English; also its key in the catalogue of texts and in the
    /// key map.
    #[must_use]
    pub fn name(self) -> &'static str {
        let first = self.usage().split(' ').next().unwrap_or_default();
        first.trim_start_matches('/')
    }

    /// What is typed after the slash in a language.
    #[must_use]
    pub fn name_in(self, language: Language) -> &'static str {
        let russian = self.russian().first().copied();
        match language {
            Language::English => self.name(),
            Language::Russian => russian.unwrap_or_else(|| self.name()),
        }
    }

    /// Whether it takes an argument. What its usage has in brackets may be left out.
    #[must_use]
    pub fn arity(self) -> Arity {
        let (_, arguments) = self.usage().split_once(' ').unwrap_or_default();
        let outside = arguments.split('[').map(|piece| {
            let (_, behind) = piece.split_once(']').unwrap_or(("", piece));
            behind
        });
        if arguments.is_empty() {
            Arity::None
        } else if outside.map(str::trim).all(str::is_empty) {
            Arity::Optional
        } else {
            Arity::Needed
        }
    }

    /// The words that it takes behind two hyphens, such as `wait` of `--wait`.
    pub fn options(self) -> impl Iterator<Item = ArgumentWord> {
        let tokens = self.usage().split([' ', '[', ']', '|']).skip(1);
        tokens.filter_map(|token| ArgumentWord::read(token.strip_prefix("--")?))
    }

    /// The plain words that it takes as arguments, such as `on` and `off`.
    pub fn words(self) -> impl Iterator<Item = ArgumentWord> {
        let tokens = self.usage().split([' ', '[', ']', '|']).skip(1);
        let words = tokens.filter_map(|token| ArgumentWord::read(token.trim_start_matches('-')));
        // Their list would be too long for a line of help.
        let events = [
            ArgumentWord::Mention,
            ArgumentWord::Film,
            ArgumentWord::Reaction,
        ];
        let events = events.into_iter().filter(move |_| self == Self::Alerts);
        words.chain(events)
    }

    /// The command of an English or Russian name, without regard to case, or of one that was
    /// typed on the keys of that name on a Russian layout.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let by_position: String = name.chars().map(latin).collect();
        let russian = |name: &str| {
            let mut all = Self::ALL.iter().copied();
            all.find(|slash| slash.russian().contains(&name))
        };
        let of = |name: &str| Self::ALL.iter().copied().find(|slash| slash.name() == name);
        of(&name)
            .or_else(|| russian(&name))
            .or_else(|| of(&by_position))
    }
}
