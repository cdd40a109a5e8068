//! Emoji by their names: first those that people react with most, then all others.

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

/// Emoji with a name that begins so, the best first, each once.
pub(super) fn named(typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let common = COMMON.iter().filter_map(|(emoji, words)| {
        let known = emojis::get(emoji)?;
        let is_word = words.split(' ').any(|word| word.starts_with(&typed));
        (is_word || begins(known, &typed)).then_some(known)
    });
    let by_code = emojis::iter().filter(|emoji| {
        let mut codes = emoji.shortcodes();
        codes.any(|code| code.starts_with(&typed))
    });
    let by_word = emojis::iter().filter(|emoji| begins(emoji, &typed));
    let mut found: Vec<&str> = Vec::new();
    for emoji in common.chain(by_code).chain(by_word) {
        if !found.contains(&emoji.as_str()) {
            found.push(emoji.as_str());
        }
        if found.len() >= super::MOST {
            break;
        }
    }
    found.into_iter().map(str::to_owned).collect()
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
    use super::{COMMON, named};

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

    #[test]
    fn each_common_one_is_known() {
        for (emoji, _) in COMMON {
            assert!(emojis::get(emoji).is_some(), "{emoji}");
        }
    }
}
