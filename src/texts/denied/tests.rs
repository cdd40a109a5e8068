//! Every denial and refusal has words of its own, which name what it is about.

use crate::texts::language::Language;
use std::collections::BTreeSet;

use strum::VariantArray;

use super::{denied, refused};
use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::ids::EntryId;
use crate::protocol::ids::MemberId;
use crate::protocol::member::Role;
use crate::protocol::moderation::Delay;
use crate::protocol::text::MemberName;
use crate::protocol::time::Position;
use crate::room::roles;

fn not_allowed(action: Action) -> String {
    denied(
        Language::English,
        &Denied::NotAllowed {
            action,
            needs: roles::needs(action),
        },
    )
}

#[test]
fn what_only_an_admin_can_do_is_denied_in_its_own_words() {
    assert_eq!(not_allowed(Action::Pause), "Only an admin can pause.");
    assert_eq!(
        not_allowed(Action::Play),
        "Only an admin can play a video right away. Propose it with /add LINK."
    );
    assert_eq!(
        not_allowed(Action::Kick),
        "Only a moderator or an admin can kick members."
    );
    // Several at once are worded like one.
    let at_once = [Action::RejectAll, Action::AddAll, Action::TakeBack];
    let differs = |action: &&Action| !at_once.contains(*action);
    let actions: Vec<&Action> = Action::VARIANTS.iter().filter(differs).collect();
    let all: BTreeSet<String> = actions.iter().map(|a| not_allowed(**a)).collect();
    assert_eq!(all.len(), actions.len());
}

#[test]
fn denials_name_what_they_are_about() {
    let entry = EntryId(14);
    let name = MemberName::parse("Жанна").unwrap();
    let role = Role::Moderator;
    let cases = [
        (Denied::NoSuchEntry { entry }, "#14"),
        (Denied::AlreadyApproved { entry }, "#14"),
        (Denied::NotYours { entry }, "#14"),
        (Denied::AlreadyQueued { entry }, "#14"),
        (Denied::QueueFull { limit: 100 }, "100"),
        (Denied::QueueTooLarge, "/remove"),
        (Denied::TooManyProposals { limit: 10 }, "10"),
        (Denied::TooManyProposalsThere { limit: 20 }, "/withdraw"),
        (
            Denied::NoSuchMember {
                name: (&name).into(),
            },
            "Жанна",
        ),
        (Denied::LooksLike { name: name.clone() }, "looks like Жанна"),
        (
            Denied::NamesAlike {
                members: vec![MemberId(3), MemberId(7)],
            },
            "#3, #7",
        ),
        (Denied::NameTaken { name: name.clone() }, "Жанна"),
        (
            Denied::NotBanned {
                name: (&name).into(),
            },
            "/bans",
        ),
        (Denied::Outranked { name }, "Жанна"),
        (Denied::SameRole { role }, "a moderator"),
        (Denied::TooFast { retry_ms: 2_500 }, "2.5 s"),
        (Denied::TooFast { retry_ms: 1 }, "0.1 s"),
        (Denied::Muted, "muted"),
        (
            Denied::SlowMode {
                interval: Delay::try_from(30).unwrap(),
                retry_ms: 11_001,
            },
            "one message every 30 s. Try again in 12 s.",
        ),
        (
            Denied::Newcomer { retry_ms: 119_000 },
            "In 2 min you can chat",
        ),
        (Denied::NothingPlays, "Nothing is playing"),
        (Denied::NothingNext, "/add"),
        (
            Denied::LengthPassed {
                position: Position::seconds(83),
            },
            "1:23",
        ),
        (Denied::LastAdmin, "/admin"),
        (
            Denied::OnlyActing {
                action: Action::Ban,
            },
            "only acting admin, so you can't ban members",
        ),
        (Denied::NothingChanges, "Nothing changed"),
    ];
    for (reason, part) in cases {
        let text = denied(Language::English, &reason);
        assert!(text.contains(part), "{text:?} lacks {part:?}");
    }
}

#[test]
fn russian_counts_and_names_roles_as_russian_does() {
    let full = |limit| refused(Language::Russian, &Refused::RoomFull { limit });
    for (limit, counted) in [(1, "1 человек."), (2, "2 человека."), (50, "50 человек.")]
    {
        assert!(full(limit).contains(counted), "{}", full(limit));
    }
    let full = |limit| refused(Language::Russian, &Refused::ServerFull { limit });
    for (limit, counted) in [(21, "21 комната."), (3, "3 комнаты."), (11, "11 комнат.")]
    {
        assert!(full(limit).contains(counted), "{}", full(limit));
    }
    let cases = [
        (
            Denied::NotAllowed {
                action: Action::Pause,
                needs: Role::Admin,
            },
            "Только админ может ставить на паузу.",
        ),
        (
            Denied::NotAllowed {
                action: Action::Mute,
                needs: Role::Moderator,
            },
            "Только модератор или админ может заглушать участников и возвращать им слово.",
        ),
        (
            Denied::SameRole { role: Role::Viewer },
            "У этого участника уже роль «зритель».",
        ),
        (
            Denied::TooFast { retry_ms: 2_401 },
            "Слишком часто. Повторите через 2,5 с.",
        ),
    ];
    for (reason, text) in cases {
        assert_eq!(denied(Language::Russian, &reason), text);
    }
}

#[test]
fn a_refusal_for_the_version_names_both_and_who_upgrades() {
    let text = |server, client| refused(Language::English, &Refused::Version { server, client });
    assert!(text(2, 1).contains("version 2") && text(2, 1).contains("client 1"));
    assert!(text(2, 1).contains("Install a newer watchtogether"));
    assert!(text(1, 2).contains("operator"));
}

#[test]
fn refusals_differ() {
    let all = [
        Refused::PasswordNeeded,
        Refused::PasswordWrong,
        Refused::PasswordMissing,
        Refused::PasswordTooLong { limit: 9 },
        Refused::TooManyTries { retry_ms: 9 },
        Refused::TooManyRooms { retry_ms: 9 },
        Refused::TooManyJoins { retry_ms: 9 },
        Refused::CreatePasswordNeeded,
        Refused::CreateKeyNeeded,
        Refused::CreatePasswordWrong,
        Refused::TooManyOwnRooms { limit: 9 },
        Refused::TooManyConnections { limit: 9 },
        Refused::ServerBusy { limit: 9 },
        Refused::Internal,
        Refused::NoHello,
        Refused::RoomFull { limit: 9 },
        Refused::ServerFull { limit: 9 },
        Refused::Kicked,
        Refused::Banned,
        Refused::Replaced,
        Refused::TooSlow,
        Refused::BadFrames,
        Refused::ShuttingDown,
        Refused::RoomClosed,
        Refused::NoSuchRoom,
        Refused::StorageAway,
        Refused::NotPrivate { admin: None },
    ];
    let texts: BTreeSet<String> = all
        .iter()
        .map(|why| refused(Language::English, why))
        .collect();
    assert_eq!(texts.len(), all.len());
}
