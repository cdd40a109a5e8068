//! Texts for the notices that follow a join.

use super::why;
use crate::app::command::Slash;
use crate::app::config::{KeptFault, OnlyHere, Unkept};
use crate::app::output::{ArrivalNotice, Notice};
use crate::protocol::text::{MemberName, Title, clean};
use crate::strings::doctor;
use crate::texts::language::Language;
use crate::texts::{system, tr};

/// The most characters of a path that are shown.
const PATH: usize = 200;

/// The most characters of a command that are shown (judgement: one with two long paths).
const REMEDY: usize = 600;

/// The text of a notice that follows a join; `None` for others.
pub(super) fn text(language: Language, notice: &Notice) -> Option<String> {
    let text = match notice {
        Notice::Arrival(notice) => came_in(language, notice),
        Notice::NameChanged { name } => {
            tr!(language, "notice-name-changed", name = name.as_str())
        }
        Notice::NameKept { name, why: cause } => {
            let why = why(language, cause);
            tr!(
                language,
                "notice-name-kept",
                name = name.as_str(),
                why = why
            )
        }
        _ => return None,
    };
    Some(text)
}

/// How the client came into the room, and how others do.
fn came_in(language: Language, notice: &ArrivalNotice) -> String {
    match notice {
        ArrivalNotice::OnlyHere { why, .. } => match why {
            OnlyHere::NotAsked => tr!(language, "notice-only-here"),
            OnlyHere::NoNetwork => tr!(language, "notice-only-here-no-network"),
            OnlyHere::NotOurs => tr!(language, "notice-only-here-not-ours"),
        },
        ArrivalNotice::RoomNameMended { written, room } => tr!(
            language,
            "notice-room-name-mended",
            written = clean(written, Title::MAX_CHARS),
            room = room.as_str()
        ),
        ArrivalNotice::Tunnelled { server } => {
            tr!(language, "notice-tunnelled", server = server.as_str())
        }
        ArrivalNotice::NameShortened { whole, name } => tr!(
            language,
            "notice-name-shortened",
            whole = clean(whole, Title::MAX_CHARS),
            most = MemberName::MAX_CHARS,
            name = name.as_str(),
            command = Slash::Nick.name_in(language)
        ),
        ArrivalNotice::OnLan { invites } => on_lan(language, invites),
        ArrivalNotice::RoomsUnkept(Unkept::InUse) => tr!(language, "notice-rooms-unkept-in-use"),
        ArrivalNotice::RoomsUnkept(Unkept::NoFolder) => {
            tr!(language, "notice-rooms-unkept-no-folder")
        }
        ArrivalNotice::RoomsUnkept(Unkept::Unusable { path, fault }) => {
            unkept(language, &clean(path, PATH), fault)
        }
        ArrivalNotice::Checked(finding) => doctor::finding(language, finding),
        ArrivalNotice::Remedy(remedy) => format!("→ {}", clean(remedy, REMEDY)),
        ArrivalNotice::NewRoomOfSameName => tr!(language, "notice-new-room-of-same-name"),
        ArrivalNotice::TokensOverdue => tr!(language, "notice-tokens-overdue"),
        ArrivalNotice::RoomCreated { invite } => {
            tr!(language, "notice-room-created", invite = invite.as_str())
        }
        ArrivalNotice::RoomIsNew { unlisted } => {
            let unlisted = if *unlisted { "yes" } else { "no" };
            tr!(language, "notice-room-is-new", unlisted = unlisted)
        }
        ArrivalNotice::RoomNearby { room } => {
            tr!(language, "notice-room-nearby", room = room.as_str())
        }
        ArrivalNotice::PrivateRoomCreated => tr!(language, "notice-private-room-created"),
        ArrivalNotice::MadePrivate => tr!(language, "notice-made-private"),
        ArrivalNotice::AlreadyExists => tr!(language, "notice-already-exists"),
        ArrivalNotice::PasswordUnused => tr!(language, "notice-password-unused"),
    }
}

/// How others on the local network come in: one command a line, to be copied whole.
fn on_lan(language: Language, invites: &[String]) -> String {
    let mut invites = invites.iter();
    let first = invites.next().map_or("", String::as_str);
    let mut lines = vec![
        tr!(language, "notice-on-lan"),
        tr!(language, "notice-on-lan-command", invite = first),
    ];
    lines.extend(invites.map(|link| tr!(language, "notice-on-lan-or", invite = link.as_str())));
    lines.join("\n")
}

/// The kept rooms cannot be opened.
fn unkept(language: Language, path: &str, fault: &KeptFault) -> String {
    match fault {
        KeptFault::Damaged => tr!(language, "notice-rooms-unkept-damaged", path = path),
        KeptFault::Newer => tr!(language, "notice-rooms-unkept-newer", path = path),
        KeptFault::Away => tr!(language, "notice-rooms-unkept-away", path = path),
        KeptFault::System(fault) => {
            let why = system::words(language, fault);
            tr!(language, "notice-rooms-unkept", path = path, why = why)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::came_in;
    use crate::app::config::{KeptFault, Unkept};
    use crate::app::output::ArrivalNotice;
    use crate::system_fault::UncategorizedError;
    use crate::test_support::foreign_words;
    use crate::texts::language::Language;

    #[test]
    fn why_a_room_is_not_kept_is_said_in_the_language() {
        let faults = [
            KeptFault::Damaged,
            KeptFault::Newer,
            KeptFault::Away,
            KeptFault::System(UncategorizedError::InputOutput.into()),
        ];
        for fault in faults {
            let path = "/home/ada/rooms/rooms.redb".to_owned();
            let notice = ArrivalNotice::RoomsUnkept(Unkept::Unusable { path, fault });
            let russian = came_in(Language::Russian, &notice);
            assert!(russian.contains("/home/ada/rooms/rooms.redb"), "{russian}");
            assert_eq!(foreign_words(&russian), [""; 0], "{russian}");
        }
    }
}
