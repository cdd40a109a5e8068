//! The server's answers to its operator, in words.

use std::path::Path;

use super::{figures, rooms};
use crate::cli::args::AdminCommand;
use crate::cli::storage;
use crate::protocol::command::MemberRef;
use crate::protocol::denied::Denied;
use crate::protocol::ids::RoomId;
use crate::protocol::time::Span;
use crate::server::admin::message::{
    AdminFault, AdminReply, BackupCause, BackupFault, ImportFault, RoomTraces,
};
use crate::strings::numbers::long;
use crate::strings::server;
use crate::texts::denied;
use crate::texts::language::Language;
use crate::texts::quotes::quoted;
use crate::texts::tr;

/// The answer to a command, without an end of line.
pub(super) fn reply(language: Language, command: &AdminCommand, reply: &AdminReply) -> String {
    match reply {
        AdminReply::Done => done(language, command),
        AdminReply::CreateKey { room, key } => {
            tr!(
                language,
                "admin-create-key",
                room = room.as_str(),
                key = key.as_str()
            )
        }
        AdminReply::Rooms { rooms } => rooms::list(language, rooms),
        AdminReply::Room(room) => rooms::details(language, room),
        AdminReply::Told { rooms } => tr!(language, "admin-told", rooms = (*rooms)),
        AdminReply::Drains { after_ms } => {
            let after = i64::try_from(*after_ms).unwrap_or(i64::MAX);
            let after = long(language, Span::millis(after));
            tr!(language, "admin-drains", after = after)
        }
        AdminReply::Copied { file, rooms, bytes } => {
            server::backup_done(language, &file.display().to_string(), *rooms, *bytes)
        }
        AdminReply::Imported {
            rooms,
            existing,
            left,
        } => imported(language, *rooms, existing, *left),
        AdminReply::Limits { limits } => figures::limits(language, limits),
        AdminReply::Figures(found) => figures::text(language, found),
        AdminReply::Forgotten { rooms, erased } => {
            let name = match command {
                AdminCommand::Forget { name, .. } => name.to_string(),
                _ => String::new(),
            };
            traces(language, &name, rooms, *erased)
        }
        // It is printed as an error.
        AdminReply::Failed(_) => String::new(),
    }
}

/// Why something was not done, and the next step.
pub(super) fn fault(language: Language, fault: &AdminFault, socket: &Path) -> String {
    match fault {
        AdminFault::NotYours => {
            let path = socket.display().to_string();
            tr!(language, "admin-no-permission", path = path)
        }
        AdminFault::NotUnderstood => tr!(language, "admin-not-understood"),
        AdminFault::NoSuchRoom { room } => {
            tr!(language, "admin-no-such-room", room = room.as_str())
        }
        AdminFault::RoomExists { room } => {
            tr!(language, "admin-room-exists", room = room.as_str())
        }
        AdminFault::Denied {
            why: Denied::NoSuchMember { name },
        } => tr!(language, "admin-no-such-member", name = name.to_string()),
        AdminFault::Denied { why } => {
            let why = denied::denied(language, why);
            tr!(language, "admin-denied", why = why)
        }
        AdminFault::StorageAway => tr!(language, "admin-storage-away"),
        AdminFault::Backup { file, why } => no_backup(language, file, why),
        AdminFault::Import { file, why } => not_imported(language, file, why),
        AdminFault::NothingPlanned => tr!(language, "admin-nothing-planned"),
        AdminFault::GoingDown => tr!(language, "admin-going-down"),
    }
}

fn no_backup(language: Language, file: &Path, why: &BackupFault) -> String {
    let path = file.display().to_string();
    match why {
        BackupFault::InRedis => tr!(language, "admin-backup-in-redis"),
        BackupFault::Exists => server::backup_exists(language, &path),
        BackupFault::Unusable(cause) => {
            let why = backup_cause(language, cause);
            server::backup_unusable(language, &path, &why)
        }
        BackupFault::Interrupted => server::backup_interrupted(language),
        BackupFault::Unreadable(cause) => {
            server::backup_unreadable(language, &backup_cause(language, cause))
        }
        BackupFault::Away => tr!(language, "admin-backup-away"),
    }
}

/// What went wrong with a backup. An older server says it in English only.
fn backup_cause(language: Language, cause: &BackupCause) -> String {
    match &cause.fault {
        Some(fault) => storage::data_fault(language, fault),
        None => quoted(language, &cause.error),
    }
}

/// How many names of rooms are listed (judgement: more are counted only).
const NAMED: usize = 10;

fn imported(language: Language, rooms: usize, existing: &[RoomId], left: usize) -> String {
    let mut lines = vec![tr!(language, "admin-imported", rooms = rooms)];
    if !existing.is_empty() {
        let listed = existing.iter().take(NAMED).map(RoomId::as_str);
        let names = listed.collect::<Vec<_>>().join(", ");
        let more = existing.len().saturating_sub(NAMED);
        lines.push(tr!(
            language,
            "admin-imported-existing",
            names = names,
            more = more
        ));
    }
    if left > 0 {
        lines.push(tr!(language, "admin-imported-left", rooms = left));
    }
    lines.join("\n")
}

fn not_imported(language: Language, file: &Path, why: &ImportFault) -> String {
    let path = file.display().to_string();
    match why {
        ImportFault::Unusable(cause) => {
            let why = backup_cause(language, cause);
            tr!(language, "admin-import-unusable", path = path, why = why)
        }
        ImportFault::Foreign => tr!(language, "admin-import-foreign", path = path),
        ImportFault::Newer { found, known } => tr!(
            language,
            "admin-import-newer",
            path = path,
            found = found.to_string(),
            known = known.to_string()
        ),
        ImportFault::Truncated => tr!(language, "admin-import-truncated", path = path),
        ImportFault::Line { line, error } => tr!(
            language,
            "admin-import-line",
            path = path,
            line = line.to_string(),
            error = quoted(language, error)
        ),
        ImportFault::Ahead { seconds } => {
            let span = i64::try_from(*seconds).unwrap_or(i64::MAX);
            let span = long(language, Span::seconds(span));
            tr!(language, "admin-import-ahead", span = span)
        }
        ImportFault::Away { rooms } => {
            tr!(language, "admin-import-away", path = path, rooms = (*rooms))
        }
    }
}

fn done(language: Language, command: &AdminCommand) -> String {
    match command {
        AdminCommand::Close { room } => tr!(language, "admin-closed", room = room.as_str()),
        AdminCommand::Hide { room } => tr!(language, "admin-hidden", room = room.as_str()),
        AdminCommand::Promote { room, member } => tr!(
            language,
            "admin-promoted",
            member = named(member),
            room = room.as_str()
        ),
        AdminCommand::Ban { room, member } => tr!(
            language,
            "admin-banned",
            member = named(member),
            room = room.as_str()
        ),
        _ => tr!(language, "admin-drain-cancelled"),
    }
}

fn named(member: &MemberRef) -> String {
    match member {
        MemberRef::Id(id) => format!("#{id}"),
        MemberRef::Name(name) => name.to_string(),
    }
}

fn traces(language: Language, name: &str, rooms: &[RoomTraces], erased: bool) -> String {
    if rooms.is_empty() {
        return tr!(language, "admin-traces-none", name = name);
    }
    let found = tr!(
        language,
        "admin-traces-found",
        name = name,
        rooms = (rooms.len())
    );
    let mut lines = vec![found];
    lines.extend(rooms.iter().map(|traces| {
        let room = traces.room.as_str();
        let line = if traces.present {
            tr!(language, "admin-traces-present", room = room)
        } else {
            tr!(
                language,
                "admin-traces-line",
                room = room,
                members = traces.members,
                lines = traces.lines,
                entries = traces.entries,
                bans = traces.bans
            )
        };
        format!("  {line}")
    }));
    if erased && rooms.iter().any(|room| !room.present) {
        lines.push(tr!(language, "admin-forgotten"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::fault;
    use crate::server::admin::message::{AdminFault, BackupCause, BackupFault};
    use crate::server::log::{DataFault, FileError, LogError, OpenError};
    use crate::test_support::foreign_words;
    use crate::texts::language::Language::{English, Russian};

    fn said(why: BackupFault) -> [String; 2] {
        // As it comes from the server.
        let why = serde_json::from_value(serde_json::to_value(why).unwrap()).unwrap();
        let file = "/srv/copy.redb".into();
        let failed = AdminFault::Backup { file, why };
        [English, Russian].map(|language| fault(language, &failed, Path::new("/run/admin.sock")))
    }

    fn unusable(error: &std::io::Error) -> BackupFault {
        BackupFault::Unusable(error.into())
    }

    #[test]
    fn why_there_is_no_backup_is_said_in_the_language() {
        let damaged = FileError::Open(OpenError::Damaged {
            path: "/srv/copy.redb".into(),
            reason: DataFault::Foreign,
        });
        let away = FileError::Room(LogError::Away);
        let rows = [
            (
                unusable(&rustix::io::Errno::NOSPC.into()),
                "на диске нет места",
            ),
            (
                unusable(&rustix::io::Errno::IO.into()),
                "ошибка ввода-вывода",
            ),
            (
                unusable(&std::io::Error::other(DataFault::TooManyCopies)),
                "рядом слишком много его копий",
            ),
            (
                BackupFault::Unreadable((&damaged).into()),
                "его записала другая программа",
            ),
            (
                BackupFault::Unreadable((&away).into()),
                "«the rooms' storage cannot be reached now»",
            ),
        ];
        for (why, expected) in rows {
            let [english, russian] = said(why);
            assert!(
                english.contains("copy.redb") || english.contains("removed"),
                "{english}"
            );
            assert!(russian.contains(expected), "{russian}");
            assert_eq!(foreign_words(&russian), [""; 0], "{russian}");
        }
    }

    #[test]
    fn an_older_servers_english_is_quoted() {
        let old = serde_json::json!({"why": "unusable", "error": "No space left on device"});
        let why: BackupFault = serde_json::from_value(old).unwrap();
        let cause = BackupCause {
            error: "No space left on device".to_owned(),
            fault: None,
        };
        assert_eq!(why, BackupFault::Unusable(cause));
        let [_, russian] = said(why);
        assert!(
            russian.contains(": «No space left on device»;"),
            "{russian}"
        );
    }
}
