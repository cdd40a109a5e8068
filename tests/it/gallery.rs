//! The output of `gallery`, for people and for programs.

use std::iter;

use crate::support::answers::{answer, answering};
use crate::support::join_client::JoinClient;
use crate::support::patience::until;
use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::{free_address, program};

/// Runs `gallery` with these options: exit code, standard output and standard error.
pub(crate) fn gallery(options: &[&str]) -> (Option<i32>, String, String) {
    let home = tempfile::tempdir().expect("a folder");
    let mut process = Process::start(program(home.path()).arg("gallery").args(options));
    let mut output = String::new();
    while let Some(line) = process.line() {
        output.push_str(&line);
        output.push('\n');
    }
    (process.wait().code(), output, process.complaints())
}

#[test]
fn live_rooms_are_listed_and_hidden_ones_are_not() {
    let server = Server::ephemeral();
    let options = ["--no-player", "--title", "Кино по пятницам"];
    let mut alice = JoinClient::start(server.url(), "movie-night", "Alice", &options);
    alice.joined();
    alice.command("/play https://example.org/film.mp4");
    alice.command("/add https://example.org/secret-name.webm");
    alice.wait_type("queue", |reported| !reported["entries"][0].is_null());
    let hidden = ["--no-player", "--unlisted"];
    let mut boris = JoinClient::start(server.url(), "hidden", "Boris", &hidden);
    boris.joined();

    // The list is up to a second old, and the clients have asked for it as they came in.
    let newest = |options: &[&str], word| {
        let listed = || Some(gallery(options)).filter(|(_, output, _)| output.contains(word));
        until(word, listed)
    };
    let (code, table, _) = newest(&["--server", server.url()], "film");
    assert_eq!(code, Some(0));
    assert_eq!(table.lines().count(), 2, "{table}");
    for word in ["ROOM", "movie-night", "Кино по пятницам"] {
        assert!(table.contains(word), "{word} is missing:\n{table}");
    }

    let (code, lines, _) = newest(&["--server", server.url(), "--json"], "WebM");
    assert_eq!(code, Some(0));
    assert!(
        !lines.contains("secret-name"),
        "links are for members: {lines}"
    );
    let room: serde_json::Value = serde_json::from_str(lines.trim()).expect("one object");
    assert_eq!(room["id"], "movie-night");
    assert_eq!(room["title"], "Кино по пятницам");
    assert_eq!(room["viewers"], 1);
    assert_eq!(room["playing"]["kind"], "MP4");
    assert_eq!(room["playing"]["paused"], false);
    assert_eq!(room["admin"], "Alice");
    assert_eq!(room["waits"], true);
    let next = serde_json::json!({"kind": "WebM", "title": null, "duration": null});
    assert_eq!(room["next"], next);
    assert!(
        room["since"].as_f64().is_some_and(|since| since > 1.6e9),
        "{room}"
    );
}

#[test]
fn an_empty_gallery_says_how_to_open_a_room() {
    let server = Server::ephemeral();
    let (code, words, _) = gallery(&["--server", server.url()]);
    assert_eq!(code, Some(0));
    assert!(words.contains("watchtogether join"), "{words}");
    let (code, lines, _) = gallery(&["--server", server.url(), "--json"]);
    assert_eq!((code, lines.as_str()), (Some(0), ""));
}

#[test]
fn a_server_that_is_away_is_reported() {
    let address = format!("http://{}", free_address());
    let (code, _, complaint) = gallery(&["--server", &address]);
    assert_eq!(code, Some(4));
    assert!(complaint.contains("Can't reach"), "{complaint}");
    let (code, _, complaint) = gallery(&[]);
    assert_eq!(code, Some(4));
    assert!(complaint.contains("watchtogether serve"), "{complaint}");
}

/// Starts a server that gives every request this response, and returns its address.
fn always(head: &str, body: &str) -> String {
    answering(iter::repeat(answer(head, body))).0
}

#[test]
fn what_a_hostile_server_says_steers_no_terminal() {
    let kind = "MP4\u{9b}31m\u{202e}4PM\u{1b}]0;owned\u{7}";
    let room = serde_json::json!({
        "id": "movie-night", "title": "A\u{9b}2J\u{202e}B", "viewers": 2, "since": 1.0,
        "admin": "Al\u{202e}ice", "next": {"kind": kind, "title": null, "duration": null},
        "playing": {
            "kind": kind, "title": null, "position": 1.0, "duration": null, "rate": 1.0,
            "paused": false, "live": false
        }
    });
    let server = always("200 OK", &format!("[{room}]"));
    for options in [&["--server", &server, "--json"][..], &["--server", &server]] {
        let (code, text, _) = gallery(options);
        assert_eq!(code, Some(0));
        assert!(text.contains("movie-night"), "{text}");
        let steers =
            |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
        assert!(!text.chars().any(steers), "{text:?}");
    }
}

#[test]
fn no_redirect_leads_to_another_server() {
    let inside = always("200 OK", "[]");
    let head = format!("307 Temporary Redirect\r\nLocation: {inside}/api/rooms");
    let server = always(&head, "");
    let (code, rooms, _) = gallery(&["--server", &server, "--json"]);
    assert_eq!(code, Some(4));
    let failure: serde_json::Value = serde_json::from_str(&rooms).expect("a line of JSON");
    assert_eq!(failure["code"], "unreachable", "{failure}");
    assert!(rooms.contains(&inside), "{rooms}");
}
