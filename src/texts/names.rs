//! Why a name is refused, and why it is ambiguous.

use crate::protocol::denied::Denied;
use crate::protocol::text::NameFault;
use crate::texts::language::Language;

/// Why a text is not a valid name, and what a name may contain.
#[must_use]
pub fn fault(language: Language, fault: NameFault) -> String {
    match fault {
        NameFault::Sign { sign } => format!(
            "A name cannot have “{sign}” there: letters, digits, emoji, blanks and . - _ ' ’ & \
             make one, and it begins with a letter, a digit, an emoji or _."
        ),
        NameFault::NoLetter => {
            "A name needs a letter or an emoji: numbers stand for members and entries.".to_owned()
        }
        NameFault::Reserved => {
            "That word stands for a role, for a switch or for everybody: choose another name."
                .to_owned()
        }
    }
}

/// Why a name is refused or ambiguous; empty for denials that are not about names.
#[must_use]
pub fn denied(language: Language, denied: &Denied) -> String {
    match denied {
        Denied::NoSuchMember { name } => {
            format!("Nobody called {name} is in the room: /who shows everyone")
        }
        Denied::NamesAlike { members } => {
            if let [only] = members.as_slice() {
                return format!(
                    "Nobody is called just that, and #{only} looks like it: if you mean them, \
                     write #{only}"
                );
            }
            let numbers: Vec<String> = members.iter().map(|id| format!("#{id}")).collect();
            let numbers = numbers.join(" or ");
            format!("More than one looks like that: name them by number, such as {numbers}")
        }
        Denied::LooksLike { name } => {
            format!("That looks like {name}, who is somebody else: choose another name")
        }
        Denied::NameTaken { name } => format!("{name} is somebody else's name: choose another"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{denied, fault};
    use crate::protocol::denied::Denied;
    use crate::protocol::ids::MemberId;
    use crate::protocol::text::{MemberName, NameFault, TextError};
    use crate::texts::language::Language;

    #[test]
    fn who_is_meant_is_asked_for_by_number() {
        let asks = |ids: &[u64]| {
            let members = ids.iter().copied().map(MemberId).collect();
            denied(Language::English, &Denied::NamesAlike { members })
        };
        assert_eq!(
            asks(&[3]),
            "Nobody is called just that, and #3 looks like it: if you mean them, write #3"
        );
        assert_eq!(
            asks(&[3, 7]),
            "More than one looks like that: name them by number, such as #3 or #7"
        );
    }

    #[test]
    fn why_a_text_is_no_name_is_worded_with_what_is_one() {
        let rows = [
            ("Ada 👑", "“👑”"),
            ("#1", "letters, digits, emoji"),
            ("12", "needs a letter"),
            ("all", "stands for a role"),
        ];
        let text = fault(Language::English, NameFault::Sign { sign: '-' });
        for sign in ['-', '_', '.', '\'', '’', '&', ' '] {
            assert!(text.contains(sign));
            assert!(MemberName::parse(&format!("A{sign}a")).is_ok());
            let begins =
                MemberName::parse(&format!("{sign}ada_")).is_ok_and(|name| name.as_str() != "ada_");
            assert_eq!(begins, sign == '_', "{sign}");
        }
        for (text, part) in rows {
            let Err(TextError::Name(why)) = MemberName::parse(text) else {
                panic!("{text} is a name");
            };
            assert!(
                fault(Language::English, why).contains(part),
                "{}",
                fault(Language::English, why)
            );
        }
    }
}
