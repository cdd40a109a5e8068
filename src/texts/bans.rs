//! Why a ban must say whether it covers the network address.

use crate::protocol::denied::SharedAddress;
use crate::texts::language::Language;
use crate::texts::tr;

/// Others share the address: names them, and gives both forms of the command.
#[must_use]
pub fn shared_address(language: Language, shared: &SharedAddress) -> String {
    let ways = tr!(language, "ban-both-ways", name = shared.name.as_str());
    format!("{} {ways}", who_shares(language, shared))
}

/// "Also at Боб's network address: you, Лена."
#[must_use]
pub fn who_shares(language: Language, shared: &SharedAddress) -> String {
    let you = shared.yours.then(|| tr!(language, "ban-you"));
    let others = shared.others.iter().map(ToString::to_string);
    let more = (shared.more > 0).then(|| tr!(language, "ban-more", count = (shared.more)));
    let all: Vec<String> = you.into_iter().chain(others).chain(more).collect();
    let others = all.join(", ");
    tr!(
        language,
        "ban-same-address",
        name = shared.name.as_str(),
        others = others
    )
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
                "Also at Боб's network address: Лена.",
            ),
            (shared(&[], 0, true), "Also at Боб's network address: you."),
            (
                shared(&["Лена"], 0, true),
                "Also at Боб's network address: you, Лена.",
            ),
            (
                shared(&["Лена", "Ada"], 3, false),
                "Also at Боб's network address: Лена, Ada, 3 more.",
            ),
        ];
        for (shared, begins) in rows {
            let text = shared_address(Language::English, &shared);
            assert!(text.starts_with(begins), "{text}");
            assert!(text.contains("/ban Боб address"), "{text}");
            assert!(text.contains("/ban Боб alone"), "{text}");
        }
        assert_eq!(
            shared_address(Language::Russian, &shared(&["Лена"], 2, true)),
            "С того же адреса, что и Боб: вы, Лена, ещё 2. /забанить Боб адрес — бан всем с \
             этого адреса, кроме админов; /забанить Боб один — только участнику Боб."
        );
    }
}
