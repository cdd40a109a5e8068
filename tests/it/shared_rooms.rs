//! Two servers that share their rooms in a Redis, and a Redis that fails.

use crate::support::clips::Clip;
use crate::support::join_client::JoinClient;
use crate::support::media_server::MediaServer;
use crate::support::mpv_probe::MpvProbe;
use crate::support::node::Node;
use crate::support::patience::until;
use crate::support::redis_server::{Keeps, RedisServer};
use crate::support::watcher::{Watcher, wait_in_step, wait_same_frame};
use crate::support::wrong_clock;

fn join(node: &Node, name: &str) -> JoinClient {
    JoinClient::start(&node.url, "cinema", name, &["--no-player"])
}

/// Types a line until it is carried out: meanwhile the rooms cannot be reached.
fn once_it_is_back(client: &mut JoinClient, line: &str) {
    until(line, || {
        let number = client.type_line(line);
        let answer = client.wait_for(line, |answer| {
            answer["line"] == number && (answer["type"] == "ok" || answer["type"] == "denied")
        });
        (answer["type"] == "ok").then_some(())
    });
}

#[test]
fn rooms_outlive_a_redis_that_keeps_nothing() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (Node::start(&redis.url()), Node::start(&redis.url()));
    let mut alice = join(&one, "Alice");
    alice.joined();
    let home = tempfile::tempdir().expect("a folder");
    let boris = || JoinClient::at_home(home.path(), &two.url, "cinema", "Boris", &["--no-player"]);
    let mut first = boris();
    first.joined();
    alice.wait_type("member", |reported| reported["name"] == "Boris");
    alice.command("/moderator Boris");
    first.command("/add https://example.org/film.mp4");
    alice.command("before it failed");
    redis.start_again();
    once_it_is_back(&mut alice, "after it failed");
    first.wait_type("chat", |reported| reported["text"] == "after it failed");
    once_it_is_back(&mut first, "and here");
    alice.wait_type("chat", |reported| reported["text"] == "and here");
    first.process().kill();
    let again = boris().joined();
    assert_eq!(again["you"]["role"], "moderator", "{again}");
    let three = Node::start(&redis.url());
    let mut vera = join(&three, "Vera");
    vera.joined();
    for text in ["before it failed", "after it failed", "and here"] {
        vera.wait_type("chat", |reported| reported["text"] == text);
    }
    let queue = vera.wait_type("queue", |reported| !reported["entries"][0].is_null());
    assert_eq!(queue["entries"][0]["by"], "Boris");
}

#[test]
fn rooms_outlive_a_redis_that_is_flushed_under_them() {
    let redis = RedisServer::start(Keeps::Everything);
    let (one, two) = (Node::start(&redis.url()), Node::start(&redis.url()));
    let mut alice = join(&one, "Alice");
    alice.joined();
    let home = tempfile::tempdir().expect("a folder");
    let at_two = || JoinClient::at_home(home.path(), &two.url, "cinema", "Boris", &["--no-player"]);
    let mut boris = at_two();
    boris.joined();
    alice.wait_type("member", |reported| reported["name"] == "Boris");
    alice.command("/moderator Boris");
    boris.command("before it was flushed");
    assert_eq!(redis.ask("FLUSHALL").trim(), "+OK");
    once_it_is_back(&mut boris, "after it was flushed");
    alice.wait_type("chat", |said| said["text"] == "after it was flushed");
    once_it_is_back(&mut alice, "and here");
    boris.wait_type("chat", |said| said["text"] == "and here");
    boris.process().kill();
    let again = at_two().joined();
    assert_eq!(again["you"]["role"], "moderator", "{again}");
    let three = Node::start(&redis.url());
    let mut vera = join(&three, "Vera");
    vera.joined();
    for text in ["before it was flushed", "after it was flushed", "and here"] {
        vera.wait_type("chat", |said| said["text"] == text);
    }
}

#[test]
fn rooms_outlive_an_older_copy_of_redis() {
    let mut redis = RedisServer::start(Keeps::Nothing);
    let (one, two) = (Node::start(&redis.url()), Node::start(&redis.url()));
    let mut alice = join(&one, "Alice");
    alice.joined();
    alice.command("in the copy");
    assert_eq!(redis.ask("SAVE").trim(), "+OK");
    let mut boris = join(&two, "Boris");
    boris.joined();
    alice.wait_type("member", |reported| reported["name"] == "Boris");
    alice.command("/admin Boris");
    boris.command("after the copy");
    redis.start_again();
    once_it_is_back(&mut boris, "on the copy");
    alice.wait_type("chat", |said| said["text"] == "on the copy");
    let three = Node::start(&redis.url());
    let mut vera = join(&three, "Vera");
    vera.joined();
    for text in ["in the copy", "after the copy", "on the copy"] {
        vera.wait_type("chat", |said| said["text"] == text);
    }
}

#[test]
fn rooms_go_on_where_a_redis_that_keeps_everything_was() {
    let mut redis = RedisServer::start(Keeps::Everything);
    let node = Node::start(&redis.url());
    let mut alice = join(&node, "Alice");
    alice.joined();
    alice.command("one");
    redis.freeze();
    // Whether this one counts is known only once Redis answers again.
    let in_flight = alice.type_line("in flight");
    let number = alice.type_line("lost");
    alice.wait_for("an answer", |answer| {
        answer["line"] == number && answer["code"] == "storage_away"
    });
    redis.thaw();
    alice.wait_for("an answer to what was in flight", |answer| {
        answer["line"] == in_flight
    });
    once_it_is_back(&mut alice, "two");
    redis.kill();
    redis.start_again();
    once_it_is_back(&mut alice, "three");
    let kept = redis.ask("EXISTS {watchtogether}:room:cinema:head");
    assert_eq!(kept.trim(), ":1");
}

/// For how much longer both play while Redis is frozen, in seconds of the film.
const GOES_ON: f64 = 5.0;

#[test]
fn mpv_players_at_nodes_with_wrong_clocks_stay_in_step_while_redis_is_frozen() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let redis = RedisServer::start(Keeps::Everything);
    let [one, two] = [5, -5].map(|ahead| {
        Node::start_with(&redis.url(), |command| {
            wrong_clock::runs_ahead(command, ahead);
        })
    });
    let mut alice = Watcher::join(&one.url, "cinema", "Alice");
    let mut boris = Watcher::join(&two.url, "cinema", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    wait_in_step(&mut [&mut hers, &mut his]);

    redis.freeze();
    let place = |mpv: &mut MpvProbe| until("it plays", || mpv.number("time-pos"));
    let frozen_at = place(&mut hers).max(place(&mut his));
    let in_flight = alice.client.type_line("in flight");
    let refused = alice.client.type_line("/pause");
    let answer = alice
        .client
        .wait_for("an answer", |line| line["line"] == refused);
    assert_eq!(answer["code"], "storage_away", "{answer}");
    until("both go on", || {
        let least = place(&mut hers).min(place(&mut his));
        (least > frozen_at + GOES_ON).then_some(())
    });
    wait_in_step(&mut [&mut hers, &mut his]);
    redis.thaw();
    alice
        .client
        .wait_for("an answer to what was in flight", |line| {
            line["line"] == in_flight
        });
    once_it_is_back(&mut boris.client, "it is back");
    alice.command("/pause");
    wait_same_frame(&mut [&mut hers, &mut his]);
}
