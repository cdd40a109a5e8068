//! Names and titles within our own sentences.

use crate::app::output::Person;
use crate::texts::language::Language;
use crate::texts::tr;

pub use crate::texts::quotes::quoted;

/// How a message tells whether a person is its reader: `yes` or `no`, for its argument `you`.
#[must_use]
pub const fn you(person: &Person) -> &'static str {
    if person.is_you { "yes" } else { "no" }
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

#[cfg(test)]
mod tests {
    use super::{object, you};
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
}
