//! The texts of denials and refusals, each with the next step where there is one.

use super::{bans, names};
use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::member::Role;
use crate::texts::language::Language;

const LAST_ADMIN: &str = "A room needs an admin: make somebody else here one first, /admin NAME";

const QUEUE_TOO_LARGE: &str = "The links that wait are too long together: an admin can /remove \
     some, and a shorter one may fit";

const MUTED: &str =
    "You are muted: no chat, no reactions, no new name. A moderator or an admin can undo it";

/// Why a command was denied.
#[must_use]
pub fn denied(language: Language, denied: &Denied) -> String {
    let fixed = match denied {
        Denied::NotAllowed { action, needs } => return not_allowed(language, *action, *needs),
        Denied::NoSuchEntry { entry } => return format!("There is no #{entry} in the queue"),
        Denied::AlreadyApproved { entry } => {
            return format!("#{entry} is approved already: an admin can /remove it");
        }
        Denied::NotYours { entry } => return format!("#{entry} is somebody else's"),
        Denied::QueueFull { limit } => {
            return format!("The queue is full, it holds {limit}: an admin can /remove some");
        }
        Denied::TooManyProposals { limit } => {
            return format!("{limit} of your proposals wait already: /withdraw one of them");
        }
        Denied::AlreadyQueued { entry } => return format!("This link waits already as #{entry}"),
        Denied::NoSuchMember { .. }
        | Denied::NamesAlike { .. }
        | Denied::LooksLike { .. }
        | Denied::NameTaken { .. } => return names::denied(language, denied),
        Denied::SameRole { role } => {
            return format!("Already {}: nothing changes", a_role(language, *role));
        }
        Denied::Outranked { name } => return format!("This is up to {name}, who ranks above you"),
        Denied::OnlyActing { action } => return only_acting(language, *action),
        Denied::AddressShared(shared) => return bans::shared_address(language, shared),
        Denied::NothingChanges => "It is so already: nothing changes",
        Denied::LengthPassed { position } => {
            return format!("The film is at {position} already: /skip ends it");
        }
        Denied::TooFast { retry_ms } => return too_fast(language, *retry_ms),
        Denied::QueueTooLarge => QUEUE_TOO_LARGE,
        Denied::NothingPlays => "Nothing plays: /play LINK puts a video on",
        Denied::AlreadyPaused => "It is paused already",
        Denied::AlreadyPlaying => "It plays already",
        Denied::CannotSeek => {
            "This video is live: it has no length, no other place and no other speed"
        }
        Denied::NothingToUndo => "There was no jump in this video to take back",
        Denied::NothingProposed => "Nothing is proposed",
        Denied::NothingNext => "No approved video follows: /add LINK puts one there",
        Denied::MemberGone => "They are not in the room any more",
        Denied::NotInRoom => "You are not in the room any more: join it again",
        Denied::LastAdmin => LAST_ADMIN,
        Denied::Yourself => "This is done to others, not to oneself",
        Denied::Muted => MUTED,
        Denied::NotBanned { name } => {
            return format!("{name} is not banned here: /bans shows who is");
        }
        Denied::NoSuchLine => "There is no such line of chat, or not any more",
        Denied::NotWaiting => "The room waits for nobody",
        Denied::NobodyPlays => "Nobody's player plays it: /retry opens yours, /skip goes on",
        Denied::TooLate => "What you did in the player reached the room too late: do it again",
        Denied::Overtaken => "Later commands came before this one: send it again",
        Denied::NotUnderstood => {
            "The server does not take this: it is too long, no valid link, or newer than the \
             server, which its operator can upgrade"
        }
        Denied::StorageAway => "The room's storage cannot be reached, try again",
    };
    fixed.to_owned()
}

fn too_fast(language: Language, retry_ms: u32) -> String {
    // Rounded up, so that a retry after the stated time is not too early.
    let tenths = retry_ms.div_ceil(100).max(1);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    format!("Too much at once: try again in {whole}.{tenth} s")
}

/// "Only an admin can pause".
fn not_allowed(language: Language, action: Action, needs: Role) -> String {
    let who = match needs {
        Role::Viewer => "a member",
        Role::Moderator => "a moderator or an admin",
        Role::Admin => "an admin",
    };
    let what = action.rule().name;
    let instead = instead(language, action);
    format!("Only {who} can {what}{instead}")
}

/// "You are admin only until one is back: you cannot ban somebody".
fn only_acting(language: Language, action: Action) -> String {
    let what = match action {
        Action::Reject | Action::RejectAll | Action::Remove => "take out what an admin queued",
        action => action.rule().name,
    };
    format!("You are admin only until one is back: you cannot {what}")
}

/// What the member can do instead, if anything.
const fn instead(language: Language, action: Action) -> &'static str {
    match action {
        Action::Play => ": /add LINK proposes one",
        Action::Reject | Action::RejectAll => ": /withdraw #N takes your own back",
        Action::Remove => ": /withdraw #N takes your own proposal back",
        Action::Seek | Action::Countdown => ": /ask asks for a pause",
        Action::ExemptFromWait => ": /nowait chooses it for yourself",
        _ => "",
    }
}

/// Why a server refuses a connection or closes it.
#[must_use]
pub fn refused(language: Language, refused: &Refused) -> String {
    let fixed = match refused {
        Refused::Version { server, client } => return version(language, *server, *client),
        Refused::RoomFull { limit } => {
            return format!("The room is full, it takes {limit}: try again when somebody has left");
        }
        Refused::ServerFull { limit } => {
            return format!("The server has {limit} rooms and takes no more: try again later");
        }
        Refused::PasswordTooLong { limit } => {
            return format!("The password is too long, it may have {limit} bytes: choose another");
        }
        Refused::TooManyTries { retry_ms } => {
            let seconds = retry_ms.div_ceil(1_000);
            return format!("Too many passwords are being tried here: try again in {seconds} s");
        }
        Refused::TooManyRooms { retry_ms } => {
            let seconds = retry_ms.div_ceil(1_000);
            return format!(
                "Too many rooms are created from your address: try again in {seconds} s"
            );
        }
        Refused::TooManyJoins { retry_ms } => {
            let seconds = retry_ms.div_ceil(1_000);
            return format!(
                "Too many people came into this room from your address just now: try again in \
                 {seconds} s"
            );
        }
        Refused::Internal => "Something in the server failed: its operator finds more in its log",
        Refused::PasswordNeeded => {
            "This room has a password: leave, and join it with WATCHTOGETHER_PASSWORD set or \
             --password-file PATH"
        }
        Refused::PasswordWrong => {
            "The password is wrong: correct WATCHTOGETHER_PASSWORD or what --password-file names"
        }
        Refused::PasswordMissing => {
            "A private room is created with a password: set WATCHTOGETHER_PASSWORD or name a \
             --password-file PATH"
        }
        Refused::NoHello => "The connection did not begin with a greeting of watchtogether",
        Refused::Kicked => "You were sent out of the room",
        Refused::Banned => {
            "You, or somebody at your network address, were banned from this room: ask an admin \
             of it to lift that with /unban"
        }
        Refused::Replaced => "You joined again from elsewhere: this connection is closed",
        Refused::TooSlow => "The connection was too slow for the room",
        Refused::BadFrames => "Too many messages made no sense to the server",
        Refused::ShuttingDown => "The server is going down",
        Refused::RoomClosed => "The room was closed",
        Refused::NoSuchRoom => {
            "This room is not there any more: joining it once more makes it anew, a private one \
             with its password"
        }
        Refused::StorageAway => "The room's storage cannot be reached, try again",
    };
    fixed.to_owned()
}

/// Names both versions and says which side has to upgrade.
fn version(language: Language, server: u32, client: u32) -> String {
    let upgrade = if server > client {
        "install a newer watchtogether here"
    } else {
        "ask the server's operator to install a newer watchtogether"
    };
    format!("The server speaks version {server} of the protocol, this client {client}: {upgrade}")
}

const fn a_role(language: Language, role: Role) -> &'static str {
    match role {
        Role::Viewer => "a viewer",
        Role::Moderator => "a moderator",
        Role::Admin => "an admin",
    }
}

#[cfg(test)]
mod tests {
    use crate::texts::language::Language;
    use std::collections::BTreeSet;

    use strum::VariantArray;

    use super::{denied, refused};
    use crate::protocol::denied::{Action, Denied, Refused};
    use crate::protocol::ids::EntryId;
    use crate::protocol::ids::MemberId;
    use crate::protocol::member::Role;
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
        assert_eq!(not_allowed(Action::Pause), "Only an admin can pause");
        assert_eq!(
            not_allowed(Action::Play),
            "Only an admin can change the video: /add LINK proposes one"
        );
        assert_eq!(
            not_allowed(Action::Kick),
            "Only a moderator or an admin can send somebody out"
        );
        // Rejecting all is worded like rejecting one.
        let differs = |action: &&Action| **action != Action::RejectAll;
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
                "#3 or #7",
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
            (Denied::NothingPlays, "/play"),
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
                "until one is back: you cannot ban somebody",
            ),
            (Denied::NothingChanges, "nothing changes"),
        ];
        for (reason, part) in cases {
            let text = denied(Language::English, &reason);
            assert!(text.contains(part), "{text:?} lacks {part:?}");
        }
    }

    #[test]
    fn a_refusal_for_the_version_names_both_and_who_upgrades() {
        let text =
            |server, client| refused(Language::English, &Refused::Version { server, client });
        assert!(text(2, 1).contains("version 2") && text(2, 1).contains("client 1"));
        assert!(text(2, 1).contains("newer watchtogether here"));
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
        ];
        let texts: BTreeSet<String> = all
            .iter()
            .map(|why| refused(Language::English, why))
            .collect();
        assert_eq!(texts.len(), all.len());
    }
}
