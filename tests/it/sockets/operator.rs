//! `watchtogether admin` with a real server: what the operator sees and does, and what the members
//! of a room learn of it.

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;

use rustix::process::Signal;
use watchtogether::media::Media;
use watchtogether::protocol::command::Command;
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::ephemeral::MemberNotice;
use watchtogether::protocol::event::RoomEvent;
use watchtogether::protocol::ids::MemberId;
use watchtogether::protocol::member::{Role, Visibility};
use watchtogether::protocol::text::MemberName;
use watchtogether::protocol::time::Span;
use watchtogether::wire::message::{CatchUp, ServerMsg};

use super::client::{Client, LINK, chat, private_hello};
use super::operated::OperatedServer;
use crate::support::join_client::JoinClient;

#[tokio::test]
async fn the_operator_sees_every_room_and_no_secret_of_it() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let none = operated.admin(&["rooms"]);
    assert_eq!(none.text, "There are no rooms.\n");
    let hidden = private_hello("our-place", "Alice", Some("correct-horse"));
    let mut alice = Client::enter(&server, hidden).await.unwrap();
    alice.ask(chat("a private line")).await.unwrap();
    let media = Media::parse(&format!("{LINK}?key=secret")).unwrap();
    alice.ask(Command::Add { media }).await.unwrap();
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    bob.drain().await;

    let rooms = operated.admin(&["rooms"]);
    assert!(rooms.text.starts_with("2 rooms:\n"), "{}", rooms.text);
    let line = "our-place  private, 1 here";
    assert!(
        rooms.text.lines().any(|found| found.starts_with(line)),
        "{}",
        rooms.text
    );
    let room = operated.admin(&["room", "our-place"]);
    assert_eq!(room.code, Some(0), "{}", room.complaint);
    assert!(room.text.contains("#1   Alice  (admin)"), "{}", room.text);
    let details = operated.json(&["room", "our-place"]);
    assert_eq!(details["members"][0]["name"], "Alice");
    assert_eq!(details["visibility"], "private");
    for secret in [
        "private line",
        "correct-horse",
        "argon2",
        "key=secret",
        &alice.token,
    ] {
        assert!(
            !details.to_string().contains(secret),
            "{secret} in {details}"
        );
        assert!(!room.text.contains(secret), "{secret} in {}", room.text);
    }
    let missing = operated.admin(&["room", "nowhere"]);
    assert_eq!(missing.code, Some(1));
    assert!(
        missing.complaint.contains("admin rooms"),
        "{}",
        missing.complaint
    );
}

#[tokio::test]
async fn the_operator_promotes_and_bans_and_the_members_learn_by_whom() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;

    let promoted = operated.admin(&["promote", "movie-night", "bob"]);
    assert_eq!(promoted.code, Some(0), "{}", promoted.complaint);
    assert_eq!(promoted.text, "bob is now an admin of movie-night.\n");
    bob.until_room(|room| {
        let bob = room
            .roster
            .all()
            .find(|member| member.name.as_str() == "Bob");
        bob.is_some_and(|bob| bob.role == Role::Admin)
    })
    .await;
    let by = alice.until(|message| match message {
        ServerMsg::Events { events } => events
            .iter()
            .find(|fact| matches!(fact.event, RoomEvent::RoleChanged { .. }))
            .map(|fact| fact.by),
        _ => None,
    });
    assert_eq!(by.await, Some(MemberId::OPERATOR));

    let again = operated.admin(&["promote", "movie-night", "bob"]);
    assert_eq!(again.code, Some(1));
    let nobody = operated.admin(&["ban", "movie-night", "#77"]);
    assert_eq!(nobody.code, Some(1));
    assert!(nobody.complaint.contains("#77"), "{}", nobody.complaint);

    let banned = operated.admin(&["ban", "movie-night", "#1"]);
    assert_eq!(banned.code, Some(0), "{}", banned.complaint);
    assert_eq!(alice.closed().await, Some(Refused::Banned));
    bob.until_room(|room| room.bans.iter().any(|ban| ban.by.is_operator()))
        .await;
}

#[tokio::test]
async fn a_room_that_the_operator_closes_is_over_for_everybody() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let closed = operated.admin(&["close", "movie-night"]);
    assert_eq!(closed.code, Some(0), "{}", closed.complaint);
    let by = alice.until(|message| match message {
        ServerMsg::Events { events } => events
            .iter()
            .find(|fact| fact.event == RoomEvent::Closed)
            .map(|fact| fact.by),
        _ => None,
    });
    assert_eq!(by.await, Some(MemberId::OPERATOR));
    assert_eq!(alice.closed().await, Some(Refused::RoomClosed));
    let again = operated.admin(&["close", "movie-night"]);
    assert_eq!(again.code, Some(1), "{}", again.text);
}

#[test]
fn whoever_is_in_a_room_that_the_operator_closes_reads_by_whom() {
    let mut operated = OperatedServer::start(&[]);
    let url = operated.server().url();
    for (language, words) in [
        (
            "en",
            "The server's operator closed movie-night for everyone.",
        ),
        (
            "ru",
            "Комната movie-night закрыта для всех (владелец сервера).",
        ),
    ] {
        let options = ["--no-player", "--lang", language];
        let mut alice = JoinClient::start(url.as_str(), "movie-night", "Alice", &options);
        alice.joined();
        let closed = operated.admin(&["close", "movie-night"]);
        assert_eq!(closed.code, Some(0), "{}", closed.complaint);
        let refused = alice.wait_type("connection", |line| line["state"] == "refused");
        assert_eq!(refused["code"], "room_closed", "{refused}");
        assert_eq!(refused["text"], words);
        assert_eq!(alice.process().wait().code(), Some(3));
    }
}

#[tokio::test]
async fn a_room_that_the_operator_hides_is_not_in_the_gallery_any_more() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    server.until_listed("it", |cards| cards.len() == 1).await;
    let hidden = operated.admin(&["hide", "movie-night"]);
    assert_eq!(hidden.code, Some(0), "{}", hidden.complaint);
    alice
        .until_room(|room| room.visibility == Visibility::Unlisted)
        .await;
    server.until_listed("nothing", <[_]>::is_empty).await;
    let again = operated.admin(&["hide", "movie-night"]);
    assert_eq!(again.code, Some(1), "{}", again.text);
}

#[tokio::test]
async fn an_announcement_reaches_the_rooms_that_are_meant() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "other-place", "Bob").await;
    let told = operated.admin(&["announce", "Upgrade at\u{1b}[2J noon"]);
    assert_eq!(
        told.text, "Told the people in 2 rooms.\n",
        "{}",
        told.complaint
    );
    for client in [&mut alice, &mut bob] {
        match client.operator_notice().await {
            MemberNotice::Announcement { text } => assert_eq!(text.as_str(), "Upgrade at[2J noon"),
            other => panic!("{other:?}"),
        }
    }
    let told = operated.admin(&["announce", "Hello there", "--room", "other-place"]);
    assert_eq!(
        told.text, "Told the people in 1 room.\n",
        "{}",
        told.complaint
    );
    bob.operator_notice().await;
    let told = operated.admin(&["announce", "Hello", "--room", "nowhere"]);
    assert_eq!(told.code, Some(1));
}

#[tokio::test]
async fn a_drain_warns_everybody_until_the_server_ends_in_order() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let nothing = operated.admin(&["drain", "--cancel"]);
    assert_eq!(nothing.code, Some(1));
    assert!(
        nothing.complaint.contains("nothing to cancel"),
        "{}",
        nothing.complaint
    );

    let begun = operated.admin(&["drain", "--in", "1h"]);
    assert_eq!(begun.code, Some(0), "{}", begun.complaint);
    assert!(begun.text.contains("drain --cancel"), "{}", begun.text);
    assert!(matches!(
        alice.operator_notice().await,
        MemberNotice::ServerStops { .. }
    ));
    assert_eq!(
        server.page("/readyz").await.0,
        503,
        "nobody new should be sent here"
    );
    assert_eq!(
        server.page("/healthz").await.0,
        200,
        "and yet it is healthy"
    );
    // Whoever comes in meanwhile is told as well.
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    match bob.operator_notice().await {
        MemberNotice::ServerStops { after, elsewhere } => {
            assert!(after > Span::seconds(60), "{after:?}");
            assert!(!elsewhere, "the room has no other place");
        }
        other => panic!("{other:?}"),
    }
    let kept = operated.admin(&["drain", "--cancel"]);
    assert_eq!(kept.code, Some(0), "{}", kept.complaint);
    assert_eq!(alice.operator_notice().await, MemberNotice::ServerStays);
    assert_eq!(server.page("/readyz").await.0, 200);

    operated.admin(&["drain", "--in", "0s"]);
    assert_eq!(alice.closed().await, Some(Refused::ShuttingDown));
    let status = operated.process.wait();
    assert_eq!(status.code(), Some(0), "{}", operated.process.complaints());
    assert!(
        !operated.data().join("admin.sock").exists(),
        "the socket goes with the server"
    );
}

#[tokio::test]
async fn a_person_is_forgotten_in_every_room_and_over_a_restart() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    for room in ["movie-night", "other-place"] {
        let mut mallory = Client::join(&server, room, "Mallory").await;
        mallory.ask(chat("their own line")).await.unwrap();
        mallory.leave().await;
    }
    alice
        .until_room(|room| {
            let mut gone = room.roster.all().filter(|member| !member.is_here());
            gone.any(|member| member.name.as_str() == "Mallory")
        })
        .await;
    let asked = operated.admin(&["forget", "Mallory"]);
    assert_eq!(
        asked.code,
        Some(1),
        "nobody can be asked here: {}",
        asked.text
    );
    assert!(
        asked.text.contains("movie-night: member records"),
        "{}",
        asked.text
    );
    assert!(asked.complaint.contains("--yes"), "{}", asked.complaint);
    alice.drain().await;
    assert!(alice.chat().iter().any(|line| line.starts_with("Mallory")));

    let done = operated.admin(&["forget", "mallory", "--yes"]);
    assert_eq!(done.code, Some(0), "{}", done.complaint);
    assert!(done.text.contains("in 2 rooms"), "{}", done.text);
    alice
        .until_room(|room| {
            room.chat
                .lines()
                .all(|line| line.name.as_str() != "Mallory")
        })
        .await;
    let none = operated.admin(&["forget", "Mallory", "--yes"]);
    assert!(
        none.text.contains("No room keeps anything"),
        "{}",
        none.text
    );
    // A newcomer, who gets the whole state, finds no trace.
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    bob.drain().await;
    let CatchUp::State(state) = &bob.came_with else {
        panic!("a newcomer gets the state");
    };
    let state = serde_json::to_string(state).unwrap();
    assert!(
        !state.contains("Mallory") && !state.contains("their own line"),
        "{state}"
    );
    let present = operated.admin(&["forget", "Alice", "--yes"]);
    assert!(
        present.text.contains("in the room right now"),
        "{}",
        present.text
    );
    let (_, log) = operated.end();
    let forgotten = log.lines().find(|line| line.contains("was erased"));
    assert!(
        forgotten.is_some_and(|line| !line.contains("Mallory")),
        "{log}"
    );
}

#[tokio::test]
async fn what_was_erased_is_not_in_the_file_and_a_backup_restores_the_rest() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.ask(chat("a line to keep")).await.unwrap();
    let mut mallory = Client::join(&server, "movie-night", "Mallory").await;
    mallory.ask(chat("a line to erase")).await.unwrap();
    mallory.leave().await;
    alice
        .until_room(|room| room.roster.all().any(|member| !member.is_here()))
        .await;
    let done = operated.admin(&["forget", "Mallory", "--yes"]);
    assert_eq!(done.code, Some(0), "{}", done.complaint);
    let copy = operated.home.path().join("copy.redb");
    let copy = copy.to_str().unwrap().to_owned();
    let copied = operated.admin(&["backup", &copy]);
    assert_eq!(copied.code, Some(0), "{}", copied.complaint);
    let again = operated.admin(&["backup", &copy]);
    assert_eq!(again.code, Some(1));
    assert!(
        again.complaint.contains("already exists"),
        "{}",
        again.complaint
    );
    for file in [operated.data().join("rooms.redb"), copy.clone().into()] {
        let bytes = std::fs::read(&file).unwrap();
        let has = |text: &str| {
            bytes
                .windows(text.len())
                .any(|found| found == text.as_bytes())
        };
        assert!(has("a line to keep"), "{file:?}");
        assert!(!has("a line to erase") && !has("Mallory"), "{file:?}");
    }
    let in_use = operated.admin(&["restore", &copy]);
    assert_eq!(in_use.code, Some(1), "{}", in_use.text);
    assert!(
        in_use.complaint.contains("stop it first"),
        "{}",
        in_use.complaint
    );
    alice.ask(chat("a later line")).await.unwrap();
    operated.process.signal(Signal::TERM);
    operated.process.wait();
    let restored = operated.admin(&["restore", &copy]);
    assert_eq!(restored.code, Some(0), "{}", restored.complaint);
    operated.start_again();
    let back = alice.come_back(&operated.server()).await;
    assert_eq!(back.you, alice.you);
    assert!(back.chat().contains(&"Alice: a line to keep".to_owned()));
    assert!(!back.chat().contains(&"Alice: a later line".to_owned()));
}

#[tokio::test]
async fn limits_and_figures_are_shown() {
    let mut operated = OperatedServer::start(&[]);
    let server = operated.server();
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    alice.ask(chat("hello")).await.unwrap();
    let undo = alice.ask(Command::Undo).await;
    assert!(undo.is_err());
    let limits = operated.admin(&["limits"]);
    assert!(
        limits.text.lines().any(|line| line.starts_with("members ")),
        "{}",
        limits.text
    );
    let figures = operated.json(&["figures"]);
    assert_eq!(figures["connections"], 1);
    assert_eq!(figures["rooms"], 1);
    assert_eq!(figures["members"], 1);
    assert_eq!(figures["messages"]["command"], 2);
    assert_eq!(figures["denied"]["nothing_plays"], 1);
    assert!(
        figures["append"]["count"].as_u64().unwrap() >= 1,
        "{figures}"
    );
    let words = operated.admin(&["figures"]);
    assert!(
        words.text.contains("1 connection, 1 member, 1 room"),
        "{}",
        words.text
    );
    assert!(words.text.contains("nothing_plays 1"), "{}", words.text);
}

#[test]
fn what_is_wrong_is_said_with_the_next_step() {
    let mut operated = OperatedServer::start(&[]);
    operated.server();
    let nowhere = operated.home.path().join("nowhere");
    let nowhere = nowhere.to_str().unwrap();
    let none = operated.admin_with(&["rooms", "--data-dir", nowhere]);
    assert_eq!(none.code, Some(4), "{}", none.text);
    assert!(
        none.complaint.contains("watchtogether serve"),
        "{}",
        none.complaint
    );
    let usage = operated.admin(&["announce", ""]);
    assert_eq!(usage.code, Some(2), "{}", usage.complaint);
    // A server that was killed leaves its socket behind; the next one puts its own there.
    let socket = operated.data().join("admin.sock");
    operated.process.signal(Signal::KILL);
    operated.process.wait();
    assert!(socket.exists());
    let dead = operated.admin(&["rooms"]);
    assert_eq!(dead.code, Some(4), "{}", dead.text);
}

#[test]
fn the_socket_is_for_its_owner_and_takes_nothing_else() {
    let mut operated = OperatedServer::start(&[]);
    operated.server();
    let socket = operated.data().join("admin.sock");
    let mode = std::fs::metadata(&socket).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mode = std::fs::metadata(operated.data())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    for junk in [
        "no JSON\n".to_owned(),
        "x".repeat(100_000),
        "{\"do\":\"fly\"}\n".to_owned(),
    ] {
        let mut stream = UnixStream::connect(&socket).unwrap();
        stream.write_all(junk.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains("not_understood"), "{answer}");
    }
    let rooms = operated.admin(&["rooms"]);
    assert_eq!(rooms.code, Some(0), "it works on: {}", rooms.complaint);
}

/// The server refuses a user who is neither its own nor root, whatever the rights of the file are.
#[cfg(target_os = "linux")]
#[test]
fn another_user_is_refused() {
    use std::os::unix::process::CommandExt;
    if !rustix::process::geteuid().is_root() {
        // Only root can become another user; the file's mode is tested above.
        return;
    }
    let mut operated = OperatedServer::start(&[]);
    operated.server();
    let open = std::fs::Permissions::from_mode(0o777);
    let socket = operated.data().join("admin.sock");
    for path in [operated.home.path(), &operated.data(), &socket] {
        std::fs::set_permissions(path, open.clone()).unwrap();
    }
    let mut command = crate::support::program(operated.home.path());
    let folder = operated.data();
    command.args(["admin", "rooms", "--data-dir", folder.to_str().unwrap()]);
    let output = command.uid(65_534).gid(65_534).output();
    let Ok(output) = output else {
        // The program's folder is closed to other users on this machine.
        return;
    };
    let answer = super::operated::answer(output);
    assert_eq!(answer.code, Some(1), "{}", answer.text);
    assert!(answer.complaint.contains("sudo"), "{}", answer.complaint);
    assert!(MemberName::operator().is_operator());
}
