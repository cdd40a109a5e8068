//! Why a ban must say whether it covers the network address.

use crate::protocol::denied::SharedAddress;
use crate::texts::language::Language;

/// Others share the address: names them, and gives both forms of the command.
#[must_use]
pub fn shared_address(language: Language, shared: &SharedAddress) -> String {
    let name = &shared.name;
    format!(
        "{}: /ban {name} address keeps out all from there but admins, /ban {name} alone only \
         {name}",
        who_shares(language, shared)
    )
}

/// "You and Лена come from the address of Боб too".
#[must_use]
pub fn who_shares(language: Language, shared: &SharedAddress) -> String {
    let mut all: Vec<String> = shared.others.iter().map(ToString::to_string).collect();
    if shared.yours {
        all.insert(0, "You".to_owned());
    }
    if shared.more > 0 {
        all.push(format!("{} more", shared.more));
    }
    let name = &shared.name;
    match (all.pop(), all.is_empty()) {
        (Some(one), true) if shared.yours => format!("{one} come from the address of {name} too"),
        (Some(one), true) => format!("{one} comes from the address of {name} too"),
        (last, _) => {
            let last = last.unwrap_or_default();
            let others = all.join(", ");
            format!("{others} and {last} come from the address of {name} too")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shared_address;
    use crate::protocol::denied::SharedAddress;
    use crate::protocol::ids::MemberId;
    use crate::protocol::text::MemberName;
    use crate::texts::language::Language;

    fn name(text: &str) -> MemberName {
        MemberName::parse(text).unwrap()
    }

    #[test]
    fn who_would_be_kept_out_too_is_named_with_both_ways_to_go_on() {
        let shared = |others: &[&str], more, yours| SharedAddress {
            member: MemberId(2),
            name: name("Боб"),
            others: others.iter().map(|other| name(other)).collect(),
            more,
            yours,
        };
        let rows = [
            (
                shared(&["Лена"], 0, false),
                "Лена comes from the address of Боб too",
            ),
            (shared(&[], 0, true), "You come from the address of Боб too"),
            (shared(&["Лена"], 0, true), "You and Лена come from"),
            (
                shared(&["Лена", "Ada"], 3, false),
                "Лена, Ada and 3 more come from",
            ),
        ];
        for (shared, begins) in rows {
            let text = shared_address(Language::English, &shared);
            assert!(text.starts_with(begins), "{text}");
            assert!(text.contains("/ban Боб address"), "{text}");
            assert!(text.contains("/ban Боб alone"), "{text}");
        }
    }
}
