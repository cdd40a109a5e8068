//! Answers of several lines: the members, and the bans.

use std::fmt::Write;

use crate::app::output::{BanList, WhoLine};
use crate::strings::health;
use crate::strings::roles::role;
use crate::strings::sentences::own_name;
use crate::texts::language::Language;
use crate::texts::tr;

/// The width of a member's number, in cells.
const NUMBER: usize = 4;
/// The width of a role, in cells.
const ROLE: usize = 9;

/// The members, one a line: number and role in columns, the name, and the rest after two blanks.
/// No name has two blanks in a row, so that none can imitate the rest.
pub(super) fn who(language: Language, lines: &[WhoLine]) -> String {
    let mut text = tr!(language, "notice-who", count = (lines.len()));
    for line in lines {
        let number = format!("#{}", line.id);
        let (role, name) = (role(language, line.role), &line.name);
        let _infallible = write!(text, "\n  {number:<NUMBER$} {role:<ROLE$} {name}");
        let remarks = remarks_about(language, line);
        if !remarks.is_empty() {
            let _infallible = write!(text, "  ({})", remarks.join(", "));
        }
    }
    text
}

/// The other columns of a member's line.
fn remarks_about(language: Language, line: &WhoLine) -> Vec<String> {
    let not_admin = line
        .passes_for
        .as_ref()
        .map(|admin| tr!(language, "notice-who-not-admin", admin = admin.as_str()));
    let words = [
        not_admin,
        line.you.then(|| tr!(language, "person-you")),
        line.acting.then(|| tr!(language, "notice-who-acting")),
        line.flags.muted.then(|| tr!(language, "notice-who-muted")),
        line.flags
            .wait_exempt
            .then(|| tr!(language, "notice-who-not-waited-for")),
        line.health
            .map(|health| health::words(language, health.state).long),
    ];
    words.into_iter().flatten().collect()
}

/// The bans, one a line, the name last.
pub(super) fn banned(language: Language, list: &BanList) -> String {
    let BanList { bans, me } = list;
    if bans.is_empty() {
        return tr!(language, "notice-bans-none");
    }
    let mut text = tr!(language, "notice-bans");
    for ban in bans {
        let number = format!("#{}", ban.member);
        let name = &ban.name;
        let you = own_name(&ban.by, me.as_ref());
        let by = ban.by.as_str();
        let by = match (ban.by.is_operator(), ban.address) {
            (false, false) => tr!(language, "notice-bans-by", by = by, you = you),
            (false, true) => tr!(language, "notice-bans-by-address", by = by, you = you),
            (true, false) => tr!(language, "notice-bans-by-operator"),
            (true, true) => tr!(language, "notice-bans-by-operator-address"),
        };
        let _infallible = write!(text, "\n  {number:<NUMBER$} {name}  ({by})");
    }
    text
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::{BanList, NUMBER, ROLE, banned, role};
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::{Ban, Role};
    use crate::protocol::text::MemberName;
    use crate::protocol::time::RoomTime;
    use crate::texts::language::Language;

    #[test]
    fn a_role_fits_its_column_in_each_language() {
        for language in Language::iter() {
            for known in [Role::Viewer, Role::Moderator, Role::Admin] {
                let role = role(language, known);
                assert!(role.chars().count() <= ROLE, "{role}");
            }
        }
    }

    #[test]
    fn a_ban_says_who_made_it_and_whether_the_address_is_banned_too() {
        let ban = |address| Ban {
            member: MemberId(7),
            name: MemberName::parse("Troll").unwrap(),
            by: MemberName::parse("Ann").unwrap(),
            at: RoomTime(0),
            address,
        };
        let line = |language, address, me: &str| {
            let list = BanList {
                bans: vec![ban(address)],
                me: Some(MemberName::parse(me).unwrap()),
            };
            let text = banned(language, &list);
            text.lines().last().unwrap().to_owned()
        };
        let number = format!("{:<NUMBER$}", "#7");
        let expected = [
            (Language::English, false, "Troll  (by Ann)"),
            (Language::English, true, "Troll  (by Ann, address too)"),
            (Language::Russian, false, "Troll  (админ: Ann)"),
            (
                Language::Russian,
                true,
                "Troll  (админ: Ann, вместе с адресом)",
            ),
        ];
        for (language, address, shown) in expected {
            assert_eq!(
                line(language, address, "Боб"),
                format!("  {number} {shown}")
            );
        }
        let own = line(Language::English, false, "Ann");
        assert!(own.ends_with("(by you)"), "{own}");
        let own = line(Language::Russian, true, "Ann");
        assert!(own.ends_with("(админ: вы, вместе с адресом)"), "{own}");
        let (bans, me) = (Vec::new(), None);
        let none = banned(Language::English, &BanList { bans, me });
        assert_eq!(none, "Nobody is banned from this room.");
    }
}
