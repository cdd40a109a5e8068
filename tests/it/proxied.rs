//! The member's proxy, as the environment names it. All that goes to a server uses it,
//! except for addresses on this computer or network.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use crate::support::join_client::JoinClient;
use crate::support::process::Process;
use crate::support::server::Server;
use crate::support::{free_address, program};

/// The address of a server that only the proxy can reach.
const FAR: &str = "http://watch.example.org";

/// A proxy that connects to one server, whatever it is asked for.
struct Proxy {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn to(server: &Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let target = server.url().trim_start_matches("http://").to_owned();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (seen, target) = (Arc::clone(&seen), target.clone());
                std::thread::spawn(move || lead(&client, &target, &seen));
            }
        });
        Self { address, asked }
    }

    /// The first line of every request so far.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

/// Reads one request for a tunnel, and copies bytes both ways until one side ends.
fn lead(client: &TcpStream, target: &str, seen: &Mutex<Vec<String>>) {
    // Bytes after the request's head belong to the tunnel.
    let lines = BufReader::with_capacity(1, client).lines();
    let mut lines = lines.map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let _headers = lines.take_while(|line| !line.is_empty()).count();
    seen.lock().expect("no panic").push(first);
    let server = TcpStream::connect(target).expect("the server is there");
    let mut answer = client;
    answer
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .expect("it reads");
    std::thread::scope(|both| {
        both.spawn(|| carry(client, &server));
        carry(&server, client);
    });
}

fn carry(mut from: &TcpStream, mut to: &TcpStream) {
    let mut bytes = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    // It may be closed already.
    let _closed = to.shutdown(Shutdown::Both);
}

fn behind(home: &Path, proxy: SocketAddr, words: &[&str]) -> Command {
    let mut command = program(home);
    command
        .args(words)
        .env("http_proxy", format!("http://user:word@{proxy}"));
    command
}

const JOIN: [&str; 4] = ["join", "far", "--no-player", "--json"];

#[test]
fn a_server_elsewhere_is_reached_through_the_proxy() {
    let server = Server::ephemeral();
    let proxy = Proxy::to(&server);
    let home = tempfile::tempdir().expect("a folder");
    let mut words = JOIN.to_vec();
    words.extend(["--server", FAR]);
    let mut alice = JoinClient::run(&mut behind(home.path(), proxy.address, &words));
    assert_eq!(alice.joined()["server"], FAR);
    let listed = ["gallery", "--json", "--server", FAR];
    let mut gallery = Process::start(&mut behind(home.path(), proxy.address, &listed));
    let room = gallery.line().expect("a room");
    assert!(room.contains(r#""id":"far""#), "{room}");
    assert!(gallery.wait().success());
    let tried = ["conformance", FAR, "--only", "hello-first"];
    let mut kit = Process::start(&mut behind(home.path(), proxy.address, &tried));
    assert!(kit.wait().success());
    let asked = proxy.asked();
    // The kit opens at least one connection to see whether the server is there, and one to play.
    assert!(asked.len() >= 4, "{asked:?}");
    let tunnel = |line: &String| line.starts_with("CONNECT watch.example.org:80 ");
    assert!(asked.iter().all(tunnel), "{asked:?}");
}

#[test]
fn a_proxy_that_is_away_is_named_without_its_password() {
    let address = free_address();
    let home = tempfile::tempdir().expect("a folder");
    let mut words = JOIN.to_vec();
    words.extend(["--server", FAR]);
    let mut alice = JoinClient::run(&mut behind(home.path(), address, &words));
    let refused = alice.wait_type("connection", |reported| reported["state"] == "refused");
    let listed = ["gallery", "--server", FAR];
    let mut gallery = Process::start(&mut behind(home.path(), address, &listed));
    assert_eq!(gallery.wait().code(), Some(4));
    let mut kit = Process::start(&mut behind(home.path(), address, &["conformance", FAR]));
    assert_eq!(kit.wait().code(), Some(4));
    let said = refused["text"].as_str().expect("words");
    let of_kit = kit.complaints();
    assert!(of_kit.contains(said), "{of_kit}");
    for complaints in [said.to_owned(), gallery.complaints(), of_kit] {
        assert!(
            complaints.contains(&format!("proxy {address}")),
            "{complaints}"
        );
        assert!(!complaints.contains("word@"), "{complaints}");
    }
}

#[test]
fn a_proxy_that_cannot_be_used_is_named_in_one_line_by_join_and_gallery_alike() {
    let server = format!("http://{}", free_address());
    let home = tempfile::tempdir().expect("a folder");
    let mut join = JOIN.to_vec();
    join.extend(["--server", &server]);
    let gallery = ["gallery", "--server", &server];
    for words in [join.as_slice(), &gallery] {
        let mut command = program(home.path());
        command
            .args(words)
            .env("http_proxy", "http://user:word@a.example/\u{1b}[31m x")
            .env("ALL_PROXY", "socks5://b.example:1080");
        let mut process = Process::start(&mut command);
        assert_eq!(process.wait().code(), Some(4));
        let complaints = process.complaints();
        let lines = complaints
            .lines()
            .filter(|line| line.starts_with("warning: "));
        assert_eq!(lines.count(), 1, "{complaints}");
        for part in [
            "http_proxy=\"http://a.example/",
            "ALL_PROXY=\"socks5://b.example:1080\"",
        ] {
            assert!(complaints.contains(part), "{complaints}");
        }
        assert!(!complaints.contains(['\u{1b}', '@']), "{complaints}");
    }
}

#[test]
fn a_server_on_this_computer_is_never_asked_of_a_proxy() {
    let server = Server::ephemeral();
    let proxy = Proxy::to(&server);
    let home = tempfile::tempdir().expect("a folder");
    let mut words = JOIN.to_vec();
    words.extend(["--server", server.url()]);
    let mut alice = JoinClient::run(&mut behind(home.path(), proxy.address, &words));
    alice.joined();
    let listed = ["gallery", "--json", "--server", server.url()];
    let mut gallery = Process::start(&mut behind(home.path(), proxy.address, &listed));
    assert!(gallery.line().expect("a room").contains(r#""id":"far""#));
    assert!(gallery.wait().success());
    assert_eq!(proxy.asked(), [""; 0]);
}
