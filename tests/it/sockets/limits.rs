//! What an operator limits: passing a limit gives a code and the next step in both languages.

use std::process::Command;

use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::invite::ServerUrl;
use watchtogether::server::{CreateRule, Limits};

use super::client::{Client, hello};
use super::operated::OperatedServer;
use super::socket::Socket;
use super::{Server, until};
use crate::support::program;

/// The refusal of a client at an address behind the server's proxy, if it is refused.
pub(super) async fn refusal(server: &Server, room: &str, key: Option<&str>) -> Option<Refused> {
    let mut hello = hello(room, "Alice");
    hello.create.key = key.map(Into::into);
    let entered = Client::enter(server, hello).await;
    entered.err().and_then(|reason| reason.refused())
}

/// `join` of a room that is refused: the exit code, and what is said.
fn said(server: &ServerUrl, language: &str, options: &[&str]) -> (Option<i32>, String) {
    let home = tempfile::tempdir().expect("a folder");
    let mut command: Command = program(home.path());
    command.args(["join", "den", "--no-player", "--json", "--lang", language]);
    command.args(["--server", server.as_str()]).args(options);
    let output = command.output().expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("a text");
    (output.status.code(), text)
}

/// Checks that both languages say these words to a client that is refused.
fn says(server: &ServerUrl, options: &[&str], words: [&str; 2]) {
    for (language, words) in ["en", "ru"].into_iter().zip(words) {
        let (code, text) = said(server, language, options);
        assert_eq!(code, Some(3), "{text}");
        assert!(text.contains(words), "{text}");
    }
}

#[tokio::test]
async fn one_address_has_so_many_rooms_at_a_time() {
    let server = Server::behind_proxy_with(Limits {
        rooms_per_address: 2,
        ..Limits::default()
    })
    .await;
    let there = server.through("X-Forwarded-For", "203.0.113.7");
    for room in ["room-1", "room-2"] {
        assert_eq!(refusal(&there, room, None).await, None);
    }
    let limit = Some(Refused::TooManyOwnRooms { limit: 2 });
    assert_eq!(refusal(&there, "room-3", None).await, limit);
    assert_eq!(refusal(&there, "room-1", None).await, None, "it is there");
    let elsewhere = server.through("X-Forwarded-For", "203.0.113.8");
    assert_eq!(refusal(&elsewhere, "room-3", None).await, None);
}

#[tokio::test]
async fn a_server_has_so_many_connections() {
    let server = Server::with(Limits {
        connections: 2,
        ..Limits::default()
    })
    .await;
    let _first = Socket::open(&server).await;
    let second = Socket::open(&server).await;
    assert_eq!(Socket::try_open(&server).await.err(), Some(503));
    drop(second);
    until("a place comes free", async || {
        Socket::try_open(&server).await.ok()
    })
    .await;
}

#[tokio::test]
async fn who_may_create_rooms_is_said_in_both_languages_and_a_password_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secret");
    std::fs::write(&file, "popcorn\n").expect("it is written");
    let file = file.to_str().expect("a path");
    let options = ["--create", "password", "--create-password-file", file];
    let mut operated = OperatedServer::start(&options);
    let server = operated.server();
    let url = server.url();
    assert_eq!(
        refusal(&server, "den", None).await,
        Some(Refused::CreatePasswordNeeded)
    );
    let wrong = Some(Refused::CreatePasswordWrong);
    assert_eq!(refusal(&server, "den", Some("Popcorn")).await, wrong);
    says(
        &url,
        &[],
        [
            "asks for a password to create a room",
            "нужен пароль. Узнайте его",
        ],
    );
    let other = folder.path().join("other");
    std::fs::write(&other, "beer").expect("it is written");
    let wrong = ["--create-password-file", other.to_str().expect("a path")];
    says(
        &url,
        &wrong,
        [
            "Wrong password or key for creating this room. Check it",
            "комнату не создать. Проверьте",
        ],
    );
    assert_eq!(refusal(&server, "den", Some("popcorn")).await, None);
    // It is there now, and open to everyone.
    assert_eq!(refusal(&server, "den", None).await, None);
}

#[tokio::test]
async fn a_key_of_the_operator_creates_its_room_once() {
    let mut operated = OperatedServer::start(&["--create", "admin"]);
    let server = operated.server();
    let needed = Some(Refused::CreateKeyNeeded);
    assert_eq!(refusal(&server, "den", None).await, needed);
    let words = [
        "Creating a room here takes a key from the server's operator.",
        "создаёт только владелец сервера",
    ];
    says(&server.url(), &[], words);
    let answer = operated.admin(&["create", "den", "--json"]);
    assert_eq!(answer.code, Some(0), "{}", answer.complaint);
    let reply: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    let key = reply["key"].as_str().expect("a key");
    assert_eq!(
        refusal(&server, "other", Some(key)).await,
        Some(Refused::CreatePasswordWrong)
    );
    assert_eq!(refusal(&server, "den", Some(key)).await, None);
    let answer = operated.admin(&["create", "den"]);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.complaint.contains("den already exists"),
        "{}",
        answer.complaint
    );
}

#[tokio::test]
async fn each_limit_is_an_option_that_a_client_hears_of_in_both_languages() {
    let table: [(&[&str], [&str; 2]); 3] = [
        (
            &["--max-rooms", "1"],
            [
                "The server is full: it holds one room.",
                "Сервер заполнен: на нём уже 1 комната",
            ],
        ),
        (
            &["--max-members", "1"],
            [
                "The room is full: it holds one person.",
                "Комната заполнена: в ней уже 1 человек",
            ],
        ),
        (
            &["--create", "admin"],
            [
                "Ask for a key for this room",
                "Попросите у него ключ для этой комнаты",
            ],
        ),
    ];
    for (options, words) in table {
        let mut operated = OperatedServer::start(options);
        let server = operated.server();
        let room = if options[0] == "--max-members" {
            "den"
        } else {
            "another"
        };
        let _first = Client::enter(&server, hello(room, "Alice")).await;
        says(&server.url(), &[], words);
    }
    let mut operated = OperatedServer::start(&["--max-connections", "1"]);
    let server = operated.server();
    let _only = Client::join(&server, "den", "Alice").await;
    let home = tempfile::tempdir().expect("a folder");
    for (language, words) in [
        ("en", "reached its limit of connections"),
        ("ru", "не осталось свободных"),
    ] {
        let mut command = program(home.path());
        command.args(["join", "den", "--no-player", "--json", "--lang", language]);
        command.args(["--server", server.url().as_str()]);
        let mut joining = crate::support::join_client::JoinClient::run(&mut command);
        let waits = joining.wait_type("connection", |line| line["state"] == "reconnecting");
        assert!(
            waits["text"].as_str().expect("a text").contains(words),
            "{waits}"
        );
    }
}

#[tokio::test]
async fn settings_that_ask_for_a_password_and_name_none_are_refused() {
    let home = tempfile::tempdir().expect("a folder");
    for (language, words) in [
        ("en", "Name a file that holds it"),
        ("ru", "Укажите файл с ним"),
    ] {
        let mut command = crate::support::server::serve(
            home.path(),
            &["--ephemeral", "--create", "password", "--lang", language],
        );
        let output = command.output().expect("it runs");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        assert!(complaint.contains(words), "{complaint}");
    }
    assert_eq!(Limits::default().create, CreateRule::Anyone);
}
