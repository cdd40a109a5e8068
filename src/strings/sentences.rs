//! Names and titles within our own sentences.

use crate::app::output::Person;
use crate::protocol::text::MemberName;
use crate::texts::language::Language;
use crate::texts::tr;

pub use crate::texts::quotes::quoted;

/// How a message tells whether a person is its reader: `yes` or `no`, for its argument `you`.
#[must_use]
pub const fn you(person: &Person) -> &'static str {
    if person.is_you { "yes" } else { "no" }
}

/// How a message tells whether a name is its reader's own, `me`: `yes` or `no`, for its argument
/// `you`.
#[must_use]
pub fn own_name(name: &MemberName, me: Option<&MemberName>) -> &'static str {
    if Some(name) == me { "yes" } else { "no" }
}

/// A person within a sentence, as its object: their name, or "you", «вас».
#[must_use]
pub fn object(language: Language, person: &Person) -> String {
    if person.is_you {
        tr!(language, "person-you-object")
    } else {
        person.name.as_str().to_owned()
    }
}

/// Who did something, at the beginning of a sentence: a member's name, or the server's operator.
#[must_use]
pub fn subject(language: Language, name: &MemberName) -> String {
    placed(language, name, "start")
}

/// Who did something, as the reasons for leaving a room name them.
#[must_use]
pub fn remover(language: Language, name: &MemberName) -> String {
    placed(language, name, "why")
}

fn placed(language: Language, name: &MemberName, place: &'static str) -> String {
    if name.is_operator() {
        tr!(language, "person-operator", place = place)
    } else {
        name.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{object, remover, subject, you};
    use crate::app::output::Person;
    use crate::protocol::text::MemberName;
    use crate::texts::language::Language;

    #[test]
    fn oneself_is_you() {
        let name = |text| MemberName::parse(text).unwrap();
        let boris = Person::other(name("Boris"));
        let oneself = Person {
            is_you: true,
            ..Person::other(name("Ann 2"))
        };
        assert_eq!((you(&boris), you(&oneself)), ("no", "yes"));
        assert_eq!(object(Language::English, &boris), "Boris");
        assert_eq!(object(Language::English, &oneself), "you");
        assert_eq!(object(Language::Russian, &oneself), "вас");
    }

    #[test]
    fn the_operator_is_named_in_the_readers_language_and_as_the_place_demands() {
        let operator = MemberName::operator();
        let named = [
            subject(Language::English, &operator),
            subject(Language::Russian, &operator),
            remover(Language::English, &operator),
            remover(Language::Russian, &operator),
        ];
        let expected = [
            "The server's operator",
            "Владелец сервера",
            "The server's operator",
            "владелец сервера",
        ];
        assert_eq!(named, expected);
        let boris = MemberName::parse("Boris").unwrap();
        assert_eq!(subject(Language::Russian, &boris), "Boris");
        assert!(
            MemberName::parse(operator.as_str()).is_err(),
            "nobody has it"
        );
    }
}
