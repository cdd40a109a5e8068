//! The texts of denials and refusals, each with the next step where there is one.

use super::actions::action;
use super::numbers::{decimal, exact_span, rounded_up, whole_seconds};
use super::selectors::role_code;
use super::{bans, names, tr};
use crate::protocol::denied::{Action, Denied, Refused};
use crate::protocol::member::Role;
use crate::protocol::time::Span;
use crate::texts::language::Language;

/// Why a command was denied.
#[must_use]
pub fn denied(language: Language, denied: &Denied) -> String {
    match denied {
        Denied::NotAllowed { action, needs } => not_allowed(language, *action, *needs),
        Denied::OnlyActing { action } => only_acting(language, *action),
        Denied::NoSuchEntry { .. }
        | Denied::AlreadyApproved { .. }
        | Denied::NotYours { .. }
        | Denied::NothingProposed
        | Denied::NothingNext
        | Denied::QueueFull { .. }
        | Denied::QueueTooLarge
        | Denied::TooManyProposals { .. }
        | Denied::TooManyProposalsThere { .. }
        | Denied::AlreadyQueued { .. } => queue(language, denied),
        Denied::NoSuchMember { .. }
        | Denied::NamesAlike { .. }
        | Denied::LooksLike { .. }
        | Denied::NameTaken { .. } => names::denied(language, denied),
        Denied::SameRole { .. }
        | Denied::Outranked { .. }
        | Denied::LastAdmin
        | Denied::Yourself
        | Denied::MemberGone
        | Denied::NotInRoom
        | Denied::Muted
        | Denied::SlowMode { .. }
        | Denied::Newcomer { .. }
        | Denied::NotBanned { .. }
        | Denied::NoSuchLine => members(language, denied),
        Denied::AddressShared(shared) => bans::shared_address(language, shared),
        Denied::NothingPlays
        | Denied::AlreadyPaused
        | Denied::AlreadyPlaying
        | Denied::AlreadyReady
        | Denied::CannotSeek
        | Denied::LengthPassed { .. }
        | Denied::NothingToUndo
        | Denied::NotWaiting
        | Denied::NobodyPlays
        | Denied::StartOutOfReach
        | Denied::TooLate => playback(language, denied),
        Denied::PasswordMissing
        | Denied::PasswordTooLong { .. }
        | Denied::NoSuchInvite { .. }
        | Denied::TooManyInvites { .. }
        | Denied::TooManyEmotes { .. }
        | Denied::InviteNotNeeded => entry(language, denied),
        Denied::Internal => tr!(language, "refused-internal"),
        Denied::NothingChanges => tr!(language, "denied-nothing-changes"),
        Denied::TooFast { retry_ms } => too_fast(language, *retry_ms),
        Denied::Overtaken => tr!(language, "denied-overtaken"),
        Denied::NotUnderstood => tr!(language, "denied-not-understood"),
        Denied::StorageAway => tr!(language, "denied-storage-away"),
    }
}

/// Denials about the queue; empty for others.
fn queue(language: Language, denied: &Denied) -> String {
    match denied {
        Denied::NoSuchEntry { entry } => {
            tr!(
                language,
                "denied-no-such-entry",
                entry = (entry.to_string())
            )
        }
        Denied::AlreadyApproved { entry } => {
            tr!(
                language,
                "denied-already-approved",
                entry = (entry.to_string())
            )
        }
        Denied::NotYours { entry } => {
            tr!(language, "denied-not-yours", entry = (entry.to_string()))
        }
        Denied::NothingProposed => tr!(language, "denied-nothing-proposed"),
        Denied::NothingNext => tr!(language, "denied-nothing-next"),
        Denied::QueueFull { limit } => tr!(language, "denied-queue-full", limit = (*limit)),
        Denied::QueueTooLarge => tr!(language, "denied-queue-too-large"),
        Denied::TooManyProposals { limit } => {
            tr!(language, "denied-too-many-proposals", limit = (*limit))
        }
        Denied::TooManyProposalsThere { limit } => {
            tr!(
                language,
                "denied-too-many-proposals-there",
                limit = (*limit)
            )
        }
        Denied::AlreadyQueued { entry } => {
            tr!(
                language,
                "denied-already-queued",
                entry = (entry.to_string())
            )
        }
        _ => String::new(),
    }
}

/// Denials about members and chat; empty for others.
fn members(language: Language, denied: &Denied) -> String {
    match denied {
        Denied::SameRole { role } => tr!(language, "denied-same-role", role = role_code(*role)),
        Denied::Outranked { name } => tr!(language, "denied-outranked", name = name.as_str()),
        Denied::LastAdmin => tr!(language, "denied-last-admin"),
        Denied::Yourself => tr!(language, "denied-yourself"),
        Denied::MemberGone => tr!(language, "denied-member-gone"),
        Denied::NotInRoom => tr!(language, "denied-not-in-room"),
        Denied::Muted => tr!(language, "denied-muted"),
        Denied::SlowMode { interval, retry_ms } => {
            let every = exact_span(language, interval.span());
            let wait = long_wait(language, *retry_ms);
            tr!(language, "denied-slow-mode", every = every, wait = wait)
        }
        Denied::Newcomer { retry_ms } => {
            let wait = long_wait(language, *retry_ms);
            tr!(language, "denied-newcomer", wait = wait)
        }
        Denied::NotBanned { name } => {
            tr!(language, "denied-not-banned", name = (name.to_string()))
        }
        Denied::NoSuchLine => tr!(language, "denied-no-such-line"),
        _ => String::new(),
    }
}

/// Denials about what plays; empty for others.
fn playback(language: Language, denied: &Denied) -> String {
    match denied {
        Denied::NothingPlays => tr!(language, "denied-nothing-plays"),
        Denied::AlreadyPaused => tr!(language, "denied-already-paused"),
        Denied::AlreadyPlaying => tr!(language, "denied-already-playing"),
        Denied::AlreadyReady => tr!(language, "denied-already-ready"),
        Denied::CannotSeek => tr!(language, "denied-cannot-seek"),
        Denied::LengthPassed { position } => {
            tr!(
                language,
                "denied-length-passed",
                at = (position.to_string())
            )
        }
        Denied::NothingToUndo => tr!(language, "denied-nothing-to-undo"),
        Denied::NotWaiting => tr!(language, "denied-not-waiting"),
        Denied::NobodyPlays => tr!(language, "denied-nobody-plays"),
        Denied::StartOutOfReach => tr!(language, "denied-start-out-of-reach"),
        Denied::TooLate => tr!(language, "denied-too-late"),
        _ => String::new(),
    }
}

/// Denials about how people come in; empty for others.
fn entry(language: Language, denied: &Denied) -> String {
    match denied {
        Denied::PasswordMissing => tr!(language, "denied-password-missing"),
        Denied::PasswordTooLong { limit } => {
            tr!(language, "denied-password-too-long", limit = (*limit))
        }
        Denied::NoSuchInvite { invite } => {
            let invite = invite.to_string();
            tr!(language, "denied-no-such-invite", invite = invite)
        }
        Denied::TooManyInvites { limit } => {
            tr!(language, "denied-too-many-invites", limit = (*limit))
        }
        Denied::TooManyEmotes { limit } => {
            tr!(language, "denied-too-many-emotes", limit = (*limit))
        }
        Denied::InviteNotNeeded => tr!(language, "denied-invite-not-needed"),
        _ => String::new(),
    }
}

fn too_fast(language: Language, retry_ms: u32) -> String {
    // Rounded up, so that a retry after the stated time is not too early.
    let tenths = retry_ms.div_ceil(100).max(1);
    let seconds = decimal(language, f64::from(tenths) / 10.0, 1);
    let wait = tr!(language, "number-seconds", seconds = seconds);
    tr!(language, "denied-too-fast", wait = wait)
}

/// "Only an admin can pause.", and what the member can do instead, if anything.
fn not_allowed(language: Language, denied: Action, needs: Role) -> String {
    let text = tr!(
        language,
        "denied-not-allowed",
        needs = role_code(needs),
        what = action(language, denied)
    );
    match instead(language, denied) {
        Some(instead) => format!("{text} {instead}"),
        None => text,
    }
}

/// What the member can do instead, as a sentence.
fn instead(language: Language, denied: Action) -> Option<String> {
    match denied {
        Action::Play => Some(tr!(language, "denied-instead-play")),
        Action::Reject | Action::RejectAll | Action::Remove => {
            Some(tr!(language, "denied-instead-withdraw"))
        }
        Action::Seek | Action::Countdown => Some(tr!(language, "denied-instead-ask")),
        Action::ExemptFromWait => Some(tr!(language, "denied-instead-nowait")),
        _ => None,
    }
}

/// "You're only acting admin, so you can't ban members."
fn only_acting(language: Language, denied: Action) -> String {
    match denied {
        Action::Reject | Action::RejectAll | Action::Remove => {
            tr!(language, "denied-only-acting-queue")
        }
        denied => tr!(
            language,
            "denied-only-acting",
            what = action(language, denied)
        ),
    }
}

/// Why a server refuses a connection or closes it.
#[must_use]
pub fn refused(language: Language, refused: &Refused) -> String {
    match refused {
        Refused::Version { server, client } => version(language, *server, *client),
        Refused::PasswordNeeded
        | Refused::PasswordWrong
        | Refused::InviteInvalid
        | Refused::PasswordMissing
        | Refused::PasswordTooLong { .. }
        | Refused::TooManyTries { .. } => password(language, refused),
        Refused::TooManyRooms { retry_ms } => {
            let wait = wait(language, *retry_ms);
            tr!(language, "refused-too-many-rooms", wait = wait)
        }
        Refused::TooManyJoins { retry_ms } => {
            let wait = wait(language, *retry_ms);
            tr!(language, "refused-too-many-joins", wait = wait)
        }
        Refused::RoomFull { limit } => tr!(language, "refused-room-full", limit = (*limit)),
        Refused::ServerFull { limit } => tr!(language, "refused-server-full", limit = (*limit)),
        Refused::CreatePasswordNeeded
        | Refused::CreateKeyNeeded
        | Refused::CreatePasswordWrong
        | Refused::TooManyOwnRooms { .. } => creation(language, refused),
        Refused::TooManyConnections { limit } => {
            tr!(language, "refused-too-many-connections", limit = (*limit))
        }
        Refused::ServerBusy { .. } => tr!(language, "refused-server-busy"),
        Refused::Internal => tr!(language, "refused-internal"),
        Refused::NoHello => tr!(language, "refused-no-hello"),
        Refused::Kicked => tr!(language, "refused-kicked"),
        Refused::Banned => tr!(language, "refused-banned"),
        Refused::Replaced => tr!(language, "refused-replaced"),
        Refused::TooSlow => tr!(language, "refused-too-slow"),
        Refused::BadFrames => tr!(language, "refused-bad-frames"),
        Refused::ShuttingDown => tr!(language, "refused-shutting-down"),
        Refused::RoomClosed => tr!(language, "refused-room-closed"),
        Refused::NoSuchRoom => tr!(language, "refused-no-such-room"),
        Refused::StorageAway => tr!(language, "refused-storage-away"),
        Refused::Locked => tr!(language, "refused-locked"),
        Refused::NotPrivate { admin: None } => tr!(language, "refused-not-private"),
        Refused::NotPrivate { admin: Some(who) } => {
            tr!(language, "refused-not-private-of", who = who.as_str())
        }
    }
}

/// Refusals of a new room; empty for others.
fn creation(language: Language, refused: &Refused) -> String {
    match refused {
        Refused::CreatePasswordNeeded => tr!(language, "refused-create-password-needed"),
        Refused::CreateKeyNeeded => tr!(language, "refused-create-key-needed"),
        Refused::CreatePasswordWrong => tr!(language, "refused-create-password-wrong"),
        Refused::TooManyOwnRooms { limit } => {
            tr!(language, "refused-too-many-own-rooms", limit = (*limit))
        }
        _ => String::new(),
    }
}

/// Refusals about passwords; empty for others.
fn password(language: Language, refused: &Refused) -> String {
    match refused {
        Refused::PasswordNeeded => tr!(language, "refused-password-needed"),
        Refused::PasswordWrong => tr!(language, "refused-password-wrong"),
        Refused::InviteInvalid => tr!(language, "refused-invite-invalid"),
        Refused::PasswordMissing => tr!(language, "refused-password-missing"),
        Refused::PasswordTooLong { limit } => {
            tr!(language, "refused-password-too-long", limit = (*limit))
        }
        Refused::TooManyTries { retry_ms } => {
            let wait = wait(language, *retry_ms);
            tr!(language, "refused-too-many-tries", wait = wait)
        }
        _ => String::new(),
    }
}

/// A wait in milliseconds, in whole seconds.
fn wait(language: Language, retry_ms: u32) -> String {
    whole_seconds(language, Span::millis(i64::from(retry_ms)))
}

/// A wait in milliseconds, which may be long.
fn long_wait(language: Language, retry_ms: u32) -> String {
    rounded_up(language, Span::millis(i64::from(retry_ms)))
}

/// Names both versions and says which side has to upgrade.
fn version(language: Language, server: u32, client: u32) -> String {
    if server > client {
        tr!(
            language,
            "refused-client-old",
            server = server,
            client = client
        )
    } else {
        tr!(
            language,
            "refused-server-old",
            server = server,
            client = client
        )
    }
}

#[cfg(test)]
mod tests;
