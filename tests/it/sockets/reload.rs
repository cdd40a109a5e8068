//! Settings that a running server reads again after SIGHUP: those that hold at once, each by what it
//! does, and those that need a restart.

use std::collections::BTreeSet;
use std::os::unix::net::UnixDatagram;

use rustix::process::Signal;
use tempfile::TempDir;
use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::time::{RoomTime, Span};
use watchtogether::wire::pages::RoomCard;

use super::client::{Client, LINK, hello};
use super::limits::refusal;
use super::monitoring::{manager_at, until_told};
use super::operated::OperatedServer;
use super::socket::Socket;
use super::{Server, until};
use crate::support::process::Process;
use crate::support::server::serve;

const DAY: i64 = 24 * 3_600;

/// A server with a file of settings, and the service manager that it tells when it has read them.
struct Configured {
    operated: OperatedServer,
    manager: UnixDatagram,
    folder: TempDir,
}

impl Configured {
    /// A server that starts with these settings.
    fn start(settings: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let manager = manager_at(&path);
        let file = folder.path().join("config.toml");
        std::fs::write(&file, settings).unwrap();
        let config = ["--config", file.to_str().unwrap()];
        let operated = OperatedServer::start_with(&config, |command| {
            command.env("NOTIFY_SOCKET", &path);
        });
        until_told(&manager, "READY=1");
        Self {
            operated,
            manager,
            folder,
        }
    }

    /// Has the settings read again, which are these now.
    fn reload(&self, settings: &str) {
        std::fs::write(self.folder.path().join("config.toml"), settings).unwrap();
        self.operated.process.signal(Signal::HUP);
        until_told(&self.manager, "RELOADING=1");
        until_told(&self.manager, "READY=1");
    }

    /// The same of the settings of `serve`, beside that of a trusted proxy.
    fn serve(&self, settings: &str) {
        self.reload(&format!("{PROXY}{settings}\n"));
    }

    /// In how many seconds the empty room of this name is closed.
    fn closes_in(&self, room: &str) -> i64 {
        let details = self.operated.json(&["room", room]);
        let seconds = details["closes_in_seconds"].as_i64();
        seconds.unwrap_or_else(|| panic!("{details}"))
    }
}

/// The clients of these tests name their addresses, so that these are counted.
const PROXY: &str = "[serve]\ntrust-proxy = [\"127.0.0.1\"]\n";
const NAMED: &str = "X-Forwarded-For";

#[test]
fn a_hangup_has_the_log_level_read_again_and_wrong_settings_change_nothing() {
    let server = Configured::start("[log]\nlevel = \"warn\"\n");
    server.reload("[log]\nlevel = \"info\"\n[serve]\nsuccession-grace = 7\n");
    let grace = || server.operated.json(&["limits"])["limits"]["succession_grace"].clone();
    assert_eq!(grace(), 7.0);
    server.reload("[serve]\nsuccession-grace = \"soon\"\n");
    assert_eq!(grace(), 7.0);
    let (code, log) = server.operated.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("read again"), "{log}");
    assert!(log.contains("stay as they were"), "{log}");
    assert!(
        !log.contains("loaded 0 rooms"),
        "it began with warnings only: {log}"
    );
}

#[tokio::test]
async fn who_may_create_rooms_follows_at_once() {
    let mut configured = Configured::start(PROXY);
    let server = configured.operated.server();
    assert_eq!(refusal(&server, "of-anyone", None).await, None);
    configured.serve("create = \"admin\"");
    let needed = Some(Refused::CreateKeyNeeded);
    assert_eq!(refusal(&server, "den", None).await, needed);

    let secret = configured.folder.path().join("secret");
    let asks = format!("create = \"password\"\ncreate-password-file = {secret:?}");
    std::fs::write(&secret, "popcorn\n").unwrap();
    configured.serve(&asks);
    let needed = Some(Refused::CreatePasswordNeeded);
    assert_eq!(refusal(&server, "den", None).await, needed);
    assert_eq!(refusal(&server, "den", Some("popcorn")).await, None);
    // The same file, with another password in it.
    std::fs::write(&secret, "lemonade\n").unwrap();
    configured.serve(&asks);
    let wrong = Some(Refused::CreatePasswordWrong);
    assert_eq!(refusal(&server, "other", Some("popcorn")).await, wrong);
    assert_eq!(refusal(&server, "other", Some("lemonade")).await, None);

    configured.serve("create = \"anyone\"");
    assert_eq!(refusal(&server, "of-anyone-again", None).await, None);
}

#[tokio::test]
async fn limits_of_rooms_and_members_follow_at_once_and_nobody_is_sent_out() {
    let mut configured = Configured::start(PROXY);
    let server = configured.operated.server();
    let mut alice = Client::join(&server, "den", "Alice").await;
    let mut bob = Client::join(&server, "den", "Bob").await;

    configured.serve("max-members = 1");
    let full = Some(Refused::RoomFull { limit: 1 });
    assert_eq!(refusal(&server, "den", None).await, full);
    let media = Media::parse(LINK).unwrap();
    assert!(bob.ask(Command::Add { media }).await.is_ok(), "he stays");

    configured.serve("max-rooms = 1");
    let full = Some(Refused::ServerFull { limit: 1 });
    assert_eq!(refusal(&server, "other", None).await, full);
    assert_eq!(refusal(&server, "den", None).await, None, "members again");

    configured.serve("max-rooms-per-address = 1");
    let there = server.through(NAMED, "203.0.113.7");
    assert_eq!(refusal(&there, "room-1", None).await, None);
    let own = Some(Refused::TooManyOwnRooms { limit: 1 });
    assert_eq!(refusal(&there, "room-2", None).await, own);

    configured.serve("");
    assert_eq!(refusal(&there, "room-2", None).await, None);
    alice.drain().await;
}

#[tokio::test]
async fn limits_of_connections_follow_at_once() {
    let mut configured = Configured::start(PROXY);
    let server = configured.operated.server();
    let there = server.through(NAMED, "203.0.113.7");
    configured.serve("max-connections-per-address = 1");
    let _only = Socket::open(&there).await;
    assert_eq!(Socket::try_open(&there).await.err(), Some(429));
    let elsewhere = server.through(NAMED, "203.0.113.8");
    let _other = Socket::open(&elsewhere).await;

    configured.serve("max-connections = 1");
    let third = server.through(NAMED, "203.0.113.9");
    assert_eq!(Socket::try_open(&third).await.err(), Some(503));
    configured.serve("");
    assert!(Socket::try_open(&third).await.is_ok());
}

#[tokio::test]
async fn the_grace_period_follows_for_rooms_that_are_created_from_then_on() {
    let mut configured = Configured::start(PROXY);
    let server = configured.operated.server();
    let before = Client::join(&server, "before", "Alice").await;
    configured.serve("succession-grace = 7");
    let then = Client::join(&server, "then", "Alice").await;
    assert_eq!(then.room.grace, Some(Span::seconds(7)));
    let before = before.come_back(&server).await;
    assert_eq!(before.room.grace, None);
}

/// Until when an empty room is kept, as everybody can ask who knows its name. Waits until the room
/// knows that the last member has left.
async fn kept_until(server: &Server, room: &str) -> RoomTime {
    until("the time of an empty room", async || {
        let (_, card) = server.page(&format!("/api/rooms/{room}")).await;
        let card: RoomCard = serde_json::from_str(&card).unwrap();
        card.kept_until
    })
    .await
}

#[tokio::test]
async fn how_long_rooms_are_kept_follows_for_all_of_them() {
    let mut configured = Configured::start("[serve]\nroom-ttl = \"7d\"\n");
    let server = configured.operated.server();
    let mut alice = Client::join(&server, "for-friday", "Alice").await;
    let media = Media::parse(LINK).unwrap();
    alice.ask(Command::Add { media }).await.unwrap();
    alice.leave().await;
    let mut bob = Client::join(&server, "here", "Bob").await;
    let before = kept_until(&server, "for-friday").await;
    assert!((6 * DAY..=7 * DAY).contains(&configured.closes_in("for-friday")));

    configured.reload("[serve]\nroom-ttl = \"14d\"\n");
    assert!((13 * DAY..=14 * DAY).contains(&configured.closes_in("for-friday")));
    let longer = kept_until(&server, "for-friday").await;
    assert_eq!(longer, before + Span::seconds(7 * DAY));
    // Who is in a room leaves with the words for the new time.
    let fortnight = Some(Span::seconds(14 * DAY));
    bob.until_room(|room| room.ttl == fortnight).await;
    let carol = Client::enter(&server, hello("here", "Carol")).await;
    assert_eq!(carol.unwrap().room.ttl, fortnight);

    configured.reload("[serve]\nroom-ttl = \"1d\"\n");
    assert!((DAY - 3_600..=DAY).contains(&configured.closes_in("for-friday")));
    let (code, log) = configured.operated.end();
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("needs a restart"), "{log}");
}

/// As on a full disk.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_room_that_cannot_record_the_time_for_which_it_is_kept_does_so_later() {
    let mut configured = Configured::start("");
    let server = configured.operated.server();
    let mut alice = Client::join(&server, "den", "Alice").await;
    let process = &configured.operated.process;
    server.until_healthy(true).await;
    process.limit_files(Some(0));
    alice.send(super::client::chat("meanwhile")).await;
    server.until_healthy(false).await;
    configured.reload("[serve]\nroom-ttl = \"14d\"\n");
    // The room has taken the settings before this.
    assert!(alice.ask(super::client::chat("denied")).await.is_err());
    assert_ne!(alice.room.ttl, Some(Span::seconds(14 * DAY)));
    process.limit_files(None);
    alice
        .until_room(|room| room.ttl == Some(Span::seconds(14 * DAY)))
        .await;
}

/// The settings that the log names as needing a restart.
fn named(log: &str) -> BTreeSet<&str> {
    let lines = log.lines().filter(|line| line.contains("needs a restart"));
    let names = lines.map(|line| {
        let name = line.split("setting=\"").nth(1).expect(line);
        name.split('"').next().expect(line)
    });
    names.collect()
}

#[test]
fn every_setting_that_needs_a_restart_is_said_by_name_and_no_other() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("notify");
    let manager = manager_at(&path);
    let file = home.path().join("config.toml");
    let data = home.path().join("data");
    let first = format!("[serve]\nlisten = [\"127.0.0.1:0\"]\ndata-dir = {data:?}\n");
    std::fs::write(&file, first).unwrap();
    let config = ["--config", file.to_str().unwrap()];
    let mut command = serve(home.path(), &config);
    let mut process = Process::start(command.env("NOTIFY_SOCKET", &path));
    until_told(&manager, "READY=1");
    let secret = home.path().join("secret");
    std::fs::write(&secret, "popcorn\n").unwrap();
    let everything = format!(
        "[serve]\n\
         listen = [\"127.0.0.1:1\"]\n\
         ephemeral = true\n\
         public-url = \"https://watch.example.org\"\n\
         succession-grace = 7\n\
         room-ttl = \"14d\"\n\
         admin-socket = \"/nowhere/admin.sock\"\n\
         metrics-listen = \"127.0.0.1:1\"\n\
         log-format = \"json\"\n\
         trust-proxy = [\"192.0.2.1\"]\n\
         tls-cert = \"/nowhere/cert.pem\"\n\
         tls-key = \"/nowhere/key.pem\"\n\
         create = \"password\"\n\
         create-password-file = {secret:?}\n\
         max-rooms = 7\n\
         max-rooms-per-address = 7\n\
         max-members = 7\n\
         max-connections = 7\n\
         max-connections-per-address = 7\n"
    );
    std::fs::write(&file, everything).unwrap();
    process.signal(Signal::HUP);
    until_told(&manager, "RELOADING=1");
    until_told(&manager, "READY=1");
    process.signal(Signal::TERM);
    assert_eq!(process.wait().code(), Some(0));
    let log = process.complaints();
    let expected = [
        "admin-socket",
        "data-dir",
        "ephemeral",
        "listen",
        "log-format",
        "metrics-listen",
        "public-url",
        "tls-cert",
        "tls-key",
        "trust-proxy",
    ];
    assert_eq!(named(&log), BTreeSet::from(expected), "{log}");
}
