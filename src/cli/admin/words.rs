//! The server's answers to its operator, in words.

use std::path::Path;

use super::figures;
use crate::cli::args::AdminCommand;
use crate::protocol::command::MemberRef;
use crate::protocol::member::{Role, Visibility};
use crate::protocol::playback::EntryState;
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{Position, Span};
use crate::server::admin::message::{
    AdminFault, AdminReply, BackupFault, MemberSummary, PlayingSummary, RoomDetails, RoomSummary,
    RoomTraces,
};
use crate::strings::numbers::long;
use crate::strings::server;
use crate::texts::denied;
use crate::texts::language::Language;
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
        AdminReply::Rooms { rooms } => list(language, rooms),
        AdminReply::Room(room) => details(language, room),
        AdminReply::Told { rooms } => tr!(language, "admin-told", rooms = (*rooms)),
        AdminReply::Drains { after_ms } => {
            let after = i64::try_from(*after_ms).unwrap_or(i64::MAX);
            let after = long(language, Span::millis(after));
            tr!(language, "admin-drains", after = after)
        }
        AdminReply::Copied { file, rooms, bytes } => {
            server::backup_done(language, &file.display().to_string(), *rooms, *bytes)
        }
        AdminReply::Limits { limits } => figures::limits(limits),
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
        AdminFault::Denied { why } => {
            let why = denied::denied(language, why);
            tr!(language, "admin-denied", why = why)
        }
        AdminFault::StorageAway => tr!(language, "admin-storage-away"),
        AdminFault::Backup { file, why } => no_backup(language, file, why),
        AdminFault::NothingPlanned => tr!(language, "admin-nothing-planned"),
        AdminFault::GoingDown => tr!(language, "admin-going-down"),
    }
}

fn no_backup(language: Language, file: &Path, why: &BackupFault) -> String {
    let path = file.display().to_string();
    match why {
        BackupFault::Exists => server::backup_exists(language, &path),
        BackupFault::Unusable { error } => server::backup_unusable(language, &path, error),
        BackupFault::Interrupted => server::backup_interrupted(language),
        BackupFault::Unreadable { error } => server::backup_unreadable(language, error),
        BackupFault::Away => tr!(language, "admin-backup-away"),
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

fn list(language: Language, rooms: &[RoomSummary]) -> String {
    if rooms.is_empty() {
        return tr!(language, "admin-no-rooms");
    }
    let mut lines = vec![tr!(language, "admin-rooms", count = (rooms.len()))];
    lines.extend(rooms.iter().map(|room| {
        let more = match (&room.playing, room.empty_seconds) {
            (_, Some(empty)) => Some(tr!(language, "admin-empty", time = span(language, empty))),
            (Some(media), None) => Some(playing(language, media)),
            (None, None) => None,
        };
        let more = more.map_or_else(String::new, |more| format!("  {more}"));
        tr!(
            language,
            "admin-room-line",
            room = room.id.as_str(),
            visibility = visibility(language, room.visibility),
            here = room.here,
            more = more
        )
    }));
    lines.join("\n")
}

fn details(language: Language, room: &RoomDetails) -> String {
    let summary = &room.summary;
    let mut lines = vec![tr!(
        language,
        "admin-room-line",
        room = summary.id.as_str(),
        visibility = visibility(language, summary.visibility),
        here = summary.here,
        more = ""
    )];
    if let Some(title) = &summary.title {
        lines.push(tr!(language, "admin-title", title = title.as_str()));
    }
    lines.push(match &summary.playing {
        Some(media) => playing(language, media),
        None => tr!(language, "admin-nothing-plays"),
    });
    if let (Some(empty), Some(left)) = (summary.empty_seconds, room.closes_in_seconds) {
        lines.push(tr!(
            language,
            "admin-empty-closes",
            time = span(language, empty),
            left = span(language, left)
        ));
    }
    if room.members.is_empty() {
        lines.push(tr!(language, "admin-nobody"));
    } else {
        lines.push(tr!(language, "admin-members"));
        lines.extend(room.members.iter().map(|one| member(language, one)));
    }
    if !room.queue.is_empty() {
        lines.push(tr!(language, "admin-queue"));
        lines.extend(room.queue.iter().map(|entry| {
            let title = entry
                .title
                .as_ref()
                .map_or(entry.kind.as_str(), Title::as_str);
            let (number, who) = (entry.id.to_string(), entry.by.as_str());
            let line = match entry.state {
                EntryState::Approved => {
                    tr!(
                        language,
                        "admin-entry",
                        number = number,
                        title = title,
                        who = who
                    )
                }
                EntryState::Proposed => tr!(
                    language,
                    "admin-entry-proposed",
                    number = number,
                    title = title,
                    who = who
                ),
            };
            format!("  {line}")
        }));
    }
    if !room.banned.is_empty() {
        let names: Vec<&str> = room.banned.iter().map(MemberName::as_str).collect();
        lines.push(tr!(
            language,
            "admin-banned-names",
            names = names.join(", ")
        ));
    }
    lines.join("\n")
}

/// A member on a line: the number, the name, and the rest after two blanks, which no name has.
fn member(language: Language, member: &MemberSummary) -> String {
    let number = format!("#{}", member.id);
    let role = match member.role {
        Role::Viewer => "viewer",
        Role::Moderator => "moderator",
        Role::Admin => "admin",
    };
    let mut remarks = vec![tr!(language, "person-role", role = role)];
    if member.acting {
        remarks.push(tr!(language, "admin-acting"));
    }
    if member.muted {
        remarks.push(tr!(language, "admin-muted"));
    }
    if !member.here {
        remarks.push(tr!(language, "admin-gone"));
    }
    format!("  {number:<5}{}  ({})", member.name, remarks.join(", "))
}

fn playing(language: Language, media: &PlayingSummary) -> String {
    let title = media
        .title
        .as_ref()
        .map_or(media.kind.as_str(), Title::as_str);
    let at = i64::try_from(media.position_seconds).unwrap_or(i64::MAX / 1_000_000);
    let at = Position::seconds(at).to_string();
    if media.paused {
        tr!(language, "admin-paused", title = title, at = at)
    } else {
        tr!(language, "admin-playing", title = title, at = at)
    }
}

fn visibility(language: Language, visibility: Visibility) -> String {
    let code = match visibility {
        Visibility::Public => "public",
        Visibility::Unlisted => "unlisted",
        Visibility::Private => "private",
    };
    tr!(language, "admin-visibility", visibility = code)
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

/// A time of so many seconds: `48 s`, `12 min`, `2 h 10 min`.
pub(super) fn span(language: Language, seconds: u64) -> String {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000);
    long(language, Span::seconds(seconds))
}
