//! Returning as the same member: after a broken connection, a restart of the client, or a restart
//! of the server.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use crate::support::balancer::before;
use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::server::{Server, listening, serve};
use crate::support::{files_below, program};

#[test]
fn a_client_that_comes_back_is_who_it_was() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let at_home =
        || JoinClient::at_home(home.path(), server.url(), "back", "Alice", &["--no-player"]);
    let mut boris = JoinClient::start(server.url(), "back", "Boris", &["--no-player"]);
    boris.joined();
    let mut alice = at_home();
    let first = alice.joined()["you"].clone();
    boris.command("/moderator Alice");
    alice.wait_type("member", |reported| reported["change"] == "role");
    alice.process().kill();
    let mut alice = at_home();
    let again = alice.joined()["you"].clone();
    assert_eq!(again["id"], first["id"]);
    assert_eq!(
        (&first["role"], &again["role"]),
        (&"viewer".into(), &"moderator".into())
    );
}

#[test]
fn two_windows_are_two_members() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let at_home =
        || JoinClient::at_home(home.path(), server.url(), "two", "Alice", &["--no-player"]);
    let (mut first, mut second) = (at_home(), at_home());
    let (first, second) = (first.joined(), second.joined());
    assert_ne!(first["you"]["id"], second["you"]["id"]);
    assert_ne!(first["you"]["name"], second["you"]["name"]);
}

#[test]
fn a_server_that_was_killed_finds_everyone_again() {
    let mut server = Server::on_disk();
    let mut alice = JoinClient::start(server.url(), "restart", "Alice", &["--no-player"]);
    let alice_before = alice.joined();
    let mut boris = JoinClient::start(server.url(), "restart", "Boris", &["--no-player"]);
    let boris_before = boris.joined();
    alice.command("before the night");
    boris.command("/add https://example.org/film.mp4");

    server.kill();
    for client in [&mut alice, &mut boris] {
        client.wait_type("connection", |reported| reported["state"] == "reconnecting");
    }
    alice.denied("/pause", "not_connected");
    server.start_again();
    for (client, before) in [(&mut alice, &alice_before), (&mut boris, &boris_before)] {
        client.wait_type("connection", |reported| reported["state"] == "connected");
        client.command("here again");
        // The author of its line shows that the client is the same member as before.
        let name = &before["you"]["name"];
        client.wait_type("chat", |reported| {
            reported["text"] == "here again" && reported["from"] == *name
        });
    }
    let mut vera = JoinClient::start(server.url(), "restart", "Vera", &["--no-player"]);
    vera.joined();
    vera.wait_type("chat", |reported| reported["text"] == "before the night");
    let queue = vera.wait_type("queue", |reported| !reported["entries"][0].is_null());
    assert_eq!(queue["entries"][0]["by"], "Boris");
    boris.denied("/approve", "not_allowed");
    alice.command("/approve");
    for (mut client, before) in [(alice, alice_before), (boris, boris_before)] {
        let name = before["you"]["name"].as_str().expect("a name").to_owned();
        let id = &before["you"]["id"];
        let there = vera.wait_type("member", |reported| reported["name"] == name.as_str());
        assert_eq!(there["id"], *id, "{name} is somebody else");
        assert_eq!(client.end_input(), Some(0));
        let again = client
            .rest()
            .iter()
            .any(|reported| reported["type"] == "joined");
        assert!(!again, "{name} came as somebody new");
    }
}

#[test]
fn whoever_looks_for_a_room_in_vain_can_still_say_what_next() {
    let mut server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "away", "Alice", &["--no-player"]);
    alice.joined();
    server.kill();
    alice.wait_type("connection", |reported| reported["state"] == "reconnecting");
    alice.denied("/join http://127.0.0.1:1/r/mistyped", "unreachable");
    alice.wait_type("connection", |reported| reported["state"] == "reconnecting");
    alice.denied("anybody?", "not_connected");
    alice.command("/retry");
    alice.command("/quit");
    assert_eq!(alice.process().wait().code(), Some(0));
}

/// A client of one home folder in "secret", with a password if there is one; what it ends
/// with, if it does not come in.
fn in_secret(home: &Path, server: &Server, password: Option<&str>, options: &[&str]) -> JoinClient {
    let mut command = program(home);
    command.args(["join", "secret", "--no-player", "--json"]);
    command.args(["--server", server.url()]).args(options);
    if let Some(password) = password {
        command.env("WATCHTOGETHER_PASSWORD", password);
    }
    JoinClient::run(&mut command)
}

#[test]
fn a_private_room_that_is_gone_is_made_again_by_its_members_alone_and_private() {
    let mut server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let password = Some("correct horse");
    let mut alice = in_secret(home.path(), &server, password, &["--private"]);
    alice.joined();
    server.kill();
    alice.wait_type("connection", |reported| reported["state"] == "reconnecting");
    server.start_again();
    let refused = alice.wait_type("connection", |reported| reported["state"] == "refused");
    assert_eq!(refused["code"], "no_such_room", "{refused}");
    assert_eq!(alice.process().wait().code(), Some(3));

    // Without the password the room is not created. With it the room is private, even if that was
    // not asked for.
    let mut alice = in_secret(home.path(), &server, None, &[]);
    let refused = alice.wait_type("connection", |reported| reported["state"] == "refused");
    assert_eq!(refused["code"], "password_missing", "{refused}");
    assert_eq!(alice.process().wait().code(), Some(3));
    let mut alice = in_secret(home.path(), &server, password, &[]);
    alice.joined();
    alice.wait_type("notice", |reported| reported["code"] == "made_private");
    let stranger = tempfile::tempdir().expect("a folder");
    let mut mallory = in_secret(stranger.path(), &server, None, &[]);
    let refused = mallory.wait_type("connection", |reported| reported["state"] == "refused");
    assert_eq!(refused["code"], "password_needed", "{refused}");
}

#[test]
fn a_password_for_a_room_that_is_not_there_makes_it_private() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let mut alice = in_secret(home.path(), &server, Some("correct horse"), &[]);
    alice.joined();
    alice.wait_type("notice", |reported| reported["code"] == "made_private");
    let stranger = tempfile::tempdir().expect("a folder");
    let mut mallory = in_secret(stranger.path(), &server, None, &[]);
    mallory.wait_type("connection", |reported| {
        reported["code"] == "password_needed"
    });
}

#[test]
fn tokens_and_passwords_stay_where_they_belong() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let mut command = program(home.path());
    command
        .args(["join", "secret", "--no-player", "--json", "--private"])
        .args(["--log", "trace", "--server", server.url()])
        .env("WATCHTOGETHER_PASSWORD", "correct horse");
    let mut alice = JoinClient::run(&mut command);
    alice.joined();
    assert_eq!(alice.end_input(), Some(0));
    let reported = format!("{:?}", alice.rest());
    let (tokens, others): (Vec<_>, Vec<_>) =
        files_below(home.path()).into_iter().partition(|path| {
            path.extension()
                .is_some_and(|extension| extension == "token")
        });
    assert_eq!(tokens.len(), 1, "{tokens:?}");
    let token = std::fs::read_to_string(&tokens[0]).expect("a token");
    assert!(
        token.len() >= 16,
        "a guessable token: {} bytes",
        token.len()
    );
    let is_log = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "log");
    assert!(others.iter().any(is_log), "there is no log to search");
    for secret in [token.as_str(), "correct horse"] {
        assert!(!reported.contains(secret), "{secret} was told");
        for file in &others {
            let bytes = std::fs::read(file).expect("a file");
            let is_found = String::from_utf8_lossy(&bytes).contains(secret);
            assert!(!is_found, "{secret} stands in {}", file.display());
        }
    }
}

#[test]
fn an_admin_closes_a_room_and_everybody_reads_by_whom() {
    let server = Server::on_disk();
    let join = |name| JoinClient::start(server.url(), "over", name, &["--no-player"]);
    let mut alice = join("Alice");
    alice.joined();
    let mut boris = join("Boris");
    boris.joined();
    boris.denied("/close", "not_allowed");
    alice.command("/close");
    let refused = boris.wait_type("connection", |reported| reported["state"] == "refused");
    assert_eq!(refused["code"], "room_closed", "{refused}");
    let text = refused["text"].as_str().expect("words");
    assert_eq!(text, "Alice closed over for everyone.");
    assert_eq!(boris.process().wait().code(), Some(3));
    assert_eq!(alice.process().wait().code(), Some(0));
    // The name is free again, for a room that is new.
    let mut vera = join("Vera");
    assert_eq!(vera.joined()["you"]["role"], "admin");
}

#[test]
fn who_comes_back_to_a_room_that_somebody_made_anew_is_told_so() {
    let server = Server::on_disk();
    let home = tempfile::tempdir().expect("a folder");
    let at_home =
        || JoinClient::at_home(home.path(), server.url(), "anew", "Alice", &["--no-player"]);
    let is_new = |reported: &serde_json::Value| reported["code"] == "new_room_of_same_name";
    let mut alice = at_home();
    alice.joined();
    assert_eq!(alice.end_input(), Some(0));
    let mut alice = at_home();
    alice.joined();
    assert!(!alice.so_far("notice").iter().any(is_new), "it is the same");
    alice.command("/close");
    assert_eq!(alice.process().wait().code(), Some(0));

    let mut boris = JoinClient::start(server.url(), "anew", "Boris", &["--no-player"]);
    boris.joined();
    let mut alice = at_home();
    let joined = alice.joined();
    assert_eq!(joined["you"]["role"], "viewer");
    let notice = alice.wait_type("notice", is_new);
    let text = "This is a new room with the same name: the queue and chat are gone.";
    assert_eq!(notice["text"], text);
}

#[test]
fn a_server_that_names_its_public_address_finds_the_same_member_there() {
    let public = TcpListener::bind("127.0.0.1:0").expect("a port");
    let public_url = format!("http://{}", public.local_addr().expect("an address"));
    let home = tempfile::tempdir().expect("a folder");
    let options = [
        "--listen",
        "127.0.0.1:0",
        "--ephemeral",
        "--public-url",
        &public_url,
    ];
    let mut server = Process::start(&mut serve(home.path(), &options));
    let local = listening(&mut server);
    before(public, &local, []);

    let own = tempfile::tempdir().expect("a folder");
    let at =
        |address: &str| JoinClient::at_home(own.path(), address, "both", "Alice", &["--no-player"]);
    let mut here = at(&local);
    let first = here.joined()["you"].clone();
    assert_eq!(here.end_input(), Some(0));
    let mut there = at(&public_url);
    let again = there.joined()["you"].clone();
    assert_eq!(
        again["id"], first["id"],
        "the same member behind both addresses"
    );
    assert_eq!(there.end_input(), Some(0));
    let mut here = at(&local);
    assert_eq!(here.joined()["you"]["id"], first["id"]);
}
