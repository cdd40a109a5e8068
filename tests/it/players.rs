//! Scenarios with real players: a server, clients that drive mpv, media over HTTP with ranges. The
//! players' state is read through connections of the test, not from the clients.

use rustix::process::Signal;

use crate::support::clips::{Clip, folder_with};
use crate::support::media_server::MediaServer;
use crate::support::mpv_probe::MpvProbe;
use crate::support::patience::until;
use crate::support::process::signal;
use crate::support::server::Server;
use crate::support::watcher::{Watcher, wait_in_step, wait_same_frame};

#[test]
fn mpv_two_friends_watch_pause_seek_and_go_on_to_the_next() {
    let media = MediaServer::with(&[Clip::Mp4, Clip::Webm]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "movie-night", "Alice");
    let mut boris = Watcher::join(server.url(), "movie-night", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());

    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    boris.wait("media", |media| media["kind"] == "MP4");
    wait_in_step(&mut [&mut hers, &mut his]);

    alice.command("/pause");
    wait_same_frame(&mut [&mut hers, &mut his]);

    alice.command("/resume");
    wait_in_step(&mut [&mut hers, &mut his]);

    alice.command("/seek 0:40");
    until("both jumped", || {
        let jumped = |position: Option<f64>| position.is_some_and(|at| at >= 39.5);
        (jumped(hers.number("time-pos")) && jumped(his.number("time-pos"))).then_some(())
    });
    wait_in_step(&mut [&mut hers, &mut his]);

    boris.command(&format!("/add {}", media.link(Clip::Webm)));
    alice.wait("queue", |queue| {
        queue["entries"][0]["state"] == "proposed" && queue["entries"][0]["by"] == "Boris"
    });
    alice.command("/approve");
    alice.command("/skip");
    boris.wait("media", |media| media["kind"] == "WebM");
    for mpv in [&mut hers, &mut his] {
        mpv.wait("the WebM is on", |mpv| {
            mpv.get("path")?
                .as_str()?
                .ends_with("film.webm")
                .then_some(())
        });
    }
    wait_in_step(&mut [&mut hers, &mut his]);
}

/// The one figure that a test asserts, with a wide bound: `make bench` measures how close players
/// really are.
#[test]
fn mpv_after_ten_seconds_two_players_are_within_half_a_second_of_each_other() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "close", "Alice");
    let boris = Watcher::join(server.url(), "close", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    let tenth = |mpv: &mut MpvProbe| mpv.number("time-pos").filter(|at| *at > 10.0);
    let before = hers.wait("ten seconds have run", tenth);
    let at = his.number("time-pos").expect("Boris's film runs");
    let after = hers.number("time-pos").expect("Alice's film runs");
    // His position was read between two readings of hers, so it must lie between them.
    assert!(
        at > before - 0.5 && at < after + 0.5,
        "Boris is at {at} s, Alice went from {before} to {after} s"
    );
}

#[test]
fn mpv_a_late_joiner_slides_in_and_nobody_else_moves() {
    let media = MediaServer::with(&[Clip::Ogg]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "late", "Alice");
    let mut hers = alice.mpv();
    alice.command(&format!("/play {}", media.link(Clip::Ogg)));
    hers.wait("the film has run a little", |mpv| {
        (mpv.number("time-pos")? > 2.0).then_some(())
    });
    let vera = Watcher::join(server.url(), "late", "Vera");
    let mut her_player = vera.mpv();
    wait_in_step(&mut [&mut hers, &mut her_player]);
    let position = hers.number("time-pos").expect("Alice's film runs");
    assert!(position > 2.0, "the room went back to {position}");
}

#[test]
fn mpv_the_queue_goes_on_by_itself_at_the_end() {
    let media = MediaServer::with(&[Clip::Short, Clip::Ogg]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "next", "Alice");
    let mut hers = alice.mpv();
    alice.command(&format!("/add {}", media.link(Clip::Short)));
    alice.command(&format!("/add {}", media.link(Clip::Ogg)));
    alice.wait("media", |media| media["kind"] == "OGG");
    hers.wait("the second film plays", |mpv| {
        mpv.get("path")?
            .as_str()?
            .ends_with("film.ogg")
            .then_some(())
    });
    hers.wait_playing();
}

#[test]
fn mpv_a_viewers_own_pause_is_undone_and_an_admins_pauses_all() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "keys", "Alice");
    let mut boris = Watcher::join(server.url(), "keys", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    wait_in_step(&mut [&mut hers, &mut his]);

    his.press("SPACE");
    let notice = boris.wait("notice", |notice| notice["code"] == "act_undone");
    assert_eq!(notice["text"], "Only an admin can pause.", "{notice}");
    wait_in_step(&mut [&mut hers, &mut his]);
    // A seek that comes while the first is undone could not be distinguished from it.
    let undone = his.number("time-pos").expect("Boris's film runs");
    his.wait("the undoing is over", |mpv| {
        (mpv.number("time-pos")? > undone + 1.0 && !mpv.flag("seeking")).then_some(())
    });

    his.press("RIGHT");
    let notice = boris.wait("notice", |notice| notice["code"] == "act_undone");
    let text = notice["text"].as_str().unwrap_or_default();
    assert!(text.starts_with("Only an admin can"), "{notice}");
    wait_in_step(&mut [&mut hers, &mut his]);

    hers.press("SPACE");
    boris.wait("timeline", |timeline| timeline["paused"] == true);
    wait_same_frame(&mut [&mut hers, &mut his]);
    hers.press("SPACE");
    boris.wait("timeline", |timeline| timeline["paused"] == false);
    wait_in_step(&mut [&mut hers, &mut his]);
    hers.press("UP");
    until("both jumped a minute or to the end", || {
        let jumped = |position: Option<f64>| position.is_some_and(|at| at > 50.0);
        (jumped(hers.number("time-pos")) && jumped(his.number("time-pos"))).then_some(())
    });
}

#[test]
fn mpv_killed_is_started_again_once_then_reported_and_retried() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "killed", "Alice");
    let mut boris = Watcher::join(server.url(), "killed", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    wait_in_step(&mut [&mut hers, &mut his]);

    signal(Signal::KILL, his.pid());
    boris.wait("notice", |notice| {
        let text = notice["text"].as_str().unwrap_or_default();
        text.contains("Starting it again")
    });
    boris.wait_state("player", "playing");
    let mut again = boris.mpv();
    wait_in_step(&mut [&mut hers, &mut again]);

    signal(Signal::KILL, again.pid());
    let reported = boris.wait_state("player", "closed");
    let text = reported["text"].as_str().unwrap_or_default();
    assert!(text.contains("/retry"), "{reported}");
    boris.say("still here");
    alice.wait("chat", |chat| chat["text"] == "still here");

    boris.command("/retry");
    boris.wait_state("player", "playing");
    let mut again = boris.mpv();
    wait_in_step(&mut [&mut hers, &mut again]);
}

#[test]
fn mpv_media_that_was_not_there_is_opened_when_asked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let media = MediaServer::serving(folder.path());
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "again", "Alice");
    let mut hers = alice.mpv();
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    let reported = alice.wait_state("player", "refused");
    let text = reported["text"].as_str().unwrap_or_default();
    assert!(text.contains("/retry"), "{reported}");

    let made = folder_with(&[Clip::Mp4]).join(Clip::Mp4.file_name());
    std::fs::copy(made, folder.path().join(Clip::Mp4.file_name())).expect("a copy");
    alice.command("/retry");
    alice.wait_state("player", "playing");
    hers.wait_playing();
    let answer = alice.client.denied("/retry", "nothing_wrong");
    assert!(answer["text"].is_string(), "{answer}");
}

#[test]
fn mpv_plays_on_while_another_room_is_looked_for_in_vain() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "stay", "Alice");
    let mut boris = Watcher::join(server.url(), "stay", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    wait_in_step(&mut [&mut hers, &mut his]);
    let before = hers.number("time-pos").expect("Alice's film runs");
    alice
        .client
        .denied("/join http://127.0.0.1:1/r/mistyped", "unreachable");
    alice.wait_state("connection", "refused");
    alice.wait_state("connection", "connected");
    let after = hers.number("time-pos").expect("Alice's film runs on");
    assert!(after >= before, "it began anew: {before} {after}");
    // Alice is still the room's admin.
    alice.command("/pause");
    wait_same_frame(&mut [&mut hers, &mut his]);
    boris.client.denied("/resume", "not_allowed");
}

#[test]
fn mpv_frozen_moves_nobody_and_comes_back() {
    let media = MediaServer::with(&[Clip::Mp4]);
    let server = Server::ephemeral();
    let mut alice = Watcher::join(server.url(), "frozen", "Alice");
    let mut boris = Watcher::join(server.url(), "frozen", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    wait_in_step(&mut [&mut hers, &mut his]);

    let pid = his.pid();
    let before = hers.number("time-pos").expect("Alice's film runs");
    signal(Signal::STOP, pid);
    boris.wait_state("player", "frozen");
    hers.wait("Alice's film runs on", |mpv| {
        assert!(!mpv.flag("pause"), "the room paused");
        (mpv.number("time-pos")? > before + 3.0).then_some(())
    });
    signal(Signal::CONT, pid);
    boris.wait_state("player", "playing");
    wait_in_step(&mut [&mut hers, &mut his]);
}

#[test]
fn mpv_plays_on_through_the_servers_end_and_everything_is_still_there() {
    let media = MediaServer::with(&[Clip::Mp4, Clip::Webm]);
    let mut server = Server::on_disk();
    let mut alice = Watcher::join(server.url(), "restart", "Alice");
    let mut boris = Watcher::join(server.url(), "restart", "Boris");
    let (mut hers, mut his) = (alice.mpv(), boris.mpv());
    alice.command(&format!("/play {}", media.link(Clip::Mp4)));
    boris.command(&format!("/add {}", media.link(Clip::Webm)));
    boris.command("before the end");
    wait_in_step(&mut [&mut hers, &mut his]);

    let at_the_end = hers.number("time-pos").expect("Alice's film runs");
    server.kill();
    alice.wait_state("connection", "reconnecting");
    boris.wait_state("connection", "reconnecting");
    hers.wait("the film runs on", |mpv| {
        (mpv.number("time-pos")? > at_the_end + 1.0).then_some(())
    });
    server.start_again();
    alice.wait_state("connection", "connected");
    boris.wait_state("connection", "connected");
    wait_in_step(&mut [&mut hers, &mut his]);

    let denied = boris.client.type_line("/pause");
    let answer = boris.wait("denied", |answer| answer["line"] == denied);
    assert_eq!(answer["text"], "Only an admin can pause.", "{answer}");
    alice.command("/pause");
    wait_same_frame(&mut [&mut hers, &mut his]);

    let mut vera = Watcher::join_with(server.url(), "restart", "Vera", &["--no-player"]);
    vera.wait("chat", |chat| {
        chat["text"] == "before the end" && chat["history"] == true
    });
    vera.wait("queue", |queue| {
        queue["entries"][0]["by"] == "Boris" && queue["entries"][0]["state"] == "proposed"
    });
    vera.wait("member", |member| {
        member["name"] == "Alice" && member["role"] == "admin"
    });
}
