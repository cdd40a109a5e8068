//! The files in contrib/ as an operator uses them: the settings are read by the program, the unit is
//! judged by systemd, and the real nginx and Caddy lead people to a real server.
//!
//! Only names, addresses and paths of the files are replaced, by those of the test.
#![cfg(target_os = "linux")]

use std::io::{BufRead, Read};
use std::path::Path;
use std::process::Command;

use crate::support::certificates::NAME;
use crate::support::program;
use crate::support::proxies::{Kind, Proxy, contrib, replaced};
use crate::support::server::{Server, serve};

#[test]
fn the_settings_are_valid_also_those_that_are_only_examples() {
    let home = tempfile::tempdir().expect("a folder");
    let password = home.path().join("create-password");
    std::fs::write(&password, "popcorn\n").expect("it is written");
    let text = contrib("config.toml");
    let text = replaced(&text, "/var/lib/watchtogether", "rooms");
    let password = password.to_str().expect("a path");
    let text = replaced(&text, "/etc/watchtogether/create-password", password);
    let examples: String = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if setting.contains('=') && !setting.starts_with(' ') => setting,
            _ => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    assert_ne!(examples, text);
    for settings in [text, examples] {
        let file = home.path().join("config.toml");
        std::fs::write(&file, settings).expect("it is written");
        let mut command = serve(home.path(), &["--check", "--config"]);
        let checked = command.arg(&file).current_dir(home.path()).output();
        let checked = checked.expect("it runs");
        let complaint = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success(), "{complaint}");
    }
}

#[test]
fn the_unit_exposes_little() {
    let unit = Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib/watchtogether.service");
    let judged = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--no-pager"])
        .arg(unit)
        .output()
        .expect("systemd-analyze is there; install systemd");
    let text = String::from_utf8_lossy(&judged.stdout);
    let complaint = String::from_utf8_lossy(&judged.stderr);
    let level = text.lines().find_map(|line| {
        let (_, level) = line.split_once("Overall exposure level for watchtogether.service: ")?;
        level.split_whitespace().next()?.parse::<f64>().ok()
    });
    let level = level.unwrap_or_else(|| panic!("no level: {text}{complaint}"));
    assert!(level < 2.5, "{level}");
    assert!(!complaint.contains("Unknown"), "{complaint}");
}

const BOTH: [Kind; 2] = [Kind::Nginx, Kind::Caddy];

#[test]
fn people_come_through_both_proxies_into_public_and_private_rooms() {
    for kind in BOTH {
        let server = Server::on_disk_with(&["--trust-proxy", "127.0.0.1"]);
        let proxy = Proxy::before(kind, server.url().trim_start_matches("http://"));
        let mut alice = proxy.join("movie-night", "Alice", &[]);
        alice.joined();
        let mut bob = proxy.join("movie-night", "Bob", &[]);
        bob.joined();
        bob.command("hello");
        alice.wait_type("chat", |line| line["text"] == "hello");

        let password = proxy.folder.path().join("password");
        std::fs::write(&password, "popcorn").expect("it is written");
        let password = ["--password-file", password.to_str().expect("a path")];
        let mut carol = proxy.join(
            "our-place",
            "Carol",
            &[&["--private"], &password[..]].concat(),
        );
        carol.joined();
        proxy.join("our-place", "Dan", &password).joined();
        let mut stranger = proxy.join("our-place", "Mallory", &[]);
        stranger.wait_type("connection", |line| line["state"] == "refused");

        let mut gallery = program(proxy.folder.path());
        gallery.args(["gallery", "--json", "--server", &proxy.url(), "--ca-file"]);
        let listed = gallery.arg(&proxy.authority).output().expect("it runs");
        let rooms = String::from_utf8_lossy(&listed.stdout);
        assert!(rooms.contains("movie-night"), "{kind:?}: {rooms}");
        assert!(!rooms.contains("our-place"), "{kind:?}: {rooms}");
    }
}

/// A request for a WebSocket that claims to come from somewhere else.
fn lying_upgrade() -> String {
    format!(
        "GET /ws HTTP/1.1\r\nHost: {NAME}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         X-Forwarded-For: 203.0.113.7\r\nForwarded: for=203.0.113.8\r\n\r\n"
    )
}

#[test]
fn the_server_behind_both_proxies_knows_who_asks_whatever_they_claim() {
    let limit = [
        "--trust-proxy",
        "127.0.0.1",
        "--max-connections-per-address",
        "2",
    ];
    for kind in BOTH {
        let server = Server::on_disk_with(Box::leak(Box::new(limit)));
        let proxy = Proxy::before(kind, server.url().trim_start_matches("http://"));
        let ask = |from| proxy.ask(from, &lying_upgrade());
        let mut open = Vec::new();
        for _ in 0..2 {
            let (answer, stream) = ask([127, 0, 0, 2]);
            assert!(answer.contains(" 101 "), "{kind:?}: {answer}");
            open.push(stream);
        }
        let (answer, mut rest) = ask([127, 0, 0, 2]);
        assert!(answer.contains(" 429 "), "{kind:?}: {answer}");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && rest.read_line(&mut head).is_ok_and(|read| read > 0) {}
        let head = head.to_ascii_lowercase();
        assert!(head.contains("too_many_connections"), "{kind:?}: {head}");
        let (answer, _open) = ask([127, 0, 0, 3]);
        assert!(answer.contains(" 101 "), "{kind:?}: {answer}");
    }
}

#[test]
fn an_event_passes_both_proxies_at_once() {
    for kind in BOTH {
        let server = Server::on_disk_with(&["--trust-proxy", "127.0.0.1"]);
        let proxy = Proxy::before(kind, server.url().trim_start_matches("http://"));
        let request = format!("GET /api/gallery/events HTTP/1.1\r\nHost: {NAME}\r\n\r\n");
        let (answer, mut stream) = proxy.ask([127, 0, 0, 2], &request);
        assert!(answer.contains(" 200 "), "{kind:?}: {answer}");
        let mut alice = proxy.join("movie-night", "Alice", &[]);
        alice.joined();
        // Far less than what a proxy gathers before it passes a page on.
        let mut seen = String::new();
        let mut bytes = [0; 256];
        while !seen.contains("movie-night") {
            let count = stream.read(&mut bytes).expect("an event");
            assert_ne!(count, 0, "{kind:?} ended the stream: {seen}");
            seen += &String::from_utf8_lossy(&bytes[..count]);
        }
    }
}
