//! Mistakes in the syntax of a configuration file. What people get wrong is worded; the rest is
//! quoted from the parser.

use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::tr;

/// What is wrong with the syntax, by the parser's message, to follow a colon.
pub(super) fn words(language: Language, message: &str) -> String {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|words| message.starts_with(words));
    if begins(&["duplicate key"]) {
        tr!(language, "config-why-key-twice")
    } else if begins(&["string values must be quoted"]) {
        tr!(language, "config-why-unquoted")
    } else if begins(&["key with no value", "missing value", "missing assignment"]) {
        tr!(language, "config-why-no-value")
    } else if begins(&["unclosed"]) {
        tr!(language, "config-why-open-bracket")
    } else if begins(&["invalid basic string", "invalid literal string"]) {
        tr!(language, "config-why-open-quote")
    } else if begins(&["missing comma"]) {
        tr!(language, "config-why-no-comma")
    } else {
        quoted(language, message)
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::words;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language::{English, Russian};

    #[test]
    fn what_people_get_wrong_is_worded() {
        let rows = [
            ("name = 1\nname = 2", "set twice", "дважды"),
            ("name = Ada", "quotation marks", "кавычек"),
            ("name = Ada Lovelace", "quotation marks", "кавычек"),
            ("name", "= and a value", "нужны = и значение"),
            ("name =", "the value is missing", "нет значения"),
            ("[join\n", "isn't closed", "скобка не закрыта"),
            ("listen = [1, 2\n", "isn't closed", "скобка не закрыта"),
            ("name = \"Ada", "quotation mark", "кавычка не закрыта"),
            ("listen = [\"a\" \"b\"]", "comma", "запятой"),
        ];
        for (text, english, russian) in rows {
            let error = DeTable::parse(text).unwrap_err();
            let message = error.message();
            let said = words(English, message);
            assert!(said.contains(english), "{text}: {message}: {said}");
            let said = words(Russian, message);
            assert!(said.contains(russian), "{text}: {message}: {said}");
        }
    }

    #[test]
    fn what_only_the_parser_words_is_quoted() {
        let message = "integers with a radix cannot be signed";
        assert_eq!(words(English, message), format!("“{message}”"));
        assert_eq!(words(Russian, message), format!("«{message}»"));
        assert_eq!(foreign_words(&words(Russian, message)), [""; 0]);
    }
}
