//! `watch` against a real server: what an observer sees of a public room, and how watching ends.

use serde_json::Value;

use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::program;
use crate::support::server::Server;

const FILM: &str = "https://example.org/film.mp4";

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Checks that Alice was told of nobody but herself.
fn nobody_came_to(alice: &mut JoinClient) {
    let members = alice.so_far("member");
    assert!(
        members.iter().all(|line| line["name"] == "Alice"),
        "{members:?}"
    );
}

#[test]
fn whoever_watches_from_outside_sees_what_happens_but_no_chat() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    alice.command("before");
    let somewhere = home();
    let watching = ["watch", "den", "--server", server.url()];
    let mut watcher = JoinClient::run(program(somewhere.path()).args(watching));
    let joined = watcher.joined();
    alice.wait_type("observers", |line| line["count"] == 1);
    assert_eq!((&joined["room"], joined.get("you")), (&"den".into(), None));
    alice.command("secret words");
    alice.command(&format!("/play {FILM}"));
    watcher.wait_type("media", |line| line["url"] == FILM);
    alice.command("/pause");
    watcher.wait_type("timeline", |line| line["paused"] == true);
    assert_eq!(watcher.so_far("chat"), [] as [Value; 0]);
    nobody_came_to(&mut alice);
    // An admin can show the chat from here on.
    alice.command("/observers chat on");
    watcher.wait_type("notice", |line| line["code"] == "observers_chat");
    alice.command("open words");
    watcher.wait_type("chat", |line| line["text"] == "open words");
    alice.command("/observers chat off");
    watcher.wait_type("notice", |line| line["code"] == "observers_chat_off");
    alice.command("secret again");
    alice.command("/resume");
    watcher.wait_type("timeline", |line| line["paused"] == false);
    assert_eq!(watcher.so_far("chat"), [] as [Value; 0]);
    // A room that is not public any more is nobody's business outside.
    alice.command("/unlisted");
    watcher.wait_type("connection", |line| {
        line["state"] == "refused" && line["code"] == "no_such_room"
    });
    assert_eq!(watcher.process().wait().code(), Some(3));
    let mut hidden = JoinClient::run(program(somewhere.path()).args(watching));
    let refused = hidden.wait_type("connection", |line| line["state"] == "refused");
    assert_eq!(refused["code"], "no_such_room");
    let words = refused["text"].as_str().unwrap_or_default();
    assert!(words.contains("no public room den"), "{words}");
    assert_eq!(hidden.process().wait().code(), Some(3));
}

#[test]
fn a_reader_that_has_gone_ends_watching_quietly() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    let somewhere = home();
    let program = program(somewhere.path());
    let line = format!(
        "{} watch den --server {} | head -n 1; echo \"${{PIPESTATUS[0]}}\"",
        program.get_program().to_str().expect("a path"),
        server.url()
    );
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &line]).env_clear();
    shell.envs(
        program
            .get_envs()
            .filter_map(|(key, value)| Some((key, value?))),
    );
    let mut process = Process::start(&mut shell);
    let first = process.line().expect("a line");
    assert!(first.starts_with('{'), "{first}");
    // The pipe breaks at the next line.
    alice.command(&format!("/play {FILM}"));
    assert_eq!(process.line().as_deref(), Some("0"));
    assert_eq!(process.complaints(), "");
}

#[test]
fn who_watches_comes_back_by_themselves_and_is_still_nobody() {
    let mut server = Server::on_disk();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    let somewhere = home();
    let watching = ["watch", "den", "--server", server.url()];
    let mut watcher = JoinClient::run(program(somewhere.path()).args(watching));
    watcher.joined();
    server.kill();
    for client in [&mut alice, &mut watcher] {
        client.wait_type("connection", |line| line["state"] == "reconnecting");
    }
    server.start_again();
    for client in [&mut alice, &mut watcher] {
        client.wait_type("connection", |line| line["state"] == "connected");
    }
    alice.command(&format!("/play {FILM}"));
    watcher.wait_type("media", |line| line["url"] == FILM);
    alice.command("not for those outside");
    alice.command("/pause");
    watcher.wait_type("timeline", |line| line["paused"] == true);
    assert_eq!(watcher.so_far("chat"), [] as [Value; 0]);
    nobody_came_to(&mut alice);
}
