//! The plain words that commands take as arguments, in English and in Russian.

use strum::{EnumIter, IntoEnumIterator};

use crate::texts::language::Language;

/// A word that a command takes as it stands, such as `on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub enum ArgumentWord {
    /// All proposals.
    All,
    /// A ban of the address as well.
    Address,
    /// A ban of the member only.
    Alone,
    /// Something is to be so.
    On,
    /// Something is not to be so any longer.
    Off,
    /// What is offered is accepted.
    Yes,
    /// The best quality that there is.
    Best,
    /// No picture.
    Audio,
    /// The one after the present one.
    Next,
    /// The one before the present one.
    Prev,
    /// Everything over the picture.
    Full,
    /// Only what matters over the picture.
    Quiet,
    /// The English language.
    English,
    /// The Russian language.
    Russian,
    /// As the terminal's background is.
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// In strong colours.
    HighContrast,
    /// Without colours.
    Mono,
    /// The member's own.
    Own,
    /// For how long something is to work.
    For,
    /// How often something is to work.
    Uses,
    /// A moderator.
    Moderator,
    /// As soon as something is so.
    When,
    /// Something is to wait.
    Wait,
    /// Only the progress, the chat and the line.
    Cinema,
    /// A wider chat.
    Wider,
    /// A narrower chat.
    Narrower,
    /// That somebody mentions the member.
    Mention,
    /// That media starts.
    Film,
    /// That somebody reacts.
    Reaction,
    /// Light on the screen.
    Flash,
    /// A sound of the terminal.
    Ring,
    /// Light and sound.
    Both,
    /// The chat.
    Chat,
    /// Behind a number: minutes.
    Minutes,
    /// Behind a number: hours.
    Hours,
    /// Behind a number: days.
    Days,
}

impl ArgumentWord {
    /// How it is written, in lower case: as it is shown in English, as it is shown in Russian, and
    /// what is understood besides.
    const fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::All => &["all", "все", "всё"],
            Self::Address => &["address", "адрес"],
            Self::Alone => &["alone", "один", "одного"],
            Self::On => &["on", "вкл"],
            Self::Off => &["off", "выкл"],
            Self::Yes => &["yes", "да"],
            Self::Best => &["best", "макс"],
            Self::Audio => &["audio", "звук"],
            Self::Next => &["next", "след", "следующая"],
            Self::Prev => &["prev", "пред", "предыдущая", "previous"],
            Self::Full => &["full", "полные", "полный"],
            Self::Quiet => &["quiet", "важные"],
            Self::English => &["en", "английский", "english"],
            Self::Russian => &["ru", "русский", "russian"],
            Self::Auto => &["auto", "авто"],
            Self::Dark => &["dark", "тёмная", "темная"],
            Self::Light => &["light", "светлая"],
            Self::HighContrast => &["contrast", "контрастная"],
            Self::Mono => &["mono", "моно"],
            Self::Own => &["own", "своя"],
            Self::For => &["for", "срок"],
            Self::Uses => &["uses", "раз"],
            Self::Moderator => &["moderator", "модератор"],
            Self::When => &["when", "когда"],
            Self::Wait => &["wait", "ждать"],
            Self::Cinema => &["cinema", "кино"],
            Self::Wider => &["wider", "шире"],
            Self::Narrower => &["narrower", "уже"],
            Self::Mention => &["mention", "упоминание"],
            Self::Film => &["film", "фильм"],
            Self::Reaction => &["reaction", "реакция"],
            Self::Flash => &["flash", "вспышка"],
            Self::Ring => &["ring", "звонок"],
            Self::Both => &["both", "оба"],
            Self::Chat => &["chat", "чат"],
            Self::Minutes => &["m", "м"],
            Self::Hours => &["h", "ч"],
            Self::Days => &["d", "д"],
        }
    }

    /// The word that was typed, in either language and without regard to case.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let typed = text.to_lowercase();
        Self::iter().find(|word| word.spellings().contains(&typed.as_str()))
    }

    /// How it is written in a language.
    #[must_use]
    pub fn written(self, language: Language) -> &'static str {
        let at = match language {
            Language::English => 0,
            Language::Russian => 1,
        };
        self.spellings().get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::ArgumentWord;
    use crate::texts::language::Language;

    #[test]
    fn each_word_is_read_as_it_is_written_in_either_language() {
        for word in ArgumentWord::iter() {
            for language in Language::iter() {
                let written = word.written(language);
                assert_eq!(ArgumentWord::read(written), Some(word), "{written}");
                let capitals = written.to_uppercase();
                assert_eq!(ArgumentWord::read(&capitals), Some(word), "{capitals}");
            }
        }
        for text in ["", "N", "NAME", "fire", "pause"] {
            assert_eq!(ArgumentWord::read(text), None, "{text}");
        }
    }
}
