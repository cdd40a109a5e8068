//! Emoji by their names, in English and in Russian: first those that people react with most, then all
//! others.

/// The emoji that are offered first, with Russian words for them. The order is a judgement: the five
/// of the reaction bar, then what chats about videos are full of.
const COMMON: [(&str, &str); 44] = [
    ("❤️", "сердце любовь"),
    ("🔥", "огонь"),
    ("😂", "смех ржу"),
    ("😱", "ужас страх"),
    ("💀", "череп умер"),
    ("👍", "класс лайк да"),
    ("👎", "дизлайк нет"),
    ("😭", "плачу реву"),
    ("😍", "влюблён обожаю"),
    ("🎉", "праздник ура"),
    ("👏", "браво аплодисменты"),
    ("🍿", "попкорн"),
    ("🤣", "смех ржу"),
    ("😅", "неловко фух"),
    ("🤔", "думаю хм"),
    ("😢", "грусть"),
    ("😡", "злость"),
    ("😮", "ого удивление"),
    ("🥰", "нежность"),
    ("😎", "круто очки"),
    ("🙏", "спасибо прошу"),
    ("👀", "глаза смотрю"),
    ("💯", "сто"),
    ("🤯", "взрыв мозг"),
    ("😴", "сон скучно"),
    ("🙈", "обезьяна стыдно"),
    ("🤡", "клоун"),
    ("💔", "разбитое сердце"),
    ("✨", "блеск искры"),
    ("👻", "призрак"),
    ("😈", "чёрт"),
    ("🤦", "фейспалм"),
    ("🤷", "не знаю"),
    ("👋", "привет пока"),
    ("🥳", "праздник"),
    ("😏", "ухмылка"),
    ("🎬", "кино фильм"),
    ("🎵", "музыка нота"),
    ("🍕", "пицца"),
    ("🍻", "пиво"),
    ("☕", "кофе"),
    ("🐱", "кот кошка"),
    ("🐶", "собака пёс"),
    ("⭐", "звезда"),
];

/// The Russian names of all emoji and other words for them, from CLDR by `scripts/emoji-names`.
const RUSSIAN: &str = include_str!("emoji_ru.tsv");

/// Emoji with a name that begins so, the best first, each once.
pub(super) fn named(typed: &str) -> Vec<String> {
    let typed = plain(typed);
    let common = COMMON.iter().filter_map(|(emoji, words)| {
        let known = emojis::get(emoji)?;
        let is_word = plain(words).split(' ').any(|word| word.starts_with(&typed));
        (is_word || begins(known, &typed)).then_some(known)
    });
    let by_code = emojis::iter().filter(|emoji| {
        let mut codes = emoji.shortcodes();
        codes.any(|code| code.starts_with(&typed))
    });
    let by_word = emojis::iter().filter(|emoji| begins(emoji, &typed));
    let mut found: Vec<&str> = Vec::new();
    let russian = russian(&typed);
    for emoji in common.chain(by_code).chain(by_word).chain(russian) {
        if !found.contains(&emoji.as_str()) {
            found.push(emoji.as_str());
        }
        if found.len() >= super::MOST {
            break;
        }
    }
    found.into_iter().map(str::to_owned).collect()
}

/// A text as the Russian names are written: in small letters, and few people type `ё`.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

/// An emoji in Russian: itself, its name, and other words for it.
type RussianRow = (&'static str, &'static str, &'static str);

/// Emoji by their Russian names: those whose name begins so, then those of which a word of the name
/// does, then those of which any other word does.
fn russian(typed: &str) -> impl Iterator<Item = &'static emojis::Emoji> + '_ {
    let rows = || {
        let lines = RUSSIAN.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| {
            let (emoji, texts) = line.split_once('\t')?;
            let (name, words) = texts.split_once('\t')?;
            Some((emoji, name, words))
        })
    };
    let rules: [fn(RussianRow, &str) -> bool; 3] = [
        |(_, name, _), typed| name.starts_with(typed),
        |(_, name, _), typed| name.split([' ', '-']).any(|word| word.starts_with(typed)),
        |(_, _, words), typed| words.split(' ').any(|word| word.starts_with(typed)),
    ];
    // No name has Latin letters: most that is typed is not looked for.
    let rules = rules.into_iter().filter(|_| !typed.is_ascii());
    let fitting = rules.flat_map(move |fits| rows().filter(move |row| fits(*row, typed)));
    fitting.filter_map(|(emoji, ..)| {
        // CLDR names some without the sign that asks for a picture.
        emojis::get(emoji).or_else(|| emojis::get(&format!("{emoji}\u{fe0f}")))
    })
}

/// Whether a word of one of its names begins so.
fn begins(emoji: &emojis::Emoji, typed: &str) -> bool {
    let codes = emoji.shortcodes();
    let mut names = codes.chain([emoji.name()]);
    names.any(|name| {
        let mut words = name.split([' ', '_', '-']);
        name.starts_with(typed) || words.any(|word| word.to_lowercase().starts_with(typed))
    })
}

#[cfg(test)]
mod tests {
    use super::{COMMON, RUSSIAN, named};

    #[test]
    fn the_common_ones_come_first() {
        let first = |typed: &str| named(typed).first().cloned().unwrap_or_default();
        let rows = [
            ("fi", "🔥"),
            ("heart", "❤️"),
            ("scream", "😱"),
            ("joy", "😂"),
            ("popcorn", "🍿"),
            ("попк", "🍿"),
            ("ОГОНЬ", "🔥"),
            ("fist", "✊"),
        ];
        for (typed, emoji) in rows {
            assert_eq!(first(typed), emoji, "{typed}");
        }
        assert!(named("fi").contains(&"✊".to_owned()) || named("fis").contains(&"✊".to_owned()));
        assert!(named("zzzz").is_empty());
    }

    /// Not only the common ones have Russian names.
    #[test]
    fn every_emoji_is_found_in_russian_too() {
        for (typed, emoji) in [
            ("радуг", "🌈"),
            ("единорог", "🦄"),
            ("Ёж", "🦔"),
            ("еж", "🦔"),
            ("костёр", "🔥"),
            ("влюблен", "😍"),
            ("снеговик", "⛄"),
            ("ракета", "🚀"),
            ("динозавр", "🦕"),
        ] {
            assert!(
                named(typed).contains(&emoji.to_owned()),
                "{typed}: {:?}",
                named(typed)
            );
        }
        let known = RUSSIAN.lines().filter(|line| !line.starts_with('#'));
        let known = known.filter_map(|line| line.split('\t').next());
        let known = known.filter(|emoji| emojis::get(emoji).is_some());
        assert!(known.count() > 1_000);
        assert!(named("щщщ").is_empty());
    }

    #[test]
    fn each_common_one_is_known() {
        for (emoji, _) in COMMON {
            assert!(emojis::get(emoji).is_some(), "{emoji}");
        }
    }
}
