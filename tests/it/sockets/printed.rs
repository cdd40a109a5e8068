//! What commands print as JSON is what the schemas in `docs/schemas` say.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::Server;
use super::client::Client;
use super::schemas::{accepts, schema};
use crate::support::process::Process;
use crate::support::program;

/// What is typed into a client.
const LINES: [&str; 7] = [
    "hello :fire:",
    "/play https://example.org/a.mp4",
    "/add https://example.org/b.mp4",
    "/pause",
    "/kick Bob",
    "/nonsense",
    "/who",
];

#[tokio::test]
async fn what_join_prints_is_as_its_schema_says() {
    let server = Server::start().await;
    let url = server.url().to_string();
    let printed = tokio::task::spawn_blocking(move || {
        let home = tempfile::tempdir().expect("a folder");
        let mut command = program(home.path());
        command.args(["join", "den", "--no-player", "--json", "--name", "Ada"]);
        let mut client = Process::start(command.args(["--server", &url]));
        for line in LINES {
            writeln!(client.input(), "{line}").expect("it reads its input");
        }
        client.end_input();
        let lines = std::iter::from_fn(|| client.line());
        let lines = lines.map(|line| serde_json::from_str(&line).expect("JSON"));
        lines.collect::<Vec<Value>>()
    });
    let schema = schema("join-output");
    let lines = printed.await.expect("it ran");
    assert!(lines.len() > 12);
    for line in lines {
        accepts(&schema, &line);
    }
}

#[test]
fn the_evening_in_the_manual_is_as_its_schema_says() {
    let evening = include_str!("../../../src/cli/generate/json_page_evening.jsonl");
    let schema = schema("join-output");
    let lines: Vec<&str> = evening.lines().collect();
    assert!(lines.len() > 12);
    for line in lines {
        accepts(&schema, &serde_json::from_str(line).expect("JSON"));
    }
}

/// The lines of JSON that a command prints, whatever its exit code.
fn lines_of(home: &Path, words: &[&str]) -> Vec<Value> {
    let mut command: Command = program(home);
    let printed = command.args(words).output().expect("it runs").stdout;
    let printed = String::from_utf8(printed).expect("UTF-8");
    let lines = printed.lines();
    let lines: Vec<Value> = lines
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert!(!lines.is_empty(), "{words:?}");
    lines
}

#[tokio::test]
async fn what_other_commands_print_is_as_their_schemas_say() {
    let server = Server::start().await;
    let _alice = Client::join(&server, "den", "Alice").await;
    server
        .until_listed("the room", |rooms| !rooms.is_empty())
        .await;
    let url = server.url().to_string();
    let checked = tokio::task::spawn_blocking(move || {
        let home = tempfile::tempdir().expect("a folder");
        let at = ["--server", &url];
        let links = [
            "add",
            "den",
            "https://example.org/a.mp4",
            "no link",
            "--json",
        ];
        for (words, name) in [
            (
                &["say", "den", "hello", "--json", at[0], at[1]][..],
                "join-output",
            ),
            (&[&links[..], &at[..]].concat(), "join-output"),
            (
                &["say", "nowhere", "hello", "--json", at[0], at[1]],
                "join-output",
            ),
            (&["gallery", "--json", at[0], at[1]], "room-card"),
            (&["status", "den", "--json", at[0], at[1]], "room-card"),
        ] {
            let schema = schema(name);
            for line in lines_of(home.path(), words) {
                accepts(&schema, &line);
            }
            assert!(!schema.is_valid(&Value::from(7)), "{name}");
        }
    });
    checked.await.expect("it ran");
}
