//! `say`, `add` and `status` against a real server: what they do, what nobody notices of them, and
//! how they end.

use std::io::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::{free_address, program};

const FILM: &str = "https://example.org/film.mp4";
const NEXT: &str = "https://example.org/next.mp4";

/// How a command ended.
struct Ended {
    code: Option<i32>,
    output: String,
    complaints: String,
}

impl Ended {
    /// The lines of JSON that it printed.
    fn json(&self) -> Vec<Value> {
        let lines = self.output.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect()
    }
}

/// Runs a command to its end, with a home folder and this standard input.
fn run_with(home: &Path, arguments: &[&str], input: &str) -> Ended {
    let mut process = Process::start(program(home).args(arguments));
    process
        .input()
        .write_all(input.as_bytes())
        .expect("it takes its input");
    process.end_input();
    let mut output = String::new();
    while let Some(line) = process.line() {
        output.push_str(&line);
        output.push('\n');
    }
    Ended {
        code: process.wait().code(),
        output,
        complaints: process.complaints(),
    }
}

fn run(home: &Path, arguments: &[&str]) -> Ended {
    run_with(home, arguments, "")
}

/// Alice in the private room "den", whose password is "secret".
fn alice_in_private(home: &Path, server: &Server, options: &[&str]) -> JoinClient {
    let place = ["join", "den", "--private", "--server", server.url()];
    let mut command = program(home);
    command.args(place).args(["--name", "Alice"]).args(options);
    command.args(["--no-player", "--json"]);
    let mut alice = JoinClient::run(command.env("WATCHTOGETHER_PASSWORD", "secret"));
    alice.joined();
    alice
}

/// Checks that Alice was told of nobody but herself.
fn nobody_came_to(alice: &mut JoinClient) {
    let members = alice.so_far("member");
    let others: Vec<&Value> = members
        .iter()
        .filter(|line| line["name"] != "Alice")
        .collect();
    assert_eq!(others, [] as [&Value; 0]);
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn an_errand_is_the_members_own_and_leaves_their_client_alone() {
    let server = Server::ephemeral();
    let place = ["--server", server.url()];
    let alices = home();
    let mut alice = JoinClient::at_home(
        alices.path(),
        server.url(),
        "den",
        "Alice",
        &["--no-player"],
    );
    alice.joined();
    let mut boris = JoinClient::start(server.url(), "den", "Boris", &["--no-player"]);
    boris.joined();

    let said = run(
        alices.path(),
        &[&["say", "den", "hello", "all"], &place[..]].concat(),
    );
    assert_eq!(
        (said.code, said.output.as_str()),
        (Some(0), ""),
        "{}",
        said.complaints
    );
    let heard = boris.wait_type("chat", |line| line["text"] == "hello all");
    assert_eq!(heard["from"], "Alice");

    let added = run(
        alices.path(),
        &[&["add", "den", FILM, NEXT], &place[..]].concat(),
    );
    assert_eq!(added.code, Some(0), "{}", added.complaints);
    assert_eq!(added.output, "Playing now: film\n#1 queued: next\n");
    boris.wait_type("media", |line| line["url"] == FILM);

    // Her client is still there, and its own commands count as ever.
    alice.command("still here");
    boris.wait_type("chat", |line| line["text"] == "still here");
    assert!(
        alice
            .so_far("connection")
            .iter()
            .all(|line| line["state"] != "refused")
    );
    let members = boris.so_far("member");
    let hers = members.iter().filter(|line| line["name"] == "Alice");
    assert_eq!(
        hers.count(),
        1,
        "she was there when Boris came: {members:?}"
    );
}

#[test]
fn a_guest_comes_and_goes_unnoticed_and_is_the_same_the_next_time() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    alice.command(&format!("/play {FILM}"));
    let guests = home();
    let guest = |arguments: &[&str]| {
        let place = ["--server", server.url(), "--name", "Bot", "--json"];
        run(guests.path(), &[arguments, &place[..]].concat())
    };
    let first = guest(&["say", "den", "one"]);
    assert_eq!(first.code, Some(0), "{}", first.complaints);
    assert_eq!(first.json()[0]["type"], "ok");
    let heard = alice.wait_type("chat", |line| line["text"] == "one");
    assert_eq!(heard["from"], "Bot");

    let proposed = guest(&["add", "den", NEXT]);
    let answer = &proposed.json()[0];
    assert_eq!(answer["state"], "proposed", "{answer}");
    assert_eq!(answer["entry"], 1, "{answer}");
    let again = guest(&["add", "den", NEXT]);
    assert_eq!(again.code, Some(6));
    let denied = &again.json()[0];
    assert_eq!(
        (&denied["type"], &denied["code"]),
        (&"denied".into(), &"already_queued".into())
    );

    guest(&["say", "den", "two"]);
    let heard = alice.wait_type("chat", |line| line["text"] == "two");
    assert_eq!(heard["from"], "Bot", "not a second one");
    nobody_came_to(&mut alice);
    let counts = alice.so_far("viewers");
    assert!(counts.iter().all(|line| line["count"] == 1), "{counts:?}");
    // Moderators have power over guests as over anybody.
    alice.command("/mute Bot");
    let muted = guest(&["say", "den", "three"]);
    assert_eq!(
        (muted.code, muted.json()[0]["code"].as_str()),
        (Some(6), Some("muted"))
    );
    alice.command("/ban Bot");
    let banned = guest(&["say", "den", "four"]);
    assert_eq!(
        (banned.code, banned.json()[0]["code"].as_str()),
        (Some(3), Some("banned"))
    );
}

#[test]
fn a_name_that_is_given_is_somebody_elses_than_the_members() {
    let server = Server::ephemeral();
    let alices = home();
    let options = ["--no-player"];
    let mut alice = JoinClient::at_home(alices.path(), server.url(), "den", "Alice", &options);
    alice.joined();
    let mut say = |text: &str, name: &[&str]| {
        let place = ["say", "den", text, "--server", server.url()];
        let said = run(alices.path(), &[&place[..], name].concat());
        assert_eq!(said.code, Some(0), "{}", said.complaints);
        let heard = alice.wait_type("chat", |line| line["text"] == text);
        heard["from"].clone()
    };
    assert_eq!(say("one", &["--name", "Fortune"]), "Fortune");
    assert_eq!(say("two", &["--name", "Fortune"]), "Fortune", "the same");
    assert_eq!(say("three", &["--name", "Ода 42"]), "Ода 42");
    assert_eq!(say("four", &[]), "Alice");
    assert_eq!(say("five", &["--name", "Alice"]), "Alice", "no second one");
    nobody_came_to(&mut alice);
}

#[test]
fn lines_of_standard_input_are_given_in_order_and_as_fast_as_the_room_takes_them() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    let guests = home();
    let place = ["say", "den", "--server", server.url(), "--json"];
    let lines: Vec<String> = (1..=10)
        .map(|number| format!("line {number}\n\n"))
        .collect();
    let input = lines.concat();
    let said = run_with(guests.path(), &place, &input);
    assert_eq!(said.code, Some(0), "{}", said.complaints);
    let lines = said.json();
    assert_eq!(lines.len(), 10, "{lines:?}");
    assert!(lines.iter().all(|line| line["type"] == "ok"), "{lines:?}");
    for number in 1..=10 {
        let heard = alice.wait_type("chat", |_| true);
        assert_eq!(heard["text"], format!("line {number}"));
    }
    let nothing = run_with(guests.path(), &place, "");
    assert_eq!((nothing.code, nothing.output.as_str()), (Some(0), ""));
    let mixed = run_with(
        guests.path(),
        &["add", "den", "--server", server.url()],
        "nonsense\n",
    );
    assert_eq!(mixed.code, Some(6));
    assert!(
        mixed.complaints.contains("“nonsense”"),
        "{}",
        mixed.complaints
    );
    let command = run(
        guests.path(),
        &[&["say", "den", "/pause"], &place[2..]].concat(),
    );
    assert_eq!(
        (command.code, command.json()[0]["code"].as_str()),
        (Some(6), Some("not_a_message"))
    );
}

#[test]
fn who_is_not_let_in_learns_why() {
    let server = Server::on_disk_with(&["--max-members", "1"]);
    let somebodys = home();
    let mut alice = alice_in_private(somebodys.path(), &server, &[]);
    let guests = home();
    let say = |room: &str, password: Option<&str>| {
        let mut command = program(guests.path());
        command.args(["say", room, "hi", "--json", "--server", server.url()]);
        command.envs(password.map(|password| ("WATCHTOGETHER_PASSWORD", password)));
        let mut process = Process::start(&mut command);
        let line: Value = serde_json::from_str(&process.line().expect("an answer")).expect("JSON");
        (
            process.wait().code(),
            line["code"].as_str().unwrap_or_default().to_owned(),
        )
    };
    let refused = |code: &str| (Some(3), code.to_owned());
    assert_eq!(say("nowhere", None), refused("no_such_room"));
    assert_eq!(say("den", None), refused("password_needed"));
    assert_eq!(say("den", Some("wrong")), refused("password_wrong"));
    assert_eq!(say("den", Some("secret")), refused("room_full"));
    // Who is in it runs errands in a full room, too.
    let own = run(
        somebodys.path(),
        &["say", "den", "mine", "--server", server.url()],
    );
    assert_eq!(own.code, Some(0), "{}", own.complaints);
    alice.wait_type("chat", |line| line["text"] == "mine");

    let nobody = format!("http://{}", free_address());
    let unreachable = run(guests.path(), &["say", "den", "hi", "--server", &nobody]);
    assert_eq!(unreachable.code, Some(4), "{}", unreachable.complaints);
    let usage = run(
        guests.path(),
        &[
            "say",
            "den",
            "hi",
            "--server",
            server.url(),
            "--name",
            "\u{7}",
        ],
    );
    assert_eq!(usage.code, Some(2), "{}", usage.complaints);
}

#[test]
fn status_says_what_plays_and_disturbs_nobody() {
    let server = Server::ephemeral();
    let mut alice = JoinClient::start(server.url(), "den", "Alice", &["--no-player"]);
    alice.joined();
    alice.command(&format!("/play {FILM}"));
    alice.command("/pause");
    let guests = home();
    let status = |arguments: &[&str]| {
        let place = ["--server", server.url()];
        run(
            guests.path(),
            &[&["status"], arguments, &place[..]].concat(),
        )
    };
    let line = status(&["den"]);
    assert_eq!(line.code, Some(0), "{}", line.complaints);
    assert_eq!(line.output, "⏸ film · 0:00 · 1 viewer\n");
    let own = status(&["den", "--format", "{state}: {media} ({viewers})"]);
    assert_eq!(own.output, "paused: film (1)\n");
    let json = status(&["den", "--json"]);
    assert_eq!(json.json()[0]["viewers"], 1);

    let unknown = status(&["den", "--format", "{colour}"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.complaints.contains("{colour}") && unknown.complaints.contains("{media}"));
    let nowhere = status(&["nowhere"]);
    assert_eq!((nowhere.code, nowhere.output.as_str()), (Some(3), ""));
    nobody_came_to(&mut alice);
}

#[test]
fn the_status_of_a_private_room_is_for_those_who_may_enter_it() {
    let server = Server::ephemeral();
    let alices = home();
    let mut alice = alice_in_private(alices.path(), &server, &["--play", FILM]);
    alice.wait_type("media", |line| line["url"] == FILM);
    let words = [
        "status",
        "den",
        "--format",
        "{kind} {viewers}",
        "--server",
        server.url(),
    ];
    let stranger = run(home().path(), &words);
    assert_eq!(stranger.code, Some(3));
    let own = run(alices.path(), &words);
    assert_eq!(
        (own.code, own.output.as_str()),
        (Some(0), "MP4 1\n"),
        "{}",
        own.complaints
    );
    let guests = home();
    std::fs::write(guests.path().join("password"), "secret\n").expect("written");
    let file = guests.path().join("password");
    let file = file.to_str().expect("a path");
    let guest = run(
        guests.path(),
        &[&words[..], &["--password-file", file]].concat(),
    );
    assert_eq!(
        (guest.code, guest.output.as_str()),
        (Some(0), "MP4 1\n"),
        "{}",
        guest.complaints
    );
    nobody_came_to(&mut alice);
}

#[test]
fn where_json_is_asked_for_a_failure_is_a_line_of_it() {
    let guests = home();
    let nobody = format!("http://{}", free_address());
    for arguments in [
        &["gallery"][..],
        &["status", "den"],
        &["add", "den", FILM],
        &["say", "den", "hello"],
    ] {
        let ended = run(
            guests.path(),
            &[arguments, &["--json", "--server", &nobody]].concat(),
        );
        assert_eq!((ended.code, ended.complaints.as_str()), (Some(4), ""));
        let line = ended.json().remove(0);
        assert_eq!(
            (&line["type"], &line["state"], &line["code"]),
            (
                &"connection".into(),
                &"refused".into(),
                &"unreachable".into()
            ),
            "{arguments:?}"
        );
    }
    let server = Server::ephemeral();
    let place = ["--json", "--server", server.url()];
    let nowhere = run(
        guests.path(),
        &[&["status", "nowhere"], &place[..]].concat(),
    );
    assert_eq!(nowhere.code, Some(3));
    assert_eq!(nowhere.json()[0]["code"], "no_such_room");
}
