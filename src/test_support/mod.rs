//! What the tests of several modules build: members, media, queue entries, an HTTP server and
//! clips. A test names only the fields that it is about: `QueueEntry { start, ..entry(1, state) }`.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::app::config::{AppConfig, Attendance, Reach, VideoConfig};
use crate::app::output::TimelineView;
use crate::app::own_reactions::OwnReactions;
use crate::doctor::system::System;
use crate::media::Media;
use crate::media::policy::Privacy;
use crate::protocol::event::RoomEvent;
use crate::protocol::ids::{EntryId, Epoch, MemberId, Rev, RoomId};
use crate::protocol::member::{Member, MemberFlags, Presence, Role, Visibility};
use crate::protocol::playback::{EntryState, Playing, QueueEntry};
use crate::protocol::text::{MemberName, Title};
use crate::protocol::time::{Position, Rate, RoomTime, Span};
use crate::room::decide::Creation;
use crate::room::secrets::AddressKey;
use crate::sync::follow::FollowConfig;
use crate::sync::player::PlayerEvent;
use crate::texts::language::Language;
use crate::wire::message::Create;

#[path = "../../tests/it/support/answers.rs"]
pub(crate) mod answers;
#[path = "../../tests/it/support/certificates.rs"]
pub(crate) mod certificates;
mod foreign_words;
pub(crate) mod length;
pub(crate) mod origin;
#[path = "../../tests/it/support/own_child.rs"]
pub(crate) mod own_child;
#[cfg(unix)]
#[path = "../../tests/it/support/patience.rs"]
pub(crate) mod patience;
#[cfg(unix)]
#[path = "../../tests/it/support/redis_cluster.rs"]
pub(crate) mod redis_cluster;
#[cfg(unix)]
#[path = "../../tests/it/support/redis_server.rs"]
pub(crate) mod redis_server;

pub(crate) use foreign_words::foreign_words;

/// The member who played the media of [`playing`], and added that of [`entry`].
pub(crate) const ALICE: MemberId = MemberId(1);

#[must_use]
pub(crate) fn name(text: &str) -> MemberName {
    MemberName::parse(text).unwrap()
}

/// A member with a player, in the room since its beginning.
#[must_use]
pub(crate) fn member(id: MemberId, called: &str, role: Role) -> Member {
    Member {
        id,
        name: name(called),
        role,
        acting: false,
        presence: Presence::Here(RoomTime(0)),
        has_player: true,
        flags: MemberFlags::default(),
        answered: Vec::new(),
    }
}

/// A player has loaded media that has sound and no title, and can be sought in.
#[must_use]
pub(crate) const fn loaded(epoch: Epoch) -> PlayerEvent {
    PlayerEvent::Loaded {
        epoch,
        title: None,
        has_audio: true,
        seekable: true,
        live: false,
        begins: None,
    }
}

/// The words of a command line, with the program's name before them.
#[must_use]
pub(crate) fn command_line(words: &str) -> Vec<OsString> {
    let words = words.split_whitespace().map(OsString::from);
    std::iter::once("watchtogether".into())
        .chain(words)
        .collect()
}

/// How a public room is created, without a title.
#[must_use]
pub(crate) fn public_creation() -> Creation {
    Creation {
        title: None,
        visibility: Visibility::Public,
        password: None,
        address_key: AddressKey([5; 32]),
    }
}

/// Media that Alice plays and a player has opened; its title and length are not known.
#[must_use]
pub(crate) fn playing(link: &str) -> Playing {
    Playing {
        media: Media::parse(link).unwrap(),
        title: None,
        duration: None,
        live: false,
        length_is_set: false,
        length_by_viewers: false,
        title_by_viewers: false,
        players_length: None,
        unopened: false,
        begins: None,
        by: ALICE,
        by_name: name("Alice"),
    }
}

/// A queue entry of Alice's for a link of its own, which starts at its beginning.
#[must_use]
pub(crate) fn entry(number: u64, state: EntryState) -> QueueEntry {
    QueueEntry {
        id: EntryId(number),
        media: Media::parse(&format!("https://example.org/{number}.mp4")).unwrap(),
        title: None,
        title_by_viewers: false,
        duration: None,
        start: Position::START,
        by: ALICE,
        by_name: name("Alice"),
        at: RoomTime(0),
        state,
    }
}

/// What a room learned of its media from players: a title and a length, each if it is known.
#[must_use]
pub(crate) fn learned(epoch: Epoch, title: Option<Title>, duration: Option<Span>) -> RoomEvent {
    RoomEvent::Learned {
        epoch,
        duration,
        title,
        live: false,
        length_is_set: false,
        length_by_viewers: false,
        title_by_viewers: false,
        players_length: None,
        begins: None,
    }
}

/// What a client of a public room is started with, who has a player and no screen.
#[must_use]
pub(crate) fn client_config(called: &str) -> AppConfig {
    AppConfig {
        server: "http://watch.example.org".into(),
        room: RoomId::parse("movie-night").unwrap(),
        written_room: None,
        name: name(called),
        whole_name: None,
        chosen_name: None,
        play: None,
        waits: false,
        password: None,
        invite: None,
        create: Create::default(),
        policy: Privacy::PublicOnly,
        attendance: Attendance::WithPlayer,
        over_ssh: false,
        system: System::default(),
        follow: FollowConfig::default(),
        seed: 7,
        reach: Reach::Remote,
        hosts: None,
        hosts_with: Vec::new(),
        unkept: None,
        demo: false,
        language: Language::English,
        reactions: OwnReactions::default(),
        video: VideoConfig::default(),
        screen: None,
    }
}

/// A timeline that runs at normal speed from its beginning.
#[must_use]
pub(crate) fn timeline_view() -> TimelineView {
    TimelineView {
        position: Position::START,
        paused: false,
        held: false,
        rate: Rate::NORMAL,
        rev: Rev(0),
        at: RoomTime(0),
        start: RoomTime(0),
        has_notice: false,
    }
}

/// A folder with what ffmpeg makes for the output `file`: a picture (160x90, 25 frames a second) of
/// the named test source, and a tone.
#[must_use]
pub(crate) fn ffmpeg_makes(picture: &str, arguments: &[&str], file: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-f", "lavfi"])
        .args(["-i", &format!("{picture}=size=160x90:rate=25")])
        .args(["-f", "lavfi", "-i", "sine=frequency=440"])
        .args(["-preset", "ultrafast", "-pix_fmt", "yuv420p"])
        .args(arguments)
        .arg(file)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .status()
        .expect("these tests need ffmpeg (apt install ffmpeg)");
    assert!(status.success(), "ffmpeg made no {file}");
    folder
}
