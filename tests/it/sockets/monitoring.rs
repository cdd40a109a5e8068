//! What monitoring and the service manager learn of a server.

use std::os::unix::net::UnixDatagram;
use std::path::Path;

use rustix::process::Signal;

use super::Server;
use super::client::{Client, chat, private_hello};
use super::operated::OperatedServer;
use crate::support::patience::PATIENCE;

#[tokio::test]
async fn prometheus_gets_figures_at_an_address_of_its_own_and_nobody_else_does() {
    let mut operated = OperatedServer::start(&["--metrics-listen", "127.0.0.1:0"]);
    let server = operated.server();
    let line = operated.process.line().expect("where the figures are");
    let address = line.strip_prefix("metrics on http://");
    let address = address.and_then(|address| address.strip_suffix("/metrics"));
    let address = address.expect("an address");
    let hidden = private_hello("our-place", "Alice", Some("correct-horse"));
    let mut alice = Client::enter(&server, hidden).await.unwrap();
    alice.ask(chat("hello")).await.unwrap();
    assert_eq!(
        server.page("/metrics").await.0,
        404,
        "a proxy would hand them out"
    );

    let monitored = Server::elsewhere(address.parse().unwrap());
    let (status, text) = monitored.page("/metrics").await;
    assert_eq!(status, 200);
    for line in [
        "watchtogether_connections 1",
        "watchtogether_rooms 1",
        "watchtogether_members 1",
        "watchtogether_messages_total{kind=\"hello\"} 1",
        "watchtogether_messages_total{kind=\"command\"} 1",
        "watchtogether_log_writable 1",
        "watchtogether_draining 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    assert!(text.contains("watchtogether_file_bytes "), "{text}");
    for name in ["our-place", "Alice", "127.0.0.1"] {
        assert!(!text.contains(name), "{name} in {text}");
    }
    assert_eq!(monitored.page("/readyz").await.0, 200);
    assert_eq!(monitored.page("/ws").await.0, 404);
}

#[tokio::test]
async fn a_log_in_json_has_an_object_a_line_and_no_secret() {
    let mut operated = OperatedServer::start(&["--log-format", "json", "--log", "debug"]);
    let server = operated.server();
    let hidden = private_hello("our-place", "Alice", Some("correct-horse"));
    let mut alice = Client::enter(&server, hidden).await.unwrap();
    alice.ask(chat("hello")).await.unwrap();
    let token = alice.token.clone();
    drop(alice);
    let (code, log) = operated.end();
    assert_eq!(code, Some(0), "{log}");
    let mut named = false;
    let lines: Vec<&str> = log.lines().filter(|line| line.starts_with('{')).collect();
    assert!(lines.len() > 3, "{log}");
    for line in lines {
        let line: serde_json::Value = serde_json::from_str(line).expect(line);
        for field in ["time", "level", "target", "message"] {
            assert!(line[field].is_string(), "{field} in {line}");
        }
        named |= line["room"] == "our-place";
    }
    assert!(named, "{log}");
    for secret in ["correct-horse", "argon2", "127.0.0.1", &token] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

/// Reads datagrams of the service's until one has this line.
pub(super) fn until_told(manager: &UnixDatagram, wanted: &str) -> Vec<String> {
    let mut told = Vec::new();
    loop {
        let mut bytes = [0; 1024];
        let length = manager.recv(&mut bytes).expect("the server tells it");
        let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
        let is_wanted = text.lines().any(|line| line == wanted);
        told.push(text);
        if is_wanted {
            return told;
        }
    }
}

pub(super) fn manager_at(path: &Path) -> UnixDatagram {
    let manager = UnixDatagram::bind(path).unwrap();
    manager.set_read_timeout(Some(PATIENCE)).unwrap();
    manager
}

#[test]
fn a_service_manager_is_told_when_the_server_is_ready_alive_and_at_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notify");
    let manager = manager_at(&path);
    let mut operated = OperatedServer::start_with(&[], |command| {
        command
            .env("NOTIFY_SOCKET", &path)
            .env("WATCHDOG_USEC", "200000");
    });
    let ready = until_told(&manager, "READY=1");
    assert_eq!(ready.len(), 1, "nothing comes before: {ready:?}");
    operated.server();
    until_told(&manager, "WATCHDOG=1");
    operated.process.signal(Signal::HUP);
    let reloading = until_told(&manager, "RELOADING=1");
    assert!(reloading.last().unwrap().contains("MONOTONIC_USEC="));
    until_told(&manager, "READY=1");
    operated.process.signal(Signal::TERM);
    until_told(&manager, "STOPPING=1");
    let status = operated.process.wait();
    assert_eq!(status.code(), Some(0), "{}", operated.process.complaints());
}
