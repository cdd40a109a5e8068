//! Texts about who can find and enter the room: its visibility, its password, its invite links.

use std::fmt::Write;

use crate::app::output::{InviteLink, InviteList, Notice, Person};
use crate::protocol::invite::Invite;
use crate::protocol::invite_terms::OpenInvite;
use crate::protocol::member::Visibility;
use crate::protocol::text::MemberName;
use crate::protocol::time::Span;
use crate::strings::numbers::long;
use crate::strings::sentences::{own_name, subject, you};
use crate::texts::language::Language;
use crate::texts::selectors::{role_code, visibility_code};
use crate::texts::tr;

/// The width of a link's number, in cells.
const NUMBER: usize = 4;

/// The seconds of a day.
const DAY: i64 = 86_400;

/// The text of a notice about how people come in; `None` for others.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::VisibilityChanged { visibility, by } => {
            visibility_changed(language, *visibility, by.as_ref())
        }
        Notice::PasswordChanged { by: None } => tr!(language, "notice-password-changed"),
        Notice::PasswordChanged { by: Some(by) } => {
            let (who, you) = (by.name.as_str(), you(by));
            tr!(language, "notice-password-changed-by", who = who, you = you)
        }
        Notice::PasswordFollows => tr!(language, "notice-password-follows"),
        // The link is at the end, where it is easily marked and copied.
        Notice::InviteLink(made) => format!("{}: {}", about_link(language, made), made.link),
        Notice::InviteCreated { invite, role, who } => {
            let (who, invite) = (who.name.as_str(), invite.to_string());
            tr!(
                language,
                "notice-invite-created",
                who = who,
                invite = invite,
                role = role_code(*role)
            )
        }
        Notice::InviteRevoked { invite, who } => {
            let (name, you, invite) = (who.name.as_str(), you(who), invite.to_string());
            tr!(
                language,
                "notice-invite-revoked",
                who = name,
                you = you,
                invite = invite
            )
        }
        _ => return None,
    };
    Some(text)
}

fn visibility_changed(language: Language, to: Visibility, by: Option<&Person>) -> String {
    let to = visibility_code(to);
    let Some(by) = by else {
        return tr!(language, "notice-visibility", visibility = to);
    };
    let (who, you) = (subject(language, &by.name), you(by));
    tr!(
        language,
        "notice-visibility-by",
        who = who,
        you = you,
        visibility = to
    )
}

/// What a link offers its maker's guests, and whether it leads nowhere else, for the link to follow.
#[must_use]
pub fn about_link(language: Language, made: &InviteLink) -> String {
    let about = offer(language, made);
    let is_here = Invite::parse(&made.link).is_ok_and(|invite| invite.server.is_loopback());
    if is_here {
        format!("{} {about}", tr!(language, "notice-invite-only-here"))
    } else {
        about
    }
}

fn offer(language: Language, made: &InviteLink) -> String {
    let lasts = lasting(language, made.terms.lasts());
    let Some(invite) = made.number else {
        return tr!(language, "notice-invite-link-unnumbered", lasts = lasts);
    };
    tr!(
        language,
        "notice-invite-link",
        invite = (invite.to_string()),
        role = role_code(made.terms.role()),
        uses = (made.terms.uses()),
        lasts = lasts
    )
}

/// The links that work, one a line.
pub(super) fn list(language: Language, list: &InviteList) -> String {
    let InviteList { invites, me } = list;
    if invites.is_empty() {
        return tr!(language, "notice-invites-none");
    }
    let mut text = tr!(language, "notice-invites");
    for open in invites {
        let number = format!("#{}", open.invite);
        let row = row(language, open, me.as_ref());
        let _infallible = write!(text, "\n  {number:<NUMBER$} {row}");
    }
    text
}

/// What a link offers, and who made it if that is known.
fn row(language: Language, open: &OpenInvite, me: Option<&MemberName>) -> String {
    let (role, uses) = (role_code(open.role), open.uses);
    let lasts = lasting(language, open.lasts);
    let Some(by) = &open.by else {
        return tr!(
            language,
            "notice-invites-row",
            role = role,
            uses = uses,
            lasts = lasts
        );
    };
    tr!(
        language,
        "notice-invites-row-by",
        role = role,
        uses = uses,
        lasts = lasts,
        by = by.as_str(),
        you = own_name(by, me)
    )
}

/// How long a link works: in days where it is more than two.
fn lasting(language: Language, span: Span) -> String {
    let seconds = span.0.max(0) / 1_000_000;
    if seconds <= 2 * DAY {
        return long(language, span);
    }
    let days = (seconds + DAY / 2) / DAY;
    tr!(language, "notice-invite-days", days = days)
}

#[cfg(test)]
mod tests {
    use super::{lasting, text};
    use crate::app::output::{InviteLink, InviteList, Notice, Person};
    use crate::protocol::ids::InviteId;
    use crate::protocol::invite_terms::{InviteTerms, OpenInvite};
    use crate::protocol::member::{Role, Visibility};
    use crate::protocol::text::MemberName;
    use crate::protocol::time::Span;
    use crate::texts::language::Language::{self, English, Russian};

    fn ann() -> Person {
        Person::other(MemberName::parse("Ann").unwrap())
    }

    fn told(language: Language, notice: &Notice) -> String {
        text(language, notice).expect("a notice about entry")
    }

    fn list(language: Language, invites: &[OpenInvite], me: Option<&str>) -> String {
        let list = InviteList {
            invites: invites.to_vec(),
            me: me.map(|me| MemberName::parse(me).unwrap()),
        };
        super::list(language, &list)
    }

    #[test]
    fn a_change_of_visibility_is_told_by_name() {
        let private = |by| Notice::VisibilityChanged {
            visibility: Visibility::Private,
            by,
        };
        let rest = "private: to join, new members need the password or an invite link.";
        let by_ann = format!("Ann made the room {rest}");
        assert_eq!(told(English, &private(Some(ann()))), by_ann);
        let you = Person {
            is_you: true,
            ..ann()
        };
        assert_eq!(
            told(English, &private(Some(you))),
            format!("You made the room {rest}")
        );
        let russian = told(Russian, &private(Some(ann())));
        assert!(
            russian.starts_with("Ann: теперь комната закрытая, "),
            "{russian}"
        );
        let by = Some(ann());
        let changed = told(English, &Notice::PasswordChanged { by });
        assert_eq!(changed, "Ann changed the room's password.");
    }

    #[test]
    fn a_link_stands_at_the_end_behind_what_it_offers() {
        let link = "https://watch.example/r/our-place#0123456789abcdef0123456789abcdef";
        let made = |terms| {
            Notice::InviteLink(Box::new(InviteLink {
                link: link.to_owned(),
                number: Some(InviteId(3)),
                terms,
                is_new: true,
            }))
        };
        let usual = made(InviteTerms::default());
        let expected = format!(
            "Invite link #3 lets in up to 1000 viewers without a password for 7 days \
             (/revoke #3 cancels it): {link}"
        );
        assert_eq!(told(English, &usual), expected);
        let one = InviteTerms::new(Role::Moderator, Span::seconds(5_400), 1).unwrap();
        let expected = format!(
            "Приглашение #3 без пароля, на 1 ч 30 мин, для 1 модератора \
             (отменить: /аннулировать #3): {link}"
        );
        assert_eq!(told(Russian, &made(one)), expected);
        let here = "http://127.0.0.1:8000/r/our-place#0123456789abcdef0123456789abcdef";
        let here = Notice::InviteLink(Box::new(InviteLink {
            link: here.to_owned(),
            number: Some(InviteId(3)),
            terms: InviteTerms::default(),
            is_new: true,
        }));
        let warned = "This link leads nowhere on other computers: for friends, host the room \
                      with --lan or --public-url. Invite link #3";
        assert!(
            told(English, &here).starts_with(warned),
            "{}",
            told(English, &here)
        );
        assert!(!format!("{usual:?}").contains("0123456789abcdef"));
    }

    #[test]
    fn the_list_names_what_each_link_offers_and_no_token() {
        let open = OpenInvite {
            invite: InviteId(3),
            role: Role::Viewer,
            uses: 21,
            lasts: Span::seconds(6 * 86_400 + 80_000),
            by: MemberName::parse("Ann").ok(),
        };
        let rows = |language| list(language, std::slice::from_ref(&open), None);
        let english = "Invite links (/revoke #N cancels one):\n  \
                       #3   viewers, 21 uses left, 7 days left, by Ann";
        assert_eq!(rows(English), english);
        let russian = "Приглашения (отменить: /аннулировать #N):\n  \
                       #3   для зрителей, осталось входов: 21, ещё 7 дней, автор: Ann";
        assert_eq!(rows(Russian), russian);
        let forgotten = OpenInvite { by: None, ..open };
        let last = "viewers, 21 uses left, 7 days left";
        assert!(list(English, &[forgotten], None).ends_with(last));
        assert_eq!(
            list(English, &[], None),
            "There are no invite links. /invite makes one."
        );
        assert_eq!(lasting(Russian, Span::seconds(22 * 86_400)), "22 дня");
    }
}
