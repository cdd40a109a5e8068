//! How a client starts and ends: exit codes, refusals, signals, closed pipes.

use std::process::Command;

use rustix::process::Signal;

use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::{free_address, program};

/// The exit code and standard error of a client that cannot start.
fn fails(words: &[&str]) -> (Option<i32>, String) {
    let home = tempfile::tempdir().expect("a folder");
    let mut process = Process::start(program(home.path()).args(words));
    let code = process.wait().code();
    (code, process.complaints())
}

#[test]
fn the_end_of_input_leaves_once_all_lines_are_answered() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "pipe", "Alice", &["--no-player"]);
    for line in ["one", "two", "/pause", "/who"] {
        alice.type_line(line);
    }
    assert_eq!(alice.end_input(), Some(0));
    let reported = alice.rest();
    for line in 1..=4 {
        let answers = reported.iter().filter(|reported| {
            reported["line"] == line && (reported["type"] == "ok" || reported["type"] == "denied")
        });
        assert_eq!(answers.count(), 1, "line {line}: {reported:#?}");
    }
    let last = reported.last().expect("it told something");
    assert_eq!(
        (&last["type"], &last["state"]),
        (&"connection".into(), &"closed".into())
    );
}

#[test]
fn quit_and_signals_leave_in_good_order() {
    let server = Server::ephemeral();
    let mut watcher = JoinClient::start(server.url(), "ends", "Watcher", &["--no-player"]);
    watcher.joined();
    let signals = [Signal::INT, Signal::TERM, Signal::HUP];
    for way in [None].into_iter().chain(signals.map(Some)) {
        let mut boris = JoinClient::start(server.url(), "ends", "Boris", &["--no-player"]);
        boris.joined();
        match way {
            None => {
                boris.type_line("/quit");
            }
            Some(sent) => boris.process().signal(sent),
        }
        assert_eq!(boris.process().wait().code(), Some(0), "{way:?}");
        watcher.wait_type("member", |reported| reported["change"] == "left");
    }
}

#[test]
fn a_reader_who_goes_away_ends_it_quietly() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    // `head` reads one line and ends; the client notices when it writes one of its next lines.
    let script = r#""$0" "$@" | head -n 1; exit "${PIPESTATUS[0]}""#;
    let mut command = Command::new("bash");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_watchtogether")])
        .args([
            "join",
            "pipe",
            "--no-player",
            "--json",
            "--server",
            server.url(),
        ])
        .env("WATCHTOGETHER_STATE_DIR", home.path());
    let mut process = Process::start(&mut command);
    assert_eq!(process.wait().code(), Some(0));
    assert_eq!(process.complaints(), "");
}

#[test]
fn a_reader_who_goes_away_is_missed_even_when_nothing_happens() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    // The queue is the last that is reported of a room in which nothing happens.
    let script = r#""$0" "$@" | grep -q -m 1 '"type":"queue"'; exit "${PIPESTATUS[0]}""#;
    let mut command = Command::new("bash");
    command
        .args(["-c", script, env!("CARGO_BIN_EXE_watchtogether")])
        .args(["join", "idle", "--no-player", "--json", "--server"])
        .arg(server.url())
        .env("WATCHTOGETHER_STATE_DIR", home.path());
    let mut process = Process::start(&mut command);
    assert_eq!(process.wait().code(), Some(0));
    assert_eq!(process.complaints(), "");
}

#[test]
fn a_wrong_password_is_refused() {
    let server = Server::ephemeral();
    let home = tempfile::tempdir().expect("a folder");
    let client = |name: &str, password: Option<&str>, options: &[&str]| {
        let mut command = program(&home.path().join(name));
        command.args(["join", "our-place", "--no-player", "--json", "--name", name]);
        command.args(["--server", server.url()]).args(options);
        if let Some(password) = password {
            command.env("WATCHTOGETHER_PASSWORD", password);
        }
        JoinClient::run(&mut command)
    };
    let mut alice = client("Alice", Some("correct horse"), &["--private"]);
    alice.joined();
    for password in [Some("battery staple"), None] {
        let mut mallory = client("Mallory", password, &[]);
        let refused = mallory.wait_type("connection", |reported| reported["state"] == "refused");
        assert!(
            refused["text"]
                .as_str()
                .is_some_and(|text| text.contains("password")),
            "{refused}"
        );
        assert_eq!(mallory.process().wait().code(), Some(3));
    }
    let mut boris = client("Boris", Some("correct horse"), &[]);
    boris.joined();
}

#[test]
fn a_server_that_is_not_there_is_reported() {
    let nobody = format!("http://{}", free_address());
    let mut alice = JoinClient::start(&nobody, "void", "Alice", &["--no-player"]);
    assert_eq!(alice.process().wait().code(), Some(4));
    let reported = alice.rest();
    let words = reported
        .iter()
        .filter_map(|reported| reported["text"].as_str());
    assert!(
        words
            .into_iter()
            .any(|text| text.contains("Can't reach the server")),
        "{reported:#?}"
    );
}

#[test]
fn what_makes_no_sense_is_reported_before_anything_is_done() {
    let cases: [(&[&str], &str); 8] = [
        (&["join", "!!!"], "room"),
        (
            &["join", "night", "--play", "/home/me/film.mp4"],
            "your own computer",
        ),
        (&["join", "night", "--name", "\u{200b}"], "--name"),
        (
            &["join", "night", "--name", "Ada (admin)"],
            "can't have “(”",
        ),
        (&["join", "night", "--name", "admin"], "is reserved"),
        (
            &["join", "night", "--name", "a name of more characters"],
            "at most 24",
        ),
        (&["join", "night", "--title", " "], "--title"),
        (
            &["join", "night", "--player-arg", "film.mp4"],
            "--player-arg",
        ),
    ];
    for (words, hint) in cases {
        let (code, complaint) = fails(words);
        assert_eq!(code, Some(2), "{words:?}: {complaint}");
        assert!(complaint.contains(hint), "{words:?}: {complaint}");
        assert!(!complaint.contains("panicked"), "{complaint}");
    }
}
