//! Why a name is refused, and why it is ambiguous.

use crate::protocol::denied::Denied;
use crate::protocol::text::NameFault;
use crate::texts::language::Language;
use crate::texts::tr;

/// Why a text is not a valid name, and what a name may contain.
#[must_use]
pub fn fault(language: Language, fault: NameFault) -> String {
    match fault {
        NameFault::Sign { sign } => tr!(language, "name-sign", sign = (sign.to_string())),
        NameFault::NoLetter => tr!(language, "name-no-letter"),
        NameFault::Reserved => tr!(language, "name-reserved"),
    }
}

/// Why a name is refused or ambiguous; empty for denials that are not about names.
#[must_use]
pub fn denied(language: Language, denied: &Denied) -> String {
    match denied {
        Denied::NoSuchMember { name } => {
            tr!(language, "name-no-such-member", name = (name.to_string()))
        }
        Denied::NamesAlike { members } => {
            if let [only] = members.as_slice() {
                return tr!(language, "name-one-alike", number = (only.to_string()));
            }
            let numbers: Vec<String> = members.iter().map(|id| format!("#{id}")).collect();
            let numbers = numbers.join(", ");
            tr!(language, "name-several-alike", numbers = numbers)
        }
        Denied::LooksLike { name } => tr!(language, "name-looks-like", name = name.as_str()),
        Denied::NameTaken { name } => tr!(language, "name-taken", name = name.as_str()),
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
            "Nobody has exactly that name, but #3 looks like it. If that's who you mean, write #3."
        );
        assert_eq!(
            asks(&[3, 7]),
            "Several names look like that. Use a number instead: #3, #7."
        );
    }

    #[test]
    fn why_a_text_is_no_name_is_worded_with_what_is_one() {
        let rows = [
            ("Ada 👑", "“👑”"),
            ("#1", "letters, digits, emoji"),
            ("12", "needs a letter"),
            ("all", "is reserved"),
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
