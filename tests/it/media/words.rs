//! Why media does not play: each member reads the full reason of their own player, and the room
//! learns only one of a few codes.

use std::thread;

use super::{join, requests};
use crate::support::clips::{Clip, folder_with};
use crate::support::fault_server::{Fault, FaultServer, Requests};
use crate::support::server::Server;
use crate::support::watcher::Watcher;

/// The file name in these scenarios' link.
const FILE: &str = "film.mp4";

/// The faults, each with its code and a word of its text.
fn faults() -> Vec<(Fault, &'static str, &'static str)> {
    vec![
        (Fault::Status(401), "password_asked", "password"),
        (Fault::Status(403), "refused", "expired"),
        (Fault::Status(404), "gone", "no video at this link"),
        (Fault::Status(410), "gone", "no video at this link"),
        (Fault::Status(418), "status", "418"),
        (Fault::Page, "web_page", "login"),
        (Fault::Empty, "empty", "empty"),
        (Fault::Redirect(format!("/{FILE}")), "circle", "loop"),
        (
            Fault::Redirect("rtsp://127.0.0.1/film".to_owned()),
            "not_web",
            "isn't a web address",
        ),
        (
            Fault::Redirect("file:///etc/passwd".to_owned()),
            "not_web",
            "isn't a web address",
        ),
    ]
}

#[test]
fn mpv_each_reason_is_reported_with_its_code_and_its_words_to_both_alike() {
    let rooms = Server::ephemeral();
    let files = FaultServer::serving(&folder_with(&[Clip::Mp4]));
    let [mut alice, mut boris] = ["Alice", "Boris"].map(|name| join(&rooms, name));
    let link = files.link(FILE);
    for (fault, code, word) in faults() {
        files.switch_on(requests(Clip::Mp4), fault.clone());
        alice.command(&format!("/play {link}"));
        let reported = [&mut alice, &mut boris]
            .map(|watcher| watcher.wait("player", |player| player["code"].is_string()));
        for reported in &reported {
            assert_eq!(reported["code"], code, "{fault:?}: {reported}");
            let text = reported["text"].as_str().unwrap_or_default();
            assert!(text.contains(word), "{fault:?}: {text}");
            assert!(!text.contains("://"), "{fault:?}: {text}");
        }
        assert_eq!(reported[0], reported[1]);
        files.switch_off(&requests(Clip::Mp4));
    }
}

/// The first notice to a member without a player about a link that Boris cannot play.
fn reason_for_others(link: &str) -> String {
    let rooms = Server::ephemeral();
    let mut alice = Watcher::join_with(rooms.url(), "media", "Alice", &["--no-player"]);
    let _boris = join(&rooms, "Boris");
    alice.command(&format!("/play {link}"));
    let reported = alice.wait("notice", |notice| {
        ["playback_failed", "nobody_can_play"]
            .iter()
            .any(|code| notice["code"] == *code)
    });
    reported["text"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn mpv_what_answers_behind_a_redirect_to_another_host_is_nobodys_business() {
    let here = FaultServer::serving(&folder_with(&[]));
    let elsewhere = FaultServer::serving(&folder_with(&[]));
    let port = elsewhere.address().port();
    let faults = [
        ("closed.mp4", Fault::ClosesUnanswered),
        ("password.mp4", Fault::Status(401)),
        ("gone.mp4", Fault::Status(404)),
        ("page.mp4", Fault::Page),
    ];
    for (name, fault) in faults.clone() {
        let target = format!("http://localhost:{port}/secret-{name}");
        here.switch_on(Requests::to(name), Fault::Redirect(target));
        elsewhere.switch_on(Requests::to(&format!("secret-{name}")), fault);
    }
    // Each is reported when the 30 s of a load are over, so they run side by side.
    let reported: Vec<String> = thread::scope(|scope| {
        let rooms = faults.map(|(name, _)| {
            let link = here.link(name);
            scope.spawn(move || reason_for_others(&link))
        });
        let ended = rooms.into_iter().map(thread::ScopedJoinHandle::join);
        ended.map(|notice| notice.expect("a notice")).collect()
    });
    for notice in &reported {
        for hidden in ["://", "localhost", "secret", "401", "404"] {
            assert!(!notice.contains(hidden), "{notice}");
        }
    }
    assert!(
        reported.iter().all(|notice| *notice == reported[0]),
        "{reported:#?}"
    );
}

#[test]
fn mpv_a_load_is_given_up_after_a_few_dozen_requests() {
    let rooms = Server::ephemeral();
    let files = FaultServer::serving(&folder_with(&[Clip::IndexAtEnd]));
    let mut alice = join(&rooms, "Alice");
    files.switch_on(requests(Clip::IndexAtEnd), Fault::LaterRangesAnswered(403));
    alice.command(&format!(
        "/play {}",
        files.link(Clip::IndexAtEnd.file_name())
    ));
    // If ranges are refused it may be read whole. Either way few requests are made.
    alice.wait("player", |player| {
        player["code"].is_string() || player["state"] == "playing"
    });
    let count = files.count(&Requests::all());
    assert!((1..=50).contains(&count), "{count} requests");
}

#[test]
fn mpv_a_silent_server_is_reported_and_a_load_that_was_given_up_is_tried_again() {
    let rooms = Server::ephemeral();
    let files = FaultServer::serving(&folder_with(&[]));
    let mut alice = join(&rooms, "Alice");
    files.switch_on(Requests::all(), Fault::Hangs);
    alice.command(&format!("/play {}", files.link("x.mp4")));
    let reported = alice.wait("notice", |notice| notice["code"] == "tries_again");
    let text = reported["text"].as_str().unwrap_or_default();
    let says = text.contains("isn't responding") && text.contains("/retry");
    assert!(says && !text.contains("://"), "{reported}");
    alice.wait("decision", |decision| {
        decision["action"] == "load" && decision["cause"] == "tried_again"
    });
}
