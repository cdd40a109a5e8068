//! Members without players: names, chat, roles.

use crate::support::join_client::JoinClient;
use crate::support::server::Server;

const LINK: &str = "https://example.org/film.mp4";

/// A client without a player that has joined the room.
fn join(server: &Server, room: &str, name: &str) -> JoinClient {
    let mut client = JoinClient::start(server.url(), room, name, &["--no-player"]);
    client.wait_type("connection", |reported| reported["state"] == "connected");
    client
}

#[test]
fn the_first_is_admin_and_the_second_a_viewer() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "movie-night", "Alice");
    let joined = alice.joined();
    assert_eq!(joined["room"], "movie-night");
    assert_eq!(joined["server"], server.url());
    assert_eq!(joined["you"]["name"], "Alice");
    assert_eq!(joined["you"]["role"], "admin");

    let mut boris = join(&server, "movie-night", "Boris");
    assert_eq!(boris.joined()["you"]["role"], "viewer");
    let news = alice.wait_type("member", |reported| reported["name"] == "Boris");
    assert_eq!(news["change"], "joined");
    alice.wait_type("viewers", |reported| reported["count"] == 2);
    boris.wait_type("viewers", |reported| reported["count"] == 2);

    assert_eq!(boris.end_input(), Some(0));
    alice.wait_type("member", |reported| {
        reported["name"] == "Boris" && reported["change"] == "left"
    });
    alice.wait_type("viewers", |reported| reported["count"] == 1);
}

#[test]
fn chat_goes_both_ways_and_comes_back() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "talk", "Alice");
    let mut boris = join(&server, "talk", "Boris");
    alice.command("hello Борис 🍿");
    boris.command("hello Alice");
    for client in [&mut alice, &mut boris] {
        let first = client.wait_type("chat", |reported| reported["from"] == "Alice");
        assert_eq!(first["text"], "hello Борис 🍿");
        assert_eq!(first["history"], false);
        let second = client.wait_type("chat", |reported| reported["from"] == "Boris");
        assert_eq!(second["text"], "hello Alice");
        assert!(second["at"].as_f64() >= first["at"].as_f64());
    }
    let mut vera = join(&server, "talk", "Vera");
    let earlier = vera.wait_type("chat", |reported| reported["from"] == "Boris");
    assert_eq!(earlier["history"], true);

    boris.command("/react 2");
    let reaction = alice.wait_type("reaction", |_| true);
    assert_eq!(
        (&reaction["from"], &reaction["emoji"]),
        (&"Boris".into(), &"🔥".into())
    );
}

#[test]
fn lines_are_answered_by_their_numbers() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "lines", "Alice");
    let mut boris = join(&server, "lines", "Boris");
    boris.command("one");
    let denied = boris.denied("/pause", "not_allowed");
    assert_eq!(denied["line"], 2);
    assert!(
        denied["text"]
            .as_str()
            .is_some_and(|text| text.contains("Only an admin")),
        "{denied}"
    );
    boris.denied("/play", "bad_argument");
    let unknown = boris.denied("/aproov", "unknown_command");
    assert!(
        unknown["text"]
            .as_str()
            .is_some_and(|text| text.contains("/approve")),
        "{unknown}"
    );
    boris.denied("/add /home/boris/film.mp4", "bad_link");
    boris.command("six");
    alice.wait_type("chat", |reported| reported["text"] == "six");
    alice.denied("/pause", "nothing_plays");
}

#[test]
fn the_language_can_be_changed_in_a_room() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "languages", "Alice");
    let code = |reported: &serde_json::Value| reported["code"] == "language_changed";
    alice.command("/lang ru");
    assert_eq!(alice.wait_type("notice", code)["text"], "Язык: русский.");
    alice.command("/помощь");
    let help = alice.wait_type("notice", |reported| reported["code"] == "help");
    let text = help["text"].as_str().expect("words");
    assert!(text.contains("пауза для всех  /pause"), "{text}");
    alice.command("/язык en");
    assert_eq!(
        alice.wait_type("notice", code)["text"],
        "Language: English."
    );
}

#[test]
fn a_script_of_many_lines_is_carried_out_whole_and_in_order() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "script", "Alice");
    let mut boris = join(&server, "script", "Boris");
    for number in 1..=12 {
        boris.type_line(&format!("line {number}"));
    }
    assert_eq!(boris.end_input(), Some(0));
    let reported = boris.rest();
    let ok = reported
        .iter()
        .filter(|reported| reported["type"] == "ok")
        .count();
    assert_eq!(ok, 12, "{reported:?}");
    for number in 1..=12 {
        let next = alice.wait_type("chat", |_| true);
        assert_eq!(next["text"], format!("line {number}"));
    }
}

#[test]
fn a_viewer_proposes_and_the_admin_decides() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "queue", "Alice");
    let mut boris = join(&server, "queue", "Boris");
    boris.command(&format!("/add {LINK}"));
    let queue = alice.wait_type("queue", |reported| !reported["entries"][0].is_null());
    let entry = &queue["entries"][0];
    assert_eq!(entry["state"], "proposed");
    assert_eq!(entry["by"], "Boris");
    assert_eq!(entry["url"], LINK);
    assert_eq!(entry["kind"], "MP4");

    boris.denied("/approve", "not_allowed");
    // In an idle room an approved entry plays at once.
    alice.command(&format!("/approve #{}", entry["id"]));
    for client in [&mut alice, &mut boris] {
        let media = client.wait_type("media", |reported| reported["url"] == LINK);
        assert_eq!(
            (&media["kind"], &media["epoch"]),
            (&"MP4".into(), &1.into())
        );
        client.wait_type("queue", |reported| {
            reported["entries"] == serde_json::json!([])
        });
    }
    alice.command("/pause");
    boris.wait_type("timeline", |reported| reported["paused"] == true);
    alice.command("/seek 1:23");
    boris.wait_type("timeline", |reported| reported["position"] == 83.0);
    boris.denied("/seek 0:00", "not_allowed");
}

#[test]
fn media_named_at_the_start_is_put_on() {
    let server = Server::ephemeral();
    let options = ["--no-player", "--play", LINK];
    let mut alice = JoinClient::start(server.url(), "start", "Alice", &options);
    let media = alice.wait_type("media", |reported| reported["url"] == LINK);
    assert_eq!(media["kind"], "MP4");
}

#[test]
fn roles_are_handed_on() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "roles", "Alice");
    let mut boris = join(&server, "roles", "Boris");
    alice.denied("/viewer Alice", "last_admin");
    alice.command("/admin Boris");
    boris.wait_type("member", |reported| {
        reported["name"] == "Boris" && reported["role"] == "admin"
    });
    boris.command("/title Friday");
    alice.command("/nick Алиса");
    boris.wait_type("member", |reported| {
        reported["name"] == "Алиса" && reported["change"] == "renamed"
    });
}

#[test]
fn who_is_sent_out_is_told_so() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "kick", "Alice");
    let mut boris = join(&server, "kick", "Boris");
    let mut vera = join(&server, "kick", "Vera");
    alice.command("/kick Boris");
    let refused = boris.wait_type("connection", |reported| reported["state"] == "refused");
    assert_eq!(refused["text"], "Alice removed you from kick.");
    assert_eq!(boris.process().wait().code(), Some(3));
    for other in [&mut alice, &mut vera] {
        let removed = other.wait_type("member", |reported| reported["change"] != "joined");
        assert_eq!(removed["change"], "removed");
        assert_eq!(
            (&removed["name"], &removed["by"]),
            (&"Boris".into(), &"Alice".into())
        );
        other.wait_type("viewers", |reported| reported["count"] == 2);
    }
}

#[test]
fn what_is_done_to_somebody_who_is_gone_has_a_clear_answer() {
    let server = Server::ephemeral();
    let mut alice = join(&server, "gone", "Alice");
    for name in ["Boris", "Vera", "Max"] {
        assert_eq!(join(&server, "gone", name).end_input(), Some(0));
        alice.wait_type("member", |reported| {
            reported["name"] == name && reported["change"] == "left"
        });
    }
    alice.denied("/kick Boris", "member_gone");
    alice.command("/ban Boris");
    alice.wait_type("notice", |reported| reported["code"] == "banned");
    for line in [
        "/kick Boris",
        "/mute Boris",
        "/unmute Boris",
        "/admin Boris",
    ] {
        alice.denied(line, "no_such_member");
    }
    alice.command("/mute Vera");
    alice.wait_type("member", |reported| {
        reported["name"] == "Vera" && reported["change"] == "muted"
    });
    alice.denied("/mute Vera", "nothing_changes");
    alice.command("/unmute Vera");
    alice.wait_type("member", |reported| {
        reported["name"] == "Vera" && reported["change"] == "unmuted"
    });
    alice.denied("/unmute Vera", "nothing_changes");
    alice.command("/admin Vera");
    alice.wait_type("member", |reported| {
        reported["name"] == "Vera" && reported["role"] == "admin"
    });
    alice.command("/ban Max");
    alice.wait_type("notice", |reported| reported["code"] == "banned");
    alice.denied("/ban Max", "nothing_changes");
    for line in ["/approve #7", "/reject #7", "/remove #7", "/move #7 1"] {
        alice.denied(line, "no_such_entry");
    }
}
